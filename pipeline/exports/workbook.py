"""The warehouse as one Excel workbook, a sheet a table; nothing in it is ever a formula."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
LEFT_OUT = ("blocks", "pages", "header_evidence", "edges", "divisions", "division_changes")
"""Places in the text, what views tell better, and the divisions of the whole country; they are in the Parquet."""

_CONTENTS = "Mục lục"
_FIRST_DAY = date(1900, 3, 1)  # Excel believes in 29/02/1900; days before are written as words
_BATCH = 5_000
_WIDTHS = {"VARCHAR": 24, "DATE": 12, "DOUBLE": 10, "INTEGER": 9, "BIGINT": 9, "BOOLEAN": 9}


@dataclass(frozen=True, slots=True)
class WrittenWorkbook:
    """Rows a sheet, and how many cells were longer than Excel can hold."""

    rows: dict[str, int]
    cut: int


def write_workbook(
    db: duckdb.DuckDBPyConnection, path: Path, tables: Sequence[str], most_rows: int = MOST_ROWS
) -> WrittenWorkbook:
    """Write `tables`, each on a sheet of its name, on several (`name 2`) where it has more rows than a sheet."""
    comments = {
        str(name): str(comment or "")
        for name, comment in db.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
    }
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    written: dict[str, int] = {}
    cut = 0
    with xlsxwriter.Workbook(path, options) as book:
        sheets = _Sheets(book, most_rows)
        contents = book.add_worksheet(_CONTENTS)
        for table in tables:
            answer = db.execute(f"SELECT * FROM {table}")
            columns = [(str(column[0]), str(column[1])) for column in answer.description or ()]
            count = 0
            for count, row in enumerate(_rows(answer), start=1):
                cut += sheets.write(table, columns, count - 1, row)
            if count == 0:
                sheets.open(table, columns, 0)
            written[table] = count
        sheets.close()
        contents.set_column(0, 0, 20)
        contents.set_column(1, 1, 10)
        contents.set_column(2, 2, 110)
        for at, heading in enumerate(("Bảng", "Số dòng", "Nội dung")):
            contents.write_string(0, at, heading, sheets.heading)
        for at, (table, count) in enumerate(written.items(), start=1):
            contents.write_string(at, 0, table)
            contents.write_number(at, 1, count)
            contents.write_string(at, 2, comments.get(table, ""))
        if cut:
            contents.write_string(
                len(written) + 2, 2, f"{cut} ô dài hơn mức Excel cho phép đã bị cắt (kết thúc bằng …)."
            )
    return WrittenWorkbook(written, cut)


def _rows(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := answer.fetchmany(_BATCH):
        yield from batch


class _Sheets:
    """Writes rows to the sheet they belong on."""

    def __init__(self, book: xlsxwriter.Workbook, most_rows: int) -> None:
        self._book = book
        self._most = most_rows - 1
        self._sheet: Worksheet | None = None
        self._last = 0
        self._width = 0
        self._day: Format = book.add_format({"num_format": "dd/mm/yyyy"})
        self._moment: Format = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self.heading: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})

    def open(self, table: str, columns: Sequence[tuple[str, str]], part: int) -> Worksheet:
        """Begin a sheet with its headings."""
        self.close()
        sheet: Worksheet = self._book.add_worksheet(table if part == 0 else f"{table} {part + 1}")
        sheet.freeze_panes(1, 1)
        for at, (name, kind) in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS.get(kind, 14))
            sheet.write_string(0, at, name, self.heading)
        self._sheet, self._last, self._width = sheet, 0, len(columns)
        return sheet

    def write(self, table: str, columns: Sequence[tuple[str, str]], at: int, row: Sequence[Any]) -> int:
        """Write row number `at` of a table; returns how many of its cells had to be cut."""
        part, line = divmod(at, self._most)
        sheet = self._sheet if line and self._sheet is not None else self.open(table, columns, part)
        self._last = line + 1
        return sum(self._cell(sheet, line + 1, column, value) for column, value in enumerate(row))

    def close(self) -> None:
        """End the open sheet."""
        if self._sheet is not None and self._width:
            self._sheet.autofilter(0, 0, self._last, self._width - 1)
        self._sheet = None

    def _cell(self, sheet: Worksheet, line: int, column: int, value: Any) -> bool:
        if value is None:
            return False
        if isinstance(value, bool):
            sheet.write_boolean(line, column, value)
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(line, column, value)
        elif isinstance(value, datetime) and value.date() >= _FIRST_DAY:
            sheet.write_datetime(line, column, value.replace(tzinfo=None), self._moment)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
            sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), self._day)
        else:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            long = len(text) > LONGEST_CELL
            sheet.write_string(line, column, text[: LONGEST_CELL - 1] + "…" if long else text)
            return long
        return False
