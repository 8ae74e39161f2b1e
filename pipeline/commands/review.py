"""vanban review: doubtful rows out to an officer, corrections back in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from pipeline.commands.options import answer_options, db_option, raw_option

if TYPE_CHECKING:
    import duckdb

    from pipeline.review.doubtful_rows import DoubtfulRow

_LOG = """
SELECT
    CASE status
        WHEN 'applied' THEN 'đã áp dụng' WHEN 'moved' THEN 'đã áp dụng (chữ đã dời chỗ)'
        WHEN 'already_gone' THEN 'không còn để xóa' WHEN 'superseded' THEN 'dòng sau thay thế'
        WHEN 'text_changed' THEN 'KHÔNG: chữ đã đổi' WHEN 'not_found' THEN 'KHÔNG: không thấy chữ'
        WHEN 'ambiguous' THEN 'KHÔNG: có nhiều chỗ' WHEN 'invalid_value' THEN 'KHÔNG: giá trị sai'
        WHEN 'document_missing' THEN 'KHÔNG: không có văn bản' ELSE 'KHÔNG: không đọc được'
    END AS result, *
FROM review_log
WHERE NOT $refused OR status NOT IN ('applied', 'moved', 'already_gone', 'superseded')
ORDER BY file, row_no
"""
_LOG_HEADINGS = {
    "result": "Kết quả", "file": "Bảng", "row_no": "Dòng", "verdict": "Đúng/sai", "quote": "Nguyên văn",
    "message": "Lý do", "source_path": "Tệp",
}  # fmt: skip
_MEGABYTE = 1_000_000


@click.group()
def review() -> None:
    """Let an officer correct doubtful rows.

    \b
    vanban review export soat.xlsx      doubtful rows, to be corrected in a spreadsheet
    (correct it, save it into data/review, run again)
    vanban review log                   what became of every corrected row
    """


@review.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--below", type=click.FloatRange(0, 1.01), default=0.9, show_default=True, help="Rows less sure than this, 0..1."
)
@click.option("--limit", type=click.IntRange(min=1), default=500, show_default=True, help="Rows of a kind at most.")
@click.option("--unit", metavar="WORDS", help="Only documents of this unit; tone marks do not count.")
@click.option("--pages/--no-pages", default=True, show_default=True, help="Write each document's marked page too.")
@db_option
@raw_option
def export_rows(file: Path, below: float, limit: int, unit: str | None, pages: bool, db: Path, raw: Path) -> None:
    """Write doubtful rows to FILE (.xlsx, or .csv for one file a kind): low confidence, or with a finding.

    Beside it a folder with the marked page of each document, which the rows link to.
    """
    from pipeline.errors import UsageError
    from pipeline.review.doubtful_rows import doubtful_rows
    from pipeline.review.sheets import write_csv, write_workbook
    from pipeline.warehouse.naming import unit_named
    from pipeline.warehouse.opening import open_warehouse

    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError(f"{file.name} is neither .xlsx nor .csv", "name the file soat.xlsx or soat.csv")
    folder = file.with_name(f"{file.stem}-trang")
    with open_warehouse(db) as connection:
        rows = doubtful_rows(connection, below, limit, None if unit is None else unit_named(connection, unit))
        if pages:
            _write_pages(connection, sorted({row.key.doc_id for row in rows}), folder, raw)

    def link(row: DoubtfulRow) -> str | None:
        return f"{quote(folder.name)}/{row.key.doc_id[:20]}.html#t-{row.mark_id}" if pages else None

    if file.suffix.lower() == ".xlsx":
        write_workbook(rows, file, link)
        written = [file]
    else:
        written = write_csv(rows, file, link)
    click.echo(f"Đã ghi {len(rows)} dòng cần soát vào {', '.join(map(str, written)) or '(không có dòng nào)'}")
    click.echo("Soát xong, lưu tệp vào data/review rồi chạy lại (make repro hoặc vanban run).")


def _write_pages(connection: duckdb.DuckDBPyConnection, doc_ids: list[str], folder: Path, raw: Path) -> None:
    from pipeline.document_page.contents import read_document
    from pipeline.document_page.page import document_page
    from pipeline.document_page.page_pictures import find_raw_file, page_pictures

    folder.mkdir(parents=True, exist_ok=True)
    for doc_id in doc_ids:
        shown = read_document(connection, doc_id)
        path = find_raw_file(raw, doc_id, [shown.source_path])
        pictures = {} if path is None else page_pictures(path, shown, 5 * _MEGABYTE)
        (folder / f"{doc_id[:20]}.html").write_text(document_page(shown, pictures), encoding="utf-8")


@review.command("log")
@click.option("--refused", is_flag=True, help="Only rows that were not applied.")
@answer_options
def log(refused: bool, db: Path, csv: bool, json: bool, parquet: Path | None, limit: int) -> None:
    """Tell what became of every corrected row in the last run."""
    from pipeline.query_answers import AnswerForm, Wording, give_answer
    from pipeline.warehouse.opening import open_warehouse

    wording = Wording("Kết quả soát", _LOG_HEADINGS, "Chưa có dòng soát nào.")
    with open_warehouse(db) as connection:
        give_answer(connection, _LOG, {"refused": refused}, AnswerForm(csv, json, parquet, limit), wording)
