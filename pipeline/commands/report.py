"""vanban report: what a warehouse holds, in figures."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import out_option
from pipeline.errors import FolderError


@click.command()
@out_option
def report(out: Path) -> None:
    """Print what the warehouse in OUT holds."""
    from rich.console import Console

    from pipeline.run_report import report_on
    from pipeline.run_tables import print_report
    from pipeline.warehouse.opening import WAREHOUSE

    database = out / WAREHOUSE
    if not database.exists():
        raise FolderError(f"{database} is not there", "run `vanban run RAW --out DIR` first")
    print_report(report_on(database), Console())
