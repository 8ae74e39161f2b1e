"""Tables and views as Parquet, one file each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb


def write_parquet(db: duckdb.DuckDBPyConnection, folder: Path, tables: Sequence[str]) -> int:
    """Write each of `tables` to `folder`/NAME.parquet; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in tables:
        target = str(folder / f"{name}.parquet").replace("'", "''")
        db.execute(f"COPY (SELECT * FROM {name}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
    return len(tables)
