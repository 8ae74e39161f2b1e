"""Time words that recur: `định kỳ 6 tháng`, `hằng quý`, `thứ Sáu hằng tuần`, `02 lần/năm`, as rules of RFC 5545."""

from __future__ import annotations

import re
from dataclasses import replace

import regex

from extractors.deadlines.points_in_time import (
    day_of_month_at,
    day_or_longer_at,
    is_end_of_period,
    point_at,
    weekday_code,
)
from extractors.deadlines.qualifiers import qualifier_at
from extractors.deadlines.times import TimeWords
from extractors.grammar import table

_NUMBER = re.compile(r"\d+")
_MORE_DAYS = regex.compile(
    r"(?:\s?(?:,|;|và)\s?(?:ngày\s+)?\d{1,2}(?![\d/.]|-\d)){1,4}(?=\s+(?:hằng|hàng|mỗi|của|từng|các))"
)
_EVERY = regex.compile(
    r"\s{0,3}[,(]?\s?(?:của\s+)?(?:tháng\s+cuối\s+(?:của\s+)?)?(?:(?:hằng|hàng|hăng|mỗi|từng|các)\s+)(?P<unit>ngày|tuần|tháng|quý|năm)(?!\p{L})(?:\))?"
    r"|\s{0,3}(?:của\s+)?tháng\s+cuối\s+(?:của\s+)?(?P<quarter_end>quý)(?!\p{L})"
    r"|\s{0,3}(?:của\s+)?(?P<following>tháng|năm)\s+(?:sau|tiếp\s+theo|kế\s+tiếp|báo\s+cáo)(?:\s+liền\s+kề)?(?!\p{L})",
    regex.I,
)
_UNIT = regex.compile(
    r"\s{0,3}(?:(?:hằng|hàng|mỗi)\s+)?(?:(?P<n>\d{1,2}|một|hai|ba|bốn|sáu)\s+)?(?P<unit>ngày(?!\s+\d)|tuần|tháng|quý|năm|học\s+kỳ)(?!\p{L})",
    regex.I,
)
_WEEKDAY_OF_EACH = regex.compile(
    r"\s{0,2},?\s{0,2}\(?(?:vào\s+)?(?:(?:buổi\s+)?(?:sáng|chiều)\s+)?(?:ngày\s+)?thứ\s+(?P<weekday>\p{L}{2,4}|[2-7])(?!\p{L})\)?",
    regex.I,
)
_DAY_OF_EACH = regex.compile(r"\s{0,2},?\s{1,3}(?=(?:trước|vào|chậm\s+nhất|muộn\s+nhất)\s)", regex.I)
_AND_UNIT = regex.compile(
    r"\s{0,3}(?:,|và|;)\s{0,3}(?:(?:hằng|hàng|mỗi)\s+)?(?:(?P<n>\d{1,2}|một|hai|ba|sáu|chín)\s+)?(?P<unit>tuần|tháng|quý|năm)(?![\p{L}])(?!\s+\d)",
    regex.I,
)
_ONCE = regex.compile(
    r"\s{0,2}[/,]?\s?\(?(?:(?:ít\s+nhất|tối\s+thiểu)\s+)?(?:\d{1,2}|một|hai)\s+(?:lần|kỳ|buổi|đợt)\)?(?:\s?/\s?\d{1,2}\s?giờ)?",
    regex.I,
)
_PER = regex.compile(
    r"\s+(?:lần|buổi|kỳ|đợt)\s{0,2}/\s{0,2}(?:(?P<n>\d{1,2}|một)\s+)?(?P<unit>ngày|tuần|tháng|quý|năm|học\s+kỳ)(?!\p{L})",
    regex.I,
)
_END_OF_UNIT = regex.compile(
    r"\s+(?P<unit>tháng|quý|năm|tuần|học\s+kỳ(?:\s+(?:1|2|I|II)(?!\d))?)(?:\s+học)?(?P<more>\s+và\s+cuối\s+năm(?:\s+học)?)?"
    r"(?![\p{L}\d])"
)
_LAST_DAY_OF = {"tháng": "FREQ=MONTHLY;BYMONTHDAY=-1", "quý": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"}
_OF_A_DAY = ("FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY")


def rule_of(unit: str, count: int | None = None) -> str | None:
    """The rule of a unit that recurs (`tháng`, 6 → FREQ=MONTHLY;INTERVAL=6), None where RFC 5545 has none."""
    frequencies: dict[str, str] = table("deadlines")["frequencies"]
    name = " ".join(unit.lower().split())
    if count in (None, 1):
        return frequencies[name]
    if name == "tháng":
        return frequencies["năm"] if count == 12 else f"FREQ=MONTHLY;INTERVAL={count}"
    return f"{frequencies[name]};INTERVAL={count}" if "INTERVAL" not in frequencies[name] else None


def count_of(text: str | None) -> int | None:
    """A number in figures or in words (`sáu`)."""
    if text is None:
        return None
    numbers: dict[str, int] = table("deadlines")["numbers"]
    return int(text) if text.isdigit() else numbers.get(" ".join(text.lower().split()))


def with_recurrence(text: str, words: TimeWords, end: int) -> TimeWords | None:
    """`words` with the `hằng tháng` that follows a date, None for a day of no month."""
    when = words.when
    lists_days = when is not None and when.day is not None and when.month is None
    more = _MORE_DAYS.match(text, words.end, end) if lists_days else None
    every = _EVERY.match(text, more.end() if more else words.end, end)
    if every is None or when is None:
        return None if lists_days else words
    unit = (every["unit"] or every["quarter_end"] or every["following"]).lower()
    rule = rule_of("quý" if "cuối" in every.group().lower() and "quý" in every.group().lower() else unit)
    if rule is None:
        return None
    if when.month is not None and unit == "năm":
        rule += f";BYMONTH={when.month}"
    if when.day is not None:
        rule += f";BYMONTHDAY={when.day}"
    if more:
        rule += "".join(f",{int(day)}" for day in _NUMBER.findall(more.group()))
    return replace(words, end=every.end(), recurrence=rule)


def each_unit(text: str, first: int, after: int, end: int) -> TimeWords | None:
    """`định kỳ 6 tháng`, `hằng quý`: the word of recurrence at `first` and the unit behind it."""
    unit = _UNIT.match(text, after, end)
    rule = rule_of(unit["unit"], count_of(unit["n"])) if unit else None
    return TimeWords(first, unit.end(), recurrence=rule, anchor="each") if unit and rule else None


def unit_that_follows(text: str, at: int, end: int) -> tuple[str | None, int] | None:
    """The rule of a further unit in a list (`6 tháng, một năm`), and where it ends."""
    following = _AND_UNIT.match(text, at, end)
    return (rule_of(following["unit"], count_of(following["n"])), following.end()) if following else None


def rest_of_each(text: str, words: TimeWords, end: int) -> TimeWords:
    """`words`, a recurring unit, with the day of it that is named, or with how often and which further units."""
    named = _with_day_named(text, words, end)
    if named:
        return named
    stop = words.end
    for more in (_ONCE, _AND_UNIT, _AND_UNIT):
        match = more.match(text, stop, end)
        stop = match.end() if match else stop
    return replace(words, end=stop)


def every_unit_at(text: str, at: int, end: int) -> tuple[str, int] | None:
    """The rule of `hằng tuần`, `mỗi tháng` or the like at `at`, and where it ends."""
    every = _EVERY.match(text, at, end)
    rule = rule_of(every["unit"]) if every and every["unit"] else None
    return (rule, every.end()) if every and rule else None


def day_of_each(text: str, first: int, after: int, end: int) -> TimeWords | None:
    """`định kỳ ngày 25 hằng tháng`, `định kỳ trước ngày 10 hằng quý`."""
    when = point_at(text, after, end)
    words = with_recurrence(text, TimeWords(first, when.end, None, when, anchor="each"), end) if when else None
    return words if words is not None and words.recurrence is not None else None


def _with_day_named(text: str, words: TimeWords, end: int) -> TimeWords | None:
    """`Hằng tháng, trước ngày 20`, `hằng tuần vào thứ sáu`: the day that follows its unit."""
    weekday = _WEEKDAY_OF_EACH.match(text, words.end, end) if words.recurrence == "FREQ=WEEKLY" else None
    code = weekday_code(weekday["weekday"]) if weekday else None
    if weekday and code:
        stop = weekday.end() - (weekday.group().endswith(")") and "(" not in weekday.group())
        return replace(words, end=stop, recurrence=f"FREQ=WEEKLY;BYDAY={code}")
    gap = _DAY_OF_EACH.match(text, words.end, end) if words.recurrence in _OF_A_DAY else None
    qualified = qualifier_at(text, gap.end(), end) if gap else None
    if qualified is None:
        return None
    qualifier, at = qualified
    if words.recurrence == "FREQ=YEARLY":
        when = point_at(text, at, end)
        if when is None or when.year is not None or not (when.month and when.day):
            return None
        rule = f"FREQ=YEARLY;BYMONTH={when.month};BYMONTHDAY={when.day}"
        return replace(words, end=when.end, qualifier=qualifier, recurrence=rule)
    day = day_of_month_at(text, at, end)
    if day is None:
        return None
    return replace(words, end=day[1], qualifier=qualifier, recurrence=f"{words.recurrence};BYMONTHDAY={day[0]}")


def read_times(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    """`02 lần/năm`, `một buổi/tuần`."""
    per = _PER.match(text, after, end)
    rule = rule_of(per["unit"], count_of(per["n"])) if per else None
    return [TimeWords(first, per.end(), recurrence=rule, anchor="times")] if per and rule else []


def read_once(text: str, first: int, _after: int, end: int) -> list[TimeWords]:
    """`6 tháng một lần`, `sáu tháng một lần`."""
    unit = _UNIT.match(text, first, end)
    once = _ONCE.match(text, unit.end(), end) if unit else None
    rule = rule_of(unit["unit"], count_of(unit["n"])) if unit else None
    return [TimeWords(first, once.end(), recurrence=rule, anchor="each")] if once and rule else []


def read_weekday(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    """`thứ Sáu hằng tuần`, `định kỳ thứ Sáu hằng tuần`."""
    weekday = _WEEKDAY_OF_EACH.match(text, first, end) or _WEEKDAY_OF_EACH.match(text, after, end)
    every = _EVERY.match(text, weekday.end(), end) if weekday else None
    code = weekday_code(weekday["weekday"]) if weekday else None
    if every is None or code is None:
        return []
    return [TimeWords(first, every.end(), recurrence=f"FREQ=WEEKLY;BYDAY={code}", anchor="each")]


def read_end_of(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    """`cuối tháng 10`, `cuối mỗi quý`, `cuối học kỳ I và cuối năm học`."""
    if is_end_of_period(text, first):
        when = day_or_longer_at(text, after, end)
        return [TimeWords(first, when.end, None, replace(when, part="cuối"), anchor="bare")] if when else []
    match = _END_OF_UNIT.match(text, after, end)
    if match is None:
        return []
    unit = match["unit"].split()[0]
    if unit == "học":
        return [TimeWords(first, match.end(), recurrence=rule_of("học kỳ"), anchor="end of")] if match["more"] else []
    every = _EVERY.match(text, match.end(), end)
    rule = _LAST_DAY_OF.get(unit) or rule_of(unit)
    return [TimeWords(first, every.end() if every else match.end(), recurrence=rule, anchor="end of")]
