"""vanban ask: the ten questions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.commands.options import DAY, answer_options
from pipeline.errors import UsageError

_EXAMPLES = {"ref": "33/CT-TTg", "year": "2021", "unit": '"phong noi vu"'}


@click.command()
@click.argument("number", type=click.IntRange(1, 10), required=False, metavar="[1-10]")
@click.option("--ref", help="Number and symbol of an instrument (33/CT-TTg), or a law's name.")
@click.option("--year", type=int, help="Year of the instrument, or of the documents looked at.")
@click.option("--unit", metavar="WORDS", help="A unit: its name or enough of it; tone marks do not count.")
@click.option("--on", type=DAY, metavar="DAY", help="Today, for questions about time; the machine's day if not given.")
@answer_options
def ask(
    number: int | None, ref: str | None, year: int | None, unit: str | None, on: datetime | None,
    db: Path, csv: bool, json: bool, parquet: Path | None, limit: int,
) -> None:  # fmt: skip
    """Ask one of ten questions; without a number, list them.

    \b
    vanban ask
    vanban ask 1 --ref 33/CT-TTg --year 2021
    vanban ask 7 --unit "ubnd huyen song lam" --year 2024
    """
    from pipeline.questions import QUESTIONS, month_after

    if number is None:
        for at, question in QUESTIONS.items():
            click.echo(f"{at:2}  {question.asked_in_general}\n    vanban ask {at} {question.options}".rstrip())
        return
    from pipeline.query_answers import AnswerForm, Wording, cell_text, give_answer
    from pipeline.warehouse.naming import tell_instrument, unit_named
    from pipeline.warehouse.opening import open_warehouse

    question = QUESTIONS[number]
    day = (on or datetime.now()).date()
    since, until = month_after(day)
    given: dict[str, object] = {"ref": ref, "year": year, "unit": unit, "since": since, "until": until}
    if number == 6 and year is None:
        given["year"] = day.year
    missing = [f"--{name}" for name in question.needs if given[name] is None]
    if missing:
        example = " ".join(f"--{name} {_EXAMPLES[name]}" for name in question.needs)
        raise UsageError(f"question {number} needs {' and '.join(missing)}", f"vanban ask {number} {example}")
    shown = ""
    with open_warehouse(db) as connection:
        if unit is not None:
            given["unit"] = unit_named(connection, unit)
        if ref is not None:
            given["instrument_id"], shown = tell_instrument(connection, ref, year)
        words = {name: cell_text(value) for name, value in given.items()} | {"ref": shown}
        wording = Wording(question.asked.format(**words), question.headings, question.nothing)
        parameters = {name: given[name] for name in given if f"${name}" in question.sql}
        give_answer(connection, question.sql, parameters, AnswerForm(csv, json, parquet, limit), wording)
