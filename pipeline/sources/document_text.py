"""From lines as a reader found them to a `SourceDocument`: normalised text, blocks and pages whose offsets agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.reading import Block, BlockKind, normalise
from extractors.records import Finding
from pipeline.errors import LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.source import Page, SourceDocument

PAGE_BREAK = "\x0c"
"""Stands in a `Line` where a page ends inside it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, printed line or table cell's paragraph as it stands in the file, before it is normalised.

    `text` may hold tabs, soft line breaks (`\\n`) and `PAGE_BREAK`. `page` is the page it starts on. The other fields
    mean what they mean in `extractors.reading.Block`.
    """

    text: str
    page: int = 1
    kind: BlockKind = "paragraph"
    column: int = 0
    row: int | None = None
    bold: bool | None = None
    centred: bool | None = None


def build_document(
    lines: Iterable[Line],
    file_format: str,
    limits: Limits,
    *,
    findings: tuple[Finding, ...] = (),
    text_quality: float = 1.0,
    keep_blank_lines: bool = False,
) -> SourceDocument:
    """Put `lines`, which are in reading order, together.

    Blank lines are left out unless `keep_blank_lines`: then one stays where one or more were, because in a text wrapped
    at a fixed width nothing else tells where a paragraph ends.

    Raises `LimitExceeded` when there are more characters than `limits.characters` or pages than `limits.pages`.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    page_starts = [0]
    at = 0
    for line in lines:
        page = line.page
        printed = line.text.split("\n")
        kind: BlockKind = "line" if len(printed) > 1 and line.kind == "paragraph" else line.kind
        for raw in printed:
            block_page = page
            text = ""
            for number, part in enumerate(raw.split(PAGE_BREAK)):
                if number:
                    page += 1
                shown = normalise(part)[0]
                if not text.strip():
                    block_page = page
                    shown = shown.lstrip()
                if len(page_starts) < page and shown.strip():
                    _open_pages(page_starts, page, at + len(text))
                text += shown
            text = text.rstrip()
            if not text:
                if keep_blank_lines and pieces and pieces[-1]:
                    pieces.append("")
                    at += 1
                continue
            pieces.append(text)
            blocks.append(
                Block(at, at + len(text), block_page, kind, None, line.column, line.row, line.bold, line.centred)
            )
            at += len(text) + 1
            if at > limits.characters:
                raise LimitExceeded(
                    f"văn bản dài hơn giới hạn characters = {limits.characters:,} ký tự",
                    "nâng limits.characters trong params.yaml nếu tin tệp này",
                )
        if page > limits.pages:
            raise LimitExceeded(
                f"văn bản có hơn {limits.pages:,} trang (giới hạn pages)",
                "nâng limits.pages trong params.yaml nếu tin tệp này",
            )
    text = "\n".join(pieces).rstrip("\n")
    return SourceDocument(
        file_format=file_format,
        media="born_digital",
        text=text,
        blocks=tuple(blocks),
        pages=_pages(page_starts, len(text)),
        text_quality=text_quality,
        findings=findings,
    )


def _open_pages(page_starts: list[int], page: int, at: int) -> None:
    while len(page_starts) < page:
        page_starts.append(at)


def _pages(page_starts: list[int], length: int) -> tuple[Page, ...]:
    ends = [*page_starts[1:], length]
    return tuple(
        Page(number, start, end, "text_layer")
        for number, (start, end) in enumerate(zip(page_starts, ends, strict=True), 1)
    )
