"""What every stage of a run is given, and how it works through documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from pipeline.errors import EncryptedFile, OutOfMemory, ReaderCrashed, ToolUnavailable, UnreadableFile
from pipeline.parallel_documents import DocumentPool, default_workers
from pipeline.progress import DocumentProgress
from pipeline.raw_files import printable
from pipeline.result_cache import ResultCache
from pipeline.rows import Row
from pipeline.settings import Settings

Task = TypeVar("Task")
Tables = dict[str, list[Row]]

_ERROR = "quarantine"
_WINDOW = 256
_NOT_KEPT = (ToolUnavailable, ReaderCrashed, OutOfMemory, EncryptedFile)


@dataclass(frozen=True, slots=True)
class StageRun:
    """Where a run writes, what it may cost, where it tells how far it is, and the folder of corrected sheets."""

    out: Path
    settings: Settings
    console: Console
    corrections: Path = Path("data/review")

    @property
    def workers(self) -> int:
        """Number of worker processes."""
        return self.settings.workers or default_workers()

    def folder(self, stage: str) -> Path:
        """The folder of a stage's Parquet files."""
        return self.out / stage

    def cache(self, stage: str, version: str) -> ResultCache:
        """The cache of a stage for one version of its code."""
        return ResultCache(self.out / ".cache" / f"{stage}.sqlite", version)

    def progress(self, label: str, total: int) -> DocumentProgress:
        """A progress display; `label` in Vietnamese."""
        return DocumentProgress(label, total, self.console)

    def work_through(
        self, stage: str, tasks: Iterable[Task], key: Callable[[Task], str], function: Callable[[Task], Tables],
        cache: ResultCache, keep: Callable[[Tables], bool] = lambda _: True,
    ) -> Iterator[tuple[Task, Tables]]:  # fmt: skip
        """The rows that `function` makes of each task, in the order of the tasks.

        Kept results are taken from `cache`. A task that fails gives one row of `quarantine` (without source_path);
        failures that a repaired machine or program or a password may mend are not kept, nor rows that `keep` refuses.
        """
        waiting = iter(tasks)
        limits = self.settings.limits
        with DocumentPool(workers=self.workers, seconds=limits.file_seconds, memory_bytes=limits.worker_bytes) as pool:
            while window := list(islice(waiting, _WINDOW * self.workers)):
                keyed = [(task, key(task)) for task in window]
                kept = {name: cache.get(name) for _, name in keyed}
                fresh = pool.each(function, [task for task, name in keyed if kept[name] is None])
                for task, name in keyed:
                    rows: Tables | None = kept[name]
                    if rows is None:
                        outcome = next(fresh)
                        rows = outcome.result if outcome.error is None else _quarantined(stage, outcome.error)
                        assert rows is not None
                        if not isinstance(outcome.error, _NOT_KEPT) and keep(rows):
                            cache.put(name, rows)
                    yield task, rows
                cache.commit()


def _quarantined(stage: str, error: UnreadableFile) -> Tables:
    return {_ERROR: [{"stage": stage, "error": error.kind, "message": printable(str(error))}]}
