"""What the citing document does with an instrument, from the nearest verb before the mention (grammar/relations.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

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
    found = None
    for match in _pattern().finditer(flow, max(start, end - _REACH), end):
        found = match
    if found is None:
        return None
    group = found.lastgroup or ""
    relation = _relations()[int(group[1:])]
    return Verb(relation, " ".join(found.group().split()), found.start(), found.end())


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
def _relations() -> tuple[Relation, ...]:
    return tuple(cast(Relation, row["relation"]) for row in table("relations")["relation"])


@cache
def _stop() -> regex.Pattern[str]:
    return regex.compile(r"(?<![A-ZĐ\d])[.!?][”\"’)]{0,2}\s+(?=[A-ZĐÀ-Ỹ“\"(–-])|(?<=\d)\.\s+(?=[A-ZĐ][a-zà-ỹ])")


@cache
def _bullet() -> regex.Pattern[str]:
    return regex.compile(r"\s*(?:[-+*•–—]\s*|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,5})[.)/]\s*){0,2}\s*")
