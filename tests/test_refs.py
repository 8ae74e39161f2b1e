"""Số, ký hiệu: families, repairs, and the tables that hold them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.citations.issuers import issuer_at
from extractors.citations.relations import last_verb
from extractors.citations.titles import title_start
from extractors.document_types import base_type, goes_with, misread_type_before, type_of_code, type_words
from extractors.grammar import table
from extractors.refs import known_codes, parse_ref, ref_at, refs_in, type_codes
from tests.hostile_text import assert_linear

FAMILIES = [
    ("33/CT-TTg", "33", "CT-TTg", "33/CT-TTg", "state"),
    ("2/2020/QĐ-UBND", "2", "QĐ-UBND", "2/2020/QĐ-UBND", "normative"),
    ("45/2019/QH14", "45", "QH14", "45/2019/QH14", "law"),
    ("34/2007/PL-UBTVQH11", "34", "PL-UBTVQH11", "34/2007/PL-UBTVQH11", "normative"),
    ("55/2005/TTLT-BNV-VPCP", "55", "TTLT-BNV-VPCP", "55/2005/TTLT-BNV-VPCP", "normative"),
    ("23-QĐ/TW", "23", "QĐ/TW", "23-QĐ/TW", "party"),
    ("05-CTPH/BDVHU-PYT", "05", "CTPH/BDVHU-PYT", "05-CTPH/BDVHU-PYT", "party"),
    ("769/UBND-NC", "769", "UBND-NC", "769/UBND-NC", "state"),
    ("Số: 77 /ĐX-P5", "77", "ĐX-P5", "77/ĐX-P5", "state"),
    ("Số : 63/TB-SYT", "63", "TB-SYT", "63/TB-SYT", "state"),
    ("95 / CV-CĐGD", "95", "CV-CĐGD", "95/CV-CĐGD", "state"),
    ("35-HĐBT", "35", "HĐBT", "35-HĐBT", "party"),
    ("12-BYT/TT", "12", "BYT/TT", "12-BYT/TT", "party"),
    ("03-TANDTC-VKSNDTC/TTLT", "03", "TANDTC-VKSNDTC/TTLT", "03-TANDTC-VKSNDTC/TTLT", "party"),
    ("105 TC/TCT", "105", "TC/TCT", "105 TC/TCT", "old"),
    ("08a/2010/TT-BYT", "08a", "TT-BYT", "08a/2010/TT-BYT", "normative"),
    ("41/CP", "41", "CP", "41/CP", "state"),
    ("Số:      /TB-UBND", None, "TB-UBND", "/TB-UBND", "state"),
    ("Số: ....../2020/QĐ-UBND", None, "QĐ-UBND", "/2020/QĐ-UBND", "normative"),
    ("06", "06", None, "06", "number"),
    ("30/2020", "30", None, "30/2020", "number"),
    ("Số:01/06/2020", "01", None, "01/06/2020", "number"),
    ("12/QĐ - UBND ngày", "12", "QĐ-UBND", "12/QĐ-UBND", "state"),
    ("138/UBND- KGVX", "138", "UBND-KGVX", "138/UBND-KGVX", "state"),
    ("14/BXD-KHCNMT&VLXD", "14", "BXD-KHCNMT&VLXD", "14/BXD-KHCNMT&VLXD", "state"),
    ("73/NQ-HĐND - Ban Pháp chế", "73", "NQ-HĐND", "73/NQ-HĐND", "state"),
    ("30/2020/NĐ-CP.Các", "30", "NĐ-CP", "30/2020/NĐ-CP", "normative"),
    ("95/2025/QH151, Luật", "95", "QH15", "95/2025/QH15", "law"),
    ("126/2024/NĐ-CP2,", "126", "NĐ-CP", "126/2024/NĐ-CP", "normative"),
    ("12/qđ-ubnd", "12", "QĐ-UBND", "12/qđ-ubnd", "state"),
]


@pytest.mark.parametrize(("text", "number", "symbol", "ref", "family"), FAMILIES)
def test_families(text: str, number: str | None, symbol: str | None, ref: str, family: str) -> None:
    found = parse_ref(text)
    assert found is not None
    assert (found.number, found.symbol, found.ref, found.family) == (number, symbol, ref, family)
    assert found.repaired is None


REPAIRS = [
    ("12 CV/ĐTN", "12-CV/ĐTN"),
    ("298 KH/TWĐTN", "298-KH/TWĐTN"),
    ("123 QĐ-UBND", "123/QĐ-UBND"),
    ("33/CTTTg", "33/CT-TTg"),
    ("9/SGDDĐT", "9/SGDĐT"),
    ("74/QĐ-TTG", "74/QĐ-TTg"),
    ("10/2007/QĐ_BYT", "10/2007/QĐ-BYT"),
    ("12/QĐ-U8ND", "12/QĐ-UBND"),
    ("12/QĐ-UBNO", "12/QĐ-UBND"),
    ("12/QD-UBND", "12/QĐ-UBND"),
    ("12/QO-UBND", "12/QĐ-UBND"),
    ("12/OĐ-UBND", "12/QĐ-UBND"),
    ("12/QĐĐ-UBND", "12/QĐ-UBND"),
    ("30/2020/ND-CP", "30/2020/NĐ-CP"),
    ("l2/QĐ-UBND", "12/QĐ-UBND"),
    ("O5/CT-TTg", "05/CT-TTg"),
    ("34-PL/UBTVQH 11", "34-PL/UBTVQH11"),
    ("8 /2012/ QH 13", "8/2012/QH13"),
]


@pytest.mark.parametrize(("written", "repaired"), REPAIRS)
def test_repairs_stand_beside_what_is_written(written: str, repaired: str) -> None:
    found = parse_ref(written)
    assert found is not None
    assert found.repaired == repaired
    assert re.sub(r"\s", "", found.ref) == re.sub(r"\s", "", written)


@pytest.mark.parametrize("written", ["12/TB-ĐHXY", "3/KH-P7", "5/BC-TQZ", "7/GM-THCSNH"])
def test_an_unknown_unit_is_told_and_not_made_another(written: str) -> None:
    found = parse_ref(written)
    assert found is not None
    assert found.repaired is None
    assert found.unknown


@pytest.mark.parametrize("text", ["", "Số", "không có số", "/ và", "Số: đã gửi"])
def test_no_number(text: str) -> None:
    assert parse_ref(text) is None


@given(st.integers(1, 99999), st.sampled_from(sorted(type_codes())), st.sampled_from(["UBND", "SNV", "TTg", "HĐND"]))
def test_a_sound_number_is_read_back(number: int, code: str, issuer: str) -> None:
    written = f"{number}/{code}-{issuer}"
    found = ref_at(f"theo {written} thì", 5)
    assert found is not None
    assert (found.ref, found.number, found.repaired) == (written, str(number), None)


@given(st.text(alphabet="0123456789/-–_ QĐUBNDTg.aO\n", max_size=50))
def test_any_text_is_read_without_fault(text: str) -> None:
    for found in refs_in(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.symbol


@pytest.mark.parametrize(
    "piece", ["1/", "1-", "12/QĐ-", "1 /", "1/2020/", "1/A.", "A-B/", "1_Q", "9999999", "1/QH ", "1/T&"]
)
def test_hostile_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert_linear(lambda part: list(refs_in(part)), text)


# --- the tables ----------------------------------------------------------------------------------------------------

TYPES = table("document_types")["type"]


@pytest.mark.parametrize("entry", TYPES, ids=[entry["name"] for entry in TYPES])
def test_types_are_found_in_their_examples(entry: dict[str, object]) -> None:
    examples = entry["examples"]
    assert isinstance(examples, list) and examples
    for example in examples:
        first = next(type_words(example))
        assert first.start == 0
        assert base_type(first.name) == base_type(str(entry["name"]))
        number = re.search(r"\d.*", example)
        ref = ref_at(example, number.start()) if number else None
        if ref is not None and ref.type_code is not None:
            assert ref.type_code in entry["codes"] or entry.get("any_code"), example
            assert ref.repaired is None, example


@pytest.mark.parametrize("entry", TYPES, ids=[entry["name"] for entry in TYPES])
def test_every_spelling_of_a_type_is_found(entry: dict[str, object]) -> None:
    variants = entry.get("variants", [])
    assert isinstance(variants, list)
    for spelling in (str(entry["name"]), *variants):
        for text in (spelling, spelling.capitalize(), spelling.upper()):
            word = next(type_words(f"theo {text} số 1"))
            assert (word.name, word.start, word.end) == (entry["name"], 5, 5 + len(text))


def test_a_type_is_told_by_its_letters_when_its_tones_are_lost() -> None:
    for text in ("theo Quyêt đinh", "theo Nghi dinh", "theo Kê hoach"):
        word = misread_type_before(text, len(text))
        assert word is not None and word.start == 5
    assert misread_type_before("theo lời mời", 12) is None


def test_a_code_that_several_types_share_tells_its_own_type_only() -> None:
    assert type_of_code("NĐ") == "nghị định"
    assert type_of_code("CT") == "chỉ thị"
    assert type_of_code("QĐ") == "quyết định"
    assert type_of_code("XYZ") is None


@pytest.mark.parametrize("group", sorted(table("symbols")))
def test_symbols_are_sound(group: str) -> None:
    entry = table("symbols")[group]
    for code in entry["codes"].split():
        assert re.fullmatch(r"[A-ZĐƯa-z0-9]+", code), code
    for example in entry["examples"]:
        found = parse_ref(example)
        assert found is not None and found.repaired is None and not found.unknown, example
    for written in entry.get("not", ()):
        assert written not in known_codes()


RELATIONS = table("relations")["relation"]


@pytest.mark.parametrize("entry", RELATIONS, ids=[f"{e['relation']} {i}" for i, e in enumerate(RELATIONS)])
def test_verbs_decide_the_relation_of_their_examples(entry: dict[str, object]) -> None:
    def relation(example: str) -> str | None:
        mention = re.search(
            r"(?<=\s)(?:Công văn|Nghị định|Quyết định số|Chỉ thị|Thông tư số|Thông tư|Điều|khoản)", example[1:]
        )
        verb = last_verb(example, 0, mention.start() + 1 if mention else len(example))
        return verb.relation if verb else None

    for example in entry["examples"]:  # type: ignore[attr-defined]
        assert relation(example) == entry["relation"], example
    for example in entry.get("not", ()):  # type: ignore[attr-defined]
        assert relation(example) != entry["relation"], example


def test_issuers_begin_and_end_where_the_table_says() -> None:
    issuers = table("issuer_words")
    for text in issuers["heads"]["examples"]:
        found = issuer_at(text, 0)
        assert found is not None and found.text == text
    for text in issuers["heads"]["not"]:
        assert issuer_at(text, 0) is None
    for example in issuers["stops"]["examples"]:
        found = issuer_at(example["text"], 0)
        assert found is not None and found.text == example["issuer"]


def test_titles_open_where_the_table_says() -> None:
    openers = table("title_openers")["openers"]
    for text in openers["examples"]:
        assert title_start(f"số 1/QĐ-UBND {text}", 12) is not None
    for text in openers["not"]:
        assert title_start(f"số 1/QĐ-UBND {text}", 12) is None


@pytest.mark.parametrize(
    ("name", "ref", "fits"),
    [
        ("kế hoạch", "12/KH-UBND", True),
        ("quyết định", "12/KH-UBND", False),
        ("công văn", "12/KH-UBND", False),
        ("công văn", "05/CV-UBND", True),
        ("công văn", "812/UBND-NV", True),
        ("quyết định", "812/UBND-NV", False),
        ("quyết định", "812/SNV-VTLT", True),  # a part nobody knows: it may be misread
        ("quyết định", "12/UBND", True),
        ("luật", "72/2020/QH14", True),
        ("thông báo", "33-TB/TW", True),
        ("nghị quyết", "33-TB/TW", False),
    ],
)
def test_a_type_goes_with_its_own_symbols(name: str, ref: str, fits: bool) -> None:
    found = parse_ref(ref)
    assert found is not None
    assert goes_with(name, found) is fits
