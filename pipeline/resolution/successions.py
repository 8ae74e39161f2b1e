"""Which unit of the corpus took over from which: organs renamed and merged, provinces and communes merged.

The facts are grammar/organ_successions.toml and the divisions' changes of 1 July 2025. A chain whose middle link no
document names (Sở Kế hoạch và Đầu tư Bình Thuận → Sở Tài chính Bình Thuận → Sở Tài chính Lâm Đồng) is one step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from extractors.grammar import table
from extractors.names.divisions import MERGER_DAY
from extractors.names.places import province_2025
from pipeline.resolution.localities import Locality
from pipeline.resolution.mentions import folded
from pipeline.resolution.units import Row, Units

Kind = Literal["đổi tên", "sáp nhập", "chuyển chức năng"]

_MERGER_OF_PROVINCES = "202/2025/QH15"
_LONGEST_CHAIN = 6


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit took over from another: on which day, how, and by which instrument."""

    predecessor: str
    successor: str
    since: date | None
    kind: Kind
    basis: str | None

    def row(self) -> Row:
        """Its row of the unit_successions table."""
        return {
            "predecessor_id": self.predecessor,
            "successor_id": self.successor,
            "since": self.since,
            "kind": self.kind,
            "basis": self.basis,
        }


@dataclass(frozen=True, slots=True)
class Successions:
    """All successions between the units of a corpus."""

    found: tuple[Succession, ...]

    def rows(self) -> Iterator[Row]:
        """Rows of the unit_successions table, by predecessor and successor."""
        return (one.row() for one in self.found)

    def predecessors(self, units: Units) -> dict[str, str]:
        """unit → the one before it; of several the only one of the same name, else none."""
        before: dict[str, list[str]] = defaultdict(list)
        for one in self.found:
            before[one.successor].append(one.predecessor)
        told: dict[str, str] = {}
        for unit, candidates in before.items():
            same = [other for other in candidates if _same_name(units, unit, other)] or candidates
            if len(same) == 1:
                told[unit] = same[0]
        return told

    def lineages(self) -> dict[str, str]:
        """unit → the last of its line; a unit with several successors ends its line."""
        after: dict[str, list[str]] = defaultdict(list)
        for one in self.found:
            after[one.predecessor].append(one.successor)
        told: dict[str, str] = {}
        for unit in after:
            last, seen = unit, {unit}
            while len(after.get(last, ())) == 1 and after[last][0] not in seen:
                last = after[last][0]
                seen.add(last)
            told[unit] = last
        return told


def find_successions(units: Units) -> Successions:
    """Every succession between units of the corpus."""
    found: list[Succession] = []
    for unit_id in units.ids():
        known = units.name_and_area(unit_id)
        if known is not None:
            found += _from(unit_id, *known, units)
    by_pair = {(one.predecessor, one.successor): one for one in found}
    return Successions(tuple(one for _, one in sorted(by_pair.items())))


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    area: Locality
    since: date
    kind: Kind
    basis: str | None


def _from(unit_id: str, name: str, area: Locality, units: Units) -> Iterator[Succession]:
    """The nearest units of the corpus down each line from a unit, whether or not the corpus has the links between."""
    waiting = [(step, step, 1) for step in _steps(name, area)]
    while waiting:
        first, step, length = waiting.pop()
        successor = units.named(step.name, step.area)
        if successor is not None and successor != unit_id:
            basis = first.basis if length == 1 else None
            yield Succession(unit_id, successor, first.since if length == 1 else step.since, first.kind, basis)
        elif length < _LONGEST_CHAIN:
            waiting += [(first, following, length + 1) for following in _steps(step.name, step.area)]


def _steps(name: str, area: Locality) -> list[_Step]:
    """What became of an organ: the first thing that happened to it."""
    steps = [_Step(after, area, since, kind, basis) for after, since, kind, basis in _by_name().get(folded(name), ())]
    merged = province_2025(area.province) if area.province is not None else None
    if not steps and merged is not None:
        if area.commune is not None and area.district is not None:
            commune = area.commune_2025
            if commune is not None:
                steps.append(_Step(name, Locality(merged, None, commune), MERGER_DAY, "sáp nhập", None))
        elif area.commune is None and area.district is None and merged != area.province:
            steps.append(_Step(name, Locality(merged), MERGER_DAY, "sáp nhập", _MERGER_OF_PROVINCES))
    return steps


def _same_name(units: Units, one: str, other: str) -> bool:
    names = [units.name_and_area(unit) for unit in (one, other)]
    return all(name is not None for name in names) and len({folded(name[0]) for name in names if name}) == 1


@cache
def _by_name() -> dict[str, list[tuple[str, date, Kind, str | None]]]:
    found: dict[str, list[tuple[str, date, Kind, str | None]]] = defaultdict(list)
    for row in table("organ_successions")["succession"]:
        forms = [f"{head} {{}}" for head in row.get("heads", ())]
        forms += [f"{{}} {committee}" for committee in row.get("committees", ())]
        for form in forms or ["{}"]:
            before, after = form.format(row["before"]), form.format(row["after"])
            found[folded(before)].append((after, row["since"], row["kind"], row.get("basis")))
    return found
