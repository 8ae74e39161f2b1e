"""What the citing document does with an instrument, from the nearest verb before the mention (grammar/relations.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extractors.grammar import table
from extractors.records import Relation

_REACH = 500


@dataclass(frozen=True, slots=True)
class Verb:
    """The words that decide a relation, code points [start, end)."""

    relation: Relation
    text: str
    start: int
    end: int


def last_verb(flow: str, start: int, end: int) -> Verb | None:
    """The last deciding verb in `flow[start:end]`."""
    found: list[Verb] = []
    weak = False
    for match in _pattern().finditer(flow, max(start, end - _REACH), end):
        row = table("relations")["relation"][int((match.lastgroup or "")[1:])]
        weak = row.get("weak", False)
        found.append(Verb(row["relation"], " ".join(match.group().split()), match.start(), match.end()))
    if not found:
        return None
    if (
        found[-1].relation == "thực hiện"
        and _told_at().search(flow, found[-1].end, end)
        and not _what_was_told().search(flow, found[-1].end, end)
    ):
        return None
    if weak:
        clause = max(flow.rfind(";", start, end), start)
        opening = next((verb for verb in found if verb.start >= clause and verb.relation == "căn cứ"), None)
        return opening or found[-1]
    return found[-1]


@cache
def _told_at() -> regex.Pattern[str]:
    return regex.compile(r"\w\s{1,4}[^.;\n]{8,400}(?<!(?:quy định|hướng dẫn)\s)tại\s{1,4}$")


@cache
def _what_was_told() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<!\w)(?:chỉ đạo|ý kiến|nội dung|nhiệm vụ|quy định|kết luận|yêu cầu|chủ trương|mục tiêu|giải pháp|chỉ tiêu"
        r"|hướng dẫn|kiến nghị|nêu|giao|phân công|đề nghị|cam kết|chính sách|chế độ)(?!\w)",
        regex.IGNORECASE,
    )


def verb_behind(flow: str, start: int, end: int) -> Verb | None:
    """The verb of a passive sentence whose subject the mention is: `… được quán triệt, phổ biến`."""
    found = _passive().search(flow, start, end)
    return Verb("thực hiện", found["verb"], found.start("verb"), found.end("verb")) if found else None


@cache
def _passive() -> regex.Pattern[str]:
    return regex.compile(
        r"[^.;\n]{0,260}?\sđược\s{1,4}(?P<verb>quán triệt|phổ biến|tuyên truyền|triển khai|thực hiện)(?!\w)"
    )


def sentence_start(flow: str, pos: int) -> int:
    """Where the sentence that holds `pos` begins: after a full stop and a blank, or at the paragraph's first letter."""
    begin = max(flow.rfind("\n", 0, pos) + 1, pos - 2 * _REACH)
    for stop in _stop().finditer(flow, begin, pos):
        begin = stop.end()
    lead = _bullet().match(flow, begin)
    return min(lead.end(), pos) if lead else begin


@cache
def _pattern() -> regex.Pattern[str]:
    forms = []
    for index, row in enumerate(table("relations")["relation"]):
        verbs = "|".join(_spaced(verb) for verb in row["verbs"])
        forms.append(rf"(?P<r{index}>{verbs})")
    return regex.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", regex.IGNORECASE)


def _spaced(verb: str) -> str:
    return verb.replace(" ", r"\s{1,4}")


@cache
def _stop() -> regex.Pattern[str]:
    return regex.compile(r"(?<![A-ZĐ\d])[.!?][”\"’)]{0,2}\s+(?=[A-ZĐÀ-Ỹ“\"(–-])|(?<=\d)\.\s+(?=[A-ZĐ][a-zà-ỹ])")


@cache
def _bullet() -> regex.Pattern[str]:
    return regex.compile(r"\s*(?:[-+*•–—]\s*|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,5})[.)/]\s*){0,2}\s*")
