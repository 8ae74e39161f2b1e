"""review: the extractors' rows with what a person has corrected, deleted and added (`data/review/*.xlsx`, `*.csv`)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractors.records import Finding
from pipeline.parquet_files import StageWriter, stage_file
from pipeline.review.applying import DocumentRows, Outcome, superseded
from pipeline.review.corrections import Correction, Unusable, read_corrections
from pipeline.review.fields import Kind
from pipeline.rows import PageStart, Places, finding_rows, sections_of
from pipeline.stages.stage import StageRun
from pipeline.stages.stage_schemas import of_extract

Row = dict[str, Any]

CHANGED = ("headers", "citations", "deadlines", "signatories", "recipients")
"""Tables of the extract stage that corrections may change."""

_MISSING = "không còn văn bản này trong kho (tệp đã đổi nội dung hoặc đã bỏ đi)"


def review(run: StageRun) -> None:
    """Apply every correction of the sheets in `run.corrections` and log what became of each.

    Without corrections the tables are those of extract, as they are.
    """
    corrections, unusable = read_corrections(run.corrections)
    names = ("findings", "review_log") if not corrections else (*CHANGED, "findings", "review_log")
    with StageWriter(run.folder("review"), names, of_extract()) as out:
        log = [_unusable_row(problem) for problem in unusable]
        if corrections:
            log += _apply_all(run, corrections, out)
        else:
            for name in CHANGED:
                shutil.copyfile(_extracted(run, name), run.folder("review") / f"{name}.parquet")
        out.add("review_log", log)
        out.add("findings", (finding for row in log for finding in _findings(row)))
    refused = sum(row["status"] not in ("applied", "moved", "already_gone", "superseded") for row in log)
    if log:
        applied = sum(row["status"] in ("applied", "moved") for row in log)
        run.console.print(f"Soát: {applied} dòng áp dụng, {refused} dòng không áp dụng (bảng review_log)")


def _apply_all(run: StageRun, corrections: Sequence[Correction], out: StageWriter) -> Iterator[Row]:
    doc_ids = _documents_of(run, corrections)
    late = superseded(corrections)
    documents = _document_rows(run, sorted({doc_id for doc_id in doc_ids if doc_id is not None}))
    log = []
    for at, (correction, doc_id) in enumerate(zip(corrections, doc_ids, strict=True)):
        document = documents.get(doc_id or "")
        if at in late:
            outcome = Outcome("superseded", "một dòng sau nói về cùng chỗ này")
        elif document is None:
            outcome = Outcome("document_missing", _MISSING)
        else:
            outcome = document.apply(correction)
        log.append(_log_row(correction, outcome, doc_id))
    for document in documents.values():
        document.settle()
    for name in CHANGED:
        _write(run, name, documents, out)
    return iter(log)


def _write(run: StageRun, name: str, documents: Mapping[str, DocumentRows], out: StageWriter) -> None:
    """A table with the rows of documents that were corrected after those of all others."""
    touched = pa.array(list(documents), pa.string())
    with pq.ParquetFile(_extracted(run, name)) as file:
        for batch in file.iter_batches():
            others = batch.filter(pc.invert(pc.is_in(batch.column("doc_id"), value_set=touched)))
            if others.num_rows:
                out.add_batch(name, others, {})
    for document in documents.values():
        out.add(name, [document.header] if name == "headers" else document.rows[cast(Kind, name)])


def _documents_of(run: StageRun, corrections: Sequence[Correction]) -> list[str | None]:
    """The document each correction is about: the one of its key, or the one at its path."""
    copies = pq.read_table(stage_file(run.folder("ingest"), "document_copies", "ingest"))
    at_path = dict(zip(copies["source_path"].to_pylist(), copies["doc_id"].to_pylist(), strict=True))
    return [
        at_path.get(correction.source_path) if correction.key is None else correction.key.doc_id
        for correction in corrections
    ]


def _document_rows(run: StageRun, doc_ids: Sequence[str]) -> dict[str, DocumentRows]:
    ingested, segmented = run.folder("ingest"), run.folder("segment")
    texts = _rows_of(stage_file(ingested, "documents", "ingest"), doc_ids, ["doc_id", "text"])
    pages = _rows_of(stage_file(ingested, "pages", "ingest"), doc_ids)
    sections = _rows_of(stage_file(segmented, "sections", "segment"), doc_ids)
    tables = {name: _rows_of(_extracted(run, name), doc_ids) for name in CHANGED}
    documents: dict[str, DocumentRows] = {}
    for doc_id in doc_ids:
        if not texts.get(doc_id) or not tables["headers"].get(doc_id):
            continue
        starts = [PageStart(row["char_start"], row["page_no"], row["ocr_confidence"]) for row in pages.get(doc_id, [])]
        documents[doc_id] = DocumentRows(
            doc_id,
            texts[doc_id][0]["text"],
            Places.of(doc_id, starts, sections_of(sections.get(doc_id, []))),
            tables["headers"][doc_id][0],
            {cast(Kind, name): tables[name].get(doc_id, []) for name in CHANGED if name != "headers"},
        )
    return documents


def _rows_of(file: Any, doc_ids: Sequence[str], columns: list[str] | None = None) -> dict[str, list[Row]]:
    """Rows of some documents, by document."""
    found: dict[str, list[Row]] = {}
    for row in pq.read_table(
        file, columns=columns, filters=pc.field("doc_id").isin(pa.array(doc_ids, pa.string()))
    ).to_pylist():
        found.setdefault(row["doc_id"], []).append(row)
    return found


def _extracted(run: StageRun, name: str) -> Any:
    return stage_file(run.folder("extract"), name, "extract")


def _log_row(correction: Correction, outcome: Outcome, doc_id: str | None) -> Row:
    return {
        "file": correction.file,
        "row_no": correction.row_no,
        "doc_id": doc_id,
        "source_path": correction.source_path or None,
        "about": "documents" if correction.kind.kind == "headers" else correction.kind.kind,
        "verdict": correction.verdict,
        "status": outcome.status,
        "message": outcome.message or None,
        "quote": correction.quote or None,
        "char_start": outcome.start,
        "char_end": outcome.end,
    }


def _unusable_row(problem: Unusable) -> Row:
    return {"file": problem.file, "row_no": problem.row_no, "status": "unreadable", "message": problem.message}


def _findings(row: Row) -> list[Row]:
    """A correction that no longer fits its document is something a clerk would point out."""
    if row["status"] not in ("text_changed", "not_found", "ambiguous", "invalid_value"):
        return []
    message = f"Kết quả soát không áp dụng được ({row['file']}, dòng {row['row_no']}): {row['message']}."
    return finding_rows(row["doc_id"], [Finding("review_outdated", "warning", message, None, None)])
