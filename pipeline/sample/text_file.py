"""A sample document as plain text, in the order in which a reader of the other formats gives it."""

from __future__ import annotations

from pipeline.sample.documents import SampleDocument


def lines(document: SampleDocument) -> list[str]:
    """One paragraph a line; the left column of header and foot stands before the right one."""
    head = document.head
    out = [*head.left, head.number_line, *head.about]
    if document.urgency:
        out.append(document.urgency.upper())
    out += ["", *head.right, head.date_line, ""]
    out += [*document.title, ""] if document.title else []
    out += [*document.addressed.lines, ""] if document.addressed.lines else []
    out += [paragraph.text for paragraph in document.body]
    out += ["", *document.recipients.lines]
    for block in document.signatures:
        out += ["", *block.titles, "", block.copy_mark or "", "", block.name_line]
    return out


def text(document: SampleDocument) -> str:
    """The whole text with a final line break."""
    return "\n".join(lines(document)) + "\n"


def markdown(document: SampleDocument) -> str:
    """The text as exporters to Markdown leave it: bold lines between asterisks, blank lines between paragraphs."""
    bold = {*document.head.left, *document.head.right, *document.title}
    bold |= {paragraph.text for paragraph in document.body if paragraph.bold}
    for block in document.signatures:
        bold |= {*block.titles, block.name_line}
    marked = (f"**{line}**" if line in bold and line != "*" else line for line in lines(document) if line)
    return "\n\n".join(marked) + "\n"
