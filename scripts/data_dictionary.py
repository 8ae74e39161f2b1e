"""Writes docs/DATA_DICTIONARY.md from the tables of the warehouse (pipeline/warehouse/tables.toml)."""

from __future__ import annotations

from pathlib import Path

from pipeline.warehouse.tables import FOREIGN_KEYS, tables

TARGET = Path(__file__).parent.parent / "docs" / "DATA_DICTIONARY.md"


def dictionary() -> str:
    """The data dictionary as Markdown."""
    parts = [
        "# Data dictionary\n",
        "Made by `make docs` from `pipeline/warehouse/tables.toml`; do not edit by hand.",
        "Offsets (`char_start`, `char_end`) are 0-based, half-open, in code points of `documents.text`.",
        "Views (`obligations`, `citation_edges`, `citations_in_context`) are in `pipeline/warehouse/views.sql`.\n",
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
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(dictionary(), encoding="utf-8")
