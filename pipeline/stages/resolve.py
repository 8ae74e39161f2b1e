"""resolve: names and numbers of the whole corpus → one row a unit, one row an instrument, findings across documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.parquet_files import StageWriter, read_rows
from pipeline.resolution.conflicts import corpus_findings
from pipeline.resolution.corpus_units import ResolvedUnits, resolve_units
from pipeline.resolution.instruments import ResolvedInstruments, resolve_instruments
from pipeline.resolution.people import People
from pipeline.stages.stage import StageRun
from pipeline.warehouse.tables import HEADER_COLUMNS

TABLES = (
    "documents", "divisions", "division_changes", "units", "unit_names", "unit_successions", "people", "instruments",
    "instrument_conflicts", "citations", "signatories", "recipients", "findings",
)  # fmt: skip

Row = dict[str, Any]


def resolve(run: StageRun) -> None:
    """Find the units and instruments behind the names and numbers of all documents, and write the rows that name them.

    Headers, citations and recipients of the corpus are held in memory; the texts are not.
    """
    extracted = run.folder("extract")
    headers = list(read_rows(extracted, "headers", "extract"))
    citations = list(read_rows(extracted, "citations", "extract"))
    recipients = list(read_rows(extracted, "recipients", "extract"))
    units = resolve_units(headers, citations, recipients)
    instruments = resolve_instruments(headers, citations, units)
    with StageWriter(run.folder("resolve"), TABLES) as out:
        out.add("documents", _documents(run, {header["doc_id"]: header for header in headers}, units))
        out.add("units", units.units.rows())
        out.add("instruments", instruments.rows(units.units))
        out.add("citations", _citations(citations, units, instruments))
        people = People()
        out.add("signatories", _signatories(run, {header["doc_id"]: header for header in headers}, units, people))
        out.add("people", people.rows())
        out.add("recipients", _recipients(recipients, units))
        out.add("findings", corpus_findings(instruments.instruments, units.units))


def _documents(run: StageRun, headers: dict[str, Row], units: ResolvedUnits) -> Iterator[Row]:
    """Rows of documents: what ingest read of the file, what extract read of the head, and the issuer's unit."""
    empty = dict.fromkeys(HEADER_COLUMNS)
    for row in read_rows(run.folder("ingest"), "documents", "ingest"):
        doc_id = row["doc_id"]
        yield {**row, **empty, **headers.get(doc_id, {}), "issuer_unit_id": units.issuers.get(doc_id)}


def _citations(citations: list[Row], units: ResolvedUnits, instruments: ResolvedInstruments) -> Iterator[Row]:
    for row in citations:
        found = row["citation_id"]
        yield {**row, "instrument_id": instruments.cited[found], "issuer_unit_id": units.cited_issuers[found]}


def _signatories(run: StageRun, headers: dict[str, Row], units: ResolvedUnits, people: People) -> Iterator[Row]:
    for row in read_rows(run.folder("extract"), "signatories", "extract"):
        doc_id = row["doc_id"]
        person = people.person_id(
            row["name"],
            units.issuers.get(doc_id),
            doc_id=doc_id,
            signed=headers[doc_id]["issued_date"],
            position=row["position"],
        )
        yield {**row, "person_id": person}


def _recipients(recipients: list[Row], units: ResolvedUnits) -> Iterator[Row]:
    for row in recipients:
        yield {**row, "unit_id": units.recipients[row["doc_id"], row["ordinal"]]}
