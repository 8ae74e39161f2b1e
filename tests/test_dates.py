"""Dates as written: a table, parts that may be missing, dates that no calendar has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import date_at, find_dates, is_possible
from tests.hostile_text import assert_linear

WRITTEN: list[tuple[str, tuple[int | None, int | None, int | None]]] = [
    ("ngày 09 tháng 01 năm 2015", (2015, 1, 9)),
    ("06/5/2022", (2022, 5, 6)),
    ("22.8.2014", (2014, 8, 22)),
    ("30-12-1981", (1981, 12, 30)),
    ("ngày 06 /02/ 2017", (2017, 2, 6)),
    ("tháng 12-1990", (1990, 12, None)),
    ("tháng 5/2022", (2022, 5, None)),
    ("năm 2001", (2001, None, None)),
    ("ngày 21 tháng 01năm 2010", (2010, 1, 21)),
    ("ngày   tháng 5 năm 2022", (2022, 5, None)),
    ("ngày … tháng … năm 2022", (2022, None, None)),
    ("ngày ....../5/2022", (2022, 5, None)),
    ("ngày 25/11", (None, 11, 25)),
    ("ngày 5 tháng 6", (None, 6, 5)),
    ("ngày 15/5/22", (2022, 5, 15)),
    ("ngày 15/5/98", (1998, 5, 15)),
    ("ngày 12 tháng 5, 2022", (2022, 5, 12)),
    ("NGÀY 12 THÁNG 5 NĂM 2022", (2022, 5, 12)),
    ("ngày O6 tháng 5 năm 2O22", (2022, 5, 6)),
    ("ngày 05 tháng\n6 năm 2020", (2020, 6, 5)),
    ("ngày 17 ngày 9 năm 2015", (2015, 9, 17)),
    ("ngày 21 năm 3 năm 2014", (2014, 3, 21)),
    ("ngày 30 ngày 4 tháng 2016", (2016, 4, 30)),
    ("ngày 26 tháng 5 nám 2012", (2012, 5, 26)),
]


@pytest.mark.parametrize(("text", "parts"), WRITTEN)
def test_a_date_is_found_in_a_sentence(text: str, parts: tuple[int | None, int | None, int | None]) -> None:
    sentence = f"văn bản ({text}), nơi nhận"
    (date,) = find_dates(sentence)
    assert (date.year, date.month, date.day) == parts
    assert sentence[date.start : date.end] == text
    assert date.possible


@pytest.mark.parametrize(
    "text",
    [
        "năm 2021-2025",
        "Số: 01/06/2020/QĐ",
        "tháng 6",
        "ngày, tháng, năm sinh",
        "1.2.3",
        "từ 12 tháng trở lên",
        "12/5/20225678",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("text", ["ngày 31/02/2020", "ngày 3 tháng 4 năm 19111", "32/1/2020", "ngày 1/13/2020"])
def test_an_impossible_date_is_kept_as_written(text: str) -> None:
    (date,) = find_dates(text)
    assert not date.possible
    assert date.iso is None
    assert text[date.start : date.end] == text


def test_a_date_that_is_due_may_come_without_its_word() -> None:
    due = date_at("trước 25/11", 6)
    assert due is not None and (due.month, due.day, due.start, due.end) == (11, 25, 6, 11)
    month = date_at("trong 5/2022", 6)
    assert month is not None and (month.year, month.month, month.day) == (2022, 5, None)
    assert date_at("trước mùa mưa", 6) is None


def test_a_comma_or_a_bracket_may_stand_before_a_date() -> None:
    for text in (", ngày 6/5/2022", " (06/5/2022)", "  ngày 6/5/2022"):
        date = date_at(text, 0)
        assert date is not None and date.iso == "2022-05-06"


def test_only_a_part_of_the_text_is_searched() -> None:
    text = "ngày 1/2/2020, ngày 3/4/2021"
    assert [date.year for date in find_dates(text, 13)] == [2021]
    assert [date.year for date in find_dates(text, 0, 13)] == [2020]


@given(st.dates())
def test_every_day_is_read_back(day: object) -> None:
    year, month, number = (int(part) for part in str(day).split("-"))
    if year < 1000 or year > 2999:
        return
    for text in (
        f"ngày {number:02d} tháng {month:02d} năm {year}",
        f"ngày {number}/{month}/{year}",
        f"{number}.{month}.{year}",
    ):
        (date,) = find_dates(text)
        assert date.iso == str(day)


@given(st.text(alphabet="ngàythág năm0123456789/.-… (,\n", max_size=60))
def test_any_text_is_read_without_fault(text: str) -> None:
    for date in find_dates(text):
        assert 0 <= date.start < date.end <= len(text)
        assert is_possible(date.year, date.month, date.day) == date.possible


@pytest.mark.parametrize(
    "piece", ["ngày ", "ngày 1", "ngày 1 tháng ", "1/", "ngày ...", "tháng ", "năm 2", " ", "12/12/", "ngày  "]
)
def test_hostile_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert_linear(find_dates, text)
