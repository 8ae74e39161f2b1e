"""vanban run: every document of a folder into a warehouse."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import (
    corrections_option,
    params_option,
    passwords_option,
    read_settings,
    workers_option,
)


@click.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for vanban.duckdb and the Parquet.")
@workers_option
@corrections_option
@params_option
@passwords_option
def run(
    raw: Path, out: Path, workers: int | None, corrections: Path, params: Path | None, passwords: Path | None
) -> None:
    """Read every file below RAW and leave OUT/vanban.duckdb.

    Works on any folder, at any depth, without DVC or git. What was read before is not read again: adding one file
    costs one file. Files that cannot be read are listed at the end and in the table `quarantine`.
    """
    from rich.console import Console

    from pipeline.corpus_run import run_corpus
    from pipeline.run_tables import print_report
    from pipeline.stages.stage import StageRun

    console = Console()
    settings = read_settings(params, workers, passwords)
    report = run_corpus(raw, StageRun(out, settings, console, corrections))
    print_report(report, console)
