"""Run the notebooks and write them as HTML pages: python scripts/notebooks_html.py [WAREHOUSE [FOLDER]]."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.notebooks.pages import write_pages

HERE = Path(__file__).parents[1]


def main() -> None:
    """Write every page and say where it is."""
    given = [Path(argument) for argument in sys.argv[1:]]
    warehouse, folder, *_ = [*given, *(HERE / "data/processed/vanban.duckdb", HERE / "data/processed/notebooks")[len(given) :]]
    for path in write_pages(HERE / "notebooks", warehouse, folder):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
