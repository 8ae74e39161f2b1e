"""Instruments: one row a distinct instrument, however and wherever it was cited.

What makes an instrument one: number and symbol after repair; for a number that starts again every year, the year; for
an organ that every province has, the area of the issuer (`17/CT-UBND` of two provinces are two), and for letters that
many organs of one area share (`KH-BCĐ`) the issuer itself. A mention that fits several instruments belongs to none: it
stays open, with the ones it may mean.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from extractors.names.divisions import MERGER_DAY
from extractors.names.law_names import LawVersion, law_of_number, law_versions
from extractors.names.organs import issuer_of_symbol, unit_kind
from pipeline.resolution.corpus_units import ResolvedUnits
from pipeline.resolution.mentions import Mention, Mentions, folded, period_of, stem_of, symbol_of, year_of
from pipeline.resolution.units import Row, Units

Value = TypeVar("Value", str, int, date)
Basis = Literal["văn bản gốc", "bảng luật", "nơi viện dẫn", "ký hiệu"]

_ONE_OF_AN_AREA = frozenset({"UBND", "UBHC", "TU"})
"""Letters that leave open who signs (a committee or its chairman, Tỉnh ủy or Thành ủy), yet one of an area."""
_TITLE_TELLS = 24
_LONGEST_CHAIN = 16
_REPEALS = frozenset(
    {"luật", "bộ luật", "pháp lệnh", "nghị quyết", "nghị định", "quyết định", "thông tư", "thông tư liên tịch", "lệnh",
     "chỉ thị", "quy định", "quy chế", "kế hoạch", "hướng dẫn", "chương trình", "thông báo", "kết luận", "điều lệ"}
)  # fmt: skip
"""Types whose own words end another instrument; a report or a proposal only tells of it."""


@dataclass(slots=True, eq=False)
class Instrument:
    """A distinct instrument and all its mentions."""

    key: str
    mentions: list[Mention] = field(default_factory=list)
    law: LawVersion | None = None
    replaced_by: Instrument | None = None
    replaced_on: date | None = None
    replaced_basis: Basis | None = None
    _id: str | None = None

    @property
    def instrument_id(self) -> str:
        """Stable: made of the key alone."""
        if self._id is None:
            self._id = "i" + hashlib.sha256(self.key.encode()).hexdigest()[:16]
        return self._id

    @property
    def document(self) -> Mention | None:
        """The instrument itself, where it is in the corpus; of several variants the best."""
        held = [mention for mention in self.mentions if mention.citation_id is None]
        return min(held, key=lambda m: (not m.is_best, m.issued_on is None, m.doc_id), default=None)

    @property
    def citations(self) -> list[Mention]:
        """The mentions that are citations."""
        return [mention for mention in self.mentions if mention.citation_id is not None]

    def date_told(self) -> tuple[date | None, Basis | None]:
        """Its date and what tells it: the document itself, the table of laws, or its citers where all agree."""
        held = self.document
        if held is not None and held.issued_on is not None:
            return held.issued_on, "văn bản gốc"
        if self.law is not None and self.law.passed is not None:
            return self.law.passed, "bảng luật"
        told = {mention.issued_on for mention in self.mentions if mention.issued_on is not None}
        return (told.pop(), "nơi viện dẫn") if len(told) == 1 else (None, None)

    def likely_date(self) -> date | None:
        """Its date, or the one that most citers give where they disagree; None when two lead."""
        return self.date_told()[0] or _agreed(mention.issued_on for mention in self.mentions)

    def unit_told(self) -> tuple[str | None, str | None, Basis | None]:
        """Its issuer as (unit, as written, what tells it); nothing where the citers disagree."""
        held = self.document
        if held is not None and (held.unit or held.issuer):
            return held.unit, held.issuer, "văn bản gốc"
        units = {mention.unit for mention in self.mentions if mention.unit is not None}
        issuer = _leading(mention.issuer for mention in self.mentions)
        if self.law is not None and self.law.ref is not None:
            own = issuer_of_symbol(symbol_of(self.law.ref))
            if own is not None:
                unit = next((m.unit for m in self.mentions if m.unit is not None and m.issuer == own), None)
                return unit or (units.pop() if len(units) == 1 else None), own, "bảng luật"
        if len(units) > 1 or issuer is None:
            return None, None, None
        written = any(m.issuer is not None and not m.issuer_by_symbol for m in self.mentions)
        return (units.pop() if units else None), issuer, "nơi viện dẫn" if written else "ký hiệu"

    def row(self, units: Units | None = None) -> Row:
        """Its row of the instruments table; `units` gives the issuer its canonical name."""
        held, mentions, law = self.document, self.mentions, self.law
        citing = [mention.doc_id for mention in mentions if mention.citation_id is not None]
        when, date_basis = self.date_told()
        unit, issuer, issuer_basis = self.unit_told()
        types = (m.instrument_type for m in mentions if m.instrument_type != "văn bản")
        first = held or (mentions[0] if mentions else None)
        return {
            "instrument_id": self.instrument_id,
            "ref": _leading(m.ref for m in mentions) or (law.ref if law else None),
            "instrument_type": (held and held.instrument_type)
            or (law.kind if law else _leading(types) or (first and first.instrument_type)),
            "number": _leading(m.number for m in mentions) or (law.ref.partition("/")[0] if law and law.ref else None),
            "year": when.year if when else _leading(m.year for m in mentions),
            "symbol": _leading(m.symbol for m in mentions) or (symbol_of(law.ref) if law and law.ref else None),
            "date": when,
            "date_basis": date_basis,
            "likely_date": None if when else self.likely_date(),
            "issuer": units.name_of(unit) if units is not None and unit is not None else issuer,
            "issuer_unit_id": unit,
            "issuer_basis": issuer_basis,
            "title": law.name if law else (held and held.title) or _fullest(m.title for m in mentions),
            "doc_id": held.doc_id if held else None,
            "n_citations": len(citing),
            "n_citing_documents": len(set(citing)),
            "replaced_by_instrument_id": self.replaced_by.instrument_id if self.replaced_by else None,
            "replaced_on": self.replaced_on,
            "replaced_basis": self.replaced_basis,
        }


@dataclass(frozen=True, slots=True)
class ResolvedInstruments:
    """Every instrument by id, and for each citation in the order given: what it means, else what it may mean."""

    instruments: tuple[Instrument, ...]
    meant: Sequence[str | None]
    candidates: Mapping[int, tuple[str, ...]]
    """Row number of a citation that stays open → the instruments it may mean."""

    def rows(self, units: Units) -> Iterable[Row]:
        """Rows of the instruments table, by id; issuers under their canonical names."""
        return (instrument.row(units) for instrument in self.instruments)


def resolve_instruments(
    headers: Sequence[Row], citations: Iterable[Mapping[str, Any]], units: ResolvedUnits
) -> ResolvedInstruments:
    """Gather the mentions of `citations` and the documents of `headers` into instruments.

    `headers` has a row a document with the header's columns; `citations` the columns of its table, in the order in
    which their issuers were resolved. What is found does not depend on the order of the rows.
    """
    made = Mentions(units)
    held = [made.of_document(header) for header in headers]
    periods = {header["doc_id"]: period_of(header) for header in headers}
    cited = [
        made.of_citation(row, unit, periods[row["doc_id"]])
        for row, unit in zip(citations, units.cited_issuers, strict=True)
    ]
    gathering = _Gathering()
    for stem, group in sorted(_by_stem((*held, *cited)).items()):
        gathering.gather(stem, sorted(group, key=_place))
    gathering.match_bare(sorted((m for m in (*held, *cited) if m.stem is None), key=_place))
    gathering.follow_antecedents(cited)
    gathering.note_replacements()
    meant = [gathering.meant(mention) for mention in cited]
    candidates = {
        at: tuple(sorted(instrument.instrument_id for instrument in gathering.may_mean[mention]))
        for at, mention in enumerate(cited)
        if mention in gathering.may_mean and meant[at] is None
    }
    instruments = tuple(sorted(gathering.instruments.values(), key=lambda i: i.instrument_id))
    return ResolvedInstruments(instruments, meant, candidates)


def _place(mention: Mention) -> tuple[str, str]:
    return mention.doc_id, mention.citation_id or ""


# --- gathering -----------------------------------------------------------------------------------------------------


class _Gathering:
    """Mentions put together into instruments, stem by stem."""

    def __init__(self) -> None:
        self.instruments: dict[str, Instrument] = {}
        self.may_mean: dict[Mention, list[Instrument]] = {}
        self._of: dict[Mention, Instrument] = {}

    def meant(self, mention: Mention) -> str | None:
        """The instrument of a citation; None where it stays open."""
        instrument = None if mention.open else self._of.get(mention)
        return None if instrument is None else instrument.instrument_id

    def gather(self, stem: str, group: Sequence[Mention]) -> None:
        """The mentions with one stem: those of one area first, then those whose issuer nothing tells."""
        areas = _Areas(group)
        unsure: list[tuple[Mention, list[str]]] = []
        for mention in group:
            if mention.scope is None:
                fitting = areas.fitting(mention)
                if len(fitting) == 1:
                    areas.members[fitting[0]].append(mention)
                else:
                    unsure.append((mention, fitting))
        made = {
            area: self._split_by_series(f"{stem}@{area}", members, local=area != "")
            for area, members in sorted(areas.members.items())
        }
        for mention, fitting in unsure:
            self.may_mean[mention] = [instrument for area in fitting for instrument in made[area]]

    def _split_by_series(self, key: str, members: list[Mention], *, local: bool) -> list[Instrument]:
        """Letters that many organs of one area share tell nothing of the issuer: each organ has its own numbers, but
        two that are said to have issued it on the same day are one organ named in two ways."""
        symbol = next((m.symbol for m in members if m.symbol), None)
        series = _by_issuer(members) if local and symbol is not None and _is_shared(symbol) else []
        if len(series) < 2:
            return self._split_by_year(key, members, local=local)
        made: list[Instrument] = []
        for units in series:
            own = [m for m in members if m.unit in units]
            made += self._split_by_year(f"{key}@{min(units)}", own, local=local)
        for mention in members:
            if mention.unit is None:
                self._settle(mention, made)
        return made

    def _split_by_year(self, key: str, members: list[Mention], *, local: bool) -> list[Instrument]:
        """A number starts again every year, and where provinces and communes merged on 1 July 2025.

        One day and month, or one title, under two years is a slip of the pen.
        """
        dated = [m for m in members if m.year is not None]
        years = sorted({m.year for m in dated if m.year is not None})
        if any(m.in_ref for m in members) or len(years) < 2 or _is_slip(dated):
            return self._split_by_merger(f"{key}#{_leading(m.year for m in dated) or ''}", members, local=local)
        made = [
            instrument
            for year in years
            for instrument in self._split_by_merger(f"{key}#{year}", [m for m in dated if m.year == year], local=local)
        ]
        for mention in members:
            if mention.year is None:
                self._settle(mention, made)
        return made

    def _split_by_merger(self, key: str, members: list[Mention], *, local: bool) -> list[Instrument]:
        days = (
            {m.issued_on for m in members if m.issued_on is not None and m.issued_on.year == 2025} if local else set()
        )
        before = {day for day in days if day < MERGER_DAY}
        if not before or before == days or _is_slip([m for m in members if m.issued_on is not None]):
            return [self._add(key, members)]
        made = [
            self._add(key, [m for m in members if m.issued_on in before]),
            self._add(f"{key}-07", [m for m in members if m.issued_on in days - before]),
        ]
        for mention in members:
            if mention.issued_on not in days:
                self._settle(mention, made)
        return made

    def _settle(self, mention: Mention, made: Sequence[Instrument]) -> None:
        """A mention without the year or the issuer that would tell: the one instrument of the same day or title, or
        the only one that the document, being of its day, can cite; else it stays open."""
        fitting = [i for i in made if _same_day(mention, i)] or [i for i in made if _same_title(mention, i)]
        fitting = fitting or [i for i in made if _was_there(mention, i)]
        if len(fitting) == 1 and mention.citation_id is not None:
            self._join(fitting[0], mention)
        elif mention.citation_id is None:
            self._add(f"doc|{mention.doc_id}", [mention])
        else:
            self.may_mean[mention] = fitting or list(made)

    def _add(self, key: str, members: Iterable[Mention]) -> Instrument:
        instrument = self.instruments.setdefault(key, Instrument(key))
        for mention in members:
            self._join(instrument, mention)
            if instrument.law is None and mention.ref is not None and mention.in_ref:
                instrument.law = law_of_number(mention.ref)
        return instrument

    def _join(self, instrument: Instrument, mention: Mention) -> None:
        instrument.mentions.append(mention)
        self._of[mention] = instrument

    def match_bare(self, mentions: Iterable[Mention]) -> None:
        """Mentions of a number without a symbol: the numbered instrument of the same type and day, else their own."""
        by_day = self._by_number_and_day()
        for mention in mentions:
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
            if len(matches) > 1:
                self.may_mean[mention] = matches
                continue
            scope = mention.scope if mention.scope is not None else mention.home or mention.doc_id
            own = f"bare|{folded(mention.instrument_type)}|{number}@{scope}#{mention.issued_on or mention.year or ''}"
            self._add(matches[0].key if matches else own, [mention])

    def _by_number_and_day(self) -> Mapping[tuple[str, date | None], list[Instrument]]:
        found: dict[tuple[str, date | None], list[Instrument]] = defaultdict(list)
        for instrument in self.instruments.values():
            when = instrument.likely_date()
            if when is not None:
                for number in {(mention.number or "").lstrip("0") for mention in instrument.mentions}:
                    found[number, when].append(instrument)
        return found

    def follow_antecedents(self, cited: Sequence[Mention]) -> None:
        """A short form means what its antecedent means and counts as a mention of it."""
        short = [mention for mention in cited if mention.antecedent is not None]
        wanted = {mention.antecedent for mention in short}
        by_id = {m.citation_id: m for m in cited if m.antecedent is not None or m.citation_id in wanted}
        left: dict[Instrument, set[Mention]] = defaultdict(set)
        for mention in short:
            full, steps = mention, 0
            while full.antecedent in by_id and steps < _LONGEST_CHAIN:
                full, steps = by_id[full.antecedent], steps + 1
            instrument, own = self._of.get(full), self._of.get(mention)
            if instrument is not None and own is not instrument:
                if own is not None:
                    left[own].add(mention)
                self._join(instrument, mention)
                self.may_mean.pop(mention, None)
        for instrument, gone in left.items():
            instrument.mentions = [m for m in instrument.mentions if m not in gone]
        self.instruments = {key: instrument for key, instrument in self.instruments.items() if instrument.mentions}

    def note_replacements(self) -> None:
        """What replaced what: the next text of a law when it came into force, else the documents that say so."""
        for instrument in list(self.instruments.values()):
            if instrument.law is not None:
                self._note_later_law(instrument, instrument.law)
        issued = {m.doc_id: i for i in self.instruments.values() for m in i.mentions if m.citation_id is None}
        for instrument in self.instruments.values():
            if instrument.replaced_by is None:
                ending = [m for m in instrument.mentions if m.ends and _ends(instrument, issued.get(m.doc_id))]
                last = min(ending, key=lambda m: (issued[m.doc_id].date_told()[0] or date.max, m.doc_id), default=None)
                if last is not None:
                    instrument.replaced_by = issued[last.doc_id]
                    instrument.replaced_on = instrument.replaced_by.date_told()[0]
                    instrument.replaced_basis = "nơi viện dẫn"

    def _note_later_law(self, instrument: Instrument, law: LawVersion) -> None:
        if law.in_force is None:
            return
        later = [v for v in law_versions(law.name) if v.in_force is not None and v.in_force > law.in_force]
        following = min(later, key=lambda v: v.in_force or date.max, default=None)
        if following is not None and following.ref is not None:
            instrument.replaced_by = self._of_law(following, following.ref)
            instrument.replaced_on = following.in_force
            instrument.replaced_basis = "bảng luật"

    def _of_law(self, law: LawVersion, ref: str) -> Instrument:
        """The instrument of a law's text; made where no document cites it, so that its name can be told."""
        key = f"{stem_of(ref)}@#{year_of(ref) or (law.passed.year if law.passed else '')}"
        instrument = self.instruments.setdefault(key, Instrument(key))
        instrument.law = instrument.law or law
        return instrument


class _Areas:
    """The mentions of one number by the area of their issuer, and the areas that one without an issuer may mean."""

    def __init__(self, group: Iterable[Mention]) -> None:
        self.members: dict[str, list[Mention]] = defaultdict(list)
        self._by_day: dict[tuple[str, date], set[str]] = defaultdict(set)
        for mention in group:
            if mention.scope is not None:
                self.members[mention.scope].append(mention)
                if mention.issued_on is not None:
                    for province in {"", mention.scope.partition("|")[0]}:
                        self._by_day[province, mention.issued_on].add(mention.scope)
        self._told = frozenset(self.members)

    def fitting(self, mention: Mention) -> list[str]:
        """The areas above the document that have the number, else those where it is of the same day (in the province,
        or for an organ of no province anywhere), else the document's own area."""
        province, district, commune = (*mention.home.split("|"), "", "")[:3]
        line = dict.fromkeys((f"{province}||", f"{province}|{district}|", f"{province}|{district}|{commune}"))
        near = [area for area in line if area in self._told] if province else []
        if len(near) > 1:
            near = [a for a in near if any(_same_time(mention, other) for other in self.members[a])] or near
        if not near and mention.issued_on is not None:
            near = sorted(self._by_day.get((province, mention.issued_on), ()))
        if not near:
            near = [mention.home or mention.doc_id]
        return near


def _by_stem(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.stem is not None and not mention.open:
            grouped[mention.stem].append(mention)
    return grouped


def _is_shared(symbol: str) -> bool:
    """Whether the letters leave open which organ of an area it is: `KH-BCĐ`, `QĐ-ĐU`; not `QĐ-UBND`, `KH-SYT`."""
    organ = issuer_of_symbol(symbol)
    kind = unit_kind(organ) if organ is not None else None
    if kind is None:
        return _ONE_OF_AN_AREA.isdisjoint(symbol.replace("/", "-").split("-"))
    return kind.level is None and kind.kind in ("cấp ủy", "công đoàn", "đoàn thanh niên", "hội")


def _by_issuer(members: Iterable[Mention]) -> list[set[str]]:
    """The issuers named, those with a day in common together."""
    groups: list[tuple[set[str], set[date]]] = []
    days: dict[str, set[date]] = defaultdict(set)
    for mention in members:
        if mention.unit is not None:
            days[mention.unit].update([mention.issued_on] if mention.issued_on is not None else [])
    for unit in sorted(days):
        own = ({unit}, set(days[unit]))
        apart: list[tuple[set[str], set[date]]] = []
        for group in groups:
            if group[1].isdisjoint(own[1]):
                apart.append(group)
            else:
                own = (own[0] | group[0], own[1] | group[1])
        groups = [*apart, own]
    return sorted((units for units, _ in groups), key=min)


def _same_time(one: Mention, other: Mention) -> bool:
    if one.issued_on is not None and other.issued_on is not None:
        return one.issued_on == other.issued_on
    return one.year is not None and one.year == other.year


def _same_day(mention: Mention, instrument: Instrument) -> bool:
    return mention.issued_on is not None and any(m.issued_on == mention.issued_on for m in instrument.mentions)


def _same_title(mention: Mention, instrument: Instrument) -> bool:
    title = folded(mention.title)
    return len(title) >= _TITLE_TELLS and any(folded(other.title) == title for other in instrument.mentions)


def _was_there(mention: Mention, instrument: Instrument) -> bool:
    """Whether the instrument is not younger than the document that cites it."""
    if mention.period is None:
        return True
    last = mention.period[1]
    when = instrument.likely_date()
    if when is not None:
        return when <= last
    return all(m.year is None or m.year <= last.year for m in instrument.mentions)


def _ends(instrument: Instrument, by: Instrument | None) -> bool:
    """Whether what a document says of ending an instrument can be so: by its type, and after the day of the other."""
    document = by.document if by is not None else None
    if by is None or by is instrument or document is None or document.instrument_type not in _REPEALS:
        return False
    before, after = instrument.likely_date(), document.issued_on
    return after is not None and (before is None or before < after)


def _is_slip(dated: Sequence[Mention]) -> bool:
    days = {(m.issued_on.month, m.issued_on.day) for m in dated if m.issued_on is not None}
    if len(days) == 1 and all(m.issued_on is not None for m in dated):
        return True
    titles = {folded(m.title) for m in dated if m.title}
    return len(titles) == 1 and len(next(iter(titles))) >= _TITLE_TELLS and all(m.title for m in dated)


def _fits(mention: Mention, instrument: Instrument) -> bool:
    return any(m.instrument_type == mention.instrument_type for m in instrument.mentions) and (
        mention.scope is None or any(m.scope == mention.scope for m in instrument.mentions)
    )


def _leading(values: Iterable[Value | None]) -> Value | None:
    """The most frequent value; of equally frequent ones the first in order."""
    told = [value for value in values if value is not None]
    if not told or told.count(told[0]) == len(told):
        return told[0] if told else None
    counted = Counter(told)
    return min(counted, key=lambda value: (-counted[value], str(value)))


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
