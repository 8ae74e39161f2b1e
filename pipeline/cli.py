"""The command `vanban`."""

from __future__ import annotations

import errno
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console

from pipeline.errors import FolderError, MissingTool, UnreadableFile, UsageError, VanbanError

_EXIT_CODES = """
\b
Exit codes
  0  done (files that could not be read are listed in `quarantine`)
  1  an error nobody foresaw
  2  the command's words do not fit
  3  a folder cannot be read or written, or the disk is full
  4  a program that the work needs is not installed
  5  the warehouse is open for writing in another program
  6  a stage was run before the one that makes its input
  7  `vanban extract`: a file cannot be read
"""

_raw = click.option(
    "--raw", type=click.Path(path_type=Path), default=Path("data/raw"), show_default=True, help="Folder of documents."
)
_out = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("data/processed"),
    show_default=True,
    help="Folder for the warehouse and the Parquet.",
)
_workers = click.option("--workers", type=click.IntRange(min=1), help="Worker processes; one a processor if not given.")
_params = click.option(
    "--params", type=click.Path(path_type=Path, dir_okay=False), help="Limits and workers, in the form of params.yaml."
)


@click.group(epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vanban")
@click.option("-v", "--verbose", is_flag=True, help="Tell more of what is going on, on standard error.")
def vanban(verbose: bool) -> None:
    """Vietnamese administrative documents as a DuckDB warehouse.

    Reads công văn, kế hoạch, báo cáo, quyết định … (PDF, scans, .docx, .doc, text) and finds who told whom to do what,
    by when, and on whose authority.

    \b
    vanban run FOLDER --out DIR     all documents of a folder → DIR/vanban.duckdb
    vanban extract FILE             what one document yields
    vanban doctor                   what is installed and what is missing
    """
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )


@vanban.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for vanban.duckdb and the Parquet.")
@_workers
@_params
def run(raw: Path, out: Path, workers: int | None, params: Path | None) -> None:
    """Read every file below RAW and leave OUT/vanban.duckdb.

    Works on any folder, at any depth, without DVC or git. What was read before is not read again: adding one file
    costs one file. Files that cannot be read are listed at the end and in the table `quarantine`.
    """
    from pipeline.corpus_run import run_corpus
    from pipeline.run_tables import print_report
    from pipeline.stages.stage import StageRun

    console = Console()
    report = run_corpus(raw, StageRun(out, _settings(params, workers), console))
    print_report(report, console)


@vanban.command()
@click.argument("name", type=click.Choice(["ingest", "segment", "extract", "resolve", "load"]))
@_raw
@_out
@_workers
@_params
def stage(name: str, raw: Path, out: Path, workers: int | None, params: Path | None) -> None:
    """Run one stage alone.

    \b
    ingest   bytes → pages → normalised text and blocks
    segment  zones and outline
    extract  header, citations, deadlines, signatories, recipients, findings
    resolve  one row an instrument and a unit, however they were written
    load     Parquet → DuckDB, swapped in whole
    """
    from pipeline.corpus_run import LATER_STAGES, make_folder
    from pipeline.stages.ingest import ingest
    from pipeline.stages.stage import StageRun

    settings = _settings(params, workers)
    make_folder(out)
    stage_run = StageRun(out, settings, Console())
    if name == "ingest":
        ingest(raw, stage_run)
    else:
        LATER_STAGES[name](stage_run)


@vanban.command()
@_out
def report(out: Path) -> None:
    """Print what the warehouse in OUT holds."""
    from pipeline.corpus_run import report_on
    from pipeline.run_tables import print_report
    from pipeline.stages.load import WAREHOUSE

    database = out / WAREHOUSE
    if not database.exists():
        raise FolderError(f"{database} is not there", "run `vanban run RAW --out DIR` first")
    print_report(report_on(database), Console())


@vanban.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json_lines", is_flag=True, help="One JSON object a file, for programs.")
@_params
def extract(files: tuple[str, ...], as_json_lines: bool, params: Path | None) -> None:
    """Print what each FILE yields; `-` reads plain text from standard input."""
    from extractors.document import extract as extract_document
    from extractors.reading import Reading
    from pipeline.extraction_tables import as_json, print_extraction

    limits = _settings(params, None).limits
    console = Console()
    failed: UnreadableFile | None = None
    for name in files:
        try:
            text, blocks, facts = _read_named(name, limits)
        except UnreadableFile as error:
            failed = error
            click.echo(f"{name}: {error}", err=True)
            continue
        reading = Reading.of(text, blocks)
        found = extract_document(reading)
        if as_json_lines:
            click.echo(json.dumps(as_json(name, found, facts), ensure_ascii=False, default=str))
        else:
            print_extraction(name, text, found, console)
    if failed is not None:
        raise click.exceptions.Exit(failed.exit_code)


@vanban.command()
@_out
@click.option(
    "--gold", type=click.Path(path_type=Path), help="Folder of answers, one JSON file a document (docs/EVALUATION.md)."
)
@click.option(
    "--write", "folder", type=click.Path(path_type=Path), help="Write metrics.json, CSVs and report.html here."
)
@click.option("--against", metavar="REV", help="Show what changed since git revision REV, item by item.")
@click.option("--json", "as_json_text", is_flag=True, help="Print figures (or changes) as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print only where the report is.")
def evaluate(
    out: Path, gold: Path | None, folder: Path | None, against: str | None, as_json_text: bool, quiet: bool
) -> None:
    """Hold the warehouse in OUT against answers, exact and relaxed, per kind and per field.

    Without --gold it tells the run's own figures: how much was found and how much was left open. With --against the
    extractors of another git revision read the same texts, and gains and losses are listed one by one.
    """
    from pipeline import evaluation as scoring
    from pipeline.score_tables import print_scores
    from pipeline.stages.load import WAREHOUSE

    console = Console()
    figures = scoring.run_figures(out / WAREHOUSE)
    if gold is None:
        if against is not None:
            raise UsageError("--against needs answers", "give --gold DIR")
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    if against is not None:
        before, after = (scoring.evaluate_revision(gold, out / "ingest", revision) for revision in (against, None))
        changes = scoring.compare(before, after)
        if as_json_text:
            click.echo(scoring.changes_as_json(changes))
        else:
            console.print(scoring.changes_as_table(changes))
        return
    result = scoring.evaluate(gold, out / WAREHOUSE)
    if folder is not None:
        scoring.write_evaluation(result, folder)
    if as_json_text:
        click.echo(json.dumps(scoring.metrics(result), ensure_ascii=False, indent=1))
    else:
        if not quiet:
            print_scores(result, console)
        if folder is not None:
            console.print(f"Trang xem từng chỗ sai: {folder / 'report.html'}", highlight=False, soft_wrap=True)


@vanban.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--documents", type=click.IntRange(min=1), help="Write this many varied documents instead.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed writes the same bytes.")
@click.option(
    "--noise", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Share of damaged characters."
)
def sample(directory: Path, documents: int | None, seed: int, noise: float) -> None:
    """Write the sample corpus into DIRECTORY: about 15 invented documents of every format and kind.

    With --documents N it writes N varied documents with their exact answers (the form of gold/*.json), for tests and
    benchmarks.
    """
    from pipeline.sample import write_sample

    written = write_sample(directory, documents=documents, seed=seed, noise=noise)
    click.echo(f"Đã ghi {written.documents} văn bản vào {written.raw}; đáp án ở {written.gold}")


@vanban.command()
def doctor() -> None:
    """Say what is installed, what is missing, and the next command."""
    from rich import box
    from rich.table import Table

    from pipeline.doctor import examine

    checks = examine()
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Thành phần", "Tìm thấy", "Cần cho", "Việc cần làm"):
        table.add_column(heading, overflow="fold")
    for check in checks:
        table.add_row(check.name, check.found or "không có", check.needed_for, check.next_step or "")
    Console().print(table)
    missing = sorted({check.next_step for check in checks if check.next_step})
    if missing:
        click.echo("Lệnh tiếp theo: " + " ; ".join(missing))
        raise click.exceptions.Exit(MissingTool.exit_code)
    click.echo("Đủ mọi thành phần. Lệnh tiếp theo: vanban run THƯ_MỤC --out THƯ_MỤC_KẾT_QUẢ")


def _settings(params: Path | None, workers: int | None) -> Any:
    from pipeline.settings import Settings

    settings = Settings.load(params)
    return settings if workers is None else replace(settings, workers=workers)


def _read_named(name: str, limits: Any) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """Text, blocks and facts of a file, or of standard input for `-`."""
    from extractors.reading import normalise
    from pipeline.sources.registry import read_file

    if name == "-":
        text, _ = normalise(sys.stdin.read())
        return text, (), {"file_format": "txt", "text": text}
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"{name} is no file", "give the path of a document, or - for standard input")
    source = read_file(path, limits)
    facts = {
        "file_format": source.file_format,
        "media": source.media,
        "n_pages": len(source.pages),
        "text_quality": source.text_quality,
        "ocr_confidence": source.ocr_confidence,
        "text": source.text,
    }
    return source.text, source.blocks, facts


def main() -> NoReturn:
    """Entry point: runs the command and turns errors into one line and an exit code."""
    sys.exit(_guarded(lambda: vanban(standalone_mode=False)))


def _guarded(command: Callable[[], object]) -> int:
    try:
        # Outside standalone mode click hands the code of its Exit back instead of raising it.
        code = command()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng.", err=True)
        return 130
    except VanbanError as error:
        click.echo(f"vanban: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        next_step = (
            "free some space, then run again" if error.errno == errno.ENOSPC else "check the path and your rights"
        )
        click.echo(f"vanban: {FolderError(str(error), next_step)}", err=True)
        return FolderError.exit_code
    return code if isinstance(code, int) else 0
