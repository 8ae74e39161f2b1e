"""Place and date of issue: in the head, over several lines, or above the signature."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise

import regex

from extractors.dates import find_dates, is_possible
from extractors.header.draft import HeaderDraft
from extractors.header.lines import HeadLine
from extractors.header.numbers import MISREAD_FIGURES
from extractors.names.positions import read_title
from extractors.reading import tidy
from extractors.text.letters import is_upper
from extractors.text.lines import text_lines

_FIGURES = re.compile(r"\d+")
_SHORT_FOR_CITY = re.compile(r"(?:TP|Tp|T\.P|tp)\.?\s?")
_LONGEST_HALF = 16
_TAIL_CHARACTERS, _TAIL_LINES = 3_000, 30


def put_date(draft: HeaderDraft, lines: list[HeadLine], text: str) -> None:
    """Put place and date of issue: from a line of the head, from several, or from above the signature."""
    for head in lines:
        found = place_and_date().match(text, head.line.start, head.line.end)
        found = found or _dated_in_figures().match(text, head.line.start, head.line.end)
        if found is None or head.kind in ("basis", "about", "furniture"):
            continue
        _read_date(draft, text, found)
        return
    anchors = [head for head in lines if head.kind in ("motto", "number", "date")]
    end = next((head.line.start for head in lines if head.kind in ("type", "addressees", "basis")), None)
    if anchors:
        broken = _dated_over_lines().search(text, anchors[0].line.start, end or lines[-1].line.end)
        if broken is not None:
            _read_date(draft, text, broken)
            return
    above_signature = _dated_above_signature(text)
    if above_signature is not None:
        _read_date(draft, text, above_signature)


def _dated_above_signature(text: str) -> regex.Match[str] | None:
    """Place and date on the line above the signature, where letters without a head and minutes have them."""
    lines = text_lines(text, max(0, len(text) - _TAIL_CHARACTERS))[-_TAIL_LINES:]
    for line, below in pairwise(lines):
        if not line.text[:1].isupper() or "ngày" not in line.text or not _names_signer(below.text):
            continue
        found = place_and_date().match(text, line.start, line.end) or _dated_in_figures().match(
            text, line.start, line.end
        )
        if found is not None and found.end() == line.end and _figures(found.group("y"), 4):
            return found
    return None


def _names_signer(words: str) -> bool:
    title = read_title(words)
    return title is not None and (is_upper(words) or title.authority is not None)


@cache
def _dated_over_lines() -> regex.Pattern[str]:
    """Place and date in a column so narrow that they take several lines."""
    return regex.compile(
        r"(?:^|[\n|])[ ]{0,40}(?P<place>\p{Lu}\p{L}{0,12}(?:[ \n.-]{1,3}\p{Lu}\p{L}{0,12}){0,4})\s{0,3},\s{1,12}"
        r"(?P<date>[Nn]gày\s{1,6}(?P<d>\d{1,2})\s{1,6}tháng\s{1,6}(?P<m>\d{1,2})\s{1,6}năm\s{1,6}(?P<y>\d{4}))(?!\d)"
    )


@cache
def place_and_date() -> regex.Pattern[str]:
    """A line of place and date, with what OCR or a blank form made of the figures."""
    return regex.compile(
        r"[^\w\n]{0,6}(?P<place>(?:TP\.? ?|Tp\.? ?|T\.P ?)?\p{Lu}[^\d:;/\n,()]{1,40}?)\s{0,6}(?:,|\.|\s)\s{0,12}"
        r"(?:(?:hồi|lúc) [^\n,;]{1,24} (?=ngày))?"
        r"(?P<date>[Nn][gq][àaảáạâ]y\W{0,2}(?P<d>[^\n]{0,24}?)\s{0,4}[Tt]h[áaảàạ]ng\s{0,4}(?P<m>[^\n]{0,24}?)\s{0,4}[Nn][ăaâảã]m\s{0,6}(?P<y>[^\n]{0,8}))"
    )


@cache
def _dated_in_figures() -> regex.Pattern[str]:
    return regex.compile(
        r"[^\w\n]{0,6}(?P<place>(?:TP\.? ?|Tp\.? ?)?\p{Lu}[^\d:;/\n,()]{1,40}?),\s{0,3}"
        r"(?P<date>[Nn]gày (?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4}))\s*$"
    )


def _read_date(draft: HeaderDraft, text: str, found: regex.Match[str]) -> None:
    place = tidy(found.group("place")).strip(" .,-–—_*|‘’'\"")
    above = _half_of_place().search(text, max(0, found.start() - _LONGEST_HALF), found.start())
    if above is not None and " " not in place:
        place = f"{above.group('half')} {place}"
    whole = next(iter(find_dates(text, found.start("date"), found.end())), None)
    year = _figures(found.group("y")[:6], 4)
    month = _figures(found.group("m"), 2)
    day = _figures(found.group("d"), 2)
    if whole is not None and whole.possible:
        year, month, day = whole.year or year, whole.month or month, whole.day or day
    span = (found.start("date"), found.end())
    if month is not None and not 1 <= month <= 12:
        month = None
    if day is not None and not is_possible(year, month, day):
        draft.remark("incomplete_date", "warning", f"Ngày ban hành không có thật: “{tidy(found.group('date'))}”.", span)
        day = None
    draft.put("place", _written_place(place), found.span("place"))
    for name, part in (("issued_year", year), ("issued_month", month), ("issued_day", day)):
        draft.put(name, part, span)
    if year and month and day:
        draft.put("issued_date", date(year, month, day), span)
    else:
        draft.remark("incomplete_date", "info", f"Ngày ban hành không đầy đủ: “{tidy(found.group('date'))}”.", span)


@cache
def _half_of_place() -> regex.Pattern[str]:
    """`Bình` / `Định, ngày …`: the first half of the place alone on the line above, as web pages break it."""
    return regex.compile(r"(?:^|\n)[ |]*(?P<half>\p{Lu}\p{Ll}{1,6})[ ]*\n[ |]*$")


def _figures(written: str, most: int) -> int | None:
    figures = written.strip(" .,:;–—-…_").translate(MISREAD_FIGURES)
    found = _FIGURES.match(figures)
    if found is None or len(found.group()) > most or (most == 4 and len(found.group()) != 4):
        return None
    if len(found.group()) < len(figures) and most == 2:
        return None
    return int(found.group()) or None


def _written_place(place: str) -> str:
    shortened = _SHORT_FOR_CITY.match(place)
    if shortened and shortened.end() < len(place):
        place = f"Thành phố {place[shortened.end() :]}"
    if place in ("Thành phố HCM", "TPHCM", "HCM", "Thành phố Hồ Chí Minh"):
        return "Thành phố Hồ Chí Minh"
    return place
