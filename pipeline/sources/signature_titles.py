"""Titles of signers that a seal's ring or a signature spoils: `PHÓ CHUAỊCH` → `PHÓ CHỦ TỊCH`.

A line in capitals on the right that is nearly, but not quite, a title of the positions table is read again in several
cuts. The title nearest to all readings is taken when two readings have it letter for letter, no other title comes near,
and the readings do not agree on something else.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import regex

from extractors.grammar import table
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word, fold
from pipeline.sources.scan_image import CleanScan
from pipeline.sources.signature_names import LineReader, cut_from, distance

_AUTHORITY = regex.compile(r"(?:K/?T|T/?L|T/?M|T/?U/?Q|Q)[.:,]\s?\p{Lu}")
_MOST_WORDS = 5
_LEAST_LETTERS = 7
_MOST_WRONG = 2
_EXACT = 2
"""So many readings must have the title letter for letter."""
_NEARER = 0.7
"""By how many letters a reading the right title is nearer on average than any other."""
_ROOM = 0.7
"""How much of the page about a title is cut out with it, times its size; three times as much on the left alone, since
initials often follow on the right."""
_MOST_LOST = 0.4
"""A reading farther than this share of its letters from every title tells nothing."""
_SIZES = (1.0, 1.15, 1.4)
_CONFIDENCE = 0.7


class _Nearest(NamedTuple):
    letters: str
    away: float
    next_away: float


def read_titles(lines: Sequence[Line], clean: CleanScan, points: float, read_line: LineReader) -> list[Line]:
    """The lines, damaged titles above a signature put right where that is certain."""
    width = clean.grey.width * points
    return [_mended(line, clean, points, read_line) if _is_damaged(line, width) else line for line in lines]


def _is_damaged(line: Line, width: float) -> bool:
    if len(line.words) > _MOST_WORDS or (line.left + line.right) / 2 < 0.5 * width:
        return False
    text = line.text
    if sum(c.isupper() for c in text) <= 0.7 * sum(c.isalpha() for c in text) or _AUTHORITY.match(text):
        return False
    letters = _letters(line.words)
    if len(letters) < _LEAST_LETTERS or letters in _titles():
        return False
    return _nearest([letters]).away <= _MOST_WRONG


def _mended(line: Line, clean: CleanScan, points: float, read_line: LineReader) -> Line:
    readings = [_letters(line.words), *_read_again(line, clean, points, read_line)]
    told = Counter(readings)
    usual, votes = told.most_common(1)[0]
    nearest = _nearest(readings)
    is_other = usual not in _titles() and 2 * votes > len(readings)
    if is_other or told[nearest.letters] < _EXACT or nearest.next_away - nearest.away < _NEARER:
        return line
    first = line.words[0]
    word = first._replace(
        text=_titles()[nearest.letters],
        right=line.right,
        top=line.top,
        bottom=line.bottom,
        confidence=_CONFIDENCE,
        raw=line.text,
    )
    return replace(line, words=(word,))


def _read_again(line: Line, clean: CleanScan, points: float, read_line: LineReader) -> Iterator[str]:
    room = _ROOM * line.size
    box = (line.left - 3 * room, line.baseline - line.size - room, line.right + room, line.baseline + room)
    for picture, larger in itertools.product((clean.grey, clean.colour.getchannel("R")), _SIZES):
        letters = _letters(read_line(cut_from(picture, box, points), points * larger, 7))
        if letters and _nearest([letters]).away <= _MOST_LOST * len(letters):
            yield letters


def _letters(words: Sequence[Word]) -> str:
    """The bare capitals of the words, scraps of one letter left out."""
    bare = ("".join(c for c in fold(word.text) if c.isalpha()) for word in words)
    return "".join(word for word in bare if len(word) > 1)


def _nearest(readings: Sequence[str]) -> _Nearest:
    """The title nearest to the readings, how many letters away on average, and how far the next one is."""
    away = sorted((sum(distance(reading, title) for reading in readings) / len(readings), title) for title in _titles())
    return _Nearest(away[0][1], away[0][0], away[1][0])


@cache
def _titles() -> dict[str, str]:
    """The titles in capitals by their bare letters, each with its deputy's."""
    found: dict[str, str] = {}
    for position, examples in table("positions")["positions"].items():
        for title in (position.upper(), f"PHÓ {position.upper()}", *examples):
            found.setdefault("".join(fold(title).split()), title)
    return found
