"""Plans in tables: the column that gives the time of each task, the task and who does it beside it.

Read from the blocks of the source (cells with row and column); in bare text from what is left of the grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from extractors.deadlines.flattened_tables import flattened_tables
from extractors.deadlines.time_words import find_time_words
from extractors.deadlines.times import TimeWords
from extractors.grammar import table
from extractors.reading import Block, Reading, tidy

_FROM = "từ "


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A row of a plan's table: its time words (offsets in the text), task and doer as written."""

    words: TimeWords
    task: str
    doer: str | None


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as its cells by (row, column), each with its stretch of the text."""

    cells: dict[tuple[int, int], tuple[int, int]]

    def column(self, name: str, text: str) -> int | None:
        """The column whose heading (in the first two rows) is of kind `name`."""
        pattern = _heading(name)
        first = min(row for row, _ in self.cells)
        for (row, column), (start, end) in sorted(self.cells.items()):
            if row <= first + 1 and pattern.match(tidy(text[start:end])):
                return column
        return None


def planned_tasks(reading: Reading) -> Iterator[PlannedTask]:
    """The tasks with a time of their own in the tables of `reading`, in reading order."""
    text = reading.text
    tables = [*_tables(reading.blocks)] or [_Table(cells) for cells in flattened_tables(text)]
    for cells in tables:
        time_column, task_column = cells.column("time", text), cells.column("task", text)
        if time_column is None or task_column is None or cells.column("event", text) is not None:
            continue
        doer_column = cells.column("doer", text)
        for (row, column), (start, end) in sorted(cells.cells.items()):
            words = _time_of(text, start, end) if column == time_column else None
            task = cells.cells.get((row, task_column))
            if words is None or task is None:
                continue
            doer = cells.cells.get((row, doer_column)) if doer_column is not None else None
            yield PlannedTask(words, tidy(text[slice(*task)]), tidy(text[slice(*doer)]) or None if doer else None)


@cache
def _heading(name: str) -> regex.Pattern[str]:
    rows = table("deadlines")["columns"]
    return regex.compile("|".join(row["words"] for row in rows if row["column"] == name), regex.I)


def _tables(blocks: tuple[Block, ...]) -> Iterator[_Table]:
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    last_row = -1
    for block in blocks:
        if block.kind != "cell" or block.row is None or block.row < last_row:
            if cells:
                yield _Table(cells)
            cells, last_row = {}, -1
        if block.kind == "cell" and block.row is not None:
            before = cells.get((block.row, block.column))
            cells[block.row, block.column] = (before[0] if before else block.start, block.end)
            last_row = block.row
    if cells:
        yield _Table(cells)


def _time_of(text: str, start: int, end: int) -> TimeWords | None:
    """The time words that a cell begins with; a range may lack its `từ`."""
    cell = text[start:end].replace("\n", " ")
    ranged = next(find_time_words(_FROM + cell[:1].lower() + cell[1:]), None)
    if ranged is not None and ranged.start == 0 and ranged.since is not None:
        return replace(ranged, start=start, end=start + ranged.end - len(_FROM))
    words = next(find_time_words(cell), None)
    if words is None or cell[: words.start].strip(" -+:"):
        return None
    return replace(words, start=start + words.start, end=start + words.end)
