"""vanban coverage: who was told and has issued nothing."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import answer_options
from pipeline.levels import LEVELS

_RECIPIENTS = "FROM coverage($ref, $year)"
_OF_LEVEL = "FROM coverage_of($ref, $year, $level, $province)"
_HEADINGS = {
    "unit": "Đơn vị", "level": "Cấp", "province": "Tỉnh, thành phố", "answered": "Đã có văn bản",
    "first_ref": "Văn bản", "first_date": "Ngày", "days": "Sau (ngày)",
}  # fmt: skip
_OF_SEVERAL = {"cited_date": "Ngày văn bản gốc", "cited_issuer": "Cơ quan ban hành"}


@click.command()
@click.argument("ref")
@click.option("--year", type=int, help="Year of the instrument, where its number was given in several.")
@click.option("--level", type=click.Choice(LEVELS), help="Look at all units of this level instead of the recipients.")
@click.option("--province", help="With --level: only units of this province.")
@click.option("--missing", is_flag=True, help="Only units that have issued nothing that cites REF.")
@answer_options
def coverage(
    ref: str, year: int | None, level: str | None, province: str | None, missing: bool,
    db: Path, csv: bool, json: bool, parquet: Path | None, limit: int,
) -> None:  # fmt: skip
    """Tell which units that REF was sent to have issued a document citing it, and which have not."""
    from pipeline.errors import UsageError
    from pipeline.query_answers import AnswerForm, Wording, give_answer
    from pipeline.warehouse.naming import tell_instrument
    from pipeline.warehouse.opening import open_warehouse

    if province is not None and level is None:
        raise UsageError("--province needs --level", "give both, or neither for the recipients")
    parameters: dict[str, object] = {"ref": ref, "year": year}
    if level is not None:
        parameters |= {"level": level, "province": province}
    units = _RECIPIENTS if level is None else _OF_LEVEL
    with open_warehouse(db) as connection:
        _, name = tell_instrument(connection, ref, year)
        ((answered, told, instruments),) = connection.execute(
            f"SELECT count(*) FILTER (answered), count(*), count(DISTINCT instrument_id) FROM ({units})", parameters
        ).fetchall()
        title = f"Thực hiện {name}: {answered}/{told} đơn vị đã có văn bản"
        headings = _HEADINGS
        if instruments > 1:
            title = f"Thực hiện {instruments} văn bản {name}: {answered}/{told} lượt đơn vị đã có văn bản"
            headings = _OF_SEVERAL | _HEADINGS
        nothing = "Không thấy đơn vị nào: văn bản không có trong kho, hoặc nơi nhận không nêu đích danh (xem --level)."
        if missing and told:
            nothing = "Mọi đơn vị đều đã có văn bản."
        sql = f"SELECT * FROM ({units})" + (" WHERE NOT answered" if missing else "")
        form = AnswerForm(csv, json, parquet, limit)
        give_answer(connection, sql, parameters, form, Wording(title, headings, nothing))
