"""What the closing sentence of a law tells: `Luật này đã được Quốc hội … khóa XIII, kỳ họp thứ 3 thông qua ngày …`.

A law printed without its head has its day, its term of the National Assembly and its issuer there; its name and that
day together tell its number, where the table of laws has just one such text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.dates import WrittenDate, date_at
from extractors.names.law_names import LawVersion, law_name_at, law_versions

PASSED_BY_ASSEMBLY = ("luật", "bộ luật", "nghị quyết", "pháp lệnh")
_TAIL = 3_000


@dataclass(frozen=True, slots=True)
class Passage:
    """Who passed the law and when, code points [start, end) of the sentence."""

    body: str
    date: WrittenDate
    start: int
    end: int


def passage(text: str) -> Passage | None:
    """The sentence that tells who passed `text` and when, None if it has none."""
    at = text.rfind("thông qua", max(0, len(text) - _TAIL))
    told = _told().search(text, max(0, at - 300), at + 40) if at >= 0 else None
    date = date_at(text, told.end()) if told else None
    if told is None or date is None or not date.possible or date.day is None or date.year is None:
        return None
    body = "Ủy ban Thường vụ Quốc hội" if told["committee"] else "Quốc hội"
    return Passage(body, date, told.start(), date.end)


def version_passed(doc_type: str, subject: str, passed: Passage) -> LawVersion | None:
    """The text of the law named `subject` that was passed on that day, where the table has just one with a number."""
    name = law_name_at(f"{doc_type.capitalize()} {subject}", 0)
    versions = law_versions(name.name) if name is not None and name.name else ()
    fitting = [v for v in versions if v.ref and v.passed and v.passed.isoformat() == passed.date.iso]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _told() -> re.Pattern[str]:
    return re.compile(
        r"(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh)\s{1,3}này\s{1,3}(?:đã\s{1,3})?được\s{1,3}"
        r"(?P<committee>(?:Ủy|Uỷ)\s{1,3}ban\s{1,3}[Tt]hường\s{1,3}vụ\s{1,3})?Quốc\s{1,3}hội[^.;]{0,160}?"
        r"thông\s{1,3}qua\s{1,3}(?=ngày)"
    )
