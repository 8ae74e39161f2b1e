"""Specks are taken out of strewn pages, and from no others."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pipeline.sources.specks import without_grains, without_specks
from tests.pdf_files import FONT_FILE, HEADER, page_picture

pytestmark = pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")


def strewn(picture: Image.Image, specks: int, largest: int) -> Image.Image:
    """The picture with square specks of up to `largest` pixels strewn over it."""
    pixels = np.array(picture)
    random = np.random.default_rng(1)
    for row, column, size in random.integers((0, 0, 1), (*pixels.shape[:2], largest + 1), (specks, 3)):
        pixels[row : row + size, column : column + size] = 10
    return Image.fromarray(pixels)


@pytest.mark.parametrize(("dpi", "largest"), [(150, 2), (200, 3), (300, 4)])
def test_specks_of_a_strewn_page_go(dpi: int, largest: int) -> None:
    page = page_picture(HEADER, dpi=dpi).convert("L")
    before = np.asarray(strewn(page, 1000, largest)) < 150
    after = np.asarray(without_specks(strewn(page, 1000, largest))) < 150
    printed = np.asarray(page) < 150
    assert (after & ~printed).sum() < 0.15 * (before & ~printed).sum()
    assert (printed & ~after).sum() < 0.005 * printed.sum()


def test_page_with_a_few_specks_stays() -> None:
    page = strewn(page_picture(HEADER).convert("L"), 40, 3)
    assert without_specks(page) is page


def test_leader_dots_of_a_strewn_page_stay() -> None:
    page = np.array(strewn(page_picture(HEADER).convert("L"), 1000, 3))
    page[2000:2003, 200:1400] = 255
    page[1980:2020, 200:1400] = 255
    for column in range(200, 1400, 9):
        page[2000:2003, column : column + 3] = 20
    after = np.asarray(without_specks(Image.fromarray(page)))
    assert (after[2000:2003, 210:1390] < 150).sum() == (page[2000:2003, 210:1390] < 150).sum()


def test_grains_are_taken_out_of_strewn_pages_only() -> None:
    page = page_picture(HEADER).convert("RGB")
    few = strewn(page, 60, 1)
    assert without_grains(few) is few
    after = np.asarray(without_grains(strewn(page, 4000, 1)).convert("L"))
    assert ((after < 150) & (np.asarray(page.convert("L")) > 150)).sum() < 100
