"""To whom a document goes, of whom it asks and whom it only lets know, and where it is filed."""

from __future__ import annotations

from extractors.recipients.finder import find_recipients

__all__ = ["find_recipients"]
