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
from typing import Any, TypeVar

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
_Lengths = TypeVar("_Lengths", float, Floats)


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

    def place(self, x: _Lengths, y: _Lengths) -> tuple[_Lengths, _Lengths]:
        """The shown position of a point of page space, or of many."""
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
def _room(width: int, kind: str, pointers: int) -> tuple[npt.NDArray[Any], tuple[tuple[Any, ...], ...]]:
    """Memory for `_AT_ONCE` answers of `width` numbers each, and `pointers` pointers into each answer.

    Made once: a pointer takes as long to make as half a call.
    """
    number = np.dtype(kind).itemsize
    memory = (ctypes.c_char * (_AT_ONCE * width * number))()
    rows = range(0, len(memory), width * number)
    into = tuple(tuple(ctypes.byref(memory, row + number * nth) for row in rows) for nth in range(pointers))
    return np.frombuffer(memoryview(memory), kind).reshape(_AT_ONCE, width), into


def _told(
    textpage: raw.FPDF_TEXTPAGE, function: str, places: list[int], width: int, kind: str = "f4", pointers: int = 1
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """What a function of pdfium tells of the characters at `places`: `width` numbers each, and whether it knew them."""
    handle = ctypes.cast(textpage, ctypes.c_void_p)
    room, into = _room(width, kind, pointers)
    told: Floats = np.empty((len(places), width))
    known = np.empty(len(places), bool)
    for start in range(0, len(places), _AT_ONCE):
        asked = places[start : start + _AT_ONCE]
        end = start + len(asked)
        known[start:end] = np.fromiter(map(quick(function), repeat(handle), asked, *into), np.intc, len(asked))
        told[start:end] = room[: len(asked)]
    return told, known


def _glyphs(textpage: raw.FPDF_TEXTPAGE, frame: PageFrame) -> Glyphs:
    codes, is_whole = _characters(textpage)
    blank = _IS_BLANK[np.minimum(codes, 255)]
    shown = np.flatnonzero(is_whole & ~blank)
    boxes, found = _told(textpage, "FPDFText_GetLooseCharBox", shown.tolist(), 4)
    if not found.all():
        shown, boxes = shown[found], boxes[found]
    run = np.cumsum(blank, dtype=np.int64)[shown]
    left, right = frame.across(boxes)
    baseline, size, bold = _set_in(textpage, frame, shown, run, boxes)
    codes = codes[shown]
    codes[codes == _BROKEN_HYPHEN] = ord("-")
    return Glyphs(codes.astype("<u4").tobytes().decode("utf-32-le"), left, right, baseline, size, bold, run)


def _turns(*columns: npt.NDArray[Any]) -> Whole:
    """Where a value of any of the columns is another than the one before; the first place is always one."""
    differs = np.zeros(len(columns[0]), bool)
    differs[:1] = True
    for column in columns:
        differs[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(differs)


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


def _set_in(
    textpage: raw.FPDF_TEXTPAGE, frame: PageFrame, places: Whole, run: Whole, boxes: Floats
) -> tuple[Floats, Floats, Floats]:
    """How the characters at `places` are set: baselines, sizes, and weights (1 bold, 0 not, -1 unknown).

    A text object on one foot is set in one way. Which object a character is of is asked where a run begins or the
    height changes, and how it is set where the object or the foot changes. Where an object's foot does not tell its
    baseline (slanting lines, turned pages), each of the former is asked.
    """
    handle = ctypes.cast(textpage, ctypes.c_void_p)
    feet = boxes[:, 3]
    looked_at = np.arange(len(places)) if frame.rotation else _turns(run, boxes[:, 1], feet)
    calls = map(quick("FPDFText_GetTextObject", ctypes.c_size_t), repeat(handle), places[looked_at].tolist())
    objects = np.fromiter(calls, np.uint64, len(looked_at))
    turns = _turns(objects, feet[looked_at])
    kinds, is_level = _types(textpage, frame, places[looked_at[turns]].tolist(), objects[turns].tolist())
    if not is_level.all():
        slants = np.repeat(~is_level, np.diff(turns, append=len(looked_at)))
        turns = np.union1d(turns, np.flatnonzero(slants))
        kinds, _ = _types(textpage, frame, places[looked_at[turns]].tolist(), objects[turns].tolist())
    held = np.diff(looked_at[turns], append=len(places))
    baseline, size, weight = (np.repeat(kind, held) for kind in kinds)
    return baseline, size, weight


def _types(
    textpage: raw.FPDF_TEXTPAGE, frame: PageFrame, places: list[int], objects: list[int]
) -> tuple[tuple[Floats, Floats, Floats], npt.NDArray[np.bool_]]:
    """Baseline, size and weight of single characters, and whether all of their object on the same foot are set so."""
    handle = ctypes.cast(textpage, ctypes.c_void_p)
    origins, _ = _told(textpage, "FPDFText_GetCharOrigin", places, 2, "f8", pointers=2)
    matrices, has_matrix = _told(textpage, "FPDFText_GetMatrix", places, 6)
    sizes = np.fromiter(map(quick("FPDFText_GetFontSize", ctypes.c_double), repeat(handle), places), float, len(places))
    scales = np.fromiter(map(math.hypot, matrices[:, 2].tolist(), matrices[:, 3].tolist()), float, len(places))
    sizes = np.maximum(np.where(has_matrix, sizes * scales, sizes), 1.0)
    font_of = quick("FPDFTextObj_GetFont", ctypes.c_size_t)
    fonts = [font_of(ctypes.c_void_p(item)) if item else 0 for item in objects]
    first = dict(zip(reversed(fonts), reversed(places), strict=True))
    of_font = {font: _weight(textpage, place) for font, place in first.items() if font}
    weights = [of_font[f] if f else _weight(textpage, place) for f, place in zip(fonts, places, strict=True)]
    is_level = has_matrix & (matrices[:, 1] == 0.0) & (np.array(fonts, np.uint64) != 0) & (frame.rotation == 0)
    return (frame.place(origins[:, 0], origins[:, 1])[1], sizes, np.array(weights, float)), is_level


def _weight(textpage: raw.FPDF_TEXTPAGE, place: int) -> int:
    name = ctypes.create_string_buffer(256)
    length = raw.FPDFText_GetFontInfo(textpage, place, name, 256, ctypes.c_int())
    font = name.value.decode("latin-1").lower() if length else ""
    weight = raw.FPDFText_GetFontWeight(textpage, place)
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
    return tuple(map(Word._make, zip(*columns, repeat(None), repeat(None), strict=False)))
