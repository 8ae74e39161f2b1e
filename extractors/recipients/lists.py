"""Where the lists of addressees and of copies stand, and which lines make one item.

Lists are read line by line. In text without its layout the signature stands between the items; titles, names and what
a seal left behind are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extractors.grammar import table
from extractors.names.person_names import read_name
from extractors.names.positions import read_title
from extractors.recipients.marks import dash, file_word, signed, titles, worded
from extractors.recipients.pieces import Piece, piece_of
from extractors.records import RecipientRole
from extractors.text.letters import any_of, is_upper
from extractors.text.lines import TextLine

_LONGEST_LIST = 90
_LONGEST_ITEM = 600
_LONGEST_LINE = 90
_LONGEST_CLOSED = 120
_OPEN_FORMS = frozenset("PMB")  # first letters of what `_begins_forms` and `_begins_articles` match
_OPEN_ARTICLES = frozenset("ĐC")


def listed_items(text: str, lines: list[TextLine]) -> Iterator[tuple[RecipientRole, Piece]]:
    """The items of all lists of addressees and copies, each with the role of its list."""
    addressed = False
    for at, line in enumerate(lines):
        first = line.text[0]
        if first in _OPEN_FORMS and _begins_forms().match(line.text):
            return
        addressed = addressed or (first in _OPEN_ARTICLES and _begins_articles().match(line.text) is not None)
        if not addressed:
            found = _addressed().match(text, line.start, line.end)
            if found and (found.end() == line.end or text[found.end() : line.end].strip(" .…_")):
                addressed = True
                for item in _addressees(text, lines, at, found.end()):
                    yield "kính gửi", item
                continue
        found = _distributed().match(text, line.start, line.end) if _may_distribute(line.text) else None
        if found and (found.end() == line.end or found.group(1) or found.group(2) or text[found.end()].isupper()):
            for item in _distribution(text, lines, at, found.end()):
                yield "nơi nhận", item


def _may_distribute(line: str) -> bool:
    """A cheap look before `_distributed`."""
    begin = line[:16].lower()
    return "nh" in begin or " g" in begin


def _addressees(text: str, lines: list[TextLine], at: int, after: int) -> Iterator[Piece]:
    """The items from the heading `Kính gửi` to where the body begins."""
    line = lines[at]
    item = piece_of(text, after, line.end)
    alone = not item.text
    listed = not alone and dash().match(item.text) is not None
    for line in lines[at + 1 : at + _LONGEST_LIST]:
        words = text[line.start : line.end]
        dashed = dash().match(words)
        closed = item.text.endswith((".", ";"))
        if _begins_body().match(words):
            break
        if not item.text and not dashed:
            item = piece_of(text, line.start, line.end)
        elif dashed and (listed or not item.text):
            yield item
            item, listed = piece_of(text, line.start, line.end), True
        elif item.text.endswith(".") or dashed:
            break
        elif _is_next_addressee(item.text, words, alone=alone):
            yield item
            item = piece_of(text, line.start, line.end)
        elif not closed and (words[0].islower() or item.text.endswith(",")) and len(item.text) < _LONGEST_ITEM:
            item += piece_of(text, line.start, line.end)
        else:
            break
    yield item


def _is_next_addressee(item: str, words: str, *, alone: bool) -> bool:
    """Whether a line without a dash is one more addressee; `alone` tells that the heading has a line of its own."""
    if item.endswith(";"):
        return len(words) < _LONGEST_CLOSED and words.endswith((";", "."))
    named = alone and len(words) < _LONGEST_LINE and not words.endswith((".", ",", ":"))
    return named and _addressee().match(words) is not None


def _distribution(text: str, lines: list[TextLine], at: int, after: int) -> Iterator[Piece]:
    """The items of one list, from the heading `Nơi nhận` to the file (`Lưu`) that closes it."""
    heading = lines[at]
    item = piece_of(text, after, heading.end)
    filed = False
    for line in lines[at + 1 : at + _LONGEST_LIST]:
        words = text[line.start : line.end]
        dashed = dash().match(words) or file_word().match(words)
        if _beside_heading(line, heading) or (not dashed and _of_signature(words)):
            continue
        if _distributed().match(words) or _begins_annex().match(words):
            break
        if dashed:
            yield item
            if filed and not file_word().search(words):
                return
            item = piece_of(text, line.start, line.end)
            filed = filed or file_word().search(words) is not None
        elif not item.text and words.endswith((";", ".")) and len(words) < 90:
            item = piece_of(text, line.start, line.end)
        elif _continues(item.text, words):
            item += piece_of(text, line.start, line.end)
        elif filed and len(words) > 25:
            break
        elif item.text.endswith(";") and words.endswith((";", ".")) and len(words) < 90 and not filed:
            yield item
            item = piece_of(text, line.start, line.end)
    yield item


def _beside_heading(line: TextLine, heading: TextLine) -> bool:
    return line.side > heading.side or line.indent > heading.indent + 45


def _of_signature(words: str) -> bool:
    if words.endswith((";", ",")):
        return False
    title = read_title(words)
    if title is not None and (title.authority or is_upper(words)):
        return True
    return read_name(words) is not None or signed().match(words) is not None


def _continues(item: str, words: str) -> bool:
    """Whether a line without a dash goes on with the item above it."""
    if not item or item.endswith((";", ".")) or len(item) > _LONGEST_ITEM:
        return False
    if not worded().fullmatch(words):
        return False
    if item.endswith((",", ":", "-", "–", " và")) or item.count("(") > item.count(")"):
        return True
    return words.endswith((";", ".", ",")) or words[0].islower() or words[0] == "("


@cache
def _addressed() -> regex.Pattern[str]:
    return regex.compile(
        r"[^\w\n]{0,3}[Kk][íiìỉ]nh\s{1,3}(?:g[ửưứừữởơđ]i|trình)(?!\s+(?:đề nghị|\p{Ll}{2,}\s))\s{0,3}[:;.]?"
        r"|KÍNH\s{1,3}GỬI\s{0,3}:?"
        r"|[^\n:]{0,160}[Kk]ính\s{1,3}mời\s{0,3}:"
        r"|(?i:thủ tướng|chủ tịch|bộ trưởng|giám đốc|ủy ban|ban|ubnd|trưởng ban)[^\n:;.]{0,90}\s(?:điện|ĐIỆN)\s?:"
        r"|(?:ĐIỆN|Điện)\s?:(?=\s{0,9}(?:$|-))"
    )


@cache
def _addressee() -> regex.Pattern[str]:
    return regex.compile(rf"(?:Các |Thủ trưởng |{titles()} |{any_of(table('recipients')['heads']['words'])} )")


@cache
def _distributed() -> regex.Pattern[str]:
    return regex.compile(
        r"[^\w\n]{0,3}(?:(?i:n[ơo]i)\s{1,3}(?i:nh[ậâạăaẩầ]n)(?:\s?\([^)\n]{1,30}\))?\s{0,3}([:;.])?"
        r"|[^\W\d]{2,4} nh[ậâạăẩầ]n\s?:|N[ơo]i g[ửư]i\s{0,3}([:;.]))\s{0,3}(?!\p{Ll})"
    )


@cache
def _begins_body() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:Căn cứ|Thực hiện|Theo |Xét|Ngày \d|Điều \d|[IVX]{1,4}\.|\d{1,2}\.|Để |Nhằm|Vừa qua|Trong |Tiếp theo"
        r"|Phúc đáp|Nơi nh|(?:[TtĐđ][ớế]i )?[Dd]ự |(?:Thời gian|Địa điểm|Chủ trì|Nội dung)\s?[:(])"
    )


@cache
def _begins_articles() -> regex.Pattern[str]:
    return regex.compile(r"(?:Điều|ĐIỀU) 1\s?[.:]|(?:Chương|CHƯƠNG) I(?!\w)")


@cache
def _begins_forms() -> regex.Pattern[str]:
    return regex.compile(r"PHỤ LỤC(?!\w)|M[ẫẪ][uU] [sS][ốỐ](?!\w)|BIỂU MẪU|Phụ lục (?:[IVX]{1,5}|\d{1,2}|số \d{1,2})$")


@cache
def _begins_annex() -> regex.Pattern[str]:
    return regex.compile(r"(?:PHỤ LỤC|Phụ lục|CỘNG H[OÒ][AÀ]|ĐẢNG CỘNG SẢN|DANH SÁCH|BIỂU MẪU|Điều \d|Chương [IVX])")
