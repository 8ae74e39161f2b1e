"""Schemas of the Parquet between the stages where it is not yet, or never, a table of the warehouse."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from pipeline.warehouse.tables import HEADER_COLUMNS, Column, Table, table

TEXT_SKETCHES = Table(
    "text_sketches",
    "Of each text its length and its sketch (pipeline.text_likeness), by which variants are found.",
    (
        Column("doc_id", "VARCHAR", "The document.", required=True),
        Column("n_characters", "INTEGER", "Length of the text.", required=True),
        Column("sketch", "VARCHAR", "128 values, as letters.", required=True),
    ),
    ("doc_id",),
)


@cache
def of_ingest() -> dict[str, pa.Schema]:
    """Documents without what their header will tell, and the sketches of their texts."""
    return {
        "documents": table("documents").schema_without(*HEADER_COLUMNS, "issuer_unit_id"),
        TEXT_SKETCHES.name: TEXT_SKETCHES.arrow_schema,
    }


@cache
def of_extract() -> dict[str, pa.Schema]:
    """The header of each document, and the tables whose last columns the resolve stage fills."""
    headers = tuple(c for c in table("documents").columns if c.name in ("doc_id", *HEADER_COLUMNS))
    return {
        "headers": Table("headers", "The header fields of each document.", headers, ("doc_id",)).arrow_schema,
        "citations": table("citations").schema_without("instrument_id", "candidate_instrument_ids", "issuer_unit_id"),
        "signatories": table("signatories").schema_without("person_id"),
        "recipients": table("recipients").schema_without("unit_id"),
    }
