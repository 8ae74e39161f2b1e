"""Run the notebooks and write them as HTML pages."""

from __future__ import annotations

import ast
from pathlib import Path

import click

from pipeline.notebooks.pages import write_pages

HERE = Path(__file__).parents[1]


@click.command()
@click.argument("choices", nargs=-1, metavar="[NAME=VALUE]…")
@click.option("--db", type=click.Path(path_type=Path, dir_okay=False), default=HERE / "data/processed/vanban.duckdb")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=HERE / "data/processed/notebooks")
def main(choices: tuple[str, ...], db: Path, out: Path) -> None:
    """Write every page and say where it is; NAME=VALUE sets a parameter, such as VAN_BAN=33/CT-TTg NAM=2021."""
    chosen = {name: _value(text) for name, _, text in (choice.partition("=") for choice in choices)}
    for path in write_pages(HERE / "notebooks", db, out, chosen):
        click.echo(path)


def _value(text: str) -> object:
    """A number or None as such, everything else as text."""
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text


if __name__ == "__main__":
    main()
