"""Finds where in a document's text the quotes of the answers stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text: code points [start, end)."""

    start: int
    end: int


def places_in_order(text: str, quotes: Sequence[str | None]) -> list[Place | None]:
    """Where each quote stands; quotes follow each other in reading order, blanks and line breaks count as equal.

    A quote that does not follow the one before is looked for from the text's beginning; None where it is not there.
    """
    places: list[Place | None] = []
    at = 0
    for quote in quotes:
        place = _place(text, quote, at) or _place(text, quote, 0)
        places.append(place)
        if place is not None:
            at = place.start + 1
    return places


def _place(text: str, quote: str | None, at: int) -> Place | None:
    words = (quote or "").split()
    if not words:
        return None
    hit = re.compile(r"\s+".join(map(re.escape, words))).search(text, at)
    return Place(hit.start(), hit.end()) if hit else None


def nearest_line(text: str, quote: str) -> Place | None:
    """The line that shares most words with `quote`, None when no line shares half of them."""
    words = set(quote.casefold().split())
    best, best_share = None, 0.5
    at = 0
    for line in text.split("\n"):
        share = len(words & set(line.casefold().split())) / max(1, len(words))
        if share > best_share:
            best, best_share = Place(at, at + len(line)), share
        at += len(line) + 1
    return best
