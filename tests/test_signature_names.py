"""Names of signers on scans, and phrases of official documents: invented lines and small drawn images."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.grammar import table
from pipeline.sources.ocr_spelling import mend_phrases
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word, fold
from pipeline.sources.scan_image import CleanScan
from pipeline.sources.signature_names import read_names, red_ink


def _line(text: str, left: float, baseline: float, confidence: float = 0.95) -> Line:
    words = []
    for part in text.split():
        right = left + 6.0 * len(part)
        words.append(Word(part, left, baseline - 10, right, baseline + 3, baseline, 12.0, None, confidence))
        left = right + 4
    return Line(tuple(words), 1)


def _page(*, red: bool = False) -> CleanScan:
    colour = Image.new("RGB", (600, 800), "white")
    if red:
        ImageDraw.Draw(colour).rectangle((350, 660, 480, 672), fill=(220, 40, 60))
    return CleanScan(colour, colour.convert("L"), 0.0, red)


def test_marks_of_a_name_come_from_the_surer_second_reading() -> None:
    lines = [_line("KT. CHỦ TỊCH", 370, 600), _line("Lê Hoảng Tuân", 370, 690)]
    signed = read_names(lines, _page(), 1.0, lambda *_: list(_line("Lê Hoàng Tuấn", 0, 20).words))
    assert [line.text for line in signed] == ["KT. CHỦ TỊCH", "Lê Hoàng Tuấn"]
    assert [word.raw for word in signed[1].words] == [None, "Hoảng", "Tuân"]


@pytest.mark.parametrize(
    ("again", "confidence"), [("Lê Hoàng Tuấn", 0.6), ("Lê Hoan Tú", 0.95), ("Lê hoàng tuấn", 0.95)]
)
def test_a_name_stays_when_the_second_reading_is_unsure_or_has_other_letters(again: str, confidence: float) -> None:
    lines = [_line("GIÁM ĐỐC", 370, 600), _line("Lê Hoảng Tuân", 370, 690)]
    signed = read_names(lines, _page(), 1.0, lambda *_: list(_line(again, 0, 20, confidence).words))
    assert signed == lines


@pytest.mark.parametrize(
    ("read", "expected"),
    [("Đỗ Thị Nhàn", True), ("Thị Nhàn", False), ("Đỗ", False), ("ĐỖ THỊ", False), ("Số Nhà", False)],
)
def test_a_red_stamp_is_a_name_only_with_a_family_name_and_one_more(read: str, *, expected: bool) -> None:
    lines = [_line("HIỆU TRƯỞNG", 370, 600)]
    signed = read_names(lines, _page(red=True), 1.0, lambda *_: list(_line(read, 20, 60).words))
    assert (len(signed) == 2) is expected
    if expected:
        assert signed[1].text == read
        assert signed[1].words[0].baseline > 600
        assert {word.raw for word in signed[1].words} == {""}


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (["`Nguyễnf", "Nguyễn", "NgTyễn"], "Nguyễn Thanh Nhàn"),
        (["`NgTyễn", "Nguyễnf", "Nguynễn"], "Nguyễn Thanh Nhàn"),
        (["Nyễ", "ễm", "uyf"], None),
        (["Hồ", "Hà", "Hồ"], None),
    ],
)
def test_a_family_name_under_the_ring_is_the_one_near_all_readings(first: list[str], expected: str | None) -> None:
    turns = iter(first * 9)

    def read(_: Image.Image, __: float, mode: int) -> list[Word]:
        sure = list(_line("Thanh Nhàn", 120, 40).words)
        return sure if mode == 11 else [*_line(next(turns), 20, 40, 0.3).words, *sure] if mode == 7 else []

    signed = read_names([_line("HIỆU TRƯỞNG", 370, 600)], _page(red=True), 1.0, read)
    assert [line.text for line in signed[1:]] == ([expected] if expected else [])


def test_without_red_ink_no_name_is_sought() -> None:
    lines = [_line("HIỆU TRƯỞNG", 370, 600)]
    assert read_names(lines, _page(), 1.0, lambda *_: pytest.fail("read")) == lines


def test_red_ink_alone_stays() -> None:
    picture = Image.new("RGB", (3, 1), "white")
    picture.putpixel((0, 0), (220, 30, 50))
    picture.putpixel((1, 0), (20, 20, 20))
    assert np.asarray(red_ink(picture)).tolist()[0][1:] == [255, 255]
    assert red_ink(picture).getpixel((0, 0)) == 0


def _mended(text: str) -> str:
    return " ".join(word.text for word in mend_phrases(_line(text, 0, 20).words)[0])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Luật Tô chức Chính phủ", "Luật Tổ chức Chính phủ"),
        ("sửa đổi, bộ sung một số", "sửa đổi, bổ sung một số"),
        ("Các đơn vị thuốc Sở;", "Các đơn vị thuộc Sở;"),
        ("PHÓ CHU TICH", "PHÓ CHỦ TỊCH"),
        ("Tô, chức", "Tô, chức"),
    ],
)
def test_phrases(written: str, expected: str) -> None:
    assert _mended(written) == expected


@pytest.mark.parametrize("text", table("ocr_phrases")["not"])
def test_phrases_that_are_also_something_else_stay(text: str) -> None:
    assert _mended(text) == text


def test_every_phrase_stands_for_its_own_letters() -> None:
    phrases = table("ocr_phrases")["phrases"]
    assert len({fold(phrase) for phrase in phrases}) == len(phrases)
    assert all(_mended(phrase) == phrase for phrase in phrases)
    assert all(_mended(example) != example for example in table("ocr_phrases")["examples"])
