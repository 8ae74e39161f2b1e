"""Who issued a cited instrument, as written after `của` or in front of the mention.

The words are data (grammar/issuer_words.toml): with what an issuer may begin, at what it ends, and over which commas
and `và` the name of a ministry goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.grammar import table

_MOST_WORDS = 28


@dataclass(frozen=True, slots=True)
class WrittenIssuer:
    """An issuer in the text, code points [start, end)."""

    text: str
    start: int
    end: int


def issuer_at(flow: str, pos: int, *, joint: bool = False) -> WrittenIssuer | None:
    """The issuer that begins at `pos` (just after `của`), None if no unit is named there.

    With `joint` (a thông tư liên tịch, a symbol with two issuers) further units after a comma, a dash or `và` belong.
    """
    head = _head().match(flow, pos)
    if head is None:
        return None
    end = head.end()
    for _ in range(_MOST_WORDS):
        step = _step().match(flow, end)
        if step is None:
            break
        bracket = step["term"]
        if bracket:
            end = step.end()
            continue
        gap, word = step["gap"], step["word"]
        if _ends_here(flow, step.start("word"), word, after=flow[max(pos, end - 12) : end]):
            break
        if not _goes_on_over(gap, flow, step.start("word"), joint=joint):
            break
        end = step.end()
    text = " ".join(flow[pos:end].split())
    return WrittenIssuer(text, pos, end)


def _ends_here(flow: str, at: int, word: str, *, after: str) -> bool:
    if word in _stops() and not (word == "nhất" and after.endswith("thứ")):
        return True
    pair = _pair().match(flow, at)
    if pair is None:
        return False
    return not (word[0].isupper() and after.casefold().endswith(("ban", "ban ")) and word.casefold() != "ban")


def _goes_on_over(gap: str, flow: str, at: int, *, joint: bool) -> bool:
    mark = gap.strip()
    if not mark:
        return True
    if mark == "&" or (mark in "-–" and not _head().match(flow, at)):
        return True
    if _joined().match(flow, at):
        return True
    is_unit = _head().match(flow, at) is not None
    if mark == "," or mark == ", và" or mark in "-–;":
        return joint and is_unit and flow[at].isupper()
    return joint if is_unit else flow[at].isupper()


@cache
def _head() -> re.Pattern[str]:
    words = sorted(table("issuer_words")["heads"]["words"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(_spaced(word) for word in words)})(?!\w)", re.IGNORECASE)


@cache
def _stops() -> frozenset[str]:
    return frozenset(table("issuer_words")["stops"]["words"])


@cache
def _pair() -> re.Pattern[str]:
    pairs = sorted(table("issuer_words")["stops"]["pairs"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(_spaced(pair) for pair in pairs)})(?!\w)", re.IGNORECASE)


@cache
def _joined() -> re.Pattern[str]:
    words = table("issuer_words")["stops"]["joined"]
    return re.compile(rf"(?:{'|'.join(_spaced(word) for word in words)})(?!\w)", re.IGNORECASE)


@cache
def _step() -> re.Pattern[str]:
    return re.compile(
        r"(?P<term>\s{0,3},?\s?\(\s?(?:nhiệm kỳ\s|kh[óo][aá]́?\s)[^()\n]{1,20}\))"
        r"|(?P<gap>\s{0,4}(?:,\s{0,3}và|,|&|[-–]|và(?!\w))\s{0,4}|[ ]{1,9})(?P<word>[^\W_][\w.&]*\w|[^\W_])"
    )


def _spaced(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\s{1,4}")


# --- in front of the mention ---------------------------------------------------------------------------------------


def issuer_before(flow: str, start: int, sentence: int) -> WrittenIssuer | None:
    """The issuer told in front of a mention that begins at `start`, in the sentence that begins at `sentence`.

    `đề nghị của Giám đốc Sở Nội vụ tại …`, `Tổng cục X có …`, `Văn phòng Y đã ban hành Quy chế … tại …`.
    """
    window = max(sentence, start - 220)
    before = flow[window:start]
    told = _of_unit_at().search(before)
    if told:
        found = _last_unit(flow, window, window + told.start())
        if found is not None:
            return found
    acted = _unit_acts().search(before)
    if acted is None:
        return None
    return _last_unit(flow, window, window + acted.start(), whole=True)


def _last_unit(flow: str, window: int, end: int, *, whole: bool = False) -> WrittenIssuer | None:
    """The unit whose name ends exactly at `end`."""
    while end > window and flow[end - 1] in " ,\n":
        end -= 1
    best: WrittenIssuer | None = None
    for lead in _lead().finditer(flow, window, end):
        found = issuer_at(flow[:end], lead.end())
        if found is not None and found.end == end:
            best = found
            break
    if best is None and whole:
        found = issuer_at(flow[:end], window)
        best = found if found is not None and found.end == end else None
    return best


@cache
def _of_unit_at() -> re.Pattern[str]:
    return re.compile(r"\s{1,4}(?:tại|trong|theo)\s{1,4}(?:các\s{1,4})?(?:nội dung\s)?$")


@cache
def _unit_acts() -> re.Pattern[str]:
    return re.compile(
        r"\s{1,4}(?:(?:đã|vừa|mới)\s{1,4})?(?:có|ban hành|ra|ký|gửi|phát hành)(?:\s{1,4}(?:ban hành|các))?\s{1,4}$"
    )


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:đề nghị|ý kiến|kiến nghị|đề xuất|báo cáo|chỉ đạo|yêu cầu|văn bản)\s{1,4}của|(?<!\w)và|,|;|(?<!\w)[Nn]gày\s{1,3}[\d/.-]{6,10},?)"
        r"\s{1,4}(?=\w)"
    )
