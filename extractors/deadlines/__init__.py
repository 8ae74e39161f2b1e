"""When something asked for must be done: by whom, and reported to whom."""

from __future__ import annotations

from extractors.deadlines.finder import find_deadlines

__all__ = ["find_deadlines"]
