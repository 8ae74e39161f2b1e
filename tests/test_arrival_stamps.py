"""Arrival stamps in coloured ink are no part of the document."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.sources.arrival_stamps import without_arrival_stamps
from pipeline.sources.page_words import Word
from pipeline.sources.scan_image import CleanScan

BLUE, BLACK = (40, 60, 170), (30, 30, 30)
STAMP = (("CÔNG", 60, 200), ("VĂN", 95, 200), ("ĐũN", 130, 200), ("SI:", 60, 216), ("412", 80, 216))
TITLE = (("TỜ", 260, 200), ("TRÌNH", 290, 200), ("Số:", 60, 170), ("29/TTr-CT", 90, 170))


def page(ink: tuple[int, int, int], title_ink: tuple[int, int, int] = BLACK) -> tuple[list[Word], CleanScan]:
    """A page, a pixel a point, with a bar of ink for each word of the stamp and of the title beside it."""
    picture = Image.new("RGB", (595, 842), "white")
    words = []
    for parts, colour in ((STAMP, ink), (TITLE, title_ink)):
        for text, left, baseline in parts:
            ImageDraw.Draw(picture).rectangle((left, baseline - 5, left + 20, baseline), fill=colour)
            words.append(Word(text, left, baseline - 10, left + 24, baseline + 2, baseline, 12, None, 0.6))
    return words, CleanScan(picture, picture.convert("L"), 0.0, ink != BLACK)


def test_stamp_is_taken_out_and_told() -> None:
    words, clean = page(BLUE)
    kept, findings = without_arrival_stamps(words, clean, 1.0)
    assert [word.text for word in kept] == [text for text, _, _ in TITLE]
    assert [finding.kind for finding in findings] == ["arrival_stamp"]
    assert "412" in findings[0].message


@pytest.mark.parametrize("opening", ["VĂN", "THƯ"])
def test_black_print_stays(opening: str) -> None:
    words, clean = page(BLACK)
    words[1] = words[1]._replace(text=opening)
    assert without_arrival_stamps(words, clean, 1.0) == (words, ())


def test_coloured_words_that_open_no_stamp_stay() -> None:
    words, clean = page(BLUE, BLUE)
    words[2] = words[2]._replace(text="THƯ")
    assert without_arrival_stamps(words, clean, 1.0) == (words, ())
