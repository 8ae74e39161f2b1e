"""What the page shows, read from the warehouse: the text, its outline and blocks, and every mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

from pipeline.warehouse.opening import named_rows
from pipeline.wording import DEADLINE_KIND_NAMES, duration_in_words, recurrence_in_words

Row = Mapping[str, Any]
MarkKind = Literal["header", "citation", "deadline", "signatory", "recipient", "finding"]

KIND_LABELS: Mapping[MarkKind, str] = {
    "citation": "Viện dẫn",
    "deadline": "Thời hạn",
    "signatory": "Người ký",
    "recipient": "Nơi nhận",
    "header": "Thông tin đầu văn bản",
    "finding": "Điểm cần lưu ý",
}
ZONE_LABELS: Mapping[str, str] = {
    "header": "Phần đầu",
    "title": "Tên loại, trích yếu",
    "preamble": "Căn cứ, mở đầu",
    "body": "Nội dung",
    "closing": "Kết thúc",
    "recipients": "Nơi nhận",
    "signature": "Chữ ký",
    "appendix": "Phụ lục",
}
_HEADER_LABELS = {
    "doc_type": "Loại văn bản",
    "ref": "Số, ký hiệu",
    "ref_repaired": "Số, ký hiệu đúng",
    "number": "Số",
    "symbol": "Ký hiệu",
    "issued": "Ngày ban hành",
    "place": "Địa danh",
    "issuer": "Cơ quan ban hành",
    "issuer_parent": "Cơ quan chủ quản",
    "subject": "Trích yếu",
    "urgency": "Độ khẩn",
    "secrecy": "Độ mật",
}
_DATE_PARTS = ("issued_date", "issued_year", "issued_month", "issued_day")
_SEVERITIES = {"info": "thông tin", "warning": "lưu ý", "error": "sai"}
_AUTHORITIES = {"TM": "thay mặt", "KT": "ký thay", "TL": "thừa lệnh", "TUQ": "thừa ủy quyền", "Q": "quyền"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found: what it is, where it stands ([start, end), None for the document as a whole), its fields."""

    mark_id: str
    kind: MarkKind
    start: int | None
    end: int | None
    title: str
    fields: tuple[tuple[str, str], ...]
    confidence: float | None = None
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A zone (level 0) or a labelled section of the outline."""

    level: int
    zone: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A line, paragraph or cell; `box` in points from the page's upper left, None without layout."""

    start: int
    end: int
    page_no: int | None
    box: tuple[float, float, float, float] | None
    column: int
    row: int | None
    bold: bool
    centred: bool


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page: its number, its size in points (None without layout), and whether it was read by OCR."""

    page_no: int
    size: tuple[float, float] | None
    by_ocr: bool


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """One document with everything found in it, marks in reading order."""

    doc_id: str
    source_path: str
    title: str
    text: str
    facts: tuple[tuple[str, str], ...]
    header_confidence: float | None
    headings: tuple[Heading, ...]
    blocks: tuple[PlacedBlock, ...]
    pages: tuple[ShownPage, ...]
    marks: tuple[Mark, ...]


def read_document(db: duckdb.DuckDBPyConnection, doc_id: str) -> ShownDocument:
    """Everything the warehouse holds of a document."""
    (head,) = named_rows(db, "SELECT * FROM documents WHERE doc_id = ?", [doc_id])
    marks = [
        *_header_marks(
            head, named_rows(db, "SELECT * FROM header_evidence WHERE doc_id = ? ORDER BY char_start", [doc_id])
        ),
        *(_citation(i, row) for i, row in enumerate(named_rows(db, _CITATIONS, [doc_id]))),
        *(_deadline(i, row) for i, row in enumerate(named_rows(db, _of("deadlines"), [doc_id]))),
        *(_signatory(i, row) for i, row in enumerate(named_rows(db, _of("signatories"), [doc_id]))),
        *(_recipient(i, row) for i, row in enumerate(named_rows(db, _RECIPIENTS, [doc_id]))),
        *(_finding(i, row) for i, row in enumerate(named_rows(db, _of("findings"), [doc_id]))),
    ]
    told = [head["doc_type"] and str(head["doc_type"]).capitalize(), head["ref_repaired"] or head["ref"]]
    return ShownDocument(
        doc_id=doc_id,
        source_path=head["source_path"],
        title=" ".join(part for part in told if part) or str(head["source_path"]),
        text=head["text"],
        facts=_facts(head, named_rows(db, _SIGNATURES, [doc_id])),
        header_confidence=head["header_confidence"],
        headings=tuple(_heading(row) for row in named_rows(db, _SECTIONS, [doc_id])),
        blocks=tuple(_block(row) for row in named_rows(db, _BLOCKS, [doc_id])),
        pages=tuple(_page(row) for row in named_rows(db, _PAGES, [doc_id])),
        marks=tuple(sorted(marks, key=lambda mark: (mark.start is None, mark.start or 0, mark.mark_id))),
    )


_BLOCKS = "SELECT * FROM blocks WHERE doc_id = ? ORDER BY block_no"
_PAGES = "SELECT * FROM pages WHERE doc_id = ? ORDER BY page_no"
_SIGNATURES = "SELECT signature FROM digital_signatures WHERE doc_id = ? ORDER BY ordinal"
_SECTIONS = "SELECT * FROM sections WHERE doc_id = ? ORDER BY char_start, level"
_CITATIONS = """
SELECT citations.*, instruments.ref AS instrument_ref, instruments.title AS instrument_title,
    instruments.n_citing_documents AS n_citing, held.source_path AS held_path
FROM citations
LEFT JOIN instruments USING (instrument_id)
LEFT JOIN documents AS held ON held.doc_id = instruments.doc_id
WHERE citations.doc_id = ? ORDER BY citations.char_start
"""
_RECIPIENTS = """
SELECT recipients.*, units.name AS unit_name FROM recipients LEFT JOIN units USING (unit_id)
WHERE doc_id = ? ORDER BY ordinal
"""


def _of(table: str) -> str:
    return f"SELECT * FROM {table} WHERE doc_id = ? ORDER BY char_start NULLS LAST"


def _facts(head: Row, signatures: Iterable[Row]) -> tuple[tuple[str, str], ...]:
    facts = [
        (_HEADER_LABELS[name], _issued(head) if name == "issued" else _shown(head[name]))
        for name in _HEADER_LABELS
        if name not in ("number", "symbol")
        if name == "issued" or head[name] is not None
    ]
    media = {"born_digital": "văn bản điện tử", "scanned": "bản quét", "mixed": "vừa điện tử vừa quét"}
    read = f"{head['file_format']}, {media[head['media']]}, {head['n_pages'] or 1} trang"
    if head["ocr_confidence"] is not None:
        read += f", nhận dạng chữ {head['ocr_confidence']:.0%}"
    signed = [("Chữ ký số", _shown(row["signature"])) for row in signatures]
    return tuple((label, value) for label, value in [*facts, *signed, ("Tệp", read)] if value)


def _issued(head: Row) -> str:
    if head["issued_date"] is not None:
        return _shown(head["issued_date"])
    parts = [head["issued_day"], head["issued_month"], head["issued_year"]]
    return "/".join("…" if part is None else f"{part:02d}" for part in parts) if any(parts) else ""


def _header_marks(head: Row, evidence: Iterable[Row]) -> Iterable[Mark]:
    spans: dict[tuple[int, int], list[str]] = {}
    for row in evidence:
        if row["char_start"] is not None:
            spans.setdefault((row["char_start"], row["char_end"]), []).append(row["field"])
    for i, ((start, end), names) in enumerate(spans.items()):
        fields: dict[str, str] = {}
        for name in names:
            label = _HEADER_LABELS.get("issued" if name in _DATE_PARTS else name, name)
            fields[label] = _issued(head) if name in _DATE_PARTS else _shown(head.get(name))
        yield Mark(
            f"h{i}", "header", start, end, ", ".join(fields), _told(*fields.items()), head["header_confidence"],
            bool(head.get("reviewed")),
        )  # fmt: skip


def _citation(at: int, row: Row) -> Mark:
    ref = row["ref_repaired"] or row["ref"]
    same = row["instrument_ref"] or row["instrument_title"]
    fields = _told(
        ("Quan hệ", row["relation"]),
        ("Theo từ", None if row["relation_verb"] == row["relation"] else row["relation_verb"]),
        ("Loại văn bản", row["instrument_type"]),
        ("Số, ký hiệu", row["ref"]),
        ("Số, ký hiệu đúng", row["ref_repaired"]),
        ("Ngày", row["date"] or _partial_date(row)),
        ("Cơ quan ban hành", row["issuer"]),
        ("Cơ quan theo ký hiệu", None if row["issuer"] else row["issuer_inferred"]),
        ("Trích yếu", row["title"]),
        ("Điểm, khoản, điều", row["pinpoint"]),
        ("Có thể là", row["candidates"]),
        ("Văn bản trong kho", same and f"{same} – {row['n_citing']} văn bản viện dẫn"),
        ("Tệp của văn bản đó", row["held_path"]),
    )
    return _mark(f"c{at}", "citation", row, ref or row["quote"], fields)


def _deadline(at: int, row: Row) -> Mark:
    due = row["due_date"] or row["counted_due_date"]
    fields = _told(
        ("Hạn chót", due and _shown(due) + (f" {row['due_time']}" if row["due_time"] else "")),
        ("Dạng", DEADLINE_KIND_NAMES[row["kind"]]),
        ("Lặp lại", row["recurrence"] and recurrence_in_words(row["recurrence"])),
        (
            "Khoảng thời gian",
            row["duration"] and duration_in_words(row["duration"], working_days=bool(row["working_days"])),
        ),
        ("Ai làm", row["responsible"]),
        ("Báo cáo cho", row["report_to"]),
        ("Việc phải làm", row["obligation"]),
    )
    return _mark(f"d{at}", "deadline", row, row["quote"], fields)


def _signatory(at: int, row: Row) -> Mark:
    authority = row["authority"]
    fields = _told(
        ("Họ tên", row["name"]),
        ("Chức vụ", row["position"]),
        ("Quyền hạn ký", authority and f"{authority} ({_AUTHORITIES.get(authority, authority)})"),
        ("Thay cho", row["on_behalf_of"]),
        ("Học hàm, quân hàm", row["honorific"]),
    )
    return _mark(f"s{at}", "signatory", row, row["name"], fields)


def _recipient(at: int, row: Row) -> Mark:
    fields = _told(
        ("Vai trò", row["role"]),
        ("Tên", row["name"]),
        ("Mục đích", row["purpose"]),
        ("Như trên", "có" if row["refers_to_addressees"] else None),
        ("Đơn vị", row["unit_name"]),
    )
    return _mark(f"r{at}", "recipient", row, row["name"], fields)


def _finding(at: int, row: Row) -> Mark:
    fields = _told(("Mức", _SEVERITIES[row["severity"]]), ("Loại", row["kind"]))
    return _mark(f"f{at}", "finding", row, row["message"], fields)


def _mark(mark_id: str, kind: MarkKind, row: Row, title: str, fields: tuple[tuple[str, str], ...]) -> Mark:
    start, end = row["char_start"], row["char_end"]
    if start is None or end is None or end <= start:
        start = end = None
    return Mark(
        mark_id, kind, start, end, " ".join(title.split()), fields, row.get("confidence"), bool(row.get("reviewed"))
    )


def _told(*fields: tuple[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((label, _shown(value)) for label, value in fields if value)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return " ".join(str(value).split())


def _partial_date(row: Row) -> str | None:
    parts = [row["date_day"], row["date_month"], row["date_year"]]
    return "/".join(f"{part:02d}" for part in parts if part is not None) or None


def _heading(row: Row) -> Heading:
    if row["level"] == 0:
        return Heading(0, row["zone"], ZONE_LABELS.get(row["zone"], row["zone"]), row["char_start"], row["char_end"])
    text = ". ".join(part for part in (row["label"], row["title"]) if part)
    return Heading(row["level"], row["zone"] or "body", text, row["char_start"], row["char_end"])


def _block(row: Row) -> PlacedBlock:
    box = (row["box_left"], row["box_top"], row["box_right"], row["box_bottom"])
    return PlacedBlock(
        row["char_start"], row["char_end"], row["page_no"], None if box[0] is None else box,
        row["column_no"] or 0, row["row_no"], bool(row["bold"]), bool(row["centred"]),
    )  # fmt: skip


def _page(row: Row) -> ShownPage:
    size = None if row["width"] is None else (row["width"], row["height"])
    return ShownPage(row["page_no"], size, row["source"] == "ocr")
