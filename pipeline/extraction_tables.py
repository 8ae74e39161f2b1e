"""What one file yields, as tables for a reader of Vietnamese and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extractors.reading import tidy
from extractors.records import Deadline, Extraction
from pipeline.wording import duration_in_words, recurrence_in_words

_HEADER_LABELS = (
    ("doc_type", "Loại văn bản"),
    ("ref", "Số, ký hiệu"),
    ("ref_repaired", "Số, ký hiệu đã sửa"),
    ("place", "Địa danh"),
    ("issuer", "Cơ quan ban hành"),
    ("issuer_parent", "Cơ quan chủ quản"),
    ("subject", "Trích yếu"),
    ("urgency", "Độ khẩn"),
    ("secrecy", "Độ mật"),
)
_SEVERITIES = {"info": "thông tin", "warning": "lưu ý", "error": "sai"}


def as_json(name: str, found: Extraction, source: dict[str, Any]) -> dict[str, Any]:
    """One file as plain values: its source's facts, its text and every record with its span."""
    return {"source_path": name, **source, **asdict(found)}


def print_extraction(name: str, text: str, found: Extraction, console: Console) -> None:
    """One file as tables: header, outline, citations, deadlines, signatories, recipients, findings."""
    console.rule(escape(name), align="left")
    header = _table("Văn bản", "Trường", "Giá trị")
    for field, label in _HEADER_LABELS:
        value = getattr(found.header, field)
        if value is not None:
            header.add_row(label, escape(value))
    if day := _issued(found):
        header.add_row("Ngày ban hành", day)
    console.print(header)
    _print_rows(
        console,
        _table("Bố cục", "Mục", "Tiêu đề", "Vai trò"),
        [("  " * (s.level - 1) + s.label, s.title or "", s.role or "") for s in found.sections if s.label is not None],
    )
    _print_rows(
        console,
        _table("Văn bản được viện dẫn", "Quan hệ", "Viện dẫn", "Điều khoản", "Trích yếu", "Tin cậy"),
        [(c.relation, tidy(c.quote), c.pinpoint or "", c.title or "", f"{c.confidence:.2f}") for c in found.citations],
    )
    _print_rows(
        console,
        _table("Thời hạn", "Thời hạn", "Hạn cuối", "Chu kỳ, thời gian", "Ai làm", "Báo cáo ai", "Tin cậy"),
        [
            (
                tidy(d.quote),
                _day(d.due_date or d.counted_due_date),
                _how_often_or_long(d),
                d.responsible or "",
                d.report_to or "",
                f"{d.confidence:.2f}",
            )
            for d in found.deadlines
        ],
    )
    _print_rows(
        console,
        _table("Người ký", "Họ tên", "Chức vụ", "Quyền hạn", "Thay mặt"),
        [(s.name, s.position or "", s.authority or "", s.on_behalf_of or "") for s in found.signatories],
    )
    _print_rows(
        console,
        _table("Nơi nhận", "Vai trò", "Tên", "Mục đích"),
        [(r.role, r.name, r.purpose or "") for r in found.recipients],
    )
    _print_rows(
        console,
        _table("Điểm cần lưu ý", "Mức", "Nội dung", "Chỗ trong văn bản"),
        [
            (
                _SEVERITIES[f.severity],
                f.message,
                "" if f.start is None or f.end is None else tidy(text[f.start : f.end])[:60],
            )
            for f in found.findings
        ],
    )


def _issued(found: Extraction) -> str:
    header = found.header
    parts = [
        f"{part:0{width}d}" if part is not None else "…"
        for part, width in ((header.issued_day, 2), (header.issued_month, 2), (header.issued_year, 4))
    ]
    return "" if header.issued_year is None else "/".join(parts)


def _how_often_or_long(deadline: Deadline) -> str:
    if deadline.recurrence:
        return recurrence_in_words(deadline.recurrence)
    return duration_in_words(deadline.duration, working_days=bool(deadline.working_days)) if deadline.duration else ""


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _print_rows(console: Console, table: Table, rows: list[tuple[str, ...]]) -> None:
    if rows:
        for row in rows:
            table.add_row(*(escape(cell) for cell in row))
        console.print(table)
