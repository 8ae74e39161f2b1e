"""Names of signers on scans: printed names read a second time as single lines, names a seal hides read at all.

Seal removal takes out red name stamps with the seal, and a seal's edge spoils the marks of names beneath it. Below the
last title in capitals the name is therefore cut out and read alone several times. Of a printed name only marks change.
Where no name was read, one is sought in the red ink and in all ink: a row counts where Tesseract is sure of every word
and the first is a family name. Where a seal's ring crosses the first word, the row is cut to the height of its sure
words, so that most of the ring is outside, and read again in several cuts; the family name nearest to all readings is
taken when no other comes near and none was read exactly. Script faces cannot be read so and
are left out.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import regex
from PIL import Image

from extractors.grammar import table
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word, fold
from pipeline.sources.scan_image import CleanScan
from pipeline.sources.text_quality import is_syllable

LineReader = Callable[[Image.Image, float, int], list[Word]]
"""Reads a picture in which a pixel is so many points wide in one of Tesseract's page segmentation modes."""

_TITLE = regex.compile(r"TRUONG\b|TICH\b|GIAM DOC\b|CHANH\b|BI THU\b|THU TUONG\b|HIEU\b|CUC\b")
_NAME_WORD = regex.compile(r"\p{Lu}\p{Ll}{1,6}")
_DEPTH = 200.0
"""How far below the last title, in points, the name may stand."""
_REACH = 130.0
"""Half the width, in points, of the stretch in which the name is sought about the middle of the title."""
_SURE = 0.8
_ROOMS = (0.2, 0.7, 1.2)
"""How much of the page about a name is cut out with it, times its size: each cut gives Tesseract another view."""
_INK = 40
_LEAST_INK = 0.0005
_SCALE = 2.2
_TOPS = (0.04, 0.1, 0.18)
_SIZES = (1.0, 1.27)
"""A row under a ring is cut so far above its capitals, times the size, and read so much larger than usual."""
_FARTHEST = 0.4
"""So great a part of its letters may be misread on average where no reading has the family name exactly."""
_NEARER = 1.0
"""By how many letters a reading the right family name is nearer on average than any other."""
_CONFIDENCE_UNDER_RING = 0.6


def read_names(lines: Sequence[Line], clean: CleanScan, points: float, read_line: LineReader) -> list[Line]:
    """The lines with the name below the page's last title read again, or found where none was read."""
    at = _last_title(lines, clean.grey.width * points)
    if at is None:
        return list(lines)
    title = lines[at]
    below = [number for number in range(len(lines)) if _is_below(lines[number], title)]
    names = [number for number in below if _is_name([word.text for word in lines[number].words])]
    out = list(lines)
    if names:
        number = names[0]
        cuts = [cut_from(clean.grey, _box_of(lines[number], room), points) for room in _ROOMS]
        better = _with_marks_of(lines[number], [word for cut in cuts for word in read_line(cut, points, 7)])
        if better is not None:
            out[number] = better
        return out
    hidden = _hidden_name(title, clean, points, read_line)
    if hidden is not None:
        out.insert(max(below, default=at) + 1, hidden)
    return out


def red_ink(colour: Image.Image) -> Image.Image:
    """The red ink of an image as black on white, all other ink gone."""
    pixels = np.asarray(colour.convert("RGB")).astype(np.int16)
    redness = pixels[..., 0] - np.maximum(pixels[..., 1], pixels[..., 2])
    grey = 255 - _SCALE * np.maximum(redness - 15, 0)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def _last_title(lines: Sequence[Line], width: float) -> int | None:
    """The last line in the right half that is a signer's title in capitals."""
    found = [
        number
        for number, line in enumerate(lines)
        if line.words
        and len(line.words) <= 7
        and _middle(line) > 0.5 * width
        and sum(c.isupper() for c in line.text) > 0.7 * sum(c.isalpha() for c in line.text)
        and _TITLE.search(fold(line.text))
    ]
    return max(found, key=lambda number: lines[number].words[0].baseline) if found else None


def _middle(line: Line) -> float:
    return (line.words[0].left + line.words[-1].right) / 2


def _is_below(line: Line, title: Line) -> bool:
    if not line.words:
        return False
    drop = line.words[0].baseline - title.words[0].baseline
    return 8 < drop < _DEPTH and abs(_middle(line) - _middle(title)) < _REACH


def _is_name(words: Sequence[str]) -> bool:
    return 2 <= len(words) <= 5 and all(_NAME_WORD.fullmatch(word) for word in words)


def _box_of(line: Line, room: float) -> tuple[float, float, float, float]:
    """Left, upper, right and lower edge in points, with `room` times the size about the line, a third of it above."""
    first, last = line.words[0], line.words[-1]
    wide, high = room * first.size, (0.3 + room / 3) * first.size
    return first.left - wide, first.baseline - first.size - high, last.right + wide, first.baseline + high


def cut_from(image: Image.Image, box: tuple[float, float, float, float], points: float) -> Image.Image:
    """The part of a page image inside a box in points, as far as the page goes."""
    left, top, right, bottom = (round(edge / points) for edge in box)
    return image.crop((max(0, left), max(0, top), min(image.width, right), min(image.height, bottom)))


def _with_marks_of(line: Line, again: Sequence[Word]) -> Line | None:
    """The line with the marks that most sure readings give each word's letters; None when nothing changes."""
    words = []
    for word in line.words:
        weights: Counter[str] = Counter()
        for reading in again:
            if (reading.confidence or 0.0) >= _SURE and fold(reading.text) == fold(word.text):
                weights[reading.text] += 1
        best, votes = max(weights.items(), key=lambda item: item[1], default=(word.text, 0))
        is_better = votes >= 2 and votes > weights[word.text] and _NAME_WORD.fullmatch(best)
        words.append(word._replace(text=best, raw=word.text) if is_better else word)
    better = replace(line, words=tuple(words))
    return None if better == line else better


def _hidden_name(title: Line, clean: CleanScan, points: float, read_line: LineReader) -> Line | None:
    """The name that stands below the title and was not read with the page, None where none is sure."""
    middle, baseline = _middle(title), title.words[0].baseline
    left, top = max(0.0, middle - _REACH), baseline + 4.0
    block = cut_from(clean.colour, (left, top, middle + _REACH, baseline + _DEPTH), points)
    if not block.width or not block.height:
        return None
    for picture in _inks(block, clean):
        for mode in (11, 6):
            for row in _sure_rows(read_line(picture, points, mode)):
                if _is_name([word.text for word in row]) and row[0].text in _families():
                    return _placed(row, title, left, top)
                named = _under_ring(row, picture, points, read_line)
                if named is not None:
                    return _placed(named, title, left, top)
    return None


def _inks(block: Image.Image, clean: CleanScan) -> Iterator[Image.Image]:
    """The pictures in which a name is sought: the red ink, then all ink; none where there is no ink."""
    main = red_ink(block) if clean.is_colour else block.convert("L")
    if (np.asarray(main) < 255 - _INK).mean() >= _LEAST_INK:
        yield main
        if clean.is_colour:
            yield block.getchannel("G")


def _sure_rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The surely read name words of a picture, row by row, each from the left."""
    rows: dict[float, list[Word]] = {}
    for word in words:
        if _NAME_WORD.fullmatch(word.text) and (word.confidence or 0.0) >= _SURE and is_syllable(word.text):
            rows.setdefault(round(word.baseline, 1), []).append(word)
    for row in rows.values():
        yield sorted(row, key=lambda word: word.left)


def _under_ring(row: Sequence[Word], picture: Image.Image, points: float, read_line: LineReader) -> list[Word] | None:
    """The name of which only later words were read surely; None where its family name is not certain."""
    size = row[0].baseline - min(word.top for word in row)
    readings = [
        [word for word in read_line(_strip(row, picture, points, size, top), points * larger, 7) if _letters(word.text)]
        for top, larger in itertools.product(_TOPS, _SIZES)
    ]
    count = Counter(map(len, readings)).most_common(1)[0][0]
    same = [reading for reading in readings if len(reading) == count]
    if not 2 <= count <= 5 or 2 * len(same) <= len(readings):
        return None
    later = Counter(tuple(word.text for word in reading[1:] if (word.confidence or 0) >= _SURE) for reading in same)
    given, votes = later.most_common(1)[0]
    family = _family_of([_letters(reading[0].text) for reading in same])
    if family is None or len(given) != count - 1 or 2 * votes <= len(same) or not _is_name((family, *given)):
        return None
    if not {word.text for word in row} <= {family, *given}:
        return None
    last, width = row[-1], size * 0.55
    words = []
    right = last.right
    for text in reversed((family, *given)):
        left = right - width * len(text)
        words.append(
            last._replace(
                text=text, left=left, right=right, confidence=_CONFIDENCE_UNDER_RING, top=last.baseline - size
            )
        )
        right = left - 0.3 * size
    return words[::-1]


def _strip(row: Sequence[Word], picture: Image.Image, points: float, size: float, above: float) -> Image.Image:
    """The row alone, cut close above its capitals and with white about it."""
    top = min(word.top for word in row) - above * size
    bottom = row[0].baseline + 0.4 * size
    box = (row[0].left - 6 * size, top, row[-1].right + 4 * size, bottom)
    cut = cut_from(picture, box, points)
    room = round(0.5 * size / points)
    framed = Image.new("L", (cut.width + 2 * room, cut.height + 2 * room), 255)
    framed.paste(cut, (room, room))
    return framed


def _family_of(readings: Sequence[str]) -> str | None:
    """The family name that all readings are nearest to by far; None where none is near, or another one was read."""
    exact = {reading.capitalize() for reading in readings} & _families()
    away = {
        family: sum(distance(reading, family.lower()) for reading in readings) / len(readings) for family in _families()
    }
    name = min(away, key=lambda family: (away[family], family))
    own = away.pop(name)
    is_near = name in exact or (not exact and own <= _FARTHEST * len(name))
    return name if is_near and exact <= {name} and min(away.values()) - own >= _NEARER else None


def distance(one: str, other: str) -> int:
    """How many letters must be put in, left out or exchanged to make one word of the other."""
    before = list(range(len(other) + 1))
    for number, a in enumerate(one, start=1):
        row = [number]
        for place, b in enumerate(other, start=1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (a != b)))
        before = row
    return before[-1]


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha()).lower()


def _placed(row: Sequence[Word], title: Line, left: float, top: float) -> Line:
    """The words of a cut that begins at (`left`, `top`) where they stand on the page."""
    words = tuple(
        w._replace(
            left=w.left + left,
            right=w.right + left,
            top=w.top + top,
            bottom=w.bottom + top,
            baseline=w.baseline + top,
            size=title.words[0].size,
            raw="",
        )
        for w in row
    )
    return replace(title, words=words)


@cache
def _families() -> frozenset[str]:
    names = table("family_names")
    return frozenset((*names["kinh"], *names["peoples"]))
