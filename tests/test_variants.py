"""Variants of one document: what is joined, what is not, which is the best."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus_run import run_quietly
from pipeline.resolution.variants import HeldDocument, variant_rows
from pipeline.text_likeness import likeness, read_sketch, sketch
from tests.word_files import paragraph, write_docx

VOCABULARY = """ủy ban nhân dân xã thực hiện kế hoạch báo cáo kết quả công tác phòng cháy chữa cháy rừng mùa khô
các thôn bản tổ chức tuyên truyền vận động ký cam kết kiểm tra xử lý vi phạm đề nghị lãnh đạo chỉ đạo triển khai nhiệm
vụ trọng tâm đơn vị trường học trạm y tế công an quân sự văn hóa thông tin địa chính tài chính thống kê"""
WORDS = VOCABULARY.split()


def text_of(seed: int, words: int = 400) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(8)) * (chance.random() < 0.2) for _ in range(words))


def as_read_by_ocr(text: str, share: float = 0.04) -> str:
    chance = random.Random(1)
    return " ".join(word + "l" if chance.random() < share else word for word in text.split())


def held(doc_id: str, text: str, number: str | None = "12", **told: object) -> HeldDocument:
    document = HeldDocument(
        doc_id=doc_id, sketch=read_sketch(sketch(text)), number=number, symbol="kh-ubnd" if number else None,
        date=(2024, 3, 7), issuer="u-xa", issuer_words="uy ban nhan dan xa suoi bac",
        parent_words="huyen song lam", subject="phong chay rung",
        media="born_digital", signed=False, quality=1.0, n_characters=len(text),
    )  # fmt: skip
    return replace(document, **told)  # type: ignore[arg-type]


def groups(documents: Sequence[HeldDocument]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in variant_rows(documents):
        found.setdefault(row["variant_group"], set()).add(row["doc_id"])
    return {frozenset(group) for group in found.values()}


TEXT = text_of(1)
SCAN = as_read_by_ocr(TEXT)
NOTHING_KNOWN = {"date": (None, None, None), "issuer": None, "issuer_words": "", "subject": ""}


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        pytest.param(held("b", TEXT), True, id="the same text"),
        pytest.param(held("b", SCAN, media="scanned"), True, id="its scan"),
        pytest.param(held("b", as_read_by_ocr(TEXT, 0.15), media="scanned"), True, id="a bad scan"),
        pytest.param(held("b", SCAN, None, media="scanned"), True, id="its scan with the number not read"),
        pytest.param(held("b", TEXT, None, date=(2024, 3, None)), True, id="its draft"),
        pytest.param(held("b", TEXT, None, **NOTHING_KNOWN), True, id="its text without a head"),
        pytest.param(held("b", SCAN, "012", media="scanned"), True, id="another way to write the number"),
        pytest.param(held("b", TEXT, "13"), False, id="another number"),
        pytest.param(held("b", TEXT, symbol="bc-ubnd"), False, id="another symbol"),
        pytest.param(held("b", TEXT, date=(2023, 3, 7)), False, id="another year"),
        pytest.param(held("b", TEXT, None, date=(2024, 3, 8)), False, id="a draft of another day"),
        pytest.param(held("b", TEXT, issuer="u2", issuer_words="xa nam khe"), False, id="another issuer"),
        pytest.param(held("b", TEXT, issuer="u2", parent_words="huyen nam khe"), False, id="one name in two districts"),
        pytest.param(held("b", TEXT, issuer="u2", parent_words=""), True, id="one name, once without its district"),
        pytest.param(held("b", TEXT, issuer="u2", issuer_words="nhan dan xa"), True, id="issuer less fully named"),
        pytest.param(held("b", text_of(2)), False, id="number and date alike, texts not"),
        pytest.param(held("b", text_of(2), None), False, id="another text without a number"),
        pytest.param(held("b", as_read_by_ocr(TEXT, 0.07), None), False, id="a template filled in anew"),
    ],
)
def test_pairs(other: HeldDocument, joined: bool) -> None:
    number = other.number.lstrip("0") if other.number else None
    found = groups([held("a", TEXT), replace(other, number=number)])
    assert (len(found) == 1) is joined


def test_the_best_is_the_signed_then_the_typed_one() -> None:
    draft = held("a", TEXT, None, date=(2024, 3, None))
    scan = held("b", SCAN, media="scanned")
    typed = held("c", TEXT)
    signed = held("d", TEXT, signed=True)
    rows = {row["doc_id"]: row for row in variant_rows([draft, scan, typed, signed])}
    assert [doc_id for doc_id, row in rows.items() if row["is_best"]] == ["d"]
    assert {row["variant_group"] for row in rows.values()} == {"a"}
    assert rows["c"]["basis"] == "number, date and issuer"
    assert rows["a"]["basis"] == "text"
    assert rows["c"]["likeness"] == 1.0
    assert rows["b"]["likeness"] < 0.95
    assert [row["doc_id"] for row in variant_rows([draft, scan, typed]) if row["is_best"]] == ["c"]
    assert [row["doc_id"] for row in variant_rows([draft, scan]) if row["is_best"]] == ["b"]


def test_a_draft_does_not_join_two_numbers() -> None:
    documents = [held("a", TEXT), held("b", TEXT, None), held("c", TEXT, "13")]
    assert groups(documents) == {frozenset({"a", "b"}), frozenset({"c"})}


def test_many_documents_of_one_template_with_one_number_stay_cheap() -> None:
    documents = [held(f"{n:04}", text_of(n, 120), issuer=f"u{n}", issuer_words=f"xa {n}") for n in range(300)]
    documents += [held("z", text_of(7, 120), issuer="u7", issuer_words="xa 7")]
    assert frozenset({"0007", "z"}) in groups(documents)
    assert len(groups(documents)) == 300


@given(st.permutations(range(6)))
@settings(max_examples=20, deadline=None)
def test_order_does_not_matter(order: list[int]) -> None:
    documents = [held("a", TEXT), held("b", SCAN, None), held("c", TEXT, "13"), held("d", TEXT, None),
                 held("e", text_of(3)), held("f", SCAN, media="scanned")]  # fmt: skip
    assert variant_rows([documents[at] for at in order]) == variant_rows(documents)


@pytest.mark.parametrize(("share", "low", "high"), [(0.0, 1.0, 1.0), (0.03, 0.7, 0.95), (0.3, 0.1, 0.45)])
def test_likeness(share: float, low: float, high: float) -> None:
    assert low <= likeness(read_sketch(sketch(TEXT)), read_sketch(sketch(as_read_by_ocr(TEXT, share)))) <= high


@pytest.mark.parametrize("text", ["", "một", "một hai", "12/3", "ĐỀ ÁN"])
def test_short_texts_have_sketches(text: str) -> None:
    assert likeness(read_sketch(sketch(text)), read_sketch(sketch(text.lower()))) == 1.0


LETTER = """ỦY BAN NHÂN DÂN XÃ SUỐI BẠC
Số: {number}/KH-UBND
Suối Bạc, ngày {day} tháng 3 năm 2024
KẾ HOẠCH
Phòng cháy, chữa cháy rừng năm 2024
{text}
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Thử"""


def test_a_run_links_the_word_file_the_text_and_the_draft(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    issued = LETTER.format(number="12", day="07", text=TEXT)
    write_docx(raw / "a.docx", *map(paragraph, issued.split("\n")))
    (raw / "b.txt").write_text(issued, encoding="utf-8")
    (raw / "nhap.txt").write_text(LETTER.format(number="   ", day="   ", text=TEXT), encoding="utf-8")
    (raw / "khac.txt").write_text(LETTER.format(number="13", day="07", text=text_of(5)), encoding="utf-8")
    report = run_quietly(raw, tmp_path / "out", 1, None)
    with duckdb.connect(str(report.database), read_only=True) as db:
        query = (
            "SELECT source_path, is_best, n_variants FROM document_variants JOIN documents USING (doc_id) ORDER BY 1"
        )
        found = db.execute(query).fetchall()
        held_by = db.execute("SELECT doc_id FROM instruments WHERE ref = '12/KH-UBND'").fetchall()
        best = db.execute("SELECT doc_id FROM document_variants WHERE is_best AND n_variants = 3").fetchall()
    assert [(path, variants) for path, _, variants in found] == [
        ("a.docx", 3), ("b.txt", 3), ("khac.txt", 1), ("nhap.txt", 3),
    ]  # fmt: skip
    assert not next(is_best for path, is_best, _ in found if path == "nhap.txt")
    assert held_by == best
