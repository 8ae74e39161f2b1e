"""Views, table macros and derived tables: the SQL files of this folder in the order in which they need each other."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from pipeline.warehouse.tables import table

DERIVED = ("edges",)
"""Tables made of other tables when the warehouse is loaded (`derived/<name>.sql`): what would be too slow as a view."""

SUBJECTS = (
    "levels",
    "citation_network",
    "cascade",
    "coverage",
    "deadlines",
    "citation_counts",
    "series",
    "units",
    "signatories",
    "disagreements",
    "places",
    "search",
)
"""The files of views and macros (`views/<subject>.sql`); a later one may use an earlier one."""


def derivation(name: str) -> str:
    """The statement that fills a derived table, its columns matched by name."""
    return f"INSERT INTO {table(name).name} BY NAME\n{_sql('derived', name)}"


def create_views(db: duckdb.DuckDBPyConnection) -> None:
    """Create every view and macro, with its comment; the derived tables are filled with their help afterwards."""
    for subject in SUBJECTS:
        db.execute(_sql("views", subject))


def _sql(folder: str, name: str) -> str:
    return files("pipeline.warehouse").joinpath(folder, f"{name}.sql").read_text(encoding="utf-8")
