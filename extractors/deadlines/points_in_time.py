"""A day, month, quarter, half-year or year where time words name one, with the time of day in front of it."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.dates import date_at
from extractors.deadlines.times import When
from extractors.grammar import table

_CLOCK = regex.compile(
    r"\s{1,3}(?P<hour>\d{1,2})\s?(?:giờ|h|g|:)\s?(?P<minute>\d{2})?(?:\s?(?:phút|['’]))?(?:\s+(?P<half>sáng|chiều|tối))?[,]?(?:\s*\([^()\n]{0,30}\))?"
    r"(?=\s|,|$|[).;])"
)
_DAY_LIST = regex.compile(
    r"\s{0,3}(?:ngày\s+)?(?!\d{1,2}\s?-\s?\d{1,2}\s?-)(?:\d{1,2}\s?(?:,|và|-|–|&)\s?){1,4}(?=\d{1,2}\s?[/.-]\s?\d{1,2})",
    regex.I,
)
_WEEKDAY = regex.compile(
    r"\s{0,3}(?:(?:ngày\s+)?[Tt]hứ\s+(?P<weekday>\p{L}{2,4}|[2-7])(?!\p{L}))[,]?(?:\s*\((?=ngày))?"
)
_DAY_ONLY = regex.compile(
    r"\s{1,3}(?:ngày|mùng|mồng)\s+(?P<day>\d{1,2})(?![\d]|\s?[/.-]\s?\d|\s?,\s?\d)(?!\s+(?:ngày|tháng\s+\d))"
)
_QUARTER = regex.compile(
    r"\s{1,3}(?:[Qq]uý|QUÝ)\s+(?:(?:[1-4]|I{1,3})(?:\s?,\s?|\s+và\s+)(?:quý\s+)?){0,3}(?P<quarter>[1-4]|I{1,3}|IV)(?![\p{L}\d])"
    r"(?:\s?(?:/|-|năm|,\s?năm)\s?(?P<year>\d{4}))?"
)
_HALF = regex.compile(r"\s{1,3}0?6\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<year>\d{4}))?")
_PART = regex.compile(r"\s{1,3}(?P<part>đầu|giữa|cuối)(?=\s+(?:tháng|quý|năm)\s+\d|\s+quý\s+[IV])", regex.I)
_YEAR = regex.compile(r"\s{1,3}năm\s+(?P<year>\d{4})(?!\d|\s?[-–])")
_LONGEST_QUARTER, _LONGEST_PART = 40, 16


def point_at(text: str, at: int, end: int) -> When | None:
    """The day, month, quarter or year that begins at `at`, with the time of day before it."""
    clock = _CLOCK.match(text, at, end)
    after = clock.end() if clock else at
    time = _time_of_day(clock) if clock else None
    weekday = _WEEKDAY.match(text, after, end)
    if weekday:
        after = weekday.end()
    when = day_or_longer_at(text, after, end)
    if when is None or when.end > end:
        return None
    first = at
    while first < end and text[first].isspace():
        first += 1
    stop = when.end
    if text[stop : stop + 1] == ")" and text.count("(", at, stop) > text.count(")", at, stop):
        stop += 1
    return replace(when, start=first, end=stop, time=time)


def _time_of_day(clock: regex.Match[str]) -> str | None:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"] in ("chiều", "tối") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None


def day_or_longer_at(text: str, at: int, end: int) -> When | None:
    """The day, month, quarter or year that begins at `at`."""
    days = _DAY_LIST.match(text, at, end)
    found = date_at(text, days.end() if days else at)
    if found is not None:
        is_date = found.possible or text[found.start] in "Nn"
        if not is_date or found.end > end or found.start - (days.end() if days else at) > 4:
            return None
        return When(at, found.end, found.year, found.month, found.day)
    part = _PART.match(text, at, end)
    if part:
        unit = day_or_longer_at(text, part.end(), end)
        return replace(unit, part=part["part"].lower()) if unit else None
    for pattern in (_QUARTER, _HALF, _YEAR, _DAY_ONLY):
        match = pattern.match(text, at, end)
        if match:
            return _from_groups(match)
    return None


def _from_groups(match: regex.Match[str]) -> When:
    groups = match.groupdict()
    year, day, quarter, half = (groups.get(name) for name in ("year", "day", "quarter", "half"))
    return When(
        match.start(),
        match.end(),
        year=int(year) if year else None,
        day=int(day) if day else None,
        quarter=({"I": 1, "II": 2, "III": 3, "IV": 4}.get(quarter) or int(quarter)) if quarter else None,
        half={"đầu": 1, "cuối": 2}[half] if half else None,
    )


def quarter_at(text: str, first: int, end: int) -> When | None:
    """The quarter whose word begins at `first`, without a blank in front of it."""
    match = _QUARTER.match(" " + text[first:end][:_LONGEST_QUARTER])
    return replace(_from_groups(match), start=first, end=first + match.end() - 1) if match else None


def is_end_of_period(text: str, first: int) -> bool:
    """Whether `cuối` at `first` goes with a month, quarter or year that is named (`cuối tháng 10`)."""
    return _PART.match(" " + text[first : first + _LONGEST_PART]) is not None


def day_of_month_at(text: str, at: int, end: int) -> tuple[int, int] | None:
    """The day of a month that is not named (`ngày 25`), and where it ends."""
    match = _DAY_ONLY.match(text, at, end)
    return (int(match["day"]), match.end()) if match else None


def clock_and_weekday_at(text: str, at: int, end: int) -> tuple[int, str | None]:
    """Where a time of day and a day of the week end (`at` where there is none), and the day's two letters."""
    clock = _CLOCK.match(text, at, end)
    stop = clock.end() if clock else at
    weekday = _WEEKDAY.match(text, stop, end)
    return (weekday.end(), weekday_code(weekday["weekday"])) if weekday else (stop, None)


def weekday_code(name: str) -> str | None:
    """The two letters of RFC 5545 for a day of the week (`sáu`, `6` → FR)."""
    days: dict[str, str] = table("deadlines")["weekdays"]
    return days.get(name.lower())
