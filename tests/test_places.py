"""Provinces and districts: spellings, shared names, the merger of 1 July 2025."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.grammar import table
from extractors.names.places import (
    district_names,
    find_place,
    is_city,
    named_areas,
    place_names,
    province_2025,
    province_of,
)

ROWS = table("provinces")["province"]


def test_sixty_three_provinces_become_thirty_four() -> None:
    names = {row["name"] for row in ROWS}
    assert len(names) == len(ROWS) == 63
    assert {row["merged"] for row in ROWS} <= names
    assert len({row["merged"] for row in ROWS}) == 34
    assert sum(len(row["districts"]) for row in ROWS) > 690


@pytest.mark.parametrize(("example", "province"), [(e, row["name"]) for row in ROWS for e in row["examples"]])
def test_examples_of_the_table(example: str, province: str) -> None:
    assert province_of(example) == province


@pytest.mark.parametrize(
    ("example", "parts"), [(e, row["parts"]) for row in table("provinces")["former"] for e in row["examples"]]
)
def test_former_provinces_stand_for_their_parts(example: str, parts: list[str]) -> None:
    assert {place.province for place in find_place(example)} == set(parts)


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("TP.HCM", "Hồ Chí Minh"),
        ("Tp. Hồ Chí Minh", "Hồ Chí Minh"),
        ("TPHCM", "Hồ Chí Minh"),
        ("Thừa Thiên - Huế", "Huế"),
        ("Thừa Thiên Huế", "Huế"),
        ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("BẮC CẠN", "Bắc Kạn"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("Thủ Thừa", "Long An"),
        ("huyện Krông Pa", "Gia Lai"),
        ("Kim Động", "Hưng Yên"),
        ("Dầu Tiếng", "Bình Dương"),
        ("Tân Hồng", "Đồng Tháp"),
        ("Thủ Dầu Một", "Bình Dương"),
        ("Hà Tây", "Hà Nội"),
        ("Châu Thành", None),
        ("Minh Hải", None),
        ("Nơi Không Có", None),
        ("", None),
    ],
)
def test_the_province_of_a_name(name: str, province: str | None) -> None:
    assert province_of(name) == province


def test_a_shared_name_lists_every_candidate() -> None:
    provinces = {place.province for place in find_place("huyện Châu Thành")}
    assert {"An Giang", "Bến Tre", "Long An", "Tiền Giang", "Trà Vinh"} <= provinces
    assert province_of("huyện Châu Thành", within="Bến Tre") == "Bến Tre"
    assert {place.province for place in find_place("huyện Hòa Bình")} == {"Bạc Liêu", "Hòa Bình"}


def test_provinces_after_the_merger() -> None:
    assert province_2025("Bình Thuận") == "Lâm Đồng"
    assert province_2025("Long An") == "Tây Ninh"
    assert province_2025("Hà Nội") == "Hà Nội"
    assert province_2025("Nơi Không Có") is None
    assert is_city("Cần Thơ")
    assert not is_city("Bình Thuận")


def test_areas_named_in_a_unit() -> None:
    areas = [(a.word, a.name) for a in named_areas("Trạm Y tế xã Bình An, huyện Ba Tri, tỉnh Bến Tre")]
    assert areas == [("xã", "Bình An"), ("huyện", "Ba Tri"), ("tỉnh", "Bến Tre")]
    assert [(a.word, a.name) for a in named_areas("UBND TP. Vĩnh Long")] == [("thành phố", "Vĩnh Long")]
    assert [a.name for a in named_areas("Quận 3")] == ["3"]
    assert list(named_areas("Sở Lao động - Thương binh và Xã hội")) == []


@given(st.sampled_from([*place_names(), *district_names()]), st.sampled_from([str.upper, str.title, str.lower]))
def test_case_does_not_matter(name: str, recase: object) -> None:
    assert {p.province for p in find_place(recase(name))} == {p.province for p in find_place(name)}  # type: ignore[operator]
    assert find_place(name)


@given(st.text(max_size=40))
def test_any_name_is_read_without_failing(name: str) -> None:
    find_place(name)
    province_of(name)
    assert all(0 <= area.start < area.end <= len(name) for area in named_areas(name))
