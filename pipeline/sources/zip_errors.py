"""What Python's zipfile raises on archives that are broken, cut off or packed in a way it does not know."""

from __future__ import annotations

import lzma
import zipfile
import zlib

BROKEN_ZIP: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError,
)  # fmt: skip
"""Errors of zip alone, safe to catch round a block that does other work too."""

BROKEN_MEMBER: tuple[type[Exception], ...] = (*BROKEN_ZIP, RuntimeError, ValueError, OSError)
"""Round nothing but the unpacking: also a password, senseless sizes, and bzip2, whose error is an OSError."""
