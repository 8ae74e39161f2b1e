"""Provinces, districts and their towns: spellings, abbreviations, former names, and the provinces of 1 July 2025.

A name that several provinces share (`Châu Thành`, `Tân Phú`) gives every candidate: the caller decides, or leaves it.

    >>> [(p.province, p.district, p.province_2025) for p in find_place("huyện Dầu Tiếng")]
    [('Bình Dương', 'Dầu Tiếng', 'Hồ Chí Minh')]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extractors.grammar import table
from extractors.text.letters import fold

_ADMIN_WORDS = r"thủ\s+đô|tỉnh|thành\s+phố|tp\.?|quận|huyện|thị\s+xã|tx\.?|đặc\s+khu"
_ADMIN = regex.compile(rf"\s*(?i:({_ADMIN_WORDS}))(?!\w)\s*")
_NAME_AFTER_ADMIN = regex.compile(
    r"(?<!\w)(?i:(tỉnh|thành\s+phố|tp\.?|quận|huyện|thị\s+xã|tx\.?|xã|phường|thị\s+trấn|đặc\s+khu))(?![\w])\s*"
    r"(?!(?<=(?i:tỉnh|huyện|quận)\s+)Đoàn(?!\w))"  # Huyện Đoàn is no district
    r"((?:\p{Lu}[\w'’]*|\d{1,2}\b)(?:\s+-\s+\p{Lu}[\w'’]*|\s+\p{Lu}[\w'’]*|\s+\d{1,2}\b){0,4})"
)
_WORD = regex.compile(r"[\w]+")
_ADMIN_LEVEL = {
    "tỉnh": "tỉnh",
    "thủ đô": "tỉnh",
    "thành phố": None,
    "tp": None,
    "quận": "huyện",
    "huyện": "huyện",
    "thị xã": "huyện",
    "tx": "huyện",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "đặc khu": "xã",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A province, or a district in it (`district` set). `province_2025` is where it lies since 1 July 2025.

    `kind` is tỉnh, thành phố (centrally run), huyện (any district) or tỉnh lỵ (a capital town); a former province that
    was divided stands for each of its parts.
    """

    name: str
    kind: str
    province: str
    district: str | None
    province_2025: str


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area named with its administrative word inside a longer name: `huyện Dầu Tiếng` at [start, end)."""

    level: str | None
    word: str
    name: str
    start: int
    end: int


def find_place(name: str) -> tuple[Place, ...]:
    """Every province or district that `name` (with or without tỉnh, huyện …) can be; empty for an unknown name.

    A province comes before a district of the same name; with `huyện` or `tỉnh` before it only that level counts.
    """
    admin = _ADMIN.match(name)
    word = admin_word(admin.group(1)) if admin else ""
    bare = name[admin.end() :] if admin else name
    found = _places().get(_key(bare), ()) or _places().get(_key(name), ())
    found = found or _by_abbreviation().get(bare.strip(), ()) or _by_abbreviation().get(name.strip(), ())
    level = _ADMIN_LEVEL.get(word)
    if level == "tỉnh":
        found = tuple(place for place in found if place.district is None) or found
    elif level == "huyện":
        found = tuple(place for place in found if place.district is not None) or found
    return found


def province_of(name: str, within: str | None = None) -> str | None:
    """The one province that `name` names or lies in; None when unknown or when several fit.

    `within`, a province, settles a name that several provinces share.
    """
    found = find_place(name)
    provinces = {place.province for place in found}
    whole = {place.province for place in found if place.district is None}
    if within in provinces:
        return within
    if len(whole) == 1:
        return next(iter(whole))
    return next(iter(provinces)) if len(provinces) == 1 else None


def province_2025(province: str) -> str | None:
    """The province that `province` became part of on 1 July 2025."""
    found = [place for place in find_place(province) if place.district is None]
    return found[0].province_2025 if len({place.province_2025 for place in found}) == 1 else None


def is_city(province: str) -> bool:
    """Whether `province` is run by the centre as a city (thành phố trực thuộc trung ương)."""
    return any(place.kind == "thành phố" and place.district is None for place in find_place(province))


def named_areas(name: str) -> Iterator[NamedArea]:
    """Areas written with their administrative word and capitals, from left to right: `xã A, huyện B, tỉnh C`."""
    for found in _NAME_AFTER_ADMIN.finditer(name):
        word = admin_word(found.group(1))
        yield NamedArea(_ADMIN_LEVEL[word], word, " ".join(found.group(2).split()), found.start(), found.end())


def admin_word(written: str) -> str:
    """`Tp.`, `TP` → thành phố; `TX.` → thị xã; else the word in small letters."""
    word = " ".join(written.casefold().split()).rstrip(".")
    return {"tp": "thành phố", "tx": "thị xã"}.get(word, word)


def place_names() -> tuple[str, ...]:
    """Every name of a province, a former province and a capital town, as it is written."""
    rows = table("provinces")
    names = [row["name"] for row in rows["province"] + rows["former"]]
    names += [name for row in rows["province"] for name in (*row.get("aliases", ()), *row.get("capitals", ()))]
    return tuple(dict.fromkeys(names))


def district_names() -> tuple[str, ...]:
    """Every name of a district, as it is written."""
    return tuple(dict.fromkeys(name for row in table("provinces")["province"] for name in row["districts"]))


@cache
def _places() -> dict[str, tuple[Place, ...]]:
    places: dict[str, list[Place]] = {}
    merged = {row["name"]: row["merged"] for row in table("provinces")["province"]}
    for row in table("provinces")["province"]:
        province = Place(row["name"], row["kind"], row["name"], None, row["merged"])
        for name in (row["name"], *row.get("aliases", ())):
            _add(places, name, province)
    for row in table("provinces")["former"]:
        for part in row["parts"]:
            _add(places, row["name"], Place(row["name"], "tỉnh", part, None, merged[part]))
    for row in table("provinces")["province"]:
        for kind, names in (("tỉnh lỵ", row.get("capitals", ())), ("huyện", row["districts"])):
            for name in names:
                _add(places, name, Place(name, kind, row["name"], name, row["merged"]))
    return {key: tuple(candidates) for key, candidates in places.items()}


def _add(places: dict[str, list[Place]], name: str, place: Place) -> None:
    there = places.setdefault(_key(name), [])
    if not any((other.province, other.district) == (place.province, place.district) for other in there):
        there.append(place)


def _key(name: str) -> str:
    return " ".join(fold(word) for word in _WORD.findall(name))


@cache
def _by_abbreviation() -> dict[str, tuple[Place, ...]]:
    """Provinces by the abbreviations of their names; letters are capitals, so that no syllable is one."""
    found: dict[str, list[Place]] = {}
    for row in table("provinces")["province"]:
        for short in row["abbreviations"]:
            found.setdefault(short, []).append(Place(row["name"], row["kind"], row["name"], None, row["merged"]))
    return {short: tuple(places) for short, places in found.items()}
