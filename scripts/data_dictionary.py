"""Writes docs/DATA_DICTIONARY.md from the tables (pipeline/warehouse/tables.toml), the views and macros beside them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.warehouse.tables import FOREIGN_KEYS, tables
from pipeline.warehouse.views import create_views

TARGET = Path(__file__).parent.parent / "docs" / "DATA_DICTIONARY.md"


def dictionary() -> str:
    """The data dictionary as Markdown."""
    parts = [
        "# Data dictionary\n",
        "Made by `make docs` from `pipeline/warehouse/` (`tables.toml`, `views/`); do not edit by hand.",
        "Offsets (`char_start`, `char_end`) are 0-based, half-open, in code points of `documents.text`.",
        "Views and table macros stand after the tables; [QUESTIONS.md](QUESTIONS.md) shows each with a question.\n",
    ]
    for table in tables().values():
        parts += [f"## {table.name}\n", table.comment, ""]
        if table.key:
            parts += [f"Key: {', '.join(f'`{column}`' for column in table.key)}.", ""]
        parts += ["| column | type | meaning | holds |", "| --- | --- | --- | --- |"]
        references = FOREIGN_KEYS.get(table.name, {})
        for column in table.columns:
            holds = []
            if column.required:
                holds.append("never NULL")
            if column.name in references:
                holds.append(f"→ {references[column.name]}")
            if column.values:
                holds.append(" · ".join(column.values))
            elif column.check:
                holds.append(f"`{column.check}`")
            parts.append(f"| {column.name} | {column.type} | {column.comment} | {'; '.join(holds)} |")
        parts.append("")
    return "\n".join([*parts, *_views_and_macros()])


def _views_and_macros() -> list[str]:
    with duckdb.connect() as db:
        for table in tables().values():
            db.execute(table.create_statement)
        create_views(db)
        views = db.execute(
            "SELECT view_name, comment, (SELECT string_agg(column_name, ', ' ORDER BY column_index) "
            "FROM duckdb_columns() AS c WHERE c.table_name = v.view_name AND NOT c.internal) "
            "FROM duckdb_views() AS v WHERE NOT internal ORDER BY view_name"
        ).fetchall()
        macros = db.execute(
            "SELECT function_name, parameters, comment, function_type FROM duckdb_functions() WHERE NOT internal "
            "AND function_type IN ('macro', 'table_macro') ORDER BY function_type DESC, function_name"
        ).fetchall()
        columns = {
            name: [
                column[0] for column in db.execute(f"FROM {name}({', '.join(['NULL'] * len(parameters))})").description
            ]
            for name, parameters, _, kind in macros
            if kind == "table_macro"
        }
    parts = ["## Views\n", "| view | what it tells | columns |", "| --- | --- | --- |"]
    parts += [f"| {view} | {comment} | {names} |" for view, comment, names in views]
    parts += [
        "\n## Macros\n",
        "Called like tables: `FROM citers('33/CT-TTg', 2021)`. Parameters that begin with `in_` may be left out, as",
        "may all of `series_gaps` and `signing_for`.\n",
        "| macro | what it gives | columns |",
        "| --- | --- | --- |",
    ]
    parts += [
        f"| {name}({', '.join(parameters)}) | {comment} | {', '.join(columns.get(name, []))} |"
        for name, parameters, comment, _ in macros
    ]
    return [*parts, ""]


if __name__ == "__main__":
    TARGET.write_text(dictionary(), encoding="utf-8")
