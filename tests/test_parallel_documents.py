"""A document that hangs, throws, eats memory or kills its worker costs only itself; order is that of the tasks."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import DamagedFile
from pipeline.parallel_documents import DocumentPool

MEMORY = 500_000_000


def work(task: str) -> str:
    match task:
        case "hang":
            time.sleep(60)
        case "die":
            os._exit(9)
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "devour":
            devoured = []
            while True:
                devoured.append(bytearray(50_000_000))
        case "damaged":
            raise DamagedFile("tệp bị cắt", "lấy lại tệp")
        case "unforeseen":
            raise ZeroDivisionError("0")
        case "slow":
            time.sleep(0.3)
    return task.upper()


@pytest.mark.parametrize("workers", [1, 2])
def test_faults_are_typed_and_others_go_on(workers: int) -> None:
    faults = {
        "damaged": "damaged",
        "die": "crashed",
        "segfault": "crashed",
        "killed": "out_of_memory",
        "devour": "out_of_memory",
        "hang": "limit_exceeded",
        "unforeseen": "crashed",
    }
    tasks = ["slow", "a", *[task for fault in faults for task in (fault, f"after {fault}")]]
    with DocumentPool(workers=workers, seconds=5, memory_bytes=MEMORY) as pool:
        outcomes = list(pool.each(work, tasks))
    assert [outcome.task for outcome in outcomes] == tasks
    assert [outcome.result for outcome in outcomes] == [None if task in faults else task.upper() for task in tasks]
    assert [outcome.error.kind if outcome.error else None for outcome in outcomes] == [*map(faults.get, tasks)]
    assert all("→" in str(outcome.error) for outcome in outcomes if outcome.error)


def test_typed_errors_keep_their_words_across_processes() -> None:
    with DocumentPool(workers=1, seconds=10, memory_bytes=MEMORY) as pool:
        (outcome,) = pool.each(work, ["damaged"])
    assert str(outcome.error) == "tệp bị cắt → lấy lại tệp"


def die_at_first(marker: str) -> str:
    """Dies unless it has been tried before."""
    if not Path(marker).exists():
        Path(marker).touch()
        os._exit(1)
    return "read"


def test_a_document_whose_worker_died_is_tried_once_more(tmp_path: Path) -> None:
    with DocumentPool(workers=2, seconds=10, memory_bytes=MEMORY) as pool:
        outcomes = list(pool.each(die_at_first, [str(tmp_path / name) for name in "abc"]))
    assert [outcome.result for outcome in outcomes] == ["read"] * 3


def count_tries(folder: str) -> None:
    """Leaves a file for each try, and dies."""
    Path(folder, str(time.monotonic_ns())).touch()
    os._exit(1)


def test_it_is_tried_twice_and_no_more(tmp_path: Path) -> None:
    with DocumentPool(workers=2, seconds=10, memory_bytes=MEMORY) as pool:
        (outcome,) = pool.each(count_tries, [str(tmp_path)])
    assert outcome.error is not None and outcome.error.kind == "crashed"
    assert len(list(tmp_path.iterdir())) == 2


def allowed(_: str) -> tuple[int, int]:
    """The memory limit of the worker and of a program it starts."""
    asked = "import resource; print(resource.getrlimit(resource.RLIMIT_DATA)[0])"
    started = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return resource.getrlimit(resource.RLIMIT_DATA)[0], int(started.stdout)


def test_workers_and_the_programs_they_start_have_a_memory_limit() -> None:
    with DocumentPool(workers=1, seconds=20, memory_bytes=MEMORY) as pool:
        (outcome,) = pool.each(allowed, [""])
    assert outcome.result == (MEMORY, MEMORY)
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] != MEMORY
