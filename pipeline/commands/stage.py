"""vanban stage: one stage of dvc.yaml alone."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import (
    corrections_option,
    out_option,
    params_option,
    passwords_option,
    raw_option,
    read_settings,
    workers_option,
)


@click.command()
@click.argument("name", type=click.Choice(["ingest", "segment", "extract", "review", "resolve", "load"]))
@raw_option
@out_option
@workers_option
@corrections_option
@params_option
@passwords_option
def stage(
    name: str, raw: Path, out: Path, workers: int | None, corrections: Path, params: Path | None, passwords: Path | None
) -> None:
    """Run one stage alone.

    \b
    ingest   bytes → pages → normalised text and blocks
    segment  zones and outline
    extract  header, citations, deadlines, signatories, recipients, findings
    review   rows as a person has corrected them (sheets in data/review)
    resolve  one row an instrument and a unit, however they were written
    load     Parquet → DuckDB, swapped in whole
    """
    from rich.console import Console

    from pipeline.corpus_run import LATER_STAGES, make_folder
    from pipeline.stages.ingest import ingest
    from pipeline.stages.stage import StageRun

    settings = read_settings(params, workers, passwords)
    make_folder(out)
    stage_run = StageRun(out, settings, Console(), corrections)
    if name == "ingest":
        ingest(raw, stage_run)
    else:
        LATER_STAGES[name](stage_run)
