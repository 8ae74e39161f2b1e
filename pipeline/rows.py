"""Typed records → rows of the warehouse: stable ids, pages, enclosing sections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from extractors.reading import Block
from extractors.records import Citation, Extraction, Finding, Section
from pipeline.sources.source import DigitalSignature, Page, SourceDocument

Row = dict[str, Any]
_ID_DIGITS = 20


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page begins in the text, and how sure its OCR is (0..1; None where the text was typed)."""

    start: int
    page_no: int
    ocr_confidence: float | None


@dataclass(frozen=True, slots=True)
class Places:
    """Tells the page and the deepest section of an offset."""

    doc_id: str
    pages: tuple[PageStart, ...]
    section_spans: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, doc_id: str, pages: Sequence[PageStart], sections: Sequence[Section]) -> Places:
        """`pages` in the order of the text."""
        return cls(doc_id, tuple(pages), tuple((s.start, s.end, i) for i, s in enumerate(sections)))

    def page(self, offset: int) -> PageStart | None:
        """The page an offset stands on."""
        at = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[at] if at >= 0 else None

    def section(self, offset: int) -> str | None:
        """The id of the deepest section that holds an offset."""
        holding = [(start, -end, i) for start, end, i in self.section_spans if start <= offset < end]
        return section_id(self.doc_id, max(holding)[2]) if holding else None


def section_id(doc_id: str, index: int) -> str:
    """Stable id of a document's section, by its place in the outline."""
    return f"{doc_id[:_ID_DIGITS]}-s{index:04d}"


def citation_id(doc_id: str, index: int) -> str:
    """Stable id of a document's mention, by its place in reading order."""
    return f"{doc_id[:_ID_DIGITS]}-c{index:04d}"


def source_rows(doc_id: str, source: SourceDocument) -> dict[str, list[Row]]:
    """What the ingest stage writes of one file's content; where the file lies is no part of it."""
    return {
        "documents": [
            {
                "doc_id": doc_id,
                "file_format": source.file_format,
                "media": source.media,
                "n_pages": len(source.pages),
                "text": source.text,
                "text_quality": source.text_quality,
                "ocr_confidence": source.ocr_confidence,
            }
        ],
        "pages": [_page_row(doc_id, page) for page in source.pages],
        "blocks": [_block_row(doc_id, i, block) for i, block in enumerate(source.blocks)],
        "findings": finding_rows(doc_id, source.findings),
        "digital_signatures": [
            _signature_row(doc_id, i, signature) for i, signature in enumerate(source.digital_signatures, start=1)
        ],
    }


def _signature_row(doc_id: str, ordinal: int, signature: DigitalSignature) -> Row:
    said = asdict(signature)
    left, top, right, bottom = said.pop("box") or (None, None, None, None)
    box = {"box_left": left, "box_top": top, "box_right": right, "box_bottom": bottom}
    return {"doc_id": doc_id, "ordinal": ordinal, "signature": signature.text, **said, **box}


def _page_row(doc_id: str, page: Page) -> Row:
    return {
        "doc_id": doc_id,
        "page_no": page.page_no,
        "char_start": page.start,
        "char_end": page.end,
        "source": page.source,
        "ocr_confidence": page.ocr_confidence,
        "width": page.width,
        "height": page.height,
    }


def _block_row(doc_id: str, index: int, block: Block) -> Row:
    left, top, right, bottom = block.box or (None, None, None, None)
    return {
        "doc_id": doc_id,
        "block_no": index,
        "char_start": block.start,
        "char_end": block.end,
        "page_no": block.page,
        "kind": block.kind,
        "box_left": left,
        "box_top": top,
        "box_right": right,
        "box_bottom": bottom,
        "column_no": block.column,
        "row_no": block.row,
        "bold": block.bold,
        "centred": block.centred,
        "ocr_confidence": block.ocr_confidence,
    }


def block_of(row: Row) -> Block:
    """The block a row of the blocks table stands for."""
    box = (row["box_left"], row["box_top"], row["box_right"], row["box_bottom"])
    return Block(
        start=row["char_start"],
        end=row["char_end"],
        page=row["page_no"],
        kind=row["kind"],
        box=None if box[0] is None else box,
        column=row["column_no"],
        row=row["row_no"],
        bold=row["bold"],
        centred=row["centred"],
        ocr_confidence=row["ocr_confidence"],
    )


def section_rows(doc_id: str, sections: Sequence[Section]) -> list[Row]:
    """Rows of the sections table; parents by id."""
    return [
        {
            "doc_id": doc_id,
            "section_id": section_id(doc_id, i),
            "parent_id": None if s.parent is None else section_id(doc_id, s.parent),
            "level": s.level,
            "zone": s.zone,
            "label": s.label,
            "title": s.title,
            "role": s.role,
            "char_start": s.start,
            "char_end": s.end,
        }
        for i, s in enumerate(sections)
    ]


def sections_of(rows: Sequence[Row]) -> tuple[Section, ...]:
    """The sections that rows of one document stand for."""
    index = {row["section_id"]: i for i, row in enumerate(rows)}
    return tuple(
        Section(
            level=row["level"],
            zone=row["zone"],
            label=row["label"],
            title=row["title"],
            role=row["role"],
            parent=None if row["parent_id"] is None else index[row["parent_id"]],
            start=row["char_start"],
            end=row["char_end"],
        )
        for row in rows
    )


def extraction_rows(doc_id: str, found: Extraction, places: Places) -> dict[str, list[Row]]:
    """What the extract stage writes of one document; instruments and units are left to the resolve stage."""
    header = asdict(found.header)
    spans = header.pop("spans")
    header["header_confidence"] = header.pop("confidence")
    return {
        "headers": [{"doc_id": doc_id, **header, "reviewed": False}],
        "header_evidence": [
            {"doc_id": doc_id, "field": name, "char_start": start, "char_end": end} for name, start, end in spans
        ],
        "citations": [_citation_row(doc_id, i, c, places) for i, c in enumerate(found.citations)],
        "deadlines": [
            {
                "deadline_id": f"{doc_id[:_ID_DIGITS]}-d{i:04d}",
                "section_id": places.section(d.start),
                **_placed(doc_id, asdict(d), places),
            }
            for i, d in enumerate(found.deadlines)
        ],
        "signatories": [_placed(doc_id, asdict(s), places) for s in found.signatories],
        "recipients": [_placed(doc_id, asdict(r), places) for r in found.recipients],
        "findings": finding_rows(doc_id, found.findings),
    }


def _citation_row(doc_id: str, index: int, citation: Citation, places: Places) -> Row:
    row = _placed(doc_id, asdict(citation), places)
    antecedent = row.pop("antecedent")
    return {
        "citation_id": citation_id(doc_id, index),
        "section_id": places.section(citation.start),
        **row,
        "antecedent_id": None if antecedent is None else citation_id(doc_id, antecedent),
        "candidates": list(citation.candidates),
    }


def _placed(doc_id: str, fields: Row, places: Places) -> Row:
    start, end = fields.pop("start"), fields.pop("end")
    page = places.page(start)
    # An extractor judges the text it is given; on a scanned page the text itself is only as sure as its OCR.
    if page is not None and page.ocr_confidence is not None:
        fields["confidence"] = round(fields["confidence"] * page.ocr_confidence, 4)
    page_no = None if page is None else page.page_no
    return {"doc_id": doc_id, **fields, "char_start": start, "char_end": end, "page_no": page_no, "reviewed": False}


def finding_rows(doc_id: str, findings: Sequence[Finding]) -> list[Row]:
    """Rows of the findings table."""
    return [
        {
            "doc_id": doc_id,
            "kind": f.kind,
            "severity": f.severity,
            "message": f.message,
            "char_start": f.start,
            "char_end": f.end,
        }
        for f in findings
    ]
