"""What an extractor may know beside the text, and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from extractors.records import Finding, Header, Section

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Context:
    """The document's own fields and its zones and outline, both found before the mentions."""

    header: Header
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[Record]):
    """Records in reading order, and what a careful clerk would point out about them."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...] = ()
