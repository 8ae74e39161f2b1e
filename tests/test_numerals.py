"""Roman numerals and ordinals in words."""

from __future__ import annotations

import pytest

from extractors.numerals import ordinal_value, roman_value, to_roman


@pytest.mark.parametrize("value", range(1, 100))
def test_roman_numerals_come_back(value: int) -> None:
    assert roman_value(to_roman(value)) == value


@pytest.mark.parametrize("text", ["IIII", "VX", "", "IC", "ABC"])
def test_no_roman_numeral(text: str) -> None:
    assert roman_value(text) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("nhất", 1),
        ("Tư", 4),
        ("mười", 10),
        ("mười một", 11),
        ("mười lăm", 15),
        ("XIII", 13),
        ("xi", 11),
        ("07", 7),
        ("các cấp", None),
        ("", None),
    ],
)
def test_ordinals(written: str, value: int | None) -> None:
    assert ordinal_value(written) == value
