"""Characters a second of each extractor and of all together, with two ratios that do not depend on the machine.

python benchmarks/extraction_speed.py [--texts FILE.jsonl] [--documents 400] [--repeat 3] [--json OUT.json]

Reads the `text` of every line of FILE.jsonl, or makes sample documents. Prints, for each extractor, millions of
characters a second (median of the repeats) and how many times longer it takes than one pattern of `re` over the same
text; then, for all extractors, the time of one long text against the same text ten times over (10.0 is linear).
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from extractors.citations.finder import find_citations
from extractors.context import Context
from extractors.deadlines.finder import find_deadlines
from extractors.document import extract
from extractors.header.reader import read_header
from extractors.outline.sections import segment_reading
from extractors.reading import Reading, normalise
from extractors.recipients import find_recipients
from extractors.signatories import find_signatories
from pipeline.sample.documents import sample_document
from pipeline.sample.text_file import text

SINGLE_PATTERN = re.compile(r"(?:Nghị định|Quyết định|Thông tư|Công văn)\s+(?:số\s+)?\d+[/\d]*[-/]\w+(?:-\w+)*")
LONG_TEXT = 100_000

Document = tuple[Reading, Context]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    texts = read_texts(arguments.texts) if arguments.texts else sample_texts(arguments.documents)
    figures = measured(texts, arguments.repeat)
    for name, value in figures.items():
        sys.stdout.write(f"{name:44} {value:10.3f}\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def read_texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [normalise(json.loads(line)["text"])[0] for line in lines]


def sample_texts(documents: int) -> list[str]:
    return [text(sample_document("b", Random(f"benchmark {i}"))) for i in range(documents)]


def measured(texts: list[str], repeat: int) -> dict[str, float]:
    characters = sum(map(len, texts))
    documents = [prepared(words) for words in texts]
    scan = median_time(lambda: [SINGLE_PATTERN.findall(words) for words in texts], repeat)
    steps: dict[str, Callable[[Document], object]] = {
        "reading (paragraphs)": lambda d: Reading.of(d[0].text),
        "sections": lambda d: segment_reading(d[0]),
        "header": lambda d: read_header(d[0], d[1].sections),
        "citations": lambda d: find_citations(d[0], d[1]),
        "deadlines": lambda d: find_deadlines(d[0], d[1]),
        "signatories": lambda d: find_signatories(d[0], d[1]),
        "recipients": lambda d: find_recipients(d[0], d[1]),
        "all": lambda d: extract(Reading.of(d[0].text)),
    }
    figures = {"characters, millions": characters / 1e6, "single re pattern, Mchar/s": characters / scan / 1e6}
    for name, step in steps.items():
        seconds = median_time(lambda step=step: [step(document) for document in documents], repeat)  # type: ignore[misc]
        figures[f"{name}, Mchar/s"] = characters / seconds / 1e6
        figures[f"{name}, times a single pattern"] = seconds / scan
    long_text = long_enough(texts)
    once = median_time(lambda: extract(Reading.of(long_text)), repeat)
    tenfold = median_time(lambda: extract(Reading.of(long_text * 10)), 1)
    figures["ten times the text, times the time"] = tenfold / once
    return figures


def prepared(words: str) -> Document:
    reading = Reading.of(words)
    sections = segment_reading(reading).records
    return reading, Context(read_header(reading, sections).records[0], sections)


def long_enough(texts: list[str]) -> str:
    """About a hundred thousand characters."""
    out: list[str] = []
    for words in texts:
        out.append(words)
        if sum(map(len, out)) >= LONG_TEXT:
            break
    return "\n".join(out)


def median_time(work: Callable[[], object], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


if __name__ == "__main__":
    raise SystemExit(main())
