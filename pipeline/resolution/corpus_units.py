"""The units of a whole corpus: issuers, the units above them, issuers cited and recipients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.names.divisions import MERGER_DAY
from pipeline.resolution.localities import Locality, is_settled, locality_of_document
from pipeline.resolution.units import Row, Surroundings, Units, of_its_head, without_officer, written_out


@dataclass(slots=True)
class ResolvedUnits:
    """Which unit each name of the corpus means, and where each document's issuer sits."""

    units: Units
    issuers: dict[str, str | None] = field(default_factory=dict)
    """doc_id → unit of the document's issuer."""
    cited_issuers: list[str | None] = field(default_factory=list)
    """Unit of the issuer of each citation, in the order of the rows."""
    recipients: list[str | None] = field(default_factory=list)
    """Unit of each recipient, in the order of the rows."""
    surroundings: dict[str, Surroundings] = field(default_factory=dict)

    def locality(self, doc_id: str) -> Locality:
        """Where a document's issuer sits."""
        return self.surroundings[doc_id].locality


def resolve_units(
    headers: Sequence[Row], citations: Iterable[Mapping[str, Any]], recipients: Iterable[Mapping[str, Any]]
) -> ResolvedUnits:
    """One unit for every name in the columns issuer, issuer_parent, citations.issuer and recipients.name.

    `headers` has a row a document with doc_id, issuer, issuer_parent, place and the date; `citations` and `recipients`
    have the columns of their tables and are gone through twice. The same rows give the same ids in any order.
    """
    found = ResolvedUnits(Units())
    names = _names_of_unsettled(headers, citations, recipients)
    shared: dict[Surroundings, Surroundings] = {}
    for header in headers:
        around = _surroundings(header, names.get(header["doc_id"], ()))
        found.surroundings[header["doc_id"]] = shared.setdefault(around, around)
    units = found.units
    for header in headers:
        around = found.surroundings[header["doc_id"]]
        issuer = units.unit_id(around.issuer, around, header["issuer"], "cơ quan ban hành")
        above = units.unit_id(
            header["issuer_parent"],
            Surroundings(around.locality, since_2025=around.since_2025),
            header["issuer_parent"],
            "cơ quan chủ quản",
        )
        found.issuers[header["doc_id"]] = issuer
        units.set_parent(issuer, above)
    for row in citations:
        name = row["issuer"] or row["issuer_inferred"]
        around = found.surroundings[row["doc_id"]]
        meant = without_officer(written_out(name)) if name else None
        found.cited_issuers.append(units.unit_id(meant, around, row["issuer"], "cơ quan được viện dẫn"))
    for row in recipients:
        name = None if row["refers_to_addressees"] else row["name"]
        meant = of_its_head(name) if name else None
        found.recipients.append(units.unit_id(meant, found.surroundings[row["doc_id"]], name, "nơi nhận"))
    return found


def _names_of_unsettled(
    headers: Iterable[Row], citations: Iterable[Mapping[str, Any]], recipients: Iterable[Mapping[str, Any]]
) -> dict[str, list[str]]:
    """The units named in the documents whose own head does not tell where their issuer sits."""
    names: dict[str, list[str]] = defaultdict(list)
    unsettled = {header["doc_id"] for header in headers if not is_settled(*_head(header))}
    for row in citations if unsettled else ():
        if row["doc_id"] in unsettled and row["issuer"]:
            names[row["doc_id"]].append(written_out(row["issuer"]))
    for row in recipients if unsettled else ():
        if row["doc_id"] in unsettled:
            names[row["doc_id"]].append(written_out(row["name"]))
    return names


def _head(header: Row) -> tuple[str | None, str | None, str | None]:
    issuer = without_officer(written_out(header["issuer"])) if header["issuer"] else None
    parent = written_out(header["issuer_parent"]) if header["issuer_parent"] else None
    return issuer, parent, header["place"]


def _surroundings(header: Row, names: Iterable[str]) -> Surroundings:
    issuer, parent, place = _head(header)
    day, year = header["issued_date"], header["issued_year"]
    since = day >= MERGER_DAY if day is not None else None
    if since is None and year is not None and year != MERGER_DAY.year:
        since = year > MERGER_DAY.year
    locality = locality_of_document(issuer, parent, place, names).with_district(since)
    return Surroundings(locality, issuer, parent, since)
