"""From a folder of Vietnamese administrative documents to a DuckDB warehouse.

>>> from pipeline import run
>>> report = run("data/raw", "data/processed")  # doctest: +SKIP
>>> report.database  # doctest: +SKIP
PosixPath('data/processed/vanban.duckdb')
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.run_report import RunReport

__all__ = ["run"]


def run(raw: Path | str, out: Path | str, workers: int | None = None, params: Path | str | None = None) -> RunReport:
    """Read every file below `raw` and leave `out/vanban.duckdb` with the Parquet beside it.

    `workers` is the number of processes (None: one a processor), `params` a file of the form of params.yaml.
    Results do not depend on the number of workers. Raises a VanbanError (pipeline.errors) when the run cannot go on;
    a file that cannot be read never ends it.
    """
    from pipeline.corpus_run import run_quietly

    return run_quietly(Path(raw), Path(out), workers, None if params is None else Path(params))
