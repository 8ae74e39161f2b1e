"""Files that hold files: .zip, mail with attachments, PDF portfolios. They are opened one level deep.

Every member is a document of its own, known by its own bytes. Bytes and members are counted while they are unpacked,
whatever the container says of itself; a container that holds too much is refused whole, a member that cannot be had is
refused alone. A container inside a container is not opened. Names of members are only ever told, never used as paths.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import pikepdf
import pypdfium2 as pdfium

from pipeline.errors import DamagedFile, EncryptedFile, LimitExceeded, UnknownFormat, UnreadableFile
from pipeline.limits import Limits
from pipeline.sources.mail import open_mail
from pipeline.sources.zip_errors import BROKEN_MEMBER, BROKEN_ZIP

logger = logging.getLogger(__name__)

SEPARATOR = "!/"
"""Stands in source_path between a container and its member."""
CONTAINERS = frozenset(("zip", "eml", "msg", "pdf"))
"""Formats that may hold members."""

_PIECE = 1 << 20
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_NOT_DOCUMENTS = frozenset(("thumbs.db", "desktop.ini", ".ds_store"))
_LONGEST_NAME = 500
_LONGEST_FILE_NAME = 60
_RAISE = "nâng giới hạn trong params.yaml nếu tin tệp này"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a container: its place in it, its name, the hash of its bytes; or why it cannot be had."""

    position: int
    name: str
    sha256: str | None
    error: UnreadableFile | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """A member that has not been unpacked yet."""

    position: int
    name: str
    content: zipfile.ZipInfo | bytes | None


def list_members(path: Path, file_format: str, limits: Limits) -> list[Member]:
    """The members of a container of `file_format`, unpacked once to nowhere; none for other formats.

    Raises LimitExceeded when there are more than `limits.members` or `limits.unpacked_bytes`, DamagedFile when the
    container cannot be opened.
    """
    members = []
    total = 0
    with _opened(path, file_format, limits) as (held, archive):
        for one in held:
            digest = hashlib.sha256()
            try:
                for piece in _pieces(one, archive, limits):
                    total += len(piece)
                    if total > limits.unpacked_bytes:
                        raise _ContainerTooLarge(path, limits)
                    digest.update(piece)
            except _ContainerTooLarge as error:
                raise error.told from None
            except UnreadableFile as error:
                members.append(Member(one.position, one.name, None, error))
                continue
            members.append(Member(one.position, one.name, digest.hexdigest()))
    return members


@contextmanager
def unpacked(path: Path, file_format: str, position: int, limits: Limits) -> Iterator[Path]:
    """One member as a file that is there as long as the context lasts. Raises what `list_members` tells of it."""
    with _opened(path, file_format, limits) as (held, archive), tempfile.TemporaryDirectory(prefix="vanban-") as folder:
        one = next((one for one in held if one.position == position), None)
        if one is None:
            raise DamagedFile(f"{path.name}: không còn thành phần thứ {position + 1}", "chạy lại")
        target = Path(folder) / _file_name(one.name)
        with target.open("wb") as file:
            for piece in _pieces(one, archive, limits):
                file.write(piece)
        yield target


class _ContainerTooLarge(Exception):
    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__(path.name)
        self.told = LimitExceeded(
            f"{path.name}: giải nén quá giới hạn unpacked_bytes = {limits.unpacked_bytes:,}", _RAISE
        )


@contextmanager
def _opened(path: Path, file_format: str, limits: Limits) -> Iterator[tuple[list[_Held], zipfile.ZipFile | None]]:
    if file_format == "zip":
        try:
            with zipfile.ZipFile(path) as archive:
                yield (
                    _limited([_Held(n, _zip_name(i), i) for n, i in enumerate(archive.infolist())], path, limits),
                    archive,
                )
        except BROKEN_ZIP as error:
            raise DamagedFile(f"{path.name}: gói zip hỏng ({error})", "lấy lại tệp từ nguồn") from error
    elif file_format in ("eml", "msg"):
        attached = open_mail(path).attachments
        yield _limited([_Held(n, a.name, a.content) for n, a in enumerate(attached)], path, limits), None
    elif file_format == "pdf" and _has_attachments(path):
        yield _limited(_pdf_attachments(path), path, limits), None
    else:
        yield [], None


def _limited(held: list[_Held], path: Path, limits: Limits) -> list[_Held]:
    wanted = [one for one in held if _is_document(one)]
    if len(wanted) > limits.members:
        raise LimitExceeded(f"{path.name}: có {len(wanted):,} tệp, quá giới hạn members = {limits.members:,}", _RAISE)
    seen: Counter[str] = Counter()
    named = []
    for one in wanted:
        seen[one.name] += 1
        named.append(one if seen[one.name] == 1 else replace(one, name=f"{one.name} ({seen[one.name]})"))
    return named


def _is_document(held: _Held) -> bool:
    if isinstance(held.content, zipfile.ZipInfo) and held.content.is_dir():
        return False
    parts = PurePosixPath(held.name).parts
    if any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in parts):
        return False
    return not parts or parts[-1].lower() not in _NOT_DOCUMENTS


def _pieces(held: _Held, archive: zipfile.ZipFile | None, limits: Limits) -> Iterator[bytes]:
    """The bytes of a member. Raises an UnreadableFile that concerns it alone."""
    if held.content is None:
        raise UnknownFormat(f"{held.name}: thư đính kèm trong thư không được mở", "lưu thư đó thành tệp riêng")
    if isinstance(held.content, bytes):
        if len(held.content) > limits.file_bytes:
            raise _too_large(held.name, limits)
        yield held.content
        return
    assert archive is not None
    if held.content.flag_bits & _ENCRYPTED:
        raise EncryptedFile(f"{held.name}: tệp trong gói zip có mật khẩu", "giải nén bằng mật khẩu rồi chạy lại")
    size = 0
    try:
        with archive.open(held.content) as part:
            while piece := part.read(_PIECE):
                size += len(piece)
                if size > limits.file_bytes:
                    raise _too_large(held.name, limits)
                yield piece
    except BROKEN_MEMBER as error:
        raise DamagedFile(f"{held.name}: không giải nén được ({error})", "lấy lại gói từ nguồn") from error


def _too_large(name: str, limits: Limits) -> LimitExceeded:
    return LimitExceeded(f"{name}: lớn hơn giới hạn file_bytes = {limits.file_bytes:,}", _RAISE)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; one that Windows wrote as UTF-8 without saying so is read as such."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return _told(name)


def _told(name: str) -> str:
    """A name fit to be shown: no control characters, not endless."""
    return "".join(c for c in name.replace("\\", "/") if c.isprintable())[:_LONGEST_NAME] or "không tên"


def _file_name(name: str) -> str:
    """The last part of a member's name as a file's name, which messages then show."""
    last = PurePosixPath(name).name
    return last[:_LONGEST_FILE_NAME] if last and last.strip(". ") else "member"


def _has_attachments(path: Path) -> bool:
    """Whether the PDF says it holds files; a file that pdfium cannot open has none."""
    try:
        with pdfium.PdfDocument(path) as pdf:
            return int(pdf.count_attachments()) > 0
    except pdfium.PdfiumError:
        return False


def _pdf_attachments(path: Path) -> list[_Held]:
    try:
        with pikepdf.open(path) as pdf:
            return [
                _Held(position, _told(name), pdf.attachments[name].get_file().read_bytes())
                for position, name in enumerate(pdf.attachments)
            ]
    except (pikepdf.PdfError, ValueError, KeyError) as error:
        logger.warning("%s: attachments cannot be read: %s", path.name, error)
        return []
