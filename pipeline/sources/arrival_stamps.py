"""Arrival stamps (`CÔNG VĂN ĐẾN / Số … / Ngày …`) in coloured ink, which the receiving office sets over the page.

They are no part of the document, and where they stand beside its title they would be read into it. Red ink is gone
before a page is read; blue and violet stamps are told by their first line and by the colour of what stands under it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.records import Finding
from pipeline.sources.page_words import Word, fold
from pipeline.sources.scan_image import CleanScan
from pipeline.sources.signature_names import distance

_OPENINGS = (("CONG", "VAN", "DEN"), ("VAN", "BAN", "DEN"))
_MOST_SLIPS = 2
"""Letters misread in an opening; stamps are worn and their frames touch the words."""
_COLOURED = 45
"""Levels between the strongest and the weakest channel of ink; black print has less than 20."""
_WIDTH, _HEIGHT = 200.0, 110.0
"""Points a stamp takes at most, from the upper left corner of its opening."""


def without_arrival_stamps(
    words: Sequence[Word], clean: CleanScan, points: float
) -> tuple[list[Word], tuple[Finding, ...]]:
    """The words that stand in no coloured arrival stamp, and a finding for each stamp."""
    left = list(words)
    findings: list[Finding] = []
    if not clean.is_colour:
        return left, ()
    for at in range(len(words) - 2):
        opening = words[at : at + 3]
        if not _opens_stamp(opening) or not all(_is_coloured(word, clean, points) for word in opening):
            continue
        stamp = [word for word in left if _lies_in_stamp(word, opening[0]) and _is_coloured(word, clean, points)]
        left = [word for word in left if word not in stamp]
        text = " ".join(word.text for word in stamp)
        findings.append(Finding("arrival_stamp", "info", f"Dấu đến «{text}», không thuộc văn bản.", None, None))
    return left, tuple(findings)


def _opens_stamp(words: Sequence[Word]) -> bool:
    read = [fold(word.text) for word in words]
    return any(
        read[1] == opening[1] and sum(distance(a, b) for a, b in zip(read, opening, strict=True)) <= _MOST_SLIPS
        for opening in _OPENINGS
    )


def _lies_in_stamp(word: Word, first: Word) -> bool:
    return (
        -first.size < word.left - first.left < _WIDTH and -0.5 * first.size < word.baseline - first.baseline < _HEIGHT
    )


def _is_coloured(word: Word, clean: CleanScan, points: float) -> bool:
    """Whether the ink of a word is neither black nor grey."""
    left, top, right, bottom = (round(side / points) for side in (word.left, word.top, word.right, word.bottom))
    cut = np.asarray(clean.colour.crop((left, top, max(right, left + 1), max(bottom, top + 1)))).astype(np.int16)
    weakest = cut.min(axis=2)
    ink = weakest < (int(weakest.min()) + int(weakest.max())) / 2
    return bool(ink.any()) and float(np.median((cut.max(axis=2) - weakest)[ink])) > _COLOURED
