"""Every mention of an instrument: what is cited, by whom issued, where in it, and why."""

from __future__ import annotations

from extractors.citations.finder import find_citations

__all__ = ["find_citations"]
