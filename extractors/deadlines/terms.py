"""Terms: so much time, perhaps from an event on (`trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ`)."""

from __future__ import annotations

from functools import cache

import regex

from extractors.deadlines.recurrences import count_of
from extractors.deadlines.times import TimeWords
from extractors.grammar import table

_LENGTH = regex.compile(
    r"\s{1,3}(?:(?:là|tối\s+đa|không\s+quá|tối\s+thiểu|ít\s+nhất)\s+){0,2}(?P<n>\d{1,3}|\p{L}{2,4}(?:\s+(?:lăm|mươi))?)\s?(?:\(\s?[\p{L}\d\s]{1,20}\)\s?)?"
    r"(?P<unit>ngày|tuần|tháng|năm|giờ|tiếng|phút)(?!\p{L})(?P<working>\s+làm\s+việc)?(?!\s+(?:\d{1,2}/|\d{4}|đầu|cuối))",
    regex.I,
)
_RUNS = regex.compile(
    r"[,]?\s{0,3}(?:kể\s+từ|tính\s+từ|từ(?=\s+(?:ngày|khi|thời\s+điểm|lúc))"
    r"|sau(?=\s+(?:khi|ngày|[Đđ]ại\s+hội|[Hh]ội\s+nghị|(?:kỳ|cuộc|phiên)\s+họp|mỗi\s+(?:kỳ|đợt|cuộc)))|trước(?=\s+ngày|\s+khi))(?=\s)"
)
_TERM_OF = regex.compile(r"[^.;:,\n]{1,70}?(?:\s(?:là|không\s+quá)|:)(?=\s)")
_LATEST = regex.compile(r"(?:chậm|muộn|trễ)\s+nhất\s+(?:là|không\s+quá)$")
_FARTHEST_START = 300


def read_term(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    """`trong thời hạn 30 ngày`, `không quá 24 giờ`, `Thời hạn giải quyết: 15 ngày`."""
    length = _LENGTH.match(text, after, end)
    qualifier = "trong" if text[first : first + 5].lower() == "trong" else None
    if length is None and text[first : first + 4].lower() == "thời":
        what = _TERM_OF.match(text, after, end)
        length = _LENGTH.match(text, what.end(), end) if what else None
        latest = _LATEST.search(text, after, what.end()) if what else None
        qualifier = "chậm nhất" if latest else None
        first = latest.start() if latest else length.start("n") if length else first
    if length is None:
        return []
    return _with_length(text, first, length, qualifier, end)


def read_length(text: str, first: int, at: int, qualifier: str, end: int) -> list[TimeWords] | None:
    """What is said by the length of time at `at`, behind a qualifier; None where none stands there."""
    length = _LENGTH.match(text, at, end)
    return _with_length(text, first, length, qualifier, end) if length else None


def _with_length(text: str, first: int, length: regex.Match[str], qualifier: str | None, end: int) -> list[TimeWords]:
    count = count_of(length["n"])
    if not count:
        return []
    units: dict[str, str] = table("deadlines")["duration_units"]
    unit = units[length["unit"].lower()]
    duration = f"PT{count}{unit[1]}" if unit.startswith("T") else f"P{count}{unit}"
    stop, runs_from = length.end(), None
    runs = _RUNS.match(text, stop, end)
    if runs:
        farthest = min(end, runs.end() + _FARTHEST_START)
        close = _end_of_start().search(text, runs.end(), farthest)
        stop = close.start() if close else farthest
        runs_from = text[runs.end() : stop].strip()
    working = bool(length["working"])
    return [
        TimeWords(first, stop, qualifier, duration=duration, working_days=working, runs_from=runs_from, anchor="term")
    ]


@cache
def _end_of_start() -> regex.Pattern[str]:
    """Where the event that a term runs from has been told: at a mark, or where the next thing asked for begins."""
    asked = "|".join(row["words"] for row in table("deadlines")["asks_firmly"])
    return regex.compile(
        rf"[,;:.](?=[\s/]|$)|\)|\s\(|”|$|\n|(?<!\s)(?<!ngày|khi|là|hợp)\s+phải\s|\s+theo\s+(?:quy\s+định|đúng\s+quy)|\s+(?:và|đồng\s+thời)\s+(?=(?:{asked})(?!\p{{L}})[^.;\n]{{0,80}}\d)"
    )
