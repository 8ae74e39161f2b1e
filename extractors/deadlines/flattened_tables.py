"""Tables in bare text: cells between bars on one line, or every cell on a line of its own.

Exports of web pages and of Word lose the grid. A row of bars tells its cells; without them a column of running numbers
(`TT`) tells where each row begins, and the headings above it how many cells a row has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.text.paragraphs import Line, lines_of

Span = tuple[int, int]
Cells = dict[tuple[int, int], Span]

_LONGEST_HEADING = 60
_LONGEST_NUMBERS = len("Số TT.")
_MOST_COLUMNS = 9
_LEAST_COLUMNS = 3


def flattened_tables(text: str) -> Iterator[Cells]:
    """The cells of each table of `text` by (row, column), the headings as row 0; spans are code points of `text`."""
    has_bars = "|" in text and _two_bars().search(text) is not None
    has_numbers = _line_of_numbers().search(f"\n{text}") is not None
    if not has_bars and not has_numbers:
        return
    lines = lines_of(text)
    if has_bars:
        yield from _barred(lines)
    if has_numbers:
        yield from _one_cell_a_line(lines)


@cache
def _two_bars() -> re.Pattern[str]:
    return re.compile(r"\|[^|\n]{0,400}\|")


@cache
def _line_of_numbers() -> re.Pattern[str]:
    """The heading of a column of running numbers alone on its line."""
    return re.compile(rf"\n[ ]{{0,9}}{_numbers().pattern}[ ]{{0,9}}(?=\n|$)")


def _barred(lines: Sequence[Line]) -> Iterator[Cells]:
    rows: list[list[Span]] = []
    for line in lines:
        if not line.text.strip("|-+=: "):
            continue
        cells = _cells_of(line)
        if rows and len(cells) != len(rows[0]):
            yield from _as_table(rows)
            rows = []
        if cells:
            rows.append(cells)
    yield from _as_table(rows)


def _cells_of(line: Line) -> list[Span]:
    inner = line.text.strip("|")
    if inner.count("|") < _LEAST_COLUMNS - 1:
        return []
    at = line.start + line.text.index(inner)
    cells = []
    for cell in inner.split("|"):
        bare = cell.strip()
        start = at + (cell.index(bare) if bare else 0)
        cells.append((start, start + len(bare)))
        at += len(cell) + 1
    return cells


def _as_table(rows: Sequence[Sequence[Span]]) -> Iterator[Cells]:
    if len(rows) > 1:
        yield {(i, j): cell for i, row in enumerate(rows) for j, cell in enumerate(row)}


def _one_cell_a_line(lines: Sequence[Line]) -> Iterator[Cells]:
    done = 0
    for at, line in enumerate(lines):
        if at < done or len(line.text) > _LONGEST_NUMBERS or not _numbers().fullmatch(line.text):
            continue
        rows = _rows_of_cells(lines, at)
        yield from _as_table(rows)
        done = at + sum(len(row) for row in rows)


def _rows_of_cells(lines: Sequence[Line], heading: int) -> list[list[Span]]:
    """The rows of the table whose first heading is line `heading`, all of one width; a row that is not ends it."""
    near = lines[heading : heading + _MOST_COLUMNS + 1]
    width = next((i for i, line in enumerate(near) if _is_number(line, 1)), 0)
    if width < _LEAST_COLUMNS or any(len(line.text) > _LONGEST_HEADING for line in near[:width]):
        return []
    rows = [[(line.start, line.end) for line in near[:width]]]
    at = heading + width
    while at + width <= len(lines) and _is_number(lines[at], len(rows)):
        rows.append([(line.start, line.end) for line in lines[at : at + width]])
        at += width
    return rows


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(r"(?:S?TT|Stt|Số\s?TT)[.:]?")


def _is_number(line: Line, number: int) -> bool:
    return line.text.rstrip(".)").lstrip("0") == str(number)
