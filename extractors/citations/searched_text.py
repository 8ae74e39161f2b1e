"""The text as citations are searched in it: without the running heads of Công báo and raised footnote marks, one blank
for several, lines joined that go on in small letters. What was left out is remembered and leads back to the offsets of
the text given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from operator import sub

_HEAD = "CÔNG BÁO/"
_RAISED_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Stretches left out of a text: behind `places[i]` of what is left, offsets are `shifts[i]` larger before."""

    places: tuple[int, ...]
    shifts: tuple[int, ...]

    def before(self, pos: int) -> int:
        place = bisect_right(self.places, pos) - 1
        return pos + self.shifts[place] if place >= 0 else pos


@dataclass(frozen=True, slots=True)
class SearchedText:
    """A text to search, and the way back from its offsets to those of the text that was given."""

    text: str
    layers: tuple[_Cuts, ...] = ()
    raised: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, flow: str) -> SearchedText:
        """Make ready `flow` (see `extractors.reading.Reading`)."""
        flow, heads = _without(flow, _running_heads(flow))
        found = _raised_marks(flow)
        raised = {heads.before(start): unicodedata.normalize("NFKC", flow[start:end]) for start, end in found}
        flow, marks = _without(flow, found)
        joined = _joined(flow)
        text, blanks = _without(joined, _wide_blanks(joined))
        return cls(text, tuple(cuts for cuts in (blanks, marks, heads) if cuts.places), raised)

    def raised_mark(self, end: int) -> str | None:
        """The figures of the footnote's mark that was printed right behind what ends at `end`."""
        return self.raised.get(self.end_of(end)) if self.raised else None

    def start_of(self, pos: int) -> int:
        """Where what begins at `pos` begins in the text that was given."""
        for cuts in self.layers:
            pos = cuts.before(pos)
        return pos

    def end_of(self, pos: int) -> int:
        """Where what ends at `pos` ends in the text that was given."""
        return self.start_of(pos - 1) + 1


def _without(text: str, stretches: list[tuple[int, int]]) -> tuple[str, _Cuts]:
    """`text` with one blank for each of the `stretches`."""
    if not stretches:
        return text, _Cuts((), ())
    starts, ends = zip(*stretches, strict=True)
    kept = map(text.__getitem__, map(slice, (0, *ends), (*starts, None)))
    shifts = tuple(accumulate(end - start - 1 for start, end in stretches))
    return " ".join(kept), _Cuts(tuple(map(sub, ends, shifts)), shifts)


def _running_heads(flow: str) -> list[tuple[int, int]]:
    heads: list[tuple[int, int]] = []
    at = flow.find(_HEAD)
    while at >= 0:
        head = _running_head().match(flow, at)
        if head is not None:
            start = _page_number_before(flow, at)
            heads.append((max(start, heads[-1][1] if heads else 0), head.end()))
        at = flow.find(_HEAD, at + len(_HEAD))
    return heads


def _raised_marks(flow: str) -> list[tuple[int, int]]:
    if not any(figure in flow for figure in _RAISED_FIGURES):
        return []
    return [mark.span() for mark in _raised_mark().finditer(flow)]


@cache
def _raised_mark() -> re.Pattern[str]:
    """The figures of a footnote's mark behind a symbol (`95/2025/QH15¹`)."""
    return re.compile(rf"[{_RAISED_FIGURES}](?<=[A-ZĐ\d].)[{_RAISED_FIGURES}]?")


def _wide_blanks(flow: str) -> list[tuple[int, int]]:
    return [blank.span() for blank in _wide_blank().finditer(flow)] if "  " in flow else []


@cache
def _wide_blank() -> re.Pattern[str]:
    return re.compile(r"  (?<! {3}) *+(?=[^ \n])")  # begins with letters as they stand: found five times as fast


def _joined(text: str) -> str:
    return _break_before_small_letter().sub(lambda gap: _blank_if_open(text, gap.start()), text)


def _blank_if_open(text: str, at: int) -> str:
    """A blank for a line break between a word, a comma or a dash and a small letter or a figure; other breaks stay."""
    following = at + 1
    while text[following] == " ":
        following += 1
    if text[following].isupper() and text[at - 1] != "-":
        return "\n"
    at -= 1
    while at >= 0 and text[at] == " ":
        at -= 1
    if text[following].isdigit() and _whole_day().match(text, following) and text[max(0, at - 3) : at + 1] != "ngày":
        return "\n"
    return " " if at >= 0 and (text[at].isalnum() or text[at] in ",–-/") else "\n"


@cache
def _whole_day() -> re.Pattern[str]:
    """`16/8/2016` at the head of a line is a cell of its own unless `ngày` leads up to it."""
    return re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


def _page_number_before(flow: str, at: int) -> int:
    """Where the line breaks and the page's number before a running head at `at` begin."""
    figures = start = at - len(flow[max(0, at - 120) : at]) + len(flow[max(0, at - 120) : at].rstrip())
    while figures and flow[figures - 1].isdigit():
        figures -= 1
    before = flow[max(0, figures - 80) : figures]
    is_line = 0 < start - figures <= 4 and before.rstrip(" ").endswith("\n")
    return figures - len(before) + len(before.rstrip()) if is_line else start


@cache
def _running_head() -> re.Pattern[str]:
    return re.compile(r"CÔNG BÁO/ ?Số[^\n]{1,60}?/Ngày[ ]?[\d-]{8,10}(?:\s{1,9}\d{1,4}(?=[ ]{0,9}\n))?\s{0,60}")


@cache
def _break_before_small_letter() -> re.Pattern[str]:
    date_goes_on = r"\d{1,4}(?:[/-]|\s(?:tháng|năm|của)(?!\w))"
    symbol_goes_on = r"\n(?<=[A-ZĐ]-\n)(?=[ ]?[A-ZĐ]{2})"
    return re.compile(rf"\n(?=[ ]{{0,40}}(?:[^\W\d_A-Z](?!\w?[.)/]\s)|{date_goes_on}))|{symbol_goes_on}")
