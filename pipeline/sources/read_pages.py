"""From pages that were read one by one to the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.records import Finding
from pipeline.errors import DamagedFile, EmptyDocument, ToolUnavailable
from pipeline.sources.reflow import LaidOutPage, reflow
from pipeline.sources.source import Box, DigitalSignature, Media, Page, PageSource, SourceDocument
from pipeline.sources.text_quality import GOOD_TEXT, text_quality

_SURE_OCR = 0.7


@dataclass(frozen=True, slots=True)
class ShownField:
    """What a field on a page shows, by its place among the page's annotations; `carried` went into the text."""

    annotation: int
    box: Box
    text: str
    carried: str | None
    carried_as: str | None


@dataclass(slots=True)
class ReadPage:
    """What one page gave; `laid_out` is None when it could not be read. Sizes in points."""

    page_no: int
    width: float = 595.0
    height: float = 842.0
    laid_out: LaidOutPage | None = None
    source: PageSource = "text_layer"
    confidence: float | None = None
    fields: list[ShownField] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    missing_tool: ToolUnavailable | None = None


def assemble(
    file_format: str, pages: Sequence[ReadPage], signatures: Sequence[DigitalSignature], name: str
) -> SourceDocument:
    """The document of all pages that were read.

    Raises DamagedFile when no page could be read, EmptyDocument when none holds text, ToolUnavailable when that is for
    want of Tesseract.
    """
    laid_out = [page.laid_out or LaidOutPage(page.page_no, page.width, page.height, ()) for page in pages]
    flowed = reflow(laid_out)
    if not flowed.text.strip():
        for page in pages:
            if page.missing_tool is not None:
                raise page.missing_tool
        if all(page.laid_out is None for page in pages):
            reason = next((found.message for page in pages for found in page.findings), "không có trang nào")
            raise DamagedFile(f"{name}: không đọc được trang nào ({reason})", "lấy lại tệp từ nơi gửi rồi nạp lại")
        raise EmptyDocument(f"{name}: không có chữ nào", "kiểm tra xem tệp có phải trang trắng không")
    sources = {page.source for page in pages if page.laid_out is not None and page.laid_out.lines}
    media: Media = "mixed" if len(sources) > 1 else "scanned" if sources == {"ocr"} else "born_digital"
    confidences = [page.confidence for page in pages if page.confidence is not None]
    confidence = round(sum(confidences) / len(confidences), 4) if confidences else None
    quality = text_quality(flowed.text)
    findings = [finding for page in pages for finding in page.findings] + list(flowed.findings)
    if confidence is not None and (confidence < _SURE_OCR or quality < GOOD_TEXT):
        message = f"Chữ nhận dạng kém tin cậy (độ tin cậy {confidence:.0%}); cần đối chiếu với bản gốc."
        findings.append(Finding("low_text_quality", "warning", message, None, None))
    return SourceDocument(
        file_format=file_format,
        media=media,
        text=flowed.text,
        blocks=flowed.blocks,
        pages=tuple(
            Page(page.page_no, start, end, page.source, page.confidence, page.width, page.height)
            for page, (start, end) in zip(pages, flowed.spans, strict=True)
        ),
        text_quality=quality,
        ocr_confidence=confidence,
        findings=tuple(findings),
        digital_signatures=tuple(signatures),
    )
