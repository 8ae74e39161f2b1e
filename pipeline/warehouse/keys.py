"""Primary and foreign keys, held in bulk once everything is loaded."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from pipeline.warehouse.tables import FOREIGN_KEYS, Table, table, tables


def broken_keys(db: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A line for every primary key that is not unique and every foreign key that points nowhere, with an example."""
    for each in tables().values():
        yield from _repeated(db, each)
        for column, target in FOREIGN_KEYS.get(each.name, {}).items():
            yield from _dangling(db, each.name, column, target)


def _repeated(db: duckdb.DuckDBPyConnection, each: Table) -> Iterator[str]:
    if not each.key:
        return
    columns = ", ".join(f'"{column}"' for column in each.key)
    # Hashes are quick to compare; two rows with one hash are looked at again.
    counted = db.execute(f"SELECT count(*) - count(DISTINCT hash({columns})) FROM {each.name}").fetchone()
    if counted is not None and counted[0]:
        twice = db.execute(
            f"SELECT {columns} FROM {each.name} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL"
        ).fetchone()
        if twice is not None:
            yield f"{each.name}: key ({columns}) stands twice: {twice}"


def _dangling(db: duckdb.DuckDBPyConnection, name: str, column: str, target: str) -> Iterator[str]:
    key = table(target).key[0]
    lost = db.execute(
        f'SELECT {name}."{column}" FROM {name} ANTI JOIN {target} ON {target}."{key}" = {name}."{column}" '
        f'WHERE {name}."{column}" IS NOT NULL LIMIT 1'
    ).fetchone()
    if lost is not None:
        yield f"{name}.{column} = {lost[0]!r} is not in {target}"
