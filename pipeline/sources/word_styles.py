"""What the styles of a .docx add to a paragraph or run: font, weight, alignment, numbering, hiding.

Programs write hundreds of styles into every document, which uses a few: a part in the usual form is cut at its styles
and only those that are asked for are parsed. Any other part is parsed whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from pipeline.sources.word_xml import W, child, children, is_on, parse_part, switched_on, value

_DEEPEST = 20
_STYLE_START, _STYLE_END, _ROOT_END = b"<w:style ", b"</w:style>", b"</w:styles>"
_ROOT = re.compile(rb"<w:styles\b[^>]*>")
_USUAL_ENCODING = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1\.0["'] encoding=["'](?i:utf-8)["'][^?]*\?>)?\s*<w:styles\b"""
)
_STYLE_ID = re.compile(rb'\sw:styleId="([^"]*)"')
_IS_DEFAULT = re.compile(rb'\sw:default="(?:1|true|on)"')
_DEFAULTS_END = b"</w:docDefaults>"
_RUN_STYLE, _FONTS = W + "rStyle", W + "rFonts"
_BOLD, _HIDDEN, _CAPITALS = W + "b", W + "vanish", W + "caps"
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "zapfdingbats", "marlett")


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """The properties of a style with those of the styles it is based on; None where none of them tells."""

    font: str | None = None
    bold: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    alignment: str | None = None
    num_id: str | None = None
    ilvl: int | None = None
    page_break_before: bool | None = None
    table_borders: bool | None = None


_NO_STYLE = Style()


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is printed, its styles taken into account; `font` is empty where nothing names one."""

    font: str
    bold: bool
    hidden: bool
    capitals: bool
    is_symbol: bool


class _Told(NamedTuple):
    """What a run itself and the style of its paragraph tell of its look."""

    paragraph: Style
    style: str | None = None
    font: str | None = None
    bold: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A styles part: `head` with what stands before the styles, each style (parsed or not) by its id."""

    head: etree._Element | None
    styles: Mapping[str, etree._Element | bytes]
    default_paragraph: str | None

    def element(self, name: str) -> etree._Element | None:
        """The element of the style `name`."""
        style = self.styles.get(name)
        return child(parse_part(style), "style") if isinstance(style, bytes) else style


def _parsed(content: bytes) -> _Sheet:
    root = parse_part(content)
    styles: dict[str, etree._Element | bytes] = {}
    default = None
    for element in root.iterchildren(W + "style"):
        name = element.get(W + "styleId", "")
        styles[name] = element
        if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
            default = name
    return _Sheet(root, styles, default)


def _cut(content: bytes) -> _Sheet | None:
    """A part as Word and LibreOffice write it, cut at its styles; None for any other."""
    opening = _ROOT.search(content)
    pieces = content.split(_STYLE_END)
    if opening is None or b"<!" in content or len(pieces) - 1 != content.count(_STYLE_START):
        return None
    root = opening.group()
    if not _USUAL_ENCODING.match(content) or b'xmlns:w="' + W[1:-1].encode() + b'"' not in root:
        return None
    styles: dict[str, etree._Element | bytes] = {}
    default = None
    for piece in pieces[:-1]:
        start = piece.index(_STYLE_START)
        tag = piece[start : piece.index(b">", start)]
        told = _STYLE_ID.search(tag)
        if told is None or b"&" in tag or b"'" in tag:
            return None
        name = told.group(1).decode("utf-8", "replace")
        styles[name] = root + piece[start:] + _STYLE_END + _ROOT_END
        if b'w:type="paragraph"' in tag and _IS_DEFAULT.search(tag):
            default = name
    defaults = pieces[0].partition(_DEFAULTS_END)
    head = root + defaults[0][opening.end() :] + _DEFAULTS_END if defaults[1] else root
    return _Sheet(parse_part(head + _ROOT_END), styles, default)


class Styles:
    """The styles of one document by their id."""

    def __init__(self, content: bytes | None) -> None:
        self._sheet = _cut(content) or _parsed(content) if content else _Sheet(None, {}, None)
        self._known: dict[str, Style] = {}
        self._looks: dict[_Told, Look] = {}
        defaults = None if self._sheet.head is None else child(self._sheet.head, "docDefaults")
        self.default_font = run_font(child(child(defaults, "rPrDefault"), "rPr"))

    def paragraph_style(self, name: str | None) -> Style:
        """The paragraph style `name`, the document's default one when None."""
        return self.style(name if name is not None else self._sheet.default_paragraph)

    def style(self, name: str | None) -> Style:
        """The style `name` of any type; an empty one when there is none."""
        if name is None:
            return _NO_STYLE
        if name not in self._known:
            self._known[name] = self._resolve(name)
        return self._known[name]

    def look(self, properties: etree._Element | None, paragraph: Style) -> Look:
        """How a run with `properties` (`w:rPr`) in a paragraph of style `paragraph` is printed."""
        if properties is None:
            told = _Told(paragraph)
        else:
            own = children(properties)
            told = _Told(
                paragraph,
                value(own.get(_RUN_STYLE)),
                _font(own.get(_FONTS)),
                is_on(own.get(_BOLD)),
                is_on(own.get(_HIDDEN)),
                is_on(own.get(_CAPITALS)),
            )
        look = self._looks.get(told)
        if look is None:
            look = self._looks[told] = self._look(told)
        return look

    def _look(self, told: _Told) -> Look:
        paragraph, style = told.paragraph, self.style(told.style)
        font = told.font or style.font or paragraph.font or self.default_font or ""
        return Look(
            font,
            _first(told.bold, style.bold, paragraph.bold),
            _first(told.hidden, style.hidden, paragraph.hidden),
            _first(told.capitals, style.capitals, paragraph.capitals),
            font.lower().startswith(_SYMBOL_FONTS),
        )

    def _resolve(self, name: str) -> Style:
        found = Style()
        seen: set[str] = set()
        at: str | None = name
        while at is not None and at not in seen and len(seen) < _DEEPEST:
            seen.add(at)
            element = self._sheet.element(at)
            if element is None:
                break
            found = _with_base(found, _own(element))
            at = value(child(element, "basedOn"))
        return found


def run_font(properties: etree._Element | None) -> str | None:
    """The font that `w:rPr` names for Latin letters, None when it names none."""
    return _font(child(properties, "rFonts"))


def _font(fonts: etree._Element | None) -> str | None:
    if fonts is None:
        return None
    named: str | None = fonts.get(W + "hAnsi") or fonts.get(W + "ascii") or fonts.get(W + "cs")
    return named


def has_vertical_borders(borders: etree._Element | None) -> bool | None:
    """Whether `w:tblBorders` or `w:tcBorders` draws a line between columns; None when it names no such line."""
    if borders is None:
        return None
    told = [
        border.get(W + "val") not in ("nil", "none", None)
        for name in ("left", "right", "start", "end", "insideV")
        if (border := child(borders, name)) is not None
    ]
    return any(told) if told else None


def _own(element: etree._Element) -> Style:
    paragraph, run = child(element, "pPr"), child(element, "rPr")
    numbering = child(paragraph, "numPr")
    ilvl = value(child(numbering, "ilvl"))
    return Style(
        font=run_font(run),
        bold=switched_on(run, "b"),
        hidden=switched_on(run, "vanish"),
        capitals=switched_on(run, "caps"),
        alignment=value(child(paragraph, "jc")),
        num_id=value(child(numbering, "numId")),
        ilvl=int(ilvl) if ilvl is not None and ilvl.isdecimal() else None,
        page_break_before=switched_on(paragraph, "pageBreakBefore"),
        table_borders=has_vertical_borders(child(child(element, "tblPr"), "tblBorders")),
    )


def _with_base(style: Style, base: Style) -> Style:
    return Style(
        font=style.font if style.font is not None else base.font,
        bold=style.bold if style.bold is not None else base.bold,
        hidden=style.hidden if style.hidden is not None else base.hidden,
        capitals=style.capitals if style.capitals is not None else base.capitals,
        alignment=style.alignment if style.alignment is not None else base.alignment,
        num_id=style.num_id if style.num_id is not None else base.num_id,
        ilvl=style.ilvl if style.ilvl is not None else base.ilvl,
        page_break_before=style.page_break_before if style.page_break_before is not None else base.page_break_before,
        table_borders=style.table_borders if style.table_borders is not None else base.table_borders,
    )


def _first(*told: bool | None) -> bool:
    return next((state for state in told if state is not None), False)
