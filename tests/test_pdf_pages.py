"""Pages of a PDF that are turned, mixed or have running heads: what stays in the sentences and what does not."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from pipeline.limits import Limits
from pipeline.sources.pdf import read_pdf
from tests.pdf_files import FONT_FILE, HEADER, Placed, needs_tesseract, page_picture, scanned_pdf, typed_pdf

pytestmark = pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(tmp_path: Path, angle: int) -> None:
    upright = read_pdf(typed_pdf(tmp_path / "a.pdf", HEADER), Limits())
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        page = pdf.pages[0]
        width, height = float(page.mediabox[2]), float(page.mediabox[3])
        turns = {90: f"0 1 -1 0 {height} 0", 180: f"-1 0 0 -1 {width} {height}", 270: f"0 -1 1 0 0 {width}"}
        page.contents_add(pdf.make_stream(f"q {turns[angle]} cm".encode()), prepend=True)
        page.contents_add(pdf.make_stream(b" Q"))
        if angle != 180:
            page.mediabox = pikepdf.Array([0, 0, height, width])
        page.Rotate = angle
        pdf.save(tmp_path / "b.pdf")
    turned = read_pdf(tmp_path / "b.pdf", Limits())
    assert turned.text == upright.text
    assert turned.pages[0].width == pytest.approx(upright.pages[0].width, abs=1)
    for one, other in zip(turned.blocks, upright.blocks, strict=True):
        assert one.box == pytest.approx(other.box, abs=2)


def test_running_heads_and_page_numbers_stay_out_of_sentences(tmp_path: Path) -> None:
    def page(number: int, *lines: str) -> list[Placed]:
        body = [(80.0, 700.0 - 16 * at, line) for at, line in enumerate(lines)]
        return [(80.0, 800.0, f"{number}"), (200.0, 800.0, "CÔNG BÁO/Số 27/Ngày 14-5-2022"), *body]

    path = typed_pdf(
        tmp_path / "cb.pdf",
        page(2, "Điều 1. Các cơ quan, đơn vị trong phạm vi chức năng, nhiệm vụ được giao có trách", "nhiệm tổ chức rà"),
        page(3, "soát các văn bản đã ban hành và báo cáo kết quả về Sở Tư pháp trước ngày 20 tháng 6"),
        page(4, "năm 2022 để tổng hợp, trình Ủy ban nhân dân tỉnh xem xét, quyết định."),
    )
    document = read_pdf(path, Limits())
    assert "CÔNG BÁO" not in document.text
    assert "running_head_removed" in {finding.kind for finding in document.findings}
    assert not {"2", "3", "4"} & set(document.text.splitlines())


@pytest.mark.ocr
@needs_tesseract
def test_typed_and_scanned_pages_in_one_file(tmp_path: Path) -> None:
    typed = typed_pdf(tmp_path / "a.pdf", HEADER)
    scanned = scanned_pdf(tmp_path / "b.pdf", page_picture(HEADER, dpi=150))
    with pikepdf.open(typed) as pdf, pikepdf.open(scanned) as other:
        pdf.pages.extend(other.pages)
        pdf.save(tmp_path / "c.pdf")
    document = read_pdf(tmp_path / "c.pdf", Limits())
    assert document.media == "mixed"
    assert [page.source for page in document.pages] == ["text_layer", "ocr"]
    assert document.pages[0].ocr_confidence is None
    assert document.text.count("17/KH-UBND") == 2
