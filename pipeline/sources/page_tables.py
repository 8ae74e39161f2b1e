"""Ruled tables: from the lines drawn on a page to cells with their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.sources.page_words import PageWords, Rule, Word

_NEAR = 3.5
_LEAST_CELL = 8.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: row and column of its upper left corner, counted from 0 and 1."""

    row: int
    column: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: edges of its columns and rows, and the rules between."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    @property
    def top(self) -> float:
        """Upper edge in points."""
        return self.ys[0]

    def holds(self, word: Word) -> bool:
        """Whether the word's middle is inside the table."""
        middle = (word.top + word.bottom) / 2
        return self.xs[0] - _NEAR < word.middle < self.xs[-1] + _NEAR and self.ys[0] < middle < self.ys[-1]

    def cells(self, words: Iterable[Word]) -> list[Cell]:
        """The cells that hold words, row by row; cells that no rule parts are one."""
        merged = self._merged()
        held: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            row = _interval(self.ys, (word.top + word.bottom) / 2)
            column = _interval(self.xs, word.middle)
            held.setdefault(merged[row, column], []).append(word)
        return [Cell(row, column + 1, tuple(held[row, column])) for row, column in sorted(held)]

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each field of the grid the upper left field of the cell it is part of."""
        first: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                first[row, column] = (row, column)
                middle_y = (self.ys[row] + self.ys[row + 1]) / 2
                middle_x = (self.xs[column] + self.xs[column + 1]) / 2
                if column and not _crossed(self.upright, self.xs[column], middle_y, upright=True):
                    first[row, column] = first[row, column - 1]
                elif row and not _crossed(self.level, self.ys[row], middle_x, upright=False):
                    first[row, column] = first[row - 1, column]
        return first


def find_grids(page: PageWords) -> list[Grid]:
    """The ruled tables of a page, from the top; boxes of a single cell are none."""
    upright = [r for r in page.rules if r.bottom - r.top > r.right - r.left and r.bottom - r.top > _LEAST_CELL]
    level = [r for r in page.rules if r.right - r.left >= r.bottom - r.top and r.right - r.left > _LEAST_CELL]
    if len(upright) < 3 or len(level) < 2:
        return []
    grids = []
    for group in _touching([*upright, *level]):
        xs = _edges((r.left + r.right) / 2 for r in group if r in set(upright))
        ys = _edges((r.top + r.bottom) / 2 for r in group if r in set(level))
        if len(xs) >= 3 and len(ys) >= 2 and any(_inside(word, xs, ys) for word in page.words):
            members = set(group)
            grids.append(
                Grid(xs, ys, tuple(r for r in upright if r in members), tuple(r for r in level if r in members))
            )
    return sorted(grids, key=lambda grid: grid.top)


def _inside(word: Word, xs: Sequence[float], ys: Sequence[float]) -> bool:
    return xs[0] < word.middle < xs[-1] and ys[0] < word.baseline < ys[-1]


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of rules that meet or cross."""
    groups: list[tuple[list[Rule], list[float]]] = []
    for rule in sorted(rules, key=lambda r: (r.top, r.left)):
        box = [rule.left, rule.top, rule.right, rule.bottom]
        rest = []
        members = [rule]
        for group, bounds in groups:
            if _meet(box, bounds):
                members = group + members
                box = [
                    min(box[0], bounds[0]),
                    min(box[1], bounds[1]),
                    max(box[2], bounds[2]),
                    max(box[3], bounds[3]),
                ]
            else:
                rest.append((group, bounds))
        groups = [*rest, (members, box)]
    return [group for group, _ in groups]


def _meet(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] <= b[2] + _NEAR and b[0] <= a[2] + _NEAR and a[1] <= b[3] + _NEAR and b[1] <= a[3] + _NEAR


def _edges(values: Iterable[float]) -> tuple[float, ...]:
    """The places of column or row edges; rules close to each other (a leaning border in pieces) are one edge."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _LEAST_CELL:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(group) / len(group) for group in groups)


def _interval(edges: Sequence[float], value: float) -> int:
    inner = sum(1 for edge in edges[1:-1] if edge <= value)
    return min(inner, len(edges) - 2)


def _crossed(rules: Iterable[Rule], at: float, along: float, *, upright: bool) -> bool:
    """Whether a rule runs at `at` past the point `along`."""
    for rule in rules:
        if upright and abs((rule.left + rule.right) / 2 - at) < _LEAST_CELL and rule.top <= along <= rule.bottom:
            return True
        if not upright and abs((rule.top + rule.bottom) / 2 - at) < _LEAST_CELL and rule.left <= along <= rule.right:
            return True
    return False
