"""Reads PDFs: typed ones from their text layer, scans and lying text layers by OCR, page by page."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from extractors.records import Finding
from pipeline.errors import DamagedFile, EncryptedFile, LimitExceeded, ToolUnavailable
from pipeline.limits import Limits
from pipeline.sources import ocr
from pipeline.sources.digital_signatures import FieldPlace, read_signatures
from pipeline.sources.page_layout import lay_out, rows_of
from pipeline.sources.page_words import PageWords, Word
from pipeline.sources.pdf_streams import check_streams
from pipeline.sources.pdf_text import PageContent
from pipeline.sources.read_pages import ReadPage, ShownField, assemble
from pipeline.sources.reflow import LaidOutPage
from pipeline.sources.signature_fields import (
    FilledPage,
    fill_gaps,
    gap_row,
    kind_of_gap,
    read_fields,
)
from pipeline.sources.source import DigitalSignature, SourceDocument
from pipeline.sources.text_quality import GOOD_TEXT, text_quality
from pipeline.worker_memory import at_most

logger = logging.getLogger(__name__)

_DPI = 300
_POINTS_PER_INCH = 72.0
_LEAST_WORDS = 12
_MOST_PIXELS = 40_000_000


def read_pdf(path: Path, limits: Limits) -> SourceDocument:
    """The text of a PDF in reading order, with number and day from its signature fields.

    Raises EncryptedFile, DamagedFile, EmptyDocument, LimitExceeded, and ToolUnavailable when the whole file needs OCR
    and Tesseract is not installed. A page that cannot be read is a finding; the page numbers of the others stay.
    """
    data = path.read_bytes()
    if len(data) > limits.file_bytes:
        raise LimitExceeded(
            f"{path.name}: {len(data):,} byte, quá giới hạn file_bytes = {limits.file_bytes:,}",
            "tách tệp hoặc tăng limits.file_bytes trong params.yaml",
        )
    check_streams(data, limits)
    pdf, data, repaired = _opened(data, path.name)
    with ExitStack() as stack:
        stack.enter_context(closing(pdf))
        count = len(pdf)
        if count > limits.pages:
            raise LimitExceeded(
                f"{path.name}: {count} trang, quá giới hạn pages = {limits.pages}",
                "tách tệp hoặc tăng limits.pages trong params.yaml",
            )

        has_form = pdf.get_formtype() != raw.FORMTYPE_NONE
        if has_form:
            pdf.init_forms()
        reader = _PdfReader(pdf, lambda: stack.enter_context(closing(pdfium.PdfDocument(data))), limits, path.name)
        pages = [reader.read(index) for index in range(count)]
    signatures = _signatures(pages, _fields_of(data, path.name) if has_form else [])
    document = assemble("pdf", pages, signatures, path.name)
    if not repaired:
        return document
    message = "Tệp PDF hỏng; đã đọc bản sửa lại trong bộ nhớ, có thể thiếu trang. Nên lấy lại tệp từ nơi gửi."
    return replace(document, findings=(Finding("repaired_file", "warning", message, None, None), *document.findings))


def _fields_of(data: bytes, name: str) -> list[tuple[FieldPlace | None, DigitalSignature]]:
    try:
        return read_signatures(data)
    except pikepdf.PdfError as error:
        logger.warning("%s: signature fields cannot be read: %s", name, error)
        return []


def _signatures(
    pages: Sequence[ReadPage], fields: Sequence[tuple[FieldPlace | None, DigitalSignature]]
) -> list[DigitalSignature]:
    """The signature fields with their places and what they show, then the stamps that show text and are no fields."""
    shown = {(page.page_no - 1, field.annotation): field for page in pages for field in page.fields}
    signatures = []
    for place, signature in fields:
        seen = shown.pop((place.page, place.annotation), None) if place else None
        page_no = place.page + 1 if place else None
        if seen is None:
            signatures.append(replace(signature, page_no=page_no))
        else:
            signatures.append(_with_print(signature, page_no, seen))
    stamps = [_with_print(DigitalSignature("stamp"), page + 1, seen) for (page, _), seen in shown.items() if seen.text]
    return [*signatures, *stamps]


def _with_print(signature: DigitalSignature, page_no: int | None, seen: ShownField) -> DigitalSignature:
    return replace(
        signature,
        page_no=page_no,
        box=seen.box,
        shown=seen.text or None,
        carried=seen.carried,
        carried_as=seen.carried_as,
    )


def _opened(data: bytes, name: str) -> tuple[pdfium.PdfDocument, bytes, bool]:
    """The PDF, the bytes it is read from, and whether these had to be repaired.

    Raises EncryptedFile, and DamagedFile when nothing can be repaired.
    """
    try:
        return pdfium.PdfDocument(data), data, False
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise _encrypted(name) from error
    mended = _mended(data, name)
    try:
        return pdfium.PdfDocument(mended), mended, True
    except pdfium.PdfiumError as error:
        raise _damaged(name) from error


def _mended(data: bytes, name: str) -> bytes:
    """What can be repaired of a PDF that pdfium cannot open; raises as `_opened`."""
    try:
        with pikepdf.open(io.BytesIO(data)) as broken:
            if len(broken.pages) == 0:
                raise _damaged(name)
            repaired = io.BytesIO()
            broken.save(repaired)
    except pikepdf.PasswordError as error:
        raise _encrypted(name) from error
    except pikepdf.PdfError as error:
        raise _damaged(name) from error
    logger.info("%s: repaired", name)
    return repaired.getvalue()


def _encrypted(name: str) -> EncryptedFile:
    return EncryptedFile(f"{name}: tệp PDF có mật khẩu", "mở bằng mật khẩu, lưu bản không mật khẩu rồi nạp lại")


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(f"{name}: tệp PDF hỏng hoặc bị cắt cụt", "lấy lại tệp từ nơi gửi rồi nạp lại")


class _PdfReader:
    """Reads one page after the other until the time is up; `copy` opens a second copy, for pictures with fields."""

    def __init__(
        self, pdf: pdfium.PdfDocument, copy: Callable[[], pdfium.PdfDocument], limits: Limits, name: str
    ) -> None:
        self._pdf = pdf
        self._copy = copy
        self._limits = limits
        self._name = name
        self._deadline = time.monotonic() + limits.file_seconds

    @cached_property
    def _unread(self) -> pdfium.PdfDocument:
        """A copy whose annotations no reading has flattened."""
        return self._copy()

    def read(self, index: int) -> ReadPage:
        """Page `index`; what goes wrong becomes a finding."""
        result = ReadPage(index + 1)
        if time.monotonic() > self._deadline:
            raise LimitExceeded(
                f"{self._name}: quá {self._limits.file_seconds:.0f} giây (file_seconds) ở trang {index + 1}",
                "tách tệp hoặc tăng limits.file_seconds trong params.yaml",
            )
        try:
            with at_most(self._limits.page_bytes):
                page = self._pdf[index]
            result.width, result.height = page.get_size()
            self._read_page(PageContent(page), result)
        except (pdfium.PdfiumError, OSError, ValueError, LimitExceeded) as error:
            logger.warning("%s, page %d: %s", self._name, index + 1, error)
            result.findings.append(
                Finding("page_unreadable", "error", f"Không đọc được trang {index + 1}: {error}", None, None)
            )
        return result

    def _read_page(self, page: PageContent, result: ReadPage) -> None:
        with at_most(self._limits.page_bytes):
            plain = page.words()
            fields = read_fields(self._pdf, result.page_no - 1, page, plain)
        filled = fill_gaps(plain, fields)
        for field in fields:
            carried, carried_as = filled.carried.get(field.annotation, (None, None))
            result.fields.append(ShownField(field.annotation, field.box, field.text, carried, carried_as))
        words = _without_arrival_stamp(filled.words, page, result)
        quality = text_quality(" ".join([word.text for word in words]))
        if self._needs_ocr(page, words, quality, result):
            self._read_by_ocr(page, words, quality, result)
        else:
            words += self._field_images(words, filled, result)
            result.laid_out = _laid_out(page, words, result)

    def _field_images(self, words: list[Word], filled: FilledPage, result: ReadPage) -> list[Word]:
        """Numbers and days that signature fields show as images."""
        if not filled.unread:
            return []
        image = self._render(self._unread[result.page_no - 1], result, with_fields=True)
        rows = rows_of(words)
        found: list[Word] = []
        for field in filled.unread:
            row = gap_row(rows, field.box) or rows[0]
            read = ocr.read_fields(image, result.width, [field.box], row)
            found += read
            for at, shown in enumerate(result.fields):
                if read and shown.annotation == field.annotation:
                    carried_as = kind_of_gap(row, field.box)
                    result.fields[at] = replace(shown, carried=read[0].text, carried_as=carried_as)
        return found

    def _needs_ocr(self, page: PageContent, words: list[Word], quality: float, result: ReadPage) -> bool:
        if quality >= GOOD_TEXT and len(words) >= _LEAST_WORDS:
            return False
        whole = result.width * result.height
        covered = max(((b[2] - b[0]) * (b[3] - b[1]) / whole for b in page.image_boxes()), default=0.0)
        if covered > 0.4:
            return True
        if not words:
            return not page.is_blank
        letters = sum(any(c.isalpha() for c in word.text) for word in words)
        return quality < GOOD_TEXT and letters >= _LEAST_WORDS

    def _read_by_ocr(self, page: PageContent, words: list[Word], quality: float, result: ReadPage) -> None:
        try:
            scan = ocr.read_scan(
                self._render(page.page, result, with_fields=False),
                result.page_no,
                result.width,
                result.height,
                self._limits,
            )
        except ToolUnavailable as error:
            result.missing_tool = error
            result.findings.append(
                Finding("ocr_unavailable", "error", f"Trang {result.page_no} cần OCR: {error}", None, None)
            )
            return
        if words and quality >= text_quality(" ".join(line.text for line in scan.lines)):
            result.laid_out = _laid_out(page, words, result)
            return
        if len(words) >= _LEAST_WORDS:
            result.findings.append(
                Finding(
                    "text_layer_replaced",
                    "info",
                    f"Lớp chữ của trang {result.page_no} không phải tiếng Việt đọc được; đã nhận dạng lại từ ảnh.",
                    None,
                    None,
                )
            )
        result.source = "ocr"
        result.confidence = scan.confidence
        result.findings += scan.findings
        result.width, result.height = scan.width, scan.height
        result.laid_out = LaidOutPage(result.page_no, scan.width, scan.height, scan.lines)

    def _render(self, page: pdfium.PdfPage, result: ReadPage, *, with_fields: bool) -> Image.Image:
        scale = _DPI / _POINTS_PER_INCH
        pixels = result.width * result.height * scale * scale
        most = min(self._limits.page_pixels, _MOST_PIXELS)
        if pixels > most:
            scale *= (most / pixels) ** 0.5
        image: Image.Image = page.render(scale=scale, draw_annots=with_fields, may_draw_forms=False).to_pil()
        return image.convert("RGB")


def _laid_out(page: PageContent, words: Iterable[Word], result: ReadPage) -> LaidOutPage:
    lines = lay_out(PageWords(result.page_no, result.width, result.height, tuple(words), page.rules()))
    return LaidOutPage(result.page_no, result.width, result.height, tuple(lines))


def _without_arrival_stamp(words: list[Word], page: PageContent, result: ReadPage) -> list[Word]:
    """The words without the number and day typed into an arrival stamp, an image at the head of the first page."""
    if result.page_no != 1:
        return words
    images = [
        box
        for box in page.image_boxes()
        if box[3] < 0.25 * result.height and (box[2] - box[0]) < 0.5 * result.width and box[3] - box[1] > 30
    ]
    if not images:
        return words
    kept: list[Word] = []
    dropped: list[str] = []
    for word in words:
        if _is_figure(word.text) and any(_inside(box, word) for box in images):
            dropped.append(word.text)
        else:
            kept.append(word)
    if dropped:
        message = f"Dấu đến ghi «{' '.join(dropped)}», không thuộc văn bản."
        result.findings.append(Finding("arrival_stamp", "info", message, None, None))
    return kept


def _is_figure(text: str) -> bool:
    return all(c.isdigit() or c in "/.-" for c in text)


def _inside(box: tuple[float, float, float, float], word: Word) -> bool:
    return box[0] < word.middle < box[2] and box[1] < word.baseline - 0.3 * word.size < box[3]
