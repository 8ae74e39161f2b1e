"""Signature fields of PDFs: who signed, when, where it stands, what it shows and puts into the text."""

from __future__ import annotations

import hashlib
import random
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.limits import Limits
from pipeline.rows import source_rows
from pipeline.sources.digital_signatures import FileDigests, pdf_date, read_cms, read_signatures
from pipeline.sources.pdf import read_pdf
from pipeline.warehouse.tables import table
from tests.corpus import DOCUMENTS, skip_without
from tests.pdf_files import FONT_FILE, HEADER, typed_pdf, with_number_field
from tests.signed_pdf_files import signed

pytestmark = pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plain = typed_pdf(tmp_path_factory.mktemp("ky") / "cv.pdf", HEADER)
    with_number_field(plain, "128", "Signed by: thu@anbinh.vn")
    return signed(plain, name="Lê Văn Thử", unit="Phòng Nội vụ", email="thu@anbinh.vn", field="Signe")


def test_one_entry_a_field(path: Path) -> None:
    number, stamp = read_pdf(path, Limits()).digital_signatures
    assert (number.kind, number.field_name, number.page_no) == ("empty_field", "128", 1)
    assert (number.carried, number.carried_as, number.shown) == ("128", "number", "128")
    assert (stamp.kind, stamp.field_name, stamp.carried) == ("signature", "Signe", None)
    assert (stamp.signer, stamp.organisation, stamp.email) == ("Lê Văn Thử", "Phòng Nội vụ", "thu@anbinh.vn")
    assert stamp.certificate_subject == "CN=Lê Văn Thử, O=Phòng Nội vụ, E=thu@anbinh.vn"
    assert stamp.certificate_issuer == "CN=CA thử nghiệm"
    assert stamp.dictionary_time == datetime(2021, 3, 6, 8, 9, 10)
    assert stamp.signed_at_basis == "cms"
    assert (stamp.reason, stamp.location) == ("Phát hành văn bản", "An Bình")
    assert stamp.shown == "Signed by: thu@anbinh.vn"
    assert stamp.box is not None
    assert [round(edge) for edge in stamp.box] == [400, 12, 580, 42]
    assert (stamp.digest_matches, stamp.covers_file) == (True, True)


def test_rows_have_the_columns_of_the_table(path: Path) -> None:
    rows = source_rows("0" * 64, read_pdf(path, Limits()))["digital_signatures"]
    assert set(rows[0]) == {column.name for column in table("digital_signatures").columns}
    assert rows[1]["signature"].startswith("Lê Văn Thử; Phòng Nội vụ; thu@anbinh.vn; 20")


def test_changed_bytes_and_bytes_added_later_are_told(path: Path) -> None:
    data = path.read_bytes()
    longer = read_signatures(data + b"\n% added later\n")[1][1]
    assert (longer.digest_matches, longer.covers_file) == (True, False)
    changed = read_signatures(data.replace(b"%PDF-1.3", b"%PDF-1.5").replace(b"%PDF-1.4", b"%PDF-1.5"))[1][1]
    assert changed.digest_matches is False


_STRETCHES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 40)), min_size=1, max_size=3)


@given(st.binary(max_size=70), st.lists(st.tuples(st.sampled_from(["sha1", "sha256"]), _STRETCHES), max_size=6))
def test_digests_are_those_of_the_stretches(data: bytes, asked: list[tuple[str, list[tuple[int, int]]]]) -> None:
    digests = FileDigests(data)
    for algorithm, stretches in asked:
        covered = b"".join(data[start : start + length] for start, length in stretches)
        assert digests.of(algorithm, stretches) == hashlib.new(algorithm, covered, usedforsecurity=False).digest()


def test_stamp_in_a_file_without_a_form(tmp_path: Path) -> None:
    path = with_number_field(typed_pdf(tmp_path / "cv.pdf", HEADER), "128", "Da nhan")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.AcroForm
        for annotation in pdf.pages[0].Annots:
            annotation.Subtype = pikepdf.Name.Stamp
            del annotation.FT
        pdf.save(path)
    document = read_pdf(path, Limits())
    assert [(stamp.kind, stamp.shown) for stamp in document.digital_signatures] == [
        ("stamp", "128"),
        ("stamp", "Da nhan"),
    ]
    assert "Số: 128 /PNV-TC" in document.text


def test_field_that_no_page_shows(tmp_path: Path) -> None:
    path = with_number_field(typed_pdf(tmp_path / "an.pdf", HEADER), "128", "Signed by: thu@anbinh.vn")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].Annots
        pdf.save(path)
    found = read_pdf(path, Limits()).digital_signatures
    assert [(s.field_name, s.page_no, s.box) for s in found] == [("128", None, None), ("Signe", None, None)]


def test_form_that_loops(tmp_path: Path) -> None:
    path = with_number_field(typed_pdf(tmp_path / "vong.pdf", HEADER), "128", "Signed by: thu@anbinh.vn")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        parent = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("nhóm")))
        parent.Kids = pikepdf.Array([parent, *pdf.Root.AcroForm.Fields])
        pdf.Root.AcroForm.Fields = pikepdf.Array([parent, parent])
        pdf.save(path)
    assert [s.field_name for s in read_pdf(path, Limits()).digital_signatures] == ["nhóm.128", "nhóm.Signe"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("D:20250109100916+07'00'", datetime(2025, 1, 9, 10, 9, 16)),
        ("D:20250109030916Z", datetime(2025, 1, 9, 10, 9, 16)),
        ("D:20250108220916-05'00'", datetime(2025, 1, 9, 10, 9, 16)),
        ("D:20250109100916", datetime(2025, 1, 9, 10, 9, 16)),
        ("D:2025", datetime(2025, 1, 1)),
        ("D:20250231000000", None),
        ("D:99991231235959-14'00'", None),
        ("hôm qua", None),
    ],
)
def test_pdf_date(written: str, expected: datetime | None) -> None:
    assert pdf_date(written) == expected


def test_broken_signatures_say_nothing_and_end(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        whole = bytes(pdf.Root.AcroForm.Fields[1].V.Contents).rstrip(b"\0")
    assert read_cms(whole)["signer"] == "Lê Văn Thử"
    assert read_cms(b"") == {}
    chance = random.Random(5)
    for _ in range(400):
        broken = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.choice((1, 2, 5))):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert isinstance(read_cms(bytes(broken)), dict)


@pytest.mark.corpus
def test_every_field_of_the_corpus_has_a_signer() -> None:
    skip_without(DOCUMENTS)
    counts = {}
    for path in sorted(DOCUMENTS.glob("*.pdf")):
        found = read_signatures(path.read_bytes())
        counts[path.stem] = len(found)
        assert all(s.signer and s.organisation and s.email and s.signed_at and place for place, s in found), path.stem
    fields = {"r10": 5, "r11": 5, "r12": 2, "r13": 2, "r14": 6, "r15": 1, "r18": 2, "r19": 1, "r20": 2, "r21": 2,
              "r23": 2, "r27": 1}  # fmt: skip
    assert {name: count for name, count in counts.items() if count} == fields
