"""Words and ruled lines of a page, the common ground of a PDF's text layer and of OCR."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_TONELESS = str.maketrans("ĐđÐð", "DdDd")


class Word(NamedTuple):
    """One word on a page; a named tuple, since a page has hundreds and a frozen record takes five times as long.

    Coordinates in points from the page's upper left corner; `size` is the font size in points.
    `bold` is None where the source does not tell; `confidence` is 0..1, None without OCR. `raw` is what was read first
    where `text` was put right afterwards, empty where the first reading saw nothing there, None where nothing was done.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool | None = None
    confidence: float | None = None
    raw: str | None = None

    @property
    def middle(self) -> float:
        """Half way between the left and the right edge."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line of a table or an underline: a thin box in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageWords:
    """What was read on one page before it is laid out."""

    page_no: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Upper case without any Vietnamese mark, to recognise set phrases in damaged text."""
    if text.isascii():
        return text.upper()
    bare = unicodedata.normalize("NFD", text.translate(_TONELESS))
    return "".join(c for c in bare if not unicodedata.combining(c)).upper()


def merge_words(first: Word, second: Word) -> Word:
    """Two pieces of one word, `second` straight after `first`."""
    confidence = None
    if first.confidence is not None and second.confidence is not None:
        confidence = min(first.confidence, second.confidence)
    return first._replace(
        text=first.text + second.text,
        right=max(first.right, second.right),
        top=min(first.top, second.top),
        bottom=max(first.bottom, second.bottom),
        confidence=confidence,
    )
