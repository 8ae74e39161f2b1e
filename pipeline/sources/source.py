"""What every reader of files returns, and the one-method protocol they share."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file as text: normalised (extractors.reading.normalise), one paragraph a line, blocks in reading order.

    A left column stands wholly before the right one (issuer before quốc hiệu, Nơi nhận before the signature).
    `text_quality` is 0..1. `seals` are the signers' certificates of a digitally signed PDF, as printed text.
    """

    file_format: str
    media: Media
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    text_quality: float
    ocr_confidence: float | None = None
    findings: tuple[Finding, ...] = ()
    digital_signatures: tuple[str, ...] = ()


class SourceReader(Protocol):
    """Reads files of one family of formats.

    Raises an `UnreadableFile` (pipeline.errors) when the file cannot be read; never returns an empty text.
    """

    def __call__(self, path: Path, limits: Limits) -> SourceDocument: ...
