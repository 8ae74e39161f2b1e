"""Deadlines as an iCalendar file (RFC 5545): all-day events, recurring ones with their rule.

A recurring term begins on its first occurrence after the document (view deadline_terms and macro occurrences_between
tell it) and ends with the last year that the document's subject names; a term that never falls on a day is left out.
Lines are written as the terms are read, so that a calendar of any length costs no memory; a general library builds an
object a property, which takes ten times as long (docs/DECISIONS.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

_LONGEST_SUMMARY = 120
_LINE_BYTES = 75
_BATCH = 2_000
_SPECIAL = re.compile(r"[\\;,\x00-\x1f\x7f]")
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_BEGINNING = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vanban//thoi han//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    "X-WR-CALNAME:Thời hạn trong văn bản",
)  # fmt: skip
_TERMS = """
SELECT
    deadlines.deadline_id, documents.doc_id, documents.ref, documents.doc_type, documents.source_path,
    documents.issuer AS told_by, deadlines.responsible AS who_must, deadlines.report_to, deadlines.obligation AS what,
    deadlines.quote AS by_when, deadlines.due_time, deadlines.page_no, terms.recurrence, terms.due_on, terms.starts_on,
    terms.ends_on
FROM deadline_terms AS terms
JOIN deadlines USING (deadline_id)
JOIN documents ON documents.doc_id = deadlines.doc_id
WHERE $only IS NULL OR deadline_id IN (SELECT unnest($only))
ORDER BY terms.due_on, deadline_id
"""
_FIRST_DAYS = """
SELECT occurrences.deadline_id, min(occurrences.due_on)
FROM occurrences_between('1900-01-01', '2200-12-31', in_first_days := 4000) AS occurrences
JOIN deadline_terms AS terms USING (deadline_id)
WHERE terms.recurrence IS NOT NULL
    AND ($only IS NULL OR deadline_id IN (SELECT unnest($only)))
    AND (occurrences.is_recurring OR occurrences.due_on >= coalesce(terms.starts_on, occurrences.due_on))
GROUP BY occurrences.deadline_id
"""


@dataclass(frozen=True, slots=True)
class WrittenCalendar:
    """How many events were written, and how many terms fall on no day that can be told."""

    events: int
    left_out: int


def write_calendar(
    db: duckdb.DuckDBPyConnection, path: Path, made_at: datetime, only: Sequence[str] | None = None,
    remind_days: int | None = None,
) -> WrittenCalendar:  # fmt: skip
    """Write the terms of the warehouse, or those with the ids `only`, with a reminder some days before if wanted."""
    stamp = f"{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    first = _first_days(db, only)
    events = left_out = 0
    with path.open("wb") as file:
        file.writelines(map(_folded, _BEGINNING))
        for term in _terms(db, only):
            day = first.get(term["deadline_id"]) if term["recurrence"] else None
            if day is None:
                day = term["due_on"]
            if day is None:
                left_out += 1
                continue
            file.writelines(map(_folded, _event(term, day, stamp, remind_days)))
            events += 1
        file.write(_folded("END:VCALENDAR"))
    return WrittenCalendar(events, left_out)


def _terms(db: duckdb.DuckDBPyConnection, only: Sequence[str] | None) -> Iterator[Mapping[str, Any]]:
    with db.cursor() as cursor:
        answer = cursor.execute(_TERMS, {"only": None if only is None else list(only)})
        columns = [str(column[0]) for column in answer.description or ()]
        while rows := answer.fetchmany(_BATCH):
            for row in rows:
                yield dict(zip(columns, row, strict=True))


def _first_days(db: duckdb.DuckDBPyConnection, only: Sequence[str] | None) -> dict[str, date]:
    """The first day since its document on which each recurring term falls."""
    rows = db.execute(_FIRST_DAYS, {"only": None if only is None else list(only)}).fetchall()
    return {str(deadline_id): day for deadline_id, day in rows}


def _event(term: Mapping[str, Any], day: date, stamp: str, remind_days: int | None) -> Iterator[str]:
    """The lines of one event, not yet folded."""
    summary = _text(_summary(term))
    yield "BEGIN:VEVENT"
    yield f"UID:{term['deadline_id']}@vanban"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{_text(_description(term))}"
    yield "TRANSP:TRANSPARENT"
    if term["told_by"]:
        yield f"CATEGORIES:{_text(term['told_by'])}"
    if term["recurrence"]:
        yield f"RRULE:{rule_from(term['recurrence'], day, term['ends_on'])}"
    if remind_days is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER:-P{remind_days}D"
        yield f"DESCRIPTION:{summary}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """Words as a value of type TEXT (RFC 5545, 3.3.11); control characters are left out."""
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], ""), words)


def _folded(line: str) -> bytes:
    """A content line in pieces of at most 75 bytes, no letter cut in two (RFC 5545, 3.1)."""
    rest, pieces, room = line.encode(), [], _LINE_BYTES
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(rest[:cut])
        rest, room = rest[cut:], _LINE_BYTES - 1
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"


def rule_from(recurrence: str, first: date, last: date | None) -> str:
    """The rule with the day it falls on written out, so that every calendar program counts as the warehouse does.

    A rule that begins on the last day of a month stays on last days; one on the 29th, 30th or 31st falls on the last
    day of shorter months.
    """
    parts = dict(part.split("=", 1) for part in recurrence.split(";"))
    if parts["FREQ"] in ("MONTHLY", "YEARLY"):
        if parts["FREQ"] == "YEARLY":
            parts.setdefault("BYMONTH", str(first.month))
        last_of_month = (first + timedelta(days=1)).day == 1
        told = parts.get("BYMONTHDAY")
        if told is None and last_of_month:
            parts["BYMONTHDAY"] = "-1"
        elif told is None or int(told) > 28:
            day = first.day if told is None else int(told)
            days = range(min(28, day), day + 1)
            parts["BYMONTHDAY"] = ",".join(map(str, days))
            if len(days) > 1:
                parts["BYSETPOS"] = "-1"
    if last is not None and last >= first:
        parts["UNTIL"] = f"{last:%Y%m%d}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _summary(term: Mapping[str, Any]) -> str:
    what = " ".join((term["what"] or term["by_when"]).split())
    time = f" {term['due_time']}" if term["due_time"] else ""
    text = f"Hạn{time}: {what}"
    return text if len(text) <= _LONGEST_SUMMARY else text[: _LONGEST_SUMMARY - 1] + "…"


def _description(term: Mapping[str, Any]) -> str:
    document = " ".join(part for part in (term["doc_type"], term["ref"]) if part)
    place = f"{term['source_path']}, trang {term['page_no'] or 1}"
    lines = (
        ("Việc phải làm", term["what"]),
        ("Thời hạn ghi", term["by_when"]),
        ("Ai làm", term["who_must"]),
        ("Báo cáo cho", term["report_to"]),
        ("Cơ quan giao", term["told_by"]),
        ("Văn bản", document),
        ("Tệp", place),
    )
    return "\n".join(f"{label}: {' '.join(str(value).split())}" for label, value in lines if value)
