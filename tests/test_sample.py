"""The sample generator: same seed, same bytes; answers that agree with the text; the fixed corpus."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
import pytest

from pipeline.errors import UsageError
from pipeline.sample import write_sample
from pipeline.sample.cascades import write_cascades
from pipeline.sample.documents import SampleDocument, sample_document
from pipeline.sample.letterhead import MERGER
from pipeline.sample.mau import mau
from pipeline.sample.noise import misread
from pipeline.sample.text_file import text
from pipeline.sample.vocabulary import vocabulary

ROOT = Path(__file__).parent.parent
DOC_FIELDS = ("doc_type", "number", "symbol", "ref", "issued_year", "issued_month", "issued_day", "place", "issuer")
CITATION_FIELDS = {
    "quote", "kind", "instrument_type", "number", "symbol", "ref", "ref_repaired", "date", "issuer", "relation",
    "pinpoint", "title",
}  # fmt: skip
DEADLINE_FIELDS = {"quote", "kind", "due_date", "qualifier", "recurrence", "duration", "responsible", "report_to"}
RELATIONS = {
    "căn cứ", "thực hiện", "theo", "sửa đổi", "bổ sung", "thay thế", "bãi bỏ", "hướng dẫn", "báo cáo", "dẫn chiếu",
}  # fmt: skip


def generated(count: int, seed: int = 3) -> list[SampleDocument]:
    return [sample_document(f"d{i}", Random(f"{seed} {i}")) for i in range(count)]


def folded(words: str) -> str:
    return " ".join(words.split())


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("formats", [("txt",), ("docx",), ("txt", "docx")])
def test_same_seed_same_bytes(tmp_path: Path, formats: tuple[str, ...]) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        report = write_sample(tmp_path / name, 12, seed, formats=formats)
        assert report.documents == 12
        assert sum(report.by_format.values()) == 12
    assert digest(tmp_path / "a") == digest(tmp_path / "b")
    assert digest(tmp_path / "a") != digest(tmp_path / "c")


def test_a_document_does_not_depend_on_how_many_there_are(tmp_path: Path) -> None:
    write_sample(tmp_path / "few", 3, 7, formats=("txt",))
    write_sample(tmp_path / "many", 9, 7, formats=("txt",))
    few, many = digest(tmp_path / "few"), digest(tmp_path / "many")
    assert few.items() <= many.items()


def test_texts_are_in_nfc() -> None:
    assert all(unicodedata.is_normalized("NFC", text(document)) for document in generated(100))


def test_every_quote_stands_in_the_text_in_reading_order() -> None:
    for document in generated(300):
        whole, gold = folded(text(document)), document.gold()
        for kind in ("citations", "deadlines"):
            at = 0
            for row in gold[kind]:
                found = whole.find(folded(row["quote"]), at)
                assert found >= 0, (kind, row["quote"])
                at = found
        for row in gold["signatories"]:
            assert row["name"] in whole
            assert row["position"].upper() in whole
        for row in gold["sections"]:
            assert folded(row["title"]) in whole


def test_answers_have_the_gold_form() -> None:
    for document in generated(300):
        gold: dict[str, Any] = json.loads(json.dumps(document.gold()))
        assert set(DOC_FIELDS) <= set(gold["document"])
        for row in gold["citations"]:
            assert set(row) == CITATION_FIELDS
            assert row["relation"] in RELATIONS
            assert (row["kind"] == "numbered") == (row["ref"] is not None)
            assert row["ref"] is None or folded(row["ref"].lstrip("/")) in folded(row["quote"])
        for row in gold["deadlines"]:
            assert set(row) - {"working_days"} == DEADLINE_FIELDS
            assert (row["due_date"] is not None) == (row["kind"] in ("date", "period"))
            assert row["due_date"] is None or row["due_date"] > f"{gold['document']['issued_year']}-01-01"
        for row in gold["recipients"]:
            assert row["role"] in ("kính gửi", "nơi nhận", "lưu")
            assert row["refers_to_addressees"] == row["name"].startswith("Như ")
        assert len(gold["signatories"]) == 1
        assert any(row["role"] == "lưu" for row in gold["recipients"])


def test_titles_of_sections_are_cut_at_a_word() -> None:
    titles = [row["title"] for document in generated(300) for row in document.gold()["sections"]]
    assert max(map(len, titles)) <= 200
    assert not any(title.endswith((".", " ")) for title in titles)


def test_no_district_and_only_new_provinces_after_the_merger() -> None:
    new = set(vocabulary()["places"]["provinces_from_2025_07"])
    after = [d for d in generated(400) if _issued(d) >= MERGER]
    assert after
    for document in after:
        assert "HUYỆN" not in "".join(document.head.left)
        province = re.search(r"tỉnh (.+)$", document.head.answer["issuer"])
        assert province is None or province.group(1) in new


def _issued(document: SampleDocument) -> date:
    answer = document.head.answer
    return date(answer["issued_year"], answer["issued_month"], answer["issued_day"] or 1)


def test_kinds_and_levels_are_varied() -> None:
    documents = generated(400)
    assert len({d.doc_type for d in documents}) >= 11
    assert {row["kind"] for d in documents for row in d.gold()["citations"]} == {"numbered", "dated", "named"}
    assert {row["kind"] for d in documents for row in d.gold()["deadlines"]} == {
        "date",
        "period",
        "recurring",
        "relative",
    }
    assert {d.gold()["signatories"][0]["authority"] for d in documents} == {"TM", "KT", "TL", "TUQ", "Q", None}


def test_noise_changes_about_its_share_of_the_characters() -> None:
    words = "Đề nghị các đơn vị báo cáo trước ngày 10/8/2020. " * 200
    damaged = misread(words, Random(1), 0.1)
    changed = sum(a != b for a, b in zip(words, damaged, strict=True)) / len(words)
    assert 0.02 < changed < 0.1
    assert misread(words, Random(1), 0.0) == words


def test_unknown_format_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="odt"):
        write_sample(tmp_path, 1, formats=("odt",))


def _words_of_a_word_97_file(content: bytes, gold: dict[str, Any]) -> bool:
    """Whether the stored .doc is still the document of the answer (Word 97 keeps Vietnamese text as UTF-16)."""
    wanted = [gold["signatories"][0]["name"], *(row["quote"] for row in gold["citations"] + gold["deadlines"])]
    return all(words.encode("utf-16-le") in content for words in wanted)


def _same(name: str, stored: bytes, made: bytes) -> bool:
    """Byte for byte; PDFs by the text of their pages, as the writer's version is in their bytes; scans by size."""
    if name in ("mau09.pdf", "mau10.jpg"):
        return abs(len(stored) - len(made)) < len(stored) * 0.2
    if name.endswith(".pdf"):
        return _page_texts(stored) == _page_texts(made)
    return stored == made


def _page_texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_fixed_corpus_is_the_one_in_the_tree() -> None:
    pytest.importorskip("reportlab", reason="the PDFs of the sample need the extra `sample`")
    files = list(mau())
    folder, answers = ROOT / "data/raw/mau", ROOT / "tests/golden/mau"
    assert {file.name for file in files} == {path.name for path in folder.iterdir()}
    for file in files:
        stored = (folder / file.name).read_bytes()
        assert _same(file.name, stored, file.content), file.name
        if file.name.endswith(".doc") and file.gold is not None:
            assert _words_of_a_word_97_file(stored, file.gold)
        answer = answers / f"{file.name.rpartition('.')[0]}.json"
        assert answer.exists() == (file.gold is not None)
        if file.gold is not None:
            assert json.loads(answer.read_text("utf-8")) == file.gold
    assert sum(len(file.content) for file in files) < 3_000_000


def test_cascades_in_the_tree_are_those_that_are_written(tmp_path: Path) -> None:
    write_cascades(tmp_path)
    kept = {path.name: path.read_bytes() for path in (ROOT / "data/raw/trien-khai").iterdir()}
    assert kept == {path.name: path.read_bytes() for path in (tmp_path / "raw").iterdir()}
