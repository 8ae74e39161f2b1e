"""Corrected sheets → corrections. Reads .xlsx, .xls, .ods and .csv (any delimiter, with or without BOM).

A sheet is known by its titles, so columns may be moved and others added. A row counts when its verdict says so, or when
a cell was changed; rows nobody touched are passed over.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal

from python_calamine import CalamineError, CalamineWorkbook

from pipeline.review.fields import KINDS, SheetKind, kind_titled, same, tidy

Verdict = Literal["đúng", "sửa", "xóa", "thêm"]
VERDICTS: tuple[Verdict, ...] = ("đúng", "sửa", "xóa", "thêm")

VERDICT, ABOUT, SOURCE_PATH, PAGE, REASON, CONFIDENCE = (
    "Đúng/sai", "Loại mục", "Tệp", "Trang", "Vì sao cần soát", "Độ tin cậy",
)  # fmt: skip
BEFORE, QUOTE, AFTER = "Chữ đứng trước", "Nguyên văn", "Chữ đứng sau"
LINK, NOTE, KEY = "Mở trang", "Ghi chú", "Khóa (không sửa)"

_SPELLINGS = {"xoá": "xóa", "d": "đúng", "đ": "đúng", "s": "sửa", "x": "xóa", "t": "thêm", "sai": "sửa"}
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_TITLE_ROWS = 5


@dataclass(frozen=True, slots=True)
class SheetKey:
    """What a row was about when it was written out: its document, its place, and every value."""

    doc_id: str
    start: int | None
    end: int | None
    quote: str
    values: dict[str, str]

    def as_text(self) -> str:
        """For the sheet's last column."""
        return json.dumps([self.doc_id, self.start, self.end, self.quote, self.values], ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> SheetKey:
        """The key that `text` holds; ValueError when it was changed."""
        try:
            doc_id, start, end, quote, values = json.loads(text)
            return cls(str(doc_id), start, end, str(quote), {str(k): str(v) for k, v in values.items()})
        except (ValueError, TypeError, AttributeError) as error:
            raise ValueError("cột khóa đã bị sửa; xuất lại bảng rồi chép kết luận sang") from error


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of a corrected sheet. `edited` are the cells (title → text) that are not what was written out."""

    file: str
    row_no: int
    kind: SheetKind
    verdict: Verdict
    key: SheetKey | None
    source_path: str
    page_no: int | None
    before: str
    quote: str
    after: str
    edited: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row, or a file (row 0), that cannot be read as a correction, and why (in Vietnamese)."""

    file: str
    row_no: int
    message: str


def read_corrections(folder: Path) -> tuple[list[Correction], list[Unusable]]:
    """Every correction in the sheets of `folder`, by file name and row; nothing when there is no such folder."""
    corrections: list[Correction] = []
    unusable: list[Unusable] = []
    for path in sheets_in(folder):
        for found in read_sheets(path):
            (corrections if isinstance(found, Correction) else unusable).append(found)  # type: ignore[arg-type]
    return corrections, unusable


def sheets_in(folder: Path) -> list[Path]:
    """The sheets of a folder, by name; a spreadsheet's lock files (`~$…`, `.~lock…`) are none."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in (*_WORKBOOKS, ".csv") and not path.name.startswith(("~$", "."))
    )


def read_sheets(path: Path) -> Iterator[Correction | Unusable]:
    """The corrections of one file."""
    found = False
    try:
        for name, rows in _tables(path):
            titles_at = next(
                (i for i, row in enumerate(rows[:_TITLE_ROWS]) if VERDICT in row and SOURCE_PATH in row), None
            )
            if titles_at is None:
                continue
            found = True
            titles = [tidy(title) for title in rows[titles_at]]
            for row_no, row in enumerate(rows[titles_at + 1 :], start=titles_at + 2):
                cells = dict(zip(titles, row, strict=False))
                if any(cells.values()):
                    yield from _correction(path.name, row_no, cells, name)
    except (CalamineError, OSError, UnicodeDecodeError, csv.Error) as error:
        yield Unusable(path.name, 0, f"không đọc được tệp ({error}); mở và lưu lại dưới dạng .xlsx")
        return
    if not found:
        yield Unusable(path.name, 0, f"không có bảng soát nào (thiếu cột “{VERDICT}”, “{SOURCE_PATH}”)")


def _correction(file: str, row_no: int, cells: dict[str, str], sheet: str) -> Iterable[Correction | Unusable]:
    try:
        made = _of_cells(file, row_no, cells, sheet)
    except ValueError as error:
        return [Unusable(file, row_no, str(error))]
    return [] if made is None else [made]


def _of_cells(file: str, row_no: int, cells: dict[str, str], sheet: str) -> Correction | None:
    """The correction of a row; None for one that nobody touched."""
    kind = kind_titled(cells.get(ABOUT, "") or sheet)
    if kind is None:
        raise ValueError(f"“{ABOUT}” phải là một trong: {', '.join(kind.title for kind in KINDS)}")
    said = tidy(cells.get(VERDICT, "")).lower()
    said = _SPELLINGS.get(said, said)
    verdict = next((verdict for verdict in VERDICTS if verdict == said), None)
    if said and verdict is None:
        raise ValueError(f"“{VERDICT}” chỉ nhận: {', '.join(VERDICTS)}; không phải “{said}”")
    key = SheetKey.of_text(cells[KEY]) if cells.get(KEY) else None
    if key is None and verdict in ("đúng", "sửa", "xóa"):
        raise ValueError(f"dòng không có khóa chỉ có thể là “thêm”, không phải “{verdict}”")
    known = {} if key is None else key.values
    edited = {
        field.title: cells[field.title]
        for field in kind.fields
        if field.title in cells and not same(field, cells[field.title], known.get(field.title, ""))
    }
    quote = tidy(cells.get(QUOTE, ""))
    if key is not None and QUOTE in cells and quote != tidy(key.quote):
        edited[QUOTE] = quote
    if verdict is None:
        if not edited:
            return None
        verdict = "thêm" if key is None else "sửa"
    if verdict == "thêm":
        edited = {field.title: cells.get(field.title, "") for field in kind.fields}
    page = cells.get(PAGE, "").partition(".")[0]
    return Correction(
        file, row_no, kind, verdict, key, cells.get(SOURCE_PATH, ""), int(page) if page.isdigit() else None,
        cells.get(BEFORE, ""), quote, cells.get(AFTER, ""), edited,
    )  # fmt: skip


def _tables(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Name and rows of each sheet of a file, cells as text."""
    if path.suffix.lower() == ".csv":
        yield path.stem, [[_without_guard(tidy(cell)) for cell in row] for row in _csv_rows(path)]
        return
    with CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield name, [[_cell(value) for value in row] for row in rows]


def _csv_rows(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    heading = text.partition("\n")[0]
    delimiter = max(";,\t", key=heading.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _without_guard(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@") else cell


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value)) if value is not None else ""


def titles_of(kind: SheetKind) -> Sequence[str]:
    """The titles of a kind's sheet, in order."""
    fields = [field.title for field in kind.fields]
    place = [] if kind.kind == "headers" else [BEFORE, QUOTE, AFTER]
    return [VERDICT, ABOUT, SOURCE_PATH, PAGE, LINK, REASON, CONFIDENCE, *place, *fields, NOTE, KEY]
