"""vanban extract: what single files yield, without a warehouse."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.options import params_option, passwords_option, read_settings
from pipeline.errors import UnreadableFile

if TYPE_CHECKING:
    from extractors.reading import Block
    from pipeline.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json_lines", is_flag=True, help="One JSON object a file, for programs.")
@params_option
@passwords_option
def extract(files: tuple[str, ...], as_json_lines: bool, params: Path | None, passwords: Path | None) -> None:
    """Print what each FILE yields; `-` reads plain text from standard input."""
    from rich.console import Console

    from extractors.document import extract as extract_document
    from extractors.reading import Reading
    from pipeline.extraction_tables import as_json, print_extraction

    settings = read_settings(params, None, passwords)
    console = Console()
    failed: UnreadableFile | None = None
    for name in files:
        try:
            text, blocks, facts = _read_named(name, settings)
        except UnreadableFile as error:
            failed = error
            click.echo(f"{name}: {str(error).removeprefix(f'{Path(name).name}: ')}", err=True)
            continue
        reading = Reading.of(text, blocks)
        found = extract_document(reading)
        if as_json_lines:
            click.echo(json.dumps(as_json(name, found, facts), ensure_ascii=False, default=str))
        else:
            print_extraction(name, text, found, console)
    if failed is not None:
        raise click.exceptions.Exit(failed.exit_code)


def _read_named(name: str, settings: Settings) -> tuple[str, tuple[Block, ...], dict[str, Any]]:
    """Text, blocks and facts of a file, or of standard input for `-`."""
    from extractors.reading import normalise
    from pipeline.sources.registry import read_file

    if name == "-":
        text, _ = normalise(sys.stdin.read())
        return text, (), {"file_format": "txt", "text": text}
    path = Path(name)
    source = read_file(path, settings.limits, settings.passwords)
    facts = {
        "file_format": source.file_format,
        "media": source.media,
        "n_pages": len(source.pages),
        "text_quality": source.text_quality,
        "ocr_confidence": source.ocr_confidence,
        "text": source.text,
    }
    return source.text, source.blocks, facts
