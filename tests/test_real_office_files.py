"""The readers on real text and Word files: nothing that the answers name is lost, and columns stand in order."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from pipeline.limits import Limits
from pipeline.sources import office
from pipeline.sources.registry import detect_format, read_file
from tests.corpus import ANSWERS, DOCUMENTS, skip_without

pytestmark = pytest.mark.corpus
ENDINGS = {".txt", ".docx", ".doc"}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("*", "").split()).casefold()


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of every document that can be read here, by its name without ending."""
    skip_without(DOCUMENTS)
    return {path.stem: read_file(path, Limits()).text for path in _files()}


def test_quotes_names_and_titles_are_in_the_text(texts: dict[str, str]) -> None:
    lost = []
    for name, document in texts.items():
        answers = json.loads((ANSWERS / f"{name}.json").read_text(encoding="utf-8"))
        text = _plain(document)
        wanted = [row["quote"] for row in [*answers["citations"], *answers["deadlines"]]]
        wanted += [row["name"] for row in answers["signatories"]]
        wanted += [f"{row['label']}" for row in answers["sections"]]
        wanted += [(row["title"] or "")[:60] for row in answers["sections"]]
        lost += [(name, quote) for quote in wanted if _plain(quote) not in text]
    assert lost == []


def test_columns_stand_in_order(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        state_name = text.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA")
        if state_name >= 0:
            assert 0 <= text.find("Số") < state_name, name
        recipients = text.rfind("Nơi nhận")
        if recipients >= 0:
            assert text.rfind("KT.") < 0 or recipients < text.rfind("KT."), name


def _files() -> list[Path]:
    files = sorted(path for path in DOCUMENTS.iterdir() if path.suffix in ENDINGS)
    return [path for path in files if detect_format(path) != "doc" or office.find_program() is not None]
