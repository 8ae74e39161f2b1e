"""How well names and numbers become one unit, one instrument, one person: pairwise, on labelled scenes.

Two mentions of a kind in one scene are a pair; the pair is the same if the labels are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from extractors import extract_citations
from pipeline.evaluation.scenes import OPEN, IdentityKind, Scene, SceneDocument
from pipeline.resolution.corpus_units import resolve_units
from pipeline.resolution.instruments import resolve_instruments
from pipeline.resolution.people import People

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention, the label it should have, and the id it was given (None: left open)."""

    kind: IdentityKind
    label: str
    found: str | None
    where: str


@dataclass(frozen=True, slots=True)
class PairScore:
    """Pairs that are the same, and how many were found to be (right, wrong); `apart`: pairs that are not the same."""

    same: int
    right: int
    wrong: int
    apart: int

    def __add__(self, other: PairScore) -> PairScore:
        return PairScore(
            self.same + other.same, self.right + other.right, self.wrong + other.wrong, self.apart + other.apart
        )

    @property
    def precision(self) -> float:
        """Share of the pairs found the same that are."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that are the same which were found."""
        return self.right / self.same if self.same else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def judge(scene: Scene) -> list[Judged]:
    """Every mention of a scene with the id that resolution gives it."""
    headers = [_header(document) for document in scene.documents]
    citations = [row for document in scene.documents for row in _citations(document)]
    recipients = [row for document in scene.documents for row in _recipients(document)]
    units = resolve_units(headers, citations, recipients)
    instruments = resolve_instruments(headers, citations, units)
    held = {m.doc_id: i.instrument_id for i in instruments.instruments for m in i.mentions if m.citation_id is None}
    cited = iter(instruments.meant)
    received = iter(units.recipients)
    people = People()
    judged: list[Judged] = []
    for document in scene.documents:
        doc_id, where = _doc_id(document), f"{scene.about}: {document.name}"
        judged.append(Judged("unit", document.unit, units.issuers[doc_id], f"{where}: {document.issuer}"))
        if document.instrument is not None:
            judged.append(Judged("instrument", document.instrument, held.get(doc_id), f"{where}: {document.ref}"))
        for sight in document.sights:
            found: str | None
            if sight.kind == "instrument":
                found = next(cited)
            elif sight.kind == "unit":
                found = next(received)
            else:
                found = people.person_id(sight.words, units.issuers[doc_id], doc_id=doc_id, signed=document.issued)
            judged.append(Judged(sight.kind, sight.label, found, f"{where}: {sight.words}"))
    return judged


def pairs(judged: Iterable[Judged]) -> Iterator[tuple[Judged, Judged, bool, bool]]:
    """Every pair of mentions of one kind: (one, other, whether they are the same, whether they were found to be)."""
    for one, other in combinations(judged, 2):
        if one.kind == other.kind:
            same = one.label == other.label != OPEN
            yield one, other, same, one.found is not None and one.found == other.found


def score(scenes: Iterable[Scene]) -> dict[IdentityKind, PairScore]:
    """Pairwise figures over all scenes, a kind each."""
    totals: dict[IdentityKind, PairScore] = {kind: PairScore(0, 0, 0, 0) for kind in ("instrument", "unit", "person")}
    for scene in scenes:
        for one, _, same, found in pairs(judge(scene)):
            totals[one.kind] += PairScore(same, same and found, found and not same, not same)
    return totals


def _doc_id(document: SceneDocument) -> str:
    return hashlib.sha256(document.name.encode()).hexdigest()


def _header(document: SceneDocument) -> Row:
    number, _, symbol = (document.ref or "").replace("-", "/", 1).partition("/")
    issued = document.issued
    return {
        "doc_id": _doc_id(document), "issuer": document.issuer, "issuer_parent": document.parent,
        "place": document.place, "doc_type": document.doc_type, "number": number or None, "symbol": symbol or None,
        "ref": document.ref, "ref_repaired": None, "issued_date": issued, "issued_year": issued and issued.year,
        "issued_month": issued and issued.month, "issued_day": issued and issued.day, "subject": None,
    }  # fmt: skip


def _citations(document: SceneDocument) -> Iterator[Row]:
    words = [sight.words for sight in document.sights if sight.kind == "instrument"]
    for at, text in enumerate(words):
        found = extract_citations(text)
        if not found:
            raise ValueError(f"{text!r} cites nothing")
        row = asdict(found[0])
        row |= {"doc_id": _doc_id(document), "citation_id": f"{_doc_id(document)}-{at}", "antecedent_id": None}
        yield row | {"char_start": at, "char_end": at + 1}


def _recipients(document: SceneDocument) -> Iterator[Row]:
    for sight in document.sights:
        if sight.kind == "unit":
            yield {"doc_id": _doc_id(document), "name": sight.words, "refers_to_addressees": sight.words == "Như trên"}
