"""The extractors held against what a person has confirmed, corrected, deleted and added (vanban review).

Only rows that were looked at are judged: what the extractors had found at each place, before the correction, against
the row as it was left. It is the doubtful rows that are looked at: the figures are lower than those of all rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import StageInputMissing
from pipeline.evaluation.answers import Answers, ReadDocument
from pipeline.evaluation.keys import Row, incomplete_date
from pipeline.evaluation.pairing import KINDS, Kind
from pipeline.evaluation.scores import Evaluation, evaluate_documents
from pipeline.parquet_files import stage_file
from pipeline.warehouse.opening import named_rows

_REVIEWED = ("citations", "deadlines", "signatories", "recipients")
_APPLIED = "status IN ('applied', 'moved')"


def evaluate_reviewed(database: Path, extracted: Path) -> Evaluation:
    """Hold the rows of the extract stage (Parquet files in `extracted`) against the reviewed rows of a warehouse.

    A document whose head was not looked at has no fields to be judged. Raises StageInputMissing.
    """
    if not database.is_file():
        raise StageInputMissing(f"{database} is missing", "run `vanban run` first")
    with duckdb.connect(str(database), read_only=True) as db:
        documents = named_rows(
            db,
            f"""SELECT documents.*, bool_or(review_log.about = 'documents') AS head
            FROM documents JOIN review_log USING (doc_id) WHERE {_APPLIED} GROUP BY ALL ORDER BY source_path""",
        )
        heads = {str(row["doc_id"]): row for row in named_rows(db, "FROM read_parquet(?)", _file(extracted, "headers"))}
        wanted = {
            name: _by_document(named_rows(db, f"SELECT * FROM {name} WHERE reviewed ORDER BY char_start"))
            for name in _REVIEWED
        }
        found = {
            name: _by_document(
                named_rows(
                    db,
                    f"""SELECT DISTINCT extracted.* FROM read_parquet($2) AS extracted JOIN review_log
                    ON review_log.doc_id = extracted.doc_id AND review_log.char_start = extracted.char_start
                    AND review_log.char_end = extracted.char_end AND review_log.about = $1 AND {_APPLIED}
                    ORDER BY extracted.char_start""",
                    [name, *_file(extracted, name)],
                )
            )
            for name in _REVIEWED
        }
    answers, read = [], {}
    for document in documents:
        doc_id, name = str(document["doc_id"]), str(document["source_path"])
        answers.append(Answers(name, document, {kind: _of(wanted, kind, doc_id, as_answers=True) for kind in KINDS}))
        rows = {kind: _of(found, kind, doc_id) for kind in KINDS}
        read[name] = ReadDocument(name, str(document["media"]), str(document["text"]), heads.get(doc_id, {}), rows)
    looked_at = {str(document["source_path"]) for document in documents if document["head"]}
    judged = evaluate_documents(answers, read).documents
    return Evaluation(tuple(d if d.name in looked_at else replace(d, header=()) for d in judged))


def _file(folder: Path, name: str) -> tuple[str]:
    return (str(stage_file(folder, name, "extract")),)


def _of(
    rows: Mapping[str, Mapping[str, tuple[Row, ...]]], kind: Kind, doc_id: str, *, as_answers: bool = False
) -> tuple[Row, ...]:
    own = rows.get(kind, {}).get(doc_id, ())
    return tuple({**row, "date": incomplete_date(row)} for row in own) if as_answers and kind == "citations" else own


def _by_document(rows: list[dict[str, Any]]) -> dict[str, tuple[Row, ...]]:
    grouped: dict[str, tuple[Row, ...]] = {}
    for row in rows:
        doc_id = str(row["doc_id"])
        grouped[doc_id] = (*grouped.get(doc_id, ()), row)
    return grouped
