"""OCR of page images with Tesseract."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from extractors.records import Finding
from pipeline.errors import ToolUnavailable
from pipeline.limits import Limits
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word


@dataclass(frozen=True, slots=True)
class Scan:
    """The lines read on a page image in reading order, and how sure Tesseract is of them (0..1)."""

    lines: tuple[Line, ...]
    confidence: float
    findings: tuple[Finding, ...] = ()


def read_scan(image: Image.Image, page_no: int, width: float, height: float, limits: Limits) -> Scan:
    raise ToolUnavailable("Chưa cài Tesseract", "sudo apt-get install tesseract-ocr tesseract-ocr-script-viet")


def read_fields(image: Image.Image, words: list[Word], boxes: list[tuple[float, float, float, float]]) -> list[Word]:
    return []
