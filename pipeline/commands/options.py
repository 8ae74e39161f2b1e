"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.settings import Settings

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
"""A day as 2026-11-21 or 21/11/2026."""

raw_option = click.option(
    "--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True, help="Folder of documents."
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("data/processed"),
    show_default=True,
    help="Folder for the warehouse and the Parquet.",
)
workers_option = click.option(
    "--workers", type=click.IntRange(min=1), help="Worker processes; one a processor if not given."
)
params_option = click.option(
    "--params", type=click.Path(path_type=Path, dir_okay=False), help="Limits and workers, in the form of params.yaml."
)

corrections_option = click.option(
    "--review",
    "corrections",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/review"),
    show_default=True,
    help="Folder of corrected sheets (vanban review).",
)

passwords_option = click.option(
    "--passwords",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Text file, one password a line, tried on files under a password.",
)

db_option = click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("data/processed/vanban.duckdb"),
    show_default=True,
    help="The warehouse.",
)
unit_option = click.option(
    "--unit", metavar="WORDS", help="Only documents of units whose name holds these words; tone marks do not count."
)


def answer_options(command: Callable[..., None]) -> Callable[..., None]:
    """--db, and the forms an answer is printed in: `csv`, `json` (flags), `parquet` (a path), `limit` of a table."""
    for option in reversed(
        (
            db_option,
            click.option("--csv", is_flag=True, help="Print all rows as CSV."),
            click.option("--json", is_flag=True, help="Print all rows as a JSON list, one object a line."),
            click.option(
                "--parquet", type=click.Path(path_type=Path, dir_okay=False), help="Write all rows to this file."
            ),
            click.option(
                "--limit",
                type=click.IntRange(min=1),
                default=100,
                show_default=True,
                help="Rows of a printed table; the other forms have all.",
            ),
        )
    ):
        command = option(command)
    return command


def read_settings(params: Path | None, workers: int | None, passwords: Path | None = None) -> Settings:
    """The settings of a run; `workers` and `passwords` given on the command line count before the file's."""
    from dataclasses import replace

    from pipeline.settings import Settings, read_passwords

    settings = Settings.load(params)
    if passwords is not None:
        settings = replace(settings, passwords=read_passwords(passwords))
    return settings if workers is None else replace(settings, workers=workers)
