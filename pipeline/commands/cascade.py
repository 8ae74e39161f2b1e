"""vanban cascade: a directive down the levels."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import answer_options

_CASCADE = """
SELECT repeat('  ', step) || coalesce(unit, '(không rõ đơn vị)') AS carried_by, * FROM cascade($ref, $year)
"""
_HEADINGS = {
    "carried_by": "Đơn vị", "level": "Cấp", "ref": "Văn bản", "issued_date": "Ngày", "relation": "Quan hệ",
    "days_from_above": "Ngày từ cấp trên", "days_from_start": "Ngày từ đầu",
}  # fmt: skip


@click.command()
@click.argument("ref")
@click.option("--year", type=int, help="Year of the instrument, where its number was given in several.")
@answer_options
def cascade(ref: str, year: int | None, db: Path, csv: bool, json: bool, parquet: Path | None, limit: int) -> None:
    """Follow REF down the levels: who carried it on, told by whom, after how many days.

    REF is a number and symbol (33/CT-TTg) or a law's name.
    """
    from pipeline.query_answers import AnswerForm, Wording, give_answer
    from pipeline.warehouse.naming import tell_instrument
    from pipeline.warehouse.opening import open_warehouse

    with open_warehouse(db) as connection:
        _, name = tell_instrument(connection, ref, year)
        wording = Wording(f"Quá trình triển khai {name}", _HEADINGS, "Chưa có văn bản nào triển khai.")
        form = AnswerForm(csv, json, parquet, limit)
        give_answer(connection, _CASCADE, {"ref": ref, "year": year}, form, wording)
