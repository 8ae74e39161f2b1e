"""vanban query: any question in SQL."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.commands.options import answer_options
from pipeline.errors import UsageError

_WHAT_CAN_BE_ASKED = """
SELECT 'bảng' AS kind, table_name AS name, comment FROM duckdb_tables() WHERE NOT internal AND schema_name = 'main'
UNION ALL
SELECT 'khung nhìn', view_name, comment FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'
UNION ALL
SELECT 'hàm', function_name || '(' || array_to_string(parameters, ', ') || ')', comment
FROM duckdb_functions()
WHERE NOT internal AND schema_name = 'main' AND function_type IN ('macro', 'table_macro')
ORDER BY kind, name
"""


@click.command()
@click.argument("sql", required=False)
@click.option("--list", "listing", is_flag=True, help="List tables, views and macros with what they hold.")
@answer_options
def query(sql: str | None, listing: bool, db: Path, csv: bool, json: bool, parquet: Path | None, limit: int) -> None:
    """Answer SQL, a query in DuckDB's dialect; `-` reads it from standard input.

    \b
    vanban query "SELECT told_by, who_must, due_date FROM obligations ORDER BY due_date"
    vanban query --list
    """
    from pipeline.query_answers import AnswerForm, Wording, give_answer
    from pipeline.warehouse.opening import open_warehouse

    form = AnswerForm(csv, json, parquet, limit)
    if listing:
        wording = Wording(headings={"kind": "Loại", "name": "Tên", "comment": "Nội dung"})
        with open_warehouse(db) as connection:
            give_answer(connection, _WHAT_CAN_BE_ASKED, form=form, wording=wording)
        return
    sql = sys.stdin.read() if sql == "-" else sql
    if not (sql or "").strip():
        raise UsageError("no query was given", 'write it in quotes: vanban query "SELECT …", or see --list')
    with open_warehouse(db) as connection:
        give_answer(connection, str(sql), form=form)
