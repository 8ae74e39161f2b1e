"""Time words with what is said around them: the paragraph, sentence, clause and section they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from extractors.deadlines.obligations import asks
from extractors.deadlines.time_words import find_time_words
from extractors.deadlines.times import TimeWords
from extractors.records import Section
from extractors.text.paragraphs import Line
from extractors.text.sentences import sentences

_SILENT_ZONES = frozenset({"header", "title", "recipients", "signature"})
_FORWARD_ROLES = frozenset({"nhiệm vụ giải pháp", "phương hướng", "kiến nghị", "tổ chức thực hiện"})
_ITEM = regex.compile(r"\s*(?:[-+*•–—]\s*)?(?:\(?[\p{L}\d]{1,3}[.)]\s*)?$")
_AND_ANOTHER_DAY = regex.compile(r"(?:\s*\([^()\n]{1,40}\))?\s*(?:,\s*)?và\s*")
_BRACKET = regex.compile(r"\s?\([^()\n]{1,80}\) $")  # `đăng ký về Quận đoàn (đ/c A, SĐT …) | trong ngày …`
_BULLET = regex.compile(r"^\W*(?:\(?[\p{L}\d.]{1,6}[.)]\s+)?")
REACH = 2000
"""As far as a sentence is looked at round the time words."""


@dataclass(slots=True)
class SaidTime:
    """Time words in their paragraph, sentence and section.

    `before` and `after` are what the sentence says around the time words, `clause` is the clause in front of them.
    """

    text: str
    line: Line
    start: int
    end: int
    words: TimeWords
    section: Section | None
    looks_back: bool
    before: str = field(init=False)
    after: str = field(init=False)
    clause: str = field(init=False)

    def __post_init__(self) -> None:
        words = self.words
        self.before = self.text[max(self.start, words.start - REACH) : words.start]
        self.after = self.text[words.end : min(self.end, words.end + REACH)]
        bracket = _BRACKET.search(self.before) if self.before.endswith(") ") else None
        self.clause = _last_clause(self.before[: bracket.start()] if bracket else self.before)

    @property
    def asks_before(self) -> bool:
        """Whether the sentence asks for something in front of the time words."""
        return asks(self.before)

    @property
    def opens(self) -> bool:
        """Whether the time words open the sentence or item."""
        return _ITEM.match(self.before) is not None


def _last_clause(words: str) -> str:
    at = len(words)
    while at >= 0:
        at = max(words.rfind(",", 0, at), words.rfind(";", 0, at), words.rfind(":", 0, at))
        if words[at + 1 : at + 2].isspace():
            break
    return words[at + 1 :]


def said_times(flow: str, sections: Sequence[Section], reports: bool) -> Iterator[SaidTime]:
    """The time words of the zones that may ask for something, each with its paragraph, sentence and section."""
    starts = [section.start for section in sections]
    for line, found in _by_paragraph(flow):
        section = sections[max(bisect_right(starts, line.start) - 1, 0)] if sections else None
        if section is not None and section.zone in _SILENT_ZONES:
            continue
        looks_back = reports and not any(around.role in _FORWARD_ROLES for around in enclosing(section, sections))
        spans = list(sentences(flow, line.start, line.end))
        at = 0
        for words in _shared_words(found, flow):
            while at + 1 < len(spans) and spans[at][1] <= words.start:
                at += 1
            start, end = spans[at]
            yield SaidTime(flow, line, start, max(end, words.end), words, section, looks_back)


def _by_paragraph(flow: str) -> Iterator[tuple[Line, list[TimeWords]]]:
    start, end = 0, -1
    found: list[TimeWords] = []
    for words in find_time_words(flow):
        if words.start >= end:
            if found:
                yield Line(start, end, flow[start:end]), found
            found = []
            start, end = flow.rfind("\n", 0, words.start) + 1, flow.find("\n", words.start)
            end = len(flow) if end < 0 else end
        found.append(words)
    if found:
        yield Line(start, end, flow[start:end]), found


def _shared_words(found: list[TimeWords], flow: str) -> list[TimeWords]:
    """`trước ngày 15/6 (đợt 1) và 15/12 hằng năm`: the first `trước` and the last `hằng năm` go for both dates."""
    for i in range(1, len(found)):
        joined = _AND_ANOTHER_DAY.fullmatch(flow, found[i - 1].end, found[i].start)
        if joined and found[i].anchor == "bare" and found[i - 1].anchor == "qualified":
            found[i] = replace(found[i], qualifier=found[i - 1].qualifier, anchor="qualified")
    for i in range(len(found) - 2, -1, -1):
        words, after = found[i], found[i + 1]
        when = words.when
        yearly = after.recurrence is not None and after.recurrence.startswith("FREQ=YEARLY;BYMONTH=")
        lacks_year = when is not None and when.year is None and when.is_day and words.recurrence is None
        if when is not None and yearly and lacks_year and words.qualifier == after.qualifier:
            rule = f"FREQ=YEARLY;BYMONTH={when.month};BYMONTHDAY={when.day}"
            found[i] = replace(words, recurrence=rule)
    return found


def enclosing(section: Section | None, sections: Sequence[Section]) -> Iterator[Section]:
    """`section` and those around it, inside out."""
    around = section
    while around is not None and around.label is not None:
        yield around
        around = sections[around.parent] if around.parent is not None else None


def without_bullet(words: str) -> str:
    """The words of an item without its dash or label."""
    return _BULLET.sub("", words)
