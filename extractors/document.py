"""All extractors over one document, in the order in which they need each other."""

from __future__ import annotations

from extractors.citations import find_citations
from extractors.context import Context, Found
from extractors.deadlines import find_deadlines
from extractors.findings import check_document
from extractors.header import read_header
from extractors.outline import segment_reading
from extractors.reading import Reading
from extractors.recipients import find_recipients
from extractors.records import Extraction, Section
from extractors.signatories import find_signatories


def extract(reading: Reading, sections: tuple[Section, ...] | None = None) -> Extraction:
    """Everything found in `reading`.

    `sections` may be given when `segment_reading` was run before; its findings are then not repeated.
    """
    outline = segment_reading(reading) if sections is None else Found(sections)
    header = read_header(reading, outline.records)
    context = Context(header.records[0], outline.records)
    citations = find_citations(reading, context)
    deadlines = find_deadlines(reading, context)
    signatories = find_signatories(reading, context)
    recipients = find_recipients(reading, context)
    parts = (outline, header, citations, deadlines, signatories, recipients)
    found = Extraction(
        header=context.header,
        sections=context.sections,
        citations=citations.records,
        deadlines=deadlines.records,
        signatories=signatories.records,
        recipients=recipients.records,
        findings=tuple(finding for part in parts for finding in part.findings),
    )
    return check_document(reading, found)
