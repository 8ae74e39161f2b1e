"""Variants of one document: the .doc, the signed .pdf and the scan of it, its draft; one of them is the best.

Two documents are variants when nothing tells them apart (number, date, issuer) and their texts are alike; how alike
they must be depends on how much agrees. Two documents with different numbers are never variants, however alike: units
issue many decisions that differ in a name. Only pairs that share a number, or of which one lacks it and whose sketches
meet in a band, are looked at, so that the work grows with the documents and not with their pairs.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import regex

from pipeline.text_likeness import FUNCTIONS, Sketch, likeness, read_sketch

Row = dict[str, Any]
Basis = Literal["number, date and issuer", "number", "text"]

_LIKE_ENOUGH: Mapping[Basis, float] = {"number, date and issuer": 0.3, "number": 0.5, "text": 0.8}
_LIKE_ENOUGH_SCANNED = 0.65
"""For texts of the same subject of which one was read by OCR: a wrong word in a hundred costs three runs of words."""
_LIKE_ENOUGH_WITHOUT_SUBJECT = 0.9
_BAND = 6
_NUMBER_BAND = 3
_FEW = 50
_MOST_COMPARED = 24
_MEDIA = ("scanned", "mixed", "born_digital")
_WORD = regex.compile(r"[\p{L}\d]+")


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """What of a document tells whether it is a variant of another, and which of them is the best."""

    doc_id: str
    sketch: Sketch
    number: str | None
    symbol: str | None
    date: tuple[int | None, int | None, int | None]
    """Year, month and day of issue as far as known."""
    issuer: str | None
    issuer_words: str
    parent_words: str
    subject: str
    media: str
    signed: bool
    quality: float
    n_characters: int

    @property
    def rank(self) -> tuple[Any, ...]:
        """Orders variants, the best first: numbered, digitally signed, typed, dated, legible, long."""
        return (
            self.number is None,
            not self.signed,
            -_MEDIA.index(self.media),
            None in self.date,
            -round(self.quality, 1),
            -self.n_characters,
            self.doc_id,
        )


@dataclass(frozen=True, slots=True)
class _Pair:
    likeness: float
    one: int
    other: int


@dataclass(slots=True)
class _Group:
    members: list[int]
    numbers: set[tuple[str, str]]
    first: int


def held_document(row: Row, header: Row, unit: str | None, signed: bool) -> HeldDocument:
    """A document from its rows of documents (with n_characters and sketch) and headers; `unit` is its issuer's."""
    number = header["number"]
    return HeldDocument(
        doc_id=row["doc_id"],
        sketch=read_sketch(row["sketch"]),
        number=number.lstrip("0") or "0" if number else None,
        symbol=_plain(header["symbol"]).replace(" ", "") if header["symbol"] else None,
        date=(header["issued_year"], header["issued_month"], header["issued_day"]),
        issuer=unit,
        issuer_words=_plain(header["issuer"] or ""),
        parent_words=_plain(header["issuer_parent"] or ""),
        subject=_plain(header["subject"] or ""),
        media=row["media"],
        signed=signed,
        quality=row["text_quality"] or 0.0,
        n_characters=row["n_characters"],
    )


def variant_rows(documents: Sequence[HeldDocument]) -> list[Row]:
    """Rows of document_variants, one a document: its group, and whether it is the best of it.

    The group is named by the least of its members' ids. Deterministic in any order of the documents.
    """
    documents = sorted(documents, key=lambda document: document.doc_id)
    groups = _grouped(documents, _pairs(documents))
    bests: dict[int, HeldDocument] = {}
    rows = []
    for at, document in enumerate(documents):
        group = groups[at]
        first = group.first
        if first == at:
            bests[first] = min((documents[member] for member in group.members), key=lambda member: member.rank)
        best = bests[first]
        is_best = best is document
        rows.append(
            {
                "doc_id": document.doc_id,
                "variant_group": documents[first].doc_id,
                "is_best": is_best,
                "n_variants": len(group.members),
                "likeness": None if is_best else round(likeness(document.sketch, best.sketch), 3),
                "basis": None if is_best else _basis(document, best),
            }
        )
    return rows


def _grouped(documents: Sequence[HeldDocument], pairs: Iterable[_Pair]) -> list[_Group]:
    """The group of each document: pairs are joined from the likest on, unless that would join two numbers."""
    groups = [_Group([at], {_number_key(d)} if d.number else set(), at) for at, d in enumerate(documents)]
    for pair in sorted(pairs, key=lambda pair: (-pair.likeness, pair.one, pair.other)):
        one, other = groups[pair.one], groups[pair.other]
        if one is other or len(one.numbers | other.numbers) > 1 or not _dates_fit(documents, one, other):
            continue
        if len(one.members) < len(other.members):
            one, other = other, one
        one.members += other.members
        one.first = min(one.first, other.first)
        one.numbers |= other.numbers
        for member in other.members:
            groups[member] = one
    return groups


def _dates_fit(documents: Sequence[HeldDocument], one: _Group, other: _Group) -> bool:
    return all(
        _date_fits(documents[a].date, documents[b].date) for a in one.members[:_FEW] for b in other.members[:_FEW]
    )


def _pairs(documents: Sequence[HeldDocument]) -> Iterator[_Pair]:
    """The pairs that are variants by themselves."""
    for one, other in _candidates(documents):
        alike = _compare(documents[one], documents[other])
        if alike is not None:
            yield _Pair(alike, one, other)


def _candidates(documents: Sequence[HeldDocument]) -> set[tuple[int, int]]:
    """Pairs worth a comparison, the lower place first."""
    by_number: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, document in enumerate(documents):
        if document.number:
            by_number[_number_key(document)].append(at)
    found: set[tuple[int, int]] = set()
    for same in by_number.values():
        if len(same) <= _FEW:
            found.update(combinations(same, 2))
        else:
            for bucket in _buckets(documents, same, _NUMBER_BAND):
                found.update(_some_pairs(bucket, bucket))
    for bucket in _buckets(documents, range(len(documents)), _BAND):
        unnumbered = [at for at in bucket if documents[at].number is None]
        if unnumbered:
            found.update(_some_pairs(unnumbered, sorted(bucket, key=lambda at: (documents[at].subject, at))))
    return found


def _buckets(documents: Sequence[HeldDocument], places: Iterable[int], band: int) -> Iterator[list[int]]:
    """Documents that agree in `band` neighbouring values of their sketches; only buckets of several."""
    places = list(places)
    for start in range(0, FUNCTIONS - band + 1, band):
        held: dict[bytes, list[int]] = defaultdict(list)
        for at in places:
            held[documents[at].sketch[start : start + band].tobytes()].append(at)
        yield from (bucket for bucket in held.values() if len(bucket) > 1)


def _some_pairs(some: Sequence[int], others: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each of `some` with those of `others` that stand nearest to it, at most 24."""
    place = {at: number for number, at in enumerate(others)}
    for at in some:
        start = max(0, place[at] - _MOST_COMPARED // 2)
        for other in others[start : start + _MOST_COMPARED + 1]:
            if other != at:
                yield min(at, other), max(at, other)


def _compare(one: HeldDocument, other: HeldDocument) -> float | None:
    """How alike two documents are; None when they are no variants."""
    if not _date_fits(one.date, other.date) or not _issuer_fits(one, other):
        return None
    if one.number and other.number and _number_key(one) != _number_key(other):
        return None
    basis = _basis(one, other)
    least = _LIKE_ENOUGH[basis]
    if basis == "text":
        same_subject = bool(one.subject) and one.subject == other.subject
        if not same_subject:
            least = _LIKE_ENOUGH_WITHOUT_SUBJECT
        elif "scanned" in (one.media, other.media):
            least = _LIKE_ENOUGH_SCANNED
    alike = likeness(one.sketch, other.sketch)
    return alike if alike >= least else None


def _basis(one: HeldDocument, other: HeldDocument) -> Basis:
    """What two documents share beside their texts."""
    if not (one.number and other.number):
        return "text"
    known = None not in one.date and one.date == other.date
    return "number, date and issuer" if known and one.issuer and one.issuer == other.issuer else "number"


def _number_key(document: HeldDocument) -> tuple[str, str]:
    return document.number or "", document.symbol or ""


def _date_fits(one: Sequence[int | None], other: Sequence[int | None]) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _issuer_fits(one: HeldDocument, other: HeldDocument) -> bool:
    """Whether the issuers may be one: the same unit, one unknown, or names of which one holds the other's words.

    Two schools of one name stand under different divisions: then what stands above them tells them apart.
    """
    if one.issuer is None or other.issuer is None or one.issuer == other.issuer:
        return True
    return _may_be_one(one.issuer_words, other.issuer_words) and _may_be_one(one.parent_words, other.parent_words)


def _may_be_one(name: str, other: str) -> bool:
    a, b = set(name.split()), set(other.split())
    return a <= b or b <= a


def _plain(text: str) -> str:
    """Lower case words without marks, as a bad scan leaves them."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join(_WORD.findall("".join(c for c in bare if not unicodedata.combining(c))))
