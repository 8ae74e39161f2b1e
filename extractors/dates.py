"""Dates as Vietnamese documents write them, in words or in figures, whole or in part.

A date is kept as written: one that no calendar has (31/02, the year 19111) is returned with `possible` False and is
never made into another. Two-figure years are read only after the word `ngày`, and only where the century is certain.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_LAST_SHORT_YEAR_OF_2000, _FIRST_SHORT_YEAR_OF_1900 = 40, 45
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MISREAD_DIGITS = str.maketrans("OoIl", "0011")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in the text: code points [start, end), the word `ngày`, `tháng` or `năm` before it included.

    A part that is not written is None. `possible` tells whether the parts can be a date at all.
    """

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    possible: bool

    @property
    def iso(self) -> str | None:
        """`YYYY-MM-DD`, None unless the date is whole and possible."""
        if self.year is None or self.month is None or self.day is None or not self.possible:
            return None
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[WrittenDate]:
    """Every date of `text[start:end]` in reading order.

    A day and month without a year count after the word `ngày`, a month and year after `tháng`.
    """
    return list(_dates(text, start, len(text) if end is None else end))


def date_at(text: str, pos: int) -> WrittenDate | None:
    """The date that begins at `pos`, blanks, a comma or an opening bracket before it apart.

    Here `25/11` and `5/2022` count without a word before them, and `tháng 6` alone: the caller
    knows that a date is due.
    """
    lead = _lead().match(text, pos)
    at = lead.end() if lead else pos
    found = _pattern().match(text, at) or _bare().match(text, at)
    if found is None:
        return None
    date = _written(found)
    return None if (date.year, date.month, date.day) == (None, None, None) else date


def _dates(text: str, start: int, end: int) -> Iterator[WrittenDate]:
    for found in _pattern().finditer(text, start, end):
        date = _written(found)
        if date.year is not None or date.day is not None:
            yield date


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(r"\s{0,8}(?:[,(]\s{0,4})?")


_DAY_WORD = r"[Nn][Gg][ÀàAaẢảÁáẠạ][Yy]"
_MONTH_WORD = r"[Tt][Hh][ÁáAaẢảÀàẠạ][Nn][Gg]"
_YEAR_WORD = r"[Nn][ĂăAaÂâẢảÁáÃãẮắ][Mm]"
_MONTH_WORD_SLIP = rf"(?<=\d\s)(?:{_DAY_WORD}|{_YEAR_WORD})(?=\s\d{{1,2}}\s(?:{_YEAR_WORD}|{_MONTH_WORD})\s\d{{4}})"
_YEAR_WORD_SLIP = rf"(?:{_DAY_WORD}|{_MONTH_WORD})(?=\s\d{{4}}(?!\d))"
_GAP = r"\s{0,6}"
_DOTS = r"\s{0,9}(?:[.…_]{1,20}\s{0,6})?"
_TWO = r"[\dOoIl]{1,2}(?![\dOo])"
_YEAR = r"(?:[\dOoIl]{4,5})(?!\d)"
_NOT_A_PERIOD = r"(?!\s?[-–]\s?\d{4})"


@cache
def _pattern() -> re.Pattern[str]:
    in_words = (
        rf"(?:(?<!\w){_DAY_WORD}(?:{_GAP}(?P<d1>{_TWO})|(?={_DOTS}[TtNn/])){_DOTS}[-,/]?{_GAP}"
        rf"|(?<![\w/.-])(?P<d2>\d{{1,2}}){_GAP}|(?<!\w))"
        rf"(?:{_MONTH_WORD}|{_MONTH_WORD_SLIP})(?:{_GAP}(?P<m1>{_TWO})(?!\d)|(?={_DOTS}{_YEAR_WORD}))"
        rf"(?:{_DOTS}[-,/.]?{_GAP}(?:(?:{_YEAR_WORD}|{_YEAR_WORD_SLIP}){_GAP}|(?<=[-,/.]){_GAP}|(?<=[-,/.] ))"
        rf"(?P<y1>{_YEAR}){_NOT_A_PERIOD})?"
    )
    in_figures = (
        rf"(?<!\w){_DAY_WORD}{_GAP}(?P<d3>\d{{1,2}})?{_DOTS}[/.-]{_GAP}(?P<m3>\d{{1,2}})?{_DOTS}"
        rf"(?:[/.-]{_GAP}(?P<y3>\d{{4,5}}|\d{{2}})(?![\d/]))(?!\s?/)"
        rf"|(?<!\w){_DAY_WORD}{_GAP}(?P<d4>\d{{1,2}})\s?[/.-]\s?(?P<m4>\d{{1,2}})(?![\d/]|\.\d|\s?-\s?\d)"
        rf"|(?<![\d/.,-])(?P<d5>\d{{1,2}})\s?(?P<sep>[/.-])\s?(?P<m5>\d{{1,2}})\s?(?P=sep)\s?(?P<y5>\d{{4,5}})(?![\d/]|\s?/)"
    )
    year = rf"(?<!\w){_YEAR_WORD}{_GAP}(?P<y6>\d{{4,5}})(?!\d){_NOT_A_PERIOD}"
    return re.compile(f"{in_figures}|{in_words}|{year}")


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(
        r"(?P<m7>\d{1,2})\s?[/-]\s?(?P<y7>\d{4})(?![\d/])|(?P<d8>\d{1,2})\s?[/-]\s?(?P<m8>\d{1,2})(?![\d/]|\s?/\s?\d|-\s?\d)"
    )


def _written(found: re.Match[str]) -> WrittenDate:
    parts = {name[0]: _figure(value, name) for name, value in found.groupdict().items() if value and name != "sep"}
    year, month, day = parts.get("y"), parts.get("m"), parts.get("d")
    end = found.end()
    while found.string[end - 1].isspace():
        end -= 1
    return WrittenDate(year, month, day, found.start(), end, is_possible(year, month, day))


def _figure(value: str, name: str) -> int | None:
    figure = int(value) if value.isdecimal() else int(value.translate(_MISREAD_DIGITS))
    if name[0] != "y" or len(value) > 2:
        return figure
    if figure <= _LAST_SHORT_YEAR_OF_2000:
        return 2000 + figure
    return 1900 + figure if figure >= _FIRST_SHORT_YEAR_OF_1900 else None


def is_possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether the calendar has such a date; what is not known may be anything."""
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    return 1 <= day <= (31 if month is None else _days_of(month, year or 2000))


def _days_of(month: int, year: int) -> int:
    return 29 if month == 2 and calendar.isleap(year) else _DAYS[month - 1]
