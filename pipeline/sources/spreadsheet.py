"""Reads spreadsheets (.xlsx, .xls, .xlsb, .ods): the tables that come as appendices, sheet by sheet, row by row.

Values stand as they are stored, not as a cell's number format shows them: 0.5 is `0,5`, not `50%`. Formulas give the
value that was saved with them. Blank rows part a sheet into blocks; a block that sets issuer beside quốc hiệu is read
column by column like the same table in a .docx (word_tables.py).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from pipeline.errors import DamagedFile, EncryptedFile, LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.document_text import Line, build_document
from pipeline.sources.source import SourceDocument
from pipeline.sources.word_tables import Cell, read_table
from pipeline.sources.zip_errors import BROKEN_MEMBER

_PIECE = 1 << 20
_MOST_CELLS = 10_000_000
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_PLACE = 32
_RAISE = "nâng giới hạn trong params.yaml nếu tin tệp này"


def read_spreadsheet(path: Path, limits: Limits) -> SourceDocument:
    """Read every visible sheet; each is a page. `file_format` is set by the registry.

    Raises `EncryptedFile`, `DamagedFile`, and `LimitExceeded` when it unpacks to too much or holds too many characters.
    """
    _check_unpacked(path, limits)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
            sheets = [(name, list(_blocks(book.get_sheet_by_name(name), limits))) for name in shown]
    except PasswordError as error:
        raise EncryptedFile(f"{path.name}: bảng tính có mật khẩu", "thêm mật khẩu bằng --passwords") from error
    except (CalamineError, OSError, ValueError) as error:
        raise DamagedFile(f"{path.name}: bảng tính hỏng ({error})", "lấy lại tệp từ nguồn") from error
    filled = [(name, blocks) for name, blocks in sheets if blocks]
    lines = []
    for page, (name, blocks) in enumerate(filled, 1):
        if len(filled) > 1:
            lines.append(Line(name, page))
        for block in blocks:
            lines += read_table([[_cell(at, text, page) for at, text in row] for row in block], bordered=True)
    return build_document(lines, "xlsx", limits)


def _cell(at: int, text: str, page: int) -> Cell:
    return Cell(at, at + 1, (Line(text, page),))


def _blocks(sheet: CalamineSheet, limits: Limits) -> Iterator[list[list[tuple[int, str]]]]:
    """The sheet's rows as (column, text) of cells that hold something, parted at blank rows."""
    block: list[list[tuple[int, str]]] = []
    characters = 0
    for row in sheet.iter_rows():
        cells = [(at, text) for at, value in enumerate(row) if (text := _text(value))]
        characters += sum(len(text) for _, text in cells)
        if characters > limits.characters:
            raise LimitExceeded(f"bảng tính dài hơn giới hạn characters = {limits.characters:,} ký tự", _RAISE)
        if cells:
            block.append(cells)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _text(value: object) -> str:
    """A value as an office would write it: 05/3/2024, 1234, 12,5."""
    match value:
        case bool():
            return "x" if value else ""
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}".replace(".", ",")
        case datetime():
            day = f"{value.day:02}/{value.month:02}/{value.year}"
            return day if value.time() == time() else f"{day} {value:%H:%M}"
        case date():
            return f"{value.day:02}/{value.month:02}/{value.year}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
        case _:
            return str(value).strip()


def _column(letters: bytes) -> int:
    """The number of a column, from 1: A, B … Z, AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_unpacked(path: Path, limits: Limits) -> None:
    """Unpack a zipped workbook to nowhere and count bytes and cells; what its directory claims is not believed.

    The library holds a sheet as one full grid: two cells in opposite corners would cost all between them.
    """
    if not zipfile.is_zipfile(path):
        return
    total = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                is_sheet = info.filename.startswith("xl/worksheets/")
                rest, width, height = b"", 0, 0
                with archive.open(info) as part:
                    while piece := part.read(_PIECE):
                        if is_sheet:
                            places = _CELL.findall(rest + piece)
                            width = max([width, *(_column(letters) for letters, _ in places)])
                            height = max([height, *(int(row) for _, row in places)])
                            rest = piece[-_PLACE:]
                            if width * height > _MOST_CELLS:
                                message = f"{path.name}: trang tính trải trên hơn {_MOST_CELLS:,} ô"
                                raise LimitExceeded(message, "xóa các ô lạc ở xa bảng rồi lưu lại")
                        total += len(piece)
                        if total > limits.unpacked_bytes:
                            message = f"{path.name}: giải nén quá giới hạn unpacked_bytes = {limits.unpacked_bytes:,}"
                            raise LimitExceeded(message, _RAISE)
    except BROKEN_MEMBER as error:
        raise DamagedFile(f"{path.name}: gói bảng tính hỏng ({error})", "lấy lại tệp từ nguồn") from error
