"""Run the notebooks and write them as HTML pages: python scripts/notebooks_html.py [WAREHOUSE [FOLDER]]."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.notebooks.pages import write_pages

HERE = Path(__file__).parents[1]


def main(warehouse: str = "data/processed/vanban.duckdb", folder: str = "data/processed/notebooks") -> None:
    """Write every page and say where it is."""
    for path in write_pages(HERE / "notebooks", HERE / warehouse, HERE / folder):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
