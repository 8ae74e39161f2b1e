"""Time words of deadlines: what stands in the text, typed, before anybody asks whether it binds.

One left-to-right scan finds anchors (`trước`, `từ ngày`, `định kỳ`, `trong thời hạn`, `hằng tháng` …); what follows an
anchor is read step by step, so that a long text costs a linear number of short looks.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import regex

from extractors.dates import date_at, is_possible
from extractors.grammar import table
from extractors.records import DeadlineKind
from extractors.text.phrase_search import PhraseSearch


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
    |(?P<each>(?:[ĐđD]ịnh\s+kỳ|[Hh][ằàă]ng|[Mm]ỗi)(?=\s+(?:(?:hằng|hàng|mỗi)\s+)?(?:\d|một|hai|ba|bốn|sáu|ngày|tuần|tháng|quý|năm|học)))
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
_CLOCK = regex.compile(
    r"\s{1,3}(?P<hour>\d{1,2})\s?(?:giờ|h|g|:)\s?(?P<minute>\d{2})?(?:\s?(?:phút|['’]))?(?:\s+(?P<half>sáng|chiều|tối))?[,]?(?:\s*\([^()\n]{0,30}\))?"
    r"(?=\s|,|$|[).;])"
)
_DAY_LIST = regex.compile(
    r"\s{0,3}(?:ngày\s+)?(?!\d{1,2}\s?-\s?\d{1,2}\s?-)(?:\d{1,2}\s?(?:,|và|-|–|&)\s?){1,4}(?=\d{1,2}\s?[/.-]\s?\d{1,2})",
    regex.I,
)
_WEEKDAY = regex.compile(
    r"\s{0,3}(?:(?:ngày\s+)?[Tt]hứ\s+(?P<weekday>\p{L}{2,4}|[2-7])(?!\p{L}))[,]?(?:\s*\((?=ngày))?"
)
_DAY_ONLY = regex.compile(
    r"\s{1,3}(?:ngày|mùng|mồng)\s+(?P<day>\d{1,2})(?![\d]|\s?[/.-]\s?\d|\s?,\s?\d)(?!\s+(?:ngày|tháng\s+\d))"
)
_NUMBER = re.compile(r"\d+")
_MORE_DAYS = regex.compile(
    r"(?:\s?(?:,|;|và)\s?(?:ngày\s+)?\d{1,2}(?![\d/.]|-\d)){1,4}(?=\s+(?:hằng|hàng|mỗi|của|từng|các))"
)
_QUARTER = regex.compile(
    r"\s{1,3}(?:[Qq]uý|QUÝ)\s+(?:(?:[1-4]|I{1,3})(?:\s?,\s?|\s+và\s+)(?:quý\s+)?){0,3}(?P<quarter>[1-4]|I{1,3}|IV)(?![\p{L}\d])"
    r"(?:\s?(?:/|-|năm|,\s?năm)\s?(?P<year>\d{4}))?"
)
_HALF = regex.compile(r"\s{1,3}0?6\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<year>\d{4}))?")
_PART = regex.compile(r"\s{1,3}(?P<part>đầu|giữa|cuối)(?=\s+(?:tháng|quý|năm)\s+\d|\s+quý\s+[IV])", regex.I)
_YEAR = regex.compile(r"\s{1,3}năm\s+(?P<year>\d{4})(?!\d|\s?[-–])")
_SAME_DAY = regex.compile(
    r"\s{1,3}(?:cùng\s+)?ngày(?:\s+hôm\s+nay|\s+làm\s+việc)?(?=\s*[.;,]|\s*$|\s+(?:để|nếu|khi)|\s+\d{1,2}/)"
)
_TO = regex.compile(r"\s{0,3}(?:đến\s+hết|cho\s+đến|đến|tới|-|–)(?=\s|\d)")
_EVERY = regex.compile(
    r"\s{0,3}[,(]?\s?(?:của\s+)?(?:tháng\s+cuối\s+(?:của\s+)?)?(?:(?:hằng|hàng|hăng|mỗi|từng|các)\s+)(?P<unit>ngày|tuần|tháng|quý|năm)(?!\p{L})(?:\))?"
    r"|\s{0,3}(?:của\s+)?tháng\s+cuối\s+(?:của\s+)?(?P<quarter_end>quý)(?!\p{L})"
    r"|\s{0,3}(?:của\s+)?(?P<following>tháng|năm)\s+(?:sau|tiếp\s+theo|kế\s+tiếp)(?:\s+liền\s+kề)?(?!\p{L})",
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
_LENGTH = regex.compile(
    r"\s{1,3}(?:(?:là|tối\s+đa|không\s+quá|tối\s+thiểu|ít\s+nhất)\s+){0,2}(?P<n>\d{1,3}|\p{L}{2,4}(?:\s+(?:lăm|mươi))?)\s?(?:\(\s?[\p{L}\d\s]{1,20}\)\s?)?"
    r"(?P<unit>ngày|tuần|tháng|năm|giờ|tiếng|phút)(?!\p{L})(?P<working>\s+làm\s+việc)?(?!\s+(?:\d{1,2}/|\d{4}|đầu|cuối))",
    regex.I,
)
_RUNS = regex.compile(
    r"[,]?\s{0,3}(?:kể\s+từ|tính\s+từ|từ(?=\s+(?:ngày|khi|thời\s+điểm|lúc))"
    r"|sau(?=\s+(?:khi|ngày|[Đđ]ại\s+hội|[Hh]ội\s+nghị|(?:kỳ|cuộc|phiên)\s+họp|mỗi\s+(?:kỳ|đợt|cuộc)))|trước(?=\s+ngày|\s+khi))(?=\s)"
)
_TERM_FOLLOWS = regex.compile(r"\s{1,3}(?:trước|chậm\s+nhất|vào)\s")
_FIRST_DAY = regex.compile(r"\s{1,3}(?:ngày\s+)?(\d{1,2})(?=\s{0,3}(?:đến|-|–|tới))")
_LAST_DAY = regex.compile(r"\s{0,3}(?:ngày\s+)?(?P<day>\d{1,2})(?=\s+(?:hằng|hàng|mỗi|của))")
_OPENS_BRACKET = regex.compile(r"\s{0,3}\(\s?")
_CLOSES_BRACKET = regex.compile(r"\s?\)")
_END_OF_UNIT = regex.compile(
    r"\s+(?P<unit>tháng|quý|năm|tuần|học\s+kỳ(?:\s+(?:1|2|I|II)(?!\d))?)(?:\s+học)?(?P<more>\s+và\s+cuối\s+năm(?:\s+học)?)?"
    r"(?![\p{L}\d])"
)
_TERM_OF = regex.compile(r"[^.;:,\n]{1,70}?(?:\s(?:là|không\s+quá)|:)(?=\s)")
_EVERY_YEAR = re.compile(r"(?:hằng|hàng|mỗi|từng)\s")
_TERM_WORD = re.compile(r"(?<!\w)[Hh]ạn\s+(?:cuối|chót|nộp|gửi|đăng\s+ký)(?:\s+cùng)?(?:\s+là)?\s+$")
_NEAR = 40
_REACH = 300
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


@cache
def _end_of_start() -> regex.Pattern[str]:
    """Where the event that a term runs from has been told: at a mark, or where the next thing asked for begins."""
    asked = "|".join(row["words"] for row in table("deadlines")["asks_firmly"])
    return regex.compile(
        rf"[,;:.](?=[\s/]|$)|\)|\s\(|”|$|\n|\s+theo\s+(?:quy\s+định|đúng\s+quy)|\s+(?:và|đồng\s+thời)\s+(?=(?:{asked})(?!\p{{L}})[^.;\n]{{0,80}}\d)"
    )


def _numbers() -> dict[str, int]:
    numbers: dict[str, int] = table("deadlines")["numbers"]
    return numbers


@cache
def _qualifiers() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    rows = table("deadlines")["qualifiers"]
    return tuple((row["qualifier"], regex.compile(rf"(?:{row['words']})(?!\p{{L}})", regex.I)) for row in rows)


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else _numbers().get(" ".join(text.lower().split()))


def _rule(unit: str, count: int | None = None) -> str | None:
    frequencies: dict[str, str] = table("deadlines")["frequencies"]
    name = " ".join(unit.lower().split())
    if count in (None, 1):
        return frequencies[name]
    if name == "tháng":
        return frequencies["năm"] if count == 12 else f"FREQ=MONTHLY;INTERVAL={count}"
    return f"{frequencies[name]};INTERVAL={count}" if "INTERVAL" not in frequencies[name] else None


def _when(text: str, at: int, end: int) -> When | None:
    """The day, month, quarter or year that begins at `at`, with the time of day before it."""
    clock = _CLOCK.match(text, at, end)
    after = clock.end() if clock else at
    time = _time_of_day(clock) if clock else None
    weekday = _WEEKDAY.match(text, after, end)
    if weekday:
        after = weekday.end()
    when = _day_or_longer(text, after, end)
    if when is None or when.end > end:
        return None
    first = at
    while first < end and text[first].isspace():
        first += 1
    stop = when.end
    if text[stop : stop + 1] == ")" and text.count("(", at, stop) > text.count(")", at, stop):
        stop += 1
    return replace(when, start=first, end=stop, time=time)


def _time_of_day(clock: regex.Match[str]) -> str | None:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"] in ("chiều", "tối") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None


def _day_or_longer(text: str, at: int, end: int) -> When | None:
    days = _DAY_LIST.match(text, at, end)
    found = date_at(text, days.end() if days else at)
    if found is not None:
        is_date = found.possible or text[found.start] in "Nn"
        if not is_date or found.end > end or found.start - (days.end() if days else at) > 4:
            return None
        return When(at, found.end, found.year, found.month, found.day)
    part = _PART.match(text, at, end)
    if part:
        unit = _day_or_longer(text, part.end(), end)
        return replace(unit, part=part["part"].lower()) if unit else None
    for pattern in (_QUARTER, _HALF, _YEAR, _DAY_ONLY):
        match = pattern.match(text, at, end)
        if match:
            return _from_groups(match)
    return None


def _from_groups(match: regex.Match[str]) -> When:
    groups = match.groupdict()
    year, day, quarter, half = (groups.get(name) for name in ("year", "day", "quarter", "half"))
    return When(
        match.start(),
        match.end(),
        year=int(year) if year else None,
        day=int(day) if day else None,
        quarter=({"I": 1, "II": 2, "III": 3, "IV": 4}.get(quarter) or int(quarter)) if quarter else None,
        half={"đầu": 1, "cuối": 2}[half] if half else None,
    )


def _with_recurrence(text: str, words: TimeWords, end: int) -> TimeWords | None:
    """`words` with the `hằng tháng` that follows a date, None for a day of no month."""
    when = words.when
    lists_days = when is not None and when.day is not None and when.month is None
    more = _MORE_DAYS.match(text, words.end, end) if lists_days else None
    every = _EVERY.match(text, more.end() if more else words.end, end)
    if every is None or when is None:
        return None if lists_days else words
    unit = (every["unit"] or every["quarter_end"] or every["following"]).lower()
    rule = _rule("quý" if "cuối" in every.group().lower() and "quý" in every.group().lower() else unit)
    if rule is None:
        return None
    if when.month is not None and unit == "năm":
        rule += f";BYMONTH={when.month}"
    if when.day is not None:
        rule += f";BYMONTHDAY={when.day}"
    if more:
        rule += "".join(f",{int(day)}" for day in _NUMBER.findall(more.group()))
    return replace(words, end=every.end(), recurrence=rule)


def _read_since(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    since = _when(text, after, end)
    if since is None:
        lone = _FIRST_DAY.match(text, after, end)
        if lone is None:
            return []
        since = When(after, lone.end(), day=int(lone[1]))
    to = _TO.match(text, since.end, end)
    if to is None:
        return []
    until = _when(text, to.end(), end) or _day_of_month(text, to.end(), end)
    if until is None:
        return []
    if since.month is None and until.month is None and since.day is None:
        return []
    words = TimeWords(first, until.end, "từ…đến", until, since, anchor="since")
    found = _with_recurrence(text, words, end)
    return [found] if found else []


def _day_of_month(text: str, at: int, end: int) -> When | None:
    match = _LAST_DAY.match(text, at, end)
    return When(at, match.end(), day=int(match["day"])) if match else None


def _read_each(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    unit = _UNIT.match(text, after, end)
    if unit is None:
        return _read_day_of_each(text, first, after, end)
    rule = _rule(unit["unit"], _count(unit["n"]))
    if rule is None:
        return []
    words = TimeWords(first, unit.end(), recurrence=rule, anchor="each")
    split = _split_reports(text, words, end)
    if split:
        return split
    named = _with_day_named(text, words, end)
    if named:
        return [named]
    stop = unit.end()
    for more in (_ONCE, _AND_UNIT, _AND_UNIT):
        match = more.match(text, stop, end)
        stop = match.end() if match else stop
    return [replace(words, end=stop)]


def _read_day_of_each(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    """`định kỳ ngày 25 hằng tháng`, `định kỳ trước ngày 10 hằng quý`."""
    when = _when(text, after, end)
    words = _with_recurrence(text, TimeWords(first, when.end, None, when, anchor="each"), end) if when else None
    return [words] if words is not None and words.recurrence is not None else []


def _with_day_named(text: str, words: TimeWords, end: int) -> TimeWords | None:
    """`Hằng tháng, trước ngày 20`, `hằng tuần vào thứ sáu`: the day that follows its unit."""
    weekday = _WEEKDAY_OF_EACH.match(text, words.end, end) if words.recurrence == "FREQ=WEEKLY" else None
    name = _weekday_name(weekday)
    if weekday and name:
        stop = weekday.end() - (weekday.group().endswith(")") and "(" not in weekday.group())
        return replace(words, end=stop, recurrence=f"FREQ=WEEKLY;BYDAY={name}")
    if words.recurrence not in ("FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY"):
        return None
    gap = _DAY_OF_EACH.match(text, words.end, end)
    for qualifier, pattern in _qualifiers() if gap else ():
        match = pattern.match(text, gap.end(), end) if gap else None
        if match and words.recurrence == "FREQ=YEARLY":
            when = _when(text, match.end(), end)
            if when is not None and when.year is None and when.month and when.day:
                rule = f"FREQ=YEARLY;BYMONTH={when.month};BYMONTHDAY={when.day}"
                return replace(words, end=when.end, qualifier=qualifier, recurrence=rule)
            continue
        day = _DAY_ONLY.match(text, match.end(), end) if match else None
        if day:
            rule = f"{words.recurrence};BYMONTHDAY={int(day['day'])}"
            return replace(words, end=day.end(), qualifier=qualifier, recurrence=rule)
    return None


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
        following = _AND_UNIT.match(text, closing.end(), end) if closing else None
        if following is None:
            return rows
        rule, stop = _rule(following["unit"], _count(following["n"])), following.end()


def _day_in_bracket(text: str, at: int, rule: str | None, end: int) -> list[TimeWords]:
    """`hằng tháng (trước ngày 25)`, `hằng tuần (trước 16 giờ thứ sáu)`: the day of the rule's month or week."""
    if rule is None:
        return []
    for qualifier, pattern in _qualifiers():
        match = pattern.match(text, at, end)
        if match is None:
            continue
        day = _DAY_ONLY.match(text, match.end(), end)
        if day:
            return [TimeWords(at, day.end(), qualifier, recurrence=f"{rule};BYMONTHDAY={day['day']}", anchor="bracket")]
        clock = _CLOCK.match(text, match.end(), end)
        weekday = _WEEKDAY.match(text, clock.end() if clock else match.end(), end)
        name = _weekday_name(weekday)
        if weekday and name and rule == "FREQ=WEEKLY":
            return [TimeWords(at, weekday.end(), qualifier, recurrence=f"{rule};BYDAY={name}", anchor="bracket")]
    return []


def _weekday_name(weekday: regex.Match[str] | None) -> str | None:
    """The two letters of RFC 5545 for a day of the week."""
    days: dict[str, str] = table("deadlines")["weekdays"]
    return days.get(weekday["weekday"].lower()) if weekday else None


def _read_times(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    per = _PER.match(text, after, end)
    rule = _rule(per["unit"], _count(per["n"])) if per else None
    return [TimeWords(first, per.end(), recurrence=rule, anchor="times")] if per and rule else []


def _read_once(text: str, first: int, _after: int, end: int) -> list[TimeWords]:
    """`6 tháng một lần`, `sáu tháng một lần`."""
    unit = _UNIT.match(text, first, end)
    once = _ONCE.match(text, unit.end(), end) if unit else None
    rule = _rule(unit["unit"], _count(unit["n"])) if unit else None
    return [TimeWords(first, once.end(), recurrence=rule, anchor="each")] if once and rule else []


def _read_weekday(text: str, first: int, _after: int, end: int) -> list[TimeWords]:
    """`thứ Sáu hằng tuần`."""
    weekday = _WEEKDAY_OF_EACH.match(text, first, end)
    every = _EVERY.match(text, weekday.end(), end) if weekday else None
    day = _weekday_name(weekday)
    if every is None or day is None:
        return []
    return [TimeWords(first, every.end(), recurrence=f"FREQ=WEEKLY;BYDAY={day}", anchor="each")]


def _read_end_of(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    if _PART.match(" " + text[first : first + 16]):
        when = _day_or_longer(text, after, end)
        return [TimeWords(first, when.end, None, replace(when, part="cuối"), anchor="bare")] if when else []
    match = _END_OF_UNIT.match(text, after, end)
    if match is None:
        return []
    unit = match["unit"].split()[0]
    if unit == "học":
        return [TimeWords(first, match.end(), recurrence=_rule("học kỳ"), anchor="end of")] if match["more"] else []
    every = _EVERY.match(text, match.end(), end)
    rule = {"tháng": "FREQ=MONTHLY;BYMONTHDAY=-1", "quý": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"}.get(unit) or _rule(
        unit
    )
    return [TimeWords(first, every.end() if every else match.end(), recurrence=rule, anchor="end of")]


def _read_term(text: str, first: int, after: int, end: int) -> list[TimeWords]:
    length = _LENGTH.match(text, after, end)
    if length is None and text[first : first + 4].lower() == "thời":
        length = _TERM_OF.match(text, after, end)
        length = _LENGTH.match(text, length.end(), end) if length else None
        first = length.start("n") if length else first
    if length is None:
        return []
    qualifier = "trong" if text[first : first + 5].lower() == "trong" else None
    found = _read_length(text, first, length, qualifier, end)
    return [found] if found else []


def _read_length(text: str, first: int, length: regex.Match[str], qualifier: str | None, end: int) -> TimeWords | None:
    count = _count(length["n"])
    units: dict[str, str] = table("deadlines")["duration_units"]
    unit = units[length["unit"].lower()]
    if not count:
        return None
    duration = f"PT{count}{unit[1]}" if unit.startswith("T") else f"P{count}{unit}"
    stop, runs_from = length.end(), None
    runs = _RUNS.match(text, stop, end)
    if runs:
        close = _end_of_start().search(text, runs.end(), min(end, runs.end() + _REACH))
        stop = close.start() if close else min(end, runs.end() + _REACH)
        runs_from = text[runs.end() : stop].strip()
    working = bool(length["working"])
    return TimeWords(
        first, stop, qualifier, duration=duration, working_days=working, runs_from=runs_from, anchor="term"
    )


def _read_qualified(text: str, first: int, _after: int, end: int) -> list[TimeWords]:
    for qualifier, pattern in _qualifiers():
        match = pattern.match(text, first, end)
        if match is None:
            continue
        when = _when(text, match.end(), end)
        length = _LENGTH.match(text, match.end(), end) if when is None and qualifier in ("chậm nhất", "trong") else None
        if length:
            found = _read_length(text, first, length, qualifier, end)
            return [found] if found else []
        if when is None and qualifier == "trong" and (same := _SAME_DAY.match(text, match.end(), end)):
            return [TimeWords(first, same.end(), "trong", duration="P1D", working_days=False, anchor="same day")]
        if when is None:
            return _read_recurring_day(text, first, match.end(), qualifier, end)
        found_words = _with_recurrence(text, TimeWords(first, when.end, qualifier, when, anchor="qualified"), end)
        return [found_words] if found_words else []
    return []


def _read_recurring_day(text: str, first: int, at: int, qualifier: str, end: int) -> list[TimeWords]:
    """`trước 17 giờ thứ sáu hằng tuần`, `trước 16h00 hằng ngày`."""
    clock = _CLOCK.match(text, at, end)
    weekday = _WEEKDAY.match(text, clock.end() if clock else at, end)
    stop = (weekday or clock).end() if (weekday or clock) else at  # type: ignore[union-attr]
    every = _EVERY.match(text, stop, end) if stop > at else None
    if every is None or every["unit"] is None:
        return []
    rule = _rule(every["unit"])
    name = _weekday_name(weekday)
    if rule and name:
        rule += f";BYDAY={name}"
    return [TimeWords(first, every.end(), qualifier, recurrence=rule, anchor="qualified")]


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
    when = _when(text, first - 1, end) if text[first - 1 : first] == " " else _day_or_longer(text, first, end)
    if when is None and text[first].lower() == "q":
        match = _QUARTER.match(" " + text[first:end][:40])
        when = replace(_from_groups(match), start=first, end=first + match.end() - 1) if match else None
    if when is None or (not when.is_day and _TERM_FOLLOWS.match(text, when.end, end)):
        return []
    to = _TO.match(text, when.end, end)
    until = _when(text, to.end(), end) if to else None
    if until is not None and (when.is_day or when.month is not None) and until.month is not None:
        return [TimeWords(first, until.end, "từ…đến", until, when, anchor="since")]
    words = _with_recurrence(text, TimeWords(first, when.end, None, when, anchor="bare"), end)
    return [words] if words else []


_READERS = {
    "since": _read_since,
    "each": _read_each,
    "times": _read_times,
    "once": _read_once,
    "weekday": _read_weekday,
    "end_of": _read_end_of,
    "term": _read_term,
    "qualified": _read_qualified,
    "late": _read_qualified,
    "bare": _read_bare,
}
