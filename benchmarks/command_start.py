"""CPU seconds that commands take to start, each as a process of its own; the least of several runs.

    python benchmarks/command_start.py

`python -c pass` is timed beside them: what is above it is the command's own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

_RUNS = 7
_VANBAN = str(Path(sys.executable).with_name("vanban"))
_DATABASE = Path("data/processed/vanban.duckdb")


def cpu_seconds(command: list[str]) -> float:
    """Least processor time of a process, over several runs."""
    taken = []
    for _ in range(_RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def main() -> None:
    """Print the figures."""
    commands = {"python -c pass": [sys.executable, "-c", "pass"]}
    commands |= {f"vanban {words}": [_VANBAN, *words.split()] for words in ("--help", "query --help", "ask")}
    if _DATABASE.exists():
        commands["vanban query (one row)"] = [
            _VANBAN,
            "query",
            "SELECT count(*) FROM documents",
            "--db",
            str(_DATABASE),
        ]
    for name, command in commands.items():
        sys.stdout.write(f"{name:24} {cpu_seconds(command):.3f} s\n")


if __name__ == "__main__":
    main()
