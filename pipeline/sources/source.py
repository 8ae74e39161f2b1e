"""What every reader of files returns, and the one-method protocol they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from extractors.reading import Block
from extractors.records import Finding
from pipeline.limits import Limits

Media = Literal["born_digital", "scanned", "mixed"]
PageSource = Literal["text_layer", "ocr"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the document: its stretch [start, end) of the text, and how the text was got.

    `width` and `height` are in points, None where the format has no pages. `ocr_confidence` is 0..1, None without OCR.
    """

    page_no: int
    start: int
    end: int
    source: PageSource
    ocr_confidence: float | None = None
    width: float | None = None
    height: float | None = None


SignatureKind = Literal["signature", "empty_field", "stamp"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """A signature field of a PDF, or a stamp that shows text; times on Vietnam's clock, the box in points.

    `shown` is what it prints on the page; `carried` the number or day it puts into the text, `carried_as` which.
    `cms_time` is as written in the signature; `signed_at` the best of time stamp, signature and /M.
    """

    kind: SignatureKind
    field_name: str | None = None
    page_no: int | None = None
    box: Box | None = None
    signer: str | None = None
    organisation: str | None = None
    email: str | None = None
    certificate_subject: str | None = None
    certificate_issuer: str | None = None
    signed_at: datetime | None = None
    signed_at_basis: str | None = None
    cms_time: datetime | None = None
    dictionary_time: datetime | None = None
    reason: str | None = None
    location: str | None = None
    shown: str | None = None
    carried: str | None = None
    carried_as: str | None = None
    digest_matches: bool | None = None
    covers_file: bool | None = None

    @property
    def text(self) -> str:
        """Signer, organisation, e-mail and time in one line; what it prints where it names no signer."""
        when = self.signed_at.isoformat(" ") if self.signed_at and self.signer else None
        said = (self.signer, self.organisation, self.email, when)
        return "; ".join(part for part in said if part) or self.shown or ""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file as text: normalised (extractors.reading.normalise), one paragraph a line, blocks in reading order.

    A left column stands wholly before the right one (issuer before quốc hiệu, Nơi nhận before the signature).
    `text_quality` is 0..1. `digital_signatures` has one entry a signature field of a PDF, in the order of the pages.
    """

    file_format: str
    media: Media
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    text_quality: float
    ocr_confidence: float | None = None
    findings: tuple[Finding, ...] = ()
    digital_signatures: tuple[DigitalSignature, ...] = ()


class SourceReader(Protocol):
    """Reads files of one family of formats.

    Raises an `UnreadableFile` (pipeline.errors) when the file cannot be read; never returns an empty text.
    """

    def __call__(self, path: Path, limits: Limits) -> SourceDocument: ...
