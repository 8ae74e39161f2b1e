"""Reads web pages (.html, .htm, web archives .mht): paragraphs, lists and tables, without scripts, styles and menus.

Legal portals and Word's own export set issuer beside quốc hiệu and Nơi nhận beside the signature with tables, as .docx
does; they are read by the same rules (word_tables.py). Nothing is fetched and no link followed; the parser is lxml's,
without network, and its own limit of depth stands.
"""

from __future__ import annotations

import codecs
import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import regex
from lxml import etree

from pipeline.errors import DamagedFile
from pipeline.limits import Limits
from pipeline.sources.document_text import Line, build_document
from pipeline.sources.legacy_fonts import decode_run, decode_text, detect, legacy_font_finding
from pipeline.sources.plain_text import decode_bytes
from pipeline.sources.side_by_side import unfold_columns
from pipeline.sources.source import SourceDocument
from pipeline.sources.word_tables import Cell, read_table

_NOT_READ = frozenset(
    ("script", "style", "head", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math", "canvas",
     "select", "button", "input", "textarea", "nav", "audio", "video", "map", "dialog")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "center",
     "section", "article", "main", "header", "footer", "aside", "address", "figure", "figcaption", "fieldset", "form",
     "hr", "body", "html", "caption", "details", "summary", "table")
)  # fmt: skip
_HEAVY = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_BLANKS = regex.compile(r"[ \t\r\n\f]+")
_STYLE = regex.compile(r"\s*([\w-]+)\s*:\s*([^;]+)")
_CHARSET = regex.compile(rb"""(?i)charset\s*=\s*["']?\s*([\w-]+)""")
_HEAD = 4_096
_SAMPLE_LINES, _SAMPLE = 500, 20_000
_MOST_COLUMNS = 1_000
_NUMERALS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def read_html(path: Path, limits: Limits) -> SourceDocument:
    """Read a web page saved as a file, also as one archive (MHTML) or called .doc.

    Raises `DamagedFile` when nothing can be parsed, `LimitExceeded` when the text is too long.
    """
    content = path.read_bytes()
    page = _archived_page(content)
    lines, encodings = page_lines(content if page is None else page)
    findings = (legacy_font_finding(encodings),) if encodings else ()
    return build_document(unfold_columns(lines), "html", limits, findings=findings)


def page_lines(content: bytes) -> tuple[list[Line], set[str]]:
    """The lines of a page in reading order, and the encodings of old fonts that were turned to Unicode."""
    text = _decoded(content)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(f"trang web không phân tích được ({error})", "mở bằng trình duyệt rồi lưu lại") from error
    if root is None:
        return [], set()
    reader = _PageReader()
    lines = reader.lines_of(root, _Style())
    sample = "\n".join(line.text for line in lines[:_SAMPLE_LINES])
    found = detect(sample[:_SAMPLE])
    if found is not None:
        reader.encodings.add(found.encoding.name)
        lines = [replace(line, text=decode_text(line.text, found.encoding)) for line in lines]
    return lines, reader.encodings


def _archived_page(content: bytes) -> bytes | None:
    """The page inside a web archive (MHTML), in UTF-8; None when `content` is no archive."""
    if content.lstrip()[:1] == b"<":
        return None
    for part in email.message_from_bytes(content.lstrip(), policy=email.policy.default).walk():
        if part.get_content_type() == "text/html":
            return str(part.get_content()).encode("utf-8")
    return None


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return decode_bytes(content)[0]
    declared = _CHARSET.search(content[:_HEAD])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared is not None:
        try:
            return content.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_bytes(content)[0]


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element hands down to what it holds."""

    bold: bool = False
    centred: bool = False
    font: str = ""
    keep_blanks: bool = False


@dataclass(slots=True)
class _Paragraph:
    """The pieces of the paragraph being gathered: (text, bold)."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    label: str = ""

    def add(self, text: str, style: _Style) -> None:
        self.pieces.append((text if style.keep_blanks else _BLANKS.sub(" ", text), style.bold))


class _PageReader:
    """Reads the tree of a page into lines."""

    def __init__(self) -> None:
        self.encodings: set[str] = set()

    def lines_of(self, element: etree._Element, style: _Style) -> list[Line]:
        """The lines of everything in `element`."""
        lines: list[Line] = []
        paragraph = _Paragraph()
        self._read(element, style, paragraph, lines)
        self._end(paragraph, style, lines)
        return lines

    def _read(self, element: etree._Element, style: _Style, paragraph: _Paragraph, lines: list[Line]) -> None:
        if element.text:
            self._add(element.text, style, paragraph)
        for position, child in enumerate(element):
            if isinstance(child.tag, str) and not _is_hidden(child):
                self._child(child, position, style, paragraph, lines)
            if child.tail:
                self._add(child.tail, style, paragraph)

    def _child(
        self, child: etree._Element, position: int, style: _Style, paragraph: _Paragraph, lines: list[Line]
    ) -> None:
        own = _styled(child, style)
        if child.tag == "br":
            paragraph.pieces.append(("\n", own.bold))
        elif child.tag == "table":
            self._end(paragraph, style, lines)
            lines += self._table(child, own)
        elif child.tag in _BLOCKS:
            self._end(paragraph, style, lines)
            if child.tag == "li":
                paragraph.label = _list_label(child, position)
            self._read(child, own, paragraph, lines)
            self._end(paragraph, own, lines)
        else:
            self._read(child, own, paragraph, lines)

    def _add(self, text: str, style: _Style, paragraph: _Paragraph) -> None:
        decoded, encoding = decode_run(text, style.font) if style.font else (text, None)
        if encoding is not None:
            self.encodings.add(encoding.name)
        paragraph.add(decoded, style)

    def _end(self, paragraph: _Paragraph, style: _Style, lines: list[Line]) -> None:
        """Close the paragraph: its lines without outer blanks, with the weight of most of its letters."""
        written = "".join(text for text, _ in paragraph.pieces)
        text = "\n".join(line.strip(" ") for line in written.split("\n")).strip("\n")
        if text.strip():
            heavy = sum(len(text.strip()) for text, bold in paragraph.pieces if bold)
            letters = sum(len(text.strip()) for text, _ in paragraph.pieces)
            lines.append(Line(paragraph.label + text, bold=heavy * 2 > letters, centred=style.centred))
            paragraph.label = ""
        paragraph.pieces.clear()

    def _table(self, table: etree._Element, style: _Style) -> list[Line]:
        rows: list[list[Cell]] = []
        drawn: list[bool] = []
        taken: dict[int, int] = {}
        table_drawn = _has_border(table)
        before = [line for caption in table.iterchildren("caption") for line in self.lines_of(caption, style)]
        for row in _rows(table):
            cells: list[Cell] = []
            at = 0
            for cell in row.iterchildren("td", "th"):
                if _is_hidden(cell):
                    continue
                while taken.get(at, 0) > 0:
                    taken[at] -= 1
                    at += 1
                span = max(1, _whole(cell.get("colspan"), 1))
                below = max(1, _whole(cell.get("rowspan"), 1)) - 1
                for column in range(at, at + span):
                    taken[column] = below
                drawn.append(table_drawn or _has_border(cell))
                cells.append(Cell(at, at + span, tuple(self.lines_of(cell, _styled(cell, _styled(row, style))))))
                at += span
            for column in [column for column in taken if column >= at and taken[column] > 0]:
                taken[column] -= 1
            rows.append(cells)
        return before + read_table(rows, bordered=sum(drawn) * 2 > len(drawn))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for item in table:
        if item.tag == "tr" and not _is_hidden(item):
            yield item
        elif item.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in item.iterchildren("tr") if not _is_hidden(row))


def _styles(element: etree._Element) -> dict[str, str]:
    written = element.get("style")
    return {name.lower(): value.strip().lower() for name, value in _STYLE.findall(written)} if written else {}


def _is_hidden(element: etree._Element) -> bool:
    if element.tag in _NOT_READ or element.get("hidden") is not None or element.get("role") == "navigation":
        return True
    styles = _styles(element)
    return styles.get("display") == "none" or styles.get("visibility") == "hidden" or styles.get("mso-hide") == "all"


def _styled(element: etree._Element, above: _Style) -> _Style:
    styles = _styles(element)
    weight = styles.get("font-weight", "")
    bold = above.bold or element.tag in _HEAVY
    if weight:
        bold = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600)
    alignment = styles.get("text-align") or (element.get("align") or "").lower()
    centred = element.tag == "center" or above.centred
    if alignment:
        centred = alignment in ("center", "middle")
    font = element.get("face") or styles.get("font-family", "").split(",")[0].strip("\"' ") or above.font
    keeps = element.tag == "pre" or styles.get("white-space", "").startswith("pre") or above.keep_blanks
    return _Style(bold, centred, font, keeps)


def _has_border(element: etree._Element) -> bool:
    if _whole(element.get("border"), 0) > 0:
        return True
    styles = _styles(element)
    told = [value for name, value in styles.items() if name.startswith("border") and "collapse" not in name]
    return any(value not in ("none", "0", "0px", "0pt", "medium none") for value in told)


def _list_label(item: etree._Element, position: int) -> str:
    """What the browser prints before a list's item."""
    holder = item.getparent()
    if holder is None or holder.tag != "ol":
        return "- "
    before = sum(1 for other in holder[:position] if other.tag == "li")
    number = _whole(item.get("value"), _whole(holder.get("start"), 1) + before)
    kind = holder.get("type") or "1"
    if kind in _NUMERALS and 1 <= number <= 26:
        return f"{_NUMERALS[kind][number - 1]}{')' if kind == 'a' else '.'} "
    if kind in "iI" and 0 < number < 4_000:
        return f"{_roman(number) if kind == 'I' else _roman(number).lower()}. "
    return f"{number}. "


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def _whole(written: str | None, otherwise: int) -> int:
    digits = (written or "").strip()
    return min(int(digits), _MOST_COLUMNS) if digits.isdecimal() else otherwise
