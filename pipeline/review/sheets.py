"""Doubtful rows as a workbook or as CSV files that an officer corrects."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.review.corrections import (
    ABOUT,
    AFTER,
    BEFORE,
    CONFIDENCE,
    KEY,
    LINK,
    NOTE,
    PAGE,
    QUOTE,
    REASON,
    SOURCE_PATH,
    VERDICT,
    VERDICTS,
    guarded,
    titles_of,
)
from pipeline.review.doubtful_rows import DoubtfulRow
from pipeline.review.fields import KINDS, SheetKind

_MORE_ROWS = 300  # room for rows that an officer adds, with the same lists to choose from
_LINE_POINTS = 15.0
_MOST_LINES = 10
_WIDTHS = {
    VERDICT: 10, ABOUT: 10, SOURCE_PATH: 22, PAGE: 6, LINK: 9, REASON: 30, CONFIDENCE: 8, BEFORE: 34, QUOTE: 38,
    AFTER: 34, NOTE: 20,
}  # fmt: skip
_NARROW = ("choice", "day", "partial_day", "flag")
_GUIDE = (
    ("Cách soát", ""),
    ("1", "Mỗi dòng là một chỗ chương trình chưa chắc. Cột “Nguyên văn” là chữ trong văn bản, hai cột bên cạnh là chữ "
          "đứng trước và sau; bấm “Mở trang” để xem cả văn bản."),
    ("2", "Đúng hết: chọn “đúng” ở cột “Đúng/sai”."),
    ("3", "Sai một ô (cột nền vàng): sửa thẳng ô đó, chọn “sửa”. Để trống ô nghĩa là văn bản không nêu."),
    ("4", "Không phải một mục thật: chọn “xóa”."),
    ("5", "Thiếu một mục: thêm một dòng ở cuối trang tính (hoặc chép một dòng của cùng văn bản), chọn “thêm”, ghi "
          "“Tệp”, “Nguyên văn” đúng như trong văn bản, và các ô nền vàng."),
    ("6", "Dòng không động đến thì để nguyên: lần sau sẽ hiện lại."),
    ("7", "Ngày ghi 20/4/2024 (hoặc 4/2024, 2024 khi văn bản không ghi đủ). Không sửa cột cuối (đang ẩn)."),
    ("8", "Lưu tệp vào thư mục data/review rồi chạy lại. Xem kết quả từng dòng: vanban review log."),
)  # fmt: skip

Link = Callable[[DoubtfulRow], str | None]


def write_workbook(rows: Sequence[DoubtfulRow], path: Path, link: Link) -> None:
    """One sheet a kind, also of kinds without doubtful rows, so that missing ones can be added."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _Formats(book)
        guide = book.add_worksheet("Hướng dẫn")
        guide.set_column(0, 0, 12)
        guide.set_column(1, 1, 120, formats.words)
        for at, (number, text) in enumerate(_GUIDE):
            guide.write_string(at, 0, number, formats.heading if at == 0 else None)
            guide.write_string(at, 1, text, formats.words)
        for kind in KINDS:
            own = [row for row in rows if row.kind is kind]
            _write_sheet(book.add_worksheet(kind.title), kind, own, formats, link)
        fullest = max(range(len(KINDS)), key=lambda at: sum(row.kind is KINDS[at] for row in rows))
        book.worksheets()[fullest + 1].activate()


def write_csv(rows: Sequence[DoubtfulRow], path: Path, link: Link) -> list[Path]:
    """One file a kind that has rows (`<name>-<kind>.csv`, with BOM: spreadsheets then see UTF-8); returns the paths."""
    written = []
    for kind in KINDS:
        own = [row for row in rows if row.kind is kind]
        if own:
            target = path.with_name(f"{path.stem}-{kind.kind}.csv")
            with target.open("w", encoding="utf-8-sig", newline="") as file:
                out = csv.writer(file, delimiter=";")
                out.writerow(titles_of(kind))
                out.writerows([guarded(cell) for cell in _cells(row, link(row) or "")] for row in own)
            written.append(target)
    return written


class _Formats:
    """The workbook's cell formats. Cells are text: what is typed stays as it is typed."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        text = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self.words = book.add_format(text)
        self.given = book.add_format({**text, "font_color": "#555555"})
        self.quote = book.add_format({**text, "bold": True})
        self.field = book.add_format({**text, "bg_color": "#FFF8DC", "border": 1, "border_color": "#D8CFA8"})
        self.verdict = book.add_format({**text, "bg_color": "#DCEBFF", "border": 1, "border_color": "#A8BBD8"})
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.share = book.add_format({"num_format": "0%", "valign": "top"})
        self.link = book.add_format({"font_color": "#0A4B9C", "underline": 1, "valign": "top"})


def _write_sheet(sheet: Worksheet, kind: SheetKind, rows: Sequence[DoubtfulRow], formats: _Formats, link: Link) -> None:
    titles = titles_of(kind)
    fields = {field.title for field in kind.fields}
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    last = len(rows) + _MORE_ROWS
    widths: dict[str, int] = {}
    for at, title in enumerate(titles):
        field = kind.field(title)
        narrow = field is not None and field.type in _NARROW
        style = formats.field if title in fields else formats.verdict if title == VERDICT else formats.words
        widths[title] = _WIDTHS.get(title, 14 if narrow else 24)
        sheet.set_column(at, at, widths[title], style, {"hidden": title == KEY})
        sheet.write_string(0, at, title, formats.heading)
        choices = list(VERDICTS) if title == VERDICT else list(field.choices) if field and field.choices else None
        if field is not None and field.type == "flag":
            choices = ["có", "không"]
        if choices:
            sheet.data_validation(
                1, at, last, at,
                {"validate": "list", "source": choices, "error_message": "Chọn một giá trị trong danh sách."},
            )  # fmt: skip
    for line, row in enumerate(rows, start=1):
        cells = dict(zip(titles, _cells(row, ""), strict=True))
        sheet.set_row(line, _height(cells, widths))
        for at, title in enumerate(titles):
            if title == LINK:
                target = link(row)
                if target is not None:
                    sheet.write_url(line, at, f"external:{target}", formats.link, "xem")
            elif title == CONFIDENCE and row.confidence is not None:
                sheet.write_number(line, at, row.confidence, formats.share)
            elif title in fields:
                sheet.write_string(line, at, cells[title], formats.field)
            else:
                style = formats.quote if title == QUOTE else formats.verdict if title == VERDICT else formats.given
                sheet.write_string(line, at, cells[title], style)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(titles) - 1)


def _height(cells: dict[str, str], widths: dict[str, int]) -> float:
    """Points that the longest cell of a row needs when it is broken into lines; not every program works that out."""
    lines = max(-(-len(text) // widths[title]) for title, text in cells.items() if title != KEY)
    return _LINE_POINTS * min(max(lines, 1), _MOST_LINES)


def _cells(row: DoubtfulRow, link: str) -> list[str]:
    given = {
        VERDICT: "",
        ABOUT: row.kind.title,
        SOURCE_PATH: row.source_path,
        PAGE: str(row.page_no or ""),
        LINK: link,
        REASON: "; ".join(row.reasons),
        CONFIDENCE: "" if row.confidence is None else f"{row.confidence:.0%}",
        BEFORE: f"… {row.before}" if row.before else "",
        QUOTE: row.quote,
        AFTER: f"{row.after} …" if row.after else "",
        NOTE: "",
        KEY: row.key.as_text(),
        **row.values,
    }
    return [given.get(title, "") for title in titles_of(row.kind)]
