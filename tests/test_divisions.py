"""Administrative divisions before and after 1 July 2025, and what became of each."""

from __future__ import annotations

from collections import Counter

import pytest

from extractors.names.divisions import (
    commune_2025,
    district_of_commune,
    division_changes,
    divisions,
    is_commune_2025,
)
from pipeline.resolution.division_rows import division_change_rows, division_rows
from pipeline.resolution.localities import Locality


def test_as_many_as_the_law_counts() -> None:
    counted = Counter((one.level, one.since_2025) for one in divisions())
    assert counted["tỉnh", False] == 63
    assert counted["huyện", False] == 696
    assert 10_030 <= counted["xã", False] <= 10_040
    assert (counted["tỉnh", True], counted["xã", True]) == (34, 3321)
    kinds = Counter(one.kind for one in divisions() if one.since_2025)
    assert (kinds["thành phố"], kinds["tỉnh"], kinds["đặc khu"]) == (6, 28, 13)


def test_every_division_of_before_became_something() -> None:
    old = {one for one in divisions() if not one.since_2025}
    assert {change.old for change in division_changes()} == old
    assert {change.new for change in division_changes()} <= {one for one in divisions() if one.since_2025}


@pytest.mark.parametrize(
    ("province", "district", "commune", "today"),
    [
        ("Lâm Đồng", "Di Linh", "Tân Châu", "Di Linh"),
        ("Hồ Chí Minh", "Gò Vấp", "12", "An Hội Tây"),
        ("Bình Thuận", "Bắc Bình", "Phan Rí Thành", "Bắc Bình"),
        ("Hồ Chí Minh", "Cần Giờ", "Thạnh An", "Thạnh An"),
        ("Hà Nội", "Ba Đình", "Suối Vàng Anh", None),
    ],
)
def test_communes_of_before_and_today(province: str, district: str, commune: str, today: str | None) -> None:
    assert commune_2025(province, district, commune) == today


def test_a_divided_commune_has_no_single_heir() -> None:
    divided = next(change.old for change in division_changes() if change.kind == "chia tách")
    assert divided.district is not None
    assert commune_2025(divided.province, divided.district, divided.name) is None


def test_districts_of_communes() -> None:
    assert district_of_commune("Bình Thuận", "Phan Rí Thành") == "Bắc Bình"
    assert district_of_commune("Bình Thuận", "Nơi Không Có") is None
    assert not is_commune_2025("Lâm Đồng", "Nơi Không Có")


@pytest.mark.parametrize(
    ("area", "since_2025", "district"),
    [
        (Locality("Bình Thuận", None, "Phan Rí Thành"), False, "Bắc Bình"),
        (Locality("Bình Thuận", None, "Phan Rí Thành"), None, "Bắc Bình"),
        (Locality("Bình Thuận", None, "Phan Rí Thành"), True, None),
        (Locality("Hồ Chí Minh", None, "Thạnh An"), None, None),
        (Locality("Hồ Chí Minh", None, "Thạnh An"), False, "Cần Giờ"),
        (Locality(None, None, "Phan Rí Thành"), False, None),
    ],
)
def test_the_district_of_a_commune_that_stands_alone(
    area: Locality, since_2025: bool | None, district: str | None
) -> None:
    assert area.with_district(since_2025).district == district


def test_rows_have_one_id_each_and_parents() -> None:
    rows = {row["division_id"]: row for row in division_rows()}
    assert len(rows) == len(divisions())
    assert all(row["parent_id"] in rows for row in rows.values() if row["level"] != "tỉnh")
    changes = list(division_change_rows())
    assert len({(row["old_id"], row["new_id"]) for row in changes}) == len(changes)
    assert {row["old_id"] for row in changes} | {row["new_id"] for row in changes} <= set(rows)
    codes = [row["code"] for row in rows.values() if row["level"] == "tỉnh" and row["valid_to"] is None]
    assert len(set(codes)) == 34
    merged = {row["province_2025"] for row in rows.values() if row["province"] == "Bình Thuận"}
    assert merged == {"Lâm Đồng"}
