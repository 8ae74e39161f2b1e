"""Tables in bare text: cells between bars on one line, or every cell on a line of its own.

Exports of web pages and of Word lose the grid. A row of bars tells its cells; without them a column of running numbers
(`TT`) tells where each row begins, and the headings above it how many cells a row has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice

from extractors.text.paragraphs import Line, lines_from, lines_of

Span = tuple[int, int]
Cells = dict[tuple[int, int], Span]

_LONGEST_HEADING = 60
_MOST_COLUMNS = 9
_LEAST_COLUMNS = 3


def flattened_tables(text: str) -> Iterator[Cells]:
    """The cells of each table of `text` by (row, column), the headings as row 0; spans are code points of `text`."""
    has_bars = "|" in text and _two_bars().search(text) is not None
    if has_bars:
        yield from _barred(lines_of(text))
    yield from _one_cell_a_line(text)


@cache
def _two_bars() -> re.Pattern[str]:
    return re.compile(r"\|[^|\n]{0,400}\|")


@cache
def _line_of_numbers() -> re.Pattern[str]:
    """The heading of a column of running numbers alone on its line."""
    return re.compile(r"\n *(?P<heading>(?:S?TT|Stt|Số ?TT)[.:]?) *(?=\n|$)")


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


def _one_cell_a_line(text: str) -> Iterator[Cells]:
    done = 0
    for line in _line_of_numbers().finditer(f"\n{text}"):
        heading = line.start("heading") - 1
        if heading < done:
            continue
        rows = _rows_of_cells(lines_from(text, heading))
        yield from _as_table(rows)
        done = rows[-1][-1][1] if rows else heading


def _rows_of_cells(lines: Iterator[Line]) -> list[list[Span]]:
    """The rows, all of one width, of the table headed by the first of `lines`; a row of another width ends it."""
    near = list(islice(lines, _MOST_COLUMNS + 1))
    width = next((i for i, line in enumerate(near) if _is_number(line, 1)), 0)
    if width < _LEAST_COLUMNS or any(len(line.text) > _LONGEST_HEADING for line in near[:width]):
        return []
    rows = [[(line.start, line.end) for line in near[:width]]]
    following = chain(near[width:], lines)
    while len(row := list(islice(following, width))) == width and _is_number(row[0], len(rows)):
        rows.append([(line.start, line.end) for line in row])
    return rows


def _is_number(line: Line, number: int) -> bool:
    return line.text.rstrip(".)").lstrip("0") == str(number)
