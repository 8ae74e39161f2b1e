"""Pages and documents a second of the readers against their peers, on the same files in the same run.

    python benchmarks/reader_speed.py                     # a generated corpus
    python benchmarks/reader_speed.py FILE.pdf FILE.docx  # files of your own

Times are CPU seconds of one process; of several rounds over a file the quickest counts, and the readers take turns, so
that a busy machine slows all of them alike. PDF: the whole reader (columns, tables, paragraphs, signature fields)
against pdfplumber's `extract_text` and `extract_words`, and pdfium's bare text. .docx: the whole reader against
python-docx's `Document(path)` with the text of its paragraphs and table cells.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import docx
import pdfplumber
import pypdfium2

from pipeline.limits import Limits
from pipeline.sample import write_sample
from pipeline.sources.pdf import read_pdf
from pipeline.sources.word import read_docx

Reader = Callable[[Path], int]
"""Reads a file and returns its units: pages of a PDF, 1 for a .docx."""


def vanban_pdf(path: Path) -> int:
    return len(read_pdf(path, Limits()).pages)


def pdfplumber_text(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return sum(1 for page in pdf.pages if page.extract_text() is not None)


def pdfplumber_words(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return sum(1 for page in pdf.pages if page.extract_words() is not None)


def pdfium_text(path: Path) -> int:
    pdf = pypdfium2.PdfDocument(path)
    for number in range(len(pdf)):
        page = pdf[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    pages = len(pdf)
    pdf.close()
    return pages


def vanban_docx(path: Path) -> int:
    return 1 if read_docx(path, Limits()).text else 0


def python_docx(path: Path) -> int:
    document = docx.Document(str(path))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return 1 if lines else 0


READERS: dict[str, tuple[str, tuple[tuple[str, Reader], ...]]] = {
    ".pdf": (
        "pages",
        (
            ("pdfplumber extract_text", pdfplumber_text),
            ("pdfplumber extract_words", pdfplumber_words),
            ("pdfium bare text", pdfium_text),
            ("vanban, whole reader", vanban_pdf),
        ),
    ),
    ".docx": ("documents", (("python-docx", python_docx), ("vanban, whole reader", vanban_docx))),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=20, help="size of the generated corpus")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = arguments.files or _sample(Path(folder), arguments.documents)
        for suffix, (unit, readers) in READERS.items():
            chosen = [path for path in files if path.suffix.lower() == suffix]
            if chosen:
                sys.stdout.write(f"{len(chosen)} files {suffix}\n")
                _compare(chosen, unit, readers, arguments.rounds)
    return 0


def _sample(folder: Path, documents: int) -> list[Path]:
    for name in ("pdf", "docx"):
        write_sample(folder / name, documents, seed=1, formats=(name,))
    return sorted([*folder.rglob("*.pdf"), *folder.rglob("*.docx")])


def _compare(files: Iterable[Path], unit: str, readers: tuple[tuple[str, Reader], ...], rounds: int) -> None:
    units = dict.fromkeys((name for name, _ in readers), 0)
    seconds = dict.fromkeys(units, 0.0)
    for path in files:
        best = dict.fromkeys(units, float("inf"))
        count = dict.fromkeys(units, 0)
        for _ in range(rounds):
            for name, read in readers:
                began = time.process_time()
                count[name] = read(path)
                best[name] = min(best[name], time.process_time() - began)
        for name in units:
            units[name] += count[name]
            seconds[name] += best[name]
    slowest = units[readers[0][0]] / seconds[readers[0][0]]
    for name in units:
        speed = units[name] / seconds[name]
        sys.stdout.write(f"  {name:26} {speed:9.1f} {unit}/s  ×{speed / slowest:.1f}\n")


if __name__ == "__main__":
    raise SystemExit(main())
