"""Time words of deadlines: what stands in the text, typed, before anybody asks whether it binds.

One left-to-right scan finds anchors (`trước`, `từ ngày`, `định kỳ`, `trong thời hạn`, `hằng tháng` …); what follows an
anchor is read step by step, so that a long text costs a linear number of short looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import regex

from extractors.deadlines.points_in_time import (
    clock_and_weekday_at,
    day_of_month_at,
    day_or_longer_at,
    point_at,
    quarter_at,
)
from extractors.deadlines.qualifiers import qualifier_at
from extractors.deadlines.recurrences import (
    day_of_each,
    each_unit,
    every_unit_at,
    read_end_of,
    read_once,
    read_times,
    read_weekday,
    rest_of_each,
    unit_that_follows,
    with_recurrence,
)
from extractors.deadlines.terms import read_length, read_term
from extractors.deadlines.times import TimeWords, When
from extractors.text.phrase_search import PhraseSearch

# The words with which time words may begin (a capital may stand for their first letter), and, where most that follow
# them begin none (`quyết định`, `năm 2020`), the letters with which the next word may begin.
_ANCHORS = {
    **dict.fromkeys(("trong", "đến", "trước", "vào", "hết", "chậm", "muộn", "trễ", "ngay", "ngày", "tháng", "quý")),
    **dict.fromkeys(("hằng", "hàng", "hăng", "mỗi"), "hmbsntq0123456789"),
    **dict.fromkeys(("hai", "năm", "sáu"), "ntq"),
    "từ": "ntqQ0123456789", "định": "k", "một": "lbkđntq", "thứ": None, "cuối": "tqnh", "không": "q", "thời": "hg",
    "cho": "đ",
}  # fmt: skip
_EVERY_WORDS = ("hằng", "hàng", "mỗi", "từng")
_OPENS_BARE = (
    r"(?=[Nn]gày[\s/-]|[Tt]háng\s|[Qq]uý\s|\d{1,2}(?:[/-]\d|\s+tháng\s+\d|(?:\s?giờ|h|:\d)[^.;:\n]{0,20}\sngày\s))"
)
_BARE = r"(?:[Nn]gày|[Tt]háng|[Qq]uý|\d{1,2})(?=[\s/h:-]|giờ)"
_TRIGGER = re.compile(
    r"""(?<!\w)(?:
    (?P<since>[Tt]ừ)(?=\s+(?:ngày|tháng|[Qq]uý|thứ|\d))
    |(?P<each>(?:[ĐđD]ịnh\s+kỳ|[Hh][ằàă]ng|[Mm]ỗi)(?=\s+(?:(?:hằng|hàng|mỗi)\s+)?(?:\d|một|hai|ba|bốn|sáu|ngày|tuần|tháng|quý|năm|học)|(?<=kỳ)\s+(?:(?:sáng|chiều)\s+)?thứ\s))
    |(?P<times>\d{1,2}|[Mm]ột)(?=\s+(?:lần|buổi|kỳ|đợt)\s{0,2}/)
    |(?P<once>\d{1,2}|[Ss]áu|[Mm]ột|[Nn]ăm|[Hh]ai)(?=\s+(?:ngày|tuần|tháng|quý|năm)\s+(?:một|1|01|hai|2|02)\s+lần)
    |(?P<weekday>[Tt]hứ)(?=\s+(?:\w{2,4}|[2-7])\s+(?:hằng|hàng|mỗi)\s+tuần)
    |(?P<end_of>[Cc]uối)(?=\s+(?:tháng|quý|năm|học\s+kỳ|tuần)(?!\w))
    |(?P<term>[Tt]rong\s+(?:thời\s+hạn|thời\s+gian|vòng)|[Kk]hông\s+quá|[Tt]hời\s+(?:hạn|gian))(?=\s)
    |(?P<late>(?:[Cc]hậm|[Mm]uộn|[Tt]rễ)\s+nhất)(?=\s)
    |(?P<qualified>[Cc]ho\s+đến\s+hết|[Đđ]ến|[Hh]ết|[Tt]rước|[Vv]ào|[Tt]rong|[Nn]gay\s+trong)
        (?=\s+(?:[Nn]gày|[Tt]háng|[Qq]uý|năm|[Tt]hứ|đầu|giữa|cuối|cùng|m[ùồ]ng|hết|hoặc|và|một|hai|ba|bốn|sáu|bảy|tám|chín
        |mười|tối|không|\d))
    |(?P<bare>"""
    + _OPENS_BARE
    + r"""
        (?:(?<=[:(–+•\n-])|(?<=[:(–+•\n-][ ])|(?<=[:(–+•\n-][ ][ ])|(?<=(?:và|là)[ ])|(?<=(?:chót|cuối|cùng)[ ])
        |(?<=nộp[ ])|(?<=gửi[ ])|(?<=ký[ ])|(?<![\s\S]))"""
    + _BARE
    + r"""))""",
    re.VERBOSE,
)
_EACH_REACH = 36
_TRIGGER_OF_EACH = re.compile(
    rf"(?<!\w)(?P<bare>{_OPENS_BARE}(?=[^\n]{{0,{_EACH_REACH}}}(?:{'|'.join(_EVERY_WORDS)})\s){_BARE})"
)
_FIGURE = re.compile(r"[0-9](?<!\w.)\d?(?=[/:-]\d|\s?giờ|h|\s+(?:lần|buổi|kỳ|đợt|ngày|tuần|tháng|quý|năm))")
_SAME_DAY = regex.compile(
    r"\s{1,3}(?:cùng\s+)?ngày(?:\s+hôm\s+nay|\s+làm\s+việc)?(?=\s*[.;,]|\s*$|\s+(?:để|nếu|khi)|\s+\d{1,2}/)"
)
_TO = regex.compile(r"\s{0,3}(?:(?:cho\s+)?đến(?:\s+(?:hết|trước))?|tới|-|–)(?=\s|\d)")
_TERM_FOLLOWS = regex.compile(r"\s{1,3}(?:trước|chậm\s+nhất|vào)\s")
_FIRST_DAY = regex.compile(r"\s{1,3}(?:ngày\s+)?(\d{1,2})(?=\s{0,3}(?:đến|-|–|tới))")
_LAST_DAY = regex.compile(r"\s{0,3}(?:ngày\s+)?(?P<day>\d{1,2})(?=\s+(?:hằng|hàng|mỗi|của))")
_OPENS_BRACKET = regex.compile(r"\s{0,3}\(\s?")
_CLOSES_BRACKET = regex.compile(r"\s?\)")
_EVERY_YEAR = re.compile(r"(?:hằng|hàng|mỗi|từng)\s")
_TERM_WORD = re.compile(r"(?<!\w)[Hh]ạn\s+(?:cuối|chót|nộp|gửi|đăng\s+ký)(?:\s+cùng)?(?:\s+là)?\s+$")
_NEAR = 40
_FARTHEST = 800  # no time words are longer; a pattern looks for a letter it needs as far as it is let


def find_time_words(text: str) -> Iterator[TimeWords]:
    """The time words of `text`, in order and apart; none reaches over a line break."""
    at, end = 0, 0
    starts, each = _places_to_read(text)
    for start in starts:
        if start < at:
            continue
        while each[-1] < start:
            each.pop()
        trigger = _TRIGGER.match(text, start)
        if trigger is None and each[-1] - start <= _EACH_REACH:
            trigger = _TRIGGER_OF_EACH.match(text, start)
        if trigger is None:
            continue
        if trigger.end() > end:
            end = text.find("\n", trigger.end())
            end = len(text) if end < 0 else end
        near = min(end, trigger.end() + _FARTHEST)
        found = _READERS[trigger.lastgroup or ""](text, start, trigger.end(), near)
        yield from found
        at = max(found[-1].end, trigger.end()) if found else trigger.end()


def _places_to_read(text: str) -> tuple[list[int], list[int]]:
    """Where time words may begin, from left to right, and where `hằng`, `mỗi` or the like stand, from right to left."""
    search, followers, every = _anchor_words()
    found = search.find(text)
    starts = [
        start
        for number, start, end in found
        if (letters := followers[number]) is None or text[end + 1 : end + 2] in letters
    ]
    starts += [figure.start() for figure in _FIGURE.finditer(text)]
    starts.sort()
    beyond = len(text) + _EACH_REACH + 1
    return starts, [beyond, *(start for number, start, _ in reversed(found) if number in every)]


@cache
def _anchor_words() -> tuple[PhraseSearch, list[str | None], frozenset[int]]:
    """The search for anchors and words of recurrence; for each the letters that may follow; which recur."""
    followers: dict[str, str | None] = {"từng": ""}
    for word, letters in _ANCHORS.items():
        followers[word] = followers[word.capitalize()] = letters and letters + " \n"
    followers["Dịnh"] = followers["định"]
    recurring = frozenset(number for number, word in enumerate(followers) if word in _EVERY_WORDS)
    return PhraseSearch(followers), list(followers.values()), recurring


def _read_since(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    since = point_at(text, after, end)
    if since is None:
        lone = _FIRST_DAY.match(text, after, end)
        if lone is None:
            return []
        since = When(after, lone.end(), day=int(lone[1]))
    to = _TO.match(text, since.end, end)
    if to is None:
        return []
    until = point_at(text, to.end(), end) or _day_of_month(text, to.end(), end)
    if until is None:
        return []
    if since.month is None and until.month is None and since.day is None:
        return []
    words = TimeWords(first, until.end, "từ…đến", until, since, anchor="since")
    found = with_recurrence(text, words, end)
    return [found] if found else []


def _day_of_month(text: str, at: int, end: int) -> When | None:
    match = _LAST_DAY.match(text, at, end)
    return When(at, match.end(), day=int(match["day"])) if match else None


def _read_each(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    words = each_unit(text, first, after, end)
    if words is None:
        on_a_day = day_of_each(text, first, after, end)
        return [on_a_day] if on_a_day else read_weekday(text, first, after, end)
    return _split_reports(text, words, end) or [rest_of_each(text, words, end)]


def _split_reports(text: str, words: TimeWords, end: int) -> list[TimeWords]:
    """`Định kỳ 6 tháng (trước ngày …), một năm (trước ngày …)`: a row for each date in brackets."""
    rows: list[TimeWords] = []
    rule, stop = words.recurrence, words.end
    while True:
        bracket = _OPENS_BRACKET.match(text, stop, end)
        inside = _read_qualified(text, bracket.end(), bracket.end(), end) if bracket else []
        if bracket and not inside:
            inside = _day_in_bracket(text, bracket.end(), rule, end)
        if not inside or not (inside[0].when or inside[0].recurrence):
            return rows
        rows.append(replace(inside[0], recurrence=inside[0].recurrence or rule, anchor="bracket"))
        closing = _CLOSES_BRACKET.match(text, inside[0].end, end)
        following = unit_that_follows(text, closing.end(), end) if closing else None
        if following is None:
            return rows
        rule, stop = following


def _day_in_bracket(text: str, at: int, rule: str | None, end: int) -> list[TimeWords]:
    """`hằng tháng (trước ngày 25)`, `hằng tuần (trước 16 giờ thứ sáu)`: the day of the rule's month or week."""
    qualified = qualifier_at(text, at, end) if rule else None
    if qualified is None:
        return []
    qualifier, after = qualified
    day = day_of_month_at(text, after, end)
    if day:
        return [TimeWords(at, day[1], qualifier, recurrence=f"{rule};BYMONTHDAY={day[0]}", anchor="bracket")]
    stop, weekday = clock_and_weekday_at(text, after, end)
    if weekday and rule == "FREQ=WEEKLY":
        return [TimeWords(at, stop, qualifier, recurrence=f"{rule};BYDAY={weekday}", anchor="bracket")]
    return []


def _read_qualified(text: str, first: int, _after: int, end: int) -> list[TimeWords]:
    qualified = qualifier_at(text, first, end)
    if qualified is None:
        return []
    qualifier, at = qualified
    when = point_at(text, at, end)
    if when is not None:
        words = with_recurrence(text, TimeWords(first, when.end, qualifier, when, anchor="qualified"), end)
        return [words] if words else []
    term = read_length(text, first, at, qualifier, end) if qualifier in ("chậm nhất", "trong") else None
    if term is not None:
        return term
    same = _SAME_DAY.match(text, at, end) if qualifier == "trong" else None
    if same:
        return [TimeWords(first, same.end(), "trong", duration="P1D", working_days=False, anchor="same day")]
    return _read_recurring_day(text, first, at, qualifier, end)


def _read_recurring_day(text: str, first: int, at: int, qualifier: str, end: int) -> list[TimeWords]:
    """`trước 17 giờ thứ sáu hằng tuần`, `trước 16h00 hằng ngày`."""
    stop, weekday = clock_and_weekday_at(text, at, end)
    every = every_unit_at(text, stop, end) if stop > at else None
    if every is None:
        return []
    rule = f"{every[0]};BYDAY={weekday}" if weekday else every[0]
    return [TimeWords(first, every[1], qualifier, recurrence=rule, anchor="qualified")]


def _may_stand_bare(text: str, first: int) -> bool:
    """Whether a date without a qualifier opens its paragraph, follows a colon or bracket, or is one of every year."""
    before = text[max(0, first - 4) : first].rstrip(" ")
    if (
        not before
        or before[-1] in ":(-–+•\n"
        or before.endswith("và")
        or _EVERY_YEAR.search(text, first, first + _NEAR)
    ):
        return True
    return _TERM_WORD.search(text, max(0, first - _NEAR), first) is not None


def _read_bare(text: str, first: int, _after: int, end: int) -> list[TimeWords]:
    if not _may_stand_bare(text, first):
        return []
    when = point_at(text, first - 1, end) if text[first - 1 : first] == " " else day_or_longer_at(text, first, end)
    if when is None and text[first].lower() == "q":
        when = quarter_at(text, first, end)
    if when is None or (not when.is_day and _TERM_FOLLOWS.match(text, when.end, end)):
        return []
    to = _TO.match(text, when.end, end)
    until = point_at(text, to.end(), end) if to else None
    if until is not None and (when.is_day or when.month is not None) and until.month is not None:
        return [TimeWords(first, until.end, "từ…đến", until, when, anchor="since")]
    words = with_recurrence(text, TimeWords(first, when.end, None, when, anchor="bare"), end)
    return [words] if words else []


_READERS: dict[str, Callable[[str, int, int, int], list[TimeWords]]] = {
    "since": _read_since,
    "each": _read_each,
    "times": read_times,
    "once": read_once,
    "weekday": read_weekday,
    "end_of": read_end_of,
    "term": read_term,
    "qualified": _read_qualified,
    "late": _read_qualified,
    "bare": _read_bare,
}
"""The reader for each group of `_TRIGGER`: (text, where the words begin, where the anchor ends, where to stop)."""
