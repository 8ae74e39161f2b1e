"""How far the work is: a bar on a terminal, plain lines elsewhere. Rate, remaining time and failures so far."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

_PLAIN_EVERY_SECONDS = 10.0
_TELLING_SHARE = 0.1
"""Before this share is done the time left is not told: workers are still starting, and scans come first or last."""


class DocumentProgress:
    """Counts documents of one stage; use it as a context manager. `label` is shown to officers, in Vietnamese."""

    def __init__(self, label: str, total: int, console: Console) -> None:
        self._label = label
        self._total = total
        self._console = console
        self._done = 0
        self._failed = 0
        self._began = time.monotonic()
        self._last_line = self._began
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> DocumentProgress:
        if self._console.is_terminal and self._total:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]} văn bản/s"),
                TextColumn("còn"),
                TimeRemainingColumn(),
                TextColumn("lỗi {task.fields[failed]}"),
                console=self._console,
            )
            self._bar.start()
            self._task = self._bar.add_task(self._label, total=self._total, rate="–", failed=0)
        return self

    def advance(self, *, failed: bool) -> None:
        """One more document is done."""
        self._done += 1
        self._failed += failed
        now = time.monotonic()
        rate = self._done / max(now - self._began, 1e-6)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, rate=f"{rate:.1f}", failed=self._failed)
        elif now - self._last_line >= _PLAIN_EVERY_SECONDS:
            self._last_line = now
            telling = self._done >= _TELLING_SHARE * self._total
            left = f"{rate:.1f} văn bản/s · còn {(self._total - self._done) / rate:.0f} s · " if telling else ""
            self._console.print(
                f"{self._label}: {self._done}/{self._total} · {left}lỗi {self._failed}", highlight=False
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        elif self._total and kind is None:
            seconds = time.monotonic() - self._began
            self._console.print(
                f"{self._label}: {self._done}/{self._total} văn bản trong {seconds:.1f} s · lỗi {self._failed}",
                highlight=False,
            )
