"""Resolutions of the Party's congresses and plenums, which are named by an ordinal and have no number.

`Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng`, `Nghị quyết Trung ương 4 (khóa XII)`.
"""

from __future__ import annotations

from functools import cache

import regex

from extractors.names.law_names import LawKind, LawName
from extractors.numerals import ordinal_value
from extractors.text.letters import fold

_LONGEST_RESOLUTION = 400
_ORDINAL = (
    r"(?:[IVXLCivxlc]{1,6}|\d{1,2}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:\s+(?:một|hai|ba|bốn|lăm))?)(?!\w)"
)
_TERM = rf"(?:\s*[,\-–]?\s*\(?\s*(?:nhiệm\s+kỳ\s+)?kh(?:óa|oá)\s+{_ORDINAL}(?:\s*\))?)"
_PARTY_BODY = (
    r"(?:Ban\s+Chấp\s+hành|BCH)\s*(?:Trung\s+ương|TW|Đảng\s+bộ\s+(?:\w+\s+){1,6}?)"
    r"(?:\s+Đảng(?!\s+bộ))?(?:\s+Cộng\s+sản\s+Việt\s+Nam)?"
)


@cache
def _party_patterns() -> tuple[regex.Pattern[str], ...]:
    head = r"(?P<kind>nghị\s+quyết|NQ|kết\s+luận)\s+(?:của\s+)?"
    congress = (
        rf"{head}(?:Đại\s+hội|ĐH)\s+(?:đại\s+biểu\s+)?"
        r"(?:(?:của\s+)?Đảng\s+bộ\s+(?:(?!lần\b|các\b|và\b)[\w.\-]+\s+){1,8}|Đảng\s+)?(?:toàn\s+(?:quốc|đảng)\s+)?"
        rf"(?:lần\s+(?:thứ\s+)?)?{_ORDINAL}"
        r"(?:\s+(?:của\s+)?Đảng(?!\s+bộ\b|\s+ủy\b)(?:\s+Cộng\s+sản\s+Việt\s+Nam)?)?"
    )
    centre = r"(?:Trung\s+ương|TW|T\.Ư|TƯ)"
    plenum = (
        rf"{head}(?:(?:Hội\s+nghị\s+)?(?:BCH\s*|Ban\s+Chấp\s+hành\s+)?{centre}(?:\s+Đảng)?"
        rf"\s*(?:lần\s+(?:thứ\s+)?)?{_ORDINAL}"
        rf"|Hội\s+nghị\s+lần\s+(?:thứ\s+)?{_ORDINAL}\s*,?\s*(?:của\s+)?{_PARTY_BODY})"
        rf"(?:\s+(?:của\s+)?{_PARTY_BODY})?{_TERM}"
    )
    return tuple(regex.compile(pattern, regex.IGNORECASE) for pattern in (congress, plenum))


def party_resolution_at(flow: str, pos: int) -> LawName | None:
    """The congress or plenum resolution, identified by its ordinal, whose type word stands at `pos`.

    `Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng`, `Nghị quyết Trung ương 4 (khóa XII)`; None for
    resolutions without an ordinal (`Nghị quyết Đại hội Đảng các cấp`).
    """
    for pattern in _party_patterns():
        found = pattern.match(flow, pos, pos + _LONGEST_RESOLUTION)
        if found is not None and "\n" not in found.group():
            kind: LawKind = "kết luận" if found["kind"].casefold().startswith("k") else "nghị quyết"
            return LawName(pos, found.end(), " ".join(found.group().split()), kind, True, 0.9)
    return None


_PARTY_ORDINAL = regex.compile(rf"(?:(khóa|khoá)\s+|(?<!\w)|(?<=TW)|(?<=TƯ))({_ORDINAL})", regex.IGNORECASE)
_PARTY_BODY_OF_AREA = regex.compile(r"đảng\s+bộ\s+((?:(?!lần\b|khóa\b|nhiệm\b)[\w.\-]+\s*){1,6})", regex.IGNORECASE)


def party_resolution_key(name: str) -> str | None:
    """What identifies a Party resolution, however its name is spelled: `hội nghị|trung ương|12|4`.

    None when `name` carries no ordinal.
    """
    ordinals = [(bool(found.group(1)), _ordinal(found.group(2))) for found in _PARTY_ORDINAL.finditer(name)]
    terms = [value for of_term, value in ordinals if of_term]
    numbers = [value for of_term, value in ordinals if not of_term]
    if not numbers:
        return None
    area = _PARTY_BODY_OF_AREA.search(name)
    body = " ".join(fold(word) for word in area.group(1).split()) if area else "trung ương"
    if regex.search(r"(?i)đại\s+hội|\bĐH\b", name):
        return f"đại hội|{body}|{numbers[0]}"
    return f"hội nghị|{body}|{terms[0] if terms else ''}|{numbers[0]}"


def _ordinal(written: str) -> str:
    value = ordinal_value(written)
    return str(value) if value else written.casefold()
