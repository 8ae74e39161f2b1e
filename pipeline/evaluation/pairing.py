"""Pairs rows found with rows of the answers: exactly by key, and what is left by overlap or likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pipeline.evaluation.keys import (
    Row,
    citation_keys,
    deadline_keys,
    recipient_keys,
    ref_key,
    section_keys,
    signatory_keys,
    toneless,
)
from pipeline.evaluation.places import Place

Kind = Literal["sections", "citations", "deadlines", "signatories", "recipients"]
Match = Literal["exact", "relaxed", "missed", "extra"]
KINDS: tuple[Kind, ...] = ("sections", "citations", "deadlines", "signatories", "recipients")

_LIKE = 0.8


@dataclass(frozen=True, slots=True)
class KindRules:
    """How rows of one kind are told apart: keys, the field they are shown by, and the fields that are compared."""

    keys: Callable[[Row], list[str]]
    shown: str
    fields: tuple[str, ...]


RULES: dict[Kind, KindRules] = {
    "sections": KindRules(section_keys, "title", ("level", "role")),
    "citations": KindRules(
        citation_keys,
        "quote",
        ("instrument_type", "date", "issuer", "relation", "pinpoint", "kind", "quote", "title"),
    ),
    "deadlines": KindRules(
        deadline_keys,
        "quote",
        ("kind", "qualifier", "recurrence", "responsible", "report_to", "due_date", "duration"),
    ),
    "signatories": KindRules(signatory_keys, "name", ("position", "authority", "on_behalf_of", "honorific")),
    "recipients": KindRules(recipient_keys, "name", ("purpose", "refers_to_addressees")),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the answers (`wanted`), a row found, or both; `at` is the index of `wanted` in the answers."""

    match: Match
    wanted: Row | None
    found: Row | None
    at: int | None
    place: Place | None


def pair_rows(kind: Kind, wanted: Sequence[Row], found: Sequence[Row], places: Sequence[Place | None]) -> list[Pair]:
    """Every row of both sides once, in reading order of the answers, then what was found beside them.

    `places` tells where in the text each wanted row stands, None where it cannot be told.
    """
    keys = RULES[kind].keys
    waiting: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(found):
        for key in keys(row):
            waiting[key].append(i)
    partner: dict[int, int] = {}
    used: set[int] = set()
    for i, row in enumerate(wanted):
        hit = next((j for key in keys(row) for j in waiting[key] if j not in used), None)
        if hit is not None:
            partner[i] = hit
            used.add(hit)
    near: dict[int, int] = {}
    for i, row in enumerate(wanted):
        if i in partner:
            continue
        hit = next(
            (j for j, other in enumerate(found) if j not in used and _is_near(kind, row, other, places[i])), None
        )
        if hit is not None:
            near[i] = hit
            used.add(hit)
    pairs = []
    for i, (row, place) in enumerate(zip(wanted, places, strict=True)):
        match: Match = "exact" if i in partner else "relaxed" if i in near else "missed"
        hit = partner.get(i, near.get(i))
        paired = None if hit is None else found[hit]
        pairs.append(Pair(match, row, paired, i, (place_of(paired) if paired else None) or place))
    extras = [Pair("extra", None, row, None, place_of(row)) for j, row in enumerate(found) if j not in used]
    return pairs + extras


def place_of(row: Row) -> Place | None:
    """Where a found row stands in the text."""
    start, end = row.get("char_start"), row.get("char_end")
    return Place(start, end) if isinstance(start, int) and isinstance(end, int) else None


def _is_near(kind: Kind, wanted: Row, found: Row, place: Place | None) -> bool:
    if kind == "sections":
        return toneless(wanted.get("label")) == toneless(found.get("label")) and _alike(
            toneless(wanted.get("title"))[:40], toneless(found.get("title"))[:40]
        )
    if kind in ("signatories", "recipients"):
        return _alike(toneless(wanted.get("name")), toneless(found.get("name")))
    if kind == "citations" and wanted.get("ref") and found.get("ref"):
        left, right = ref_key(wanted["ref"]), ref_key(found["ref"])
        return toneless(left) == toneless(right) or (place is not None and _overlaps(place, place_of(found)))
    if place is not None and _overlaps(place, place_of(found)):
        return True
    return place is None and _alike(toneless(wanted.get("quote")), toneless(found.get("quote")))


def _overlaps(left: Place, right: Place | None) -> bool:
    return right is not None and left.start < right.end and right.start < left.end


def _alike(left: str, right: str) -> bool:
    if not left or not right:
        return left == right
    if left == right:
        return True
    likeness = SequenceMatcher(None, left, right, autojunk=False)
    return likeness.real_quick_ratio() >= _LIKE and likeness.quick_ratio() >= _LIKE and likeness.ratio() >= _LIKE
