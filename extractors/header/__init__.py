"""The document's own fields, read from its head or, where that was lost, put together from what is left."""

from __future__ import annotations

from extractors.header.reader import read_header

__all__ = ["read_header"]
