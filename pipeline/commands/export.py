"""vanban export: the warehouse in the forms other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.options import db_option

if TYPE_CHECKING:
    import duckdb

FORMATS = ("parquet", "xlsx", "graphml", "gexf", "html", "ics", "akn")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format", "formats", type=click.Choice(FORMATS), multiple=True, required=True, help="May be given several times."
)
@click.option("--table", "tables", multiple=True, help="xlsx, parquet: only these tables or views (several times).")
@click.option("--remind", type=click.IntRange(min=0), metavar="DAYS", help="ics: a reminder so many days before.")
@db_option
def export(directory: Path, formats: tuple[str, ...], tables: tuple[str, ...], remind: int | None, db: Path) -> None:
    """Write the warehouse into DIRECTORY for other programs.

    \b
    parquet  tables/NAME.parquet, one file a table
    xlsx     vanban.xlsx, one sheet a table (places in the text and divisions only with --table NAME)
    graphml  documents.graphml, units.graphml: the citation network for Gephi, yEd, Cytoscape
    gexf     the same for Gephi
    html     mang-luoi.html, the citation network to look through in any browser, without a network
    ics      deadlines.ics, for any calendar
    akn      akn/ID.xml, one Akoma Ntoso document each, citations as <ref href="/akn/vn/…">
    """
    from pipeline.errors import FolderError
    from pipeline.warehouse.opening import open_warehouse

    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(f"{directory} cannot be made: {error.strerror}", "give a folder you may write") from None
    with open_warehouse(db) as connection:
        chosen = _chosen(connection, tables)
        for name in dict.fromkeys(formats):
            for told in _written(connection, name, directory, chosen, remind):
                click.echo(told)


def _written(
    db: duckdb.DuckDBPyConnection, name: str, folder: Path, tables: list[str], remind: int | None
) -> Iterator[str]:
    """Write one form, telling what was written."""
    if name == "parquet":
        from pipeline.exports.parquet import write_parquet

        yield f"Đã ghi {write_parquet(db, folder / 'tables', tables)} bảng vào {folder / 'tables'}"
    elif name == "xlsx":
        from pipeline.exports.workbook import LEFT_OUT, write_workbook
        from pipeline.warehouse.tables import tables as all_tables

        wanted = tables if tables != list(all_tables()) else [table for table in tables if table not in LEFT_OUT]
        path = folder / "vanban.xlsx"
        book = write_workbook(db, path, wanted)
        cut = f"; {book.cut} ô dài quá mức của Excel đã bị cắt" if book.cut else ""
        yield f"Đã ghi {len(book.rows)} bảng, {sum(book.rows.values())} dòng vào {path}{cut}"
    elif name in ("graphml", "gexf"):
        from pipeline.exports.graphs import citation_graph, write_gexf, write_graphml

        write = write_graphml if name == "graphml" else write_gexf
        for network in ("documents", "units"):
            path = folder / f"{network}.{name}"
            graph = citation_graph(db, "documents" if network == "documents" else "units")
            write(graph, path)
            yield f"Đã ghi {graph.number_of_nodes()} nút, {graph.number_of_edges()} cạnh vào {path}"
    elif name == "html":
        from pipeline.exports.network_page import read_network

        network_page = read_network(db)
        path = network_page.write(folder / "mang-luoi.html")
        yield f"Đã ghi {network_page} vào {path}"
    elif name == "ics":
        from datetime import datetime

        from pipeline.exports.calendar import write_calendar

        path = folder / "deadlines.ics"
        calendar = write_calendar(db, path, datetime.now().astimezone(), remind_days=remind)
        rest = f"; {calendar.left_out} thời hạn không rơi vào ngày nào xác định được" if calendar.left_out else ""
        yield f"Đã ghi {calendar.events} thời hạn vào {path}{rest}"
    else:
        from pipeline.exports.akoma_ntoso import write_akoma_ntoso

        yield f"Đã ghi {write_akoma_ntoso(db, folder / 'akn')} văn bản vào {folder / 'akn'}"


def _chosen(db: duckdb.DuckDBPyConnection, names: tuple[str, ...]) -> list[str]:
    """The tables asked for, all of them if none is; UsageError for one that is not there."""
    from pipeline.errors import UsageError
    from pipeline.warehouse.tables import tables

    if not names:
        return list(tables())
    known = {
        str(name)
        for (name,) in db.execute(
            "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
    }
    for name in names:
        if name not in known:
            raise UsageError(f"there is no table or view {name!r}", "`vanban query --list` names them")
    return list(names)
