"""Names and small look-ups shared by the modules that read WordprocessingML (ECMA-376 part 1, 17)."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
"""The names of ISO/IEC 29500 strict, each with the transitional name this package reads."""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child `w:name`, None when there is none or no element."""
    return None if element is None else next(element.iterchildren(W + name), None)


def value(element: etree._Element | None) -> str | None:
    """The attribute `w:val`, None when there is none or no element."""
    return None if element is None else element.get(W + "val")


def switched_on(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle (`w:b`, `w:vanish` …): True, False, or None when the properties do not name it."""
    toggle = child(properties, name)
    if toggle is None:
        return None
    return toggle.get(W + "val") not in ("0", "false", "off", "none")
