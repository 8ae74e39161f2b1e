"""Which line breaks of a text end a paragraph, and which only end a line.

Text exports and e-mails break lines at a fixed width or at a page's end; Word and the ingest stage write a paragraph a
line. Both are read here, from the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LABEL = re.compile(
    r"[ ]*(?:[-+*•–—]\s|\(?\d{1,2}(?:\.\d{1,2})*(?:[.)]|[/-]\s)|[a-zđ]{1,2}[.)]\s|(?:[IVX]{1,5}|[A-H])(?:[.)/]|[-–]\s)"
    r"|(?:Điều|Chương|Mục|Phần|Khoản|ĐIỀU|CHƯƠNG|MỤC|PHẦN)\s+(?:[\dIVX]+|thứ\s|THỨ\s)|Nơi nhận|Kính gửi|Căn cứ|Số\s*:"
    r"|(?:TM|KT|TL|TUQ|T/M|K/T)[.\s]|S?TT\s*(?:\n|$)|PHỤ LỤC|CỘNG H[OÒ]|QUYẾT (?:ĐỊNH|NGHỊ)\s*:?\s*(?:\n|$))"
)
_BASIS = re.compile(r"[ ]*(?:Sau khi|Theo|Xét|Trên cơ sở|Thực hiện|Để|Nhằm)\s")
_REFERENCE = re.compile(
    r"[ ]*(?:Điều|Khoản|Mục|Chương|Phần)\s+[\dIVX]{1,5}[a-zđ]?(?:[,;]|\s+(?:[a-zđà-ỹ]|Luật|Bộ luật|Nghị (?:định|quyết)"
    r"|Thông tư|Quyết định|Pháp lệnh|Quy (?:chế|định)|Hiến pháp|Điều|Chương|Mục|Phần|Phụ lục))"
)
_LEADS_TO_REFERENCE = re.compile(
    r"(?<!\w)(?:[Đđ]i(?:ều|ểm)|[Kk]hoản|tại|của|theo|và|các|từ|đến|hoặc)(?:\s[a-zđ\d]{1,3})?$"
)
_OPEN_WORDS = (
    "của",
    "tại",
    "theo",
    "và",
    "hoặc",
    "các",
    "với",
    "về",
    "bởi",
    "cho",
    "thuộc",
    "do",
    "quy định",
    "ban hành",
)
_OPEN_ENDS = (*(f" {word}" for word in (*_OPEN_WORDS, "từ Bộ", "của Bộ", "trưởng Bộ")), " -")
_CLOSED = '.,;:!?)”"…_|0123456789'
_OPEN_MARKS = ',“‘("/–-'
_LONG_LINE = 60
_GAP = re.compile(r"\n\s*")
_LINE = re.compile(r"\S[^\n]*")


class Line(NamedTuple):
    """A paragraph that is not empty: code points [start, end) without outer blanks, and its text."""

    start: int
    end: int
    text: str


def lines_of(flow: str) -> list[Line]:
    """The paragraphs of a flow text (`Reading.flow`), empty ones left out."""
    return list(lines_from(flow, 0))


def lines_from(flow: str, start: int) -> Iterator[Line]:
    """As `lines_of`, from `start` on, each read when it is asked for."""
    for line in _LINE.finditer(flow, start):
        text = line.group().rstrip()
        begin = line.start()
        yield Line(begin, begin + len(text), text)


def join_broken_lines(text: str) -> str:
    """`text` with a blank for every line break that stands inside a paragraph; the length does not change.

    A break is inside a paragraph when the line before it is long and ends open (no final mark), and the next goes on
    in lower case, or, in a text wrapped at a fixed width, when the next is no item of its own. Blank lines between
    them (a page's end) only count as inside when the next line goes on in lower case.
    """
    if "\n" not in text:
        return text
    width = _wrap_width(text)
    out: list[str] = []
    at = 0
    line_start = 0
    for gap in _GAP.finditer(text):
        if width is None and not text[gap.end() : gap.end() + 1].islower() and text[gap.start() - 1] in _CLOSED:
            # a cheap look: nothing goes on here
            line_start = gap.end()
            continue
        before = text[line_start : gap.start()].rstrip(" ")
        ends, line_start = line_start + len(before), gap.end()
        after = text[line_start : line_start + 40]
        if not before or not after or not _is_inside(before, after, gap.group().count("\n"), width):
            continue
        out.append(text[at:ends])
        out.append(" " * (line_start - ends))
        at = line_start
    out.append(text[at:])
    return "".join(out)


def _wrap_width(text: str) -> int | None:
    """The width at which lines were wrapped, None when lines are whole paragraphs."""
    lengths = [*map(len, text.splitlines())]
    if max(lengths) > 140:
        return None
    lengths = sorted(length for length in lengths if length > _LONG_LINE // 2)
    if len(lengths) < 8:
        return None
    return lengths[int(len(lengths) * 0.9)]


def _is_inside(before: str, after: str, breaks: int, width: int | None) -> bool:
    last = before[-1]
    goes_on = after[0].islower() and (last.isalpha() or last.isdecimal() or last in _OPEN_MARKS)
    if goes_on and len(before.strip()) >= _LONG_LINE:
        return not _is_label(before, after)
    if breaks > 1:
        return False
    full = width is not None and len(before) >= width * (0.45 if goes_on else 0.85)
    return (full or _ends_open(before, after)) and not _is_label(before, after)


def _ends_open(before: str, after: str) -> bool:
    """Whether a line ends where no sentence can (`… ban hành kèm theo`, `Thông tư số`, `TT-`), however short it is."""
    end = f" {before[-12:]}"
    if end.endswith(_OPEN_ENDS):
        return after[0].isalnum()
    if end.endswith(" số"):
        return after[0].isdecimal()
    if end[-1] == "-":
        return end[-2].isupper() and after[0].isupper()
    return after.startswith(("Điều ", "Khoản ")) and _LEADS_TO_REFERENCE.search(before[-24:]) is not None


def _is_label(before: str, after: str) -> bool:
    """Whether a line begins an item or basis; `… tại khoản 2` / `Điều 5 Luật …` is a reference over two lines."""
    if before[-1] == ";" and _BASIS.match(after):
        return True
    if _LABEL.match(after) is None:
        return False
    if before[-1] not in ",;" and not before[-1].isalnum():
        return True
    return _REFERENCE.match(after) is None and not (after[0] in "ĐKMCP" and _LEADS_TO_REFERENCE.search(before[-24:]))
