"""vanban evaluate: the warehouse against answers."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pipeline.commands.options import out_option
from pipeline.errors import UsageError


@click.command()
@out_option
@click.option(
    "--gold", type=click.Path(path_type=Path), help="Folder of answers, one JSON file a document (docs/EVALUATION.md)."
)
@click.option("--reviewed", is_flag=True, help="Rows that a person has looked at (vanban review) count as answers too.")
@click.option(
    "--write", "folder", type=click.Path(path_type=Path), help="Write metrics.json, CSVs and report.html here."
)
@click.option("--against", metavar="REV", help="Show what changed since git revision REV, item by item.")
@click.option("--json", "as_json_text", is_flag=True, help="Print figures (or changes) as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print only where the report is.")
def evaluate(
    out: Path,
    gold: Path | None,
    reviewed: bool,
    folder: Path | None,
    against: str | None,
    as_json_text: bool,
    quiet: bool,
) -> None:
    """Hold the warehouse in OUT against answers, exact and relaxed, per kind and per field.

    Without --gold and --reviewed it tells the run's own figures: how much was found and how much was left open. With
    --against the extractors of another git revision read the same texts, and gains and losses are listed one by one.
    """
    from rich.console import Console

    from pipeline import evaluation as scoring
    from pipeline.score_tables import print_scores
    from pipeline.warehouse.opening import WAREHOUSE

    console = Console()
    figures = scoring.run_figures(out / WAREHOUSE)
    if against is not None and (gold is None or reviewed):
        raise UsageError("--against needs answers in files", "give --gold DIR, without --reviewed")
    if gold is None and not reviewed:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    if against is not None and gold is not None:
        before, after = (scoring.evaluate_revision(gold, out / "ingest", revision) for revision in (against, None))
        changes = scoring.compare(before, after)
        if as_json_text:
            click.echo(scoring.changes_as_json(changes))
        else:
            console.print(scoring.changes_as_table(changes))
        return
    answered = () if gold is None else scoring.evaluate(gold, out / WAREHOUSE).documents
    looked_at = scoring.evaluate_reviewed(out / WAREHOUSE, out / "extract").documents if reviewed else ()
    result = scoring.Evaluation((*answered, *looked_at))
    if folder is not None:
        scoring.write_evaluation(result, folder)
    if as_json_text:
        click.echo(json.dumps(scoring.metrics(result), ensure_ascii=False, indent=1))
    else:
        if not quiet:
            print_scores(result, console)
        if folder is not None:
            console.print(f"Trang xem từng chỗ sai: {folder / 'report.html'}", highlight=False, soft_wrap=True)
