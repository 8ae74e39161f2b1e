"""Roman numerals of a scan counted by their strokes: Tesseract reads `III` as `II`, `HI` or `Il` without a doubt.

Only numerals made of the figure one are counted, where a numeral is expected: at the head of a line and after the word
for a quarter, a part or a chapter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import regex

from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word
from pipeline.sources.scan_image import CleanScan

_NEARLY_ONES = regex.compile(r"(?P<ones>(?=\P{N}*[IHl|\]])[IHl|\]1]{1,4}|IL)(?P<rest>(?:[.,:)\-–—].*)?)")
_BEFORE = frozenset(("quý", "phần", "chương", "mục", "khóa", "hạng", "loại"))
_CAPITAL = 0.66
"""Height of a capital, in sizes of the letters."""
_HEIGHTS = tuple(height / 100 for height in range(25, 70, 5))
"""Where strokes are counted, in heights of a capital: between the serifs, and across the bar of an H."""
_MOST_STROKES = 3
_LEAN, _THICK = 0.16, 0.4
"""How far a stroke may lean between those heights, and how thick it may be, in heights of a capital."""
_APART = 0.06
"""How differently strokes of one numeral may lean, in heights of a capital."""


def count_numerals(lines: Sequence[Line], clean: CleanScan, points: float) -> list[Line]:
    """The lines with their numerals I, II and III as many strokes long as they are printed.

    A numeral whose strokes cannot be counted the same way at three heights stays as read.
    """
    out = []
    for line in lines:
        words = list(line.words)
        for at, word in enumerate(words):
            after_name = at > 0 and words[at - 1].text.lower() in _BEFORE
            found = _NEARLY_ONES.fullmatch(word.text) if (at == 0 and len(words) > 1) or after_name else None
            ones = _ones(words, at, clean, points) if found else None
            if found and ones is not None and ones != found["ones"]:
                words[at] = word._replace(text=ones + found["rest"], raw=word.raw or word.text)
        out.append(replace(line, words=tuple(words)))
    return out


def _ones(words: Sequence[Word], at: int, clean: CleanScan, points: float) -> str | None:
    """The numeral as its strokes tell, None where they tell nothing."""
    word = words[at]
    left = max(word.left - 0.2 * word.size, words[at - 1].right if at else 0.0)
    right = min(word.right, words[at + 1].left) if at + 1 < len(words) else word.right
    top, bottom = word.baseline - 1.1 * _CAPITAL * word.size, word.baseline
    ink = _ink(clean, (left, top, right, bottom), points)
    capital = _CAPITAL * word.size / points
    strokes = [_runs(ink[min(len(ink) - 1, round(len(ink) - height * capital))]) for height in _HEIGHTS]
    count = min(map(len, strokes))
    upright = [across for across in zip(*strokes, strict=False) if _is_stroke(across, capital)]
    leans = [across[-1][0] - across[0][0] for across in upright]
    if not 0 < count <= _MOST_STROKES or len(upright) != count or max(leans) - min(leans) > _APART * capital:
        return None
    return "I" * count


def _is_stroke(across: Sequence[tuple[int, int]], capital: float) -> bool:
    """Whether ink at several heights, from the lowest up, is one stroke of a figure one."""
    starts = [start for start, _ in across]
    return max(starts) - min(starts) <= _LEAN * capital and all(
        end - start <= _THICK * capital for start, end in across
    )


def _ink(clean: CleanScan, box: tuple[float, float, float, float], points: float) -> npt.NDArray[np.bool_]:
    left, top, right, bottom = (round(side / points) for side in box)
    levels = np.asarray(clean.grey.crop((left, top, max(right, left + 1), max(bottom, top + 1))))
    return levels < (int(levels.min()) + 255) / 2


def _runs(level: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where ink begins and ends along one row."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], level.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
