"""extract: text, blocks and outline → header, citations, deadlines, signatories, recipients, findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import extract as extract_document
from extractors.reading import Reading
from extractors.records import Section
from pipeline.parquet_files import StageWriter, grouped_by_document, read_rows
from pipeline.result_cache import code_version
from pipeline.rows import PageStart, Places, extraction_rows, sections_of
from pipeline.stages.ingested_texts import IngestedText, count_documents, ingested_texts, write_document_rows
from pipeline.stages.stage import StageRun, Tables
from pipeline.stages.stage_schemas import of_extract

_CODE = ("extractors", "pipeline.rows")
_WAREHOUSE_TABLES = (
    "header_evidence", "citations", "deadlines", "signatories", "recipients", "findings", "quarantine",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SegmentedText:
    """One document with its outline and its pages."""

    text: IngestedText
    sections: tuple[Section, ...]
    pages: tuple[PageStart, ...]


def extract(run: StageRun) -> None:
    """Extract everything from every segmented document."""
    cache = run.cache("extract", code_version(_CODE))
    with (
        StageWriter(run.folder("extract"), ("headers", *_WAREHOUSE_TABLES), of_extract()) as out,
        run.progress("Trích xuất", count_documents(run)) as progress,
    ):
        for document, rows in run.work_through("extract", _segmented(run), _key, _extract, cache):
            write_document_rows(out, document.text.doc_id, document.text.source_path, rows)
            progress.advance(failed="quarantine" in rows)
    cache.close(drop_other_versions=True)


def _segmented(run: StageRun) -> Iterator[SegmentedText]:
    sections = grouped_by_document(read_rows(run.folder("segment"), "sections", "segment"))
    pages = grouped_by_document(read_rows(run.folder("ingest"), "pages", "ingest"))
    next_sections, next_pages = next(sections, None), next(pages, None)
    for text in ingested_texts(run):
        own: tuple[Section, ...] = ()
        starts: tuple[PageStart, ...] = ()
        if next_sections is not None and next_sections[0] == text.doc_id:
            own = sections_of(next_sections[1])
            next_sections = next(sections, None)
        if next_pages is not None and next_pages[0] == text.doc_id:
            starts = tuple(PageStart(row["char_start"], row["page_no"], row["ocr_confidence"]) for row in next_pages[1])
            next_pages = next(pages, None)
        yield SegmentedText(text, own, starts)


def _key(document: SegmentedText) -> str:
    return document.text.content_key


def _extract(document: SegmentedText) -> Tables:
    text = document.text
    found = extract_document(Reading.of(text.text, text.blocks), document.sections)
    return extraction_rows(text.doc_id, found, Places.of(text.doc_id, document.pages, document.sections))
