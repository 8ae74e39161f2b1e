"""Tables and columns of the warehouse as objects; Parquet schemas, DDL and the data dictionary are made from them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

_ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "VARCHAR[]": pa.list_(pa.string()),
}

HEADER_COLUMNS = (
    "doc_type", "number", "symbol", "ref", "ref_repaired", "issued_date", "issued_year", "issued_month", "issued_day",
    "place", "issuer", "issuer_parent", "subject", "urgency", "secrecy", "header_confidence", "reviewed",
)  # fmt: skip
"""Columns of documents that the extract stage fills; the ingest stage fills the others."""

FOREIGN_KEYS = {
    "document_copies": {"doc_id": "documents"},
    "document_variants": {"doc_id": "documents"},
    "pages": {"doc_id": "documents"},
    "blocks": {"doc_id": "documents"},
    "header_evidence": {"doc_id": "documents"},
    "sections": {"doc_id": "documents"},
    "citations": {"doc_id": "documents", "section_id": "sections", "instrument_id": "instruments"},
    "deadlines": {"doc_id": "documents", "section_id": "sections"},
    "division_changes": {"old_id": "divisions", "new_id": "divisions"},
    "unit_names": {"unit_id": "units"},
    "unit_successions": {"predecessor_id": "units", "successor_id": "units"},
    "people": {"unit_id": "units"},
    "instrument_conflicts": {"instrument_id": "instruments"},
    "signatories": {"doc_id": "documents", "person_id": "people"},
    "recipients": {"doc_id": "documents", "unit_id": "units"},
    "digital_signatures": {"doc_id": "documents"},
    "edges": {"citing_doc_id": "documents", "instrument_id": "instruments", "first_citation_id": "citations"},
    "findings": {"doc_id": "documents"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its DuckDB type, what it means, and what it may hold."""

    name: str
    type: str
    comment: str
    required: bool = False
    values: tuple[str, ...] = ()
    check: str | None = None
    compression: str | None = None

    @property
    def constraint(self) -> str | None:
        """The column's CHECK expression, None when it may hold anything of its type."""
        if self.values:
            allowed = ", ".join(_literal(value) for value in self.values)
            return f"{_name(self.name)} IN ({allowed})"
        return self.check


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its columns in order and its primary key."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        """One column by name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def arrow_schema(self) -> pa.Schema:
        """The declared schema of the table's Parquet file; column comments travel as field metadata."""
        return self.schema_without()

    def schema_without(self, *left_out: str) -> pa.Schema:
        """The schema of a stage that does not fill the columns `left_out` yet."""
        return pa.schema(
            [
                pa.field(c.name, _ARROW_TYPES[c.type], not c.required, {"comment": c.comment})
                for c in self.columns
                if c.name not in left_out
            ]
        )

    @property
    def create_statement(self) -> str:
        """CREATE TABLE with its checks.

        Keys are declared nowhere in DuckDB: their indexes would make the file three times as large and the load twice
        as long. `broken_keys` holds them instead, once, when everything is loaded.
        """
        lines = [
            f"    {_name(c.name)} {c.type}"
            + (" NOT NULL" if c.required else "")
            + (f" CHECK ({c.constraint})" if c.constraint else "")
            + (f" USING COMPRESSION {c.compression}" if c.compression else "")
            for c in self.columns
        ]
        body = ",\n".join(lines)
        return f"CREATE TABLE {self.name} (\n{body}\n);"

    @property
    def comment_statements(self) -> list[str]:
        """COMMENT ON for the table and each column."""
        return [f"COMMENT ON TABLE {self.name} IS {_literal(self.comment)};"] + [
            f"COMMENT ON COLUMN {self.name}.{_name(c.name)} IS {_literal(c.comment)};" for c in self.columns
        ]


@cache
def tables() -> dict[str, Table]:
    """All tables in an order in which they can be created and filled."""
    raw = tomllib.loads(files(__package__).joinpath("tables.toml").read_text(encoding="utf-8"))
    return {name: _parse(name, spec) for name, spec in raw.items()}


def table(name: str) -> Table:
    """One table by name."""
    return tables()[name]


def _parse(name: str, spec: dict[str, Any]) -> Table:
    columns = []
    for column, (kind, comment, *rest) in spec["columns"].items():
        options: dict[str, Any] = rest[0] if rest else {}
        columns.append(
            Column(
                name=column,
                type=kind,
                comment=comment,
                required=options.get("required", False),
                values=tuple(options.get("values", ())),
                check=options.get("check"),
                compression=options.get("compression"),
            )
        )
    return Table(name, spec["comment"], tuple(columns), tuple(spec.get("key", ())))


def _name(name: str) -> str:
    return f'"{name}"' if name in {"date", "text", "number", "source", "level", "zone", "role", "key"} else name


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
