"""Opens a warehouse for reading, and reads rows by the names of their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import WarehouseLocked, WarehouseMissing

WAREHOUSE = "vanban.duckdb"
"""The file's name in the folder of a run."""
_HOW_TO_MAKE = "make it with `make repro` or `vanban run FOLDER --out DIR`, or give its path with --db FILE"


def open_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection; nothing is fetched from the network.

    Raises WarehouseMissing when `path` is no warehouse, WarehouseLocked when another program writes to it.
    """
    if not path.is_file():
        raise WarehouseMissing(f"{path} is not there", _HOW_TO_MAKE)
    try:
        connection = duckdb.connect(str(path), read_only=True, config={"autoinstall_known_extensions": "false"})
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise WarehouseLocked(
                f"{path} is open for writing in another program", "close that program, then run again"
            ) from None
        raise WarehouseMissing(f"{path} is no warehouse ({_first_line(error)})", _HOW_TO_MAKE) from None
    held = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'documents'").fetchall()
    if held == [(0,)]:
        connection.close()
        raise WarehouseMissing(f"{path} holds no table `documents`", _HOW_TO_MAKE)
    return connection


def named_rows(
    db: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
) -> list[dict[str, Any]]:
    """All rows that a query answers, each as column → value."""
    answer = db.execute(sql, parameters)
    names = [str(column[0]) for column in answer.description or ()]
    return [dict(zip(names, values, strict=True)) for values in answer.fetchall()]


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
