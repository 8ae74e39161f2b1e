"""Where a document and the units it names belong: province, district, commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.names.divisions import commune_2025, commune_named, district_of_commune, is_commune_2025
from extractors.names.organs import unit_kind
from extractors.names.places import find_place, is_city, named_areas, province_of

_NAMED_AFTER_PEOPLE_OR_PLACES = frozenset({"trường", "doanh nghiệp", "khoa", "ban giám hiệu"})
_HIGHER_SCHOOLS = ("Trường Đại học", "Đại học", "Trường Cao đẳng", "Học viện", "Trường Trung cấp")
_LONGEST_PLACE = 4
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Locality:
    """An area with those above it, as far as known; the words (huyện, thị xã …) as they were written."""

    province: str | None = None
    district: str | None = None
    commune: str | None = None
    district_word: str | None = None
    commune_word: str | None = None

    def within(self, other: Locality) -> Locality:
        """This locality with the gaps above it filled from `other`, where they do not contradict."""
        province = self.province or other.province
        district = self.district or (other.district if self.commune and province == other.province else None)
        word = self.district_word or (other.district_word if district == other.district else None)
        return Locality(province, district, self.commune, word, self.commune_word)

    def with_district(self, since_2025: bool | None) -> Locality:
        """This locality with the district of a commune that stands without one, where the province had one commune of
        the name; not since 1 July 2025, when districts ended, nor where nobody knows whether it is of before or after.
        """
        if not (self.province and self.commune) or self.district or since_2025:
            return self
        if since_2025 is None and is_commune_2025(self.province, self.commune):
            return self
        district = district_of_commune(self.province, self.commune)
        return self if district is None else replace(self, district=district)

    @property
    def commune_2025(self) -> str | None:
        """The commune since 1 July 2025, where it can be told."""
        if not (self.province and self.commune):
            return None
        if self.district is None and is_commune_2025(self.province, self.commune):
            return self.commune
        return commune_2025(self.province, self.district, self.commune)


NOWHERE = Locality()


@lru_cache(maxsize=65536)
def locality_in_name(name: str, within: str | None = None) -> Locality:
    """The areas a unit's name tells: `Phòng Nội vụ huyện Ba Tri` lies in Bến Tre; a name shared by several provinces is
    settled by `within`, the province of the document, or left without a province.
    """
    name = name[:_LONGEST_NAME]
    province = district = commune = district_word = commune_word = None
    for area in named_areas(name):
        if area.level == "xã":
            commune, commune_word = area.name, area.word
        elif area.level == "tỉnh" or (area.word == "thành phố" and is_city(area.name)):
            province = province_of(area.name) or province
        else:
            district, district_word = area.name, area.word
    if province is None and district is None and commune is None:
        return _place_at_the_end(name, within)
    if province is None and district is not None:
        province = province_of(f"{district_word} {district}", within) or within
    return Locality(province, district, commune, district_word, commune_word)


def _place_at_the_end(name: str, within: str | None) -> Locality:
    kind = unit_kind(name)
    if kind is None or (kind.kind in _NAMED_AFTER_PEOPLE_OR_PLACES and not name.startswith(_HIGHER_SCHOOLS)):
        return NOWHERE
    words = name.split()
    for length in range(min(_LONGEST_PLACE, len(words) - 1), 0, -1):
        place = " ".join(words[-length:]).rstrip(".,;")
        if not all(word[:1].isupper() or word == "-" for word in place.split()) or place.isupper():
            continue
        found = find_place(place)
        if length == 1 and kind.kind != "phòng" and not any(p.district is None for p in found):
            continue
        if any(p.district is None for p in found):
            return Locality(province_of(place))
        province = province_of(place, within)
        if province is not None:
            return Locality(province, found[0].district)
    return NOWHERE


def locality_of_document(
    issuer: str | None, issuer_parent: str | None, place: str | None, units_named: Iterable[str]
) -> Locality:
    """Where a document's issuer sits: by its name, its parent's, the địa danh, else by the units it names most.

    A ministry or another organ of the centre sits nowhere, whatever the địa danh says.
    """
    found = _told_by_the_head(issuer, issuer_parent, place)
    if found is None:
        return NOWHERE
    if not _is_open(found, issuer):
        return found
    province, district = found.province, found
    named = _most_named(units_named, province)
    province = province or named.province
    if district.district is None and named.province == province and _is_local(issuer):
        district = named
    return Locality(province, district.district, found.commune, district.district_word, found.commune_word)


def is_settled(issuer: str | None, issuer_parent: str | None, place: str | None) -> bool:
    """Whether a document's head alone tells where its issuer sits, so that nobody need look at the units it names."""
    found = _told_by_the_head(issuer, issuer_parent, place)
    return found is None or not _is_open(found, issuer)


def _is_open(found: Locality, issuer: str | None) -> bool:
    return found.province is None or (found.district is None and _is_local(issuer))


@lru_cache(maxsize=65536)
def _told_by_the_head(issuer: str | None, issuer_parent: str | None, place: str | None) -> Locality | None:
    """The locality that the head tells; None for an organ of the centre."""
    own = [locality_in_name(name) for name in (issuer, issuer_parent) if name]
    branch = bool(issuer) and own[0] != NOWHERE
    placed = _locality_of_place(place, next((known.province for known in own if known.province), None))
    kinds = [unit_kind(name) for name in (issuer_parent, issuer) if name]
    higher = issuer is not None and issuer.startswith(_HIGHER_SCHOOLS)
    if any(kind is not None and kind.level == "trung ương" for kind in kinds) and not (higher or branch):
        return None
    known = [*own, placed]
    province = next((k.province for k in known if k.province), None)
    district = next((k for k in known if k.district and k.province in (None, province)), NOWHERE)
    commune = next((k for k in known if k.commune), NOWHERE)
    found = Locality(province, district.district, commune.commune, district.district_word, commune.commune_word)
    return _with_commune_of_place(found, place)


def _with_commune_of_place(found: Locality, place: str | None) -> Locality:
    """With the commune that the địa danh of a school or an office of a commune names."""
    if found.province is None or found.district is None or found.commune is not None or not place or find_place(place):
        return found
    commune = commune_named(found.province, found.district, place)
    return found if commune is None else replace(found, commune=commune.name, commune_word=commune.kind)


def _is_local(issuer: str | None) -> bool:
    """Whether the issuer works within a district: a lower school, a division, an organ of a commune."""
    if issuer and locality_in_name(issuer).commune:
        return True
    kind = unit_kind(issuer) if issuer else None
    return kind is not None and kind.kind in ("trường", "phòng") and not str(issuer).startswith(_HIGHER_SCHOOLS)


def _locality_of_place(place: str | None, within: str | None) -> Locality:
    if not place:
        return NOWHERE
    found = find_place(place)
    province = province_of(place, within)
    if any(p.district is None for p in found):
        return Locality(province)
    districts = {p.district for p in found if p.province == province and p.kind == "huyện"}
    return Locality(province, districts.pop() if len(districts) == 1 else None)


def _most_named(names: Iterable[str], within: str | None) -> Locality:
    """The district, or else the province, that the units named in the text lie in most often, if one leads."""
    localities = [locality_in_name(name, within) for name in names]
    provinces = Counter(known.province for known in localities if known.province).most_common(2)
    if not provinces or (len(provinces) > 1 and provinces[0][1] == provinces[1][1]):
        return NOWHERE
    province = within or provinces[0][0]
    districts = Counter(k.district for k in localities if k.district and k.province == province).most_common(2)
    if not districts or (len(districts) > 1 and districts[0][1] == districts[1][1]):
        return Locality(province)
    words = [k.district_word for k in localities if k.district == districts[0][0] and k.district_word]
    return Locality(province, districts[0][0], None, words[0] if words else None)
