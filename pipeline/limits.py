"""Finite limits for every input; each can be raised in params.yaml under `limits`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes in bytes, times in seconds."""

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 400_000_000
    pages: int = 2_000
    page_pixels: int = 100_000_000
    characters: int = 20_000_000
    file_seconds: float = 900.0
    ocr_page_seconds: float = 120.0
    convert_seconds: float = 120.0
