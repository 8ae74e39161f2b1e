"""What the citing document does with an instrument, from the nearest verb before the mention.

The verbs are data: grammar/relations.toml.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import regex

from extractors.grammar import table
from extractors.records import Relation

_REACH = 500
_TOLD = 12
_MANY = (["các"], ["những"])
_LONGEST_BEFORE = 20
SHORTEST_STRETCH = 3  # a blank and `ra`; between members of a list there is less


@dataclass(frozen=True, slots=True)
class Verb:
    """The words that decide a relation, code points [start, end)."""

    relation: Relation
    text: str
    start: int
    end: int


def last_verb(flow: str, start: int, end: int) -> Verb | None:
    """The last deciding verb in `flow[start:end]`."""
    start = max(start, end - _REACH)
    base = max(0, start - _LONGEST_BEFORE)
    verb = _last_verb(flow[base:end].lower(), start - base, end - base)
    return replace(verb, start=verb.start + base, end=verb.end + base) if verb is not None and base else verb


def _last_verb(flow: str, start: int, end: int) -> Verb | None:
    """The last deciding verb in `flow[start:end]`, a text in small letters."""
    last = _verb_before(flow, start, end)
    if last is None:
        return None
    verb, weak = last
    if verb.relation == "thực hiện" and _is_told_at(flow, verb.end, end):
        return verb if _what_was_told().search(flow, verb.end, end) else None
    if not weak:
        return verb
    clause = max(flow.rfind(";", start, verb.start) + 1, start)
    earlier = _verb_before(flow, clause, verb.start)
    while earlier is not None:
        if earlier[0].relation == "căn cứ":
            return earlier[0]
        earlier = _verb_before(flow, clause, earlier[0].start)
    many = flow[clause : verb.start].split()[-1:]  # `thực hiện các quy định của …`: what is done, no verb
    return _last_verb(flow, start, verb.start) if many in _MANY else verb


def _verb_before(flow: str, start: int, end: int) -> tuple[Verb, bool] | None:
    found = _pattern().search(flow, start, end)
    if found is None:
        return None
    row = table("relations")["relation"][int((found.lastgroup or "")[1:])]
    return Verb(row["relation"], " ".join(found.group().split()), found.start(), found.end()), row.get("weak", False)


def _is_told_at(flow: str, start: int, end: int) -> bool:
    """Whether `tại` leads up to the mention: what the verb has for its object is only told there."""
    lead = flow[start:end].rstrip()
    return len(lead) > _TOLD and lead.endswith(" tại") and not lead.endswith(("quy định tại", "hướng dẫn tại"))


@cache
def _what_was_told() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<!\w)(?:chỉ đạo|ý kiến|nội dung|nhiệm vụ|quy định|kết luận|yêu cầu|chủ trương|mục tiêu|giải pháp|chỉ tiêu"
        r"|hướng dẫn|kiến nghị|nêu|giao|phân công|đề nghị|cam kết|chính sách|chế độ)(?!\w)"
    )


def verb_behind(flow: str, start: int, end: int) -> Verb | None:
    """The verb of a passive sentence whose subject the mention is: `… được quán triệt, phổ biến`."""
    stop = _clause_end().search(flow, start, end)
    found = _passive().search(flow, start, stop.start() if stop else end)
    amended = _amended().search(flow, start, end) if found is None else None
    if amended is not None and (stop is None or amended.start() < stop.start()):
        relation: Relation = "bổ sung" if amended["verb"] == "bổ sung" else "sửa đổi"
        return Verb(relation, amended["verb"], amended.start("verb"), amended.end("verb"))
    return Verb("thực hiện", found["verb"], found.start("verb"), found.end("verb")) if found else None


@cache
def _clause_end() -> regex.Pattern[str]:
    return regex.compile(r"[;\n]|\.(?=\s)")


@cache
def _amended() -> regex.Pattern[str]:
    """`Khoản 2 Điều 5 Nghị định … được sửa đổi, bổ sung như sau:` amends what it names."""
    return regex.compile(
        r"\s(?:được\s{1,4}|nay\s{1,4})?(?P<verb>sửa đổi|bổ sung|sửa lại)(?:, bổ sung)?\s{1,4}"
        r"(?:như sau|thành|lại)(?!\w)"
    )


@cache
def _passive() -> regex.Pattern[str]:
    return regex.compile(r"\sđược\s{1,4}(?P<verb>quán triệt|phổ biến|tuyên truyền|triển khai|thực hiện)(?!\w)")


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
    return regex.compile(rf"(?r)(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _spaced(verb: str) -> str:
    return verb.replace(" ", r"\s{1,4}")


@cache
def _stop() -> regex.Pattern[str]:
    return regex.compile(r"(?<![A-ZĐ\d])[.!?][”\"’)]{0,2}\s+(?=[A-ZĐÀ-Ỹ“\"(–-])|(?<=\d)\.\s+(?=[A-ZĐ][a-zà-ỹ])")


@cache
def _bullet() -> regex.Pattern[str]:
    return regex.compile(r"\s*(?:[-+*•–—]\s*|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,5})[.)/]\s*){0,2}\s*")
