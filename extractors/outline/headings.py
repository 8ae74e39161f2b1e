"""Which labelled paragraphs are the document's outline, and how deep each stands.

The units of a legal text have a fixed order. Plain labels (`A.`, `I.`, `1.`, `1.1.`, `a)`) nest in the order in which
the document itself brings them in. A label counts when it is the next of its row, the first of a new one, or a little
ahead (a gap, which is reported); a number that fits nowhere is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractors.numerals import to_roman
from extractors.outline.labels import ARABIC, DECIMAL, LOWER, ROMAN, UPPER, Label, labels_of, letters_between
from extractors.text.paragraphs import Line

_WIDEST_GAP = 3
_FAR = 40
_SPEAKS = r"báo\s+cáo|trình\s+bày|phát\s+biểu|thông\s+qua|đề\s+nghị|kết\s+luận|có\s+ý\s+kiến|công\s+bố|đọc|nêu"
_SPEAKS += r"|triển\s+khai|phổ\s+biến|quán\s+triệt|thông\s+báo|giới\s+thiệu|đánh\s+giá|tổng\s+hợp|yêu\s+cầu"
_PERSON = regex.compile(
    r"(?:Ông|Bà|Đồng chí|Đ/c|Thầy|Cô|(?:(?:GS|PGS|TS|ThS|BS|CKI|CKII|KS|CN)[.,-]{0,2}\s?){1,4})\s*:?\s+"
    rf"(?!(?:\p{{Lu}}\p{{Ll}}*\s+){{2,5}}(?:{_SPEAKS})(?!\p{{L}}))(?:\p{{Lu}}\p{{Ll}}*\s+){{1,4}}\p{{Lu}}\p{{Ll}}*"
)
_TABLE_HEAD = re.compile(r"(?:STT|TT|Stt|Số TT|SỐ TT|S\.TT)(?![^\W_])")
_OPENS_QUOTATION = re.compile(r"\s*[“‟\"](?=\s*(?:Điều|Chương|Mục|Phần|\d{1,2}[.)]|[a-zđ]\)|[IVX]+\.))")
_CLOSES_QUOTATION = regex.compile(r"[”\"]\s{0,3}[.;,]?\s{0,3}$")
_LONGEST_QUOTATION = 400


class Heading(NamedTuple):
    """A label that belongs to the outline: its paragraph (index in the lines), depth from 1, and what it skips.

    `skipped` tells the label before a gap in the numbering, None where there is no gap.
    """

    line: int
    label: Label
    level: int
    skipped: str | None = None


def find_headings(lines: Sequence[Line], in_table: Sequence[bool]) -> list[Heading]:
    """The outline of a stretch of paragraphs; `in_table` tells which paragraphs are table cells."""
    candidates = list(_candidates(lines, in_table))
    last_places = {(r.style, r.value): place for place, (_, readings) in enumerate(candidates) for r in readings}
    rows: list[Label] = []  # the last label of each row that is open, the outermost first
    closed: dict[str, Label] = {}
    headings: list[Heading] = []
    foreign_until = -1
    for place, (line, readings) in enumerate(candidates):
        text = lines[line].text
        if line <= foreign_until and not readings[0].is_unit:
            continue
        if readings[0].is_unit:
            foreign = _is_foreign(readings[0], rows, place, last_places)
            foreign_until = _end_of_foreign(lines, line) if foreign else -1
            if foreign:
                continue
        ahead = candidates[place + 1 : place + _FAR]
        capital = _begins_like_a_heading(text, readings[0].after)
        for label in readings:
            if label.style == ROMAN and not label.sure and not text[label.after :].isupper():
                continue
            chosen = _fit(label, rows, closed, ahead, capital)
            if chosen is None:
                continue
            depth, counted, skipped = chosen
            for row in rows[depth:]:
                closed[row.style] = row
            del rows[depth:]
            rows.append(counted)
            headings.append(Heading(line, counted, depth + 1, skipped))
            break
    return headings


_Candidate = tuple[int, tuple[Label, ...]]


def _candidates(lines: Sequence[Line], in_table: Sequence[bool]) -> Iterator[_Candidate]:
    quoted_until = -1
    rows_of_a_table = False
    for i, line in enumerate(lines):
        if i <= quoted_until or in_table[i]:
            continue
        text = line.text
        if text[:1] in '“‟"' and _OPENS_QUOTATION.match(text):
            quoted_until = _end_of_quotation(lines, i)
            continue
        if _TABLE_HEAD.match(text):
            rows_of_a_table = True
            continue
        readings = labels_of(text)
        if not readings:
            continue
        rows_of_a_table = rows_of_a_table and not _ends_table(text, readings[0])
        if rows_of_a_table:
            continue
        if readings[0].style == ARABIC and _PERSON.match(text, readings[0].after):
            continue
        yield i, readings


def _ends_table(text: str, label: Label) -> bool:
    """Whether a labelled line after a table's heading is no row of it any more."""
    return label.is_unit or text[label.after :].isupper() or text.endswith((".", ":", ";"))


def _end_of_quotation(lines: Sequence[Line], start: int) -> int:
    for i in range(start, min(len(lines), start + _LONGEST_QUOTATION)):
        if _CLOSES_QUOTATION.search(lines[i].text) and (i > start or len(lines[i].text) > 2):
            return i
    return start


def _is_foreign(label: Label, rows: list[Label], place: int, last_places: dict[tuple[str, int], int]) -> bool:
    """Whether a unit belongs to a text that is quoted: it jumps, and the one that is due comes later."""
    last = next((row for row in rows if row.style == label.style), None)
    if last is None or label.value in {1, last.value, last.value + 1}:
        return False
    return last_places.get((label.style, last.value + 1), -1) > place


def _end_of_foreign(lines: Sequence[Line], start: int) -> int:
    """The last line of a quoted text whose opening mark is missing; the end of all lines when its closing is, too."""
    end = _end_of_quotation(lines, start)
    return end if end > start else len(lines)


def _begins_like_a_heading(text: str, after: int) -> bool:
    rest = text[after : after + 3].lstrip("“\"'(*_ ")
    return not rest or rest[0].isupper() or rest[0].isdigit()


def _fit(
    label: Label, rows: list[Label], closed: dict[str, Label], ahead: Sequence[_Candidate], capital: bool
) -> tuple[int, Label, str | None] | None:
    """Where `label` goes: the depth to cut the open rows to, the label as it counts, the label before a gap."""
    if label.is_unit:
        return _fit_unit(label, rows)
    depth = next((d for d in range(len(rows) - 1, -1, -1) if _same_row(rows[d], label)), None)
    if depth is None and label.style.startswith(DECIMAL) and not _has_parent(label, rows):
        return None
    if depth is None:
        return _fit_new_row(label, rows, closed, ahead, capital)
    return _fit_open_row(label, rows[depth], depth, ahead, capital)


def _fit_unit(label: Label, rows: list[Label]) -> tuple[int, Label, str | None] | None:
    depth = next((d for d, row in enumerate(rows) if row.rank >= label.rank), len(rows))
    skipped = None
    if depth < len(rows) and rows[depth].style == label.style and label.value > rows[depth].value + 1:
        skipped = rows[depth].text
    return depth, label, skipped


def _same_row(open_label: Label, label: Label) -> bool:
    if open_label.style != label.style:
        return False
    if open_label.mark != label.mark and label.style in {ARABIC, LOWER}:
        return label.value == open_label.value + 1
    return True


def _has_parent(label: Label, rows: list[Label]) -> bool:
    if len(label.prefix) > 1:
        return any((*row.prefix, row.value) == label.prefix for row in rows)
    return any(row.value == label.prefix[0] for row in rows) or label.value == 1


def _fit_open_row(
    label: Label, last: Label, depth: int, ahead: Sequence[_Candidate], capital: bool
) -> tuple[int, Label, str | None] | None:
    step = label.value - last.value
    if label.prefix != last.prefix:
        return (depth, label, None) if label.value <= 2 or label.prefix > last.prefix else None
    if step == 1 or (step > 1 and label.style == LOWER and not letters_between(last.value, label.value)):
        return depth, label, None
    if not label.sure:
        return None
    if step == 0 and label.style == ROMAN and capital:
        if _next_value(label.style, ahead) == label.value + 2:
            value = label.value + 1
            return depth, Label(ROMAN, value, to_roman(value), label.after, label.mark, sure=False), None
        return depth, label, None
    if label.value == 1 or (step == 0 and capital):
        return depth, label, None
    if capital and (1 < step <= _WIDEST_GAP or (step != 0 and _next_value(label.style, ahead) == label.value + 1)):
        return depth, label, last.text if step > 1 else None
    return None


def _fit_new_row(
    label: Label, rows: list[Label], closed: dict[str, Label], ahead: Sequence[_Candidate], capital: bool
) -> tuple[int, Label, str | None] | None:
    following = _next_value(label.style, ahead)
    if label.style == ROMAN and label.text == "I" and following != 2 and _next_value(ARABIC, ahead[:1]) == 2:
        return None
    last = closed.get(label.style)
    goes_on = last is not None and label.value == last.value + 1
    if not label.sure and not (label.value == 1 and _is_next(label.style, 2, ahead)):
        return None
    if label.value != 1 and not goes_on and not (capital and (label.value == 2 or following == label.value + 1)):
        return None
    if label.style in {UPPER, ROMAN} and label.value != 1 and not goes_on and following != label.value + 1:
        return None
    depth = len(rows)
    while depth and _stands_above(label, rows[depth - 1], ahead):
        depth -= 1
    return depth, label, None


def _stands_above(label: Label, open_label: Label, ahead: Sequence[_Candidate]) -> bool:
    """Whether the open row ends where the new row begins, because the new style is the higher one."""
    if label.rank >= open_label.rank:
        return False
    if label.style == ARABIC and label.value == 1 and not open_label.is_unit:
        return not _comes_back(open_label, ahead)
    return True


def _comes_back(open_label: Label, ahead: Sequence[_Candidate]) -> bool:
    """Whether the open row goes on after the new one, so that the new one stands inside it."""
    for _, readings in ahead:
        for reading in readings:
            if reading.style == open_label.style and reading.mark == open_label.mark:
                return reading.value == open_label.value + 1
    return False


def _is_next(style: str, value: int, ahead: Sequence[_Candidate]) -> bool:
    """Whether the next label that may be of `style` may have `value`."""
    for _, readings in ahead:
        values = [reading.value for reading in readings if reading.style == style]
        if values:
            return value in values
    return False


def _next_value(style: str, ahead: Sequence[_Candidate]) -> int | None:
    for _, readings in ahead:
        for reading in readings:
            if reading.style == style and reading.sure:
                return reading.value
    return None
