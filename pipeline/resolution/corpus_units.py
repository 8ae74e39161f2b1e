"""The units of a whole corpus: issuers, the units above them, issuers cited and recipients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.resolution.localities import Locality, locality_of_document
from pipeline.resolution.units import Row, Surroundings, Units, without_officer, written_out

Key = tuple[str, int]


@dataclass(slots=True)
class ResolvedUnits:
    """Which unit each name of the corpus means, and where each document's issuer sits."""

    units: Units
    issuers: dict[str, str | None] = field(default_factory=dict)
    """doc_id → unit of the document's issuer."""
    cited_issuers: dict[str, str | None] = field(default_factory=dict)
    """citation_id → unit of the issuer cited."""
    recipients: dict[Key, str | None] = field(default_factory=dict)
    """(doc_id, ordinal) → unit of the recipient."""
    surroundings: dict[str, Surroundings] = field(default_factory=dict)

    def locality(self, doc_id: str) -> Locality:
        """Where a document's issuer sits."""
        return self.surroundings[doc_id].locality


def resolve_units(headers: Sequence[Row], citations: Iterable[Row], recipients: Iterable[Row]) -> ResolvedUnits:
    """One unit for every name in the columns issuer, issuer_parent, citations.issuer and recipients.name.

    `headers` has a row a document with doc_id, issuer, issuer_parent and place; `citations` and `recipients` have the
    columns of their tables. Deterministic: the same rows give the same ids in any order of the documents.
    """
    cited: Mapping[str, list[Row]] = _by_document(citations)
    received: Mapping[str, list[Row]] = _by_document(recipients)
    found = ResolvedUnits(Units())
    for header in headers:
        doc_id = header["doc_id"]
        around = _surroundings(header, cited.get(doc_id, []), received.get(doc_id, []))
        found.surroundings[doc_id] = around
        issuer = found.units.unit_id(around.issuer, around)
        found.issuers[doc_id] = issuer
        above = found.units.unit_id(header["issuer_parent"], Surroundings(around.locality))
        found.units.set_parent(issuer, above)
        for row in cited.get(doc_id, []):
            name = row["issuer"] or row["issuer_inferred"]
            unit = found.units.unit_id(without_officer(written_out(name)) if name else None, around)
            found.cited_issuers[row["citation_id"]] = unit
        for row in received.get(doc_id, []):
            name = None if row["refers_to_addressees"] else row["name"]
            found.recipients[doc_id, row["ordinal"]] = found.units.unit_id(name, around)
    return found


def _surroundings(header: Row, cited: list[Row], received: list[Row]) -> Surroundings:
    names = [row["issuer"] for row in cited if row["issuer"]] + [row["name"] for row in received]
    issuer = without_officer(written_out(header["issuer"])) if header["issuer"] else None
    parent = written_out(header["issuer_parent"]) if header["issuer_parent"] else None
    locality = locality_of_document(issuer, parent, header["place"], [written_out(name) for name in names])
    return Surroundings(locality, issuer, parent)


def _by_document(rows: Iterable[Row]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["doc_id"]].append(row)
    return grouped
