"""Errors with an exit code and a message that ends in the next thing to do.

An `UnreadableFile` concerns one file: the run goes on and the file is listed in `quarantine`. Every other
`VanbanError` ends the command with its exit code. docs/ERRORS.md has a paragraph a class.
"""

from __future__ import annotations

import errno

_NOT_OPENED = {
    errno.ENOENT: "không có ở đó (đã xóa, hoặc liên kết hỏng)",
    errno.ELOOP: "liên kết trỏ vòng tròn",
    errno.EACCES: "không có quyền đọc",
    errno.EPERM: "không có quyền đọc",
    errno.ENAMETOOLONG: "đường dẫn quá dài",
}


class VanbanError(Exception):
    """Base of all errors that a user is shown; `next_step` is the advice the message ends in."""

    exit_code = 1

    def __init__(self, message: str, next_step: str) -> None:
        super().__init__(message, next_step)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} → {self.next_step}"


class UsageError(VanbanError):
    """The command was called with words that do not fit."""

    exit_code = 2


class FolderError(VanbanError):
    """A folder cannot be read or written, or the disk is full."""

    exit_code = 3


class WarehouseMissing(FolderError):
    """There is no warehouse at the path given, or the file is none."""


class MissingTool(VanbanError):
    """A program the work needs (tesseract, LibreOffice) is not installed."""

    exit_code = 4


class WarehouseLocked(VanbanError):
    """Another program holds the warehouse open for writing."""

    exit_code = 5


class StageInputMissing(VanbanError):
    """A stage was run before the stage that makes its input."""

    exit_code = 6


class BrokenKeys(VanbanError):
    """The stages' rows do not belong together: a row points at nothing, or a key stands twice."""

    exit_code = 8


class UnreadableFile(VanbanError):
    """One file cannot be read; it goes to quarantine. `kind` is the typed error in the quarantine table."""

    kind = "unreadable"
    exit_code = 7

    @classmethod
    def unopened(cls, error: OSError | RuntimeError, what: str = "không mở được tệp") -> UnreadableFile:
        """Why the system does not open a name; a RuntimeError is pathlib's word for links that lead in a circle."""
        number, told = (error.errno, error.strerror) if isinstance(error, OSError) else (errno.ELOOP, None)
        reason = _NOT_OPENED.get(number or 0) or told or str(error)
        return cls(f"{what}: {reason}", "kiểm tra đường dẫn và quyền đọc rồi chạy lại")


class NoFile(UnreadableFile):
    """What the name stands for is a pipe, a socket or a device, which is never opened."""

    kind = "no_file"


class OutsideFolder(UnreadableFile):
    """A link leads out of the folder that is read; it is not followed."""

    kind = "outside_folder"


class UnknownFormat(UnreadableFile):
    """The bytes are of no format that is read."""

    kind = "unknown_format"


class DamagedFile(UnreadableFile):
    """The format is known but the file is broken or cut off."""

    kind = "damaged"


class EncryptedFile(UnreadableFile):
    """The file needs a password."""

    kind = "encrypted"


class NestedContainer(UnreadableFile):
    """A container inside a container; only one level is opened."""

    kind = "nested_container"


class EmptyDocument(UnreadableFile):
    """The file was read but holds no text."""

    kind = "empty"


class LimitExceeded(UnreadableFile):
    """The file is over a limit (bytes, unpacked bytes, pages, pixels, seconds); the message names the limit."""

    kind = "limit_exceeded"


class ToolUnavailable(UnreadableFile):
    """The file needs a program that is not installed; other files go on."""

    kind = "tool_unavailable"


class ReaderCrashed(UnreadableFile):
    """The reader failed in a way nobody foresaw: the message holds the exception, or how its process died."""

    kind = "crashed"


class OutOfMemory(UnreadableFile):
    """Reading the file needs more memory than a worker may have, also when it is read alone."""

    kind = "out_of_memory"
