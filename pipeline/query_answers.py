"""Prints the answer of a query: a table for people, CSV, JSON or Parquet for programs.

At a terminal the table is as wide as it; where the columns do not fit side by side, each row is set as a list of its
fields. Elsewhere (a pipe, a file) a row is one line, whatever its length.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import duckdb

from pipeline.errors import FolderError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

_BATCH = 10_000
_HASH = 64
_SHOWN_OF_HASH = 12
_LONGEST_CELL = 300
_NARROWEST = 10
_GAP = 2


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """How an answer is to be given; a table of at most `limit` rows when nothing else is asked for."""

    csv: bool = False
    json: bool = False
    parquet: Path | None = None
    limit: int = 100

    def __post_init__(self) -> None:
        if sum((self.csv, self.json, self.parquet is not None)) > 1:
            raise UsageError("--csv, --json and --parquet exclude each other", "give one of them")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words round a table: its title, and what is said when there is no row.

    `headings` names the columns that are shown, in their order; without them all columns are, under their own names.
    The other forms always have all columns.
    """

    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    nothing: str = "Không có dòng nào."


def give_answer(
    db: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] | Mapping[str, object] = (),
    form: AnswerForm | None = None, wording: Wording | None = None,
) -> None:  # fmt: skip
    """Run `sql` and print what it answers.

    Raises UsageError with the database's first line when the query is wrong, FolderError when a file cannot be
    written.
    """
    form, wording = form or AnswerForm(), wording or Wording()
    try:
        with db.cursor() as cursor:
            if form.parquet is not None:
                _write_parquet(cursor, sql, parameters, form.parquet)
                return
            answer = cursor.execute(sql, parameters)
            if form.csv:
                _print_csv(answer)
            elif form.json:
                _print_json(answer)
            else:
                print_table(_columns(answer), answer.fetchmany(form.limit + 1), wording, form.limit)
    except duckdb.Error as error:
        raise UsageError(_told(error), _next_step(error)) from None


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], wording: Wording, limit: int) -> None:
    """At most `limit` rows as a table on standard output; that there are more is told on standard error."""
    if not rows:
        click.echo(wording.nothing)
        return
    shown = [columns.index(name) for name in wording.headings] or range(len(columns))
    headings = list(wording.headings.values()) or columns
    values = [[row[at] for at in shown] for row in rows[:limit]]
    cells = [[cell_text(value) for value in row] for row in values]
    if sys.stdout.isatty():
        _print_rich(headings, cells, [_is_number(column) for column in zip(*values, strict=True)], wording.title)
    else:
        _print_plain(headings, cells, wording.title)
    if len(rows) > limit:
        click.echo(f"… còn nữa; thêm --limit {limit * 10}, hoặc lấy hết bằng --csv, --json, --parquet", err=True)


def cell_text(value: object) -> str:
    """A value as an officer reads it: dates day first, ids cut to what tells them apart, one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ", ".join(cell_text(part) for part in value)
    written = str(value)
    text = " " * _indent(written) + " ".join(written.split())
    if len(text) == _HASH and text.isalnum() and text.islower():
        return text[:_SHOWN_OF_HASH]
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _indent(cell: str) -> int:
    return len(cell) - len(cell.lstrip(" "))


def _print_plain(headings: Sequence[str], cells: Sequence[Sequence[str]], title: str) -> None:
    if title:
        click.echo(title)
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    for row in (headings, *cells):
        click.echo((" " * _GAP).join(map(str.ljust, row, widths)).rstrip())


def _print_rich(headings: Sequence[str], cells: Sequence[Sequence[str]], numbers: Sequence[bool], title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding
    from rich.table import Table

    console = Console(highlight=False)
    needed = sum(
        min(max(map(len, column)), max(_NARROWEST, *map(len, heading.split())))
        for heading, column in zip(headings, zip(*cells, strict=True), strict=True)
    )
    if needed + _GAP * len(headings) > console.width:
        _print_records(console, headings, cells, title)
        return
    table = Table(
        title=escape(title) or None,
        box=box.SIMPLE_HEAD,
        title_style="bold",
        title_justify="left",
        show_edge=False,
        pad_edge=False,
        collapse_padding=True,
    )

    for heading, right in zip(headings, numbers, strict=True):
        table.add_column(escape(heading), overflow="fold", justify="right" if right else "left")
    for row in cells:
        table.add_row(*(Padding(escape(cell.lstrip(" ")), (0, 0, 0, _indent(cell))) for cell in row))
    console.print(table)


def _print_records(console: Console, headings: Sequence[str], cells: Sequence[Sequence[str]], title: str) -> None:
    from rich.markup import escape
    from rich.table import Table

    if title:
        console.print(escape(title), style="bold")
    for number, row in enumerate(cells, start=1):
        console.rule(str(number), align="left", style="dim")
        record = Table.grid(padding=(0, 2))
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                record.add_row(f"[bold]{escape(heading)}[/]", escape(cell))
        console.print(record)


def _is_number(values: Sequence[object]) -> bool:
    told = [value for value in values if value is not None]
    return bool(told) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in told)


def _print_csv(answer: duckdb.DuckDBPyConnection) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_columns(answer))
    for row in _rows(answer):
        out.writerow([json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else v for v in row])


def _print_json(answer: duckdb.DuckDBPyConnection) -> None:
    columns = _columns(answer)
    opening = "["
    for row in _rows(answer):
        told = json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=str)
        click.echo(f"{opening}{told}", nl=False)
        opening = ",\n"
    click.echo("[]" if opening == "[" else "]")


def _write_parquet(
    cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] | Mapping[str, object], path: Path
) -> None:
    target = str(path).replace("'", "''")
    try:
        copied = cursor.execute(
            f"COPY (\n{sql.strip().rstrip(';')}\n) TO '{target}' (FORMAT parquet, COMPRESSION zstd)", parameters
        ).fetchall()
    except duckdb.IOException as error:
        raise FolderError(f"{path} cannot be written: {_told(error)}", "give a path you may write") from None
    click.echo(f"Đã ghi {copied[0][0]} dòng vào {path}", err=True)


def _columns(answer: duckdb.DuckDBPyConnection) -> list[str]:
    return [str(column[0]) for column in answer.description or ()]


def _rows(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := answer.fetchmany(_BATCH):
        yield from batch


def _told(error: duckdb.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    hint = next((f" ({line})" for line in lines[1:] if line.startswith(("Did you mean", "Candidate"))), "")
    return lines[0] + hint


def _next_step(error: duckdb.Error) -> str:
    if isinstance(error, duckdb.InvalidInputException) and "read-only" in str(error):
        return "the warehouse is only read here; write what you make to a file with --csv, --json or --parquet"
    if isinstance(error, duckdb.CatalogException | duckdb.BinderException):
        return "`vanban query --list` names what can be asked; a warehouse of an older version is made new by a run"
    return "mend the query; `vanban query --list` names what can be asked"
