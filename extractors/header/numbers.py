"""Number and symbol as the head prints them, also where OCR or handwriting damaged them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import regex

from extractors.header.draft import HeaderDraft
from extractors.header.lines import HeadLine, number_word
from extractors.refs import Ref, parse_ref, type_codes

_MISREAD_NUMBER = re.compile(r"\s*([\dOoØIl\]|\[ÍÌÏíìï]{1,6})(?=\s{0,3}[/-])")
MISREAD_FIGURES = str.maketrans("OoØIl]|[ÍÌÏíìï", "00011111111111")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """The line of number and symbol: what was read there, and the stretch that tells it."""

    ref: Ref | None
    symbol: str | None
    start: int
    end: int


def printed_number(lines: list[HeadLine], text: str, doc_type: str | None = None) -> PrintedNumber | None:
    """The number and symbol of the head; the letters of `doc_type` tell which reading of a damaged one is likely."""
    for at, head in enumerate(lines):
        if head.kind != "number":
            continue
        line = head.line
        lead = number_word().match(text, line.start, line.end)
        start = lead.end() if lead else line.start
        end = line.end
        if (not text[start:end].strip() or text[start:end].rstrip().endswith(("-", "/"))) and at + 1 < len(lines):
            end = lines[at + 1].line.end
        return read_number(text, start, end, codes_of(doc_type))
    return None


def codes_of(doc_type: str | None) -> frozenset[str]:
    """The letters in symbols of a type of document."""
    return frozenset(code for code, names in type_codes().items() if doc_type in names)


def read_number(text: str, start: int, end: int, codes: frozenset[str]) -> PrintedNumber:
    """The number and symbol of a line; of several readings of a damaged one the likeliest symbol counts."""
    written, offsets = _without_gaps(text, start, end)
    readings = [(parse_ref(written), 0), (parse_ref(_misread_figures(written)), 0)]
    for found in _symbol_after_noise().finditer(written):
        readings.append((parse_ref(found.group()), found.start()))
    for code in codes:
        for found in regex.finditer(
            rf"(?<![A-ZĐ]{{2}}){code}\s?-\s?[A-ZĐ][\w&]{{1,15}}(?:-[A-ZĐ][\w&]{{0,15}}){{0,3}}", written
        ):
            readings.append((parse_ref(f"/{found.group()}"), found.start() - 1))
    with_symbol = [(ref, shift) for ref, shift in readings if ref is not None and ref.symbol is not None]
    if not with_symbol:
        return PrintedNumber(readings[0][0], None, start, end)
    ref, shift = max(with_symbol, key=lambda told: _likelihood(told[0], codes))
    first, last = max(0, ref.start + shift), min(len(offsets), ref.end + shift)
    return PrintedNumber(ref, ref.symbol, offsets[first], offsets[last - 1] + 1)


def _likelihood(ref: Ref, codes: frozenset[str]) -> tuple[bool, bool, bool, bool]:
    return (
        not codes or ref.type_code in codes,
        "-" in (ref.symbol or "") or "/" in (ref.symbol or ""),
        ref.number is not None,
        not ref.unknown,
    )


def _without_gaps(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """`text[start:end]` with one blank for several and none for a line break, and the offset of every character."""
    kept = [
        at
        for at in range(start, end)
        if not text[at].isspace() or (text[at] != "\n" and at > start and not text[at - 1].isspace())
    ]
    return "".join(text[at] for at in kept), kept


def _misread_figures(written: str) -> str:
    found = _MISREAD_NUMBER.match(written)
    if found is None or not any(c.isdigit() for c in found.group(1)):
        return written
    return found.group(1).translate(MISREAD_FIGURES) + written[found.end() :]


@cache
def _symbol_after_noise() -> regex.Pattern[str]:
    return regex.compile(r"/\s{0,3}[A-ZĐ][\w&Đđ]{0,15}(?:\s?[-–]\s?[\w&]{1,20}){0,4}")


def put_number(draft: HeaderDraft, number: PrintedNumber | None) -> None:
    """Put number, symbol and ref, and point out what is missing or written wrongly."""
    if number is None:
        return
    ref = number.ref
    span = (number.start, number.end)
    if ref is None:
        draft.remark("missing_number", "warning", "Không đọc được số và ký hiệu của văn bản.", span)
        draft.doubts += 0.15
        return
    draft.put("number", ref.number, span)
    draft.put("symbol", ref.symbol, span)
    draft.put("ref", ref.ref)
    draft.put("ref_repaired", ref.repaired)
    if ref.number is None:
        draft.remark("missing_number", "warning", f"Văn bản chưa có số hoặc không đọc được số: “{ref.ref}”.", span)
    if ref.repaired:
        draft.remark("malformed_ref", "warning", f"Số, ký hiệu “{ref.ref}” viết sai; đúng là “{ref.repaired}”.", span)
