"""Scores on the real documents hold the floors of floors.toml, which only rise."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractors import Citation, extract_citations, extract_header
from pipeline import run
from pipeline.evaluation import Evaluation, evaluate
from pipeline.evaluation.keys import toneless
from pipeline.evaluation.pairing import KINDS
from tests.corpus import ANSWERS, DOCUMENTS, GAZETTE, LEGAL_SENTENCES, ROOT, SCORER, skip_without

pytestmark = pytest.mark.corpus

FLOORS = Path(__file__).with_name("floors.toml")
RAISE = "VANBAN_RAISE_FLOORS"
_INSTRUMENTS = {
    "NĐ": "nghị định",
    "L": "luật",
    "TT": "thông tư",
    "QĐ": "quyết định",
    "PL": "pháp lệnh",
    "NQ": "nghị quyết",
    "TTLT": "thông tư liên tịch",
    "BL": "bộ luật",
    "HP": "hiến pháp",
}
_GAZETTE_TYPES = {"TT Liên tịch": "thông tư liên tịch", "QĐ": "quyết định", "NQ": "nghị quyết"}


@pytest.fixture(scope="module")
def warehouse() -> Path:
    """One run over the documents; its cache stays in .cache, so that a second run reads nothing again."""
    skip_without(DOCUMENTS)
    return run(DOCUMENTS, ROOT / ".cache" / "corpus-run").database


@pytest.fixture(scope="module")
def evaluation(warehouse: Path) -> Evaluation:
    return evaluate(ANSWERS, warehouse)


@pytest.mark.parametrize("group", ["typed", "scanned"])
def test_documents_hold_their_floors(group: str, evaluation: Evaluation) -> None:
    typed = "born_digital"
    documents = tuple(d for d in evaluation.documents if (d.media == typed) == (group == "typed"))
    assert documents
    _hold(group, _figures(replace(evaluation, documents=documents)))


def test_figures_agree_with_the_scorer(warehouse: Path, evaluation: Evaluation, tmp_path: Path) -> None:
    skip_without(SCORER)
    result = tmp_path / "scores.json"
    command = [sys.executable, str(SCORER), "--gold", str(ANSWERS), "--db", str(warehouse), "--json", str(result)]
    subprocess.run(command, check=True, capture_output=True)
    told = json.loads(result.read_text(encoding="utf-8"))
    for kind in KINDS:
        score, fields = evaluation.score(kind), evaluation.fields(kind)
        assert round(score.f1, 4) == told[kind]["f1"]
        assert {name: round(fields[name].share, 4) for name in told[kind]["fields"]} == {
            name: value["accuracy"] for name, value in told[kind]["fields"].items()
        }
    assert {name: round(a.share, 4) for name, a in evaluation.document_fields().items()} == {
        name: value["accuracy"] for name, value in told["documents"].items()
    }


def test_legal_sentences_hold_their_floors() -> None:
    skip_without(LEGAL_SENTENCES)
    hit = exact = wanted_count = 0
    for text, wanted in _legal_sentences():
        found = [span for span in map(_without_issuer(text), extract_citations(text)) if span[2]]
        wanted_count += len(wanted)
        for start, end, kind in wanted:
            match = next((f for f in found if f[2] == kind and f[0] < end and start < f[1]), None)
            if match is not None:
                found.remove(match)
                hit += 1
                exact += match[:2] == (start, end)
    _hold("legal_sentences", {"recall": hit / wanted_count, "exact": exact / max(1, hit)})


def test_gazette_documents_hold_their_floors() -> None:
    skip_without(GAZETTE)
    refs = types = n = 0
    for line in GAZETTE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "hợp nhất" in row["loai"] or row["loai"] == "VB HN":
            continue
        n += 1
        header = extract_header(row["text"])
        refs += bool(header.ref) and _slug(header.ref or "") in _slug(row["so_hieu"])
        types += header.doc_type == _GAZETTE_TYPES.get(row["loai"], row["loai"].lower())
    _hold("gazette", {"ref": refs / n, "doc_type": types / n})


def _figures(evaluation: Evaluation) -> dict[str, float]:
    """F1 of each kind; of each field how many of all wanted rows were found and have it right."""
    figures = {"header.accuracy": evaluation.document_fields_overall().share}
    for kind in KINDS:
        score = evaluation.score(kind)
        figures[f"{kind}.f1"] = score.f1
        for name, accuracy in evaluation.fields(kind).items():
            figures[f"{kind}.{name}"] = accuracy.right / max(1, score.wanted)
    return figures


def _hold(group: str, figures: dict[str, float]) -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    own = floors[group]
    if os.environ.get(RAISE):
        floors[group] = {name: max(own.get(name, 0.0), math.floor(f * 1000) / 1000) for name, f in figures.items()}
        _write(floors)
        own = floors[group]
    below = {
        name: (round(figures.get(name, 0.0), 4), floor) for name, floor in own.items() if figures.get(name, 0.0) < floor
    }
    assert not below, f"{group}, figure and floor: {below}"


def _write(floors: dict[str, dict[str, float]]) -> None:
    head = FLOORS.read_text(encoding="utf-8").partition("\n[")[0]
    parts = [
        f"[{group}]\n" + "".join(f'"{name}" = {floor:.3f}\n' for name, floor in figures.items())
        for group, figures in floors.items()
    ]
    FLOORS.write_text(head + "\n" + "\n".join(parts), encoding="utf-8")


def _legal_sentences() -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    for line in LEGAL_SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["data"]["value"].replace("_", " ")
        if unicodedata.is_normalized("NFC", text):
            marks = (result["value"] for result in row["annotations"][0]["result"])
            yield text, [(mark["start"], mark["end"], _INSTRUMENTS[mark["labels"][0]]) for mark in marks]


def _without_issuer(text: str) -> Callable[[Citation], tuple[int, int, str | None]]:
    def span(citation: Citation) -> tuple[int, int, str | None]:
        end = citation.end
        if citation.issuer:
            issuer = re.search(
                r"\s*,?\s*(?:của|do)?\s*" + re.escape(citation.issuer) + r"[\s,]*$", text[citation.start : end]
            )
            end = citation.start + issuer.start() if issuer else end
        kind = citation.instrument_type
        return citation.start, end, kind if kind in _INSTRUMENTS.values() else None

    return span


def _slug(text: str) -> str:
    return toneless(text.replace(".", "")).replace(" ", "-")
