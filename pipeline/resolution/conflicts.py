"""What a careful clerk points out when all documents lie on the desk: dates and issuers that contradict each other, and
instruments cited before they existed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pipeline.resolution.instruments import Instrument, Mention
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


def _date_conflicts(instrument: Instrument) -> Iterator[Row]:
    dates = Counter(mention.issued_on for mention in instrument.mentions if mention.issued_on is not None)
    law = instrument.law
    if law is not None and law.passed is not None:
        dates[law.passed] += len(instrument.mentions)
    if len(dates) < 2:
        return
    right = instrument.issued_on
    told = ", ".join(_shown(day) for day in sorted(dates))
    for mention in instrument.citations:
        if mention.issued_on is not None and mention.issued_on != right:
            message = f"{_name(instrument)} được ghi nhiều ngày khác nhau: {told}"
            if right is not None:
                message += f"; ngày {_shown(mention.issued_on)} có thể sai, đối chiếu với ngày {_shown(right)}"
            yield _finding(mention, "date_conflict", "warning", message)


def _issuer_conflicts(instrument: Instrument, units: Units) -> Iterator[Row]:
    issuers = Counter(mention.unit for mention in instrument.mentions if mention.unit is not None)
    if len(issuers) < 2:
        return
    held = instrument.document
    leading = issuers.most_common(2)
    right = held.unit if held is not None else leading[0][0] if leading[0][1] > leading[1][1] else None
    told = ", ".join(sorted(units.name_of(unit) for unit in issuers if unit is not None))
    for mention in instrument.citations:
        if mention.unit is not None and mention.unit != right:
            message = f"{_name(instrument)} được ghi nhiều cơ quan ban hành khác nhau: {told}"
            yield _finding(mention, "issuer_conflict", "warning", message)


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
