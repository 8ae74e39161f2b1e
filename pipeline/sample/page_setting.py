"""A sample document set on A4 pages: every line of text with its place, after the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.sample.documents import SampleDocument

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 85.0, 538.0, 60.0, 785.0
_LEFT_CENTRE, _RIGHT_CENTRE = 165.0, 402.0
_INDENT = 36.0
_BODY, _SMALL = 13.0, 11.0

Width = Callable[[str, float, bool], float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: page (from 0), left end and baseline in points from the upper left corner."""

    page: int
    x: float
    y: float
    size: float
    bold: bool
    text: str


class PageSetter:
    """Sets lines one below the other and turns the page when it is full. `width` measures text in points."""

    def __init__(self, width: Width, running_head: str | None = None) -> None:
        self.width = width
        self.running_head = running_head
        self.lines: list[Line] = []
        self.page = 0
        self.y = _TOP

    def feed(self, points: float) -> None:
        """Move down by `points`, to the next page when this one is full."""
        self.y += points
        if self.y > _BOTTOM:
            self.page += 1
            self.y = _TOP
            number = str(self.page + 1)
            top = f"{number}          {self.running_head}" if self.running_head else number
            self._put(top, (_LEFT + _RIGHT - self.width(top, _SMALL, False)) / 2, _SMALL, False)
            self.y += 30

    def keep_together(self, points: float) -> None:
        """Turn the page now unless `points` are left on it."""
        if self.y + points > _BOTTOM:
            self.feed(_BOTTOM)

    def centred(self, text: str, centre: float, size: float, bold: bool, widest: float) -> None:
        """`text` broken to `widest`, every line centred on `centre`."""
        for line in self.broken(text, size, bold, widest, widest):
            self._put(line, centre - self.width(line, size, bold) / 2, size, bold)
            self.feed(size * 1.25)

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """A paragraph of the body, its first line indented."""
        for i, line in enumerate(self.broken(text, _BODY, bold, _RIGHT - _LEFT - _INDENT, _RIGHT - _LEFT)):
            self._put(line, _LEFT + (_INDENT if i == 0 else 0), _BODY, bold)
            self.feed(_BODY * 1.35)
        self.feed(3)

    def listed(self, text: str, widest: float) -> None:
        """An item at the left margin in small print."""
        for line in self.broken(text, _SMALL, False, widest, widest):
            self._put(line, _LEFT, _SMALL, False)
            self.feed(_SMALL * 1.2)

    def broken(self, text: str, size: float, bold: bool, first: float, rest: float) -> list[str]:
        """`text` as lines no wider than `first`, then `rest`; runs of blanks are kept."""
        lines: list[str] = []
        current = ""
        for word in _words(text):
            longer = f"{current} {word}" if current else word
            if current and self.width(longer, size, bold) > (rest if lines else first):
                lines.append(current)
                current = word
            else:
                current = longer
        return [*lines, current] if current else lines

    def _put(self, text: str, x: float, size: float, bold: bool) -> None:
        self.lines.append(Line(self.page, x, self.y, size, bold, text))


def _words(text: str) -> Sequence[str]:
    return text.split(" ")


def set_pages(document: SampleDocument, width: Width, running_head: str | None = None) -> list[Line]:
    """The document on A4: two columns at the head, two at the foot, the text between them.

    From the second page on the page number stands at the top, with `running_head` beside it (Công báo).
    """
    setter = PageSetter(width, running_head)
    _head(setter, document)
    for i, line in enumerate(document.title):
        setter.centred(line, (_LEFT + _RIGHT) / 2, _BODY + (1 if i == 0 else 0), True, 400)
    setter.feed(8)
    for line in document.addressed.lines:
        setter.centred(line, (_LEFT + _RIGHT) / 2, _BODY, False, 400)
    setter.feed(8 if document.addressed.lines else 0)
    for paragraph in document.body:
        if paragraph.centred:
            for line in paragraph.text.split("\n"):
                setter.centred(line, (_LEFT + _RIGHT) / 2, _BODY, paragraph.bold, 400)
        else:
            setter.paragraph(paragraph.text, bold=paragraph.bold)
    _foot(setter, document)
    return setter.lines


def _head(setter: PageSetter, document: SampleDocument) -> None:
    head = document.head
    for line in head.left:
        setter.centred(line, _LEFT_CENTRE, 12, True, 190)
    setter.feed(6)
    setter.centred(head.number_line, _LEFT_CENTRE, _BODY, False, 190)
    for line in head.about:
        setter.centred(line, _LEFT_CENTRE, 12, False, 175)
    left_end, setter.y = setter.y, _TOP
    for line in head.right:
        setter.centred(line, _RIGHT_CENTRE, 12, True, 290)
    setter.y = max(setter.y, _TOP + 15 * len(head.left)) + 6
    setter.centred(head.date_line, _RIGHT_CENTRE, _BODY, False, 290)
    if document.urgency:
        setter.centred(document.urgency.upper(), _RIGHT_CENTRE, _BODY, True, 290)
    setter.y = max(setter.y, left_end) + 16


def _foot(setter: PageSetter, document: SampleDocument) -> None:
    blocks = document.signatures
    setter.feed(10)
    setter.keep_together(max(20.0 * len(document.recipients.lines), 170))
    top = setter.y
    for line in document.recipients.lines:
        setter.listed(line, 190)
    left_end = setter.y
    ends = [left_end]
    for i, block in enumerate(blocks):
        setter.y = top
        centre = _RIGHT_CENTRE if len(blocks) == 1 else 350.0 + 130.0 * i
        for line in block.titles:
            setter.centred(line, centre, _BODY if len(blocks) == 1 else _SMALL, True, 260 if len(blocks) == 1 else 125)
        setter.feed(36)
        if block.copy_mark:
            setter.centred(block.copy_mark, centre, _BODY, False, 250)
        setter.feed(36)
        setter.centred(block.name_line, centre, _BODY, True, 250)
        ends.append(setter.y)
    setter.y = max(ends)
