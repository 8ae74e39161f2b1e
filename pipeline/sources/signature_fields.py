"""What a digitally signed PDF shows in its signature fields: the clerk's number and day, and the signers.

The clerk (văn thư) puts the number, the day and the seal on as signature fields; their text is in the appearance
streams of the fields, not in the page's text layer. Number and day are set into the gaps they lie over; the stamps
of the signers (unit, e-mail, time) are kept apart from the text. The certificates are read in digital_signatures.py.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import pypdfium2 as pdfium
import regex
from pypdfium2 import raw

from pipeline.sources.page_layout import rows_of
from pipeline.sources.page_words import Word, fold
from pipeline.sources.pdf_text import PageContent, objects_of, within

Box = tuple[float, float, float, float]

_FORMS_DEEP = 8
_LOW = 45
_FIELD_KINDS = frozenset((raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_FREETEXT))
_FILLING = regex.compile(r"\d{1,6}\p{L}?|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{1,6}\s?/\s?[\p{Lu}\d]\S{1,30}")
_GAPS = {"SO": "number", "NGAY": "day", "THANG": "month", "NAM": "year"}
_GAP_LINE = regex.compile(r"\bSO\b|\bNGAY\b|\bTHANG\b|\bNAM\b")


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One field on a page: its box in points from the upper left corner, and the words it shows.

    `annotation` is its place among the page's annotations.
    """

    annotation: int
    box: Box
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as printed, lines parted by `; `."""
        return "; ".join(" ".join(word.text for word in row) for row in rows_of(self.words))


@dataclass(frozen=True, slots=True)
class FilledPage:
    """A page's words with the numbers and days of its fields set into their gaps.

    `carried` tells for a field (by its annotation) which words were set in and as what. `unread` are the fields that
    lie over a gap as images and must be read as such.
    """

    words: list[Word]
    carried: dict[int, tuple[str, str]]
    unread: list[SignatureField]


def read_fields(pdf: pdfium.PdfDocument, index: int, page: PageContent, plain: Sequence[Word]) -> list[SignatureField]:
    """The fields of `page`, the page `index` of `pdf`, with the words they show.

    pdfium reads the words of a page's content only. Where a field shows text, the page is therefore flattened and
    loaded anew, and the words that are not on the `plain` page are the fields'. `page` itself stays as it was read;
    what is loaded or drawn of `pdf` later has the fields among its content.
    """
    boxes, show_text = _fields_of(page)
    held: dict[int, list[Word]] = {n: [] for n in boxes}
    for word in _flattened_words(pdf, index, page, plain) if show_text else ():
        inside = [n for n, box in boxes.items() if _holds(box, word)]
        if inside:
            held[min(inside, key=lambda n: _area(boxes[n]))].append(word)
    return [SignatureField(n, box, tuple(held[n])) for n, box in boxes.items()]


def _fields_of(page: PageContent) -> tuple[dict[int, Box], bool]:
    """The boxes of signature fields, stamps and typed notes by their place among the page's annotations, and whether
    any of them shows text."""
    boxes: dict[int, Box] = {}
    show_text = False
    rect = raw.FS_RECTF()
    for index in range(raw.FPDFPage_GetAnnotCount(page.page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.page.raw, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) in _FIELD_KINDS and raw.FPDFAnnot_GetRect(annotation, rect):
            boxes[index] = page.frame.box(rect.left, rect.bottom, rect.right, rect.top)
            show_text = show_text or _shows_text(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes, show_text


def _shows_text(annotation: raw.FPDF_ANNOTATION) -> bool:
    handle = ctypes.cast(annotation, ctypes.c_void_p)
    shown = objects_of(handle, "FPDFAnnot_GetObjectCount", "FPDFAnnot_GetObject")
    return next(within(shown, raw.FPDF_PAGEOBJ_TEXT, _FORMS_DEEP), None) is not None


def _flattened_words(pdf: pdfium.PdfDocument, index: int, page: PageContent, plain: Sequence[Word]) -> Iterator[Word]:
    """The words that the page has more than the `plain` ones when its fields are made part of its content."""
    raw.FPDFPage_Flatten(page.page.raw, raw.FLAT_NORMALDISPLAY)
    known = Counter(map(_key, plain))
    with closing(pdf[index]) as flat:
        for word in PageContent(flat).words():
            key = _key(word)
            if known[key] > 0:
                known[key] -= 1
            else:
                yield word


def fill_gaps(plain: Sequence[Word], fields: Sequence[SignatureField]) -> FilledPage:
    """Set the numbers and days that the fields show into the gaps they lie over."""
    page = FilledPage(list(plain), {}, [])
    fillings = [field for field in fields if _may_fill(field)]
    rows = rows_of(plain) if fillings else []
    for field in fillings:
        if not field.words:
            if gap_row(rows, field.box) is not None:
                page.unread.append(field)
            continue
        settled = [_set_in(rows, word) for word in field.words]
        if all(settled):
            page.words.extend(word for word in settled if word is not None)
            page.carried[field.annotation] = field.text, kind_of_gap(gap_row(rows, field.box), field.box)
    return page


def _may_fill(field: SignatureField) -> bool:
    """Whether a field shows a number or a day, or is low enough to show one as an image."""
    if field.words:
        return _FILLING.fullmatch(field.text) is not None
    return field.box[3] - field.box[1] < _LOW


def kind_of_gap(row: Sequence[Word] | None, box: Box) -> str:
    """`number`, `day`, `month` or `year`, by the nearest word of the line that stands before the field."""
    for word in sorted(row or (), key=lambda word: -word.left):
        if word.left < box[0] + word.size and (found := _GAP_LINE.search(fold(word.text))):
            return _GAPS[found.group()]
    return "number"


def gap_row(rows: Sequence[tuple[Word, ...]], box: Box) -> tuple[Word, ...] | None:
    """The number or date line that a field lies over, None when it lies elsewhere."""
    middle = (box[1] + box[3]) / 2
    for row in rows:
        size = row[0].size
        level = row[0].baseline - 0.3 * size
        near = row[0].left - size < box[0] and box[0] < max(word.right for word in row) + 2 * size
        if abs(level - middle) < 0.9 * size and near and _GAP_LINE.search(fold(" ".join(w.text for w in row))):
            return row
    return None


def _set_in(rows: Sequence[tuple[Word, ...]], word: Word) -> Word | None:
    row = gap_row(rows, (word.left, word.baseline - 0.6 * word.size, word.right, word.baseline))
    if row is None:
        return None
    beside = min(row, key=lambda other: abs(other.middle - word.middle))
    shift = beside.baseline - word.baseline
    return word._replace(
        baseline=beside.baseline,
        size=beside.size,
        top=word.top + shift,
        bottom=word.bottom + shift,
        bold=beside.bold,
    )


def _key(word: Word) -> tuple[str, int, int]:
    return word.text, round(word.left), round(word.baseline)


def _holds(box: Box, word: Word) -> bool:
    return box[0] - 3 <= word.middle <= box[2] + 3 and box[1] - 3 <= word.baseline - 0.3 * word.size <= box[3] + 3


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
