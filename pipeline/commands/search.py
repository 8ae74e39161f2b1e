"""vanban search: words and phrases in titles and text, whatever their tone marks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.commands.options import DAY, answer_options

_HEADINGS = {
    "ref": "Văn bản", "issued_date": "Ngày", "issuer": "Cơ quan ban hành", "words_around": "Chỗ tìm thấy",
    "source_path": "Tệp", "page_no": "Trang",
}  # fmt: skip
_ALL = 1_000_000_000


@click.command()
@click.argument("words")
@click.option("--unit", metavar="WORDS", help="Only documents of this unit; tone marks do not count.")
@click.option("--since", type=DAY, metavar="DAY", help="Only documents issued on this day or later.")
@click.option("--until", type=DAY, metavar="DAY", help="Only documents issued on this day or before.")
@click.option("--type", "doc_type", metavar="TYPE", help="Only documents of this type (kế hoạch, công văn …).")
@answer_options
def search(
    words: str, unit: str | None, since: datetime | None, until: datetime | None, doc_type: str | None,
    db: Path, csv: bool, json: bool, parquet: Path | None, limit: int,
) -> None:  # fmt: skip
    """Find documents that hold all WORDS; a "phrase in double quotes" stands together.

    What is written just so comes first, then the words one after the other, then those with the words in the subject,
    then the newest.

    \b
    vanban search "dân vận khéo" --since 2021-01-01
    vanban search 'dan van "truong hoc"' --unit "phong giao duc" --type "kế hoạch"
    """
    from pipeline.errors import UsageError
    from pipeline.query_answers import AnswerForm, Wording, give_answer
    from pipeline.warehouse.naming import unit_named
    from pipeline.warehouse.opening import open_warehouse

    if not any(letter.isalnum() for letter in words):
        raise UsageError("there is no word to look for", 'give words: vanban search "dân vận khéo"')
    form = AnswerForm(csv, json, parquet, limit)
    as_table = not (csv or json or parquet)
    with open_warehouse(db) as connection:
        unit_id = None if unit is None else unit_named(connection, unit)
        most = limit + 1 if as_table and doc_type is None else _ALL
        # The macro's patterns are compiled once only where its arguments are constants of the query.
        days = [None if day is None else f"{day:%Y-%m-%d}" for day in (since, until)]
        told = ", ".join(map(_literal, (words, unit_id, *days)))
        sql = f"SELECT * FROM search_text({told}, {most})"
        if doc_type is not None:
            sql += f" WHERE doc_type = {_literal(' '.join(doc_type.lower().split()))}"
        give_answer(
            connection, sql, form=form, wording=Wording(f"Tìm: {words}", _HEADINGS, "Không tìm thấy văn bản nào.")
        )


def _literal(text: str | None) -> str:
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"
