"""Character errors and số/ký hiệu read exactly, on generated pages whose text is known.

    python benchmarks/ocr_quality.py              # eight pages of each kind, the lines that differ below
    python benchmarks/ocr_quality.py --pages 3 --kinds fax

Kinds of page: `clean` at 300 dpi; `noisy` at 200 dpi, blurred and speckled; `fax` at 150 dpi, blurred, speckled and in
black and white, so that the seal lies black over the signer's name. Every word read goes to the printed line it stands
on, so the order of reading does not count. Errors are edits of characters over the characters printed, blanks alike;
what was read where nothing is printed counts as inserted. Page numbers, which the reader leaves out, and blanks about
the colon and the slash of the number line, which it sets in one way, do not count. A số/ký hiệu counts as read when the
line holds it to the letter.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import regex
from PIL import Image

from pipeline.limits import Limits
from pipeline.sample.documents import sample_document
from pipeline.sample.page_setting import PAGE_HEIGHT, PAGE_WIDTH, Line, set_pages
from pipeline.sample.pdf_file import text_width
from pipeline.sample.scan import page_images
from pipeline.sources.ocr import read_scan
from pipeline.sources.page_words import Word
from pipeline.sources.signature_names import distance

_SYMBOL = regex.compile(r"(?<![^\s:])[(“]?(\d+[\p{L}\d]*/[\p{Lu}\d/-]*[\p{Lu}]|\d+-[\p{Lu}]{2,}/[\p{Lu}]+)")
_NEAR = 0.7
"""So far from a printed baseline, times the size of its letters, a word still belongs to that line."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How pages are worn, and what is asked: the most character errors and the least share of symbols."""

    dpi: int
    noise: float
    bilevel: bool
    most_errors: float
    least_symbols: float


KINDS = {
    "clean": Kind(300, 0.0, False, 0.002, 0.99),
    "noisy": Kind(200, 0.5, False, 0.003, 0.99),
    "fax": Kind(150, 0.5, True, 0.02, 0.92),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A picture and the lines printed on it."""

    number: int
    image: Image.Image
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Score:
    """Characters printed and misread, symbols printed and read, and the pairs of lines that differ."""

    characters: int = 0
    errors: int = 0
    symbols: int = 0
    symbols_read: int = 0
    differing: list[tuple[str, str]] | None = None


def pages(kind: Kind, count: int, seed: int) -> Iterator[Page]:
    """`count` pages of generated documents, whole documents one after the other."""
    made = 0
    for index in range(count):
        random = Random(f"ocr quality {seed} {index}")
        document = sample_document(f"m{index:05d}", random)
        lines = set_pages(document, text_width)
        images = page_images(document, random, dpi=kind.dpi, noise=kind.noise, skew=random.uniform(-0.6, 0.6))
        for page, image in enumerate(images):
            if made == count:
                return
            made += 1
            worn = image.convert("L").point(lambda level: 255 * (level > 140)).convert("1") if kind.bilevel else image
            yield Page(page + 1, worn, tuple(line for line in lines if line.page == page))


def score(page: Page, total: Score) -> None:
    """Read the page and add what it gave to `total`."""
    scan = read_scan(page.image.convert("RGB"), page.number, PAGE_WIDTH, PAGE_HEIGHT, Limits())
    words = [word for line in scan.lines for word in line.words]
    read: list[list[Word]] = [[] for _ in page.lines]
    stray = []
    for word in words:
        at = min(range(len(page.lines)), key=lambda number: _distance(word, page.lines[number]))
        (read[at] if _distance(word, page.lines[at]) < _NEAR else stray).append(word)
    for line, found in zip(page.lines, read, strict=True):
        if line.text.isdigit():
            continue
        _add(total, " ".join(line.text.split()), " ".join(w.text for w in sorted(found, key=lambda w: w.left)))
    for word in stray:
        _add(total, "", word.text)


def _distance(word: Word, line: Line) -> float:
    """How far the word stands from the line, in sizes of its letters; a word beside the line is far."""
    right = line.x + text_width(line.text, line.size, line.bold)
    beside = max(line.x - word.middle, word.middle - right, 0.0)
    return abs(word.baseline - line.y) / line.size + beside / 40


def _add(total: Score, printed: str, read: str) -> None:
    printed, read = _blanks_in_number_line(printed), _blanks_in_number_line(read)
    total.characters += len(printed)
    total.errors += distance(printed, read)
    symbols = _SYMBOL.findall(printed)
    total.symbols += len(symbols)
    total.symbols_read += sum(symbol in read for symbol in symbols)
    if printed != read and total.differing is not None:
        total.differing.append((printed, read))


def _blanks_in_number_line(line: str) -> str:
    return regex.sub(r"\s*([:/])\s*", r"\1", line) if line.startswith("Số") else line


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="*", choices=list(KINDS), default=list(KINDS))
    chosen = parser.parse_args(arguments)
    for name in chosen.kinds:
        kind = KINDS[name]
        total = Score(differing=[])
        for page in pages(kind, chosen.pages, chosen.seed):
            score(page, total)
        sys.stdout.write(
            f"{name} {kind.dpi} dpi: {total.errors} of {total.characters} characters, "
            f"CER {total.errors / total.characters:.4f} (asked {kind.most_errors}); "
            f"số/ký hiệu {total.symbols_read} of {total.symbols} (asked {kind.least_symbols:.0%})\n"
        )
        for printed, read in total.differing or ():
            sys.stdout.write(f"  − {printed}\n  + {read}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
