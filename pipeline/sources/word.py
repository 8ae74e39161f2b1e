"""Reads .docx (Office Open XML, ECMA-376): text as printed, in reading order, with page numbers where Word left them.

A large main part is streamed: a paragraph or table that has been read is dropped, so memory follows the largest table
and not the file. Against hostile files see word_package.py; here the paragraphs, elements, characters and seconds that
one file may cost are counted (`Limits`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import IO

import regex
from lxml import etree

from pipeline.errors import LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.document_text import PAGE_BREAK, Line, build_document
from pipeline.sources.legacy_fonts import decode_text, detect, legacy_font_finding
from pipeline.sources.side_by_side import unfold_columns
from pipeline.sources.source import SourceDocument
from pipeline.sources.word_numbering import Numbering
from pipeline.sources.word_package import WordPackage, open_package
from pipeline.sources.word_paragraphs import FieldState, chosen_alternative, print_paragraph
from pipeline.sources.word_styles import Style, Styles, has_vertical_borders
from pipeline.sources.word_tables import Cell, read_table
from pipeline.sources.word_xml import MC, W, child, children, is_on, switched_on, value

_P, _TBL, _TR, _TC = W + "p", W + "tbl", W + "tr", W + "tc"
_STYLE, _ALIGNMENT, _NUMBERING, _MARK = W + "pStyle", W + "jc", W + "numPr", W + "rPr"
_BREAK_BEFORE, _SECTION = W + "pageBreakBefore", W + "sectPr"
_PARAGRAPHS_A_PAGE = 100
_HARDLY_TEXT = 40
_HELD_WHOLE = 2_000_000
_CLOCK_EVERY = 256
_BOXES_DEEP = 4
_RAISE = "nâng giới hạn trong params.yaml nếu tin tệp này"
_STATE_NAME = regex.compile(r"(?i)C[ỘO]NG\s+H[ÒOÀ][AÀ]\s+X[ÃA]\s+H[ỘO]I|Đ[ẢA]NG\s+C[ỘO]NG\s+S[ẢA]N\s+VI[ỆE]T")
_HEAD_LINES = 40
_SAMPLE_LINES = 500
_SAMPLE = 20_000


def read_docx(path: Path, limits: Limits) -> SourceDocument:
    """Read a .docx.

    One that holds nothing but pictures of pages is read by OCR.

    Raises `DamagedFile` for a broken package, `EncryptedFile`, and `LimitExceeded` when it would cost too much.
    """
    with open_package(path, limits) as package:
        reader = _Reader(package, limits)
        lines = unfold_columns(list(reader.lines()))
        if sum(len(line.text.strip()) for line in lines) < _HARDLY_TEXT and package.main_bytes <= _HELD_WHOLE:
            # Imported here: pictures of pages are rare, and their reader brings numpy and Tesseract with it.
            from pipeline.sources.page_image import read_pictures

            scanned = read_pictures(package.pictures(), "docx", path.name, limits)
            if scanned is not None:
                return scanned
    encodings = set(reader.encodings)
    sample = "\n".join(line.text for line in lines[:_SAMPLE_LINES])
    if (found := detect(sample[:_SAMPLE])) is not None:
        encodings.add(found.encoding.name)
        lines = [replace(line, text=decode_text(line.text, found.encoding)) for line in lines]
    findings = (legacy_font_finding(encodings),) if encodings else ()
    return build_document(lines, "docx", limits, findings=findings)


class _Reader:
    """Goes once through the main part; counters of lists, pages and limits live here."""

    def __init__(self, package: WordPackage, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._styles = Styles(package.part_bytes("styles"))
        self._fields = FieldState()
        self._notes: dict[str, dict[str, etree._Element]] = {}
        self._page = 1
        self._page_has_text = False
        self._held = ""
        self._paragraphs = 0
        self._characters = 0
        self._boxes = 0
        self._until = time.monotonic() + limits.file_seconds
        self.encodings: set[str] = set()

    @cached_property
    def _numbering(self) -> Numbering:
        return Numbering(self._package.part("numbering"))

    def lines(self) -> Iterator[Line]:
        """The lines of the document in reading order; a letterhead kept in Word's page header comes first."""
        body = list(self._body())
        if not any(_STATE_NAME.search(line.text) for line in body[:_HEAD_LINES]):
            yield from self._letterhead()
        yield from body

    def _letterhead(self) -> list[Line]:
        for root in self._package.parts("header"):
            self._fields = FieldState()
            head = self._blocks(root)
            if any(_STATE_NAME.search(line.text) for line in head):
                return [replace(line, text=line.text.replace(PAGE_BREAK, ""), page=1) for line in head]
        return []

    def _body(self) -> Iterator[Line]:
        small = self._package.main_bytes <= _HELD_WHOLE
        for element in self._package.main_tree().iter(_P, _TBL) if small else self._streamed():
            if element.tag == _P:
                self._count_paragraph()
            if _stands_alone(element):
                yield from self._block(element)

    def _streamed(self) -> Iterator[etree._Element]:
        """Every paragraph and table of the main part; what has been read is dropped."""
        with self._package.main_stream() as stream:
            counted = _CountedStream(stream, self._limits.xml_tags)
            events = etree.iterparse(
                counted,
                events=("end",),
                tag=(_P, _TBL),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            for _, element in events:
                yield element
                if _stands_alone(element):
                    _forget(element)
                    counted.tags = 0

    def _blocks(self, parent: etree._Element) -> list[Line]:
        """The lines of all paragraphs and tables in a cell, text box, note or page header."""
        lines: list[Line] = []
        for item in parent.iterchildren(tag=etree.Element):
            if item.tag in (_P, _TBL):
                lines.extend(self._block(item))
            elif item.tag == MC + "AlternateContent":
                branch = chosen_alternative(item)
                lines.extend(self._blocks(branch) if branch is not None else ())
            elif item.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"):
                lines.extend(self._blocks(item))
        return lines

    def _block(self, element: etree._Element) -> list[Line]:
        return self._paragraph(element) if element.tag == _P else self._table(element)

    def _paragraph(self, paragraph: etree._Element) -> list[Line]:
        properties = children(child(paragraph, "pPr"))
        named = value(properties.get(_STYLE))
        style = self._styles.paragraph_style(named)
        page_break_before = is_on(properties.get(_BREAK_BEFORE))
        if page_break_before if page_break_before is not None else style.page_break_before:
            self._break_page()
        printed = print_paragraph(paragraph, style, self._styles, self._fields)
        self.encodings |= printed.encodings
        label = self._label(properties.get(_NUMBERING), style, named)
        page = self._page
        text = self._held + self._paged(_labelled(label, printed.text))
        self._held = ""
        if switched_on(properties.get(_MARK), "del"):
            self._held = text
            return []
        alignment = value(properties.get(_ALIGNMENT)) or style.alignment
        lines = [Line(text, page, bold=printed.bold, centred=alignment == "center")]
        self._count_characters(text)
        for box in printed.boxes:
            lines.extend(self._box(box))
        for kind, number in printed.notes:
            lines.extend(self._note(kind, number))
        section = properties.get(_SECTION)
        if section is not None and value(child(section, "type")) not in ("continuous", "nextColumn"):
            self._break_page()
        return lines

    def _label(self, numbering: etree._Element | None, style: Style, style_name: str | None) -> str:
        num_id = value(child(numbering, "numId")) or style.num_id
        if num_id is None or num_id == "0":
            return ""
        written = value(child(numbering, "ilvl"))
        if written is not None and written.isdecimal():
            ilvl = int(written)
        elif numbering is None and style.ilvl is None and style_name is not None:
            ilvl = self._numbering.level_of_style(num_id, style_name)
        else:
            ilvl = style.ilvl or 0
        return self._numbering.next_label(num_id, ilvl)

    def _paged(self, text: str) -> str:
        """`text` with only those page breaks that end a page with text on it; the page counter moves on."""
        if PAGE_BREAK not in text:
            self._page_has_text = self._page_has_text or bool(text.strip())
            return text
        out: list[str] = []
        for number, part in enumerate(text.split(PAGE_BREAK)):
            if number and self._page_has_text:
                out.append(PAGE_BREAK)
                self._break_page()
            out.append(part)
            self._page_has_text = self._page_has_text or bool(part.strip())
        return "".join(out)

    def _break_page(self) -> None:
        if self._page_has_text:
            self._page += 1
            self._page_has_text = False

    def _table(self, table: etree._Element) -> list[Line]:
        rows: list[list[Cell]] = []
        drawn: list[bool] = []
        borders = child(child(table, "tblPr"), "tblBorders")
        style = self._styles.style(value(child(child(table, "tblPr"), "tblStyle")))
        told = has_vertical_borders(borders)
        table_drawn = bool(told if told is not None else style.table_borders)
        for row in _rows(table):
            page, had_text = self._page, self._page_has_text
            last_page, any_text = page, had_text
            at = _whole(value(child(child(row, "trPr"), "gridBefore")), 0)
            cells: list[Cell] = []
            for cell in _cells(row):
                properties = child(cell, "tcPr")
                span = _whole(value(child(properties, "gridSpan")), 1)
                own = has_vertical_borders(child(properties, "tcBorders"))
                drawn.append(table_drawn if own is None else own)
                if not _is_merged_into_upper(properties):
                    self._page, self._page_has_text = page, had_text
                    cells.append(Cell(at, at + span, tuple(self._blocks(cell))))
                    any_text = any_text if self._page == last_page else False
                    any_text = any_text or (self._page_has_text and self._page >= last_page)
                    last_page = max(last_page, self._page)
                at += span
            self._page, self._page_has_text = last_page, any_text
            rows.append(cells)
        return read_table(rows, bordered=sum(drawn) * 2 > len(drawn))

    def _box(self, box: etree._Element) -> list[Line]:
        if self._boxes >= _BOXES_DEEP:
            return []
        self._boxes += 1
        try:
            return self._blocks(box)
        finally:
            self._boxes -= 1

    def _note(self, kind: str, number: str) -> list[Line]:
        """A foot- or endnote, read where its mark stands: its page's end is not known."""
        if kind not in self._notes:
            root = self._package.part(kind)
            self._notes[kind] = {} if root is None else {note.get(W + "id", ""): note for note in root}
        note = self._notes[kind].pop(number, None)
        if note is None:
            return []
        lines = self._blocks(note)
        if not lines:
            return []
        return [replace(lines[0], text=f"[{number}] {lines[0].text.strip()}"), *lines[1:]]

    def _count_paragraph(self) -> None:
        self._paragraphs += 1
        if self._paragraphs % _CLOCK_EVERY == 1:
            self._check_clock()
        most = self._limits.pages * _PARAGRAPHS_A_PAGE
        if self._paragraphs > most:
            raise LimitExceeded(f"văn bản có hơn {most:,} đoạn (giới hạn pages × {_PARAGRAPHS_A_PAGE})", _RAISE)

    def _count_characters(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > self._limits.characters:
            raise LimitExceeded(f"văn bản dài hơn giới hạn characters = {self._limits.characters:,} ký tự", _RAISE)

    def _check_clock(self) -> None:
        if time.monotonic() > self._until:
            raise LimitExceeded(f"đọc tệp lâu hơn giới hạn file_seconds = {self._limits.file_seconds:g} giây", _RAISE)


class _CountedStream:
    """Counts the tags of an XML stream while it is read, so that no single paragraph or table fills the memory."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._most = most
        self.tags = 0

    def read(self, size: int) -> bytes:
        """The next bytes. Raises `LimitExceeded` when too many tags came since the count was last set back."""
        piece = self._stream.read(size)
        self.tags += piece.count(b"<")
        if self.tags > self._most:
            raise LimitExceeded(f"một đoạn hoặc bảng có hơn {self._most:,} thẻ XML (giới hạn xml_tags)", _RAISE)
        return piece


def _stands_alone(element: etree._Element) -> bool:
    """Whether a paragraph or table is in no other one, and so read by itself."""
    parent = element.getparent()
    while parent is not None:
        if parent.tag in (_P, _TBL):
            return False
        if parent.tag == MC + "Fallback":
            return False
        parent = parent.getparent()
    return True


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while parent[0] is not element:
            del parent[0]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for item in table.iterchildren(tag=etree.Element):
        if item.tag == _TR:
            if child(child(item, "trPr"), "del") is None:
                yield item
        elif item.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _rows(item)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for item in row.iterchildren(tag=etree.Element):
        if item.tag == _TC:
            yield item
        elif item.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _cells(item)


def _is_merged_into_upper(properties: etree._Element | None) -> bool:
    merge = child(properties, "vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _labelled(label: str, text: str) -> str:
    """`text` behind its list label; a page break that opens the paragraph stays in front. No label without text."""
    bare = text.lstrip(PAGE_BREAK + " \t\n")
    if not label or not bare:
        return text
    return PAGE_BREAK * text[: len(text) - len(bare)].count(PAGE_BREAK) + label + bare


def _whole(written: str | None, otherwise: int) -> int:
    return min(int(written), 1000) if written is not None and written.isdecimal() else otherwise
