"""Known names of fields, organs and areas, found by their bare letters where OCR or a typist lost the tones."""

from __future__ import annotations

import re
from functools import cache

from extractors.grammar import table
from extractors.names.places import district_names, place_names
from extractors.text.letters import bare

_WORD = re.compile(r"\S+")
_LONGEST_KNOWN = 10
_AREA_WORDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã")


def mended(name: str, place: str | None = None) -> str:
    """`name` with the tones that a typist or OCR lost in the names of fields, organs, provinces and the place of issue.

    A stretch of the name is mended only where its bare letters fit one known name and its printed tones fit none.
    """
    words = list(_WORD.finditer(name))
    at = 0
    while at < len(words):
        known, length = _known_at([word.group() for word in words[at : at + _LONGEST_KNOWN]])
        if known is not None:
            start, end = words[at].start(), words[at + length - 1].end()
            if name[start:end].lower().replace("uỷ", "ủy") != known.lower():
                return mended(name[:start] + known + name[end:], place)
        at += max(1, length)
    if place and len(place) > 3 and bare(name).lower().endswith(" " + bare(place).lower()):
        name = name[: -len(place)] + place
    return name


@cache
def _known_names() -> dict[str, str | None]:
    """Bare letters → the one known name that has them, None where several have."""
    names: dict[str, str | None] = {}
    fields = [f"{head} {row['name']}" for row in table("organs")["field"] for head in row["heads"]]
    organs = [row["name"] for row in table("organs")["organ"] if " " in row["name"]]
    areas = [f"{word} {area}" for area in (*place_names(), *district_names()) for word in _AREA_WORDS]
    for name in (*fields, *organs, *areas, "Ủy ban nhân dân", "Hội đồng nhân dân"):
        letters = bare(name).lower()
        if names.setdefault(letters, name) != name:
            names[letters] = None
    return names


def _known_at(words: list[str]) -> tuple[str | None, int]:
    """The longest known name that `words` begin with, by bare letters, and its length in words."""
    letters = [bare(word).lower() for word in words]
    for length in range(len(letters), 1, -1):
        known = _known_names().get(" ".join(letters[:length]))
        if known is not None:
            return known, length
    return None, 0
