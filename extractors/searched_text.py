"""The text as citations are searched in it: without the running heads of Công báo, lines joined that go on.

The running heads stand in the middle of sentences; they are left out, and a table of what was left out leads back to
the offsets of the text that was given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

_HEAD = "CÔNG BÁO/Số"


@dataclass(frozen=True, slots=True)
class SearchedText:
    """A text to search, and where something was cut out of it: at `cuts[i]`, `shifts[i]` code points up to there."""

    text: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    @classmethod
    def of(cls, flow: str) -> SearchedText:
        """Make ready `flow` (see `extractors.reading.Reading`)."""
        pieces: list[str] = []
        cuts: list[int] = []
        shifts: list[int] = []
        done = length = 0
        at = flow.find(_HEAD)
        while at >= 0:
            head = _running_head().match(flow, at)
            if head is not None:
                start = _page_number_before(flow, at)
                pieces += [flow[done:start], " "]
                length += start - done + 1
                cuts.append(length)
                shifts.append(head.end() - length)
                done = head.end()
            at = flow.find(_HEAD, at + len(_HEAD))
        text = "".join([*pieces, flow[done:]]) if done else flow
        return cls(_joined(text), tuple(cuts), tuple(shifts))

    def start_of(self, pos: int) -> int:
        """Where what begins at `pos` begins in the text that was given."""
        place = bisect_right(self.cuts, pos) - 1
        return pos + self.shifts[place] if place >= 0 else pos

    def end_of(self, pos: int) -> int:
        """Where what ends at `pos` ends in the text that was given."""
        return self.start_of(pos - 1) + 1


def _joined(text: str) -> str:
    return _break_before_small_letter().sub(lambda gap: _blank_if_open(text, gap.start()), text)


def _blank_if_open(text: str, at: int) -> str:
    """A blank for a line break after a word, a comma or a dash; other breaks stay."""
    at -= 1
    while at >= 0 and text[at] == " ":
        at -= 1
    return " " if at >= 0 and (text[at].isalnum() or text[at] in ",–-/") else "\n"


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
    return re.compile(r"CÔNG BÁO/Số[^\n]{1,60}?/Ngày[ ]?[\d-]{8,10}(?:\s{1,9}\d{1,4}(?=[ ]{0,9}\n))?\s{0,60}")


@cache
def _break_before_small_letter() -> re.Pattern[str]:
    return re.compile(r"\n(?=[ ]{0,40}(?:[a-zđ\d]|[à-ỹ])(?!\w?[.)/]\s))")
