"""Writes docs/COMMANDS.md from the commands' own help, with what they print on the small warehouse of the tests."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "COMMANDS.md"
sys.path.insert(0, str(ROOT))

from pipeline.cli import COMMANDS, vanban  # noqa: E402
from tests import small_warehouse  # noqa: E402

_WIDTH = 100
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_EXAMPLES = {
    "ask": ("", "1 --ref 45/QĐ-UBND", "9 --unit 'phong tai nguyen'"),
    "search": ("'ve sinh' --since 2024-03-01",),
    "query": ('"SELECT told_by, who_must, by_when, due_date FROM obligations ORDER BY due_date"',),
    "cascade": ("45/QĐ-UBND",),
    "coverage": ("45/QĐ-UBND --level huyện",),
    "deadlines": ("--on 2024-04-01 --days 40", "--overdue --on 2024-05-01"),
    "findings": ("",),
    "export": ("ra --format xlsx --format graphml --format ics --format akn",),
    "show": ("12/KH-UBND -o ke-hoach.html",),
}
_INTRODUCTION = """# Commands

Made by `make docs` from the commands' own help (`scripts/command_reference.py`); do not edit by hand. What they print
is real, on the three invented documents of `tests/small_warehouse.py`, at 100 columns. Elsewhere than at a terminal (a
pipe, a file) a row is one line without borders; `--csv`, `--json` and `--parquet` have all columns and all rows, under
the names of the [data dictionary](DATA_DICTIONARY.md). Exit codes: [ERRORS.md](ERRORS.md). Correcting rows:
[REVIEW.md](REVIEW.md).
"""


def help_of(*names: str) -> str:
    """The help of a command, as `vanban NAME --help` prints it."""
    printed = CliRunner().invoke(
        vanban, [*names, "--help"], prog_name="vanban", max_content_width=_WIDTH, terminal_width=_WIDTH
    )
    return "\n".join(line.rstrip() for line in printed.output.rstrip().splitlines())


def reference() -> str:
    """The page as Markdown."""
    parts = [_INTRODUCTION, f"```\n{help_of()}\n```\n"]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("data/processed").mkdir(parents=True)
        small_warehouse.build_with_views(Path("data/processed/vanban.duckdb"))
        for heading, names in COMMANDS.items():
            parts.append(f"# {heading}\n")
            for name in names:
                parts.append(f"## vanban {name}\n\n```\n{help_of(name)}\n```\n")
                if name == "review":
                    parts += [f"```\n{help_of(name, inner)}\n```\n" for inner in ("export", "log")]
                for words in _EXAMPLES.get(name, ()):
                    parts.append(f"```console\n$ vanban {name} {words}".rstrip() + f"\n{_printed(name, words)}\n```\n")
    return "\n".join(parts)


class _Terminal(io.StringIO):
    """Standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def _printed(name: str, words: str) -> str:
    out = _Terminal()
    os.environ["COLUMNS"] = str(_WIDTH)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        vanban([name, *shlex.split(words)], standalone_mode=False)
    return "\n".join(line.rstrip() for line in _STYLE.sub("", out.getvalue()).rstrip().splitlines())


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
