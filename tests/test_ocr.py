"""Page images: preprocessing, written numbers, marks put right, and Tesseract where it is installed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import DamagedFile, EmptyDocument, LimitExceeded, ToolUnavailable
from pipeline.limits import Limits
from pipeline.sources import tesseract
from pipeline.sources.number_line import SURE, read_figures, read_written_numbers
from pipeline.sources.ocr_spelling import mend_marks, mend_phrases, mend_signs
from pipeline.sources.page_image import read_image
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word
from pipeline.sources.scan_image import CleanScan, clean_scan, find_rules, is_blank
from tests.corpus import GAZETTE, skip_without
from tests.pdf_files import FONT_FILE, HEADER, needs_tesseract, page_picture

pytestmark = pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")


BODY = (
    "Các trường tổ chức rà soát số lượng viên chức, người lao động hiện có mặt",
    "và nhu cầu bổ sung trong năm học mới, gửi báo cáo bằng văn bản về Phòng",
    "Nội vụ để tổng hợp, trình Ủy ban nhân dân huyện xem xét, quyết định.",
)


def figures_picture(text: str, size: int = 52) -> Image.Image:
    image = Image.new("L", (60 + 40 * max(1, len(text)), 100), 255)
    font = ImageFont.truetype(str(FONT_FILE), size)
    ImageDraw.Draw(image).text((30, 74), text, fill=20, font=font, anchor="ls")
    return image


@pytest.mark.parametrize("figures", ["4", "28", "275", "3604", "59"])
def test_printed_figures_are_read(figures: str) -> None:
    read = read_figures(figures_picture(figures), 52)
    assert (read.text, read.confidence >= SURE) == (figures, True)


def test_no_figures_where_there_is_no_ink() -> None:
    read = read_figures(figures_picture(""), 52)
    assert (read.text, read.has_ink) == ("", False)


def test_letters_are_not_sure_figures() -> None:
    assert read_figures(figures_picture("KHg"), 52).confidence < SURE


def test_figures_outside_the_allowed_are_not_given() -> None:
    assert read_figures(figures_picture("58"), 52, ["01", "02"]).confidence < SURE


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Số: 28/QĐ-UBND", "Số: 28 /QĐ-UBND"),
        ("Số: 71-NQ/TU", "Số: 71 -NQ/TU"),
        ("Số: 05/2020/QĐ-UBND", "Số: 05 /2020/QĐ-UBND"),
        ("Số: 2012/KH-SYT", "Số: 2012 /KH-SYT"),
        ("Số:      -NQ/TU", "Số: -NQ/TU"),
        ("SỞ XÂY DỰNG", "SỞ XÂY DỰNG"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH", "SỞ LAO ĐỘNG - THƯƠNG BINH"),
    ],
)
def test_number_lines_of_state_and_party(printed: str, expected: str) -> None:
    font = ImageFont.truetype(str(FONT_FILE), 52)
    grey = Image.new("L", (1200, 200), 255)
    ImageDraw.Draw(grey).text((50, 130), printed, fill=20, font=font, anchor="ls")
    edges = [50 + font.getlength(printed[:n]) for n in range(len(printed) + 1)]
    signs = [
        Word(sign, left + 2, 0, right - 2, 1, 1, 1)
        for sign, left, right in zip(printed, edges, edges[1:], strict=False)
        if sign != " "
    ]
    word = Word(printed, 50, 80, edges[-1], 140, 130, 52, None, 0.9)
    line = Line((word,), 1, "column", 1)
    start = 50 - 0.6 * 52  # the picture handed to the reader of signs begins so far left

    def read_signs(_: Image.Image, __: float) -> list[Word]:
        return [sign._replace(left=sign.left - start, right=sign.right - start) for sign in signs]

    page = CleanScan(grey.convert("RGB"), grey, 0.0, is_colour=False)
    assert read_written_numbers([line], page, 1.0, read_signs).lines[0].text == expected


def test_seal_goes_and_text_stays() -> None:
    plain = clean_scan(page_picture(HEADER)).grey
    sealed = clean_scan(page_picture(HEADER, seal=(400, 510))).grey
    dark = [sum(image.point(lambda level: level < 128).histogram()[1:]) for image in (plain, sealed)]
    assert abs(dark[0] - dark[1]) < 0.02 * dark[0]


def test_skewed_page_is_made_straight() -> None:
    turned = page_picture(HEADER).rotate(1.5, fillcolor="white", resample=Image.Resampling.BICUBIC)
    assert clean_scan(turned).angle == pytest.approx(-1.5, abs=0.25)
    assert clean_scan(page_picture(HEADER)).angle == pytest.approx(0.0, abs=0.15)


def test_blank_page() -> None:
    assert is_blank(Image.new("L", (1200, 1700), 250))
    assert not is_blank(page_picture(HEADER).convert("L"))


def test_table_borders_are_found() -> None:
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    for x in (200, 600, 1400):
        draw.line((x, 300, x, 700), fill=0, width=3)
    for y in (300, 500, 700):
        draw.line((200, y, 1400, y), fill=0, width=3)
    rules = find_rules(image, 72 / 200)
    assert sum(r.right - r.left > r.bottom - r.top for r in rules) == 3
    assert sum(r.bottom - r.top > r.right - r.left for r in rules) == 3


def nearly_read(text: str, confidence: float = 0.8) -> list[Word]:
    return [Word(piece, 0, 0, 1, 1, 1, 1, None, confidence) for piece in text.split()]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("thuộc thâm quyền giải quyết", "thuộc thẩm quyền giải quyết"),
        ("KÉT QUẢ THỰC HIỆN", "KẾT QUẢ THỰC HIỆN"),
        ("sửa đồi, bổ sung", "sửa đồi, bổ sung"),
        ("các trường thông kê", "các trường thống kê"),
        ("TĨNH AN BÌNH", "TỈNH AN BÌNH"),
        ("của tính An Bình, sô 12", "của tỉnh An Bình, số 12"),
        ("dự tính số tiền", "dự tính số tiền"),
        ("HĐND PHƯỜNG AN KHÁNH", "HĐND PHƯỜNG AN KHÁNH"),
        ("UBND Phường An Khánh", "UBND Phường An Khánh"),
        ("phường an bảo vệ môi trường", "phương án bảo vệ môi trường"),
        ("ban quận lý dự án", "ban quản lý dự án"),
        ("ông Chủ lịch HĐND xã", "ông Chủ tịch HĐND xã"),
        ("do TH tịch Hội Nông dân", "do Chủ tịch Hội Nông dân"),
        ("có quốc tịch nước ngoài", "có quốc tịch nước ngoài"),
        ("số hóa hồ sơ đang lưu tại kho", "số hóa hồ sơ đang lưu tại kho"),
        ("thuộc thẩm quyền, dẫn hồ sơ đến nơi", "thuộc thẩm quyền, dẫn hồ sơ đến nơi"),
        ("- Như Điều 3;", "- Như Điều 3;"),
        ("Ông Nguyễn Ngọc Minh và bà Lê Hoàng Lệ Thu", "Ông Nguyễn Ngọc Minh và bà Lê Hoàng Lệ Thu"),
        ("giảm chỉ phí đi lại, đông thời báo", "giảm chi phí đi lại, đồng thời báo"),
        ("không dùng tiền mặt đôi với mức thu này", "không dùng tiền mặt đối với mức thu này"),
        ("UBND THÀNH PHÓ CÀN THƠ", "UBND THÀNH PHỐ CẦN THƠ"),
    ],
)
def test_marks_are_put_right(read: str, right: str) -> None:
    pytest.importorskip("underthesea", reason="the dictionary of underthesea is not installed")
    mended = " ".join(word.text for word in mend_marks(nearly_read(read)))
    assert mended in (right, right.replace("sửa đồi", "sửa đổi"))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Quyết định số 217/OĐ-UBND ngày l5 tháng 0] năm 2021", "Quyết định số 217/QĐ-UBND ngày 15 tháng 01 năm 2021"),
        ("Nghị định số 5/2020/NĐ-CP. ngày 01/01/2020", "Nghị định số 5/2020/NĐ-CP ngày 01/01/2020"),
        ("số 8/QĐ- -UBND", "số 8/QĐ- UBND"),
        ("V/x báo cáo", "V/v báo cáo"),
        ("Hướng dẫn 7/HD-SNV, ngày", "Hướng dẫn 7/HD-SNV, ngày"),
        ("số 12/TIrUBND và /TTr-SYT", "số 12/TTr-UBND và /TTr-SYT"),
        ("Trạm YŸ tế quý Ï năm", "Trạm Y tế quý I năm"),
        ("quý ]/2023, 113⁄/NQ-CP và 1⁄4", "quý I/2023, 113/NQ-CP và 1/4"),
        ("1S. Vũ Minh", "TS. Vũ Minh"),
        ("năm học 2022—2023", "năm học 2022–2023"),
        ("Danh mục TTHƠ. Các TTHC mới", "Danh mục TTHC. Các TTHC mới"),
        ("Danh mục TTHƠ mới", "Danh mục TTHƠ mới"),
        ("'Tân Bảo, ngày", "Tân Bảo, ngày"),
        ("phong trào 'Xanh' và 'Sạch đẹp'", "phong trào 'Xanh' và 'Sạch đẹp'"),
        ("Luật Tổ chức chính quyền. địa phương", "Luật Tổ chức chính quyền địa phương"),
        ("thực hiện. Các đơn vị", "thực hiện. Các đơn vị"),
        ("Đăng mau.edu,vn", "Đăng mau.edu.vn"),
        ("- Lưu: VỊ, TH.", "- Lưu: VT, TH."),
        ("(để th);", "(để t/h);"),
        ("Lo ngại và Io", "Lo ngại và Io"),
    ],
)
def test_signs_are_put_right(read: str, right: str) -> None:
    assert " ".join(word.text for word in mend_signs(nearly_read(read))) == right


def test_point_at_the_end_of_a_line_stays() -> None:
    words = nearly_read("cho công dân. b) các xã")
    below = [*words[:3], *(word._replace(baseline=20) for word in words[3:])]
    assert mend_signs(below) == below


@pytest.mark.parametrize(
    ("above", "read", "right"),
    [
        ("như sau:", "1, Các xã", "1."),
        ("ĐÃ ĐẠT", "1, Các xã", "1."),
        ("quy định tại khoản", "1, Điều 5", "1,"),
        ("như sau:", "1, 2", "1,"),
    ],
)
def test_comma_after_a_label_is_a_point(above: str, read: str, right: str) -> None:
    words = nearly_read(above) + [word._replace(baseline=20) for word in nearly_read(read)]
    assert mend_signs(words)[len(above.split())].text == right


def test_sure_words_stay() -> None:
    words = nearly_read("các em học hanh", confidence=0.99)
    assert mend_marks(words) == words


@pytest.mark.corpus
def test_phrases_leave_typed_text_alone() -> None:
    skip_without(GAZETTE)
    words = changed = 0
    for row in GAZETTE.read_text(encoding="utf-8").splitlines():
        for line in json.loads(row)["text"].splitlines():
            read = nearly_read(line)
            words += len(read)
            changed += mend_phrases(read)[0] != read
    assert words > 400_000
    assert changed <= 15, "nearly all of them typing errors of the gazette"


def test_image_limits_and_damage(tmp_path: Path) -> None:
    path = tmp_path / "trang.png"
    page_picture(HEADER, dpi=72).save(path)
    with pytest.raises(LimitExceeded):
        read_image(path, replace(Limits(), page_pixels=1000))
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(DamagedFile):
        read_image(path, Limits())
    path.write_bytes(b"no image")
    with pytest.raises(DamagedFile):
        read_image(path, Limits())


@pytest.mark.parametrize("missing", ["_FOLDERS", "_LIBRARIES"])
def test_without_tesseract(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, missing, ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    _forget()
    path = tmp_path / "trang.png"
    page_picture(HEADER, dpi=100).save(path)
    try:
        with pytest.raises(ToolUnavailable, match="apt-get install"):
            read_image(path, Limits())
        assert tesseract.engine_version() == ""
    finally:
        _forget()


def _forget() -> None:
    tesseract.library.cache_clear()
    tesseract.vietnamese.cache_clear()


@needs_tesseract
@pytest.mark.ocr
def test_tiff_of_two_pages(tmp_path: Path) -> None:
    path = tmp_path / "hai.tif"
    first, blank = page_picture(HEADER, dpi=150), Image.new("RGB", (1240, 1754), "white")
    first.save(path, save_all=True, append_images=[blank], dpi=(150, 150))
    document = read_image(path, Limits())
    assert [page.page_no for page in document.pages] == [1, 2]
    assert (document.file_format, document.media) == ("tiff", "scanned")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in document.text
    assert "An Bình, ngày 05 tháng 3 năm 2021" in document.text


@needs_tesseract
@pytest.mark.ocr
def test_blank_image_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "trang.png"
    Image.new("RGB", (1240, 1754), "white").save(path)
    with pytest.raises(EmptyDocument):
        read_image(path, Limits())


@needs_tesseract
@pytest.mark.ocr
def test_page_on_its_side(tmp_path: Path) -> None:
    path = tmp_path / "ngang.png"
    page_picture([*HEADER, *((80, 440 - 16 * n, text) for n, text in enumerate(BODY))], dpi=150).rotate(
        90, expand=True
    ).save(path)
    document = read_image(path, Limits())
    assert "Thực hiện Kế hoạch số 17/KH-UBND" in document.text
    assert document.pages[0].width is not None and document.pages[0].height is not None
    assert document.pages[0].width < document.pages[0].height
