"""The rows of a warehouse that a person should look at: low confidence, or a finding at the same place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.review.corrections import SheetKey
from pipeline.review.fields import KINDS, SheetKind, shown, tidy
from pipeline.warehouse.opening import named_rows

_CONTEXT = 90
_LONGEST_VALUE = 4_000
_ID_PREFIX = {"headers": "h", "citations": "c", "deadlines": "d", "signatories": "s", "recipients": "r"}
# Findings about the document as a whole, and those about its head, are told beside the head's fields.
_HEAD_FINDINGS = (
    "missing_number", "incomplete_date", "impossible_date", "no_issuer", "no_signature", "unread_number",
    "low_text_quality", "text_layer_replaced", "section_gap", "unknown_symbol", "number_from_law_table",
)  # fmt: skip
_ORDER = {"citations": "char_start", "deadlines": "char_start", "signatories": "char_start", "recipients": "ordinal"}

# `at` is the row's place among the document's rows of its kind: under it the document's page shows it.
_ROWS = """
WITH numbered AS (
    SELECT *, row_number() OVER (PARTITION BY doc_id ORDER BY {order}) - 1 AS at FROM {table}
)
SELECT numbered.*, documents.source_path,
    substr(documents.text, numbered.char_start + 1, numbered.char_end - numbered.char_start) AS words,
    substr(
        documents.text, greatest(1, numbered.char_start - $context + 1), least($context, numbered.char_start)
    ) AS before,
    substr(documents.text, numbered.char_end + 1, $context) AS after,
    list_sort((
        SELECT list(DISTINCT findings.message) FROM findings
        WHERE findings.doc_id = numbered.doc_id AND findings.severity <> 'info'
            AND findings.char_start < numbered.char_end AND numbered.char_start < findings.char_end
    )) AS messages
FROM numbered
JOIN documents USING (doc_id)
WHERE numbered.char_start IS NOT NULL AND NOT coalesce(numbered.reviewed, false)
    AND (numbered.confidence < $below OR messages IS NOT NULL)
    AND ($unit IS NULL OR documents.issuer_unit_id = $unit)
ORDER BY numbered.confidence, numbered.doc_id, numbered.at
LIMIT $limit
"""
_HEADERS = """
SELECT documents.*, header_confidence AS confidence, 1 AS page_no, 0 AS at,
    (
        SELECT list(message ORDER BY message) FROM findings
        WHERE findings.doc_id = documents.doc_id AND findings.severity <> 'info'
            AND (findings.char_start IS NULL OR list_contains($kinds, findings.kind))
    ) AS messages
FROM documents
WHERE NOT coalesce(reviewed, false)
    AND (header_confidence < $below OR messages IS NOT NULL)
    AND ($unit IS NULL OR issuer_unit_id = $unit)
ORDER BY header_confidence, doc_id
LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """One row to be looked at: its fields as text by title, and its mark on the document's page (`vanban show`)."""

    kind: SheetKind
    source_path: str
    page_no: int | None
    reasons: tuple[str, ...]
    confidence: float | None
    before: str
    quote: str
    after: str
    values: dict[str, str]
    key: SheetKey
    mark_id: str


def doubtful_rows(
    db: duckdb.DuckDBPyConnection, below: float, limit: int, unit: str | None = None
) -> list[DoubtfulRow]:
    """At most `limit` rows of each kind, the most doubtful ones, then in the order of documents and places.

    `unit` is a unit_id. Rows that a person has looked at are left out.
    """
    found: list[DoubtfulRow] = []
    for kind in KINDS:
        rows = [_doubtful(kind, row, below) for row in _rows(db, kind, below, limit, unit)]
        found += sorted(rows, key=lambda row: (row.source_path, row.key.start or 0))
    return found


def _rows(
    db: duckdb.DuckDBPyConnection, kind: SheetKind, below: float, limit: int, unit: str | None
) -> list[dict[str, Any]]:
    parameters: dict[str, object] = {"below": below, "limit": limit, "unit": unit}
    if kind.kind == "headers":
        return named_rows(db, _HEADERS, {**parameters, "kinds": list(_HEAD_FINDINGS)})
    sql = _ROWS.format(table=kind.kind, order=_ORDER[kind.kind])
    return named_rows(db, sql, {**parameters, "context": _CONTEXT})


def _doubtful(kind: SheetKind, row: dict[str, Any], below: float) -> DoubtfulRow:
    values = {field.title: shown(field, row) for field in kind.fields}
    values = {title: text for title, text in values.items() if len(text) <= _LONGEST_VALUE}
    reasons = tuple(row["messages"] or ())
    if row["confidence"] is not None and row["confidence"] < below:
        reasons = (f"Độ tin cậy {row['confidence']:.0%}", *reasons)
    quote = "" if kind.kind == "headers" else tidy(row["words"] or "")
    start, end = (None, None) if kind.kind == "headers" else (row["char_start"], row["char_end"])
    return DoubtfulRow(
        kind=kind,
        source_path=row["source_path"],
        page_no=row["page_no"],
        reasons=reasons,
        confidence=row["confidence"],
        before="" if kind.kind == "headers" else tidy(row["before"] or ""),
        quote=quote,
        after="" if kind.kind == "headers" else tidy(row["after"] or ""),
        values=values,
        key=SheetKey(row["doc_id"], start, end, quote, values),
        mark_id=f"{_ID_PREFIX[kind.kind]}{row['at']}",
    )
