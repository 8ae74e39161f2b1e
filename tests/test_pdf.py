"""Typed PDFs: text in reading order, signature fields, damaged and locked files, limits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pipeline.errors import DamagedFile, EmptyDocument, EncryptedFile, LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.pdf import read_pdf
from tests.pdf_files import FONT_FILE, HEADER, needs_tesseract, page_picture, scanned_pdf, typed_pdf, with_number_field

pytestmark = pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")


def test_typed_pdf_in_reading_order(tmp_path: Path) -> None:
    document = read_pdf(typed_pdf(tmp_path / "cv.pdf", HEADER), Limits())
    assert document.media == "born_digital"
    assert document.text.splitlines() == [
        "UBND HUYỆN AN BÌNH",
        "PHÒNG NỘI VỤ",
        "Số: /PNV-TC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Bình, ngày 05 tháng 3 năm 2021",
        "Kính gửi: Các trường học trực thuộc",
        "Thực hiện Kế hoạch số 17/KH-UBND ngày 02/3/2021 của Ủy ban nhân dân huyện, Phòng Nội vụ đề nghị các trường"
        " rà soát biên chế và báo cáo kết quả về Phòng trước ngày 20/3/2021.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Lê Văn Thử",
    ]
    assert document.text_quality > 0.9
    assert [document.text[b.start : b.end] for b in document.blocks][:3] == document.text.splitlines()[:3]
    assert {block.page for block in document.blocks} == {1}


def test_number_comes_from_the_signature_field_and_the_stamp_stays_out(tmp_path: Path) -> None:
    path = with_number_field(typed_pdf(tmp_path / "cv.pdf", HEADER), "128", "Signed by: thu@anbinh.gov.vn 06.03.2021")
    document = read_pdf(path, Limits())
    assert "Số: 128 /PNV-TC" in document.text
    assert "thu@anbinh.gov.vn" not in document.text
    assert any("thu@anbinh.gov.vn" in signature.text for signature in document.digital_signatures)


def test_pages_keep_their_numbers(tmp_path: Path) -> None:
    page = [(80, 700, "Nội dung của trang thứ nhất về biên chế các trường học trong huyện.")]
    last = [(80, 700, "Nội dung của trang thứ ba về biên chế các trường học trong huyện.")]
    document = read_pdf(typed_pdf(tmp_path / "ba.pdf", page, [], last), Limits())
    assert [p.page_no for p in document.pages] == [1, 2, 3]
    assert document.pages[0].start == 0
    assert document.pages[-1].end == len(document.text)
    assert document.text[document.pages[2].start :].startswith("Nội dung của trang thứ ba")


def test_page_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    page = [(80, 700, "Nội dung của trang về biên chế các trường học trong huyện An Bình năm nay.")]
    path = typed_pdf(tmp_path / "hong.pdf", page, page)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Type = pikepdf.Name.Nothing
        pdf.pages[0].obj.Contents = pikepdf.String("no stream")
        pdf.save(path)
    document = read_pdf(path, Limits())
    assert [p.page_no for p in document.pages] == [1, 2]
    assert document.text.startswith("Nội dung của trang")


def test_locked_pdf(tmp_path: Path) -> None:
    path = typed_pdf(tmp_path / "khoa.pdf", HEADER)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="abc", user="xyz"))
    with pytest.raises(EncryptedFile):
        read_pdf(path, Limits())


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"not a pdf at all", b""])
def test_damaged_pdf(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hong.pdf"
    path.write_bytes(content)
    with pytest.raises(DamagedFile):
        read_pdf(path, Limits())


def test_cut_off_pdf_is_read_as_far_as_it_goes_or_refused(tmp_path: Path) -> None:
    whole = typed_pdf(tmp_path / "cv.pdf", HEADER).read_bytes()
    for share in (0.2, 0.5, 0.8, 0.99):
        path = tmp_path / "cut.pdf"
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            assert read_pdf(path, Limits()).text
        except (DamagedFile, EmptyDocument):
            continue


def test_a_repaired_pdf_says_so(tmp_path: Path) -> None:
    path = typed_pdf(tmp_path / "cv.pdf", HEADER)
    assert read_pdf(path, Limits()).findings == ()
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"trailer")])
    document = read_pdf(path, Limits())
    assert "PHÒNG NỘI VỤ" in document.text
    assert [finding.kind for finding in document.findings] == ["repaired_file"]


def test_empty_pdf(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocument):
        read_pdf(typed_pdf(tmp_path / "trang.pdf", []), Limits())


def test_limits(tmp_path: Path) -> None:
    path = typed_pdf(tmp_path / "cv.pdf", HEADER, HEADER)
    for limits in (replace(Limits(), pages=1), replace(Limits(), file_bytes=100), replace(Limits(), file_seconds=-1.0)):
        with pytest.raises(LimitExceeded):
            read_pdf(path, limits)


@needs_tesseract
@pytest.mark.ocr
def test_lying_text_layer_is_replaced(tmp_path: Path) -> None:
    lie = "UBND HUYiN AN BiNH CQNG HOA xA HOI CHU NGHiA VItT NAM\n" * 4
    path = scanned_pdf(tmp_path / "doi.pdf", page_picture(HEADER, seal=(400, 510)), lie)
    document = read_pdf(path, Limits())
    assert document.media == "scanned"
    assert "text_layer_replaced" in {finding.kind for finding in document.findings}
    assert "Kế hoạch số 17/KH-UBND ngày 02/3/2021 của Ủy ban nhân dân huyện" in document.text
    assert document.text.index("Nơi nhận") < document.text.index("TRƯỞNG PHÒNG")
    assert "Lê Văn" in document.text
    assert document.ocr_confidence is not None and document.ocr_confidence > 0.7
