"""The page as one HTML file: no network, no script but its own, nothing of the document's text taken for markup."""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import groupby, pairwise
from string import Template

from pipeline.document_page.contents import KIND_LABELS, Heading, Mark, MarkKind, PlacedBlock, ShownDocument, ShownPage

DOUBTFUL = 0.9
"""Rows below this confidence are marked as doubtful."""


def document_page(document: ShownDocument, pictures: Mapping[int, str], picture_note: str = "") -> str:
    """The page; `pictures` are data: URIs by page number, `picture_note` tells why some are missing."""
    style, script = _asset("page.css"), _asset("page.js")
    return Template(_asset("page.html")).substitute(
        policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        title=escape(document.title),
        source_path=escape(document.source_path),
        doc_id=document.doc_id,
        facts=_facts(document),
        outline=_outline(document.headings),
        legend=_legend(document.marks),
        views=_view_switch(pictures),
        text="".join(_text(document)),
        pictures="".join(_picture(document, page, pictures) for page in document.pages if page.size is not None),
        picture_note=f'<p class="note">{escape(picture_note)}</p>' if picture_note else "",
        lists="".join(_list(kind, document.marks) for kind in KIND_LABELS),
    )


def _asset(name: str) -> str:
    return files("pipeline.document_page").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _facts(document: ShownDocument) -> str:
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in document.facts)
    return f"<dl>{rows}</dl>{_confidence(document.header_confidence)}"


def _confidence(value: float | None) -> str:
    if value is None:
        return ""
    return (
        f'<p class="sure"><meter min="0" max="1" low="0.7" high="{DOUBTFUL}" optimum="1" value="{value:.2f}"></meter> '
        f"Độ tin cậy {value:.0%}</p>"
    )


def _outline(headings: Sequence[Heading]) -> str:
    items = "".join(
        f'<li class="l{min(heading.level, 6)}"><a href="#o{at}">{escape(heading.text)}</a></li>'
        for at, heading in enumerate(headings)
    )
    return f"<ol>{items}</ol>" if items else '<p class="note">Không có bố cục.</p>'


def _legend(marks: Sequence[Mark]) -> str:
    counts = {kind: sum(mark.kind == kind for mark in marks) for kind in KIND_LABELS}
    return "".join(
        f'<label class="key {kind}"><input type="checkbox" checked data-kind="{kind}"> '
        f"<span>{escape(KIND_LABELS[kind])}</span> <b>{count}</b></label>"
        for kind, count in counts.items()
        if count
    )


def _view_switch(pictures: Mapping[int, str]) -> str:
    if not pictures:
        return ""
    return (
        '<fieldset class="views"><legend>Xem</legend>'
        '<label><input type="radio" name="view" value="text" checked> Chữ</label>'
        '<label><input type="radio" name="view" value="pictures"> Trang ảnh</label>'
        '<label><input type="radio" name="view" value="both"> Cả hai</label></fieldset>'
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text with the block it lies in."""

    start: int
    end: int
    block: PlacedBlock | None

    @property
    def row(self) -> tuple[str, int]:
        """Lines of one table row have the same."""
        if self.block is not None and self.block.row is not None:
            return "row", self.block.row
        if self.block is not None and self.block.column:
            return "columns", 0
        return "line", 0


def _text(document: ShownDocument) -> Iterator[str]:
    """The text zone by zone, line by line, marks in place."""
    zones = [heading for heading in document.headings if heading.level == 0]
    starts = [zone.start for zone in zones]
    lines = _lines(document)
    pages = _page_starts(document)
    painted = _Painter(document)
    for zone_at, of_zone in groupby(lines, key=lambda line: bisect_right(starts, line.start) - 1):
        label, name = (zones[zone_at].text, zones[zone_at].zone) if zone_at >= 0 else ("", "body")
        name, spoken = escape(name, quote=True), escape(label, quote=True)
        yield f'<section class="zone {name}" aria-label="{spoken}"><p class="zone-name">{escape(label)}</p>'
        for (shape, _), group in groupby(of_zone, key=lambda line: line.row):
            cells = list(group)
            if shape == "line":
                for line in cells:
                    yield _page_sign(pages, line) + painted.line(line)
            else:
                yield _page_sign(pages, cells[0]) + f'<div class="{shape}">'
                for _, column in groupby(cells, key=lambda line: line.block.column if line.block else 0):
                    yield '<div class="cell">' + "".join(map(painted.line, column)) + "</div>"
                yield "</div>"
        yield "</section>"


def _lines(document: ShownDocument) -> list[_Line]:
    starts = [block.start for block in document.blocks]
    lines = []
    at = 0
    for text in document.text.split("\n"):
        nearest = bisect_right(starts, at) - 1
        block = document.blocks[nearest] if nearest >= 0 and document.blocks[nearest].end > at else None
        lines.append(_Line(at, at + len(text), block))
        at += len(text) + 1
    return lines


def _page_starts(document: ShownDocument) -> dict[int, int]:
    """Offset of the first line of each page but the first → its number; emptied as the pages are begun."""
    starts: dict[int, int] = {}
    seen = {1}
    for block in document.blocks:
        if block.page_no is not None and block.page_no not in seen:
            seen.add(block.page_no)
            starts[block.start] = block.page_no
    return starts


def _page_sign(pages: dict[int, int], line: _Line) -> str:
    begun = [start for start in pages if start <= line.start]
    return "".join(f'<p class="page-sign">Trang {pages.pop(start)}</p>' for start in sorted(begun))


class _Painter:
    """Writes stretches of the text with the marks that cover them."""

    def __init__(self, document: ShownDocument) -> None:
        self._text = document.text
        self._marks = [mark for mark in document.marks if mark.start is not None]
        self._anchors: dict[int, list[int]] = {}
        for at, heading in enumerate(document.headings):
            self._anchors.setdefault(heading.start, []).append(at)
        self._levels = {heading.start: heading.level for heading in document.headings if heading.level}
        self._next = 0
        self._open: list[Mark] = []
        self._begun: set[str] = set()

    def line(self, line: _Line) -> str:
        """One line; lines must come in the order of the text."""
        names = ["line"]
        if line.block is not None:
            names += [name for name, on in (("bold", line.block.bold), ("centred", line.block.centred)) if on]
        level = self._levels.get(line.start)
        if level is not None:
            names.append(f"h{min(level, 6)}")
        inner = "".join(self._pieces(line.start, line.end))
        return f'<p class="{" ".join(names)}">{inner or "&nbsp;"}</p>'

    def _pieces(self, start: int, end: int) -> Iterator[str]:
        while self._next < len(self._marks) and (self._marks[self._next].start or 0) < end:
            self._open.append(self._marks[self._next])
            self._next += 1
        self._open = [mark for mark in self._open if (mark.end or 0) > start]
        cuts = {start, end}
        for mark in self._open:
            cuts |= {cut for cut in (mark.start, mark.end) if cut is not None and start < cut < end}
        cuts |= {cut for cut in self._anchors if start < cut < end} if self._anchors else set()
        for left, right in pairwise(sorted(cuts)):
            yield self._anchor(left)
            covering = [m for m in self._open if m.start is not None and m.end is not None and m.start <= left < m.end]
            words = escape(self._text[left:right])
            yield self._marked(words, covering) if covering else words
        if start == end:
            yield self._anchor(start)

    def _anchor(self, at: int) -> str:
        return "".join(f'<a class="anchor" id="o{i}"></a>' for i in self._anchors.pop(at, ()))

    def _marked(self, words: str, covering: Sequence[Mark]) -> str:
        new = [mark for mark in covering if mark.mark_id not in self._begun]
        self._begun.update(mark.mark_id for mark in new)
        kinds = " ".join(dict.fromkeys(mark.kind for mark in covering))
        doubtful = " doubtful" if any(_is_doubtful(mark) for mark in covering) else ""
        ids = " ".join(mark.mark_id for mark in covering)
        anchors = "".join(f'<a class="anchor" id="t-{mark.mark_id}"></a>' for mark in new)
        label = escape("; ".join(f"{KIND_LABELS[mark.kind]}: {mark.title}" for mark in covering), quote=True)
        focus = f' tabindex="0" role="button" aria-label="{words} – {label}"' if new else ""
        return f'{anchors}<span class="m {kinds}{doubtful}" data-m="{ids}"{focus}>{words}</span>'


def _is_doubtful(mark: Mark) -> bool:
    return mark.confidence is not None and mark.confidence < DOUBTFUL and not mark.reviewed


def _picture(document: ShownDocument, page: ShownPage, pictures: Mapping[int, str]) -> str:
    picture = pictures.get(page.page_no)
    if picture is None or page.size is None:
        return ""
    width, height = page.size
    boxes = "".join(
        f'<rect class="m {mark.kind}{" doubtful" if _is_doubtful(mark) else ""}" data-m="{mark.mark_id}" tabindex="0" '
        f'role="button" aria-label="{escape(f"{KIND_LABELS[mark.kind]}: {mark.title}", quote=True)}" '
        f'x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" rx="1.5"/>'
        for mark in document.marks
        for left, top, right, bottom in _boxes(mark, page.page_no, document.blocks)
    )
    return (
        f"<figure><figcaption>Trang {page.page_no}</figcaption>"
        f'<svg viewBox="0 0 {width:.1f} {height:.1f}" role="group" aria-label="Trang {page.page_no}">'
        f'<image href="{picture}" width="{width:.1f}" height="{height:.1f}" preserveAspectRatio="none"/>'
        f"{boxes}</svg></figure>"
    )


def _boxes(mark: Mark, page_no: int, blocks: Iterable[PlacedBlock]) -> Iterator[tuple[float, float, float, float]]:
    """Where a mark stands on a page: its share of each line, as if all letters were equally wide."""
    if mark.start is None or mark.end is None:
        return
    for block in blocks:
        if block.box is None or block.page_no != page_no or block.start >= mark.end or mark.start >= block.end:
            continue
        left, top, right, bottom = block.box
        letter = (right - left) / max(1, block.end - block.start)
        yield (
            left + letter * max(0, mark.start - block.start) - 1,
            top - 1,
            right - letter * max(0, block.end - mark.end) + 1,
            bottom + 1,
        )


def _list(kind: MarkKind, marks: Sequence[Mark]) -> str:
    own = [mark for mark in marks if mark.kind == kind]
    if not own:
        return ""
    opened = "" if kind in ("header", "recipient") else " open"
    return (
        f'<details class="list {kind}"{opened}><summary>{escape(KIND_LABELS[kind])} <b>{len(own)}</b></summary>'
        f"<ol>{''.join(map(_item, own))}</ol></details>"
    )


def _item(mark: Mark) -> str:
    fields = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in mark.fields)
    title = escape(mark.title)
    name = f'<a href="#t-{mark.mark_id}">{title}</a>' if mark.start is not None else title
    reviewed = '<p class="sure">Đã có người soát.</p>' if mark.reviewed else _confidence(mark.confidence)
    return (
        f'<li id="i-{mark.mark_id}" data-of="{mark.mark_id}" data-kind="{mark.kind}"'
        f"{' data-doubtful' if _is_doubtful(mark) else ''}>"
        f'<p class="name">{name}</p><dl>{fields}</dl>{reviewed}</li>'
    )
