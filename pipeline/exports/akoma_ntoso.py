"""Documents as Akoma Ntoso 3.0 XML (LegalDocML): the text with each citation as a <ref> to the cited work's IRI.

IRIs follow the Akoma Ntoso Naming Convention 1.0: /akn/vn/<doctype>/<subtype>/<actor>/<date>/<number>, in small letters
without marks; `act` for legal normative documents (laws, decrees, circulars: number/year/type), `doc` for all others.
A cited work without a year has no IRI; its words are marked as <inline name="citation">.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from lxml import etree

from extractors.text.letters import bare
from pipeline.warehouse.opening import named_rows

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_SOURCE = "#vanban"
_LAWS = frozenset({"luật", "bộ luật", "hiến pháp", "pháp lệnh"})
_NORMATIVE_REF = re.compile(r"\d+[a-zđ]?/\d{4}/\S+|\d+/\S+/QH\d*", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PINPOINT = re.compile(r"(điểm|khoản|điều|chương|mục)\s+(\w+)", re.IGNORECASE)
_EID = {"điểm": "point", "khoản": "para", "điều": "art", "chương": "chp", "mục": "sec"}
_MODIFYING = frozenset({"sửa đổi", "bổ sung", "thay thế", "bãi bỏ"})
_DOCUMENTS = """
SELECT doc_id, text, doc_type, ref, ref_repaired, issued_date, issued_year, issuer, subject
FROM documents WHERE $only IS NULL OR list_contains($only, doc_id) ORDER BY doc_id
"""
_CITATIONS = """
SELECT citations.char_start, citations.char_end, citations.relation, citations.pinpoint, citations.quote,
    coalesce(instruments.ref, citations.ref_repaired, citations.ref) AS ref,
    coalesce(instruments.instrument_type, citations.instrument_type) AS type,
    coalesce(instruments.date, citations.date) AS date,
    coalesce(instruments.year, citations.date_year) AS year,
    coalesce(instruments.issuer, units.name, citations.issuer, citations.issuer_inferred) AS issuer,
    coalesce(instruments.title, citations.title) AS title
FROM citations
LEFT JOIN instruments USING (instrument_id)
LEFT JOIN units ON units.unit_id = coalesce(instruments.issuer_unit_id, citations.issuer_unit_id)
WHERE citations.doc_id = ? AND citations.char_start IS NOT NULL ORDER BY citations.char_start
"""


@dataclass(frozen=True, slots=True)
class Work:
    """A document as the naming convention sees it."""

    type: str | None
    ref: str | None
    issued: date | int | None
    issuer: str | None
    title: str | None = None

    @property
    def iri(self) -> str | None:
        """Its work-level IRI; None without a year."""
        if self.issued is None:
            return None
        number = _named(self.ref or self.title)
        parts = (self.doctype, _named(self.type), _named(self.issuer), str(self.issued), number)
        return "/akn/vn/" + "/".join(part for part in parts if part)

    @property
    def doctype(self) -> str:
        """`act` for what makes law, `doc` for the rest."""
        normative = (self.type or "") in _LAWS or _NORMATIVE_REF.fullmatch(self.ref or "") is not None
        return "act" if normative else "doc"


def write_akoma_ntoso(db: duckdb.DuckDBPyConnection, folder: Path, only: Sequence[str] | None = None) -> int:
    """Write one file a document, `<beginning of doc_id>.xml`; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = named_rows(db, _DOCUMENTS, {"only": None if only is None else list(only)})
    for document in documents:
        tree = document_tree(document, named_rows(db, _CITATIONS, [document["doc_id"]]))
        path = folder / f"{document['doc_id'][:20]}.xml"
        tree.write(path, encoding="utf-8", xml_declaration=True, pretty_print=False)
    return len(documents)


def document_tree(document: Mapping[str, Any], citations: Sequence[Mapping[str, Any]]) -> Any:
    """A row of documents and its citations as an Akoma Ntoso tree."""
    work = Work(
        document["doc_type"],
        document["ref_repaired"] or document["ref"],
        document["issued_date"] or document["issued_year"],
        document["issuer"],
    )
    iri = work.iri or f"/akn/vn/doc/{document['doc_id'][:20]}"
    root = etree.Element(_tag("akomaNtoso"), nsmap={None: NAMESPACE})
    main = _child(root, "doc", name=_named(work.type) or "van-ban")
    meta = _child(main, "meta")
    _identification(meta, work, iri, document["doc_id"])
    _references(meta, work, citations)
    if document["subject"]:
        preface = _child(main, "preface")
        title = _child(_child(preface, "p"), "docTitle")
        title.text = _clean(document["subject"])
    body = _child(main, "mainBody")
    for line, spans in _lines(document["text"], citations):
        _paragraph(_child(body, "p"), line, spans)
    return root.getroottree()


def _identification(meta: Any, work: Work, iri: str, doc_id: str) -> None:
    identification = _child(meta, "identification", source=_SOURCE)
    day = work.issued.isoformat() if isinstance(work.issued, date) else f"{work.issued or 1}".zfill(4) + "-01-01"
    expression, manifestation = f"{iri}/vie@", f"{iri}/vie@.xml"
    for level, own in (("FRBRWork", iri), ("FRBRExpression", expression), ("FRBRManifestation", manifestation)):
        part = _child(identification, level)
        this = f"{expression}/!main.xml" if level == "FRBRManifestation" else f"{own}/!main"
        _child(part, "FRBRthis", value=this)
        _child(part, "FRBRuri", value=own)
        _child(part, "FRBRdate", date=day, name="ban hành" if level == "FRBRWork" else "tạo tệp")
        _child(part, "FRBRauthor", href="#issuer" if level == "FRBRWork" else _SOURCE)
        if level == "FRBRWork":
            _child(part, "FRBRcountry", value="vn")
            if work.type:
                _child(part, "FRBRsubtype", value=_named(work.type))
            if work.ref:
                _child(part, "FRBRnumber", value=work.ref)
        elif level == "FRBRExpression":
            _child(part, "FRBRlanguage", language="vie")
        else:
            _child(part, "FRBRformat", value="application/akn+xml")
    identification.append(etree.Comment(f" vanban doc_id {doc_id} "))


def _references(meta: Any, work: Work, citations: Sequence[Mapping[str, Any]]) -> None:
    references = _child(meta, "references", source=_SOURCE)
    modified: dict[str, str] = {}
    for citation in citations:
        iri = _cited(citation).iri
        if iri is not None and citation["relation"] in _MODIFYING:
            modified.setdefault(iri, _clean(citation["ref"] or citation["title"] or citation["quote"]))
    for at, (iri, shown) in enumerate(modified.items(), start=1):
        _child(references, "activeRef", eId=f"ref_{at}", href=iri, showAs=shown)
    issuer = _clean(work.issuer or "không rõ")
    actor = _named(work.issuer) or "khong-ro"
    _child(references, "TLCOrganization", eId="issuer", href=f"/akn/ontology/organization/vn/{actor}", showAs=issuer)
    _child(references, "TLCOrganization", eId="vanban", href="/akn/ontology/organization/vn/vanban", showAs="vanban")


def _cited(citation: Mapping[str, Any]) -> Work:
    return Work(
        citation["type"], citation["ref"], citation["date"] or citation["year"], citation["issuer"], citation["title"]
    )


def portion(pinpoint: str | None) -> str:
    """`điểm a khoản 2 Điều 5` → `/~art_5__para_2__point_a`; "" for none."""
    parts = [(_EID[word.lower()], bare(name.lower())) for word, name in _PINPOINT.findall(pinpoint or "")]
    order = ["chp", "sec", "art", "para", "point"]
    parts.sort(key=lambda part: order.index(part[0]))
    return "/~" + "__".join(f"{kind}_{name}" for kind, name in parts) if parts else ""


def _lines(
    text: str, citations: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, list[tuple[int, int, Mapping[str, Any]]]]]:
    """Each line that holds words, with the citations that begin on it (offsets in the line, none overlapping)."""
    waiting = iter(citations)
    ahead = next(waiting, None)
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        spans: list[tuple[int, int, Mapping[str, Any]]] = []
        while ahead is not None and ahead["char_start"] < end:
            start = ahead["char_start"] - at
            if start >= (spans[-1][1] if spans else 0):
                spans.append((start, min(ahead["char_end"], end) - at, ahead))
            ahead = next(waiting, None)
        if line.strip():
            yield line, spans
        at = end + 1


def _paragraph(paragraph: Any, line: str, spans: Sequence[tuple[int, int, Mapping[str, Any]]]) -> None:
    paragraph.text = _clean(line[: spans[0][0]] if spans else line)
    for at, (start, end, citation) in enumerate(spans):
        iri = _cited(citation).iri
        if iri is None:
            element = _child(paragraph, "inline", name="citation")
        else:
            element = _child(paragraph, "ref", href=iri + portion(citation["pinpoint"]))
        element.text = _clean(line[start:end])
        element.tail = _clean(line[end : spans[at + 1][0]] if at + 1 < len(spans) else line[end:])


def _named(words: str | None) -> str:
    """`words` as part of an IRI: small letters without marks, everything else a hyphen."""
    return _NOT_IN_NAMES.sub("-", bare((words or "").lower())).strip("-")


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _child(parent: Any, tag: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, _tag(tag), {name: _clean(value) for name, value in attributes.items()})
