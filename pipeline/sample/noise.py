"""Misreadings of a bad scan, at a given rate."""

from __future__ import annotations

import unicodedata
from random import Random

_CONFUSED = {
    "0": "O",
    "O": "0",
    "1": "l",
    "l": "1",
    "Đ": "D",
    "đ": "d",
    "5": "S",
    "8": "B",
    "ư": "u",
    "ơ": "o",
    ",": ".",
    "/": "l",
}


def misread(text: str, random: Random, rate: float) -> str:
    """`text` in which about `rate` of the characters are confused (0/O, 1/l, Đ/D) or have lost their tone."""
    if rate <= 0:
        return text
    return "".join(_misread(character) if random.random() < rate else character for character in text)


def _misread(character: str) -> str:
    if character in _CONFUSED:
        return _CONFUSED[character]
    bare = unicodedata.normalize("NFD", character)
    return bare[0] if len(bare) > 1 else character
