"""vanban show: one document with everything that was found marked on it."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import db_option, raw_option

_MEGABYTE = 1_000_000


@click.command()
@click.argument("document", metavar="DOC")
@click.option("-o", "--out", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write the page here.")
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--pictures", type=click.IntRange(min=0), default=20, show_default=True, help="Megabytes of page pictures at most."
)
@db_option
@raw_option
def show(document: str, target: Path | None, open_it: bool, pictures: int, db: Path, raw: Path) -> None:
    """Write DOC as an HTML page on which everything found is marked.

    DOC is a path below the raw folder or its end, the beginning of a doc_id, or a number and symbol. The page is one
    file that needs no network; where the raw file is at hand it also shows the pages themselves.

    \b
    vanban show 33/CT-TTg --open
    vanban show mau/mau07.pdf -o mau07.html
    """
    from pipeline.document_page.choosing import choose_document
    from pipeline.document_page.contents import read_document
    from pipeline.document_page.page import document_page
    from pipeline.document_page.page_pictures import find_raw_file, page_pictures
    from pipeline.warehouse.opening import open_warehouse

    with open_warehouse(db) as connection:
        doc_id = choose_document(connection, document)
        shown = read_document(connection, doc_id)
        paths = [
            str(path)
            for (path,) in connection.execute(
                "SELECT source_path FROM document_copies WHERE doc_id = $1 UNION SELECT $2 ORDER BY 1",
                [doc_id, shown.source_path],
            ).fetchall()
        ]
    of_pages = sum(page.size is not None for page in shown.pages)
    images: dict[int, str] = {}
    note = ""
    if of_pages and pictures:
        path = find_raw_file(raw, doc_id, paths)
        images = {} if path is None else page_pictures(path, shown, pictures * _MEGABYTE)
        if path is None:
            note = f"Không có ảnh trang: không thấy tệp gốc trong {raw}."
        elif len(images) < of_pages:
            note = f"Chỉ có ảnh {len(images)} trong {of_pages} trang (giới hạn {pictures} MB; --pictures để tăng)."
    target = target or Path(f"{Path(shown.source_path).stem}.html")
    target.write_text(document_page(shown, images, note), encoding="utf-8")
    size = target.stat().st_size
    told = f"{size / _MEGABYTE:.1f} MB" if size >= _MEGABYTE else f"{size / 1000:.0f} kB"
    click.echo(f"Đã ghi {target} ({told}). {note}".rstrip())
    if open_it:
        click.launch(str(target))
