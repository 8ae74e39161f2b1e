"""What a warehouse holds, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import duckdb

from pipeline.warehouse.tables import tables


@dataclass(frozen=True, slots=True)
class RunReport:
    """What the warehouse holds: rows a table, documents a type, and the files in quarantine."""

    database: Path
    rows: Mapping[str, int]
    documents_by_type: tuple[tuple[str | None, int], ...]
    quarantined: tuple[tuple[str, str, str], ...]
    """(source_path, error, message) of each file that could not be read."""


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
