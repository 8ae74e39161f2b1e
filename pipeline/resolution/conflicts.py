"""What a careful clerk points out when all documents lie on the desk: dates and issuers that contradict each other, and
instruments cited before they existed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.resolution.instruments import Instrument
from pipeline.resolution.mentions import Mention
from pipeline.resolution.units import Row, Units


def corpus_findings(instruments: Iterable[Instrument], units: Units) -> list[Row]:
    """Rows of the findings table: date_conflict, issuer_conflict, future_citation; in order of document and place."""
    found = [
        row
        for instrument in instruments
        for row in (
            *_date_conflicts(instrument),
            *_issuer_conflicts(instrument, units),
            *_future_citations(instrument),
        )
    ]
    return sorted(found, key=lambda row: (row["doc_id"], row["char_start"], row["kind"]))


def conflict_rows(instruments: Iterable[Instrument], units: Units) -> Iterator[Row]:
    """Rows of the instrument_conflicts table: every date and every issuer told of an instrument that has two."""
    for instrument in instruments:
        days = _dates_told(instrument)
        for day in sorted(days if len(days) > 1 else ()):
            yield _conflict_row(instrument, "date", day.isoformat(), None, days[day])
        issuers = _issuers_told(instrument)
        for unit in sorted(issuers if len(issuers) > 1 else ()):
            yield _conflict_row(instrument, "issuer", units.name_of(unit), unit, issuers[unit])


@dataclass(slots=True)
class _Told:
    """Who tells one value: mentions, the documents they stand in, and whether the instrument itself does."""

    mentions: int = 0
    documents: set[str] = field(default_factory=set)
    held: bool = False

    def add(self, mention: Mention) -> None:
        if mention.citation_id is None:
            self.held = True
        else:
            self.mentions += 1
            self.documents.add(mention.doc_id)


def _dates_told(instrument: Instrument) -> dict[date, _Told]:
    told: dict[date, _Told] = defaultdict(_Told)
    for mention in instrument.mentions:
        if mention.issued_on is not None:
            told[mention.issued_on].add(mention)
    if told and instrument.law is not None and instrument.law.passed is not None:
        told[instrument.law.passed].held = True
    return told


def _issuers_told(instrument: Instrument) -> dict[str, _Told]:
    told: dict[str, _Told] = defaultdict(_Told)
    for mention in instrument.mentions:
        if mention.unit is not None:
            told[mention.unit].add(mention)
    return told


def _conflict_row(instrument: Instrument, field_name: str, value: str, unit: str | None, told: _Told) -> Row:
    return {
        "instrument_id": instrument.instrument_id,
        "field": field_name,
        "value": value,
        "unit_id": unit,
        "n_documents": len(told.documents),
        "n_mentions": told.mentions,
        "held": told.held,
    }


def _date_conflicts(instrument: Instrument) -> Iterator[Row]:
    days = _dates_told(instrument)
    if len(days) < 2:
        return
    right, _ = instrument.date_told()
    likely = right or instrument.likely_date()
    told = "; ".join(f"{_shown(day)}{_by_whom(days[day])}" for day in sorted(days))
    for mention in instrument.citations:
        if mention.issued_on is not None and mention.issued_on != likely:
            message = f"{_name(instrument)} được ghi nhiều ngày khác nhau: {told}"
            if likely is not None:
                message += f"; ngày {_shown(mention.issued_on)} có thể sai, đối chiếu với ngày {_shown(likely)}"
            yield _finding(mention, "date_conflict", "warning", message)


def _issuer_conflicts(instrument: Instrument, units: Units) -> Iterator[Row]:
    issuers = _issuers_told(instrument)
    if len(issuers) < 2:
        return
    right, _, _ = instrument.unit_told()
    if right is None:
        leading = Counter(m.unit for m in instrument.mentions if m.unit is not None).most_common(2)
        right = leading[0][0] if leading[0][1] > leading[1][1] else None
    told = "; ".join(sorted(f"{units.name_of(unit)}{_by_whom(issuers[unit])}" for unit in issuers))
    for mention in instrument.citations:
        if mention.unit is not None and mention.unit != right:
            message = f"{_name(instrument)} được ghi nhiều cơ quan ban hành khác nhau: {told}"
            yield _finding(mention, "issuer_conflict", "warning", message)


def _by_whom(told: _Told) -> str:
    """How many say so: ` (bản gốc và 3 văn bản)`."""
    said = [
        text for text, holds in (("bản gốc", told.held), (f"{len(told.documents)} văn bản", told.documents)) if holds
    ]
    return f" ({' và '.join(said)})" if said else ""


def _future_citations(instrument: Instrument) -> Iterator[Row]:
    for mention in instrument.citations:
        if mention.period is None:
            continue
        last = mention.period[1]
        if mention.issued_on is not None and mention.issued_on > last:
            day = _shown(mention.issued_on)
            message = f"{_name(instrument)} ghi ngày {day}, sau ngày của văn bản viện dẫn ({_shown(last)})"
            yield _finding(mention, "future_citation", "warning", message)
        elif mention.issued_on is None and mention.year is not None and mention.year > last.year:
            message = f"{_name(instrument)} ghi năm {mention.year}, sau năm của văn bản viện dẫn ({last.year})"
            yield _finding(mention, "future_citation", "warning", message)


def _finding(mention: Mention, kind: str, severity: str, message: str) -> Row:
    start, end = mention.span or (None, None)
    row: Mapping[str, object] = {
        "doc_id": mention.doc_id,
        "kind": kind,
        "severity": severity,
        "message": message,
        "char_start": start,
        "char_end": end,
    }
    return dict(row)


def _name(instrument: Instrument) -> str:
    row = instrument.row()
    words = [
        str(row["instrument_type"] or "văn bản").capitalize(),
        str(row["ref"] or row["title"] or row["number"] or ""),
    ]
    if row["ref"] is None and row["title"] and str(row["title"]).casefold().startswith(words[0].casefold()):
        words = words[1:]
    return " ".join(word for word in words if word)


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
