"""`Kính gửi` and `Nơi nhận` of a sample document, as printed lines with their answers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pipeline.sample.letterhead import Office
from pipeline.sample.phrase import Answer
from pipeline.sample.vocabulary import vocabulary

_TO_ABOVE = ("để báo cáo", "báo cáo", "b/c", "để b/c")
_TO_BELOW = ("để thực hiện", "thực hiện", "t/h", "để biết", "để phối hợp", "để theo dõi")


@dataclass(frozen=True, slots=True)
class PrintedList:
    """Lines as they are printed, and the rows they hold."""

    lines: tuple[str, ...]
    answers: tuple[Answer, ...]


def addressees(random: Random, issuer: Office) -> PrintedList:
    """`Kính gửi:` with one unit on the line, or several below it."""
    names = [_upper_first(name) for name in issuer.units_below]
    if random.random() < 0.5:
        name = random.choice(names)
        return PrintedList((f"Kính gửi: {name}{random.choice(('', '.'))}",), (_row("kính gửi", name),))
    chosen = names[: random.randrange(2, len(names) + 1)]
    ends = [";"] * (len(chosen) - 1) + ["."]
    lines = ["Kính gửi:", *(f"- {name}{end}" for name, end in zip(chosen, ends, strict=True))]
    return PrintedList(tuple(lines), tuple(_row("kính gửi", name) for name in chosen))


def addressed_to(name: str) -> PrintedList:
    """`Kính gửi:` with one given unit."""
    return PrintedList((f"Kính gửi: {name}",), (_row("kính gửi", name),))


def distribution(
    random: Random, issuer: Office, *, has_addressees: bool, last_article: int | None = None
) -> PrintedList:
    """The list after `Nơi nhận:` with its archive line."""
    items: list[_Item] = []
    if last_article:
        items.append(_Item(f"Như Điều {last_article}", (f"Như Điều {last_article}",), refers=True))
    elif has_addressees:
        items.append(_Item("Như trên", ("Như trên",), random.choice((None, None, "để thực hiện", "t/h")), refers=True))
    single: list[tuple[str, tuple[str, ...]]] = [(issuer.superior, _TO_ABOVE)]
    single += [(unit, _TO_BELOW) for unit in issuer.units_below[: random.randrange(0, 3)]]
    for unit, purposes in single:
        name = _as_listed(unit)
        items.append(_Item(name, (name,), random.choice(purposes) if random.random() < 0.35 else None))
    items.extend(_groups(random, issuer))
    archive = ["Văn phòng Tỉnh ủy" if issuer.level == "tỉnh ủy" else "VT"]
    if issuer.drafters:
        archive.append(random.choice(issuer.drafters) + random.choice(("", "", ".Hòa", "(Lan)")))
    dash, kept = random.choice((("- ", "Lưu: "), ("- ", "Lưu: "), ("- ", "Lưu: "), ("-", "Lưu "), ("- ", "Lưu ")))
    lines = ["Nơi nhận:", *(dash + item.printed_end for item in items), f"{dash}{kept}{', '.join(archive)}."]
    rows = [row for item in items for row in item.rows] + [_row("lưu", name) for name in archive]
    return PrintedList(tuple(lines), tuple(rows))


@dataclass(frozen=True, slots=True)
class _Item:
    """One printed item, which may name several units."""

    printed: str
    names: tuple[str, ...]
    purpose: str | None = None
    refers: bool = False

    @property
    def printed_end(self) -> str:
        return f"{self.printed}{f' ({self.purpose})' if self.purpose else ''};"

    @property
    def rows(self) -> list[Answer]:
        return [_row("nơi nhận", name, self.purpose, self.refers) for name in self.names]


def _groups(random: Random, issuer: Office) -> list[_Item]:
    """Items under a group word, one row a member; collectives stay one row."""
    items: list[_Item] = []
    if issuer.level == "tỉnh":
        if random.random() < 0.3:
            items.append(_Item("Thường trực: Tỉnh ủy, HĐND tỉnh", ("Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh")))
        elif random.random() < 0.3:
            items.append(_Item("TT. Tỉnh ủy, TT. HĐND tỉnh", ("TT. Tỉnh ủy", "TT. HĐND tỉnh"), "để b/c"))
        if random.random() < 0.6:
            items.append(_Item("CT, PCT UBND tỉnh", ("CT UBND tỉnh", "PCT UBND tỉnh")))
        if random.random() < 0.4:
            chosen = [row["name"].removeprefix("Sở ") for row in random.sample(vocabulary()["departments"], 2)]
            items.append(_Item(f"Các sở: {', '.join(chosen)}", tuple(f"Sở {name}" for name in chosen)))
        elif random.random() < 0.5:
            items.append(_Item("Các sở, ban, ngành", ("Các sở, ban, ngành",)))
        if random.random() < 0.4:
            items.append(_Item("VPUB: CVP, TH, NC", ("VPUB: CVP", "VPUB: TH", "VPUB: NC")))
    elif issuer.level == "huyện" and random.random() < 0.5:
        items.append(_Item("UBND các xã, thị trấn", ("UBND các xã, thị trấn",)))
    elif issuer.level == "trường" and random.random() < 0.5:
        items.append(_Item("BGH, Công đoàn", ("BGH", "Công đoàn"), "để biết"))
    return items


def _as_listed(name: str) -> str:
    return _upper_first(name.replace("Ủy ban nhân dân", "UBND"))


def _upper_first(name: str) -> str:
    return name[:1].upper() + name[1:]


def _row(role: str, name: str, purpose: str | None = None, refers: bool = False) -> Answer:
    return {"role": role, "name": name, "purpose": purpose, "refers_to_addressees": refers}
