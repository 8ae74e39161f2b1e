"""Figures of a run that has no answers to be held against: how much was found, and how much was left open."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.errors import StageInputMissing

_COUNTED = ("documents", "pages", "sections", "citations", "deadlines", "signatories", "recipients", "units")
_GROUPED = {
    "documents.media": "SELECT media, count(*) FROM documents GROUP BY 1",
    "documents.format": "SELECT file_format, count(*) FROM documents GROUP BY 1",
    "documents.type": "SELECT coalesce(doc_type, 'không rõ'), count(*) FROM documents GROUP BY 1",
    "citations.kind": "SELECT kind, count(*) FROM citations GROUP BY 1",
    "citations.type": "SELECT coalesce(instrument_type, 'không rõ'), count(*) FROM citations GROUP BY 1",
    "citations.relation": "SELECT relation, count(*) FROM citations GROUP BY 1",
    "deadlines.kind": "SELECT kind, count(*) FROM deadlines GROUP BY 1",
    "findings": "SELECT kind, count(*) FROM findings GROUP BY 1",
    "quarantine": "SELECT error, count(*) FROM quarantine GROUP BY 1",
}
_SINGLE = {
    "instruments": "SELECT count(*) FROM instruments",
    "documents.without_type": "SELECT count(*) FROM documents WHERE doc_type IS NULL",
    "documents.without_issuer": "SELECT count(*) FROM documents WHERE issuer IS NULL",
    "documents.without_ref": "SELECT count(*) FROM documents WHERE ref IS NULL",
    "documents.without_full_date": "SELECT count(*) FROM documents WHERE issued_date IS NULL",
    "documents.without_signatory": "SELECT count(*) FROM documents ANTI JOIN signatories USING (doc_id)",
    "citations.short_forms": "SELECT count(*) FROM citations WHERE kind = 'numbered' AND symbol IS NULL",
    "citations.short_forms_unresolved": (
        "SELECT count(*) FROM citations WHERE kind = 'numbered' AND symbol IS NULL AND antecedent_id IS NULL"
    ),
    "citations.low_confidence": "SELECT count(*) FROM citations WHERE confidence < 0.5",
    "deadlines.without_responsible": "SELECT count(*) FROM deadlines WHERE responsible IS NULL",
    "quarantined_files": "SELECT count(*) FROM quarantine",
}


def run_figures(database: Path) -> dict[str, int | float]:
    """Counts of a warehouse under flat names (`documents`, `citations.type.nghị định`, `findings.malformed_ref` …).

    Raises StageInputMissing when there is no warehouse.
    """
    if not database.is_file():
        raise StageInputMissing(f"{database} is missing", "run `vanban run` first")
    figures: dict[str, int | float] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        queries = {table: f"SELECT count(*) FROM {table}" for table in _COUNTED} | _SINGLE
        for name, query in queries.items():
            row = connection.execute(query).fetchone()
            figures[name] = int(row[0]) if row else 0
        for name, query in _GROUPED.items():
            for value, count in sorted(connection.execute(query).fetchall(), key=lambda pair: str(pair[0])):
                figures[f"{name}.{value}"] = int(count)
    return figures
