"""Words of a PDF page's text layer, read with pdfium.

pdfium has no call for the boxes of a whole page, and every call from Python costs more than its answer. So the letters
are fetched at once, a box for each letter, and font and baseline only where a word begins or the letters' height
changes; what is a word is then told on arrays.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from extractors.reading import normalise
from pipeline.sources.page_words import Rule, Word

_THIN = 3.0
_WORD_GAP = 0.18
_BOLD_WEIGHT = 600
_IS_BLANK = np.isin(np.arange(256), (0, 0x09, 0x0A, 0x0D, 0x20, 0xA0))
_BROKEN_HYPHEN = 2
_NO_LETTER = 0xFFFE
_UNREADABLE = 0xFFFD
_UNKNOWN = -1
_FORMS_DEEP = 2
_DRAWN = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)
_AT_ONCE = 4_096

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Box = tuple[float, float, float, float]
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
    bold: Floats
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


class PageContent:
    """What stands on a PDF page itself, without its annotations; all places in points from its upper left corner."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        self.frame = PageFrame(page)

    def words(self) -> tuple[Word, ...]:
        """The words of the page's own text layer, in the order of its content.

        pdfium is asked once for the letters of the page, once for each letter's box, and for font and baseline only
        where a word begins or the height of the letters changes; all geometry is done on arrays.
        """
        with closing(self.page.get_textpage()) as textpage:
            glyphs = _glyphs(textpage.raw, self.frame)
        if not glyphs.text:
            return ()
        return _words(_without_overprint(glyphs))

    def rules(self) -> tuple[Rule, ...]:
        """Thin straight lines drawn on the page: table borders and underlines."""
        rules: list[Rule] = []
        for item in self._drawn[raw.FPDF_PAGEOBJ_PATH]:
            box = self._box(item)
            if box is None:
                continue
            left, top, right, bottom = box
            width, height = right - left, bottom - top
            if width <= _THIN < height or height <= _THIN < width:
                rules.append(Rule(left, top, right, bottom))
            elif width > 4 * _THIN and height > 4 * _THIN and _is_stroked(item):
                rules += [Rule(left, top, right, top), Rule(left, bottom, right, bottom)]
                rules += [Rule(left, top, left, bottom), Rule(right, top, right, bottom)]
        return tuple(rules)

    def image_boxes(self) -> list[Box]:
        """(left, top, right, bottom) of every image on the page and in the forms on it."""
        images = self._drawn[raw.FPDF_PAGEOBJ_IMAGE]
        for form in self._drawn[raw.FPDF_PAGEOBJ_FORM]:
            images = [*images, *within(objects_of_form(form), raw.FPDF_PAGEOBJ_IMAGE, _FORMS_DEEP)]
        return [box for box in map(self._box, images) if box is not None]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn or written on the page."""
        return bool(raw.FPDFPage_CountObjects(self.page.raw) <= 0)

    @cached_property
    def _drawn(self) -> Mapping[int, list[Handle]]:
        """What is drawn on the page itself, not in a form on it, by its kind."""
        drawn: dict[int, list[Handle]] = {kind: [] for kind in _DRAWN}
        page = ctypes.cast(self.page.raw, ctypes.c_void_p)
        for kind, item in objects_of(page, "FPDFPage_CountObjects", "FPDFPage_GetObject"):
            if kind in drawn:
                drawn[kind].append(item)
        return drawn

    def _box(self, item: Handle) -> Box | None:
        edges = (ctypes.c_float * 4)()
        if not quick("FPDFPageObj_GetBounds")(item, *(ctypes.byref(edges, 4 * number) for number in range(4))):
            return None
        return self.frame.box(*edges)


def _is_stroked(item: Handle) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    path = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


class Handle(ctypes.c_void_p):
    """A pointer to an object of pdfium."""


def objects_of(parent: ctypes.c_void_p, count: str, child: str) -> Iterator[tuple[int, Handle]]:
    """Kind and handle of every object of a page, form or annotation; `count` and `child` name pdfium's functions."""
    kind = quick("FPDFPageObj_GetType")
    for item in map(quick(child, Handle), repeat(parent), range(quick(count)(parent))):
        yield kind(item), item


def objects_of_form(form: Handle) -> Iterator[tuple[int, Handle]]:
    """Kind and handle of every object of a form."""
    return objects_of(form, "FPDFFormObj_CountObjects", "FPDFFormObj_GetObject")


def within(objects: Iterable[tuple[int, Handle]], kind: int, deep: int) -> Iterator[Handle]:
    """The objects of one kind among `objects` and in the forms among them, `deep` levels of forms."""
    for found, item in objects:
        if found == kind:
            yield item
        elif found == raw.FPDF_PAGEOBJ_FORM and deep:
            yield from within(objects_of_form(item), kind, deep - 1)


@cache
def quick(function: str, answer: Any = ctypes.c_int) -> Callable[..., Any]:
    """A function of pdfium for many calls: half the time a call, without the checks of the generated bindings.

    Pointers must be passed as ctypes objects, since a plain integer would be cut to 32 bits.
    """
    # PYFUNCTYPE keeps the interpreter's lock; without argument types nothing is converted twice.
    return ctypes.PYFUNCTYPE(answer)(ctypes.cast(getattr(raw, function), ctypes.c_void_p).value or 0)


@cache
def _room() -> tuple[npt.NDArray[np.float32], tuple[Any, ...]]:
    """Memory for the boxes of some letters, and a pointer to each, made once: one takes as long as half a call."""
    memory = (raw.FS_RECTF * _AT_ONCE)()
    step = ctypes.sizeof(raw.FS_RECTF)
    boxes = np.frombuffer(memory, np.float32).reshape(_AT_ONCE, 4)
    return boxes, tuple(ctypes.byref(memory, step * number) for number in range(_AT_ONCE))


def _glyphs(textpage: raw.FPDF_TEXTPAGE, frame: PageFrame) -> Glyphs:
    codes, is_whole = _characters(textpage)
    blank = _IS_BLANK[np.minimum(codes, 255)]
    shown = np.flatnonzero(is_whole & ~blank)
    boxes, found = _boxes(textpage, shown.tolist())
    if not found.all():
        shown, boxes = shown[found], boxes[found]
    run = np.cumsum(blank, dtype=np.int64)[shown]
    left, right = frame.across(boxes)
    asked = np.ones(len(shown), bool)
    if not frame.rotation:
        asked[1:] = (run[1:] != run[:-1]) | (boxes[1:, 1] != boxes[:-1, 1]) | (boxes[1:, 3] != boxes[:-1, 3])
    first = np.flatnonzero(asked)
    fonts = _FontReader(textpage, frame).read(shown[first].tolist(), boxes[first, 3].tolist())
    held = np.diff(first, append=len(shown))
    baseline, size, bold = np.repeat(np.array(fonts, np.float64).reshape(-1, 3).T, held, axis=1)
    codes = codes[shown]
    codes[codes == _BROKEN_HYPHEN] = ord("-")
    return Glyphs(codes.astype("<u4").tobytes().decode("utf-32-le"), left, right, baseline, size, bold, run)


def _boxes(textpage: raw.FPDF_TEXTPAGE, places: list[int]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The boxes (left, top, right, bottom) in page space of the characters at `places`, and whether there is one."""
    handle = ctypes.cast(textpage, ctypes.c_void_p)
    room, pointers = _room()
    boxes: Floats = np.empty((len(places), 4))
    found = np.empty(len(places), bool)
    for start in range(0, len(places), _AT_ONCE):
        asked = places[start : start + _AT_ONCE]
        end = start + len(asked)
        found[start:end] = np.fromiter(
            map(quick("FPDFText_GetLooseCharBox"), repeat(handle), asked, pointers), np.intc, len(asked)
        )
        boxes[start:end] = room[: len(asked)]
    return boxes, found


def _characters(textpage: raw.FPDF_TEXTPAGE) -> tuple[Whole, npt.NDArray[np.bool_]]:
    """The code points of all characters, and whether there is one: the first of two units of UTF-16 is none."""
    codes = _codes(textpage, max(raw.FPDFText_CountChars(textpage), 0))
    half = (codes & ~0x7FF) == 0xD800
    if not half.any():
        return codes, ~half
    high = half & (codes < 0xDC00)
    low = np.flatnonzero(high[:-1] & (codes[1:] >= 0xDC00) & (codes[1:] < 0xE000)) + 1
    codes[low] += 0x10000 + ((codes[low - 1] - 0xD800) << 10) - 0xDC00
    codes[(codes & ~0x7FF) == 0xD800] = _UNREADABLE
    return codes, ~high


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
        self._handle = ctypes.cast(textpage, ctypes.c_void_p)
        self._textpage = textpage
        self._frame = frame
        self._x, self._y, self._matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
        self._origin, self._into = (ctypes.byref(self._x), ctypes.byref(self._y)), ctypes.byref(self._matrix)
        self._weights: dict[int, int] = {}

    def read(self, places: list[int], feet: list[float]) -> list[_Type]:
        """How the characters at `places` are set; `feet` are the lower edges of their boxes in page space."""
        known: dict[tuple[int, float], _Type] = {}
        found: list[_Type] = []
        for key in zip(
            map(quick("FPDFText_GetTextObject", ctypes.c_size_t), repeat(self._handle), places), feet, strict=True
        ):
            is_set = known.get(key)
            if is_set is None:
                is_set, shared = self._ask(places[len(found)], key[0])
                if shared:
                    known[key] = is_set
            found.append(is_set)
        return found

    def _ask(self, place: int, text_object: int) -> tuple[_Type, bool]:
        """How one character is set, and whether all of its text object on the same foot are set so."""
        size: float = quick("FPDFText_GetFontSize", ctypes.c_double)(self._handle, place)
        shared = False
        if quick("FPDFText_GetMatrix")(self._handle, place, self._into):
            size *= math.hypot(self._matrix.c, self._matrix.d)
            shared = bool(text_object) and self._matrix.b == 0.0 and not self._frame.rotation
        quick("FPDFText_GetCharOrigin")(self._handle, place, *self._origin)
        baseline = self._frame.place(self._x.value, self._y.value)[1]
        font = quick("FPDFTextObj_GetFont", ctypes.c_size_t)(ctypes.c_void_p(text_object)) if text_object else 0
        if not font:
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
