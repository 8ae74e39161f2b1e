"""Red stamps of urgency and secrecy on a scan's first page."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.limits import Limits
from pipeline.sources import ocr
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word
from pipeline.sources.scan_image import CleanScan
from pipeline.sources.urgency_stamps import read_stamps
from tests.pdf_files import FONT_FILE, HEADER, needs_tesseract, page_picture


def _words(text: str, confidence: float = 0.9) -> list[Word]:
    return [
        Word(piece, 60 + 40 * n, 40, 95 + 40 * n, 52, 50, 13, None, confidence) for n, piece in enumerate(text.split())
    ]


def _page(*, red: bool = True) -> CleanScan:
    colour = Image.new("RGB", (600, 800), "white")
    if red:
        ImageDraw.Draw(colour).rectangle((60, 40, 140, 52), fill=(210, 40, 50))
    return CleanScan(colour, colour.convert("L"), 0.0, red)


@pytest.mark.parametrize(
    ("read", "confidence", "expected"),
    [
        ("HỎA TỐC", 0.9, ["HỎA TỐC"]),
        ("|HOẢ TỐC|", 0.9, ["HỎA TỐC"]),
        ("TUYỆT MẬT", 0.9, ["TUYỆT MẬT"]),
        ("KHẨN", 0.9, ["KHẨN"]),
        ("KHẨN", 0.3, []),
        ("Khẩn", 0.9, []),
        ("CÔNG VĂN ĐẾN", 0.9, []),
    ],
)
def test_only_known_stamps_in_capitals_count(read: str, confidence: float, expected: list[str]) -> None:
    body = Line(tuple(_words("Kính gửi")), 1)
    stamped = read_stamps([body], _page(), 1.0, lambda *_: _words(read, confidence))
    assert [line.text.replace("HOẢ", "HỎA") for line in stamped] == [*expected, "Kính gửi"]


def test_nothing_is_read_without_red_ink_or_when_the_stamp_was_read_before() -> None:
    body = Line(tuple(_words("Kính gửi")), 1)
    told = Line(tuple(_words("HỎA TỐC")), 1)
    assert read_stamps([body], _page(red=False), 1.0, lambda *_: pytest.fail("read")) == [body]
    assert read_stamps([told, body], _page(), 1.0, lambda *_: pytest.fail("read")) == [told, body]


@pytest.mark.ocr
@needs_tesseract
@pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")
@pytest.mark.parametrize("angle", [0, 6])
def test_a_boxed_stamp_that_is_turned_a_little(angle: int) -> None:
    page = page_picture(HEADER)
    stamp = Image.new("RGBA", (500, 200), (255, 255, 255, 0))
    draw = ImageDraw.Draw(stamp)
    draw.text((250, 100), "HỎA TỐC", (205, 35, 45, 255), ImageFont.truetype(str(FONT_FILE), 40), anchor="mm")
    draw.rectangle((120, 60, 380, 140), outline=(205, 35, 45, 255), width=5)
    turned = stamp.rotate(angle, Image.Resampling.BICUBIC)
    page.paste(turned, (120, 620), turned)
    scan = ocr.read_scan(page, 1, page.width * 0.36, page.height * 0.36, Limits())
    assert "HỎA TỐC" in [line.text for line in scan.lines]
