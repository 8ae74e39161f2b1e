"""Reads .txt and .md: any of the encodings Vietnamese offices have used, as lines of one page or of several.

UTF-8, UTF-16, windows-1258, text in the 8-bit encodings of old fonts (TCVN3, VNI, VISCII, VPS), and VIQR. Marks of
emphasis that an export to Markdown left round words (`**KT. TRƯỞNG PHÒNG**`) are no part of the document and go; a
lone `*` stays.
"""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import regex

from extractors.records import Finding
from pipeline.errors import DamagedFile
from pipeline.limits import Limits
from pipeline.sources.document_text import PAGE_BREAK, Line, build_document
from pipeline.sources.legacy_fonts import decode_text, detect, legacy_font_finding, vietnamese_share
from pipeline.sources.side_by_side import unfold_columns
from pipeline.sources.source import SourceDocument
from pipeline.sources.viqr import decode_viqr, looks_like_viqr

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_SAMPLE = 20_000
_MANY_BAD_BYTES = 0.01
_EMPHASIS = regex.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]*+(?:\n[^*\n]++){0,3}+)(?<=\S)\1(?![\w*])")
_HEADING = regex.compile(r"(?m)^#{1,6}[ ]+(?=\S)")
_ESCAPED = regex.compile(r"\\([-*_.#+()\[\]!>~])")
_MARKDOWN_ESCAPES = regex.compile(r"(?m)^[ \t]{0,16}(?:\\[-*+#]|\d{1,3}\\\.)\s")


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file can be text of an encoding this module reads."""
    if head.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)) or _utf16_without_mark(head):
        return True
    return b"\0" not in head and len(head.translate(None, _CONTROLS)) >= 0.99 * len(head)


def read_text(path: Path, limits: Limits) -> SourceDocument:
    """Read a text file.

    Raises `DamagedFile` when the bytes are of no encoding that is read, `LimitExceeded` when it is too long.
    """
    text, findings, quality = decode_bytes(path.read_bytes())
    page = 1
    lines = []
    for paragraph in strip_emphasis(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        lines.append(Line(paragraph, page))
        page += paragraph.count(PAGE_BREAK)
    return build_document(
        unfold_columns(lines), "txt", limits, findings=findings, text_quality=quality, keep_blank_lines=True
    )


def decode_bytes(content: bytes) -> tuple[str, tuple[Finding, ...], float]:
    """The text of `content`, what to tell about its encoding, and the quality of the text (0..1).

    Raises `DamagedFile` when more than one byte in a hundred fits no encoding.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _unicode(content, encoding)
    if (encoding_without_mark := _utf16_without_mark(content[:4096])) is not None:
        return _unicode(content, encoding_without_mark)
    try:
        return _old_fonts(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.start > len(content) - 4 or len(content[: error.start].translate(None, bytes(range(128)))) > 50:
            return _unicode(content, "utf-8")
    return _eight_bit(content)


def strip_emphasis(text: str) -> str:
    """`text` without the paired `*`, `**` and `***` round words, Markdown's heading marks and backslashes.

    Backslashes and `#` go only where the text shows itself to be Markdown. A mark without its partner stays.
    """
    bare = _EMPHASIS.sub(r"\2", text) if "*" in text else text
    bare = _EMPHASIS.sub(r"\2", bare) if "*" in bare else bare
    if bare != text or _MARKDOWN_ESCAPES.search(bare):
        bare = _ESCAPED.sub(r"\1", _HEADING.sub("", bare))
    return bare


def _utf16_without_mark(head: bytes) -> str | None:
    if len(head) < 16:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _unicode(content: bytes, encoding: str) -> tuple[str, tuple[Finding, ...], float]:
    text = content.decode(encoding, errors="replace")
    bad = text.count("\ufffd")
    if not bad:
        return _old_fonts(text)
    if bad > max(1, len(text) * _MANY_BAD_BYTES):
        raise DamagedFile(f"tệp văn bản có {bad} chỗ không giải mã được ({encoding})", "lấy lại tệp từ nguồn")
    message = f"Có {bad} ký tự không giải mã được trong tệp ({encoding})."
    return text, (Finding("low_text_quality", "warning", message, None, None),), 1.0 - bad / len(text)


def _old_fonts(text: str) -> tuple[str, tuple[Finding, ...], float]:
    found = detect(text[:_SAMPLE])
    if found is None and looks_like_viqr(text[:_SAMPLE]):
        return decode_viqr(text), (legacy_font_finding(["VIQR"]),), 1.0
    if found is None:
        return text, (), 1.0
    return decode_text(text, found.encoding), (legacy_font_finding([found.encoding.name]),), found.confidence


def _eight_bit(content: bytes) -> tuple[str, tuple[Finding, ...], float]:
    """Text of one byte a letter: windows-1258 when its words are Vietnamese as they stand, else that of an old font."""
    as_1258 = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    shown = "".join(_WINDOWS_1252[byte] for byte in content)
    found = detect(shown[:_SAMPLE])
    share = vietnamese_share(as_1258[:_SAMPLE])
    if found is not None and found.confidence >= share:
        return decode_text(shown, found.encoding), (legacy_font_finding([found.encoding.name]),), found.confidence
    if share >= 0.5 and "\ufffd" not in as_1258:
        return as_1258, (), share
    raise DamagedFile(
        "không nhận ra bảng mã của tệp văn bản (không phải UTF-8, UTF-16, windows-1258, TCVN3, VNI, VISCII, VPS)",
        "mở tệp bằng chương trình gốc rồi lưu lại bằng UTF-8",
    )


_WINDOWS_1252 = [bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256)]
