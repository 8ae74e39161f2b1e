"""Titles of signers that OCR damaged are read again; a title is set only where the readings point to one alone."""

from __future__ import annotations

import pytest
from PIL import Image

from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word
from pipeline.sources.scan_image import CleanScan
from pipeline.sources.signature_titles import read_titles

PAGE = CleanScan(Image.new("RGB", (600, 800), "white"), Image.new("L", (600, 800), 255), 0.0, is_colour=False)


def _words(text: str, left: float = 370.0) -> tuple[Word, ...]:
    words = []
    for piece in text.split():
        words.append(Word(piece, left, 590, left + 8 * len(piece), 604, 600, 13.0, None, 0.8))
        left += 8 * len(piece) + 4
    return tuple(words)


@pytest.mark.parametrize(
    ("read", "again", "expected"),
    [
        ("PHÓ VIỆNTRỞG", ["PHÓ VIỆN TRƯỞNG", "THÓ VIỆN TRƯỞNG"], "PHÓ VIỆN TRƯỞNG"),
        ("mỂN TRƯỞNG", ["VIỆN TRƯỞNG", "VIÊN TRƯỞNG", "VIỆN TRƯỜNG"], "VIỆN TRƯỞNG"),
        ("GIÁM ĐÓG", ["| GIÁM ĐỐC /"], "GIÁM ĐỐC"),
        ("HỘI TRƯỞNG", ["HỘI TRƯỞNG"], "HỘI TRƯỞNG"),
        ("mU TRƯỞNG", ["VU TRƯỞNG", *(f"{first}U TRƯỞNG" for first in "TĐMSL")], "mU TRƯỞNG"),
        ("PHÒNG NỘI VỤ", ["GIÁM ĐỐC"], "PHÒNG NỘI VỤ"),
    ],
)
def test_a_damaged_title_is_the_one_the_readings_point_to(read: str, again: list[str], expected: str) -> None:
    turns = iter(again * 6)
    line = Line(_words(read), 1, "column", 2)
    (mended,) = read_titles([line], PAGE, 1.0, lambda *_: list(_words(next(turns))))
    assert mended.text == expected
    assert (mended == line) == (read == expected)
    if read != expected:
        assert [word.raw for word in mended.words] == [read]


def test_whole_titles_and_lines_on_the_left_are_not_read_again() -> None:
    lines = [Line(_words("CHỦ TỊCH"), 1), Line(_words("VEỆN TRƯỞNG", left=60), 1), Line(_words("KT. CHU TICK"), 1)]
    assert read_titles(lines, PAGE, 1.0, lambda *_: pytest.fail("read again")) == lines
