"""A sample document as .docx: header and foot in tables without borders, labels typed or from numbering.xml.

Written part by part as WordprocessingML (ECMA-376), with a fixed timestamp, so that the bytes never change.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from xml.sax.saxutils import escape

from pipeline.sample.body import Paragraph
from pipeline.sample.documents import SampleDocument
from pipeline.sample.signature import SignatureBlock

_TIMESTAMP = (2026, 1, 1, 0, 0, 0)
_UNIX = 3
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = (
    _HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.numbering+xml"/></Types>'
)
_RELATIONS = (
    _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
    'Target="styles.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" '
    'Target="numbering.xml"/></Relationships>'
)
_STYLES = (
    _HEAD + f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" '
    'w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)
_DECIMAL_LIST, _ROMAN_LIST = 1, 2
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr>"
)


def word_file(document: SampleDocument, *, numbered_lists: bool = False, text_box: str | None = None) -> bytes:
    """The bytes of a .docx. With `numbered_lists` the labels `I.`, `1.`, `a)` come from numbering.xml, not the text.

    `text_box` is printed in a floating frame at the head, as clerks put arrival stamps and urgency marks.
    """
    numbering = _list_of(document) if numbered_lists else None
    head = document.head
    left = [*_cell(head.left, bold=True), _paragraph(head.number_line, centred=True), *_cell(head.about)]
    right = [*_cell(head.right, bold=True), _paragraph(head.date_line, centred=True)]
    parts = [_table(left, right)]
    stamp = text_box or (document.urgency.upper() if document.urgency else None)
    parts.append(_paragraph("") if stamp is None else _text_box(stamp))
    parts += [_paragraph(line, bold=True, centred=True) for line in document.title]
    parts += [_paragraph(line) for line in document.addressed.lines]
    parts += [_body(paragraph, numbering) for paragraph in document.body]
    recipients, blocks = list(map(_paragraph, document.recipients.lines)), list(map(_signature, document.signatures))
    if len(blocks) == 1:
        parts.append(_table(recipients, blocks[0]))
    else:
        parts += [_table(blocks[0], blocks[1]), *recipients]
    parts.append(_paragraph(""))
    namespaces = f'xmlns:w="{_MAIN}" xmlns:v="urn:schemas-microsoft-com:vml"'
    return _package(f"{_HEAD}<w:document {namespaces}><w:body>{''.join(parts)}{_PAGE}</w:body></w:document>")


def _signature(block: SignatureBlock) -> list[str]:
    room = [_paragraph(""), _paragraph(block.copy_mark or "", centred=True)]
    return [*_cell(block.titles, bold=True), *room, *_cell([block.name_line], bold=True)]


def _list_of(document: SampleDocument) -> int | None:
    """Which list definition prints this outline's labels; None when its labels are no list's (`Điều 1.`, `I-`)."""
    labels = [paragraph.label for paragraph in document.body if paragraph.level == 1]
    if labels and labels[0] == "I.":
        return _ROMAN_LIST
    return _DECIMAL_LIST if labels and labels[0] == "1." else None


def _body(paragraph: Paragraph, numbering: int | None) -> str:
    if numbering is None or not paragraph.level:
        lines = paragraph.text.split("\n")
        return "".join(_paragraph(line, bold=paragraph.bold, centred=paragraph.centred) for line in lines)
    mark = f'<w:numPr><w:ilvl w:val="{paragraph.level - 1}"/><w:numId w:val="{numbering}"/></w:numPr>'
    return _paragraph(paragraph.phrase.text, bold=paragraph.bold, properties=mark)


def _paragraph(text: str, *, bold: bool = False, centred: bool = False, properties: str = "") -> str:
    inner = properties + ('<w:jc w:val="center"/>' if centred else "")
    head = f"<w:pPr>{inner}</w:pPr>" if inner else ""
    if not text:
        return f"<w:p>{head}</w:p>"
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{head}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _cell(lines: tuple[str, ...] | list[str], *, bold: bool = False) -> list[str]:
    return [_paragraph(line, bold=bold, centred=True) for line in lines]


def _table(left: list[str], right: list[str]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(parts)}</w:tc>'
        for width, parts in ((4200, left), (5154, right))
    )
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="9354" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="4200"/>'
        f'<w:gridCol w:w="5154"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>'
    )


def _text_box(text: str) -> str:
    return (
        '<w:p><w:r><w:pict><v:rect style="position:absolute;margin-left:300pt;margin-top:10pt;width:110pt;height:24pt">'
        f"<v:textbox><w:txbxContent>{_paragraph(text, bold=True)}</w:txbxContent></v:textbox>"
        "</v:rect></w:pict></w:r></w:p>"
    )


@cache
def _numbering() -> str:
    def level(i: int, style: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
            '<w:lvlJc w:val="left"/></w:lvl>'
        )

    decimal = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)")
    roman = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
    return (
        f'{_HEAD}<w:numbering xmlns:w="{_MAIN}">'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{decimal}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>{roman}</w:abstractNum>'
        f'<w:num w:numId="{_DECIMAL_LIST}"><w:abstractNumId w:val="1"/></w:num>'
        f'<w:num w:numId="{_ROMAN_LIST}"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )


def _package(document_xml: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, content in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document_xml),
            ("word/_rels/document.xml.rels", _DOCUMENT_RELATIONS),
            ("word/styles.xml", _STYLES),
            ("word/numbering.xml", _numbering()),
        ):
            part = zipfile.ZipInfo(name, _TIMESTAMP)
            part.create_system, part.external_attr = _UNIX, 0o600 << 16
            package.writestr(part, content.encode("utf-8"))
    return buffer.getvalue()
