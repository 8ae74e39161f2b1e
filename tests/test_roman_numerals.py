"""Numerals made of the figure one are counted by their strokes."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word
from pipeline.sources.roman_numerals import count_numerals
from pipeline.sources.scan_image import CleanScan
from tests.pdf_files import FONT_FILE

pytestmark = pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")

SIZE = 14.0


def counted(before: str, printed: str, read: str, dpi: int = 200) -> tuple[str, str | None]:
    """The word after `before`, printed in one way and read in another, and what stands as its first reading."""
    scale = dpi / 72
    picture = Image.new("L", (round(SIZE * scale * 20), round(SIZE * scale * 2)), 255)
    font = ImageFont.truetype(str(FONT_FILE), round(SIZE * scale))
    draw = ImageDraw.Draw(picture)
    left, words = 20.0, []
    for text, seen in ((before, before), (printed, read), ("CHỨC", "CHỨC")):
        draw.text((left, 1.4 * SIZE * scale), text, 0, font, anchor="ls")
        right = left + font.getlength(text)
        if text:
            words.append(Word(seen, left / scale, 0, right / scale, 20, 1.4 * SIZE, SIZE, None, 0.9))
        left = right + font.getlength(" ")
    line = count_numerals([Line(tuple(words), 1)], CleanScan(picture.convert("RGB"), picture, 0, False), 1 / scale)[0]
    word = line.words[1 if before else 0]
    return word.text, word.raw


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize(
    ("before", "printed", "read", "right"),
    [
        ("", "III.", "II.", "III."),
        ("", "III-", "HI-", "III-"),
        ("", "II.", "H.", "II."),
        ("", "II.", "IL.", "II."),
        ("", "I.", "l.", "I."),
        ("quý", "III", "II", "III"),
        ("Phần", "II", "III", "II"),
        ("", "H.", "H.", "H."),
        ("", "IV.", "IV.", "IV."),
        ("", "1.", "1.", "1."),
        ("ban", "III", "II", "II"),
    ],
)
def test_strokes_are_counted(before: str, printed: str, read: str, right: str, dpi: int) -> None:
    assert counted(before, printed, read, dpi) == (right, None if right == read else read)
