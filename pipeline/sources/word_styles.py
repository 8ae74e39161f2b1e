"""What the styles of a .docx add to a paragraph or run: font, weight, alignment, numbering, hiding."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.sources.word_xml import W, child, switched_on, value

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
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


class Styles:
    """The styles of one document by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._default_paragraph: str | None = None
        defaults = None if root is None else child(child(root.find(W + "docDefaults"), "rPrDefault"), "rPr")
        self.default_font = run_font(defaults)
        for element in () if root is None else root.iterchildren(W + "style"):
            name = element.get(W + "styleId", "")
            self._elements[name] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default_paragraph = name

    def paragraph_style(self, name: str | None) -> Style:
        """The paragraph style `name`, the document's default one when None."""
        return self.style(name if name is not None else self._default_paragraph)

    def style(self, name: str | None) -> Style:
        """The style `name` of any type; an empty one when there is none."""
        if name is None:
            return Style()
        if name not in self._known:
            self._known[name] = self._resolve(name)
        return self._known[name]

    def _resolve(self, name: str) -> Style:
        found = Style()
        seen: set[str] = set()
        at: str | None = name
        while at is not None and at in self._elements and at not in seen and len(seen) < _DEEPEST:
            seen.add(at)
            element = self._elements[at]
            found = _with_base(found, _own(element))
            at = value(child(element, "basedOn"))
        return found


def run_font(properties: etree._Element | None) -> str | None:
    """The font that `w:rPr` names for Latin letters, None when it names none."""
    fonts = child(properties, "rFonts")
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
