"""Administrative divisions and their changes of 1 July 2025 as rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from extractors.grammar import table
from extractors.names.divisions import MERGER_DAY, Division, division_changes, divisions
from extractors.names.places import province_2025
from pipeline.resolution.units import Row


def division_rows() -> Iterator[Row]:
    """Rows of the divisions table: those of before, then those of today; provinces, districts, communes."""
    became = {change.old: change.new.province for change in division_changes()}
    for one in divisions():
        yield {
            "division_id": _division_id(one),
            "code": _code(one),
            "name": one.name,
            "kind": one.kind,
            "level": one.level,
            "parent_id": _parent_id(one),
            "province": one.province,
            "district": one.district,
            "province_2025": one.province if one.since_2025 else became.get(one) or province_2025(one.province),
            "valid_from": MERGER_DAY if one.since_2025 else None,
            "valid_to": None if one.since_2025 else MERGER_DAY - timedelta(days=1),
        }


def division_change_rows() -> Iterator[Row]:
    """Rows of the division_changes table, in the order of the old divisions."""
    for change in division_changes():
        yield {"old_id": _division_id(change.old), "new_id": _division_id(change.new), "kind": change.kind}


def _division_id(one: Division) -> str:
    names = [one.province]
    if one.district is not None:
        names.append(f"{one.district_kind} {one.district}")
    if one.level == "xã":
        names.append(f"{one.kind} {one.name}")
    return _id_of(one.since_2025, names)


def _parent_id(one: Division) -> str | None:
    if one.level == "tỉnh":
        return None
    in_district = one.level == "xã" and one.district is not None
    return _id_of(one.since_2025, [one.province, *([f"{one.district_kind} {one.district}"] if in_district else [])])


def _id_of(since_2025: bool, names: list[str]) -> str:
    key = "|".join(("2025" if since_2025 else "2024", *names))
    return "g" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _code(one: Division) -> str | None:
    if one.level != "tỉnh":
        return None
    row = next(row for row in table("provinces")["province"] if row["name"] == one.name)
    code: str | None = row.get("code_2025") if one.since_2025 else row["code"]
    return code
