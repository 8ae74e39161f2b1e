"""All extractors over one document, in the order in which they need each other."""

from __future__ import annotations

from extractors.citations import find_citations
from extractors.context import Context
from extractors.deadlines import find_deadlines
from extractors.findings import check_document
from extractors.header import read_header
from extractors.reading import Reading
from extractors.recipients import find_recipients
from extractors.records import Extraction, Section
from extractors.sections import segment_reading
from extractors.signatories import find_signatories


def extract(reading: Reading, sections: tuple[Section, ...] | None = None) -> Extraction:
    """Everything found in `reading`; `sections` may be given when the segment stage found them already."""
    outline = segment_reading(reading)
    sections = outline.records if sections is None else sections
    header = read_header(reading, sections)
    context = Context(header.records[0], sections)
    citations = find_citations(reading, context)
    deadlines = find_deadlines(reading, context)
    signatories = find_signatories(reading, context)
    recipients = find_recipients(reading, context)
    found = Extraction(
        header=context.header,
        sections=sections,
        citations=citations.records,
        deadlines=deadlines.records,
        signatories=signatories.records,
        recipients=recipients.records,
        findings=outline.findings
        + header.findings
        + citations.findings
        + deadlines.findings
        + signatories.findings
        + recipients.findings,
    )
    return check_document(reading, found)
