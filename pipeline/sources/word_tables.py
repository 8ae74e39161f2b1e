"""In which order a table of a .docx is read.

Nghị định 30/2020/NĐ-CP, phụ lục I, sets issuer beside quốc hiệu and Nơi nhận beside the signature; Word users do it
with tables without lines. Such a layout table is read column by column: the whole left side, then the right. A table
of data is read row by row. Rows that cross the whole table part it into bands, read one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractors.reading import BlockKind
from pipeline.sources.document_text import Line

_STATE_NAME = regex.compile(r"(?i)C[ỘO]NG\s+H[ÒOÀ][AÀ]\s+X[ÃA]\s+H[ỘO]I|Đ[ẢA]NG\s+C[ỘO]NG\s+S[ẢA]N\s+VI[ỆE]T")
_RECIPIENTS = regex.compile(r"(?i)\W{0,5}N[ơo]i\s+(?:nhận|gửi)\b")
_SIGNING = regex.compile(
    r"(?:(?:T/?M|K/?T|T/?L|T/?UQ|Q) ?[./]|(?:ĐẠI DIỆN|CHỦ T|PHÓ|GIÁM ĐỐC|TỔNG|TRƯỞNG|HIỆU TRƯỞNG|CHÁNH|BÍ THƯ|"
    r"VIỆN TRƯỞNG|CỤC TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TRƯỞNG|NGƯỜI|XÁC NHẬN|BÊN [AB]|CHỦ TỌA|THƯ KÝ))"
)
_ORDINAL_HEAD = regex.compile(r"(?i)STT|TT|Số ?TT|Số thứ tự")
_KEY = regex.compile(r".{1,60}:", regex.DOTALL)
_LAYOUT_COLUMNS = 4
_LAYOUT_ROWS = 14
_BARE_LAYOUT_ROWS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not the lower part of a merged one: grid columns [start, end) and its lines in order."""

    start: int
    end: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The cell's lines, one under the other, without outer blanks."""
        return "\n".join(line.text for line in self.lines).strip()


def read_table(rows: Sequence[Sequence[Cell]], bordered: bool) -> list[Line]:
    """The table's lines in reading order, with `row` and `column` set.

    `bordered` tells whether lines are drawn between the columns. A table of one column is no table to a reader: its
    lines stay what they are.
    """
    filled = [[cell for cell in row if cell.text] for row in rows]
    if max((len(row) for row in filled), default=0) <= 1 and _same_column(filled):
        return [line for row in rows for cell in row for line in cell.lines]
    if _is_layout(filled, bordered):
        return _by_columns(filled)
    places = {start: place for place, start in enumerate(sorted({cell.start for row in rows for cell in row}), 1)}
    return [
        _placed(line, "cell", places[cell.start], number)
        for number, row in enumerate(rows)
        for cell in row
        for line in cell.lines
    ]


def _same_column(rows: Sequence[Sequence[Cell]]) -> bool:
    cells = [cell for row in rows for cell in row]
    return not cells or max(cell.start for cell in cells) < min(cell.end for cell in cells)


def _is_layout(rows: Sequence[Sequence[Cell]], bordered: bool) -> bool:
    used = [row for row in rows if row]
    if max(map(len, used)) > _LAYOUT_COLUMNS or len(used) > _LAYOUT_ROWS:
        return False
    texts = [cell.text for row in used for cell in row]
    if any(_RECIPIENTS.match(text) for text in texts) or any(_STATE_NAME.search(text[:400]) for text in texts[:6]):
        return True
    if bordered or _ORDINAL_HEAD.fullmatch(used[0][0].text):
        return False
    if len(used) == 1:
        return True
    if all(_KEY.fullmatch(row[0].text) for row in used if len(row) > 1):
        return False
    if any(_SIGNING.match(cell.text) for row in used[:2] for cell in row):
        return True
    return len(used) <= _BARE_LAYOUT_ROWS


def _by_columns(rows: Sequence[Sequence[Cell]]) -> list[Line]:
    width = max(cell.end for row in rows for cell in row)
    widest = max(rows, key=len)
    columns = [(cell.start, cell.end) for cell in widest]
    out: list[Line] = []
    band: list[list[Line]] = [[] for _ in columns]
    for number, row in enumerate(rows):
        if len(row) == 1 and row[0].start == 0 and row[0].end >= width and len(columns) > 1:
            out.extend(line for column in band for line in column)
            out.extend(_placed(line, line.kind, 0, number) for line in row[0].lines)
            band = [[] for _ in columns]
            continue
        for cell in row:
            place = _nearest(columns, cell)
            band[place].extend(_placed(line, line.kind, place + 1, number) for line in cell.lines)
    out.extend(line for column in band for line in column)
    return out


def _placed(line: Line, kind: BlockKind, column: int, row: int) -> Line:
    return Line(line.text, line.page, kind, column, row, line.bold, line.centred)


def _nearest(columns: Sequence[tuple[int, int]], cell: Cell) -> int:
    """The column that shares most of the grid with `cell`; the nearest one when none does."""
    return max(
        range(len(columns)),
        key=lambda place: (
            min(columns[place][1], cell.end) - max(columns[place][0], cell.start),
            -abs(columns[place][0] - cell.start),
        ),
    )
