"""What can be corrected: the kinds of rows, their fields, and how a field is written on a sheet and read from one."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from extractors.refs import parse_ref
from pipeline.warehouse.tables import table
from pipeline.wording import DEADLINE_KIND_NAMES

Row = Mapping[str, Any]
Kind = Literal["headers", "citations", "deadlines", "signatories", "recipients"]
FieldType = Literal["text", "day", "partial_day", "flag", "choice", "ref"]

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?:\s+00?:00(?::00)?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR = re.compile(r"(\d{4})")
_FLAGS = {"có": True, "không": False, "true": True, "false": False, "1": True, "0": False, "x": True, "": None}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a row: its column, its title on the sheet, its type.

    A `choice` is one of the values that the column has in the warehouse's `table`, shown under officers' `names`. A
    `partial_day` fills `<column>` (or `<column>_date`) and the parts beside it; a `ref` also number and symbol.
    """

    column: str
    title: str
    type: FieldType = "text"
    table: str = ""
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def choices(self) -> tuple[str, ...]:
        """What a `choice` may hold, as officers read it."""
        return tuple(self.names.get(value, value) for value in self._values())

    def chosen(self, text: str) -> str | None:
        """The value that a cell chooses, by its own word or the officers'; None when it is none of them."""
        return next((v for v in self._values() if text.lower() in (v.lower(), self.names.get(v, v).lower())), None)

    def _values(self) -> tuple[str, ...]:
        return table(self.table).column(self.column).values if self.table else ()


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of rows: its table between the stages, the name of its sheet, its fields in the order of the columns."""

    kind: Kind
    title: str
    fields: tuple[Field, ...]

    def field(self, title: str) -> Field | None:
        """The field under a title."""
        return next((field for field in self.fields if field.title == title), None)


KINDS: tuple[SheetKind, ...] = (
    SheetKind(
        "headers",
        "Văn bản",
        (
            Field("doc_type", "Loại văn bản"),
            Field("ref", "Số, ký hiệu (như viết)", "ref"),
            Field("ref_repaired", "Số, ký hiệu (đúng)"),
            Field("issued", "Ngày ban hành", "partial_day"),
            Field("place", "Địa danh"),
            Field("issuer", "Cơ quan ban hành"),
            Field("issuer_parent", "Cơ quan chủ quản"),
            Field("subject", "Trích yếu"),
            Field("urgency", "Độ khẩn", "choice", "documents"),
            Field("secrecy", "Độ mật", "choice", "documents"),
        ),
    ),
    SheetKind(
        "citations",
        "Viện dẫn",
        (
            Field("relation", "Quan hệ", "choice", "citations"),
            Field("instrument_type", "Loại văn bản"),
            Field("ref", "Số, ký hiệu (như viết)", "ref"),
            Field("ref_repaired", "Số, ký hiệu (đúng)"),
            Field("date", "Ngày của văn bản", "partial_day"),
            Field("issuer", "Cơ quan ban hành"),
            Field("title", "Trích yếu"),
            Field("pinpoint", "Điểm, khoản, điều"),
        ),
    ),
    SheetKind(
        "deadlines",
        "Thời hạn",
        (
            Field("kind", "Dạng", "choice", "deadlines", DEADLINE_KIND_NAMES),
            Field("due_date", "Hạn chót", "day"),
            Field("due_time", "Giờ"),
            Field("qualifier", "Từ chỉ hạn"),
            Field("recurrence", "Lặp lại (RRULE)"),
            Field("duration", "Khoảng thời gian (ISO)"),
            Field("working_days", "Ngày làm việc", "flag"),
            Field("responsible", "Ai làm"),
            Field("report_to", "Báo cáo cho"),
            Field("obligation", "Việc phải làm"),
        ),
    ),
    SheetKind(
        "signatories",
        "Người ký",
        (
            Field("name", "Họ tên"),
            Field("position", "Chức vụ"),
            Field("authority", "Quyền hạn ký", "choice", "signatories"),
            Field("on_behalf_of", "Thay cho"),
            Field("honorific", "Học hàm, quân hàm"),
        ),
    ),
    SheetKind(
        "recipients",
        "Nơi nhận",
        (
            Field("role", "Vai trò", "choice", "recipients"),
            Field("name", "Tên nơi nhận"),
            Field("purpose", "Mục đích"),
            Field("refers_to_addressees", "Như trên", "flag"),
        ),
    ),
)


def kind_titled(title: str) -> SheetKind | None:
    """The kind of rows whose sheet has this name."""
    return next((kind for kind in KINDS if kind.title == title), None)


def tidy(text: str) -> str:
    """NFC, one blank between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def shown(field: Field, row: Row) -> str:
    """The field of a row as it stands on a sheet."""
    if field.type == "partial_day":
        whole, *parts = (row.get(name) for name in _day_columns(field))
        if whole is not None:
            return f"{whole:%d/%m/%Y}"
        year, month, day = parts
        if year is None:
            return ""
        if month is None:
            return f"{year:04d}"
        return f"{month:02d}/{year:04d}" if day is None else f"{day:02d}/{month:02d}/{year:04d}"
    value = row.get(field.column)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return field.names.get(value, tidy(str(value)))


def same(field: Field, left: str, right: str) -> bool:
    """Whether two cells say the same, also when a spreadsheet has changed how a date, number or flag is written."""
    left, right = tidy(left), tidy(right)
    if left == right:
        return True
    if field.type in ("day", "partial_day"):
        return bool(_readings(left) & _readings(right))
    if field.type == "flag":
        return _FLAGS.get(left.lower(), left) == _FLAGS.get(right.lower(), right)
    if left.isdigit() and right.isdigit():
        return left.lstrip("0") == right.lstrip("0")
    return False


def _readings(text: str) -> set[date]:
    """Every day a cell may mean: day first, month first, year first."""
    found = set()
    if told := _DAY.fullmatch(text):
        first, second, year = map(int, told.groups())
        found = {_day(year, second, first), _day(year, first, second)}
    elif told := _ISO.fullmatch(text):
        year, first, second = map(int, told.groups())
        found = {_day(year, first, second), _day(year, second, first)}
    return {day for day in found if day is not None}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def columns_of(field: Field, text: str) -> dict[str, object]:
    """The columns that a cell fills.

    Raises ValueError, with a message in Vietnamese, when it is not of the field's type.
    """
    text = tidy(text)
    if field.type == "partial_day":
        return dict(zip(_day_columns(field), _partial_day(field, text), strict=True))
    if not text:
        if field.type == "ref":
            return {field.column: None, "number": None, "symbol": None}
        return {field.column: None}
    if field.type == "day":
        whole = _partial_day(field, text)[0]
        if whole is None:
            raise ValueError(f"“{field.title}” phải là ngày đủ dạng 20/4/2024, không phải “{text}”")
        return {field.column: whole}
    if field.type == "flag":
        if text.lower() not in _FLAGS:
            raise ValueError(f"“{field.title}” chỉ nhận có hoặc không, không phải “{text}”")
        return {field.column: _FLAGS[text.lower()]}
    if field.type == "choice":
        chosen = field.chosen(text)
        if chosen is None:
            raise ValueError(f"“{field.title}” không nhận “{text}”; chọn: {', '.join(field.choices)}")
        return {field.column: chosen}
    if field.type == "ref":
        found = parse_ref(text)
        if found is None:
            return {field.column: text, "number": text if text.isdigit() else None, "symbol": None}
        return {field.column: found.ref, "number": found.number, "symbol": found.symbol}
    return {field.column: text}


def _day_columns(field: Field) -> tuple[str, str, str, str]:
    whole = "issued_date" if field.column == "issued" else field.column
    return whole, f"{field.column}_year", f"{field.column}_month", f"{field.column}_day"


def _partial_day(field: Field, text: str) -> tuple[date | None, int | None, int | None, int | None]:
    if not text:
        return None, None, None, None
    if told := _DAY.fullmatch(text):
        day, month, year = map(int, told.groups())
    elif told := _ISO.fullmatch(text):
        year, month, day = map(int, told.groups())
    elif told := _MONTH.fullmatch(text):
        month, year = map(int, told.groups())
        if 1 <= month <= 12:
            return None, year, month, None
        raise ValueError(f"“{field.title}”: không có tháng {month}")
    elif told := _YEAR.fullmatch(text):
        return None, int(text), None, None
    else:
        raise ValueError(f"“{field.title}” phải có dạng 20/4/2024, 4/2024 hoặc 2024, không phải “{text}”")
    whole = _day(year, month, day)
    if whole is None:
        raise ValueError(f"“{field.title}”: không có ngày {text}")
    return whole, year, month, day
