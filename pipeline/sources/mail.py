"""Reads mail (.eml, .msg): its head as a table and its body as text; attachments are listed for containers.py.

A message's body is a document of its own; what it attaches are others. Mail inside mail is not opened.
Formats: RFC 5322 and MIME; MS-OXMSG (Outlook's .msg is an OLE file of property streams).
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import olefile

from extractors.records import Finding
from pipeline.errors import DamagedFile
from pipeline.limits import Limits
from pipeline.sources.document_text import Line, build_document
from pipeline.sources.legacy_fonts import legacy_font_finding
from pipeline.sources.plain_text import decode_bytes
from pipeline.sources.side_by_side import unfold_columns
from pipeline.sources.source import SourceDocument
from pipeline.sources.web_page import page_lines

_HEADS = (("From", "Từ"), ("To", "Đến"), ("Cc", "Đồng gửi"), ("Date", "Ngày gửi"), ("Subject", "Tiêu đề"))
_VIETNAM = timezone(timedelta(hours=7))
_FILETIME_START = datetime(1601, 1, 1, tzinfo=timezone.utc)  # noqa: UP017
_MOST_HEAD = 2_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a mail; `content` is None for a mail attached to it, which is not opened."""

    name: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail: its head in Vietnamese words, its body as text or as a page, its attachments."""

    heads: tuple[tuple[str, str], ...]
    text: str
    page: bytes | None
    attachments: tuple[Attachment, ...]


def read_mail(path: Path, limits: Limits) -> SourceDocument:
    """Read the head and the body of a mail; the registry sets `file_format`.

    Raises `DamagedFile` when the file is no mail that can be parsed, `LimitExceeded` when the text is too long.
    """
    mail = open_mail(path)
    lines = [Line(f"{name}: {said}", kind="cell", column=1, row=row) for row, (name, said) in enumerate(mail.heads)]
    findings: tuple[Finding, ...] = ()
    if mail.text.strip() or mail.page is None:
        lines += unfold_columns([Line(line) for line in mail.text.splitlines()])
    else:
        body, encodings = page_lines(mail.page)
        findings = (legacy_font_finding(encodings),) if encodings else ()
        lines += unfold_columns(body)
    return build_document(lines, "eml", limits, findings=findings, keep_blank_lines=True)


def open_mail(path: Path) -> Mail:
    """The parts of a mail file. Raises `DamagedFile` when it cannot be parsed."""
    return _open_outlook(path) if olefile.isOleFile(path) else _open_internet(path)


def _open_internet(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    heads = [(word, _head(message, name)) for name, word in _HEADS]
    text, page = "", None
    attachments = []
    for part in _parts(message):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or part.get_filename() or kind == "message/rfc822":
            if not _is_part_of_page(part):
                attachments.append(_attachment(part))
        elif kind == "text/plain" and not text.strip():
            text = _text(part)
        elif kind == "text/html" and page is None:
            page = _text(part).encode("utf-8", "replace")
    if attachments:
        heads.append(("Tệp kèm", "; ".join(attachment.name for attachment in attachments)))
    return Mail(tuple((word, said) for word, said in heads if said), text, page, tuple(attachments))


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves of a message in order; a mail inside it is one leaf."""
    if message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            assert isinstance(part, EmailMessage)
            yield from _parts(part)
    else:
        yield message


def _is_part_of_page(part: EmailMessage) -> bool:
    """Whether the part is a picture shown in the body (a logo in a signature)."""
    return (
        part.get_content_maintype() == "image"
        and "Content-ID" in part
        and part.get_content_disposition() != "attachment"
    )


def _attachment(part: EmailMessage) -> Attachment:
    name = part.get_filename() or f"{part.get_content_type().replace('/', '-')}"
    payload = None if part.get_content_type() == "message/rfc822" else part.get_payload(decode=True)
    return Attachment(" ".join(name.split()), payload if isinstance(payload, bytes) else None)


def _head(message: EmailMessage, name: str) -> str:
    try:
        value = message.get(name)
        if value is None:
            return ""
        if name == "Date" and (when := value.datetime) is not None:
            when = when.astimezone(_VIETNAM) if when.tzinfo else when
            return f"{when:%d/%m/%Y %H:%M}"
        return " ".join(str(value).split())[:_MOST_HEAD]
    except (ValueError, AttributeError, IndexError, LookupError, TypeError, UnicodeError):
        # The standard library's header parser fails in many ways on headers that are no headers.
        return ""


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload:
        return ""
    charset = part.get_content_charset()
    if charset and charset not in ("us-ascii", "ascii"):
        try:
            return payload.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_bytes(payload)[0]


def _open_outlook(path: Path) -> Mail:
    try:
        with olefile.OleFileIO(path) as container:
            return _outlook_mail(_OutlookProperties(container))
    except (OSError, ValueError, IndexError) as error:
        raise DamagedFile(f"{path.name}: thư Outlook hỏng ({error})", "lấy lại tệp từ nguồn") from error


class _OutlookProperties:
    """Property streams of a .msg: `__substg1.0_` and the property's number and type in hexadecimal digits."""

    def __init__(self, container: olefile.OleFileIO) -> None:
        self._container = container
        self.storages = sorted(
            {entry[0] for entry in container.listdir(storages=True) if entry[0].startswith("__attach_version1.0_")}
        )

    def text(self, number: str, *below: str) -> str:
        """A property of text, "" when it is not there."""
        if (written := self._stream(*below, f"__substg1.0_{number}001F")) is not None:
            return written.decode("utf-16-le", "replace").strip("\0")
        written = self._stream(*below, f"__substg1.0_{number}001E")
        return decode_bytes(written)[0].strip("\0") if written else ""

    def content(self, number: str, *below: str) -> bytes | None:
        """A property of bytes."""
        return self._stream(*below, f"__substg1.0_{number}0102")

    def sent(self) -> str:
        """When it was sent or delivered, on Vietnam's clock."""
        written = self._stream("__properties_version1.0") or b""
        times = {}
        for start in range(32, len(written) - 15, 16):
            times[written[start : start + 4]] = int.from_bytes(written[start + 8 : start + 16], "little")
        for tag in (b"\x40\x00\x39\x00", b"\x40\x00\x06\x0e"):
            if ticks := times.get(tag):
                try:
                    when = _FILETIME_START + timedelta(microseconds=ticks // 10)
                    return f"{when.astimezone(_VIETNAM):%d/%m/%Y %H:%M}"
                except OverflowError:
                    return ""
        return ""

    def _stream(self, *path: str) -> bytes | None:
        if not self._container.exists("/".join(path)):
            return None
        with self._container.openstream(list(path)) as stream:
            content = stream.read()
        return content if isinstance(content, bytes) else None


def _outlook_mail(properties: _OutlookProperties) -> Mail:
    sender = properties.text("0C1A")
    address = properties.text("5D01") or properties.text("0C1F")
    attachments = []
    for storage in properties.storages:
        name = properties.text("3707", storage) or properties.text("3704", storage) or properties.text("3001", storage)
        attachments.append(Attachment(" ".join(name.split()) or "tệp kèm", properties.content("3701", storage)))
    heads = (
        ("Từ", f"{sender} <{address}>" if "@" in address else sender),
        ("Đến", properties.text("0E04")),
        ("Đồng gửi", properties.text("0E03")),
        ("Ngày gửi", properties.sent()),
        ("Tiêu đề", properties.text("0037")),
        ("Tệp kèm", "; ".join(attachment.name for attachment in attachments)),
    )
    page = properties.content("1013") or properties.text("1013").encode("utf-8") or None
    told = tuple((word, " ".join(said.split())[:_MOST_HEAD]) for word, said in heads if said.strip())
    return Mail(told, properties.text("1000"), page, tuple(attachments))
