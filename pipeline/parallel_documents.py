"""One function over many documents in worker processes; a document that hangs or kills its worker costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, TimeoutError, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import LimitExceeded, OutOfMemory, ReaderCrashed, UnreadableFile
from pipeline.worker_memory import give_back, limit_memory

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

    A task over `seconds` ends as LimitExceeded; its worker is killed. A worker that dies or runs out of its
    `memory_bytes` costs its one task, which is tried once more, alone in a worker of its own while nothing else runs,
    and then ends as ReaderCrashed or OutOfMemory. The other tasks go on.
    """

    def __init__(self, *, workers: int, seconds: float, memory_bytes: int) -> None:
        self._workers = workers
        self._seconds = seconds
        self._memory_bytes = memory_bytes
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
                self._pool = self._started(self._workers)
            waiting.append((task, self._pool.schedule(_run, args=(function, task), timeout=self._seconds)))
            if len(waiting) >= self._workers * 8:
                yield self._settled(function, waiting)
        while waiting:
            yield self._settled(function, waiting)

    def _started(self, workers: int) -> ProcessPool:
        return ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_A_WORKER,
            context=multiprocessing.get_context("spawn"),
            initializer=limit_memory,
            initargs=(self._memory_bytes,),
        )

    def _settled(
        self, function: Callable[[Task], Result], waiting: deque[tuple[Task, Future[Any]]]
    ) -> Outcome[Task, Result]:
        """The outcome of the first task waiting; of a second try when its worker died."""
        task, future = waiting.popleft()
        try:
            return Outcome(task, self._result(future), None)
        except (_WorkerDied, OutOfMemory):
            wait([other for _, other in waiting])
        except UnreadableFile as error:
            return Outcome(task, None, error)
        with self._started(1) as alone:
            try:
                return Outcome(
                    task, self._result(alone.schedule(_run, args=(function, task), timeout=self._seconds)), None
                )
            except UnreadableFile as error:
                return Outcome(task, None, error)

    def _result(self, future: Future[Any]) -> Any:
        """The result of a task. Every way in which it can fail is an UnreadableFile."""
        try:
            return future.result()
        except UnreadableFile:
            raise
        except TimeoutError:
            raise LimitExceeded(
                f"quá {self._seconds:.0f} giây", "tăng limits.file_seconds trong params.yaml hoặc chia nhỏ tệp"
            ) from None
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGKILL:
                raise _out_of_memory(self._memory_bytes) from None
            raise _WorkerDied(
                f"tiến trình đọc chết hai lần (mã {error.exitcode})", "gửi tệp và dòng này cho nhóm phát triển vanban"
            ) from None
        except MemoryError:
            raise _out_of_memory(self._memory_bytes) from None
        except Exception as error:
            # Whatever a library throws concerns this document alone; it is kept, typed, in quarantine.
            raise ReaderCrashed(
                f"{type(error).__name__}: {error}", "gửi tệp và dòng này cho nhóm phát triển vanban"
            ) from error


def _run(function: Callable[[Task], Result], task: Task) -> Result:
    try:
        return function(task)
    finally:
        give_back()


class _WorkerDied(ReaderCrashed):
    """The worker process ended by itself: a crash in a library."""


def _out_of_memory(size: int) -> OutOfMemory:
    return OutOfMemory(
        f"cần nhiều bộ nhớ hơn worker_bytes = {size:,} byte hoặc bộ nhớ còn trống của máy",
        "chia nhỏ tệp, hoặc tăng limits.worker_bytes trong params.yaml",
    )
