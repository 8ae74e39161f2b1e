"""Which names below a folder are documents to read, and what is refused before a byte of it is read.

A folder from outside may hold links to files elsewhere, pipes that never end, devices, sockets, names that are no text
and paths too long to open. None of them may stop or mislead a run: what is not a plain file inside the folder is
refused with a typed error, under a name that can be printed and stored.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FolderError, LimitExceeded, NoFile, OutsideFolder, UnreadableFile
from pipeline.limits import Limits

_PLAIN_FILE = "thay bằng một tệp thường trong thư mục"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A name below the folder: `source_path` is its relative path, printable (see `printable`).

    `refused` is why it is not read, None for a document.
    """

    path: Path
    source_path: str
    refused: UnreadableFile | None = None


def printable(name: str) -> str:
    """`name` as Unicode text of one line: bytes that are no UTF-8 and control characters as `\\xNN`.

    >>> printable("báo cáo\\udcff\\n.pdf")
    'báo cáo\\\\xff\\\\x0a.pdf'
    """
    if name.isprintable():
        return name
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in name)


def _escaped(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of the name that Python could not decode
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else letter


def files_below(raw: Path, limits: Limits) -> list[RawFile]:
    """Every name below a folder but hidden ones, in the order of their paths; links to folders are not followed.

    Raises FolderError when `raw` itself cannot be listed.
    """
    if not raw.is_dir():
        raise FolderError(f"{raw} is no folder", "give the folder that holds the documents")
    try:
        os.scandir(raw).close()
        root = raw.resolve(strict=True)
    except OSError as error:
        raise FolderError(f"{raw} cannot be listed: {error.strerror}", "give a folder that you may read") from None
    return sorted(_walk(raw, root, limits), key=lambda file: file.source_path)


def sha256_of(path: Path) -> str:
    """The hash of a plain file. Raises OSError, and NoFile when it has become something else meanwhile."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NoFile("không phải là tệp thường", _PLAIN_FILE)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _walk(raw: Path, root: Path, limits: Limits) -> Iterator[RawFile]:
    folders = [raw]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(".")]
        except OSError as error:
            yield RawFile(folder, _source_path(folder, raw), UnreadableFile.unopened(error, "không mở được thư mục"))
            continue
        for entry in entries:
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
                continue
            refused = _refused(path, root, limits)
            if refused is not None or not path.is_dir():
                yield RawFile(path, _source_path(path, raw), refused)


def _refused(path: Path, root: Path, limits: Limits) -> UnreadableFile | None:
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(root):
                return OutsideFolder("liên kết dẫn ra ngoài thư mục", "chép tệp thật vào thư mục nếu cần đọc nó")
        status = path.stat()
    except (OSError, RuntimeError) as error:
        return UnreadableFile.unopened(error)
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        return NoFile("không phải là tệp thường (đường ống, thiết bị hoặc ổ cắm)", _PLAIN_FILE)
    if status.st_size > limits.file_bytes:
        return LimitExceeded(
            f"{status.st_size:,} byte, quá giới hạn file_bytes = {limits.file_bytes:,}",
            "nâng limits.file_bytes trong params.yaml nếu tin tệp này",
        )
    return None


def _source_path(path: Path, raw: Path) -> str:
    return printable(path.relative_to(raw).as_posix())
