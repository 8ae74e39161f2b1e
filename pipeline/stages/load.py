"""load: Parquet → DuckDB.

The warehouse is built beside the old one and takes its place whole: a crash leaves the previous one as it was. The
tables stand beside it as Parquet in `tables/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb

from pipeline.errors import BrokenKeys, WarehouseLocked
from pipeline.parquet_files import stage_file
from pipeline.stages.stage import StageRun
from pipeline.warehouse.keys import broken_keys
from pipeline.warehouse.opening import WAREHOUSE
from pipeline.warehouse.tables import Table, tables
from pipeline.warehouse.views import DERIVED, create_views, derivation

MADE_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "documents": ("resolve",),
        "document_copies": ("ingest",),
        "document_variants": ("resolve",),
        "pages": ("ingest",),
        "blocks": ("ingest",),
        "header_evidence": ("extract",),
        "sections": ("segment",),
        "divisions": ("resolve",),
        "division_changes": ("resolve",),
        "units": ("resolve",),
        "unit_names": ("resolve",),
        "unit_successions": ("resolve",),
        "people": ("resolve",),
        "instruments": ("resolve",),
        "instrument_conflicts": ("resolve",),
        "citations": ("resolve",),
        "deadlines": ("review",),
        "signatories": ("resolve",),
        "recipients": ("resolve",),
        "digital_signatures": ("ingest",),
        "findings": ("ingest", "segment", "extract", "review", "resolve"),
        "review_log": ("review",),
        "quarantine": ("ingest", "segment", "extract"),
    }
)
"""Which stages' Parquet holds the final rows of each table; the others (`DERIVED`) are made of these by SQL."""


def load(run: StageRun) -> Path:
    """Build the warehouse from the stages' Parquet and put it in place; returns its path.

    Raises WarehouseLocked when another program has the present one open for writing, StageInputMissing when a stage
    has not run, BrokenKeys when the stages' rows do not belong together.
    """
    target = run.out / WAREHOUSE
    _check_not_written_to(target)
    building = run.out / f".{WAREHOUSE}.building"
    for leftover in (building, building.with_name(building.name + ".wal")):
        leftover.unlink(missing_ok=True)
    sources = {
        name: [stage_file(run.folder(stage), name, stage) for stage in stages] for name, stages in MADE_BY.items()
    }
    try:
        with duckdb.connect(str(building), config=_limits(run)) as db:
            for table in tables().values():
                db.execute(table.create_statement)
                if table.name in MADE_BY:
                    _fill(db, table, sources[table.name])
                for statement in table.comment_statements:
                    db.execute(statement)
            create_views(db)
            for name in DERIVED:
                db.execute(derivation(name))
            _check_keys(db)
            _write_parquet(db, run.folder("tables"))
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)
    return target


def _check_keys(db: duckdb.DuckDBPyConnection) -> None:
    broken = list(broken_keys(db))
    if broken:
        raise BrokenKeys(
            "; ".join(broken), "run `vanban run` over the whole folder again; if it comes back, report it as a defect"
        )


def _check_not_written_to(target: Path) -> None:
    if not target.exists():
        return
    try:
        duckdb.connect(str(target), read_only=True).close()
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise WarehouseLocked(
                f"{target} is open for writing in another program", "close that program, then run again"
            ) from None
        # A file that is no warehouse (cut off, another format) is replaced like any older one.


def _limits(run: StageRun) -> dict[str, str | bool | int | float | list[str]]:
    limits: dict[str, str | bool | int | float | list[str]] = {"threads": run.workers}
    if run.settings.memory is not None:
        limits["memory_limit"] = run.settings.memory
    return limits


def _fill(db: duckdb.DuckDBPyConnection, table: Table, sources: list[Path]) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    paths = [str(path) for path in sources]
    db.execute(
        f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM read_parquet(?, union_by_name = true)", [paths]
    )


def _write_parquet(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in tables():
        partial, final = folder / f".{name}.partial", folder / f"{name}.parquet"
        db.execute(f"COPY {name} TO '{str(partial).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd)")
        partial.replace(final)
