"""Mentions: one sight of an instrument each, with what identifies it told apart from what is only said of it.

A law cited by name is the law of the date or year given with it, else the one in force on the day of the citing
document. The area of the issuer tells apart numbers that every province has.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import regex

from extractors.names.law_names import LawVersion, law_name_at, law_versions
from extractors.names.organs import issuer_of_symbol, unit_kind
from extractors.names.party_resolutions import party_resolution_key
from extractors.refs import parse_ref
from extractors.text.letters import fold
from pipeline.resolution.corpus_units import ResolvedUnits
from pipeline.resolution.localities import Locality
from pipeline.resolution.units import Surroundings

_LAW_TYPES = frozenset({"luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ"})
_WORD = regex.compile(r"\w+")
_LONGEST_VERB = 3  # thay thế cho
_LEGISLATURE = ("bộ", "chính phủ", "quốc hội")


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One sight of an instrument: a citation, or (without `citation_id`) a document of the corpus itself.

    `stem` is what is compared first (number and symbol, or the name); `scope` the area the issuer sits in, "" for
    organs there is one of, None where nothing tells. `home` is the area of the document, "" for one without. `year` is
    the year of issue as far as known. `period` is the time in which the document was issued, as far as its date goes.
    """

    doc_id: str
    citation_id: str | None
    stem: str | None
    scope: str | None
    home: str
    year: int | None
    issued_on: date | None
    in_ref: bool
    instrument_type: str | None
    number: str | None
    symbol: str | None
    ref: str | None
    issuer: str | None
    issuer_by_symbol: bool
    unit: str | None
    title: str | None
    span: tuple[int, int] | None
    period: tuple[date, date] | None
    antecedent: str | None = None
    open: bool = False
    ends: bool = False
    """Whether the document replaces or repeals the instrument as a whole."""
    is_best: bool = True
    """Whether the document itself is the best of its variants."""


class Mentions:
    """Makes mentions of rows; what many rows share is worked out once."""

    def __init__(self, units: ResolvedUnits) -> None:
        self._units = units
        self._scopes: dict[tuple[str | None, str | None], str | None] = {}
        self._homes: dict[Locality, str] = {}

    def of_document(self, header: Mapping[str, Any]) -> Mention:
        """The document itself as an instrument."""
        doc_id = header["doc_id"]
        unit = self._units.issuers.get(doc_id)
        written = header["ref_repaired"] or header["ref"]
        stem, symbol, in_ref, year = _stem(written)
        return Mention(
            doc_id=doc_id,
            citation_id=None,
            stem=stem if header["number"] else None,
            scope=self._scope(symbol, unit),
            home=self._home(doc_id),
            year=header["issued_year"] or year,
            issued_on=header["issued_date"],
            in_ref=in_ref,
            instrument_type=header["doc_type"],
            number=header["number"],
            symbol=symbol or header["symbol"],
            ref=written,
            issuer=header["issuer"],
            issuer_by_symbol=False,
            unit=unit,
            title=header["subject"],
            span=None,
            period=period_of(header),
            is_best=header.get("is_best", True),
        )

    def of_citation(self, row: Mapping[str, Any], unit: str | None, period: tuple[date, date] | None) -> Mention:
        """A citation whose issuer is `unit`, in a document issued within `period`."""
        written = row["ref_repaired"] or row["ref"]
        stem, symbol, in_ref, year = _stem(written)
        scope = self._scope(symbol, unit)
        home = self._home(row["doc_id"])
        kind, instrument_type = row["kind"], row["instrument_type"]
        issued_on, title = row["date"], row["title"]
        number, issuer = row["number"], row["issuer"]
        named: _Named | None = None
        if kind == "named":
            named = self._named(row, period)
            stem, scope, title = named.stem, "", named.title
            if named.version is not None:
                stem, symbol, in_ref = stem_of(named.version), symbol_of(named.version), True
                number, written, issuer = named.version.partition("/")[0], named.version, named.issuer
                unit = named.unit
            year = named.year
        elif kind == "dated" and issued_on is not None:
            stem, scope = f"dated|{folded(instrument_type)}|{issued_on}", scope or home or row["doc_id"]
        elif stem is not None and number is None:
            stem = f"{stem}|{issued_on or row['doc_id']}"
            scope = scope or home or row["doc_id"]
        return Mention(
            doc_id=row["doc_id"],
            citation_id=row["citation_id"],
            stem=stem,
            scope=scope,
            home=home,
            year=year if in_ref or named is not None else row["date_year"],
            issued_on=issued_on,
            in_ref=in_ref,
            instrument_type=instrument_type,
            number=number,
            symbol=symbol or row["symbol"],
            ref=written,
            issuer=issuer or row["issuer_inferred"],
            issuer_by_symbol=issuer is None and named is None,
            unit=unit,
            title=title,
            span=(row["char_start"], row["char_end"]),
            period=period,
            antecedent=row.get("antecedent_id"),
            open=bool(row.get("candidates")) and not row.get("antecedent_id"),
            ends=row.get("relation") in ("thay thế", "bãi bỏ") and _is_whole(row.get("relation_verb"), row["pinpoint"]),
        )

    def _scope(self, symbol: str | None, unit: str | None) -> str | None:
        """The area that tells apart instruments of the same number: "" where the symbol names an organ of the centre.

        One for each pair of symbol and unit, so that a million citations share a few thousand.
        """
        known = (symbol, unit)
        if known not in self._scopes:
            self._scopes[known] = self._scope_of(symbol, unit)
        return self._scopes[known]

    def _scope_of(self, symbol: str | None, unit: str | None) -> str | None:
        organ = issuer_of_symbol(symbol) if symbol else None
        kind = unit_kind(organ) if organ else None
        if (kind is not None and kind.level == "trung ương") or (symbol or "").endswith("/TW"):
            return ""
        if unit is None:
            return None
        units = self._units.units
        if symbol is None and units.kind_of(unit) in _LEGISLATURE:
            return ""
        return area_key(units.locality_of(unit)) or unit

    def _home(self, doc_id: str) -> str:
        where = self._units.locality(doc_id)
        if where not in self._homes:
            self._homes[where] = area_key(where)
        return self._homes[where]

    def _named(self, row: Mapping[str, Any], period: tuple[date, date] | None) -> _Named:
        named = _named(row["instrument_type"] or "", row["quote"], row["date"], row["date_year"], period)
        if named.version is None:
            return named
        symbol = symbol_of(named.version)
        issuer = issuer_of_symbol(symbol) if symbol else None
        return replace(named, issuer=issuer, unit=self._units.units.unit_id(issuer, Surroundings()))


def _is_whole(verb: str | None, pinpoint: str | None) -> bool:
    """Whether an instrument is ended as a whole: no provision of it is named, and no `một số điều của` it."""
    return pinpoint is None and (verb is None or len(verb.split()) <= _LONGEST_VERB)


def period_of(header: Mapping[str, Any]) -> tuple[date, date] | None:
    """First and last day on which a document can have been issued."""
    if header["issued_date"] is not None:
        return header["issued_date"], header["issued_date"]
    year, month = header["issued_year"], header["issued_month"]
    if year is None or not date.min.year <= year <= date.max.year:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def area_key(where: Locality) -> str:
    """An area to compare by: `province|district|commune`; "" for nowhere."""
    areas = (where.province, where.district, where.commune)
    return "|".join(folded(area) for area in areas) if any(areas) else ""


@lru_cache(maxsize=131072)
def folded(text: str | None) -> str:
    """Words without case and tone-mark style, to compare by."""
    return " ".join(fold(word) for word in _WORD.findall(text or ""))


def stem_of(ref: str) -> str | None:
    """What is compared of a number and symbol: without leading zeros and small letters."""
    return _stem(ref)[0]


def symbol_of(ref: str) -> str | None:
    """The symbol in a number and symbol."""
    return _stem(ref)[1]


def year_of(ref: str) -> int | None:
    """The year in a number and symbol."""
    return _stem(ref)[3]


@lru_cache(maxsize=262144)
def _stem(ref: str | None) -> tuple[str | None, str | None, bool, int | None]:
    """(what is compared, symbol, whether the year stands in the ref, that year) of a number and symbol."""
    parsed = parse_ref(ref) if ref else None
    if parsed is None or parsed.symbol is None:
        return None, None, False, None
    number = (parsed.number or "").lstrip("0").lower()
    symbol = parsed.symbol.replace("&", "").upper()
    year = parsed.year
    return f"ref|{number}|{year or ''}|{symbol}", parsed.symbol, year is not None, year


# --- laws and Party resolutions by name ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    """What a name means: `version` is the number of the law's text, where it can be told."""

    stem: str
    title: str | None
    year: int | None
    version: str | None = None
    issuer: str | None = None
    unit: str | None = None


@lru_cache(maxsize=65536)
def _named(kind: str, quote: str, issued_on: date | None, year: int | None, period: tuple[date, date] | None) -> _Named:
    """The law of its date or year, else the one in force when the citing document was issued."""
    party = party_resolution_key(quote) if kind in ("nghị quyết", "kết luận") else None
    if party is not None:
        return _Named(f"party|{kind}|{party}", " ".join(quote.split()), None)
    law = law_name_at(quote, 0)
    if law is None and kind in _LAW_TYPES:
        law = law_name_at(f"{kind.capitalize()} {quote}", 0)
    name = law.name if law is not None else None
    if name is None:
        return _Named(f"name|{folded(quote)}", quote, year)
    version = _version_meant(name, issued_on, year, period)
    if version is None:
        return _Named(f"law|{folded(name)}", name, year)
    passed = version.passed.year if version.passed else None
    if version.ref is None:
        return _Named(f"law|{folded(name)}|{version.passed}", name, passed)
    return _Named("", name, year_of(version.ref) or passed, version.ref)


def _version_meant(
    name: str, issued_on: date | None, year: int | None, period: tuple[date, date] | None
) -> LawVersion | None:
    versions = law_versions(name)
    if issued_on is not None:
        exact = [v for v in versions if v.passed == issued_on]
        if exact:
            return exact[0]
    if year is not None:
        of_year = [v for v in versions if v.passed is not None and v.passed.year == year]
        return of_year[0] if len(of_year) == 1 else None
    if period is None:
        return None
    first, last = (_in_force(versions, day) for day in period)
    return first if first == last else None


def _in_force(versions: Sequence[LawVersion], day: date) -> LawVersion | None:
    begun = [v for v in versions if v.in_force is not None and v.in_force <= day]
    return max(begun, key=lambda v: v.in_force or day, default=None)
