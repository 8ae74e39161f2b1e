"""To whom a document goes: Kính gửi, Nơi nhận and Lưu, one record a unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter

from extractors.context import Context, Found
from extractors.reading import Reading
from extractors.recipients.items import rows_of
from extractors.recipients.lists import listed_items
from extractors.records import Recipient
from extractors.text.lines import TextLine, lines_beside_lists


def find_recipients(reading: Reading, context: Context | None = None) -> Found[Recipient]:
    """Every addressee, every recipient of a copy and every file, in reading order.

    Annexes are left out: the forms there have lists of their own that say nothing of this document.
    """
    annexes = [z for z in (context.sections if context else ()) if z.level == 0 and z.zone == "appendix"]
    lines = list(lines_beside_lists(reading.text))
    for annex in reversed(annexes):
        del lines[_first_from(lines, annex.start) : _first_from(lines, annex.end)]
    rows = [row for role, item in listed_items(reading.text, lines) for row in rows_of(item, role)]
    rows.sort(key=lambda row: (row.start, row.end))
    return Found(tuple(_numbered(_without_repeats(rows))))


def _first_from(lines: list[TextLine], start: int) -> int:
    """The index of the first line that begins at `start` or behind it."""
    return bisect_left(lines, start, key=attrgetter("start"))


def _without_repeats(rows: list[Recipient]) -> Iterator[Recipient]:
    seen: set[tuple[int, str]] = set()
    for row in rows:
        if (row.start, row.name) not in seen:
            seen.add((row.start, row.name))
            yield row


def _numbered(rows: Iterable[Recipient]) -> Iterator[Recipient]:
    for ordinal, row in enumerate(rows, 1):
        yield Recipient(
            ordinal, row.role, row.name, row.purpose, row.refers_to_addressees, row.start, row.end, row.confidence
        )
