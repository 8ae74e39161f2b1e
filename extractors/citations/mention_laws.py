"""Mentions of laws by their names: with a number or a date, inside the name of a law that amends them, in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractors.citations.mention import Mention, finish
from extractors.document_types import TypeWord
from extractors.names.law_names import LawName, law_name_at, listed_law_names
from extractors.refs import ref_at


def law_mentions(flow: str, word: TypeWord) -> list[Mention]:
    """The law whose type word is `word` and those that its name or its list holds; empty if it names none."""
    law = _without_footnote(flow, law_name_at(flow, word.start))
    return list(_law_mentions(flow, word, law)) if law is not None and _is_cited(flow, law) else []


def _law_mentions(flow: str, word: TypeWord, law: LawName) -> Iterator[Mention]:
    kind = word.name
    number = _law_number().match(flow, law.end)
    ref = ref_at(flow, number.end(), loose=True) if number else None
    mention = Mention("named", word.start, law.end, kind, True, law=law)
    if ref is not None and (
        ref.symbol is not None or ref.year is not None or "số" in flow[law.end : ref.start].lower()
    ):
        mention.kind, mention.ref, mention.end = "numbered", ref, ref.end
    yield finish(flow, mention)
    yield from _laws_inside(flow, law)
    if mention.kind == "named" and mention.end == law.end:
        for member in listed_law_names(flow, law):
            yield finish(flow, Mention("named", member.start, member.end, kind, False, law=member, head=mention))


def _laws_inside(flow: str, law: LawName) -> Iterator[Mention]:
    """The laws inside the name of one that amends them."""
    if not _amending().match(flow, law.start, law.end):
        return
    for inner in _inner_law().finditer(flow, law.start + 4, law.end):
        found = law_name_at(flow, inner.start())
        if found is not None and found.end <= law.end:
            name = " ".join(inner.group().casefold().split())
            yield Mention("named", found.start, found.end, name, True, law=found)


@cache
def _law_number() -> re.Pattern[str]:
    return re.compile(r"[ ]{0,4},?[ ]{0,4}(?:[Ss]ố|Luật số)?[ ]{0,2}:?[ ]{0,4}(?=\d)")


def _without_footnote(flow: str, law: LawName | None) -> LawName | None:
    """A footnote's figure glued to the last word is no part of the name (`Luật Đường sắt1`)."""
    if law is None or not flow[law.end - 1].isdigit():
        return law
    end = law.end
    while flow[end - 1].isdigit():
        end -= 1
    return replace(law, end=end) if flow[end - 1].isalpha() else law


def _is_cited(flow: str, law: LawName) -> bool:
    """Whether a law's name is one: not a field of study (`Khoa Luật …`), not a heading's word read as a law."""
    if law.known:
        return True
    if _field_of_study().search(flow, max(0, law.start - 16), law.start):
        return False
    return law.confidence >= 0.5 or _cue().search(flow, max(0, law.start - 16), law.start) is not None


@cache
def _field_of_study() -> re.Pattern[str]:
    return re.compile(
        r"(?:[Kk]hoa|[Nn]gành|[Mm]ôn|[Cc]ử nhân|[Tt]hạc sĩ|[Tt]iến sĩ|[Bb]ộ môn|[Tt]rường|[Đđ]ại học|[Vv]iện)\s{1,3}$"
    )


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(r"(?:của|theo|[Cc]ăn cứ|tại|[Tt]hực hiện|thi hành|và|các|dự án|dự thảo|trong|với)\s{1,3}$")


@cache
def _amending() -> re.Pattern[str]:
    return re.compile(r"\w+(?:\s+\w+)?\s+(?:sửa đổi|bổ sung|về việc)", re.IGNORECASE)


@cache
def _inner_law() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:bộ\s+luật|luật|pháp\s+lệnh|hiến\s+pháp)(?!\w)", re.IGNORECASE)
