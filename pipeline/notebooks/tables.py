"""Tables in the Vietnamese manner: days as 31/12/2026, a decimal comma, blank where nothing is known."""

from __future__ import annotations

import html
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipeline.warehouse.opening import open_warehouse

if TYPE_CHECKING:
    import duckdb

_PARAMETER = re.compile(r"\$(\w+)")
_PLACES = ("data/processed/vanban.duckdb", "../data/processed/vanban.duckdb")
# Jupyter and its pages set every table's cells to the right; the marks keep these as they are.
_STYLE = """
table.vanban { border-collapse: collapse; font-size: 13px; margin: 4px 0; }
table.vanban caption { caption-side: bottom; text-align: left; color: #59636e; padding: 4px 0; }
table.vanban th, table.vanban td { text-align: left !important; vertical-align: top !important; padding: 4px 14px 4px 0;
  white-space: normal; max-width: 34em; border-bottom: 1px solid #d1d9e0; background: none; }
table.vanban th { border-bottom: 2px solid #59636e; font-weight: 600; }
table.vanban .number { text-align: right !important; font-variant-numeric: tabular-nums; }
table.vanban td.number, table.vanban td.day { white-space: nowrap; }
"""
FINDINGS = {
    "arrival_stamp": "dấu công văn đến",
    "legacy_font": "phông chữ cũ",
    "low_text_quality": "chữ khó đọc",
    "ocr_repaired": "tên đọc lại lần hai",
    "ocr_unavailable": "máy chưa có bộ nhận dạng chữ",
    "page_unreadable": "trang không đọc được",
    "running_head_removed": "bỏ dòng đầu trang, chân trang",
    "text_layer_replaced": "thay lớp chữ sai của PDF",
    "unread_number": "số viết tay không đọc được",
    "section_gap": "đánh số mục nhảy cóc",
    "draft": "dự thảo",
    "impossible_date": "ngày không có thật",
    "incomplete_date": "thiếu ngày, tháng ban hành",
    "malformed_ref": "số, ký hiệu sai thể thức",
    "missing_number": "không có số",
    "number_from_law_table": "số lấy từ bảng luật",
    "no_issuer": "không rõ cơ quan ban hành",
    "no_signature": "không thấy chữ ký",
    "type_symbol_mismatch": "tên loại không khớp ký hiệu",
    "unclosed_quote": "mở ngoặc kép mà không đóng",
    "unknown_symbol": "ký hiệu lạ",
    "date_conflict": "các nơi ghi ngày khác nhau",
    "future_citation": "viện dẫn văn bản ra sau",
    "issuer_conflict": "các nơi ghi cơ quan khác nhau",
}
"""What an officer calls the kinds of docs/FINDINGS.md; a kind that is not here keeps its own name."""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as a table; `frame` is the pandas DataFrame behind it, with all rows."""

    frame: pd.DataFrame
    limit: int = 15
    empty: str = "Không có dòng nào."

    def __len__(self) -> int:
        return len(self.frame)

    def _repr_html_(self) -> str:
        if self.frame.empty:
            return f"<p>{html.escape(self.empty)}</p>"
        kinds = {name: _kind(column) for name, column in self.frame.items()}
        head = "".join(f'<th class="{kinds[name]}">{html.escape(str(name))}</th>' for name in self.frame)
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td class="{kinds[name]}">{html.escape(written(value))}</td>'
                for name, value in zip(self.frame, row, strict=True)
            )
            + "</tr>"
            for row in self.frame.head(self.limit).itertuples(index=False)
        )
        left = len(self.frame) - self.limit
        note = f"<caption>… và {written(left)} dòng nữa.</caption>" if left > 0 else ""
        body = f"{note}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        return f'<style>{_STYLE}</style><table class="vanban">{body}</table>'

    def __repr__(self) -> str:
        if self.frame.empty:
            return self.empty
        shown = self.frame.head(self.limit).map(written)
        return str(shown.to_string(index=False))


class Warehouse:
    """The warehouse, open for reading, and the choices of a notebook that its queries may name."""

    def __init__(self, path: Path) -> None:
        self.connection = open_warehouse(path)
        self._chosen: dict[str, Any] = {}

    def choose(self, **chosen: Any) -> None:
        """Let `$name` in every later query stand for the value given here."""
        self._chosen.update(chosen)

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Run a statement with the choices it names."""
        named = set(_PARAMETER.findall(sql))
        return self.connection.execute(sql, {name: value for name, value in self._chosen.items() if name in named})

    def frame(self, sql: str) -> pd.DataFrame:
        """The rows of a query as a pandas DataFrame."""
        return self.execute(sql).df()

    def table(self, sql: str, *, limit: int = 15, empty: str = "Không có dòng nào.") -> Table:
        """The rows of a query as a table to read; `empty` is said when there are none."""
        return Table(self.frame(sql), limit, empty)

    def value(self, sql: str) -> Any:
        """The first value of the first row, None when there is no row."""
        row = self.execute(sql).fetchone()
        return row[0] if row else None


def warehouse() -> Warehouse:
    """The warehouse of the project, or the one that the environment variable VANBAN_DB names.

    Raises WarehouseMissing when there is none yet.
    """
    given = os.environ.get("VANBAN_DB")
    places = [Path(given)] if given else [Path(place) for place in _PLACES]
    return Warehouse(next((place for place in places if place.is_file()), places[0]))


def written(value: Any) -> str:
    """A value as an officer writes it."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return "; ".join(map(written, value))
    if pd.isna(value):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (float, np.floating)) and not float(value).is_integer():
        return f"{value:.2f}".rstrip("0").replace(".", ",")
    if isinstance(value, (int, float, np.number)):
        # A year has four digits and is written whole.
        whole = int(value)
        return f"{whole:,}".replace(",", ".") if abs(whole) >= 10_000 else str(whole)
    return str(value)


def _kind(column: pd.Series[Any]) -> str:
    if column.dtype.kind in "iuf":
        return "number"
    return "day" if column.dtype.kind == "M" else "text"
