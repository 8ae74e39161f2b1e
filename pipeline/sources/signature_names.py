"""Names of signers on scans: printed names read a second time as single lines, names stamped in red read at all.

Seal removal takes out red name stamps with the seal, and a seal's edge spoils the marks of names beneath it. Below the
last title in capitals the name is therefore cut out and read alone several times. Of a printed name only marks change;
a red stamp counts only where Tesseract is sure of every word and the words are written like a name. Script faces
cannot be read so and are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import regex
from PIL import Image

from extractors.grammar import table
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word, fold
from pipeline.sources.scan_image import CleanScan

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
_SURE_OF_STAMP = 0.8
_INK = 40
_LEAST_INK = 0.0005
_SCALE = 2.2


def read_names(lines: Sequence[Line], clean: CleanScan, points: float, read_line: LineReader) -> list[Line]:
    """The lines with the name below the page's last signer's title read again, or read from red ink where none was."""
    at = _last_title(lines, clean.grey.width * points)
    if at is None:
        return list(lines)
    title = lines[at]
    below = [number for number in range(len(lines)) if _is_below(lines[number], title)]
    names = [number for number in below if _is_name([word.text for word in lines[number].words])]
    out = list(lines)
    if names:
        number = names[0]
        cuts = [_cut(clean.grey, _box_of(lines[number], room), points) for room in _ROOMS]
        better = _with_marks_of(lines[number], [word for cut in cuts for word in read_line(cut, points, 7)])
        if better is None:
            return out
        out[number] = better
        return out
    stamped = _stamped_name(title, clean, points, read_line) if clean.is_colour else None
    if stamped is not None:
        out.insert(max(below, default=at) + 1, stamped)
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


def _cut(image: Image.Image, box: tuple[float, float, float, float], points: float) -> Image.Image:
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
        words.append(replace(word, text=best, raw=word.text) if is_better else word)
    better = replace(line, words=tuple(words))
    return None if better == line else better


def _stamped_name(title: Line, clean: CleanScan, points: float, read_line: LineReader) -> Line | None:
    """The name in red ink below the title, None where no line of red words is surely one."""
    middle, baseline = _middle(title), title.words[0].baseline
    left, top = max(0.0, middle - _REACH), baseline + 4.0
    picture = red_ink(_cut(clean.colour, (left, top, middle + _REACH, baseline + _DEPTH), points))
    if not picture.width or not picture.height or (np.asarray(picture) < 255 - _INK).mean() < _LEAST_INK:
        return None
    rows: dict[float, list[Word]] = {}
    for mode in (11, 6):
        for word in read_line(picture, points, mode):
            if _NAME_WORD.fullmatch(word.text) and (word.confidence or 0.0) >= _SURE_OF_STAMP:
                rows.setdefault(round(word.baseline, 1), []).append(word)
        for words in rows.values():
            words.sort(key=lambda word: word.left)
            if _is_name([word.text for word in words]) and _is_family(words[0].text):
                placed = tuple(
                    replace(
                        w,
                        left=w.left + left,
                        right=w.right + left,
                        top=w.top + top,
                        bottom=w.bottom + top,
                        baseline=w.baseline + top,
                        size=title.words[0].size,
                        raw="",
                    )
                    for w in words
                )
                return replace(title, words=placed)
        rows.clear()
    return None


def _is_family(word: str) -> bool:
    names = table("family_names")
    return word in names["kinh"] or word in names["peoples"]
