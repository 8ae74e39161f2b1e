"""Words of a text layer: where they begin and end, what is drawn twice, turned pages, letters beyond 16 bits."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.sources.page_words import Word
from pipeline.sources.pdf_text import PageContent
from tests.pdf_files import FONT_FILE

pytestmark = pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")

BOLD_FONT_FILE = FONT_FILE.with_name("DejaVuSerif-Bold.ttf")


@pytest.fixture
def canvas(tmp_path: Path) -> Canvas:
    pdfmetrics.registerFont(TTFont("Serif", str(FONT_FILE)))
    canvas = Canvas(str(tmp_path / "trang.pdf"), pagesize=A4)
    canvas.setFont("Serif", 12)
    return canvas


def words_of(canvas: Canvas, turned: int = 0) -> tuple[Word, ...]:
    canvas.save()
    page = pdfium.PdfDocument(canvas._filename)[0]
    page.set_rotation(turned)
    return PageContent(page).words()


def test_empty_page(canvas: Canvas) -> None:
    canvas.showPage()
    assert words_of(canvas) == ()


def test_words_end_at_blanks_and_at_steps(canvas: Canvas) -> None:
    canvas.drawString(80, 700, "Số: 12/KH-UBND  ngày")
    canvas.drawString(80, 680, "Ủy")
    canvas.drawString(99.5, 680, "ban")
    assert [word.text for word in words_of(canvas)] == ["Số:", "12/KH-UBND", "ngày", "Ủy", "ban"]


def test_measures(canvas: Canvas) -> None:
    canvas.drawString(80, 700, "Nghị")
    (word,) = words_of(canvas)
    assert word.left == pytest.approx(80, abs=0.1)
    assert word.right == pytest.approx(80 + pdfmetrics.stringWidth("Nghị", "Serif", 12), abs=0.1)
    assert (word.baseline, word.size) == pytest.approx((A4[1] - 700, 12), abs=0.1)
    assert word.top < word.baseline < word.bottom
    assert word.bold is False


def test_bold_by_most_letters(canvas: Canvas) -> None:
    pdfmetrics.registerFont(TTFont("SerifBold", str(BOLD_FONT_FILE)))
    canvas.drawString(80, 700, "thường")
    canvas.setFont("SerifBold", 12)
    canvas.drawString(180, 700, "đậm")
    assert [word.bold for word in words_of(canvas)] == [False, True]


def test_word_drawn_twice_over_itself_is_one(canvas: Canvas) -> None:
    for shift in (0.0, 0.3):
        canvas.drawString(80 + shift, 700, "QUYẾT")
    canvas.drawString(150, 700, "ĐỊNH")
    canvas.drawString(80, 650, "xoong")
    assert [word.text for word in words_of(canvas)] == ["QUYẾT", "ĐỊNH", "xoong"]


def test_letter_drawn_twice_over_itself_is_one(canvas: Canvas) -> None:
    at = 80.0
    for letter in "SỐ":
        for shift in (0.0, 0.3):
            canvas.drawString(at + shift, 700, letter)
        at += pdfmetrics.stringWidth(letter, "Serif", 12)
    assert [word.text for word in words_of(canvas)] == ["SỐ"]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_page(canvas: Canvas, turned: int) -> None:
    canvas.drawString(80, 700, "Kính gửi")
    words = words_of(canvas, turned)
    assert "".join(word.text for word in words) == "Kínhgửi" or {word.text for word in words} == set("Kínhgửi")
    assert all(0 <= word.left <= word.right <= max(A4) for word in words)


def test_letters_beyond_sixteen_bits(canvas: Canvas) -> None:
    canvas.drawString(80, 700, "số \U0001d54f đậm")
    canvas.save()
    with pikepdf.open(canvas._filename, allow_overwriting_input=True) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            if "/ToUnicode" in font:
                font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<1D54F>", b"<D835DD4F>"))
        pdf.save(canvas._filename)
    page = PageContent(pdfium.PdfDocument(canvas._filename)[0])
    assert [word.text for word in page.words()] == [
        "số",
        "\U0001d54f",
        "đậm",
    ]
