"""Writes sample documents of any number with their answer keys; the same seed gives the same bytes anywhere."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pipeline.errors import FolderError, UsageError
from pipeline.sample.documents import SampleDocument, SampleFile, sample_document
from pipeline.sample.phrase import Answer
from pipeline.sample.text_file import text

Writer = Callable[[SampleDocument, Random, float], bytes]


@dataclass(frozen=True, slots=True)
class SampleReport:
    """How many files were written, of which format, and where they and their answers are."""

    documents: int
    by_format: dict[str, int]
    raw: Path
    gold: Path


def write_sample(
    directory: Path,
    documents: int | None = None,
    seed: int = 1,
    noise: float = 0.0,
    formats: Sequence[str] = ("txt", "docx"),
) -> SampleReport:
    """Write `documents` sample documents to `directory`/raw and their answers to `directory`/gold.

    Without `documents` the fixed corpus `mau` is written. `formats` take turns; `noise` (0..1) is the share of
    characters a bad OCR would misread (txt) or the strength of blur, skew and speckles (scan). Raises UsageError for an
    unknown format, FolderError when a folder cannot be written.
    """
    if documents is None:
        from pipeline.sample.mau import mau

        return _write(directory, mau())
    unknown = set(formats) - set(_WRITERS)
    if unknown or not formats:
        raise UsageError(
            f"Không có định dạng mẫu: {', '.join(sorted(unknown)) or '(trống)'}",
            f"Chọn trong: {', '.join(sorted(_WRITERS))}.",
        )
    return _write(directory, generated(documents, seed, noise, formats))


def generated(documents: int, seed: int, noise: float, formats: Sequence[str]) -> Iterable[SampleFile]:
    """The documents one by one; each has a random generator of its own, so the tenth is the same in any number."""
    width = max(5, len(str(documents)))
    for index in range(documents):
        random = Random(f"vanban {seed} {index}")
        document = sample_document(f"m{index:0{width}d}", random)
        suffix, write = _WRITERS[formats[index % len(formats)]]
        yield SampleFile(f"{document.name}.{suffix}", write(document, random, noise), document.gold())


def _write(directory: Path, files: Iterable[SampleFile]) -> SampleReport:
    raw, gold = directory / "raw", directory / "gold"
    counts: dict[str, int] = {}
    try:
        raw.mkdir(parents=True, exist_ok=True)
        gold.mkdir(parents=True, exist_ok=True)
        for file in files:
            (raw / file.name).write_bytes(file.content)
            stem, _, suffix = file.name.rpartition(".")
            counts[suffix] = counts.get(suffix, 0) + 1
            if file.gold is not None:
                (gold / f"{stem}.json").write_bytes(_answer_file(file.gold))
    except OSError as error:
        raise FolderError(
            f"Không ghi được vào {directory}: {error.strerror}", "Kiểm tra quyền ghi và dung lượng."
        ) from error
    return SampleReport(sum(counts.values()), counts, raw, gold)


def _answer_file(gold: Answer) -> bytes:
    """JSON with a row a line, which diffs well and is quick to write."""
    parts = []
    for key, value in gold.items():
        if isinstance(value, list) and value:
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f"{json.dumps(key)}: [\n  {rows}]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return ("{" + ",\n ".join(parts) + "}\n").encode("utf-8")


def _txt(document: SampleDocument, random: Random, noise: float) -> bytes:
    from pipeline.sample.noise import misread

    return misread(_typed(text(document), random), random, noise).encode("utf-8")


def _typed(words: str, random: Random) -> str:
    """One text in fifteen in another Unicode dress: decomposed, Ð (U+00D0) for Đ, or hard blanks after `ngày`."""
    roll = random.random()
    if roll < 0.02:
        return unicodedata.normalize("NFD", words)
    if roll < 0.045:
        return words.replace("Đ", "\N{LATIN CAPITAL LETTER ETH}")
    return words.replace("ngày ", "ngày\N{NO-BREAK SPACE}") if roll < 0.065 else words


def _docx(document: SampleDocument, random: Random, _noise: float) -> bytes:
    from pipeline.sample.word_file import word_file

    return word_file(document, numbered_lists=random.random() < 0.3)


def _pdf(document: SampleDocument, _random: Random, _noise: float) -> bytes:
    from pipeline.sample.pdf_file import pdf_file

    return pdf_file(document)


def _scan(document: SampleDocument, random: Random, noise: float) -> bytes:
    from pipeline.sample.scan import page_images, scanned_pdf_file

    return scanned_pdf_file(page_images(document, random, noise=noise, skew=random.uniform(-0.6, 0.6)))


_WRITERS: dict[str, tuple[str, Writer]] = {
    "txt": ("txt", _txt),
    "docx": ("docx", _docx),
    "pdf": ("pdf", _pdf),
    "scan": ("pdf", _scan),
}
