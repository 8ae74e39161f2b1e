"""Deadlines as an iCalendar file (RFC 5545): all-day events, recurring ones with their rule.

A recurring term begins on its first occurrence after the document (view deadline_terms and macro occurrences_between
tell it) and ends with the last year that the document's subject names; a term that never falls on a day is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from icalendar import Alarm, Calendar, Event, vRecur

from pipeline.warehouse.opening import named_rows

_LONGEST_SUMMARY = 120
_TERMS = """
SELECT
    deadlines.deadline_id, documents.doc_id, documents.ref, documents.doc_type, documents.source_path,
    documents.issuer AS told_by, deadlines.responsible AS who_must, deadlines.report_to, deadlines.obligation AS what,
    deadlines.quote AS by_when, deadlines.due_time, deadlines.page_no, terms.recurrence, terms.due_on, terms.starts_on,
    terms.ends_on
FROM deadline_terms AS terms
JOIN deadlines USING (deadline_id)
JOIN documents ON documents.doc_id = deadlines.doc_id
WHERE $only IS NULL OR list_contains($only, deadline_id)
ORDER BY terms.due_on, deadline_id
"""
_FIRST_OCCURRENCES = """
SELECT deadline_id, min(due_on) FROM occurrences_between($since, $until)
WHERE is_recurring AND list_contains($ids, deadline_id) GROUP BY deadline_id
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
    terms = named_rows(db, _TERMS, {"only": None if only is None else list(only)})
    first = _first_occurrences(db, terms)
    calendar = Calendar()
    calendar.add("prodid", "-//vanban//thoi han//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Thời hạn trong văn bản")
    written = 0
    for term in terms:
        day = first.get(term["deadline_id"]) if term["recurrence"] else None
        event = _event(term, day or term["due_on"], made_at.astimezone(UTC), remind_days)
        if event is not None:
            calendar.add_component(event)
            written += 1
    path.write_bytes(calendar.to_ical())
    return WrittenCalendar(written, len(terms) - written)


def _first_occurrences(db: duckdb.DuckDBPyConnection, terms: Sequence[Mapping[str, Any]]) -> dict[str, date]:
    """The first day on or after its document on which each recurring term falls."""
    recurring = [term for term in terms if term["recurrence"] and (term["starts_on"] or term["due_on"])]
    if not recurring:
        return {}
    begun = [term["starts_on"] or term["due_on"] for term in recurring]
    rows = db.execute(
        _FIRST_OCCURRENCES,
        {
            "since": min(begun),
            "until": max(begun) + timedelta(days=800),
            "ids": [term["deadline_id"] for term in recurring],
        },
    ).fetchall()
    return {str(deadline_id): day for deadline_id, day in rows}


def _event(term: Mapping[str, Any], day: date | None, made_at: datetime, remind_days: int | None) -> Event | None:
    if day is None:
        return None
    event = Event()
    event.add("uid", f"{term['deadline_id']}@vanban")
    event.add("dtstamp", made_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _summary(term))
    event.add("description", _description(term))
    event.add("transp", "TRANSPARENT")
    if term["told_by"]:
        event.add("categories", [term["told_by"]])
    if term["recurrence"]:
        event.add("rrule", vRecur.from_ical(rule_from(term["recurrence"], day, term["ends_on"])))
    if remind_days is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-remind_days))
        alarm.add("description", _summary(term))
        event.add_component(alarm)
    return event


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
