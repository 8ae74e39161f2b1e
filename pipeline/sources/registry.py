"""Which reader reads which file, told from the bytes and never from the name.

Every file ends in a `SourceDocument` with text in it or in an `UnreadableFile`: the size is checked before a byte is
read, an exception no reader foresaw becomes `ReaderCrashed`, and a text of nothing but blanks `EmptyDocument`.
"""

from __future__ import annotations

import codecs
import logging
import re
import stat
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import cast

import olefile

from extractors.records import Finding
from pipeline.errors import (
    DamagedFile,
    EmptyDocument,
    EncryptedFile,
    LimitExceeded,
    NoFile,
    OutOfMemory,
    ReaderCrashed,
    UnknownFormat,
    UnreadableFile,
)
from pipeline.limits import Limits
from pipeline.sources.office import is_convertible
from pipeline.sources.passwords import unlocked
from pipeline.sources.plain_text import looks_like_text
from pipeline.sources.source import SourceDocument, SourceReader
from pipeline.sources.zip_errors import BROKEN_MEMBER

_LOG = logging.getLogger(__name__)

READERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pdf": ("pipeline.sources.pdf", "read_pdf"),
        "docx": ("pipeline.sources.word", "read_docx"),
        "doc": ("pipeline.sources.office", "read_doc"),
        "rtf": ("pipeline.sources.office", "read_rtf"),
        "odt": ("pipeline.sources.office", "read_odt"),
        "html": ("pipeline.sources.web_page", "read_html"),
        "xlsx": ("pipeline.sources.spreadsheet", "read_spreadsheet"),
        "xls": ("pipeline.sources.spreadsheet", "read_spreadsheet"),
        "ods": ("pipeline.sources.spreadsheet", "read_spreadsheet"),
        "eml": ("pipeline.sources.mail", "read_mail"),
        "msg": ("pipeline.sources.mail", "read_mail"),
        "txt": ("pipeline.sources.plain_text", "read_text"),
        "png": ("pipeline.sources.page_image", "read_image"),
        "jpg": ("pipeline.sources.page_image", "read_image"),
        "tiff": ("pipeline.sources.page_image", "read_image"),
        "bmp": ("pipeline.sources.page_image", "read_image"),
        "gif": ("pipeline.sources.page_image", "read_image"),
        "webp": ("pipeline.sources.page_image", "read_image"),
    }
)
"""For each format: the module and the name of its `SourceReader`; modules are imported when first needed."""

_BY_LIBREOFFICE = frozenset(("doc", "rtf", "odt"))
_HEAD_BYTES = 4096
_HALF_LETTERS = re.compile("[\ud800-\udfff]")  # halves of letters beyond 16 bits, which cannot be stored
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_HTML_OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta ", b"<table", b"<div", b"<p>", b"<p ")
_MAIL_HEADS = re.compile(
    rb"^(from|to|cc|date|subject|received|message-id|delivered-to|return-path|mime-version):", re.M
)
_MAIL_HEADS_LEAST = 3
_WEB_ARCHIVE = (b"mime-version:", b"from: <saved by")
_A_CONTAINER = "đặt gói vào thư mục dữ liệu rồi chạy `vanban run`, hoặc giải nén"
_GIVE_PASSWORDS = "ghi mật khẩu vào một tệp, mỗi dòng một mật khẩu, rồi chạy lại với --passwords TỆP"
_READABLE = "đổi tệp sang PDF, docx hoặc txt rồi chạy lại"


def read_file(path: Path, limits: Limits, passwords: Sequence[str] = ()) -> SourceDocument:
    """Read one file of any format into text and blocks; one under a password with the first of `passwords` that fits.

    Raises an `UnreadableFile` of the fitting kind when it cannot be read.
    """
    try:
        return _read_file(path, limits)
    except EncryptedFile as error:
        if not passwords:
            raise EncryptedFile(error.message, _GIVE_PASSWORDS) from error
        with tempfile.TemporaryDirectory(prefix="vanban-open-") as folder:
            opened = unlocked(path, passwords, Path(folder))
            if opened is None:
                message = f"{error.message}; {len(passwords)} mật khẩu đã cho đều không mở được"
                raise EncryptedFile(message, _GIVE_PASSWORDS) from error
            return _marked_as_unlocked(_read_file(opened, limits))


def _marked_as_unlocked(document: SourceDocument) -> SourceDocument:
    """The document with a finding; its signed bytes are no longer those of the file."""
    finding = Finding(
        "opened_with_password", "info", "Tệp có mật khẩu, đã mở bằng mật khẩu người dùng cho.", None, None
    )
    signatures = tuple(replace(s, digest_matches=None, covers_file=None) for s in document.digital_signatures)
    return replace(document, findings=(*document.findings, finding), digital_signatures=signatures)


def _read_file(path: Path, limits: Limits) -> SourceDocument:
    check_size(path, limits)
    try:
        file_format = detect_format(path)
        if file_format not in READERS:
            raise UnknownFormat(f"{path.name}: là gói nén, không phải một văn bản", _A_CONTAINER)
        document = _reader(file_format)(path, limits)
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise OutOfMemory(
            f"{path.name}: không đủ bộ nhớ để đọc tệp", "chia nhỏ tệp, hoặc tăng limits.worker_bytes trong params.yaml"
        ) from error
    except OSError as error:
        raise DamagedFile(f"{path.name}: không đọc được tệp ({error})", "kiểm tra tệp và quyền đọc") from error
    except (Exception, RecursionError) as error:
        _LOG.info("reader crashed on %s", path, exc_info=True)
        raise ReaderCrashed(
            f"{path.name}: bộ đọc dừng vì {type(error).__name__}: {error}", "báo lỗi kèm tệp này cho người bảo trì"
        ) from error
    if not document.text.strip():
        raise EmptyDocument(f"{path.name}: tệp không có chữ nào", "kiểm tra xem tệp có phải bản trắng không")
    return replace(document, file_format=file_format, text=_HALF_LETTERS.sub("\ufffd", document.text))


def detect_format(path: Path) -> str:
    """The key of `READERS` that the file's bytes call for, or `zip` for an archive of files.

    Raises `UnknownFormat`, `EmptyDocument` for a file of no bytes, `EncryptedFile` for an Office file under a
    password and `DamagedFile` for a container that cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(b"\0 \r\n\t"):
        raise EmptyDocument(f"{path.name}: tệp rỗng", "lấy lại tệp từ nguồn")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, file_format in _MAGIC:
        if head.startswith(magic):
            return file_format
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "bmp"
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(path)
    if head.startswith(olefile.MAGIC):
        return _ole_format(path)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    opening = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().replace(b"\r\n", b"\n")
    if opening.startswith(b"<?xml") and b'progid="word.document"' in opening:
        return "doc"
    if opening.startswith(_WEB_ARCHIVE) and b"text/html" in opening and not _is_mail(opening):
        return "html"
    if opening.startswith(_HTML_OPENINGS) or b"<html" in opening[:1024]:
        return "html"
    if _is_mail(opening):
        return "eml"
    if looks_like_text(head):
        return "txt"
    raise UnknownFormat(f"{path.name}: không nhận ra định dạng của tệp", _READABLE)


def _is_mail(opening: bytes) -> bool:
    """Whether a file opens like a mail (RFC 5322): several of its heads, and a line `Name:` first."""
    heads = opening.partition(b"\n\n")[0]
    found = set(_MAIL_HEADS.findall(heads))
    addressed = {b"to", b"received", b"message-id", b"delivered-to", b"return-path"} & found
    first = re.match(rb"[a-z][a-z0-9-]{1,40}:", heads)
    saved = b"<saved by" in heads
    return len(found) >= _MAIL_HEADS_LEAST and bool(addressed) and first is not None and not saved


def _reader(file_format: str) -> SourceReader:
    module, name = READERS[file_format]
    return cast(SourceReader, getattr(import_module(module), name))


def office_format(path: Path) -> str | None:
    """The format of a file that LibreOffice must open, None for others and for what cannot be read or is locked."""
    try:
        with path.open("rb") as file:
            head = file.read(60)
        if not (head.startswith((olefile.MAGIC, b"{\\rtf")) or b"mimetype" in head):
            return None
        file_format = detect_format(path)
    except (OSError, UnreadableFile):
        return None
    return file_format if file_format in _BY_LIBREOFFICE and is_convertible(path, file_format) else None


def check_size(path: Path, limits: Limits) -> None:
    """Refuse what is no regular file or over `limits.file_bytes`, before a byte is read."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnreadableFile.unopened(error) from error
    if not stat.S_ISREG(status.st_mode):
        raise NoFile(f"{path.name}: không phải là tệp thường", "chỉ đưa vào tệp thường")
    if status.st_size > limits.file_bytes:
        raise LimitExceeded(
            f"{path.name}: {status.st_size:,} byte, quá giới hạn file_bytes = {limits.file_bytes:,}",
            "nâng limits.file_bytes trong params.yaml nếu tin tệp này",
        )


def _zip_format(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").strip()
                if kind.startswith(b"application/vnd.oasis.opendocument.text"):
                    return "odt"
                if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                    return "ods"
    except BROKEN_MEMBER as error:
        raise DamagedFile(f"{path.name}: gói zip hỏng hoặc bị cắt cụt ({error})", "lấy lại tệp từ nguồn") from error
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise UnknownFormat(f"{path.name}: gói Office không phải văn bản Word hay bảng tính", _READABLE)
    return "zip"


def _ole_format(path: Path) -> str:
    try:
        with olefile.OleFileIO(path) as container:
            if container.exists("EncryptedPackage") or container.exists("EncryptionInfo"):
                raise EncryptedFile(f"{path.name}: tệp Office có mật khẩu", "gỡ mật khẩu rồi chạy lại")
            if container.exists("WordDocument"):
                return "doc"
            if container.exists("Workbook") or container.exists("Book"):
                return "xls"
            if container.exists("__properties_version1.0"):
                return "msg"
    except (OSError, ValueError, IndexError) as error:
        raise DamagedFile(f"{path.name}: tệp OLE hỏng ({error})", "lấy lại tệp từ nguồn") from error
    raise UnknownFormat(f"{path.name}: tệp OLE không phải văn bản Word, bảng tính hay thư", _READABLE)
