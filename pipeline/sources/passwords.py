"""Opens files under a password with the passwords that the user gave; guesses none.

PDFs by pikepdf (RC4, AES), Office files by msoffcrypto (Word 97–2003 RC4, OOXML standard and agile encryption).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import olefile
import pikepdf

logger = logging.getLogger(__name__)


def unlocked(path: Path, passwords: Sequence[str], folder: Path) -> Path | None:
    """A copy in `folder` of the file at `path` without its password; None when no password opens it."""
    target = folder / path.name
    for password in passwords:
        opened = (
            _unlock_office(path, password, target) if olefile.isOleFile(path) else _unlock_pdf(path, password, target)
        )
        if opened:
            return target
    return None


def _unlock_pdf(path: Path, password: str, target: Path) -> bool:
    try:
        with pikepdf.open(path, password=password) as pdf:
            pdf.save(target)
    except (pikepdf.PasswordError, pikepdf.PdfError):
        return False
    return True


def _unlock_office(path: Path, password: str, target: Path) -> bool:
    # Imported here: it brings a library of ciphers that no other file needs.
    from msoffcrypto import OfficeFile

    try:
        with path.open("rb") as file, target.open("wb") as out:
            office = OfficeFile(file)
            office.load_key(password=password)
            office.decrypt(out)
    except Exception as error:
        # On a wrong password and on broken bytes alike the library fails in any way; the file then stays locked.
        logger.info("%s: password refused (%s)", path.name, error)
        return False
    return True
