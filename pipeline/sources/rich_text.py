"""Reads the text of Rich Text Format (.rtf) without LibreOffice: paragraphs in order, runs of old fonts decoded.

Groups, control words and escapes of RTF 1.9; destinations that print nothing are left out. Cells come as paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import regex

from pipeline.errors import DamagedFile, LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.document_text import PAGE_BREAK, Line, build_document
from pipeline.sources.legacy_fonts import decode_run, legacy_font_finding
from pipeline.sources.side_by_side import unfold_columns
from pipeline.sources.source import SourceDocument
from pipeline.sources.word_binary import SIMPLE_READER

_TOKEN = regex.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+", regex.S
)
_NOT_PRINTED = frozenset(
    (b"stylesheet", b"colortbl", b"info", b"pict", b"object", b"header", b"headerl", b"headerr", b"headerf", b"footer",
     b"footerl", b"footerr", b"footerf", b"footnote", b"annotation", b"atnid", b"atnauthor", b"themedata", b"fldinst",
     b"colorschememapping", b"datastore", b"latentstyles", b"listtable", b"listoverridetable", b"rsidtbl", b"generator",
     b"xmlnstbl", b"mmathPr", b"bkmkstart", b"bkmkend", b"nonshppict", b"deleted", b"filetbl", b"revtbl")
)  # fmt: skip
_SIGNS = {
    b"par": "\r", b"sect": "\r", b"cell": "\r", b"row": "\r", b"line": "\n", b"tab": "\t", b"page": PAGE_BREAK,
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_ESCAPED = {b"~": " ", b"_": "-", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\r", b"\r": "\r"}
_DEEP = 2_000


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces."""

    silent: bool = False
    font: bytes = b""
    fallback: int = 1
    hidden: bool = False
    in_fonts: bool = False


@dataclass(slots=True)
class _Reader:
    codepage: str = "cp1252"
    fonts: dict[bytes, str] = field(default_factory=dict)
    encodings: set[str] = field(default_factory=set)
    pieces: list[tuple[str, str]] = field(default_factory=list)
    """(text, font) in order."""


def read_rich_text(path: Path, limits: Limits) -> SourceDocument:
    """The text of an .rtf. Raises `DamagedFile` when its braces never fit, `LimitExceeded` when it is too long."""
    reader = _Reader()
    length = 0
    for text, font in _printed(path.read_bytes(), reader):
        length += len(text)
        if length > limits.characters:
            raise LimitExceeded(
                f"văn bản dài hơn giới hạn characters = {limits.characters:,} ký tự",
                "nâng limits.characters trong params.yaml nếu tin tệp này",
            )
        if reader.pieces and reader.pieces[-1][1] == font:
            reader.pieces[-1] = (reader.pieces[-1][0] + text, font)
        else:
            reader.pieces.append((text, font))
    written = []
    for text, font in reader.pieces:
        decoded, encoding = decode_run(text, font) if font else (text, None)
        if encoding is not None:
            reader.encodings.add(encoding.name)
        written.append(decoded)
    lines = unfold_columns([Line(paragraph) for paragraph in "".join(written).split("\r")])
    findings = [SIMPLE_READER, *([legacy_font_finding(reader.encodings)] if reader.encodings else [])]
    return build_document(lines, "rtf", limits, findings=tuple(findings))


def _printed(content: bytes, reader: _Reader) -> Iterator[tuple[str, str]]:
    """The printed text with its font, piece by piece."""
    groups = [_Group()]
    skip = 0
    high = 0
    named: list[str] = []
    star = False
    for token in _TOKEN.finditer(content):
        word, number, code, escaped, brace, plain = token.groups()
        group = groups[-1]
        if brace == b"{":
            if len(groups) > _DEEP:
                raise DamagedFile("tệp RTF có quá nhiều ngoặc lồng nhau", "mở bằng Word rồi lưu lại")
            groups.append(replace(group))
            continue
        if brace == b"}":
            if len(groups) > 1:
                groups.pop()
            skip = 0
            continue
        if word is not None:
            value = int(number) if number else None
            if star or word in _NOT_PRINTED:
                group.silent = group.silent or word not in (b"shpinst", b"shptxt")
            star = False
            if word == b"fonttbl":
                group.in_fonts = True
            elif word == b"f" and number:
                group.font = number
                named.clear()
            elif word == b"ansicpg" and value:
                reader.codepage = f"cp{value}"
            elif word == b"uc" and value is not None:
                group.fallback = min(value, 8)
            elif word == b"v":
                group.hidden = value != 0
            elif word == b"plain":
                group.hidden = False
            elif word == b"bin" and value:
                return
            elif word == b"u" and value is not None:
                unit = value % 0x10000
                skip = group.fallback
                if 0xD800 <= unit < 0xDC00:
                    high = unit
                    continue
                if 0xDC00 <= unit < 0xE000:
                    unit = 0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00 if high else 0xFFFD
                high = 0
                if not (group.silent or group.hidden or group.in_fonts):
                    yield chr(unit), reader.fonts.get(group.font, "")
            elif word in _SIGNS and not (group.silent or group.in_fonts):
                yield _SIGNS[word], reader.fonts.get(group.font, "")
            continue
        if escaped == b"*":
            star = True
            continue
        if code is not None:
            text = bytes([int(code, 16)])
        elif plain is not None:
            text = plain
        else:
            text = b""
        if skip and text:
            cut = min(skip, len(text))
            skip -= cut
            text = text[cut:]
        if group.in_fonts:
            named.append(text.decode(_codec(reader.codepage), "replace"))
            name, ends, _ = "".join(named).partition(";")
            if ends:
                reader.fonts[group.font] = name.strip()
                named.clear()
        elif not (group.silent or group.hidden):
            shown = (
                _ESCAPED.get(escaped, "") if escaped is not None else text.decode(_codec(reader.codepage), "replace")
            )
            if shown:
                yield shown, reader.fonts.get(group.font, "")


def _codec(codepage: str) -> str:
    try:
        b"".decode(codepage)
    except LookupError:
        return "cp1252"
    return codepage
