"""All stages in order, and what a run left in the warehouse."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import duckdb
from rich.console import Console

from pipeline.errors import FolderError
from pipeline.settings import Settings
from pipeline.stages.extract import extract
from pipeline.stages.ingest import ingest
from pipeline.stages.load import WAREHOUSE, load
from pipeline.stages.resolve import resolve
from pipeline.stages.review import review
from pipeline.stages.segment import segment
from pipeline.stages.stage import StageRun
from pipeline.warehouse.tables import tables

LATER_STAGES: Mapping[str, Callable[[StageRun], object]] = MappingProxyType(
    {"segment": segment, "extract": extract, "review": review, "resolve": resolve, "load": load}
)
"""The stages after ingest, in order; each needs only the output folder."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What the warehouse holds: rows a table, documents a type, and the files in quarantine."""

    database: Path
    rows: Mapping[str, int]
    documents_by_type: tuple[tuple[str | None, int], ...]
    quarantined: tuple[tuple[str, str, str], ...]
    """(source_path, error, message) of each file that could not be read."""


def run_corpus(raw: Path, run: StageRun) -> RunReport:
    """Every stage over `raw`."""
    _check_apart(raw, run.out)
    make_folder(run.out)
    ingest(raw, run)
    for stage in LATER_STAGES.values():
        stage(run)
    return report_on(run.out / WAREHOUSE)


def run_quietly(raw: Path, out: Path, workers: int | None, params: Path | None) -> RunReport:
    """Every stage without a word on the terminal, for use from Python."""
    settings = Settings.load(params)
    if workers is not None:
        settings = replace(settings, workers=workers)
    return run_corpus(raw, StageRun(out, settings, Console(file=io.StringIO())))


def make_folder(folder: Path) -> None:
    """Make the output folder; FolderError when that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(f"{folder} cannot be made: {error.strerror}", "give --out a folder you may write") from None


def report_on(database: Path) -> RunReport:
    """Count what a warehouse holds."""
    with duckdb.connect(str(database), read_only=True) as db:
        return RunReport(
            database=database,
            rows=MappingProxyType({name: int(db.table(name).count("*").fetchall()[0][0]) for name in tables()}),
            documents_by_type=tuple(
                db.execute("SELECT doc_type, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
            ),
            quarantined=tuple(
                db.execute("SELECT source_path, error, message FROM quarantine ORDER BY source_path").fetchall()
            ),
        )


def _check_apart(raw: Path, out: Path) -> None:
    """Refuse to write into the folder that is read: the next run would read its own output."""
    inside = raw.resolve() in (out.resolve(), *out.resolve().parents)
    if inside:
        raise FolderError(f"{out} lies inside {raw}", "give --out a folder outside the raw folder")
