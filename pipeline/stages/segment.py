"""segment: text and blocks → zones and the labelled outline."""

from __future__ import annotations

from extractors.outline import segment_reading
from extractors.reading import Reading
from pipeline.parquet_files import StageWriter
from pipeline.result_cache import code_version
from pipeline.rows import finding_rows, section_rows
from pipeline.stages.ingested_texts import IngestedText, count_documents, ingested_texts, write_document_rows
from pipeline.stages.stage import StageRun, Tables

TABLES = ("sections", "findings", "quarantine")
_CODE = ("extractors", "pipeline.rows")


def segment(run: StageRun) -> None:
    """Find zones and outline of every ingested document."""
    cache = run.cache("segment", code_version(_CODE))
    texts = ingested_texts(run)
    with (
        StageWriter(run.folder("segment"), TABLES) as out,
        run.progress("Phân đoạn", count_documents(run)) as progress,
    ):
        for document, rows in run.work_through("segment", texts, _key, _segment, cache):
            write_document_rows(out, document.doc_id, document.source_path, rows)
            progress.advance(failed="quarantine" in rows)
    cache.close(drop_other_versions=True)


def _key(document: IngestedText) -> str:
    return document.content_key


def _segment(document: IngestedText) -> Tables:
    found = segment_reading(Reading.of(document.text, document.blocks))
    return {
        "sections": section_rows(document.doc_id, found.records),
        "findings": finding_rows(document.doc_id, found.findings),
    }
