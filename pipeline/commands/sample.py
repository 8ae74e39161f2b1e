"""vanban sample: invented documents with their exact answers."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--documents", type=click.IntRange(min=1), help="Write this many varied documents instead.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed writes the same bytes.")
@click.option(
    "--noise", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Share of damaged characters."
)
@click.option(
    "--cascades",
    is_flag=True,
    help="A directive and what followed in four provinces, with the key to the ten questions.",
)
def sample(directory: Path, documents: int | None, seed: int, noise: float, cascades: bool) -> None:
    """Write the sample corpus into DIRECTORY: about 15 invented documents of every format and kind.

    With --documents N it writes N varied documents with their exact answers (the form of gold/*.json), for tests and
    benchmarks.
    """
    from pipeline.sample import write_cascades, write_sample

    if cascades:
        write_cascades(directory)
        click.echo(f"Đã ghi văn bản vào {directory / 'raw'}; đáp án mười câu hỏi ở {directory / 'key.json'}")
        return
    written = write_sample(directory, documents=documents, seed=seed, noise=noise)
    click.echo(f"Đã ghi {written.documents} văn bản vào {written.raw}; đáp án ở {written.gold}")
