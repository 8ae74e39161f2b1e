"""Instruments: one row a distinct instrument, however and wherever it was cited.

What makes an instrument one: number and symbol after repair; for a number that starts again every year, the year; for
an organ that every province has, the area of the issuer (`14/CT-UBND` of two provinces are two). A law cited by name is
the law of the date or year given with it, else the one in force on the day of the citing document. A mention that fits
several instruments belongs to none: its instrument stays open.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

import regex

from extractors.names.law_names import LawVersion, fold, law_name_at, law_of_number, law_versions, party_resolution_key
from extractors.names.organs import issuer_of_symbol, unit_kind
from extractors.refs import parse_ref
from pipeline.resolution.corpus_units import ResolvedUnits
from pipeline.resolution.units import Row, Surroundings, Units

Value = TypeVar("Value", str, int, date)

_LAW_TYPES = frozenset({"luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ"})
_TITLE_TELLS = 24
_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Mention:
    """One sight of an instrument: a citation, or (without `citation_id`) a document of the corpus itself.

    `stem` is what is compared first (number and symbol, or the name); `scope` the area the issuer sits in, "" for
    organs there is one of, None where nothing tells. `year` is the year of issue as far as known. `period` is the
    time in which the citing document was issued, as far as its date goes.
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
    unit: str | None
    title: str | None
    span: tuple[int, int] | None
    period: tuple[date, date] | None
    antecedent: str | None = None
    open: bool = False


@dataclass(slots=True)
class Instrument:
    """A distinct instrument and all its mentions."""

    key: str
    mentions: list[Mention] = field(default_factory=list)
    law: LawVersion | None = None

    @property
    def instrument_id(self) -> str:
        """Stable: made of the key alone."""
        return "i" + hashlib.sha256(self.key.encode()).hexdigest()[:16]

    @property
    def document(self) -> Mention | None:
        """The instrument itself, where it is in the corpus; of several copies the one with the lowest id."""
        held = [mention for mention in self.mentions if mention.citation_id is None]
        return min(held, key=lambda m: (m.issued_on is None, m.doc_id), default=None)

    @property
    def citations(self) -> list[Mention]:
        """The mentions that are citations."""
        return [mention for mention in self.mentions if mention.citation_id is not None]

    @property
    def issued_on(self) -> date | None:
        """Its own date, or the law's, or the one most mentions give; None when two are given equally often."""
        if self.document is not None and self.document.issued_on is not None:
            return self.document.issued_on
        if self.law is not None and self.law.passed is not None:
            return self.law.passed
        return _agreed(mention.issued_on for mention in self.mentions)

    def row(self, units: Units | None = None) -> Row:
        """Its row of the instruments table; `units` gives the issuer its canonical name."""
        held = self.document
        first = held or self.mentions[0]
        citations = self.citations
        when = self.issued_on
        years = _leading(mention.year for mention in self.mentions)
        unit = (held and held.unit) or _leading(mention.unit for mention in self.mentions)
        issuer = (held and held.issuer) or _leading(mention.issuer for mention in self.mentions)
        types = [m.instrument_type for m in self.mentions if m.instrument_type != "văn bản"]
        return {
            "instrument_id": self.instrument_id,
            "ref": _leading(mention.ref for mention in self.mentions) or (self.law.ref if self.law else None),
            "instrument_type": (held and held.instrument_type)
            or (self.law.kind if self.law else _leading(types) or first.instrument_type),
            "number": _leading(mention.number for mention in self.mentions) or first.number,
            "year": when.year if when else years,
            "symbol": _leading(mention.symbol for mention in self.mentions) or first.symbol,
            "date": when,
            "issuer": units.name_of(unit) if units is not None and unit is not None else issuer,
            "issuer_unit_id": unit,
            "title": self.law.name if self.law else (held and held.title) or _fullest(m.title for m in self.mentions),
            "doc_id": held.doc_id if held else None,
            "n_citations": len(citations),
            "n_citing_documents": len({mention.doc_id for mention in citations}),
        }


@dataclass(frozen=True, slots=True)
class ResolvedInstruments:
    """Every instrument by id, and which one each citation means (None: open)."""

    instruments: tuple[Instrument, ...]
    cited: Mapping[str, str | None]

    def rows(self, units: Units) -> list[Row]:
        """Rows of the instruments table, by id; issuers under their canonical names."""
        return [instrument.row(units) for instrument in self.instruments]


def resolve_instruments(headers: Sequence[Row], citations: Iterable[Row], units: ResolvedUnits) -> ResolvedInstruments:
    """Gather the mentions of `citations` and the documents of `headers` into instruments.

    `headers` has a row a document with the header's columns, `citations` the columns of its table. Pure; the order of
    the rows does not matter.
    """
    by_document = {header["doc_id"]: header for header in headers}
    mentions = [_document_mention(header, units) for header in headers]
    mentions += [_citation_mention(row, by_document[row["doc_id"]], units) for row in citations]
    mentions.sort(key=lambda m: (m.doc_id, m.citation_id or ""))
    gathering = _Gathering()
    for stem, group in sorted(_by_stem(mentions).items()):
        gathering.gather(stem, group)
    gathering.match_bare(mentions)
    cited = gathering.cited(mentions)
    instruments = tuple(sorted(gathering.instruments.values(), key=lambda i: i.instrument_id))
    return ResolvedInstruments(instruments, cited)


# --- mentions ------------------------------------------------------------------------------------------------------


def _document_mention(header: Row, units: ResolvedUnits) -> Mention:
    doc_id = header["doc_id"]
    unit = units.issuers.get(doc_id)
    written = header["ref_repaired"] or header["ref"]
    stem, symbol, in_ref, year = _stem(written)
    return Mention(
        doc_id=doc_id,
        citation_id=None,
        stem=stem if header["number"] else None,
        scope=_scope(symbol, unit, units),
        home=_area(units, doc_id),
        year=header["issued_year"] or year,
        issued_on=header["issued_date"],
        in_ref=in_ref,
        instrument_type=header["doc_type"],
        number=header["number"],
        symbol=symbol or header["symbol"],
        ref=written,
        issuer=header["issuer"],
        unit=unit,
        title=header["subject"],
        span=None,
        period=None,
    )


def _citation_mention(row: Row, header: Row, units: ResolvedUnits) -> Mention:
    unit = units.cited_issuers.get(row["citation_id"])
    written = row["ref_repaired"] or row["ref"]
    period = _period(header)
    stem, symbol, in_ref, year = _stem(written)
    mention = Mention(
        doc_id=row["doc_id"],
        citation_id=row["citation_id"],
        stem=stem,
        scope=_scope(symbol, unit, units),
        home=_area(units, row["doc_id"]),
        year=year if in_ref else row["date_year"],
        issued_on=row["date"],
        in_ref=in_ref,
        instrument_type=row["instrument_type"],
        number=row["number"],
        symbol=symbol or row["symbol"],
        ref=written,
        issuer=row["issuer"] or row["issuer_inferred"],
        unit=unit,
        title=row["title"],
        span=(row["char_start"], row["char_end"]),
        period=period,
        antecedent=row.get("antecedent_id"),
        open=bool(row.get("candidates")) and not row.get("antecedent_id"),
    )
    if row["kind"] == "named":
        return _named(mention, row, units.units)
    if row["kind"] == "dated" and mention.issued_on is not None:
        scope = mention.scope or mention.home
        return replace(mention, stem=f"dated|{_folded(mention.instrument_type)}|{mention.issued_on}", scope=scope)
    if stem is not None and row["number"] is None:
        stem = f"{stem}|{mention.issued_on}" if mention.issued_on else f"{stem}|{mention.doc_id}"
        return replace(mention, stem=stem, scope=mention.scope or mention.home)
    return mention


def _stem(ref: str | None) -> tuple[str | None, str | None, bool, int | None]:
    """(what is compared, symbol, whether the year stands in the ref, that year) of a number and symbol."""
    parsed = parse_ref(ref) if ref else None
    if parsed is None or parsed.symbol is None:
        return None, None, False, None
    number = (parsed.number or "").lstrip("0").lower()
    symbol = parsed.symbol.replace("&", "").upper()
    year = parsed.year
    return f"ref|{number}|{year or ''}|{symbol}", parsed.symbol, year is not None, year


def _scope(symbol: str | None, unit: str | None, units: ResolvedUnits) -> str | None:
    """The area that tells apart instruments of the same number: "" where the symbol names an organ of the centre."""
    organ = issuer_of_symbol(symbol) if symbol else None
    kind = unit_kind(organ) if organ else None
    if (kind is not None and kind.level == "trung ương") or (symbol or "").endswith("/TW"):
        return ""
    if unit is None:
        return None
    where = units.units.locality_of(unit)
    if symbol is None and units.units.kind_of(unit) in ("bộ", "chính phủ", "quốc hội"):
        return ""
    areas = (where.province, where.district, where.commune)
    return "|".join(_folded(area) for area in areas) if any(areas) else unit


def _area(units: ResolvedUnits, doc_id: str) -> str:
    where = units.locality(doc_id)
    return "|".join(_folded(area) for area in (where.province, where.district, where.commune))


def _period(header: Row) -> tuple[date, date] | None:
    """First and last day on which a document can have been issued."""
    if header["issued_date"] is not None:
        return header["issued_date"], header["issued_date"]
    year, month = header["issued_year"], header["issued_month"]
    if year is None or not date.min.year <= year <= date.max.year:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


# --- laws and Party resolutions by name ----------------------------------------------------------------------------


def _named(mention: Mention, row: Row, units: Units) -> Mention:
    """A mention by name: the law of its date or year, else the one in force when the citing document was issued."""
    kind, quote = row["instrument_type"] or "", row["quote"]
    party = party_resolution_key(quote) if kind in ("nghị quyết", "kết luận") else None
    if party is not None:
        return replace(mention, stem=f"party|{kind}|{party}", scope="", year=None, title=" ".join(quote.split()))
    law = law_name_at(quote, 0)
    if law is None and kind in _LAW_TYPES:
        law = law_name_at(f"{kind.capitalize()} {quote}", 0)
    name = law.name if law is not None else None
    if name is None:
        return replace(mention, stem=f"name|{_folded(quote)}", scope="", title=quote)
    version = _version_meant(name, mention, row)
    if version is None:
        return replace(mention, stem=f"law|{_folded(name)}", scope="", title=name, year=row["date_year"])
    if version.ref is None:
        year = version.passed.year if version.passed else None
        return replace(mention, stem=f"law|{_folded(name)}|{version.passed}", scope="", title=name, year=year)
    of_law, symbol, _, year = _stem(version.ref)
    issuer = issuer_of_symbol(symbol) if symbol else None
    return replace(
        mention,
        stem=of_law,
        number=version.ref.partition("/")[0],
        symbol=symbol,
        in_ref=True,
        year=year,
        ref=version.ref,
        title=name,
        scope="",
        issuer=issuer,
        unit=units.unit_id(issuer, Surroundings()),
    )


def _version_meant(name: str, mention: Mention, row: Row) -> LawVersion | None:
    versions = law_versions(name)
    if mention.issued_on is not None:
        exact = [v for v in versions if v.passed == mention.issued_on]
        if exact:
            return exact[0]
    if row["date_year"] is not None:
        of_year = [v for v in versions if v.passed is not None and v.passed.year == row["date_year"]]
        return of_year[0] if len(of_year) == 1 else None
    if mention.period is None:
        return None
    first, last = (_in_force(versions, day) for day in mention.period)
    return first if first == last else None


def _in_force(versions: Sequence[LawVersion], day: date) -> LawVersion | None:
    begun = [v for v in versions if v.in_force is not None and v.in_force <= day]
    return max(begun, key=lambda v: v.in_force or day, default=None)


# --- gathering -----------------------------------------------------------------------------------------------------


class _Gathering:
    """Mentions put together into instruments, stem by stem."""

    def __init__(self) -> None:
        self.instruments: dict[str, Instrument] = {}
        self._of: dict[int, Instrument | None] = {}

    def gather(self, stem: str, group: list[Mention]) -> None:
        """The mentions with one stem: those of one area first, then those whose issuer nothing tells."""
        scopes: dict[str, list[Mention]] = defaultdict(list)
        for mention in group:
            if mention.scope is not None:
                scopes[mention.scope].append(mention)
        for mention in group:
            if mention.scope is None:
                scope = self._only_scope(mention, scopes)
                if scope is None:
                    self._of[id(mention)] = None
                else:
                    scopes[scope].append(mention)
        for scope, members in sorted(scopes.items()):
            self._split_by_year(f"{stem}@{scope}", members)

    def _only_scope(self, mention: Mention, scopes: Mapping[str, list[Mention]]) -> str | None:
        """The one area known for this number in the document's province; the document's own where there is none."""
        province = mention.home.partition("|")[0]
        near = [scope for scope in scopes if scope.partition("|")[0] == province]
        if len(near) > 1:
            near = [s for s in near if any(_same_time(mention, other) for other in scopes[s])]
        if len(near) > 1:
            return None
        return near[0] if near else mention.home or mention.doc_id

    def _split_by_year(self, key: str, members: list[Mention]) -> None:
        """A number starts again every year; one day and month, or one title, under two years is a slip of the pen."""
        dated = [m for m in members if m.year is not None]
        years = sorted({m.year for m in dated if m.year is not None})
        if any(m.in_ref for m in members) or len(years) < 2 or _is_slip(dated):
            self._add(f"{key}#{_leading(m.year for m in dated) or ''}", members)
            return
        for year in years:
            self._add(f"{key}#{year}", [m for m in dated if m.year == year])
        for mention in members:
            if mention.year is None:
                self._of[id(mention)] = None

    def _add(self, key: str, members: Iterable[Mention]) -> None:
        instrument = self.instruments.setdefault(key, Instrument(key))
        for mention in members:
            instrument.mentions.append(mention)
            self._of[id(mention)] = instrument
            if instrument.law is None and mention.ref is not None and mention.in_ref:
                instrument.law = law_of_number(mention.ref)

    def match_bare(self, mentions: Iterable[Mention]) -> None:
        """Mentions of a number without a symbol: the numbered instrument of the same type and day, else their own."""
        by_day = self._by_number_and_day()
        for mention in mentions:
            if mention.stem is not None:
                continue
            if mention.citation_id is None:
                if mention.instrument_type is not None:
                    self._add(f"doc|{mention.doc_id}", [mention])
                continue
            number = (mention.number or "").lstrip("0")
            if mention.open or mention.antecedent or not number or (mention.issued_on is None and mention.unit is None):
                continue
            matches = [
                instrument
                for instrument in by_day.get((number, mention.issued_on), ())
                if mention.issued_on is not None and _fits(mention, instrument)
            ]
            scope = mention.scope if mention.scope is not None else mention.home
            own = f"bare|{_folded(mention.instrument_type)}|{number}@{scope}#{mention.issued_on or mention.year or ''}"
            self._add(matches[0].key if len(matches) == 1 else own, [mention])

    def _by_number_and_day(self) -> Mapping[tuple[str, date | None], list[Instrument]]:
        found: dict[tuple[str, date | None], list[Instrument]] = defaultdict(list)
        for instrument in self.instruments.values():
            numbers = {(mention.number or "").lstrip("0") for mention in instrument.mentions}
            for number in numbers:
                found[number, instrument.issued_on].append(instrument)
        return found

    def cited(self, mentions: Sequence[Mention]) -> dict[str, str | None]:
        """citation_id → instrument_id; a short form means what its antecedent means and counts as a mention of it."""
        found: dict[str, str | None] = {}
        by_id = {mention.citation_id: mention for mention in mentions if mention.citation_id}
        for citation_id, mention in by_id.items():
            full, steps = mention, 0
            while full.antecedent in by_id and steps < 16:
                full, steps = by_id[full.antecedent], steps + 1
            instrument = self._of.get(id(full))
            own = self._of.get(id(mention))
            if instrument is not None and own is not instrument:
                if own is not None:
                    own.mentions.remove(mention)
                instrument.mentions.append(mention)
                self._of[id(mention)] = instrument
            found[citation_id] = instrument.instrument_id if instrument is not None and not mention.open else None
        self.instruments = {key: instrument for key, instrument in self.instruments.items() if instrument.mentions}
        return found


def _by_stem(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.stem is not None and not mention.open:
            grouped[mention.stem].append(mention)
    return grouped


def _same_time(one: Mention, other: Mention) -> bool:
    if one.issued_on is not None and other.issued_on is not None:
        return one.issued_on == other.issued_on
    return one.year is not None and one.year == other.year


def _is_slip(dated: Sequence[Mention]) -> bool:
    days = {(m.issued_on.month, m.issued_on.day) for m in dated if m.issued_on is not None}
    if len(days) == 1 and all(m.issued_on is not None for m in dated):
        return True
    titles = {_folded(m.title) for m in dated if m.title}
    return len(titles) == 1 and len(next(iter(titles))) >= _TITLE_TELLS and all(m.title for m in dated)


def _fits(mention: Mention, instrument: Instrument) -> bool:
    types = {m.instrument_type for m in instrument.mentions}
    scopes = {m.scope for m in instrument.mentions}
    return mention.instrument_type in types and (mention.scope is None or mention.scope in scopes)


def _folded(text: str | None) -> str:
    return " ".join(fold(word) for word in _WORD.findall(text or ""))


def _leading(values: Iterable[Value | None]) -> Value | None:
    """The most frequent value; of equally frequent ones the first in order."""
    counted = Counter(value for value in values if value is not None)
    return min(counted, key=lambda value: (-counted[value], str(value)), default=None)


def _agreed(values: Iterable[Value | None]) -> Value | None:
    """The most frequent value, None when two are equally frequent."""
    leading = Counter(value for value in values if value is not None).most_common(2)
    if not leading or (len(leading) > 1 and leading[0][1] == leading[1][1]):
        return None
    return leading[0][0]


def _fullest(titles: Iterable[str | None]) -> str | None:
    """The most frequent title, of equally frequent ones the longest."""
    counted = Counter(title for title in titles if title)
    return min(counted, key=lambda title: (-counted[title], -len(title), title), default=None)
