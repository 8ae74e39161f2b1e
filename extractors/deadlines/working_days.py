"""The last day of a term in days, working days, weeks, months or years whose first day is known.

The day that starts the term does not count (Bộ luật Dân sự 2015, Điều 147). Working days leave out Saturdays, Sundays
and the public holidays of Việt Nam (Bộ luật Lao động 2019, Điều 112).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import regex

from extractors.dates import find_dates

if TYPE_CHECKING:
    from holidays import HolidayBase

_DURATION = regex.compile(r"P(?P<count>\d{1,3})(?P<unit>[DWMY])")
_OWN_DATE = regex.compile(
    r"(?:ngày\s+)?(?:ký(?:\s+ban\s+hành)?|ban\s+hành)(?:\s+(?:Quyết|Văn|Công|Thông|Kế|Chỉ)\s+\p{L}+)?(?:\s+này)?\s*$"
)
_LONGEST_TERM = 3650


def end_of_term(duration: str, working_days: bool, runs_from: str, issued: date | None) -> date | None:
    """The last day of `duration` (ISO 8601) after the date in `runs_from`, or after `issued` for `ngày ký`."""
    start = _start(runs_from, issued)
    length = _DURATION.fullmatch(duration)
    if start is None or length is None:
        return None
    count = int(length["count"])
    if length["unit"] == "D":
        return _working_day(start, count) if working_days else start + timedelta(days=count)
    if length["unit"] == "W":
        return start + timedelta(weeks=count)
    return _months_later(start, count * (12 if length["unit"] == "Y" else 1))


def _start(runs_from: str, issued: date | None) -> date | None:
    written = next((found.iso for found in find_dates(runs_from)), None)
    if written is not None:
        return date.fromisoformat(written)
    return issued if _OWN_DATE.match(runs_from) else None


def _months_later(start: date, months: int) -> date | None:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


@cache
def _holidays() -> HolidayBase:
    import holidays

    return holidays.country_holidays("VN")


def _working_day(start: date, count: int) -> date | None:
    day = start
    for _ in range(_LONGEST_TERM):
        if count == 0:
            return day
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in _holidays():
            count -= 1
    return None
