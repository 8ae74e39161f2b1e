"""What a digitally signed PDF shows in its signature fields: the clerk's number and day, and the signers.

The clerk (văn thư) puts the number, the day and the seal on as signature fields; their text is in the appearance
streams of the fields, not in the page's text layer. Number and day are set into the gaps they lie over; the stamps
of the signers (unit, e-mail, time) are kept apart from the text.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import regex
from pypdfium2 import raw

from pipeline.sources.page_layout import rows_of
from pipeline.sources.page_words import Word, fold
from pipeline.sources.pdf_text import PageFrame, read_words

Box = tuple[float, float, float, float]

_FIELD_KINDS = frozenset((raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_FREETEXT))
_FILLING = regex.compile(r"\d{1,6}\p{L}?|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{1,6}\s?/\s?[\p{Lu}\d]\S{1,30}")
_GAP_LINE = regex.compile(r"\bSO\b|\bNGAY\b|\bTHANG\b|\bNAM\b")
_SUBJECT_FIELDS = {
    b"\x06\x03\x55\x04\x03": "CN",
    b"\x06\x03\x55\x04\x0a": "O",
    b"\x06\x03\x55\x04\x0b": "OU",
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01": "E",
}
_ATTRIBUTE = re.compile(
    rb"\x06\x03\x55\x04.|\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01|\x06\x0a\x09\x92\x26\x89\x93\xf2\x2c\x64\x01.",
    re.DOTALL,
)
_ATTRIBUTE_GAP = 8
_BMP_STRING = 0x1E
_SIGNING_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One field that shows something on a page: its box in points from the upper left corner, and its words."""

    box: Box
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as printed, lines parted by `; `."""
        return "; ".join(" ".join(word.text for word in row) for row in rows_of(self.words))


def field_boxes(page: pdfium.PdfPage) -> list[Box]:
    """The boxes of the page's signature fields, stamps and typed notes."""
    frame = PageFrame(page)
    boxes: list[Box] = []
    rect = raw.FS_RECTF()
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) in _FIELD_KINDS and raw.FPDFAnnot_GetRect(annotation, rect):
            boxes.append(frame.box(rect.left, rect.bottom, rect.right, rect.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes


def read_fields(
    flat: pdfium.PdfDocument, index: int, boxes: Sequence[Box], plain: Sequence[Word]
) -> list[SignatureField]:
    """The fields of page `index` with the words they show.

    `flat` is a second copy of the document with forms initialised; the page is flattened in it, and the words that
    are not on the `plain` page are the fields'.
    """
    page = flat[index]
    page.flatten()
    page.close()
    known = Counter(_key(word) for word in plain)
    added: list[Word] = []
    for word in read_words(flat[index]):
        if known[_key(word)] > 0:
            known[_key(word)] -= 1
        else:
            added.append(word)
    held: list[list[Word]] = [[] for _ in boxes]
    for word in added:
        inside = [n for n, box in enumerate(boxes) if _holds(box, word)]
        if inside:
            held[min(inside, key=lambda n: _area(boxes[n]))].append(word)
    return [SignatureField(box, tuple(words)) for box, words in zip(boxes, held, strict=True)]


def fill_gaps(
    plain: Sequence[Word], fields: Iterable[SignatureField]
) -> tuple[list[Word], list[str], list[SignatureField]]:
    """The page's words with numbers and days set into their gaps; the stamps' texts; fields without text on a gap.

    The last are images that lie over a number or date line and must be read as such.
    """
    rows = rows_of(plain)
    words = list(plain)
    stamps: list[str] = []
    unread: list[SignatureField] = []
    for field in fields:
        if not field.words:
            if field.box[3] - field.box[1] < 45 and gap_row(rows, field.box) is not None:
                unread.append(field)
            continue
        settled = [_set_in(rows, word) for word in field.words] if _FILLING.fullmatch(field.text) else [None]
        if all(settled):
            words += [word for word in settled if word is not None]
        elif field.text not in stamps and not field.text.replace(" ", "").isdigit():
            stamps.append(field.text)
    return words, stamps, unread


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
    return replace(
        word,
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


def certificate_holders(pdf: pdfium.PdfDocument) -> list[str]:
    """Who signed, from the certificates: `name; unit; e-mail; time`, one string a signature, doubles left out."""
    holders: list[str] = []
    for index in range(max(0, raw.FPDF_GetSignatureCount(pdf.raw))):
        signature = raw.FPDF_GetSignatureObject(pdf.raw, index)
        length = raw.FPDFSignatureObj_GetContents(signature, None, 0)
        if length <= 0:
            continue
        contents = ctypes.create_string_buffer(length)
        raw.FPDFSignatureObj_GetContents(signature, contents, length)
        stamp = ctypes.create_string_buffer(64)
        raw.FPDFSignatureObj_GetTime(signature, stamp, 64)
        when = _SIGNING_TIME.match(stamp.value.decode("ascii", "replace"))
        holder = holder_of(contents.raw)
        if when and holder:
            holder += "; {}-{}-{} {}:{}:{}".format(*when.groups())
        if holder and holder not in holders:
            holders.append(holder)
    return holders


def holder_of(contents: bytes) -> str:
    """The holder of the signer's certificate in a PKCS#7 signature, as `name; unit, part of it; e-mail`.

    The names of the chain's authorities occur twice (as subject of one certificate and issuer of the next), the
    signer's once. Empty when no name can be read.
    """
    names = _names(contents)
    common = Counter(name.get("CN") for name in names)
    for name in names:
        if "CN" in name and common[name["CN"]] == 1:
            unit = ", ".join(dict.fromkeys(name[part] for part in ("O", "OU") if part in name))
            return "; ".join(part for part in (name["CN"], unit, name.get("E", "")) if part)
    return ""


def _names(contents: bytes) -> list[dict[str, str]]:
    """The distinguished names in a DER structure, in order; attributes of one name follow each other closely."""
    names: list[dict[str, str]] = []
    end_of_last = -_ATTRIBUTE_GAP
    for found in _ATTRIBUTE.finditer(contents):
        start = found.end() + 2
        length = contents[found.end() + 1]
        if length >= 0x80 or start + length > len(contents):
            continue
        if found.start() - end_of_last > _ATTRIBUTE_GAP:
            names.append({})
        end_of_last = start + length
        kind = _SUBJECT_FIELDS.get(found.group())
        if kind:
            encoding = "utf-16-be" if contents[found.end()] == _BMP_STRING else "utf-8"
            names[-1].setdefault(kind, contents[start:end_of_last].decode(encoding, "replace"))
    return [name for name in names if name]
