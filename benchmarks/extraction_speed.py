"""Characters a CPU second of each extractor and of all together, with two ratios that do not depend on the machine.

python benchmarks/extraction_speed.py [--texts FILE.jsonl] [--documents 400] [--repeat 3] [--json OUT.json]

Reads the `text` of every line of FILE.jsonl, or makes sample documents. Prints, for each extractor, millions of
characters a CPU second (the best of the repeats, since other programs only ever cost time) and how many times longer
it takes than one pattern of `re` over the same text; then, for all extractors, the time of one long text against the
same text ten times over (10.0 is linear).
"""

from __future__ import annotations

import argparse
import json
import re
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

Document = tuple[str, Reading, Context]


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
        return [json.loads(line)["text"] for line in lines]


def sample_texts(documents: int) -> list[str]:
    return [text(sample_document("b", Random(f"benchmark {i}"))) for i in range(documents)]


def measured(texts: list[str], repeat: int) -> dict[str, float]:
    documents = [prepared(words) for words in texts]
    plain = [reading.text for _, reading, _ in documents]
    characters = sum(map(len, plain))
    scan = least_time(lambda: [SINGLE_PATTERN.findall(words) for words in plain], repeat)
    steps: dict[str, Callable[[str, Reading, Context], object]] = {
        "normalise": lambda words, _, __: normalise(words),
        "reading (paragraphs)": lambda _, reading, __: Reading.of(reading.text),
        "sections": lambda _, reading, __: segment_reading(reading),
        "header": lambda _, reading, context: read_header(reading, context.sections),
        "citations": lambda _, reading, context: find_citations(reading, context),
        "deadlines": lambda _, reading, context: find_deadlines(reading, context),
        "signatories": lambda _, reading, context: find_signatories(reading, context),
        "recipients": lambda _, reading, context: find_recipients(reading, context),
        "all": lambda words, _, __: extract(Reading.of(normalise(words)[0])),
    }
    figures = {"characters, millions": characters / 1e6, "single re pattern, Mchar/s": characters / scan / 1e6}
    for name, step in steps.items():
        seconds = least_time(lambda step=step: [step(*document) for document in documents], repeat)  # type: ignore[misc]
        figures[f"{name}, Mchar/s"] = characters / seconds / 1e6
        figures[f"{name}, times a single pattern"] = seconds / scan
    long_text = long_enough(plain)
    once = least_time(lambda: extract(Reading.of(long_text)), repeat)
    tenfold = least_time(lambda: extract(Reading.of(long_text * 10)), repeat)
    figures["ten times the text, times the time"] = tenfold / once
    return figures


def prepared(words: str) -> Document:
    reading = Reading.of(normalise(words)[0])
    sections = segment_reading(reading).records
    return words, reading, Context(read_header(reading, sections).records[0], sections)


def long_enough(texts: list[str]) -> str:
    """About a hundred thousand characters."""
    out: list[str] = []
    for words in texts:
        out.append(words)
        if sum(map(len, out)) >= LONG_TEXT:
            break
    return "\n".join(out)


def least_time(work: Callable[[], object], repeat: int) -> float:
    """CPU seconds of the fastest of `repeat` runs."""
    times = []
    for _ in range(repeat):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


if __name__ == "__main__":
    raise SystemExit(main())
