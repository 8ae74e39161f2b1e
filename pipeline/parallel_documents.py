"""One function over many documents in worker processes; a document that hangs or kills its worker costs only itself."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, TimeoutError
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import LimitExceeded, ReaderCrashed, UnreadableFile

Task = TypeVar("Task")
Result = TypeVar("Result")

_TASKS_A_WORKER = 2_000


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Task, Result]):
    """What became of one task: its result, or the typed error it ended in."""

    task: Task
    result: Result | None
    error: UnreadableFile | None


def default_workers() -> int:
    """One worker a processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class DocumentPool:
    """Worker processes for one stage; they start with the first task and end with the context.

    A task over `seconds` ends as LimitExceeded, a worker that dies (out of memory, a crash in a library) as
    ReaderCrashed; both leave the other tasks alone.
    """

    def __init__(self, *, workers: int, seconds: float) -> None:
        self._workers = workers
        self._seconds = seconds
        self._pool: ProcessPool | None = None

    def __enter__(self) -> DocumentPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.close() if kind is None else self._pool.stop()
            self._pool.join()

    def each(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Outcome[Task, Result]]:
        """Run `function` over `tasks`, yielding outcomes in the order of the tasks, whatever order they end in.

        At most a few tasks a worker wait at any time, so `tasks` may be a long iterator.
        """
        waiting: deque[tuple[Task, Future[Any]]] = deque()
        for task in tasks:
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(max_workers=self._workers, max_tasks=_TASKS_A_WORKER, context=context)
            waiting.append((task, self._pool.schedule(function, args=(task,), timeout=self._seconds)))
            if len(waiting) >= self._workers * 8:
                yield _outcome(*waiting.popleft(), self._seconds)
        while waiting:
            yield _outcome(*waiting.popleft(), self._seconds)


def _outcome(task: Task, future: Future[Any], seconds: float) -> Outcome[Task, Any]:
    try:
        return Outcome(task, future.result(), None)
    except TimeoutError:
        return Outcome(
            task,
            None,
            LimitExceeded(f"quá {seconds:.0f} giây", "tăng limits.file_seconds trong params.yaml hoặc chia nhỏ tệp"),
        )
    except ProcessExpired as error:
        return Outcome(
            task,
            None,
            ReaderCrashed(f"tiến trình đọc bị dừng (mã {error.exitcode})", "kiểm tra bộ nhớ còn trống, rồi chạy lại"),
        )
    except UnreadableFile as error:
        return Outcome(task, None, error)
    except Exception as error:
        # Whatever a library throws concerns this document alone; it is kept, typed, in quarantine.
        return Outcome(
            task,
            None,
            ReaderCrashed(f"{type(error).__name__}: {error}", "gửi tệp và dòng này cho nhóm phát triển vanban"),
        )
