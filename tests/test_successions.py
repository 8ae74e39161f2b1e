"""Units that were renamed or merged, and the line a unit's series goes on in."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.grammar import table
from pipeline.resolution.localities import Locality
from pipeline.resolution.successions import find_successions
from pipeline.resolution.units import Surroundings, Units

EXAMPLES = [pair for row in table("organ_successions")["succession"] for pair in row["examples"]]
OLD = Surroundings(Locality("Bình Thuận", "Tuy Phong", None, "huyện"))


def entered(*names: str, around: Surroundings = OLD) -> tuple[Units, list[str]]:
    """The units of some names; those above them, which have successors too, are left out."""
    units = Units()
    ids = [units.unit_id(name, around) for name in names]
    return units, [unit for unit in ids if unit is not None]


@pytest.mark.parametrize(("before", "after"), EXAMPLES, ids=[before for before, _ in EXAMPLES])
def test_examples_of_the_table(before: str, after: str) -> None:
    units, (old, new) = entered(before, after)
    assert [(one.predecessor, one.successor) for one in find_successions(units).found] == [(old, new)]


def test_provinces_merge() -> None:
    units, (old, new) = entered("Sở Y tế tỉnh Bình Thuận", "Sở Y tế tỉnh Lâm Đồng")
    (one,) = find_successions(units).rows()
    assert one == {
        "predecessor_id": old, "successor_id": new, "since": date(2025, 7, 1), "kind": "sáp nhập",
        "basis": "202/2025/QH15",
    }  # fmt: skip


def test_a_line_goes_on_over_links_nobody_names() -> None:
    names = ("Sở Kế hoạch và Đầu tư tỉnh Bình Thuận", "Sở Tài chính tỉnh Lâm Đồng")
    units, (old, new) = entered(*names)
    found = find_successions(units)
    assert [(one.predecessor, one.successor) for one in found.found] == [(old, new)]
    assert found.lineages()[old] == new
    units, (old, between, new) = entered(names[0], "Sở Tài chính tỉnh Bình Thuận", names[1])
    found = find_successions(units)
    assert {(one.predecessor, one.successor) for one in found.found} == {(old, between), (between, new)}
    assert found.lineages() == {old: new, between: new}
    assert found.predecessors(units) == {between: old, new: between}


def test_communes_merge() -> None:
    old = "Ủy ban nhân dân xã Phan Rí Thành, huyện Bắc Bình, tỉnh Bình Thuận"
    units, (before, after) = entered(old, "Ủy ban nhân dân xã Bắc Bình tỉnh Lâm Đồng", around=Surroundings())
    assert [(one.predecessor, one.successor) for one in find_successions(units).found] == [(before, after)]
    rows = {row["unit_id"]: row for row in units.rows()}
    assert (rows[before]["province_2025"], rows[before]["commune_2025"]) == ("Lâm Đồng", "Bắc Bình")
    assert rows[after]["commune_2025"] == "Bắc Bình"


def test_no_succession_without_the_unit() -> None:
    units, _ = entered("Sở Kế hoạch và Đầu tư tỉnh Bình Thuận", "Sở Tài chính tỉnh Lào Cai", "Bộ Y tế")
    assert find_successions(units).found == ()
    rows = list(units.rows())
    assert all(row["lineage_id"] == row["unit_id"] and row["predecessor_id"] is None for row in rows)
