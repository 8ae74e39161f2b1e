"""Reads the text of Word 97–2003 files (.doc) without LibreOffice: paragraphs in order, nothing of their form.

The piece table of MS-DOC tells where the text lies, in two bytes a letter or in one (windows-1252). Cells of tables
come as paragraphs, a left cell before the right one; list numbers, text boxes and notes are not there. Where
LibreOffice is installed, office.py reads more.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import olefile
import regex

from extractors.records import Finding
from pipeline.errors import DamagedFile, LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.document_text import PAGE_BREAK, Line, build_document
from pipeline.sources.legacy_fonts import decode_text, detect, legacy_font_finding
from pipeline.sources.side_by_side import unfold_columns
from pipeline.sources.source import SourceDocument

_FLAGS, _TEXT_LENGTH, _CLX = 0x0A, 0x4C, 0x1A2
_SECOND_TABLE = 0x0200
_COMPRESSED, _PLACE = 0x40000000, 0x3FFFFFFF
_PROPERTIES, _PIECES = 1, 2
_FIELD_CODE = regex.compile(r"\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_PARAGRAPH = regex.compile(r"[\r\x07]")
_SIGNS = str.maketrans({"\x0b": "\n", "\x0c": PAGE_BREAK, "\x1e": "-", "\x1f": "\u00ad", "\xa0": " "})
_NOT_PRINTED = regex.compile(r"[\x00-\x08\x0e-\x1f]")
_FIELDS_DEEP = 8
_SAMPLE = 20_000
SIMPLE_READER = Finding(
    "simple_reader",
    "warning",
    "Chưa cài LibreOffice nên chỉ đọc được chữ: số thứ tự tự động, khung chữ và hàng cột của bảng không có.",
    None,
    None,
)
"""What is told of a file that was read without LibreOffice."""


def read_word_text(path: Path, limits: Limits) -> SourceDocument:
    """The text of a .doc. Raises `DamagedFile` when its piece table cannot be followed, `LimitExceeded`."""
    try:
        with olefile.OleFileIO(path) as container:
            main = container.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", main, _FLAGS)[0]
            table = container.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
        text = _main_text(main, table, limits)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise DamagedFile(f"{path.name}: tệp Word hỏng ({error})", "lấy lại tệp từ nguồn") from error
    findings = [SIMPLE_READER]
    lines = unfold_columns([Line(paragraph) for paragraph in _paragraphs(text)])
    found = detect("\n".join(line.text for line in lines)[:_SAMPLE])
    if found is not None:
        findings.append(legacy_font_finding([found.encoding.name]))
        lines = [replace(line, text=decode_text(line.text, found.encoding)) for line in lines]
    return build_document(lines, "doc", limits, findings=tuple(findings))


def _main_text(main: bytes, table: bytes, limits: Limits) -> str:
    """The letters of the main text, put together from the pieces."""
    length = struct.unpack_from("<I", main, _TEXT_LENGTH)[0]
    if length > limits.characters:
        raise LimitExceeded(
            f"văn bản dài hơn giới hạn characters = {limits.characters:,} ký tự",
            "nâng limits.characters trong params.yaml nếu tin tệp này",
        )
    start, size = struct.unpack_from("<II", main, _CLX)
    pieces = _piece_table(table[start : start + size])
    count = (len(pieces) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", pieces)
    out = []
    for number, (first, after) in enumerate(pairwise(places)):
        if first >= length:
            break
        letters = min(after, length) - first
        if letters <= 0:
            raise ValueError("pieces out of order")
        place = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * number + 2)[0]
        if place & _COMPRESSED:
            begin = (place & _PLACE) // 2
            out.append(main[begin : begin + letters].decode("cp1252", "replace"))
        else:
            begin = place & _PLACE
            out.append(main[begin : begin + 2 * letters].decode("utf-16-le", "replace"))
    return "".join(out)


def _piece_table(clx: bytes) -> bytes:
    at = 0
    while at < len(clx):
        if clx[at] == _PIECES:
            size = struct.unpack_from("<I", clx, at + 1)[0]
            return clx[at + 5 : at + 5 + size]
        if clx[at] != _PROPERTIES:
            break
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    raise ValueError("no piece table")


def _paragraphs(text: str) -> list[str]:
    """The paragraphs as printed: fields by their results, signs for breaks and hyphens."""
    for _ in range(_FIELDS_DEEP):
        text, changed = _FIELD_CODE.subn(lambda field: field.group(1) or "", text)
        if not changed:
            break
    return [_NOT_PRINTED.sub("", part.translate(_SIGNS)) for part in _PARAGRAPH.split(text)]
