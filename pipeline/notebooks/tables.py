"""Tables in the Vietnamese manner: days as 31/12/2026, a decimal comma, blank where nothing is known."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipeline.warehouse.opening import open_warehouse

if TYPE_CHECKING:
    import duckdb

_PLACES = ("data/processed/vanban.duckdb", "../data/processed/vanban.duckdb")
_STYLE = """
.vanban { border-collapse: collapse; font-size: 13px; margin: 4px 0; }
.vanban caption { caption-side: bottom; text-align: left; color: #59636e; padding: 4px 0; }
.vanban th, .vanban td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; white-space: normal;
  max-width: 34em; border-bottom: 1px solid #d1d9e0; }
.vanban th { border-bottom: 2px solid #59636e; font-weight: 600; }
.vanban .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.vanban .day { white-space: nowrap; }
"""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as a table; `frame` is the pandas DataFrame behind it, with all rows."""

    frame: pd.DataFrame
    limit: int = 30
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


@dataclass(frozen=True)
class Warehouse:
    """The warehouse, open for reading."""

    path: Path

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The DuckDB connection, for whoever wants to go on alone."""
        return open_warehouse(self.path)

    def frame(self, sql: str, **parameters: Any) -> pd.DataFrame:
        """The rows of a query; `$name` in it stands for the parameter `name`."""
        return self.connection.execute(sql, parameters).df()

    def table(self, sql: str, *, limit: int = 30, empty: str = "Không có dòng nào.", **parameters: Any) -> Table:
        """The rows of a query as a table to read; `empty` is said when there are none."""
        return Table(self.frame(sql, **parameters), limit, empty)

    def value(self, sql: str, **parameters: Any) -> Any:
        """The first value of the first row, None when there is no row."""
        row = self.connection.execute(sql, parameters).fetchone()
        return row[0] if row else None


def warehouse() -> Warehouse:
    """The warehouse of the project, or the one that the environment variable VANBAN_DB names.

    Raises WarehouseMissing when there is none yet.
    """
    given = os.environ.get("VANBAN_DB")
    places = [Path(given)] if given else [Path(place) for place in _PLACES]
    found = Warehouse(next((place for place in places if place.is_file()), places[0]))
    _ = found.connection
    return found


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
