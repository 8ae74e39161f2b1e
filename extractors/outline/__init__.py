"""Zones that split every document, and the labelled outline."""

from __future__ import annotations

from extractors.outline.sections import segment_reading

__all__ = ["segment_reading"]
