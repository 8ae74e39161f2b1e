"""Scans as they arrive: black and white with a black seal, turned pages, dark borders; and how sure a name is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageOps

from extractors.reading import Reading
from extractors.signatories import find_signatories
from pipeline.errors import EmptyDocument
from pipeline.limits import Limits
from pipeline.sources import ocr, page_image
from pipeline.sources.page_image import read_image
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word
from pipeline.sources.reflow import LaidOutPage, reflow
from pipeline.sources.source import SourceDocument
from tests.pdf_files import FONT_FILE, HEADER, needs_tesseract, page_picture

needs_font = pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")

_BORDER = (15, 15, 15)


def saved_and_read(image: Image.Image, path: Path, **settings: object) -> SourceDocument:
    image.save(path, **settings)
    return read_image(path, Limits())


def assert_is_the_letter(document: SourceDocument) -> None:
    assert document.text.startswith("UBND HUYỆN AN BÌNH\nPHÒNG NỘI VỤ\n")
    assert "An Bình, ngày 05 tháng 3 năm 2021" in document.text
    assert "Thực hiện Kế hoạch số 17/KH-UBND ngày 02/3/2021" in document.text


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_large_picture_is_reduced_whole_before_it_is_read(
    mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Image.Image] = []

    def read_scan(image: Image.Image, *_: object) -> ocr.Scan:
        given.append(image)
        return ocr.Scan((), 1.0, 595.0, 842.0)

    monkeypatch.setattr(ocr, "read_scan", read_scan)
    monkeypatch.setattr(page_image, "_ENOUGH_PIXELS", 100_000)
    picture = Image.effect_noise((421, 613), 90).convert(mode)
    picture.save(tmp_path / "trang.png")
    with pytest.raises(EmptyDocument):
        read_image(tmp_path / "trang.png", Limits())
    small = picture.convert("L" if mode == "1" else mode).reduce(2)
    assert (given[0].size, given[0].tobytes()) == (small.size, small.tobytes())


@needs_font
@needs_tesseract
@pytest.mark.ocr
def test_black_and_white_tiff_with_a_black_seal_over_the_name(tmp_path: Path) -> None:
    page = page_picture(HEADER, dpi=200, seal=(420, 500)).convert("L").point(lambda level: 255 * (level > 150))
    document = saved_and_read(page.convert("1"), tmp_path / "fax.tif", compression="group4", dpi=(200, 200))
    assert_is_the_letter(document)
    named = [row.name for row in find_signatories(Reading.of(document.text, document.blocks)).records]
    assert named in ([], ["Lê Văn Thử"]), "a name the seal covers is read rightly or not at all"


@needs_font
@needs_tesseract
@pytest.mark.ocr
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_page(angle: int, tmp_path: Path) -> None:
    turned = page_picture(HEADER, dpi=120).rotate(angle, expand=True)
    document = saved_and_read(turned, tmp_path / "trang.png", dpi=(120, 120))
    assert_is_the_letter(document)
    assert document.text.endswith("Lê Văn Thử")
    assert (document.pages[0].width or 0) < (document.pages[0].height or 0)


@needs_font
@needs_tesseract
@pytest.mark.ocr
def test_dark_border_of_a_page_laid_askew(tmp_path: Path) -> None:
    framed = ImageOps.expand(page_picture(HEADER, dpi=150), (45, 30, 25, 50), fill=_BORDER)
    document = saved_and_read(framed.rotate(1, fillcolor=_BORDER), tmp_path / "vien.jpg", dpi=(150, 150))
    assert_is_the_letter(document)
    assert document.text.endswith("Lê Văn Thử")


def test_a_signatory_is_no_surer_than_the_least_sure_word_of_the_name() -> None:
    def line(text: str, baseline: float, *confidences: float) -> Line:
        words = [
            Word(word, 330 + 40 * n, baseline - 10, 365 + 40 * n, baseline, baseline, 13, None, confidence)
            for n, (word, confidence) in enumerate(zip(text.split(), confidences, strict=True))
        ]
        return Line(tuple(words), 1, "column", 2)

    lines = (line("CHỦ TỊCH", 500, 0.95, 0.95), line("Trần Văn Mẫu", 580, 0.6, 0.92, 0.91))
    flowed = reflow([LaidOutPage(1, 595, 842, lines)])
    assert [block.ocr_confidence for block in flowed.blocks] == [0.95, 0.6]
    (row,) = find_signatories(Reading.of(flowed.text, flowed.blocks)).records
    assert (row.name, row.confidence) == ("Trần Văn Mẫu", 0.6)
    (sure,) = find_signatories(Reading.of(flowed.text)).records
    assert sure.confidence > 0.8
