"""What the extractors find, as frozen records whose fields are columns of the warehouse.

Every record that stands somewhere in the text has `start` and `end`: 0-based, half-open code points of the text
that was given. A field that the document does not tell is None; nothing is guessed. `confidence` is the estimated
probability (0..1) that the whole row is right.

The meaning of each field is defined in docs/DATA_DICTIONARY.md, after Nghị định 30/2020/NĐ-CP (state documents) and
Hướng dẫn 36-HD/VPTW (Party documents).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Zone = Literal["header", "title", "preamble", "body", "closing", "recipients", "signature", "appendix"]
CitationKind = Literal["numbered", "dated", "named"]
Relation = Literal[
    "căn cứ", "thực hiện", "theo", "sửa đổi", "bổ sung", "thay thế", "bãi bỏ", "hướng dẫn", "báo cáo", "dẫn chiếu"
]
DeadlineKind = Literal["date", "period", "recurring", "relative"]
RecipientRole = Literal["kính gửi", "nơi nhận", "lưu"]
Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: code points [start, end)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """The document's own fields (số ký hiệu, ngày, cơ quan ban hành, trích yếu …).

    `spans` gives, field by field, where in the text a value was read; a value put together from several places (an
    issuer whose header was lost) is listed once for each place.
    """

    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    ref: str | None = None
    ref_repaired: str | None = None
    issued_date: date | None = None
    issued_year: int | None = None
    issued_month: int | None = None
    issued_day: int | None = None
    place: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    confidence: float = 0.0
    spans: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A zone of the document (level 0, `zone` set) or a labelled part of its outline (level ≥ 1, `label` set).

    `parent` is the index of the enclosing section in the same list, None for a zone.
    """

    level: int
    zone: Zone
    label: str | None
    title: str | None
    role: str | None
    parent: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of an instrument.

    `relation_verb` is the word that decided `relation`. `antecedent` is the index (in the same list) of the full
    citation that a short form stands for; where several would fit it is None and `candidates` lists their refs.
    """

    kind: CitationKind
    instrument_type: str | None
    number: str | None
    symbol: str | None
    ref: str | None
    ref_repaired: str | None
    date: date | None
    date_year: int | None
    date_month: int | None
    date_day: int | None
    issuer: str | None
    issuer_inferred: str | None
    title: str | None
    pinpoint: str | None
    relation: Relation
    relation_verb: str | None
    quote: str
    start: int
    end: int
    confidence: float
    antecedent: int | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """One term by which something asked for must be done.

    `recurrence` is an RFC 5545 RRULE without the `RRULE:` prefix, `duration` an ISO 8601 duration, `due_time` a time
    of day as `HH:MM`. `counted_due_date` is worked out (working days, Vietnam's public holidays) where the start of a
    relative term is known; `due_date` never is.
    """

    kind: DeadlineKind
    due_date: date | None
    due_time: str | None
    qualifier: str | None
    recurrence: str | None
    duration: str | None
    working_days: bool | None
    counted_due_date: date | None
    obligation: str | None
    responsible: str | None
    report_to: str | None
    quote: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Signatory:
    """One person who signs, in the order of the signature blocks."""

    ordinal: int
    name: str
    position: str | None
    authority: str | None
    on_behalf_of: str | None
    honorific: str | None
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Recipient:
    """One unit or person the document is addressed to, distributed to or archived with."""

    ordinal: int
    role: RecipientRole
    name: str
    purpose: str | None
    refers_to_addressees: bool
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a careful clerk would point out; `message` is in Vietnamese."""

    kind: str
    severity: Severity
    message: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document."""

    header: Header
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    deadlines: tuple[Deadline, ...]
    signatories: tuple[Signatory, ...]
    recipients: tuple[Recipient, ...]
    findings: tuple[Finding, ...]
