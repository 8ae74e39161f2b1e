"""One function over many documents in worker processes; a document that hangs or kills its worker costs only itself."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, TimeoutError
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import LimitExceeded, ReaderCrashed, UnreadableFile

Task = TypeVar("Task")
Result = TypeVar("Result")

_TASKS_A_WORKER = 500


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Task, Result]):
    """What became of one task: its result, or the typed error it ended in."""

    task: Task
    result: Result | None
    error: UnreadableFile | None


def default_workers() -> int:
    """One worker a processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each_document(
    function: Callable[[Task], Result], tasks: Iterable[Task], *, workers: int, seconds: float
) -> Iterator[Outcome[Task, Result]]:
    """Run `function` over `tasks`, yielding outcomes in the order of the tasks, whatever order they end in.

    A task over `seconds` ends as LimitExceeded, a worker that dies (out of memory, a crash in a library) as
    ReaderCrashed; both leave the other tasks alone. At most a few tasks a worker wait at any time, so `tasks` may be
    a long iterator.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=workers, max_tasks=_TASKS_A_WORKER, context=context) as pool:
        waiting: deque[tuple[Task, Future[Any]]] = deque()
        for task in tasks:
            waiting.append((task, pool.schedule(function, args=(task,), timeout=seconds)))
            if len(waiting) >= workers * 8:
                yield _outcome(*waiting.popleft(), seconds)
        while waiting:
            yield _outcome(*waiting.popleft(), seconds)


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
