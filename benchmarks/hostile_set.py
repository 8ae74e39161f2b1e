"""What the set of hostile files costs: memory of all processes over that of an idle run, and the longest document.

    python benchmarks/hostile_set.py [--small] [--seconds 60]

Writes the files of scripts/hostile_files.py into a temporary folder, reads each in worker processes under the default
limits (but `file_seconds`, see --seconds), and prints outcome and time of every file. Idle is the same pool over
small PDFs. Memory is the sum over this process and all it started (shared pages counted once), looked at 20 times a
second.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import psutil

from pipeline.errors import UnreadableFile
from pipeline.limits import Limits
from pipeline.parallel_documents import DocumentPool
from pipeline.sample import write_sample
from pipeline.sources.registry import read_file

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of one file and the seconds it took."""

    outcome: str
    seconds: float


def read(path: Path, limits: Limits) -> Reading:
    began = time.monotonic()
    try:
        read_file(path, limits)
    except UnreadableFile as error:
        return Reading(error.kind, time.monotonic() - began)
    return Reading("read", time.monotonic() - began)


class Memory:
    """The most memory that this process and all it started had while the block ran, in bytes."""

    def __enter__(self) -> Memory:
        self.peak = 0
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.05):
            total = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)


def read_all(paths: Iterable[Path], workers: int, limits: Limits) -> tuple[dict[str, Reading], int]:
    """Outcome and time by name, and the peak of memory."""
    found: dict[str, Reading] = {}
    with (
        Memory() as memory,
        DocumentPool(workers=workers, seconds=limits.file_seconds, memory_bytes=limits.worker_bytes) as pool,
    ):
        for outcome in pool.each(partial(read, limits=limits), paths):
            if outcome.error is not None:
                timed_out = outcome.error.kind == "limit_exceeded"
                seconds = limits.file_seconds if timed_out else float("nan")  # of a dead worker no time is known
                found[outcome.task.name] = Reading(outcome.error.kind, seconds)
            elif outcome.result is not None:
                found[outcome.task.name] = outcome.result
    return found, memory.peak


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="only the files that are quickly made")
    parser.add_argument("--seconds", type=float, default=60.0, help="file_seconds of this run")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    limits = replace(Limits(), file_seconds=arguments.seconds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sample(folder / "idle", 2 * arguments.workers, seed=1, formats=("pdf",))
        _, idle = read_all(sorted((folder / "idle").rglob("*.pdf")), arguments.workers, limits)
        command = [sys.executable, str(ROOT / "scripts" / "hostile_files.py"), str(folder / "set")]
        subprocess.run([*command, *["--small"] * arguments.small], check=True, stdout=subprocess.DEVNULL)
        found, peak = read_all(sorted((folder / "set").iterdir()), arguments.workers, limits)
    wrong = 0
    for name, reading in found.items():
        expected, _, what = name.partition("~")
        is_right = reading.outcome in expected.split("+")
        wrong += not is_right
        mark = "" if is_right else f"   expected {expected}"
        sys.stdout.write(f"{reading.seconds:7.2f} s  {reading.outcome:16} {what}{mark}\n")
    longest = max(reading.seconds for reading in found.values() if not math.isnan(reading.seconds))
    sys.stdout.write(
        f"{len(found)} files, {wrong} unexpected outcomes; memory over idle {(peak - idle) / 1e6:.0f} MB "
        f"(idle {idle / 1e6:.0f} MB); longest document {longest:.1f} s (limit {limits.file_seconds:.0f} s)\n"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
