"""Columns that a typist made with tabs or blanks: the header and the signature block of a document without tables.

    ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
     XÃ VÍ DỤ                      Độc lập - Tự do - Hạnh phúc

Both stand side by side after Nghị định 30/2020/NĐ-CP, phụ lục I. Read line by line they interleave; here the left
column comes wholly before the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.sources.document_text import Line

_GAP = regex.compile(r"[ \u00a0]*\t[ \u00a0\t]*|[ \u00a0]{3,}")
_STATE_NAME = regex.compile(r"C[ỘO]NG H[ÒOÀ][AÀ] X[ÃA] H[ỘO]I|Đ[ẢA]NG C[ỘO]NG S[ẢA]N VI[ỆE]T NAM", regex.IGNORECASE)
_HEADER_RIGHT = regex.compile(
    r"(?i)Độc lập\s*[-–—]|C[ỘO]NG H[ÒOÀ][AÀ] X[ÃA] H[ỘO]I|Đ[ẢA]NG C[ỘO]NG S[ẢA]N|ngày.{0,20}tháng|^[-–—_=*¯ ]+$"
)
_HEADER_END = regex.compile(r"(?i)(?:Kính gửi|Căn cứ|Thực hiện|Điều 1)\b")
_ABOUT = regex.compile(r"\s*(?i:v/v|về việc)\s")
_RECIPIENTS = regex.compile(r"(?i)Nơi\s+nhận")
_SIGNING = regex.compile(
    r"(?:T/?M|K/?T|T/?L|T/?UQ|Q) ?[./]"
    r"|(?:CHỦ|PHÓ|GIÁM|TỔNG|TRƯỞNG|HIỆU|CHÁNH|VIỆN|CỤC|VỤ|BỘ|THỦ|BÍ|ỦY|UỶ|CHI|ĐẠI|NGƯỜI|THỨ|QUYỀN)"
)
_TITLE_OR_NAME = regex.compile(r"[\p{Lu} ,.&/-]{6,60}|(?:\p{Lu}[\p{L}.,]{0,9} ){1,6}\p{Lu}\p{Ll}{1,7}")
_HEADER_LINES = 14
_SIGNATURE_LINES = 24
_HEADER_SEARCH = 12
_LONG = 110
_LONGEST = 800
_TAB_WIDTH = 8


def unfold_columns(lines: Sequence[Line]) -> list[Line]:
    """`lines` with a header and signature blocks set by tabs or blanks read column by column; the rest unchanged."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        region = _header(lines, at) if at < _HEADER_SEARCH else None
        region = region or _signature(lines, at)
        if region is None:
            out.append(_apart(lines[at]))
            at += 1
            continue
        left, right, at = region
        out.extend(left)
        out.extend(right)
    return out


def _apart(line: Line) -> Line:
    """Two titles or two names that one tab parts, as signers side by side stand, with a gap as wide as a tab."""
    sides = line.text.strip().split("\t")
    if len(sides) != 2 or not all(_TITLE_OR_NAME.fullmatch(side.strip()) for side in sides):
        return line
    return replace(line, text=line.text.replace("\t", " " * _TAB_WIDTH))


def _header(lines: Sequence[Line], at: int) -> tuple[list[Line], list[Line], int] | None:
    first = _split(lines[at], _STATE_NAME)
    if first is None or not first[0].text.strip():
        return None
    left, right = [first[0]], [first[1]]
    end = at + 1
    held: list[Line] = []
    for position in range(at + 1, min(at + _HEADER_LINES, len(lines))):
        line = lines[position]
        text = line.text.strip()
        if line.column or _HEADER_END.match(text) or len(text) > _LONG + 40:
            break
        parts = _split(line, _HEADER_RIGHT)
        if parts is not None:
            left += [*held, replace(parts[0], column=1)]
            right.append(parts[1])
            held, end = [], position + 1
        elif text and _HEADER_RIGHT.search(text) and len(text) < _LONG:
            left += held
            right.append(replace(line, column=2))
            held, end = [], position + 1
        else:
            held.append(replace(line, column=1))
    if any(_ABOUT.match(line.text) for line in left):
        for line in held:  # the summary goes on where the right column has ended
            if not line.text.strip()[:1].islower():
                break
            left.append(line)
            end += 1
    return left, right, end


def _signature(lines: Sequence[Line], at: int) -> tuple[list[Line], list[Line], int] | None:
    if not _RECIPIENTS.match(lines[at].text.lstrip()) or lines[at].column:
        return None
    left: list[Line] = []
    right: list[Line] = []
    held: list[Line] = []
    end = at
    for position in range(at, min(at + _SIGNATURE_LINES, len(lines))):
        line = lines[position]
        if line.column or len(line.text) > _LONGEST or len(line.text.strip()) > 2 * _LONG:
            break
        gap = _widest_gap(line.text)
        if gap is None:
            held.append(replace(line, column=1))
            continue
        before, after = line.text[: gap[0]], line.text[gap[1] :]
        if before.strip() and not right and not (_SIGNING.match(after.lstrip()) or after.isupper()):
            held.append(replace(line, column=1))
            continue
        left += held
        held = []
        if before.strip():
            left.append(replace(line, text=before, column=1))
        right.append(replace(line, text=after, column=2))
        end = position + 1
    if not right:
        return None
    for line in held:
        if not line.text.strip().startswith(("-", "+", "–", "•")):
            break
        left.append(line)
        end += 1
    return left, right, end


def _split(line: Line, right_side: regex.Pattern[str]) -> tuple[Line, Line] | None:
    if line.column or len(line.text) > _LONGEST:
        return None
    for gap in _GAP.finditer(line.text):
        if gap.end() < len(line.text) and right_side.match(line.text, gap.end()):
            return _parts(line, gap.start(), gap.end())
    widest = _widest_gap(line.text)
    if widest is None or not right_side.search(line.text, widest[1]):
        return None
    return _parts(line, *widest)


def _parts(line: Line, start: int, end: int) -> tuple[Line, Line]:
    return replace(line, text=line.text[:start], column=1), replace(line, text=line.text[end:], column=2)


def _widest_gap(text: str) -> tuple[int, int] | None:
    gaps = [gap.span() for gap in _GAP.finditer(text) if gap.end() < len(text.rstrip())]
    return max(gaps, key=lambda span: _width(text, span), default=None)


def _width(text: str, span: tuple[int, int]) -> int:
    return span[1] - span[0] + (_TAB_WIDTH - 1) * text.count("\t", *span)
