"""The labels of numbered paragraphs (`1.`, `a)`, `I.`), which a .docx stores as counters and Word only prints.

ECMA-376 part 1, 17.9: a paragraph names a `num`, which points at an `abstractNum` whose levels hold a format, a
pattern (`%1.%2.`) and a first value. Paragraphs of one `abstractNum` share their counters; a `num` with a
`startOverride` begins anew when it is first used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from lxml import etree

from pipeline.sources.word_xml import W, child, value

_LEVELS = 9
_BULLETS_AS_PRINTED = frozenset("-–—+*•")
_PLACEHOLDER = regex.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `number_format` as in ST_NumberFormat, `pattern` with `%1` … `%9` for the counters."""

    number_format: str = "decimal"
    pattern: str = ""
    first: int = 1
    follow: str = "tab"
    restart: int | None = None
    all_decimal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    overrides: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._abstract: dict[str, dict[int, Level]] = {}
        self._numbered_styles: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for abstract in root.iterchildren(W + "abstractNum"):
            number = abstract.get(W + "abstractNumId", "")
            self._elements[number] = abstract
            if (name := value(child(abstract, "styleLink"))) is not None:
                self._numbered_styles[name] = number
        for num in root.iterchildren(W + "num"):
            entry = _List(value(child(num, "abstractNumId")) or "")
            for override in num.iterchildren(W + "lvlOverride"):
                ilvl = _number(override.get(W + "ilvl"), 0)
                if (start := value(child(override, "startOverride"))) is not None:
                    entry.starts[ilvl] = _number(start, 1)
                entry.overrides.update(_levels(override))
            self._lists[num.get(W + "numId", "")] = entry

    def _levels_of(self, abstract: str) -> dict[int, Level]:
        """The levels of an abstract list, its own or those of the style it points at; read when first asked for."""
        if abstract not in self._abstract:
            element = self._elements.get(abstract)
            linked = self._elements.get(self._numbered_styles.get(value(child(element, "numStyleLink")) or "", ""))
            chosen = element if linked is None else linked
            self._abstract[abstract] = {} if chosen is None else dict(_levels(chosen))
        return self._abstract[abstract]

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level of list `num_id` that paragraphs of `style` belong to (0 when the list does not say)."""
        entry = self._lists.get(num_id)
        if entry is None:
            return 0
        levels = self._levels_of(entry.abstract)
        return next((ilvl for ilvl, level in levels.items() if level.style == style), 0)

    def next_label(self, num_id: str, ilvl: int) -> str:
        """Count one paragraph on and give its label as printed, with the blank that parts it from the text.

        The label is empty for an unknown list, for format `none`, and for a level out of range.
        """
        entry = self._lists.get(num_id)
        if entry is None or not 0 <= ilvl < _LEVELS:
            return ""
        levels = self._levels_of(entry.abstract) | entry.overrides
        level = levels.get(ilvl)
        if level is None:
            return ""
        counters = self._counters.setdefault(entry.abstract, [None] * _LEVELS)
        self._count(num_id, entry, levels, counters, ilvl)
        if level.number_format == "bullet":
            return level.pattern + " " if level.pattern in _BULLETS_AS_PRINTED and level.pattern else "- "
        if level.number_format == "none" and not _PLACEHOLDER.sub("", level.pattern).strip():
            return ""
        label = _PLACEHOLDER.sub(lambda place: _printed(levels, counters, int(place[1]) - 1, level), level.pattern)
        if not label.strip():
            return ""
        return label if level.follow == "nothing" else label.rstrip() + " "

    def _count(
        self, num_id: str, entry: _List, levels: dict[int, Level], counters: list[int | None], ilvl: int
    ) -> None:
        if ilvl in entry.starts and (num_id, ilvl) not in self._begun:
            counters[ilvl] = entry.starts[ilvl]
        elif counters[ilvl] is None:
            counters[ilvl] = entry.starts.get(ilvl, levels[ilvl].first)
        else:
            counters[ilvl] = (counters[ilvl] or 0) + 1
        self._begun.add((num_id, ilvl))
        for above in range(ilvl):
            if counters[above] is None:
                counters[above] = levels[above].first if above in levels else 1
        for below in range(ilvl + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart != 0 and (restart is None or ilvl < restart):
                counters[below] = None
                self._begun.discard((num_id, below))


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for lvl in parent.iterchildren(W + "lvl"):
        restart = value(child(lvl, "lvlRestart"))
        legal = child(lvl, "isLgl")
        yield (
            _number(lvl.get(W + "ilvl"), 0),
            Level(
                number_format=value(child(lvl, "numFmt")) or "decimal",
                pattern=value(child(lvl, "lvlText")) or "",
                first=_number(value(child(lvl, "start")), 0),
                follow=value(child(lvl, "suff")) or "tab",
                restart=None if restart is None else _number(restart, 0),
                all_decimal=legal is not None and legal.get(W + "val") not in ("0", "false"),
                style=value(child(lvl, "pStyle")),
            ),
        )


def _number(written: str | None, otherwise: int) -> int:
    try:
        return int(written) if written is not None else otherwise
    except ValueError:
        return otherwise


def _printed(levels: dict[int, Level], counters: list[int | None], ilvl: int, current: Level) -> str:
    count = counters[ilvl]
    if count is None or ilvl not in levels:
        return ""
    number_format = "decimal" if current.all_decimal else levels[ilvl].number_format
    return format_number(count, number_format)


def format_number(count: int, number_format: str) -> str:
    """`count` as ST_NumberFormat prints it; formats no Vietnamese office uses come out decimal.

    Letters are those of the Latin alphabet, as Word prints them: after `d` comes `e`, never `đ`.
    """
    match number_format:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{count:02d}"
        case "lowerRoman" | "upperRoman" if 0 < count < 4000:
            roman = _roman(count)
            return roman if number_format == "lowerRoman" else roman.upper()
        case "lowerLetter" | "upperLetter" if count > 0:
            letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 30)
            return letter if number_format == "lowerLetter" else letter.upper()
        case _:
            return str(count)


def _roman(count: int) -> str:
    out = ""
    for size, letters in _ROMAN:
        while count >= size:
            out += letters
            count -= size
    return out
