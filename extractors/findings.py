"""What a careful clerk would point out about a document as a whole, beside what each extractor found."""

from __future__ import annotations

from dataclasses import replace

from extractors.reading import Reading
from extractors.records import Extraction, Finding

_SHOWN = 40
_PAIRS = (("“", "”"), ("«", "»"))


def check_document(reading: Reading, found: Extraction) -> Extraction:
    """`found` with the findings about the whole text added, all in reading order."""
    findings = (*found.findings, *_unclosed_quotes(reading.flow))
    return replace(found, findings=tuple(sorted(findings, key=_place)))


def _place(finding: Finding) -> tuple[int, str]:
    return (-1 if finding.start is None else finding.start, finding.kind)


def _unclosed_quotes(flow: str) -> list[Finding]:
    """Quotation marks that are opened and not closed before their paragraph ends."""
    findings = []
    for opening, closing in _PAIRS:
        if opening not in flow:
            continue
        start = 0
        for paragraph in flow.split("\n"):
            if paragraph.count(opening) > paragraph.count(closing):
                at = _first_unclosed(paragraph, opening, closing)
                shown = paragraph[at : at + _SHOWN]
                findings.append(
                    Finding(
                        "unclosed_quote",
                        "info",
                        f"Dấu ngoặc kép mở mà không đóng: {shown}…",
                        start + at,
                        start + at + 1,
                    )
                )
            start += len(paragraph) + 1
    return findings


def _first_unclosed(paragraph: str, opening: str, closing: str) -> int:
    open_at: list[int] = []
    for i, letter in enumerate(paragraph):
        if letter == opening:
            open_at.append(i)
        elif letter == closing and open_at:
            open_at.pop()
    return open_at[0]
