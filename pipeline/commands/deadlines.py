"""vanban deadlines: what is due, for whom and to whom, and what is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import click

from pipeline.commands.options import DAY, answer_options

_DUE = "SELECT * FROM deadlines_between($since, $until)"
_OVERDUE = "SELECT * FROM overdue($day)"
_OF_UNIT = """
WHERE contains(replace(strip_accents(lower(concat_ws('; ', told_by, who_must, report_to))), 'đ', 'd'), $unit)
    OR doc_id IN (
        SELECT addressed_units.doc_id FROM addressed_units JOIN units USING (unit_id)
        WHERE contains(replace(strip_accents(lower(units.name)), 'đ', 'd'), $unit)
    )
"""
_DUE_HEADINGS = {
    "due_on": "Hạn", "who_must": "Ai làm", "what": "Việc phải làm", "report_to": "Báo cáo cho",
    "told_by": "Cơ quan giao", "ref": "Văn bản",
}  # fmt: skip
_OVERDUE_HEADINGS = {
    "due_on": "Hạn", "days_late": "Trễ (ngày)", "unit": "Đơn vị chưa có văn bản", "who_must": "Ai làm",
    "what": "Việc phải làm", "told_by": "Cơ quan giao", "ref": "Văn bản",
}  # fmt: skip


@click.command()
@click.option("--on", type=DAY, metavar="DAY", help="Today; the machine's day if not given.")
@click.option("--days", type=click.IntRange(min=1), default=30, show_default=True, help="How far to look ahead.")
@click.option("--overdue", is_flag=True, help="Terms that have passed, and who has issued nothing on them.")
@click.option(
    "--unit", metavar="WORDS", help="Only terms that this unit set, has to meet, or was sent; tone marks do not count."
)
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), help="Also write them as a calendar.")
@click.option("--remind", type=click.IntRange(min=0), metavar="DAYS", help="With --ics: remind so many days before.")
@answer_options
def deadlines(
    on: datetime | None, days: int, overdue: bool, unit: str | None, ics: Path | None, remind: int | None,
    db: Path, csv: bool, json: bool, parquet: Path | None, limit: int,
) -> None:  # fmt: skip
    """List what is due in the coming days, recurring terms at each of their days; or what is overdue.

    \b
    vanban deadlines --on 2026-11-21 --days 60
    vanban deadlines --overdue --unit "phong noi vu"
    vanban deadlines --ics deadlines.ics --remind 3
    """
    from pipeline.errors import UsageError
    from pipeline.query_answers import AnswerForm, Wording, give_answer
    from pipeline.warehouse.naming import bare_words
    from pipeline.warehouse.opening import open_warehouse

    if remind is not None and ics is None:
        raise UsageError("--remind needs --ics", "give the calendar's path with --ics FILE")
    today = (on or datetime.now()).date()
    until = today + timedelta(days=days)
    if overdue:
        sql, parameters, headings = _OVERDUE, {"day": today}, _OVERDUE_HEADINGS
        title, nothing = f"Quá hạn tính đến {today:%d/%m/%Y}", "Không có việc nào quá hạn."
    else:
        sql, parameters, headings = _DUE, {"since": today, "until": until}, _DUE_HEADINGS
        title = f"Đến hạn từ {today:%d/%m/%Y} đến {until:%d/%m/%Y}"
        nothing = "Không có việc nào đến hạn."
    asked: dict[str, object] = dict(parameters)
    if unit is not None:
        sql, asked["unit"] = sql + _OF_UNIT, bare_words(unit)
    with open_warehouse(db) as connection:
        give_answer(connection, sql, asked, AnswerForm(csv, json, parquet, limit), Wording(title, headings, nothing))
        if ics is not None:
            from pipeline.exports.calendar import write_calendar

            rows = connection.execute(f"SELECT DISTINCT deadline_id FROM ({sql}) ORDER BY ALL", asked).fetchall()
            written = write_calendar(connection, ics, datetime.now().astimezone(), [row[0] for row in rows], remind)
            click.echo(f"Đã ghi {written.events} thời hạn vào {ics}", err=True)
