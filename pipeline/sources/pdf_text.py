"""Words of a PDF page's text layer, read with pdfium character by character."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from extractors.reading import normalise
from pipeline.sources.page_words import Rule, Word

_THIN = 3.0
_WORD_GAP = 0.18
_BOLD_WEIGHT = 600
_BLANKS = frozenset((0, 0x09, 0x0A, 0x0D, 0x20, 0xA0))
_BROKEN_HYPHEN = 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of the text layer, in points from the page's upper left corner (rotation taken out)."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool | None


class PageFrame:
    """Turns pdfium's page coordinates into points from the upper left corner of the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self.left, self.bottom, self.right, self.top = (
            min(left, right),
            min(bottom, top),
            max(left, right),
            max(bottom, top),
        )
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The shown position of a point of page space."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """The shown (left, top, right, bottom) of a rectangle of page space."""
        ax, ay = self.place(left, bottom)
        bx, by = self.place(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def read_words(page: pdfium.PdfPage) -> tuple[Word, ...]:
    """The words of the page's own text layer, in the order of its content."""
    return tuple(_words(_glyphs(page)))


def read_rules(page: pdfium.PdfPage) -> tuple[Rule, ...]:
    """Thin straight lines drawn on the page: table borders and underlines."""
    frame = PageFrame(page)
    rules: list[Rule] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, top, right, bottom = frame.box(*item.get_bounds())
        width, height = right - left, bottom - top
        if width <= _THIN < height or height <= _THIN < width:
            rules.append(Rule(left, top, right, bottom))
        elif width > 4 * _THIN and height > 4 * _THIN and _is_stroked(item):
            rules += [Rule(left, top, right, top), Rule(left, bottom, right, bottom)]
            rules += [Rule(left, top, left, bottom), Rule(right, top, right, bottom)]
    return tuple(rules)


def _is_stroked(item: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)) and bool(stroke.value)


def image_boxes(page: pdfium.PdfPage) -> list[tuple[float, float, float, float]]:
    """(left, top, right, bottom) of every image on the page."""
    frame = PageFrame(page)
    return [frame.box(*item.get_bounds()) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]


def _glyphs(page: pdfium.PdfPage) -> Iterator[Glyph | None]:
    """The characters in content order; None where a blank or a line's end stands.

    Font, size and baseline are asked for only where the character's box leaves the height of the one before.
    """
    frame = PageFrame(page)
    textpage = page.get_textpage()
    handle = textpage.raw
    loose = raw.FS_RECTF()
    font = _FontReader(handle)
    heights: tuple[float, float] | None = None
    baseline, size, bold = 0.0, 1.0, None
    high_half = 0
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high_half = code
            continue
        if high_half and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high_half - 0xD800) << 10) + code - 0xDC00
        high_half = 0
        if code in _BLANKS:
            yield None
            heights = None
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, index, loose):
            continue
        left, _, right, _ = frame.box(loose.left, loose.bottom, loose.right, loose.top)
        if heights != (loose.bottom, loose.top) or frame.rotation:
            heights = (loose.bottom, loose.top)
            _, baseline = frame.place(*font.origin(index))
            size = font.size(index)
            bold = font.bold(index)
        yield Glyph("-" if code == _BROKEN_HYPHEN else chr(code), left, right, baseline, size, bold)


class _FontReader:
    """Asks pdfium for the font of a character."""

    def __init__(self, handle: raw.FPDF_TEXTPAGE) -> None:
        self._handle = handle
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()
        self._matrix = raw.FS_MATRIX()
        self._bold: dict[tuple[bytes, int], bool | None] = {}

    def origin(self, index: int) -> tuple[float, float]:
        raw.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        return self._x.value, self._y.value

    def size(self, index: int) -> float:
        size = float(raw.FPDFText_GetFontSize(self._handle, index))
        if raw.FPDFText_GetMatrix(self._handle, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return max(size, 1.0)

    def bold(self, index: int) -> bool | None:
        length = raw.FPDFText_GetFontInfo(self._handle, index, self._name, 256, self._flags)
        key = (self._name.value if length else b"", raw.FPDFText_GetFontWeight(self._handle, index))
        if key not in self._bold:
            self._bold[key] = _is_bold(key[0].decode("latin-1"), key[1])
        return self._bold[key]


def _is_bold(font: str, weight: int) -> bool | None:
    if not font and weight <= 0:
        return None
    lowered = font.lower()
    return "bold" in lowered or "black" in lowered or weight >= _BOLD_WEIGHT


def _words(glyphs: Iterator[Glyph | None]) -> Iterator[Word]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph is None:
            if run:
                yield _word(run)
            run = []
            continue
        if run and not _continues(run[-1], glyph):
            yield _word(run)
            run = []
        if run and _is_overprint(run, glyph):
            continue
        run.append(glyph)
    if run:
        yield _word(run)


def _continues(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    gap = glyph.left - last.right
    return abs(glyph.baseline - last.baseline) < 0.1 * size and -0.5 * size < gap < _WORD_GAP * size


def _is_overprint(run: list[Glyph], glyph: Glyph) -> bool:
    """Whether `glyph` is drawn a second time over itself, as programs do that have no bold font."""
    return any(other.text == glyph.text and abs(other.left - glyph.left) < 0.1 * glyph.size for other in run[-2:])


def _word(run: list[Glyph]) -> Word:
    size = max(glyph.size for glyph in run)
    baseline = run[0].baseline
    text, _ = normalise("".join(glyph.text for glyph in run))
    bold = None if run[0].bold is None else sum(bool(g.bold) for g in run) * 2 > len(run)
    return Word(
        text,
        min(g.left for g in run),
        baseline - 0.8 * size,
        max(g.right for g in run),
        baseline + 0.22 * size,
        baseline,
        size,
        bold,
    )
