"""Names and small look-ups shared by the modules that read WordprocessingML (ECMA-376 part 1, 17)."""

from __future__ import annotations

from functools import cache

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VAL = W + "val"
STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
"""The names of ISO/IEC 29500 strict, each with the transitional name this package reads."""


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def parse_part(content: bytes) -> etree._Element:
    """The root of an XML part that is not trusted: no entities, no DTD, nothing fetched.

    Raises etree.XMLSyntaxError.
    """
    return etree.fromstring(content, _parser())


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child `w:name`, None when there is none or no element."""
    if element is not None:
        name = W + name
        for item in element:  # what is asked for stands first or nearly so; `iterchildren(name)` takes twice as long
            if item.tag == name:
                return item
    return None


def children(element: etree._Element | None) -> dict[str, etree._Element]:
    """The first child of each name, by its full name; for properties, which are looked at more than once."""
    return {} if element is None else {item.tag: item for item in element.iterchildren(reversed=True)}


def value(element: etree._Element | None) -> str | None:
    """The attribute `w:val`, None when there is none or no element."""
    return None if element is None else element.get(_VAL)


def switched_on(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle (`w:b`, `w:vanish` …): True, False, or None when the properties do not name it."""
    return is_on(child(properties, name))


def is_on(toggle: etree._Element | None) -> bool | None:
    """The state a toggle's element tells; None when there is no element."""
    return None if toggle is None else toggle.get(_VAL) not in ("0", "false", "off", "none")
