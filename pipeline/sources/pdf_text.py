"""Words of a PDF page's text layer, read with pdfium.

pdfium has no call for the boxes of a whole page, and every call from Python costs more than its answer. So the letters
are fetched at once, a box for each letter, and font and baseline only where a word begins or the letters' height
changes; what is a word is then told on arrays.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from extractors.reading import normalise
from pipeline.sources.page_words import Rule, Word

_THIN = 3.0
_WORD_GAP = 0.18
_BOLD_WEIGHT = 600
_BLANKS = (0, 0x09, 0x0A, 0x0D, 0x20, 0xA0)
_BROKEN_HYPHEN = 2
_NO_LETTER = 0xFFFE
_UNREADABLE = 0xFFFD
_UNKNOWN = -1
_FORMS_DEEP = 2

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_Type = tuple[float, float, int]
"""Baseline in points from the upper edge, size in points, and weight: 1 bold, 0 not, -1 unknown."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The printed characters of a page in content order, one place of every array each.

    Lengths in points from the page's upper left corner (rotation taken out). `run` numbers the stretches between
    blanks and line ends; `bold` is 1, 0, or -1 where the font does not tell.
    """

    text: str
    left: Floats
    right: Floats
    baseline: Floats
    size: Floats
    bold: Whole
    run: Whole

    def without(self, dropped: Whole) -> Glyphs:
        """The glyphs but those at the places `dropped`."""
        kept = np.delete(np.arange(len(self.text)), dropped)
        return Glyphs(
            "".join([self.text[place] for place in kept.tolist()]),
            self.left[kept],
            self.right[kept],
            self.baseline[kept],
            self.size[kept],
            self.bold[kept],
            self.run[kept],
        )


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

    def across(self, boxes: Floats) -> tuple[Floats, Floats]:
        """The shown left and right edges of boxes (left, top, right, bottom) of page space."""
        if self.rotation == 90:
            near, far = boxes[:, 3] - self.bottom, boxes[:, 1] - self.bottom
        elif self.rotation == 180:
            near, far = self.right - boxes[:, 0], self.right - boxes[:, 2]
        elif self.rotation == 270:
            near, far = self.top - boxes[:, 3], self.top - boxes[:, 1]
        else:
            near, far = boxes[:, 0] - self.left, boxes[:, 2] - self.left
        return np.minimum(near, far), np.maximum(near, far)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """The shown (left, top, right, bottom) of a rectangle of page space."""
        ax, ay = self.place(left, bottom)
        bx, by = self.place(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def read_words(page: pdfium.PdfPage) -> tuple[Word, ...]:
    """The words of the page's own text layer, in the order of its content.

    pdfium is asked once for the letters of the page, once for each letter's box, and for font and baseline only where
    a word begins or the height of the letters changes; all geometry is done on arrays.
    """
    frame = PageFrame(page)
    textpage = page.get_textpage()
    glyphs = _glyphs(textpage.raw, frame)
    if not glyphs.text:
        return ()
    return _words(_without_overprint(glyphs))


def read_rules(page: pdfium.PdfPage) -> tuple[Rule, ...]:
    """Thin straight lines drawn on the page: table borders and underlines."""
    frame = PageFrame(page)
    rules: list[Rule] = []
    for item in _page_objects(page, raw.FPDF_PAGEOBJ_PATH):
        bounds = _bounds(item)
        if bounds is None:
            continue
        left, top, right, bottom = frame.box(*bounds)
        width, height = right - left, bottom - top
        if width <= _THIN < height or height <= _THIN < width:
            rules.append(Rule(left, top, right, bottom))
        elif width > 4 * _THIN and height > 4 * _THIN and _is_stroked(item):
            rules += [Rule(left, top, right, top), Rule(left, bottom, right, bottom)]
            rules += [Rule(left, top, left, bottom), Rule(right, top, right, bottom)]
    return tuple(rules)


def _is_stroked(item: raw.FPDF_PAGEOBJECT) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke)) and bool(stroke.value)


def image_boxes(page: pdfium.PdfPage) -> list[tuple[float, float, float, float]]:
    """(left, top, right, bottom) of every image on the page."""
    frame = PageFrame(page)
    images = items_within(
        page.raw, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _FORMS_DEEP
    )
    return [frame.box(*box) for box in map(_bounds, images) if box is not None]


def items_within(
    parent: Any, kind: int, count: Callable[[Any], int], child: Callable[[Any, int], Any], deep: int
) -> Iterator[raw.FPDF_PAGEOBJECT]:
    """The objects of one kind on a page, annotation or form (`parent`), and in the forms on it, `deep` levels.

    `count` and `child` are pdfium's functions that tell the objects of such a parent.
    """
    for index in range(count(parent)):
        item = child(parent, index)
        found = raw.FPDFPageObj_GetType(item)
        if found == kind:
            yield item
        elif found == raw.FPDF_PAGEOBJ_FORM and deep:
            yield from items_within(item, kind, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, deep - 1)


def _page_objects(page: pdfium.PdfPage, kind: int) -> Iterator[raw.FPDF_PAGEOBJECT]:
    """The objects of one kind that stand on the page itself, not in a form on it."""
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(item) == kind:
            yield item


def _bounds(item: raw.FPDF_PAGEOBJECT) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


class _Calls(NamedTuple):
    """Functions of pdfium that are called for many letters, without the conversions of the generated bindings."""

    box: Callable[..., int]
    text_object: Callable[..., int | None]
    origin: Callable[..., int]
    size: Callable[..., float]
    matrix: Callable[..., int]
    font: Callable[..., int | None]


@cache
def _calls() -> _Calls:
    # Pointers pass as plain integers, and PYFUNCTYPE keeps the interpreter's lock: half the time of a call.
    pointer, index, truth = ctypes.c_void_p, ctypes.c_int, ctypes.c_int
    return _Calls(
        box=ctypes.PYFUNCTYPE(truth, pointer, index, pointer)(_address(raw.FPDFText_GetLooseCharBox)),
        text_object=ctypes.PYFUNCTYPE(pointer, pointer, index)(_address(raw.FPDFText_GetTextObject)),
        origin=ctypes.PYFUNCTYPE(truth, pointer, index, pointer, pointer)(_address(raw.FPDFText_GetCharOrigin)),
        size=ctypes.PYFUNCTYPE(ctypes.c_double, pointer, index)(_address(raw.FPDFText_GetFontSize)),
        matrix=ctypes.PYFUNCTYPE(truth, pointer, index, pointer)(_address(raw.FPDFText_GetMatrix)),
        font=ctypes.PYFUNCTYPE(pointer, pointer)(_address(raw.FPDFTextObj_GetFont)),
    )


def _address(function: Any) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0


def _glyphs(textpage: raw.FPDF_TEXTPAGE, frame: PageFrame) -> Glyphs:
    codes, singles, placed = _characters(textpage)
    blank = np.logical_or.reduce([codes == code for code in _BLANKS])
    shown = np.flatnonzero(~blank & placed)
    boxes: Floats = singles[shown].astype(np.float64)
    run = np.cumsum(blank, dtype=np.int64)[shown]
    left, right = frame.across(boxes)
    asked = np.ones(len(shown), bool)
    if not frame.rotation:
        asked[1:] = (run[1:] != run[:-1]) | (boxes[1:, 1] != boxes[:-1, 1]) | (boxes[1:, 3] != boxes[:-1, 3])
    first = np.flatnonzero(asked)
    fonts = _FontReader(textpage, frame).read(shown[first].tolist(), boxes[first, 3].tolist())
    held = np.repeat(np.arange(len(first)), np.diff(first, append=len(shown)))
    told = np.array(fonts, np.float64).reshape(-1, 3)[held]
    codes = np.where(codes[shown] == _BROKEN_HYPHEN, ord("-"), codes[shown])
    text = codes.astype("<u4").tobytes().decode("utf-32-le")
    return Glyphs(text, left, right, told[:, 0], told[:, 1], told[:, 2].astype(np.int64), run)


def _characters(textpage: raw.FPDF_TEXTPAGE) -> tuple[Whole, npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """All characters: code points, boxes (left, top, right, bottom) in page space, and whether there is a box."""
    count = max(raw.FPDFText_CountChars(textpage), 0)
    codes = _codes(textpage, count)
    boxes = np.empty((count, 4), np.float32)
    handle = ctypes.cast(textpage, ctypes.c_void_p)
    start, step = boxes.ctypes.data, boxes.strides[0] if count else 1
    found = map(_calls().box, repeat(handle), range(count), range(start, start + step * count, step))
    placed = np.fromiter(found, np.intc, count) != 0
    high = (codes >= 0xD800) & (codes < 0xDC00)
    if high.any():
        low = np.flatnonzero(high[:-1] & (codes[1:] >= 0xDC00) & (codes[1:] < 0xE000)) + 1
        codes[low] += 0x10000 + ((codes[low - 1] - 0xD800) << 10) - 0xDC00
        placed &= ~high
    codes[(codes >= 0xD800) & (codes < 0xE000)] = _UNREADABLE
    return codes, boxes, placed


def _codes(textpage: raw.FPDF_TEXTPAGE, count: int) -> Whole:
    """The code units of the page's characters; the text in one piece is used where it has one unit a character."""
    buffer = np.zeros(count + 1, np.uint16)
    written = raw.FPDFText_GetText(textpage, 0, count, buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    codes = buffer[:count].astype(np.int64)
    doubtful: npt.NDArray[Any] = np.flatnonzero((codes <= _BROKEN_HYPHEN) | (codes == _NO_LETTER))
    if written != count + 1 or ((codes >= 0xD800) & (codes < 0xE000)).any():
        doubtful = np.arange(count)
    for place in doubtful.tolist():
        codes[place] = raw.FPDFText_GetUnicode(textpage, place)
    return codes


class _FontReader:
    """Asks pdfium for baseline, size and weight of characters, once for each text object."""

    def __init__(self, textpage: raw.FPDF_TEXTPAGE, frame: PageFrame) -> None:
        self._handle = ctypes.cast(textpage, ctypes.c_void_p).value
        self._textpage = textpage
        self._frame = frame
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._matrix = raw.FS_MATRIX()
        self._weights: dict[int, int] = {}

    def read(self, places: list[int], feet: list[float]) -> list[_Type]:
        """How the characters at `places` are set; `feet` are the lower edges of their boxes in page space."""
        known: dict[tuple[int | None, float], _Type] = {}
        found: list[_Type] = []
        for key in zip(map(_calls().text_object, repeat(self._handle), places), feet, strict=True):
            is_set = known.get(key)
            if is_set is None:
                is_set, shared = self._ask(places[len(found)], key[0])
                if shared:
                    known[key] = is_set
            found.append(is_set)
        return found

    def _ask(self, place: int, text_object: int | None) -> tuple[_Type, bool]:
        """How one character is set, and whether all of its text object on the same foot are set so."""
        calls = _calls()
        size = calls.size(self._handle, place)
        shared = False
        if calls.matrix(self._handle, place, ctypes.addressof(self._matrix)):
            size *= math.hypot(self._matrix.c, self._matrix.d)
            shared = text_object is not None and self._matrix.b == 0.0 and not self._frame.rotation
        calls.origin(self._handle, place, *self._at)
        baseline = self._frame.place(self._x.value, self._y.value)[1]
        font = calls.font(text_object) if text_object is not None else None
        if font is None:
            return (baseline, max(size, 1.0), self._weight(place)), False
        if font not in self._weights:
            self._weights[font] = self._weight(place)
        return (baseline, max(size, 1.0), self._weights[font]), shared

    def _weight(self, place: int) -> int:
        name = ctypes.create_string_buffer(256)
        length = raw.FPDFText_GetFontInfo(self._textpage, place, name, 256, ctypes.c_int())
        font = name.value.decode("latin-1").lower() if length else ""
        weight = raw.FPDFText_GetFontWeight(self._textpage, place)
        if not font and weight <= 0:
            return _UNKNOWN
        return int("bold" in font or "black" in font or weight >= _BOLD_WEIGHT)


def _starts(glyphs: Glyphs) -> npt.NDArray[np.bool_]:
    """Whether a word begins with each glyph: after a blank, a gap, or a step up or down."""
    begins = np.ones(len(glyphs.text), bool)
    size = np.maximum(glyphs.size[1:], glyphs.size[:-1])
    gap = glyphs.left[1:] - glyphs.right[:-1]
    step = np.abs(glyphs.baseline[1:] - glyphs.baseline[:-1])
    goes_on = (step < 0.1 * size) & (-0.5 * size < gap) & (gap < _WORD_GAP * size)
    begins[1:] = (glyphs.run[1:] != glyphs.run[:-1]) | ~goes_on
    return begins


def _without_overprint(glyphs: Glyphs) -> Glyphs:
    """The glyphs without those drawn a second time over themselves, as programs do that have no bold font."""
    codes = np.frombuffer(glyphs.text.encode("utf-32-le"), "<u4")
    if not any(_is_over(glyphs, codes, back).any() for back in (1, 2)):
        return glyphs
    dropped: list[int] = []
    word: list[int] = []
    left, right = glyphs.left.tolist(), glyphs.right.tolist()
    size, baseline, run = glyphs.size.tolist(), glyphs.baseline.tolist(), glyphs.run.tolist()
    for place, letter in enumerate(glyphs.text):
        if word:
            last = word[-1]
            large = max(size[last], size[place])
            gap = left[place] - right[last]
            level = abs(baseline[place] - baseline[last]) < 0.1 * large
            if run[last] != run[place] or not (level and -0.5 * large < gap < _WORD_GAP * large):
                word = []
        near = 0.1 * size[place]
        if any(glyphs.text[other] == letter and abs(left[other] - left[place]) < near for other in word[-2:]):
            dropped.append(place)
        else:
            word.append(place)
    return glyphs.without(np.array(dropped, np.int64))


def _is_over(glyphs: Glyphs, codes: npt.NDArray[Any], back: int) -> npt.NDArray[np.bool_]:
    near = np.abs(glyphs.left[back:] - glyphs.left[:-back]) < 0.1 * glyphs.size[back:]
    same: npt.NDArray[np.bool_] = near & (codes[back:] == codes[:-back])
    return same


def _words(glyphs: Glyphs) -> tuple[Word, ...]:
    starts = np.flatnonzero(_starts(glyphs))
    ends = np.append(starts[1:], len(glyphs.text))
    size = np.maximum.reduceat(glyphs.size, starts)
    baseline = glyphs.baseline[starts]
    unknown = glyphs.bold[starts] == _UNKNOWN
    bold = np.add.reduceat((glyphs.bold == 1).astype(np.int64), starts) * 2 > ends - starts
    is_normal = normalise(glyphs.text)[0] == glyphs.text
    texts = [glyphs.text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    columns = (
        texts if is_normal else [normalise(text)[0] for text in texts],
        np.minimum.reduceat(glyphs.left, starts).tolist(),
        (baseline - 0.8 * size).tolist(),
        np.maximum.reduceat(glyphs.right, starts).tolist(),
        (baseline + 0.22 * size).tolist(),
        baseline.tolist(),
        size.tolist(),
        np.where(unknown, None, bold).tolist(),  # type: ignore[call-overload]
    )
    return tuple(map(Word, *columns))
