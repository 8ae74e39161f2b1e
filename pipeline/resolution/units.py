"""Units: one row an organisation however it was spelled, with its place, level, system and the unit above it.

A name is written out, relative words are filled in from the document (`UBND tỉnh` in a document of Bình Thuận is
`Ủy ban nhân dân tỉnh Bình Thuận`), and what is left is compared without case and tone-mark style. Collectives (`Các sở,
ban, ngành`), persons and marks (`VT`) are no units; what stays ambiguous stays without one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import regex

from extractors.grammar import table
from extractors.names.capitals import sentence_case
from extractors.names.divisions import kinds_of_district
from extractors.names.organs import UnitKind, expand, organ_named, unit_kind, with_known_capitals
from extractors.names.places import admin_word, is_city, named_areas, province_2025
from extractors.text.letters import fold
from pipeline.resolution.localities import NOWHERE, Locality, locality_in_name

Row = dict[str, Any]

NONE: Mapping[str, str] = MappingProxyType({})

_LONGEST_NAME = 160
_AND = regex.compile(r"(?<=\p{Ll})\s*&\s*(?=\p{L}\p{Ll})")
_CHAIRMAN = regex.compile(r"^CT\.?\s+(?=UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng nhân dân)")
_DEPUTY = regex.compile(r"(?:Các\s+)?(?:Phó|PCT|Thứ trưởng)(?!\w)", regex.IGNORECASE)
_ENDS_IN_COMMITTEE = regex.compile(r" (?:ủy|đoàn)$", regex.IGNORECASE)
_AND_FOLDED = fold("và")
_BRACKET = regex.compile(r"\s*\([^()]*\)\s*$")
_TERM = regex.compile(r"\s*,?\s*\(?\s*(?:khóa|nhiệm kỳ)\s+[\w\s–-]{1,12}\)?\s*$", regex.IGNORECASE)
_CONFERENCE = regex.compile(
    r"^(?:Hội nghị|Kỳ họp)\s+(?:lần\s+)?(?:thứ\s+)?\S+\s*,?\s+(?=(?:Ban|Hội đồng|Quốc hội))", regex.IGNORECASE
)
_COLLECTIVE = regex.compile(
    r"^(?:các|những|toàn thể|mọi|một số|từng|thủ trưởng|lãnh đạo|như)(?!\w)"
    r"|(?<!\w)các\s+(?:sở|huyện|xã|tỉnh|phòng|ban|đơn vị|trường|cơ quan|thị xã|thành phố|quận|phường|đoàn thể|ngành|bộ)"
    r"(?!\w)|^\w+,\s*(?:ban|ngành|phòng|khoa)(?!\w)",
    regex.IGNORECASE,
)
_RELATIVE = regex.compile(
    r"\s+(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)\s*(?:nhà|ta|này)?$", regex.IGNORECASE
)
_RELATIVE_HEAD = regex.compile(r"(?<!\w[Mm]ôi|^[Mm]ôi| [Mm]ôi)\s+(?:của\s+)?(Bộ|Sở|(?:nhà )?[Tt]rường|Khoa)$")
_DISTRICT_WORDS = ("huyện", "quận", "thị xã")
_COMMUNE_WORDS = ("xã", "phường", "thị trấn")
_INTERNAL = frozenset(
    {
        "khoa",
        "phòng",
        "ban giám hiệu",
        "ban chỉ đạo",
        "văn phòng",
        "trung tâm",
        "ban",
        "cấp ủy",
        "công đoàn",
        "đoàn thanh niên",
    }
)
_WITH_BRANCHES = frozenset(
    {"kho bạc", "bảo hiểm xã hội", "ngân hàng nhà nước", "kiểm toán nhà nước", "cục", "ngân hàng"}
)
_INSTITUTIONS = frozenset({"trường", "doanh nghiệp", "bệnh viện", "sở", "bộ", "cục", "viện"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The document a name stands in: where its issuer sits and what it is called.

    `since_2025`: whether it was issued since the merger of provinces and the end of districts on 1 July 2025.
    """

    locality: Locality = NOWHERE
    issuer: str | None = None
    parent: str | None = None
    since_2025: bool | None = None


@dataclass(slots=True)
class _Unit:
    key: _Key
    kind: UnitKind
    locality: Locality
    base: str | None = None
    """The name without its area, None where it stands under an owner."""
    names: Counter[str] = field(default_factory=Counter)
    parents: Counter[str] = field(default_factory=Counter)
    """The units that heads of documents show above it."""
    owner: str | None = None

    @property
    def parent(self) -> str | None:
        """The unit it is part of, else the one most heads show above it."""
        return self.owner or min(self.parents, key=lambda above: (-self.parents[above], above), default=None)


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes a unit one: its name as compared, and the areas without which it would be several."""

    name: str
    areas: tuple[str, ...]

    @property
    def unit_id(self) -> str:
        return "u" + hashlib.sha256("|".join((self.name, *self.areas)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Name:
    """A unit's name taken apart: what it is, where it is, what it belongs to."""

    base: str
    kind: UnitKind
    locality: Locality
    owner: str | None


class Units:
    """Every unit met so far; ask for the unit of a name, then for all rows."""

    def __init__(self) -> None:
        self._units: dict[str, _Unit] = {}
        self._known: dict[tuple[str, Surroundings], tuple[str, ...]] = {}
        self._spellings: Counter[tuple[str, str, str]] = Counter()

    def unit_id(
        self, name: str | None, around: Surroundings, spelling: str | None = None, role: str = ""
    ) -> str | None:
        """The unit that `name` means in a document; None for no unit, for several, and where it stays ambiguous.

        `spelling` (as written) and `role` (where it was met) are kept for the table of spellings.
        """
        ids = self.unit_ids(name, around)
        if len(ids) != 1:
            return None
        if spelling:
            self._spellings[ids[0], spelling, role] += 1
        return ids[0]

    def unit_ids(self, name: str | None, around: Surroundings) -> tuple[str, ...]:
        """All units that a name means: `Ban Dân vận Huyện ủy và Phòng Nội vụ` are two."""
        if not name or len(name) > _LONGEST_NAME or ":" in name:
            return ()
        known = self._known.get((name, around))
        if known is None:
            parts = [self._enter(part, around) for part in _joint_parts(written_out(name))]
            found = tuple(dict.fromkeys(part for part in parts if part is not None))
            known = self._known[name, around] = found if len(found) == len(set(parts)) else ()
        return known

    def set_parent(self, unit_id: str | None, parent_id: str | None) -> None:
        """Record what a document's head shows: the unit above its issuer."""
        if unit_id is not None and parent_id is not None and unit_id != parent_id:
            self._units[unit_id].parents[parent_id] += 1

    def locality_of(self, unit_id: str) -> Locality:
        """Where a unit is."""
        return self._units[unit_id].locality

    def name_of(self, unit_id: str) -> str:
        """The canonical name of a unit."""
        return _shown(self._units[unit_id].names)

    def kind_of(self, unit_id: str) -> str:
        """What a unit is: sở, phòng, ủy ban nhân dân …"""
        return self._units[unit_id].kind.kind

    def ids(self) -> tuple[str, ...]:
        """Every unit met so far, in order."""
        return tuple(sorted(self._units))

    def name_and_area(self, unit_id: str) -> tuple[str, Locality] | None:
        """A unit's name without its area, and the area; None for a unit inside an institution."""
        unit = self._units[unit_id]
        return None if unit.base is None or unit.owner is not None else (unit.base, unit.locality)

    def named(self, base: str, area: Locality) -> str | None:
        """The unit of this name (without its area) there, if any document means it."""
        kind = unit_kind(base)
        unit_id = None if kind is None else _key(base, kind, area).unit_id
        return unit_id if unit_id in self._units else None

    def complete(self) -> None:
        """Add the units above that no document names, and what one name of a district tells of the others."""
        self._learn_district_words()
        for unit_id in list(self._units):
            self._find_parent(unit_id)

    def rows(self, predecessors: Mapping[str, str] = NONE, lineages: Mapping[str, str] = NONE) -> Iterator[Row]:
        """Rows of the units table, by id, with what is known of the units before and after each."""
        self.complete()
        for unit_id in sorted(self._units):
            unit = self._units[unit_id]
            where = unit.locality
            yield {
                "unit_id": unit_id,
                "name": _shown(unit.names),
                "kind": unit.kind.kind,
                "level": self._level(unit),
                "system": unit.kind.system,
                "parent_id": unit.parent,
                "province": where.province,
                "district": where.district,
                "commune": where.commune,
                "province_2025": province_2025(where.province) if where.province else None,
                "commune_2025": where.commune_2025,
                "predecessor_id": predecessors.get(unit_id),
                "lineage_id": lineages.get(unit_id, unit_id),
            }

    def spelling_rows(self) -> Iterator[Row]:
        """Rows of the unit_names table, by unit, spelling and role."""
        tidied: Counter[tuple[str, str, str]] = Counter()
        for (unit_id, spelling, role), n in self._spellings.items():
            tidied[unit_id, " ".join(spelling.split()), role] += n
        for unit_id, spelling, role in sorted(tidied):
            yield {"unit_id": unit_id, "spelling": spelling, "role": role, "n": tidied[unit_id, spelling, role]}

    def _enter(self, name: str, around: Surroundings) -> str | None:
        taken = _taken_apart(name, around)
        if taken is None:
            return None
        if taken.owner is None:
            shown = _full_name(taken.base, taken.locality, taken.kind)
            unit_id = self._add(_key(taken.base, taken.kind, taken.locality), taken.kind, taken.locality, shown)
            self._units[unit_id].base = taken.base
            return unit_id
        owner_id = self._enter(taken.owner, replace(around, issuer=None, parent=None))
        if owner_id is None:
            return None
        owner = self._units[owner_id]
        key = _Key(f"{_compared(taken.base)} {owner.key.name}", owner.key.areas)
        locality = owner.locality if taken.locality == NOWHERE else taken.locality
        unit_id = self._add(key, taken.kind, locality, f"{taken.base} {self.name_of(owner_id)}")
        if unit_id != owner_id:
            self._units[unit_id].owner = owner_id
        return unit_id

    def _add(self, key: _Key, kind: UnitKind, locality: Locality, shown: str) -> str:
        unit_id = key.unit_id
        unit = self._units.setdefault(unit_id, _Unit(key, kind, locality))
        unit.names[shown] += 1
        if unit.locality != locality:
            unit.locality = _fuller(unit.locality, locality)
        return unit_id

    def _level(self, unit: _Unit) -> str | None:
        """Told by the kind, else by the area, else the level of the unit above."""
        where = unit.locality
        for told, level in (
            (unit.kind.level, unit.kind.level),
            (where.commune, "xã"),
            (where.district, "huyện"),
            (where.province, "tỉnh"),
            (unit.kind.kind == "cục", "trung ương"),
        ):
            if told:
                return level
        return self._level(self._units[unit.parent]) if unit.parent else None

    def _learn_district_words(self) -> None:
        """`huyện`, `thị xã` … of a district for the names that leave it out: told by other names, or by the table."""
        words: dict[tuple[str | None, str], str] = {}
        lacking = [unit for unit in self._units.values() if unit.locality.district and not unit.locality.district_word]
        for unit in self._units.values():
            where = unit.locality
            if where.district and where.district_word:
                area = where.province, where.district
                words[area] = min(words.get(area, where.district_word), where.district_word)
        for unit in lacking:
            where = unit.locality
            kinds = kinds_of_district(where.province or "", where.district or "")
            word = next(iter(kinds)) if len(kinds) == 1 else words.get((where.province, where.district or ""))
            if word and len(kinds) < 2 and unit.base is not None:
                unit.locality = replace(where, district_word=word)
                unit.names = Counter({_full_name(unit.base, unit.locality, unit.kind): unit.names.total()})

    def _find_parent(self, unit_id: str) -> None:
        unit = self._units[unit_id]
        if unit.parent is not None:
            return
        above = _name_above(_shown(unit.names), unit.kind, unit.locality)
        if above is None:
            return
        parent_id = self._enter(above, Surroundings(unit.locality))
        if parent_id is not None and parent_id != unit_id:
            unit.parents[parent_id] += 1
            self._find_parent(parent_id)


# --- names -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=131072)
def written_out(name: str) -> str:
    """A unit's name tidied: abbreviations written out, capitals, brackets, the term of office."""
    name = " ".join(name.split()).strip(" .,;:-–*_")
    name = _AND.sub(" và ", sentence_case(expand(name)))
    name = _TERM.sub("", _BRACKET.sub("", name))
    name = _CONFERENCE.sub("", name).strip(" .,;:-–")
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=131072)
def without_officer(name: str) -> str:
    """`Giám đốc Sở Nội vụ` → `Sở Nội vụ`: what the head of a unit issues, the unit issues."""
    rest = name
    while found := _officer().match(rest):
        rest = rest[found.end() :]
        if unit_kind(rest) is not None:
            name = rest[:1].upper() + rest[1:]
    return name


@lru_cache(maxsize=131072)
def of_its_head(name: str) -> str:
    """`Chủ tịch UBND tỉnh` → `Ủy ban nhân dân tỉnh`: a letter to the head is one to the unit, to a deputy not."""
    written = written_out(_CHAIRMAN.sub("Chủ tịch ", name))
    return written if _DEPUTY.match(written) else without_officer(written)


@cache
def _officer() -> regex.Pattern[str]:
    titles = sorted(table("organs")["officers"]["titles"], key=len, reverse=True)
    return regex.compile("(?:" + "|".join(map(regex.escape, titles)) + r")(?!\w)\s*,?\s*", regex.IGNORECASE)


@lru_cache(maxsize=65536)
def _joint_parts(name: str) -> tuple[str, ...]:
    """`A và B` as two names, where both are names of units; `Bộ Giáo dục và Đào tạo` is one."""
    if name.startswith("Văn phòng"):
        return (name,)
    for joint in regex.finditer(r"(?:\s+và|\s*,)\s+(?=\p{Lu})", name):
        left, right = name[: joint.start()], name[joint.end() :]
        kind = unit_kind(right)
        if kind is not None and kind.kind not in ("khoa", "báo, đài") and unit_kind(left) is not None:
            return (left, *_joint_parts(right))
    return (name,)


def _taken_apart(name: str, around: Surroundings) -> _Name | None:
    name = _same_as(name)
    kind = unit_kind(name)
    if kind is None or _COLLECTIVE.search(name):
        return None
    if kind.kind == "vụ":
        owner = _institution(around, "bộ")
        return None if owner is None else _Name(name, kind, NOWHERE, owner)
    if kind.level == "trung ương":
        if kind.kind not in _WITH_BRANCHES or organ_named(name) is not None:
            return _Name(name, kind, NOWHERE, None)
        kind = replace(kind, level=None)
    written = locality_in_name(name, around.locality.province)
    if written != NOWHERE:
        where = written.within(around.locality).with_district(around.since_2025)
        return _Name(_same_as(_before_the_place(name, written)), kind, where, None)
    relative = _RELATIVE.search(name)
    if relative:
        base = _same_as(name[: relative.start()])
        locality = _area_of_document(admin_word(relative.group(1)), around.locality)
        return None if locality is None else _Name(base, kind, locality, None)
    return _without_area(name, kind, around)


def _without_area(name: str, kind: UnitKind, around: Surroundings) -> _Name | None:
    """A name that tells no area: the document's, as far as the kind of unit has one."""
    if around.issuer is not None and _folded(name) == _folded(_without_its_area(around.issuer)):
        return _taken_apart(around.issuer, around)
    own = around.issuer is not None and _folded(name) == _folded(around.issuer)
    issuer = unit_kind(around.issuer) if around.issuer else None
    head = _RELATIVE_HEAD.search(name)
    if head and around.issuer and not own:
        owner = _institution(around, head.group(1))
        return None if owner is None else _Name(name[: head.start()], kind, NOWHERE, owner)
    if kind.kind == "trường":
        where = around.locality
        # Who names a school from the district's office tells no commune; since districts ended, the commune is all.
        return _Name(name, kind, replace(where, commune=None, commune_word=None) if where.district else where, None)
    committee = name.rpartition(" ")[0].rpartition(" ")[2].casefold() if _ENDS_IN_COMMITTEE.search(name) else ""
    if committee == "thành":
        return _at(name, kind, _area_of_document("thành phố", around.locality))
    if kind.level == "tỉnh" or committee == "tỉnh":
        return _at(name, kind, _area_of_document("tỉnh", around.locality))
    if committee in ("huyện", "thị", "quận"):
        return _at(name, kind, _area_of_document("huyện", around.locality))
    district_division = kind.kind == "phòng" and _compared(name) in _divisions()
    if kind.level == "huyện" or (district_division and (issuer is None or issuer.kind not in ("sở", "bộ"))):
        return _at(name, kind, _area_of_document("huyện", around.locality))
    if kind.kind in _INTERNAL and (centre := _organ_of_the_centre_in(name)) is not None:
        return _Name(_without_owner(name, centre), kind, NOWHERE, centre)
    if kind.kind in _INTERNAL and not own:
        if issuer is None or issuer.kind not in _INSTITUTIONS or around.issuer is None:
            return None
        return _Name(_without_owner(name, around.issuer), kind, NOWHERE, around.issuer)
    if own and kind.kind in _INTERNAL and around.parent:
        base = _without_owner(name, around.parent)
        owner = None if base == name and _folded(around.parent) in _folded(name) else around.parent
        return _Name(base, kind, NOWHERE, owner)
    if _folded(name) in _local_organs():
        return None
    return _Name(name, kind, around.locality if own else NOWHERE, None)


@lru_cache(maxsize=65536)
def _organ_of_the_centre_in(name: str) -> str | None:
    """`Văn phòng Bộ Tư pháp` → Bộ Tư pháp: the organ of the centre that the end of a name is."""
    words = name.split()
    for start in range(1, len(words)):
        inner = organ_named(" ".join(words[start:]))
        kind = unit_kind(inner) if inner is not None else None
        if kind is not None and kind.level == "trung ương":
            return inner
    return None


def _without_owner(name: str, owner: str) -> str:
    """`Ban Giám hiệu trường Đại học X` without the `trường Đại học X` it belongs to."""
    words = name.split()[: -len(owner.split())]
    return " ".join(words) if words and _folded(name).endswith(" " + _folded(owner)) else name


@lru_cache(maxsize=65536)
def _without_its_area(name: str) -> str | None:
    """`Trung tâm Y tế huyện Bù Đăng` → Trung tâm Y tế, None for a name that tells no area."""
    written = locality_in_name(name)
    return None if written == NOWHERE else _before_the_place(name, written)


def _at(name: str, kind: UnitKind, locality: Locality | None) -> _Name | None:
    return None if locality is None else _Name(name, kind, locality, None)


def _institution(around: Surroundings, word: str) -> str | None:
    wanted = {"bộ": "bộ", "sở": "sở", "khoa": "khoa"}.get(word.casefold(), "trường")
    for name in (around.issuer, around.parent):
        kind = unit_kind(name) if name else None
        if kind is not None and kind.kind == wanted:
            return name
    return None


def _area_of_document(word: str, own: Locality) -> Locality | None:
    """The area that `word` alone (tỉnh, huyện, xã) means in a document of `own`; None when nothing tells it."""
    if word == "tỉnh" or (word == "thành phố" and own.province is not None and is_city(own.province)):
        return Locality(own.province) if own.province else None
    if word in _DISTRICT_WORDS or word == "thành phố":
        if not own.district:
            return None
        return Locality(own.province, own.district, None, own.district_word or (word if word != "huyện" else None))
    if not own.commune:
        return None
    return Locality(own.province, own.district, own.commune, own.district_word, own.commune_word or word)


def _before_the_place(name: str, written: Locality) -> str:
    area = next(named_areas(name), None)
    if area is not None:
        return name[: area.start].rstrip(" ,-–") or name
    words = name.split()
    place = written.district or written.province or ""
    for length in range(1, 5):
        tail = words[-length:]
        if _folded(" ".join(tail)) == _folded(place) or (
            length > 1 and _folded(" ".join(tail)).endswith(_folded(place))
        ):
            return name if name.startswith(("Trường", "Đại học", "Học viện", "Báo")) else " ".join(words[:-length])
    return name


def _full_name(base: str, locality: Locality, kind: UnitKind) -> str:
    """A canonical name with its area, the words for the area as in running text."""
    if kind.kind == "trường" or kind.level == "trung ương" or locality == NOWHERE:
        return base
    if locality.commune:
        return f"{base} {locality.commune_word or 'xã'} {locality.commune}"
    if locality.district:
        word = "" if base.casefold().endswith(("ủy", "đoàn")) else locality.district_word or ""
        return " ".join(f"{base} {word} {locality.district}".split())
    province = locality.province or ""
    if base.endswith(province):
        return base
    if base.casefold().endswith(("ủy", "đoàn")):
        return f"{base} {province}"
    if province == "Hồ Chí Minh":
        return f"{base} Thành phố {province}"
    return f"{base} {'thành phố' if is_city(province) else 'tỉnh'} {province}"


def _key(base: str, kind: UnitKind, locality: Locality) -> _Key:
    return _Key(_compared(base), tuple(_folded(area or "") for area in _identifying(base, kind, locality)))


def _identifying(base: str, kind: UnitKind, locality: Locality) -> tuple[str | None, ...]:
    """The areas without which two units of the same name would be one."""
    if kind.level == "trung ương" or base.startswith(("Trường Đại học", "Học viện", "Đại học", "Trường Cao đẳng")):
        return ()
    district = locality.district
    if locality.province and district and len(kinds_of_district(locality.province, district)) > 1:
        district = f"{locality.district_word or ''} {district}"
    return (locality.province, district, locality.commune)


def _name_above(name: str, kind: UnitKind, locality: Locality) -> str | None:
    """The name of the unit above, where the kind of a unit tells it."""
    province = Locality(locality.province)
    if kind.kind == "ủy ban nhân dân":
        if locality.commune and locality.district:
            district = Locality(locality.province, locality.district, None, locality.district_word)
            return _full_name("Ủy ban nhân dân", district, kind) if locality.district_word else None
        if locality.district and locality.province:
            return _full_name("Ủy ban nhân dân", province, kind)
        return "Chính phủ" if locality.province else None
    if kind.kind in ("sở", "thanh tra") and locality.province and not locality.district:
        return _full_name("Ủy ban nhân dân", province, kind)
    if kind.kind == "phòng" and locality.district_word:
        return f"Ủy ban nhân dân {locality.district_word} {locality.district}"
    if kind.kind in ("bộ", "chính phủ", "thủ tướng") and name != "Chính phủ":
        return "Chính phủ"
    if kind.kind in ("văn phòng", "ban đảng", "cấp ủy", "ủy ban kiểm tra", "thanh tra"):
        words = name.split()
        for i in range(1, len(words)):
            inner = " ".join(words[i:])
            found = unit_kind(inner)
            if " và " in name and organ_named(inner) is None:
                continue
            if words[i][:1].isupper() and found is not None and found.kind not in ("khoa", "ban chỉ đạo"):
                return inner
    return None


def _fuller(one: Locality, other: Locality) -> Locality:
    """What either tells; of two words for one area the first in order, whichever was met first."""
    return Locality(
        *(
            min(told, default=None)
            for told in (
                [area for area in (getattr(one, name), getattr(other, name)) if area is not None]
                for name in ("province", "district", "commune", "district_word", "commune_word")
            )
        )
    )


def _shown(names: Counter[str]) -> str:
    """The fullest of the spellings, then the most frequent, then the first in order."""
    return min(names, key=lambda name: (-len(name.split()), -names[name], name))


@lru_cache(maxsize=131072)
def _folded(name: str | None) -> str:
    return " ".join(fold(word) for word in regex.findall(r"\w+", name or ""))


@lru_cache(maxsize=65536)
def _compared(name: str) -> str:
    """A name as units are compared by: `Phòng Kinh tế - Hạ tầng` is `Phòng Kinh tế và Hạ tầng`."""
    return " ".join(word for word in _folded(name).split() if word != _AND_FOLDED)


@lru_cache(maxsize=65536)
def _same_as(name: str) -> str:
    """The one spelling of an organ's name, and of another name for it."""
    name = organ_named(name) or with_known_capitals(name)
    return _synonyms().get(_folded(name), name)


@cache
def _synonyms() -> dict[str, str]:
    return {_folded(name): same for name, same in table("organs")["same"].items()}


@cache
def _divisions() -> frozenset[str]:
    """Divisions (phòng) that people's committees of districts have."""
    rows = table("organs")["field"]
    return frozenset(_compared(f"Phòng {row['name']}") for row in rows if "Phòng" in row["heads"])


@cache
def _local_organs() -> frozenset[str]:
    """Organs every locality has: without a place nobody knows which is meant."""
    return frozenset(_folded(row["name"]) for row in table("organs")["organ"] if row.get("local"))
