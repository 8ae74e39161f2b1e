"""Reads Vietnamese administrative documents: header, outline, citations, deadlines, signatories, recipients.

Every function takes a plain string and returns typed records (extractors.records) whose `start` and `end` count in
that string, whatever its Unicode form.

    >>> from extractors import extract_citations
    >>> extract_citations("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ")[0].ref
    '30/2020/NĐ-CP'
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from extractors.citations import find_citations
from extractors.context import Context
from extractors.deadlines import find_deadlines
from extractors.document import extract
from extractors.header import read_header
from extractors.outline import segment_reading
from extractors.reading import Reading, normalise
from extractors.recipients import find_recipients
from extractors.records import (
    Citation,
    Deadline,
    Extraction,
    Finding,
    Header,
    Recipient,
    Section,
    Signatory,
)
from extractors.signatories import find_signatories

__all__ = [
    "Citation",
    "Deadline",
    "Extraction",
    "Finding",
    "Header",
    "Reading",
    "Recipient",
    "Section",
    "Signatory",
    "extract",
    "extract_citations",
    "extract_deadlines",
    "extract_header",
    "extract_recipients",
    "extract_signatories",
    "segment",
]

Placed = TypeVar("Placed", Citation, Deadline, Recipient, Section, Signatory)


def extract_citations(text: str) -> list[Citation]:
    """Every mention of an identifiable instrument, in reading order."""
    reading, origins = _read(text)
    return _placed(find_citations(reading).records, origins)


def extract_deadlines(text: str) -> list[Deadline]:
    """Every term by which something asked for must be done, in reading order."""
    reading, origins = _read(text)
    return _placed(find_deadlines(reading, _context(reading)).records, origins)


def extract_signatories(text: str) -> list[Signatory]:
    """Who signs, one record a signer."""
    reading, origins = _read(text)
    return _placed(find_signatories(reading, _context(reading)).records, origins)


def extract_recipients(text: str) -> list[Recipient]:
    """Kính gửi, Nơi nhận and Lưu, one record a unit."""
    reading, origins = _read(text)
    return _placed(find_recipients(reading, _context(reading)).records, origins)


def extract_header(text: str) -> Header:
    """The document's own fields."""
    reading, origins = _read(text)
    header = _context(reading).header
    if origins is None:
        return header
    return replace(header, spans=tuple((name, origins[s], origins[e]) for name, s, e in header.spans))


def segment(text: str) -> list[Section]:
    """Zones (level 0) and the labelled outline (level ≥ 1), in reading order."""
    reading, origins = _read(text)
    return _placed(segment_reading(reading).records, origins)


def _read(text: str) -> tuple[Reading, tuple[int, ...] | None]:
    normal, origins = normalise(text)
    return Reading.of(normal), origins


def _context(reading: Reading) -> Context:
    sections = segment_reading(reading).records
    return Context(read_header(reading, sections).records[0], sections)


def _placed(records: tuple[Placed, ...], origins: tuple[int, ...] | None) -> list[Placed]:
    if origins is None:
        return list(records)
    return [replace(r, start=origins[r.start], end=origins[r.end]) for r in records]
