"""Administrative divisions before and after 1 July 2025, and what became of each.

63 provinces, 696 districts and some 10,000 communes became 34 provinces and 3,321 communes (Nghị quyết 202/2025/QH15
and the Standing Committee's resolutions for each province). The communes and their mapping are those of the package
`vietnam-address-converter` (Apache-2.0), read on first use; provinces, their spellings and codes are
grammar/provinces.toml.

    >>> commune_2025("Lâm Đồng", "Di Linh", "Tân Châu")
    'Di Linh'
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

import regex

from extractors.grammar import table
from extractors.names.places import find_place, province_2025
from extractors.text.letters import fold

Level = Literal["tỉnh", "huyện", "xã"]
ChangeKind = Literal["giữ nguyên", "đổi tên", "sáp nhập", "chia tách", "bỏ cấp huyện"]

MERGER_DAY = date(2025, 7, 1)
"""The first day of the 34 provinces and of communes without districts; their offices count from 1 again."""

_KIND = regex.compile(r"(tỉnh|thành phố|quận|huyện|thị xã|phường|xã|thị trấn|đặc khu)\s+", regex.IGNORECASE)
_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Division:
    """A province, district or commune until 30 June 2025, or (`since_2025`) a province or commune since.

    `name` is without the word for its kind (`12` of Phường 12). `district` and its kind (a province may have a thị xã
    and a huyện of one name) are None for provinces and since 2025.
    """

    level: Level
    kind: str
    name: str
    province: str
    district: str | None
    district_kind: str | None
    since_2025: bool


@dataclass(frozen=True, slots=True)
class DivisionChange:
    """What a division of before became, or became part of."""

    old: Division
    new: Division
    kind: ChangeKind


def divisions() -> tuple[Division, ...]:
    """Every division, those of before first; provinces, then districts, then communes."""
    return _read().divisions


def division_changes() -> tuple[DivisionChange, ...]:
    """What became of every division of before; a commune divided among several has a row for each."""
    return _read().changes


def commune_2025(province: str, district: str | None, commune: str) -> str | None:
    """The commune of today that a commune of before became or became part of; None where it was divided or is not
    known, and for a commune without its district where the province had several of the name."""
    found = _read().communes.get((_key(province), _key(commune)), ())
    became = {
        new.name
        for old, news in found
        if district is None or _key(old.district or "") == _key(district)
        for new in news
    }
    return became.pop() if len(became) == 1 else None


def district_of_commune(province: str, commune: str) -> str | None:
    """The district in which a province had a commune of this name until 30 June 2025; None if none or several."""
    found = commune_named(province, None, commune)
    return None if found is None else found.district


def commune_named(province: str, district: str | None, name: str) -> Division | None:
    """The one commune of before 1 July 2025 with this name in a province (and district, where it is known)."""
    found = [
        old
        for old, _ in _read().communes.get((_key(province), _key(name)), ())
        if district is None or _key(old.district or "") == _key(district)
    ]
    return found[0] if len(found) == 1 else None


def kinds_of_district(province: str, district: str) -> frozenset[str]:
    """huyện, quận, thị xã or thành phố; two where a province had two districts of one name (Cai Lậy, Cao Lãnh), none
    for an unknown one."""
    return _read().districts.get((_key(province), _key(district)), frozenset())


def is_commune_2025(province: str, commune: str) -> bool:
    """Whether a province has a commune of this name since 1 July 2025."""
    return (_key(province), _key(commune)) in _read().communes_2025


@dataclass(frozen=True, slots=True)
class _Divisions:
    divisions: tuple[Division, ...]
    changes: tuple[DivisionChange, ...]
    communes: Mapping[tuple[str, str], tuple[tuple[Division, tuple[Division, ...]], ...]]
    communes_2025: frozenset[tuple[str, str]]
    districts: Mapping[tuple[str, str], frozenset[str]]


@cache
def _read() -> _Divisions:
    # Ten megabytes of text that nobody needs who only reads documents.
    from vietnam_address_converter.data import DEFAULT_DATA

    provinces = {(row["name"], False): _province(row, row["name"], False) for row in table("provinces")["province"]}
    provinces |= {
        (row["name"], True): _province(row, row["name"], True)
        for row in table("provinces")["province"]
        if row["merged"] == row["name"]
    }
    districts: dict[Division, Division] = {}
    became: dict[Division, dict[Division, None]] = defaultdict(dict)
    islands: dict[Division, Division] = {}
    for row in DEFAULT_DATA["mapping"]["rows"]:
        district, commune, new = _of_row(row)
        districts[district] = provinces[_now(district.province), True]
        if commune is None and not row["old"]["ward_name"]:
            islands[district] = new
        elif commune is None:
            continue
        else:
            became[commune][new] = None
    # The package's list of communes has one that its mapping lacks.
    news = dict.fromkeys(_of_path(row["path_with_type"]) for row in DEFAULT_DATA["newWards"].values())
    changes = [*_province_changes(provinces.values(), provinces)]
    changes += [DivisionChange(old, new, "bỏ cấp huyện") for old, new in districts.items()]
    changes += [DivisionChange(old, new, "đổi tên") for old, new in islands.items()]
    changes += _commune_changes(became)
    kinds: dict[tuple[str, str], frozenset[str]] = {}
    for one in districts:
        key = _key(one.province), _key(one.name)
        kinds[key] = kinds.get(key, frozenset()) | {one.kind}
    by_name: dict[tuple[str, str], list[tuple[Division, tuple[Division, ...]]]] = defaultdict(list)
    for old, told in became.items():
        by_name[_key(old.province), _key(old.name)].append((old, tuple(told)))
    return _Divisions(
        divisions=(*provinces.values(), *districts, *became, *news),
        changes=tuple(changes),
        communes={key: tuple(found) for key, found in by_name.items()},
        communes_2025=frozenset((_key(new.province), _key(new.name)) for new in news),
        districts=kinds,
    )


def _of_row(row: Mapping[str, Any]) -> tuple[Division, Division | None, Division]:
    """District, commune (None for a district without communes) and commune of today of a row of the package."""
    old, new = row["old"], row["new"]
    province = _province_name(old["province_name"])
    kind, name = _kind_and_name(old["district_name"])
    district = Division("huyện", kind, name, province, name, kind, False)
    commune = None
    if _KIND.match(old["ward_name"]):  # a military training ground stands among the communes
        commune_kind, commune_name = _kind_and_name(old["ward_name"])
        commune = Division("xã", commune_kind, commune_name, province, name, kind, False)
    new_kind, new_name = _kind_and_name(new["ward_name"])
    return district, commune, Division("xã", new_kind, new_name, _province_name(new["province_name"]), None, None, True)


def _of_path(path: str) -> Division:
    """A commune of today by its path: `Xã Minh Châu, Thành phố Hà Nội`."""
    commune, _, province = path.rpartition(", ")
    kind, name = _kind_and_name(commune)
    return Division("xã", kind, name, _province_name(province), None, None, True)


def _province(row: Mapping[str, Any], name: str, since_2025: bool) -> Division:
    return Division("tỉnh", row["kind"], name, name, None, None, since_2025)


def _province_changes(
    provinces: Iterable[Division], by_name: Mapping[tuple[str, bool], Division]
) -> Iterable[DivisionChange]:
    joined: dict[str, list[Division]] = defaultdict(list)
    for old in provinces:
        if not old.since_2025:
            joined[_now(old.name)].append(old)
    for name, olds in joined.items():
        for old in olds:
            yield DivisionChange(old, by_name[name, True], "giữ nguyên" if len(olds) == 1 else "sáp nhập")


def _commune_changes(became: Mapping[Division, Iterable[Division]]) -> Iterable[DivisionChange]:
    parts: dict[Division, set[Division]] = defaultdict(set)
    for old, news in became.items():
        for new in news:
            parts[new].add(old)
    for old, told in became.items():
        news = tuple(told)
        for new in news:
            kind: ChangeKind = "sáp nhập"
            if len(news) > 1:
                kind = "chia tách"
            elif len(parts[new]) == 1:
                kind = "giữ nguyên" if (old.kind, _key(old.name)) == (new.kind, _key(new.name)) else "đổi tên"
            yield DivisionChange(old, new, kind)


@cache
def _province_name(written: str) -> str:
    """The name of grammar/provinces.toml for a province as the package spells it."""
    return next(place.province for place in find_place(written) if place.district is None)


@cache
def _now(province: str) -> str:
    return province_2025(province) or province


def _kind_and_name(written: str) -> tuple[str, str]:
    """`Thị Xã Sơn Tây` → thị xã, Sơn Tây."""
    kind = _KIND.match(written)
    if kind is None:
        raise ValueError(f"{written!r} does not begin with the word for a kind of division")
    return kind.group(1).lower(), " ".join(written[kind.end() :].split())


def _key(name: str) -> str:
    words = (word.lstrip("0") or word if word.isdigit() else fold(word) for word in _WORD.findall(name))
    return " ".join(words)
