"""The process that reads pictures: what it reads, and that one picture can neither hold it up nor bring it down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import LimitExceeded
from pipeline.sources import tesseract
from pipeline.sources.page_words import fold
from pipeline.sources.tesseract import read_signs, read_words, turned_by
from tests.pdf_files import FONT_FILE, needs_tesseract, page_picture

pytestmark = [
    pytest.mark.ocr,
    needs_tesseract,
    pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed"),
]

LINES = ((90, 770, "Kính gửi: Sở Nội vụ"), (90, 740, "Số: 17/KH-UBND"))
_POINTS = 72 / 200
_BLOCK = 6


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    """Each test starts its own process."""
    yield
    tesseract._process(os.getpid()).end()


def picture() -> Image.Image:
    return page_picture(LINES, dpi=200).convert("L").crop((0, 0, 1654, 400))


def text_of(_: object = None) -> str:
    return " ".join(word.text for word in read_words(picture(), _POINTS, _BLOCK, 60))


def test_words_with_their_places() -> None:
    words = read_words(picture(), _POINTS, _BLOCK, 60)
    assert " ".join(word.text for word in words) == "Kính gửi: Sở Nội vụ Số: 17/KH-UBND"
    first = words[0]
    assert (first.left, first.baseline) == (pytest.approx(90, abs=2), pytest.approx(842 - 770, abs=2))
    assert all((word.confidence or 0) > 0.5 for word in words)


def test_signs_of_a_line() -> None:
    signs = read_signs(picture().crop((0, 250, 1654, 310)), _POINTS, 60)
    assert fold("".join(sign.text for sign in signs)) == "SO:17/KH-UBND"
    assert [sign.left for sign in signs] == sorted(sign.left for sign in signs)


def test_page_on_its_head() -> None:
    lines = [(90, 770 - 20 * n, "Các trường tổ chức rà soát số lượng viên chức, báo cáo") for n in range(20)]
    page = page_picture(lines, dpi=150).convert("L")
    assert [turned_by(page.rotate(angle, expand=True), 60) for angle in (0, 90, 180)] == [0, 270, 180]


def test_a_picture_that_takes_too_long_is_given_up() -> None:
    noise = np.random.default_rng(1).random((2339, 1654)) < 0.2
    with pytest.raises(LimitExceeded, match="ocr_page_seconds"):
        read_words(Image.fromarray(np.where(noise, 0, 255).astype(np.uint8)), _POINTS, 4, 0.5)
    assert "Kính gửi" in text_of()


def test_a_process_that_dies_costs_one_picture() -> None:
    assert "Kính gửi" in text_of()
    program = tesseract._process(os.getpid())._program
    assert program is not None
    program.kill()
    with pytest.raises(ValueError, match="died"):
        text_of()
    assert "Kính gửi" in text_of()


@pytest.mark.parametrize("size", [(0, 5), (40_000, 2)])
def test_sizes_that_tesseract_cannot_take(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="Tesseract"):
        read_words(Image.new("L", size, 255), _POINTS, _BLOCK, 60)


def test_each_process_has_its_own() -> None:
    here = text_of()
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        assert list(pool.map(text_of, range(6))) == [here] * 6


def test_what_was_read_before_does_not_count() -> None:
    before = read_words(picture(), _POINTS, _BLOCK, 60)
    read_words(picture().rotate(3, fillcolor=255), _POINTS, 4, 60)
    read_signs(picture(), _POINTS, 60)
    assert read_words(picture(), _POINTS, _BLOCK, 60) == before
