"""Writes the answers under every question of docs/QUESTIONS.md, as the invented cascades give them.

python scripts/questions.py

The page is written by hand; only the table under each block of SQL is replaced.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import duckdb

import pipeline
from pipeline.sample.cascades import write_cascades

PAGE = Path(__file__).parent.parent / "docs" / "QUESTIONS.md"
_MOST_ROWS = 6
_QUESTION = re.compile(r"(?P<block>```sql\n(?P<sql>.*?)```\n)(?:\n\|.*?\n(?=\n|\Z))?(?:\n… [^\n]*\n)?", re.DOTALL)


def answered(page: str, db: duckdb.DuckDBPyConnection) -> str:
    """The page with the answers that a warehouse gives."""
    return _QUESTION.sub(lambda found: found["block"] + "\n" + _table(db.execute(found["sql"])), page)


def _table(answer: duckdb.DuckDBPyConnection) -> str:
    names = [column[0] for column in answer.description]
    rows = answer.fetchall()
    lines = [names, ["---"] * len(names), *([_shown(value) for value in row] for row in rows[:_MOST_ROWS])]
    more = f"\n… {len(rows) - _MOST_ROWS} rows more\n" if len(rows) > _MOST_ROWS else ""
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + more


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return "" if value is None else " ".join(str(value).split()).replace("|", "\\|")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_cascades(Path(folder))
        report = pipeline.run(f"{folder}/raw", f"{folder}/out")
        with duckdb.connect(str(report.database), read_only=True) as db:
            PAGE.write_text(answered(PAGE.read_text(encoding="utf-8"), db), encoding="utf-8")


if __name__ == "__main__":
    main()
