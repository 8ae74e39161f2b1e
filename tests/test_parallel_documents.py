"""A document that hangs, throws or kills its worker costs only itself; order is that of the tasks."""

from __future__ import annotations

import os
import time

import pytest

from pipeline.errors import DamagedFile
from pipeline.parallel_documents import DocumentPool


def work(task: str) -> str:
    match task:
        case "hang":
            time.sleep(60)
        case "die":
            os._exit(9)
        case "damaged":
            raise DamagedFile("tệp bị cắt", "lấy lại tệp")
        case "unforeseen":
            raise ZeroDivisionError("0")
        case "slow":
            time.sleep(0.3)
    return task.upper()


@pytest.mark.parametrize("workers", [1, 2])
def test_faults_are_typed_and_others_go_on(workers: int) -> None:
    tasks = ["slow", "a", "damaged", "die", "b", "hang", "unforeseen", "c"]
    with DocumentPool(workers=workers, seconds=5) as pool:
        outcomes = list(pool.each(work, tasks))
    assert [outcome.task for outcome in outcomes] == tasks
    assert [outcome.result for outcome in outcomes] == ["SLOW", "A", None, None, "B", None, None, "C"]
    kinds = [outcome.error.kind if outcome.error else None for outcome in outcomes]
    assert kinds == [None, None, "damaged", "crashed", None, "limit_exceeded", "crashed", None]
    assert all("→" in str(outcome.error) for outcome in outcomes if outcome.error)


def test_typed_errors_keep_their_words_across_processes() -> None:
    with DocumentPool(workers=1, seconds=10) as pool:
        (outcome,) = pool.each(work, ["damaged"])
    assert str(outcome.error) == "tệp bị cắt → lấy lại tệp"
