"""resolve: names and numbers of the whole corpus → one row a unit, one row an instrument, findings across documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from pipeline.parquet_files import StageWriter, StoredRows, read_batches, read_rows, stage_file
from pipeline.resolution.conflicts import conflict_rows, corpus_findings
from pipeline.resolution.corpus_units import ResolvedUnits, resolve_units
from pipeline.resolution.division_rows import division_change_rows, division_rows
from pipeline.resolution.instruments import ResolvedInstruments, resolve_instruments
from pipeline.resolution.office_holders import OfficeHolders, inferred_rows
from pipeline.resolution.people import People
from pipeline.resolution.successions import find_successions
from pipeline.resolution.variants import held_document, variant_rows
from pipeline.stages.stage import StageRun
from pipeline.warehouse.tables import HEADER_COLUMNS

TABLES = (
    "documents", "document_variants", "divisions", "division_changes", "units", "unit_names", "unit_successions",
    "people", "instruments", "instrument_conflicts", "citations", "signatories", "recipients", "findings",
)  # fmt: skip

Row = dict[str, Any]

_CITATION_COLUMNS = (
    "citation_id", "doc_id", "kind", "instrument_type", "number", "symbol", "ref", "ref_repaired", "date", "date_year",
    "issuer", "issuer_inferred", "title", "pinpoint", "relation", "relation_verb", "antecedent_id", "candidates",
    "quote", "char_start", "char_end",
)  # fmt: skip
_RECIPIENT_COLUMNS = ("doc_id", "name", "refers_to_addressees")


def resolve(run: StageRun) -> None:
    """Find the units and instruments behind the names and numbers of all documents, and write the rows that name them.

    Headers and one small record a citation are held in memory; texts, quotes and recipients pass through in batches.
    """
    extracted = run.folder("review")
    headers = list(read_rows(extracted, "headers", "review"))
    citations = StoredRows(stage_file(extracted, "citations", "review"), _CITATION_COLUMNS)
    recipients = StoredRows(stage_file(extracted, "recipients", "review"), _RECIPIENT_COLUMNS)
    units = resolve_units(headers, citations, recipients)
    variants = _variants(run, headers, units)
    for header, variant in zip(headers, variants, strict=True):
        header["is_best"] = variant["is_best"]
    instruments = resolve_instruments(headers, citations, units)
    with StageWriter(run.folder("resolve"), TABLES) as out:
        by_id = {header["doc_id"]: header for header in headers}
        _write_documents(out, run, by_id, units)
        out.add("document_variants", variants)
        units.units.complete()
        successions = find_successions(units.units)
        out.add("divisions", division_rows())
        out.add("division_changes", division_change_rows())
        out.add("units", units.units.rows(successions.predecessors(units.units), successions.lineages()))
        out.add("unit_successions", successions.rows())
        out.add("unit_names", units.units.spelling_rows())
        out.add("instruments", instruments.rows(units.units))
        out.add("instrument_conflicts", conflict_rows(instruments.instruments, units.units))
        out.add("findings", corpus_findings(instruments.instruments, units.units))
        inferred = list(_inferred_signers(run, by_id, units))
        out.add("findings", [finding for _, finding in inferred])
        people = People()
        signers = chain(read_rows(extracted, "signatories", "review"), (row for row, _ in inferred))
        out.add("signatories", _signatories(signers, by_id, units, people))
        out.add("people", people.rows())
        _write_citations(out, citations, units, instruments)
        _write_recipients(out, recipients, units)


def _variants(run: StageRun, headers: Sequence[Row], units: ResolvedUnits) -> list[Row]:
    """Rows of document_variants, in the order of the headers."""
    ingested = run.folder("ingest")
    files = StoredRows(stage_file(ingested, "documents", "ingest"), ("doc_id", "media", "text_quality"))
    sketches = {row["doc_id"]: row for row in read_rows(ingested, "text_sketches", "ingest")}
    held = StoredRows(stage_file(ingested, "digital_signatures", "ingest"), ("doc_id", "kind"))
    signed = {row["doc_id"] for row in held if row["kind"] == "signature"}
    read = {row["doc_id"]: {**row, **sketches[row["doc_id"]]} for row in files}
    documents = [
        held_document(read[header["doc_id"]], header, units.issuers.get(header["doc_id"]), header["doc_id"] in signed)
        for header in headers
    ]
    by_id = {row["doc_id"]: row for row in variant_rows(documents)}
    return [by_id[header["doc_id"]] for header in headers]


def _write_documents(out: StageWriter, run: StageRun, headers: Mapping[str, Row], units: ResolvedUnits) -> None:
    """What ingest read of the file, what extract read of the head, and the issuer's unit."""
    empty = dict.fromkeys(HEADER_COLUMNS)
    for batch in read_batches(stage_file(run.folder("ingest"), "documents", "ingest")):
        ids = batch.column("doc_id").to_pylist()
        heads = [headers.get(doc_id, empty) for doc_id in ids]
        filled: dict[str, Sequence[object]] = {name: [head[name] for head in heads] for name in HEADER_COLUMNS}
        out.add_batch("documents", batch, {**filled, "issuer_unit_id": [units.issuers.get(doc_id) for doc_id in ids]})


def _write_citations(
    out: StageWriter, citations: StoredRows, units: ResolvedUnits, instruments: ResolvedInstruments
) -> None:
    start = 0
    for batch in read_batches(citations.file):
        end = start + batch.num_rows
        filled = {
            "instrument_id": instruments.meant[start:end],
            "candidate_instrument_ids": [instruments.candidates.get(at) for at in range(start, end)],
            "issuer_unit_id": units.cited_issuers[start:end],
        }
        out.add_batch("citations", batch, filled)
        start = end


def _write_recipients(out: StageWriter, recipients: StoredRows, units: ResolvedUnits) -> None:
    start = 0
    for batch in read_batches(recipients.file):
        end = start + batch.num_rows
        out.add_batch("recipients", batch, {"unit_id": units.recipients[start:end]})
        start = end


def _inferred_signers(run: StageRun, headers: Mapping[str, Row], units: ResolvedUnits) -> Iterator[tuple[Row, Row]]:
    """Signatory and finding of each scan whose title is legible and whose signer's name other documents tell."""
    found = StoredRows(
        stage_file(run.folder("extract"), "findings", "extract"),
        ("doc_id", "kind", "severity", "char_start", "char_end"),
    )
    unread = {row["doc_id"]: row for row in found if row["kind"] == "no_signature" and row["severity"] == "warning"}
    if not unread:
        return
    ingested = run.folder("ingest")
    documents = StoredRows(stage_file(ingested, "documents", "ingest"), ("doc_id", "media", "text"))
    texts = {d["doc_id"]: d["text"] for d in documents if d["doc_id"] in unread and d["media"] != "born_digital"}
    pages = defaultdict(list)
    for page in StoredRows(stage_file(ingested, "pages", "ingest"), ("doc_id", "page_no", "char_start")):
        if page["doc_id"] in texts and page["char_start"] is not None:
            pages[page["doc_id"]].append((page["char_start"], page["page_no"]))
    signers = list(read_rows(run.folder("review"), "signatories", "review"))
    holders = OfficeHolders(signers, headers, units.issuers)
    signed = {row["doc_id"] for row in signers}
    scans = [row for doc_id, row in unread.items() if doc_id in texts and doc_id not in signed]
    for row, finding in inferred_rows(scans, texts, holders):
        page_no = max(((s, n) for s, n in pages[row["doc_id"]] if s <= row["char_start"]), default=(0, None))[1]
        yield {**row, "page_no": page_no}, finding


def _signatories(
    rows: Iterable[Row], headers: Mapping[str, Row], units: ResolvedUnits, people: People
) -> Iterator[Row]:
    for row in rows:
        doc_id = row["doc_id"]
        person = people.person_id(
            row["name"],
            units.issuers.get(doc_id),
            doc_id=doc_id,
            signed=headers[doc_id]["issued_date"],
            position=row["position"],
        )
        yield {**row, "person_id": person}
