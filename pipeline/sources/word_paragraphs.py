"""The text of one paragraph of a .docx as Word prints it.

Kept: inserted and moved-in text, fields' results, symbols, formulas' letters, text boxes (each once). Left out: deleted
and hidden text, field codes, page numbers, comments, marks of foot- and endnotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from lxml import etree

from pipeline.sources.document_text import PAGE_BREAK
from pipeline.sources.legacy_fonts import decode_run
from pipeline.sources.word_styles import Style, Styles
from pipeline.sources.word_xml import MC, M, W, child

_GONE = frozenset(
    W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "delText", "instrText", "delInstrText", "commentReference", "ruby")
)
_DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
_NOT_PRINTED_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION")
_PRIVATE = regex.compile("[\uf000-\uf0ff]")
_RUN, _RUN_PROPERTIES, _TEXT = W + "r", W + "rPr", W + "t"
_FORMULA, _ALTERNATIVES, _SIMPLE_FIELD = M + "oMath", MC + "AlternateContent", W + "fldSimple"
_SYMBOLS = {
    0xB7: "•", 0xA7: "•", 0x6C: "•", 0x6E: "•", 0x71: "•", 0x76: "•", 0xD8: "•", 0x9F: "•", 0xA8: "□", 0x6F: "□",
    0xFC: "✓", 0xFE: "☑", 0xFD: "☒", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0x2D: "-",
}  # fmt: skip


@dataclass(slots=True)
class FieldState:
    """The complex fields open at this point; they may run over several paragraphs."""

    open: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def prints(self) -> bool:
        """Whether text here is printed: not inside a code, not the result of a page number."""
        return not self.open or all(
            state == "result" and not code.strip().upper().split(" ")[0].startswith(_NOT_PRINTED_FIELDS)
            for state, code in zip(self.open, self.codes, strict=True)
        )


@dataclass(slots=True)
class PrintedParagraph:
    """What a paragraph prints. `boxes` are the contents (`w:txbxContent`) of the text boxes anchored in it."""

    text: str = ""
    bold: bool | None = None
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    encodings: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Piece:
    text: str
    font: str
    bold: bool
    capitals: bool


def print_paragraph(paragraph: etree._Element, style: Style, styles: Styles, fields: FieldState) -> PrintedParagraph:
    """Read `paragraph` (`w:p`) of `style`. In the text a page's end is `PAGE_BREAK`, a soft line break `\\n`."""
    return _Printer(styles, style, fields).read(paragraph)


def chosen_alternative(alternatives: etree._Element) -> etree._Element | None:
    """The one branch of `mc:AlternateContent` to read: the first choice, else the fallback."""
    for branch in alternatives.iterchildren(MC + "Choice", MC + "Fallback"):
        if len(branch):
            return branch
    return None


class _Printer:
    """Reads the runs of one paragraph into pieces of one font and weight."""

    def __init__(self, styles: Styles, style: Style, fields: FieldState) -> None:
        self._styles = styles
        self._style = style
        self._fields = fields
        self._pieces: list[_Piece] = []
        self._printed = PrintedParagraph()

    def read(self, paragraph: etree._Element) -> PrintedParagraph:
        self._read_inline(paragraph)
        self._printed.text = _decoded(self._pieces, self._printed)
        letters = heavy = 0
        for piece in self._pieces:
            length = len(piece.text.strip())
            letters += length
            heavy += length if piece.bold else 0
        if letters:
            self._printed.bold = heavy * 2 > letters
        return self._printed

    def _read_inline(self, parent: etree._Element) -> None:
        """The runs and formulas of a paragraph in order, through all that may wrap them."""
        for item in parent:
            name = item.tag
            if name == _RUN:
                self._read_run(item)
            elif name in _GONE or not isinstance(name, str):
                continue
            elif name == _FORMULA:
                self._pieces.append(_Piece("".join(item.itertext(M + "t")), "", False, False))
            elif name == _ALTERNATIVES:
                branch = chosen_alternative(item)
                if branch is not None:
                    self._read_inline(branch)
            elif name == _SIMPLE_FIELD:
                if not item.get(W + "instr", "").strip().upper().startswith(_NOT_PRINTED_FIELDS):
                    self._read_inline(item)
            else:
                self._read_inline(item)

    def _read_run(self, run: etree._Element) -> None:
        look = self._styles.look(child(run, "rPr"), self._style)
        parts: list[str] = []
        _read_content(run, parts, self._fields, self._printed, look.is_symbol)
        text = "".join(parts)
        if not text:
            return
        if look.hidden:
            text = PAGE_BREAK * text.count(PAGE_BREAK)
        last = self._pieces[-1] if self._pieces else None
        if last is not None and (last.font, last.bold, last.capitals) == (look.font, look.bold, look.capitals):
            last.text += text
        else:
            self._pieces.append(_Piece(text, look.font, look.bold, look.capitals))


def _read_content(
    run: etree._Element, parts: list[str], fields: FieldState, printed: PrintedParagraph, is_symbol: bool
) -> None:
    """Add to `parts` what a run prints, and to `printed` what is anchored in it."""
    for item in run:
        name = item.tag
        if name == _TEXT:
            if fields.prints():
                parts.append(_letters(item.text or "", is_symbol))
        elif name == _RUN_PROPERTIES:
            continue
        elif name == W + "fldChar":
            _follow_field(item, fields)
        elif name == W + "instrText":
            if fields.codes:
                fields.codes[-1] += item.text or ""
        elif name in (W + "br", W + "lastRenderedPageBreak"):
            parts.append(PAGE_BREAK if name != W + "br" or item.get(W + "type") == "page" else "\n")
        elif name in _DRAWN:
            printed.boxes.extend(_text_boxes(item))
        elif name == _ALTERNATIVES:
            branch = chosen_alternative(item)
            if branch is not None:
                _read_content(branch, parts, fields, printed, is_symbol)
        elif name in (W + "footnoteReference", W + "endnoteReference"):
            kind = "footnotes" if name == W + "footnoteReference" else "endnotes"
            printed.notes.append((kind, item.get(W + "id", "")))
        elif isinstance(name, str) and name not in _GONE and fields.prints():
            parts.append(_printed_item(item))


def _letters(text: str, is_symbol: bool) -> str:
    if is_symbol or _PRIVATE.search(text):
        return "".join([_symbol(ord(mark), is_symbol) for mark in text])
    return text


def _printed_item(item: etree._Element) -> str:
    match item.tag.removeprefix(W):
        case "tab" | "ptab":
            return "\t"
        case "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case "softHyphen":
            return "\u00ad"
        case "sym":
            code = item.get(W + "char", "")
            return _symbol(int(code, 16), True) if len(code) == 4 and code.isalnum() and code.isascii() else ""
        case _:
            return ""


def _symbol(code: int, is_symbol: bool) -> str:
    """A character of a symbol font: a bullet or mark where one is known, nothing for an ornament."""
    if code < 0xF000 and not is_symbol:
        return chr(code)
    if chr(code).isspace():
        return " "
    return _SYMBOLS.get(code & 0xFF, "") if code < 0x100 or 0xF000 <= code <= 0xF0FF else chr(code)


def _follow_field(mark: etree._Element, fields: FieldState) -> None:
    match mark.get(W + "fldCharType"):
        case "begin":
            fields.open.append("code")
            fields.codes.append("")
        case "separate" if fields.open:
            fields.open[-1] = "result"
        case "end" if fields.open:
            fields.open.pop()
            fields.codes.pop()
        case _:
            return


def _text_boxes(drawn: etree._Element) -> Iterator[etree._Element]:
    for item in drawn.iterchildren(tag=etree.Element):
        if item.tag == W + "txbxContent":
            yield item
        elif item.tag == MC + "AlternateContent":
            branch = chosen_alternative(item)
            if branch is not None:
                yield from _text_boxes(branch)
        else:
            yield from _text_boxes(item)


def _decoded(pieces: list[_Piece], printed: PrintedParagraph) -> str:
    if not pieces:
        return ""
    if len(pieces) == 1:
        return _decoded_stretch(pieces, printed)
    out: list[str] = []
    at = 0
    while at < len(pieces):
        end = at + 1
        while end < len(pieces) and pieces[end].font == pieces[at].font and pieces[end].font:
            end += 1
        out.append(_decoded_stretch(pieces[at:end], printed))
        at = end
    return "".join(out)


def _decoded_stretch(pieces: list[_Piece], printed: PrintedParagraph) -> str:
    """The text of pieces in one font, which may hold a letter in two of them."""
    decoded, encoding = decode_run("".join([piece.text for piece in pieces]), pieces[0].font)
    if encoding is None:
        return "".join([piece.text.upper() if piece.capitals else piece.text for piece in pieces])
    printed.encodings.add(encoding.name)
    return decoded
