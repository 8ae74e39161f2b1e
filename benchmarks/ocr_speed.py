"""Pages a second of OCR against bare `tesseract`: same pictures, same model, two processes each, in the same run.

    python benchmarks/ocr_speed.py                  # eight generated pages at 300 dpi
    python benchmarks/ocr_speed.py PAGE.png …       # pictures of your own

Bare Tesseract is the program of the system (`apt-get install tesseract-ocr`), a start for each picture as it comes from
the file, with its own page layout, words and boxes as TSV. Each process of both sides has one thread
(`OMP_THREAD_LIMIT=1`). The sides take turns over the rounds. The ratio of CPU seconds a page (children counted, the
project's Tesseract among them) is the one to go by on a busy machine; that of pages a second is printed beside it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from random import Random

from pipeline.limits import Limits
from pipeline.sample.documents import sample_document
from pipeline.sample.scan import page_images
from pipeline.sources.page_image import read_image
from pipeline.sources.tesseract import vietnamese

_PROCESSES = 2


def project(path: Path) -> int:
    """Characters the whole reader of page images gives: cleaning, reading, layout, second looks."""
    return len(read_image(path, Limits()).text)


def bare(path: Path) -> int:
    """Characters of `tesseract` with words and boxes."""
    model = vietnamese()
    command = ["tesseract", str(path), "stdout", "--tessdata-dir", str(model.folder), "-l", model.name, "tsv"]
    return len(subprocess.run(command, capture_output=True, check=True).stdout)


def by_project(paths: Sequence[Path]) -> int:
    with ProcessPoolExecutor(_PROCESSES) as pool:
        return sum(pool.map(project, paths))


def by_tesseract(paths: Sequence[Path]) -> int:
    with ThreadPoolExecutor(_PROCESSES) as pool:
        return sum(pool.map(bare, paths))


def spent(work: Callable[[Sequence[Path]], int], paths: Sequence[Path]) -> tuple[float, float]:
    """Seconds by the clock and CPU seconds of the child processes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work(paths)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, cpu


def sample_pictures(folder: Path, count: int) -> list[Path]:
    """`count` pages of generated documents as PNG at 300 dpi."""
    paths: list[Path] = []
    for index in range(count):
        random = Random(f"ocr speed {index}")
        for image in page_images(sample_document(f"m{index:05d}", random), random, dpi=300):
            if len(paths) < count:
                paths.append(folder / f"{len(paths):03d}.png")
                image.save(paths[-1], dpi=(300, 300))
    return paths


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args(arguments)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        paths = chosen.files or sample_pictures(Path(folder), chosen.pages)
        sides = {"tesseract": by_tesseract, "vanban, whole reader": by_project}
        best = dict.fromkeys(sides, (float("inf"), float("inf")))
        for _ in range(chosen.rounds):
            for name, work in sides.items():
                best[name] = min(best[name], spent(work, paths), key=lambda times: times[1])
        bare_clock, bare_cpu = best["tesseract"]
        for name, (clock, cpu) in best.items():
            sys.stdout.write(
                f"{name:22} {len(paths) / clock:6.2f} pages/s (×{bare_clock / clock:.2f}), "
                f"{cpu / len(paths):6.2f} CPU s a page (×{bare_cpu / cpu:.2f})\n"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
