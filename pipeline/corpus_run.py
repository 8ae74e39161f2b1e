"""All stages in order."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from rich.console import Console

from pipeline.errors import FolderError
from pipeline.run_report import RunReport, report_on
from pipeline.settings import Settings
from pipeline.stages.extract import extract
from pipeline.stages.ingest import ingest
from pipeline.stages.load import load
from pipeline.stages.resolve import resolve
from pipeline.stages.review import review
from pipeline.stages.segment import segment
from pipeline.stages.stage import StageRun
from pipeline.warehouse.opening import WAREHOUSE

LATER_STAGES: Mapping[str, Callable[[StageRun], object]] = MappingProxyType(
    {"segment": segment, "extract": extract, "review": review, "resolve": resolve, "load": load}
)
"""The stages after ingest, in order; each needs only the output folder."""


def run_corpus(raw: Path, run: StageRun) -> RunReport:
    """Every stage over `raw`."""
    _check_apart(raw, run.out)
    make_folder(run.out)
    ingest(raw, run)
    for stage in LATER_STAGES.values():
        stage(run)
    return report_on(run.out / WAREHOUSE)


def run_quietly(raw: Path, out: Path, workers: int | None, params: Path | None) -> RunReport:
    """Every stage without a word on the terminal, for use from Python."""
    settings = Settings.load(params)
    if workers is not None:
        settings = replace(settings, workers=workers)
    return run_corpus(raw, StageRun(out, settings, Console(file=io.StringIO())))


def make_folder(folder: Path) -> None:
    """Make the output folder; FolderError when that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(f"{folder} cannot be made: {error.strerror}", "give --out a folder you may write") from None


def _check_apart(raw: Path, out: Path) -> None:
    """Refuse to write into the folder that is read: the next run would read its own output."""
    inside = raw.resolve() in (out.resolve(), *out.resolve().parents)
    if inside:
        raise FolderError(f"{out} lies inside {raw}", "give --out a folder outside the raw folder")
