"""What time words say: a point in time or a period, a recurrence, a term."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from extractors.dates import is_possible
from extractors.records import DeadlineKind


@dataclass(frozen=True, slots=True)
class When:
    """A day, month, quarter, half-year or year, perhaps with a time of day; parts that are not written are None.

    `part` is `cuối`, `đầu` or `giữa` for a vague part of the unit.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    part: str | None = None
    time: str | None = None

    @property
    def is_day(self) -> bool:
        """Whether a single day is named."""
        return self.day is not None

    def last_day(self, year: int | None = None) -> date | None:
        """The last day that is meant, `year` standing in for one that is not written; None when it stays open."""
        of_year = self.year or year
        if of_year is None:
            return None
        month = self.month or (self.quarter * 3 if self.quarter else None) or (self.half * 6 if self.half else None)
        if self.day is not None:
            ok = month is not None and is_possible(of_year, month, self.day)
            return date(of_year, month, self.day) if ok and month is not None else None
        month = month or 12
        if not 1 <= month <= 12:
            return None
        last = calendar.monthrange(of_year, month)[1]
        return date(of_year, month, {"đầu": 10, "giữa": 20}.get(self.part or "", last))


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Time words [start, end) with what they say; which kind of deadline they would make follows from the fields."""

    start: int
    end: int
    qualifier: str | None = None
    when: When | None = None
    since: When | None = None
    recurrence: str | None = None
    duration: str | None = None
    working_days: bool | None = None
    runs_from: str | None = None
    anchor: str = ""

    @property
    def kind(self) -> DeadlineKind:
        """`date`, `period`, `recurring` or `relative` (EXTRACTION, deadlines)."""
        if self.duration is not None:
            return "relative"
        if self.when is None or (self.recurrence is not None and self.when.year is None):
            return "recurring"
        return "date" if self.when.is_day and self.since is None else "period"
