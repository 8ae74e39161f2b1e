"""Whole cascades with their key: a directive of the Prime Minister, what four provinces made of it down to the schools.

The documents contradict each other, leave numbers out, cite what was replaced and answer late or never, in known
places: the key holds the right answers to the ten questions of the warehouse. Provinces, districts and laws are real;
communes, schools, people, numbers, days and deeds are invented.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.errors import FolderError

DIRECTIVE = "33/CT-TTg"
DIRECTIVE_DAY = date(2021, 11, 15)
_DISPUTED, _DISPUTED_RIGHT, _DISPUTED_WRONG = "1512/QĐ-TTg", date(2020, 10, 12), date(2020, 10, 21)
_OLD_LAW, _NEW_LAW = "01/2011/QH13", "33/2024/QH15"
_PROVINCES = {
    "Kon Tum": ("Đắk Hà", "Đắk Tô", "Sa Thầy"),
    "Sơn La": ("Mường La", "Sông Mã", "Yên Châu"),
    "Bình Phước": ("Bù Đăng", "Bù Đốp", "Lộc Ninh"),
    "Quảng Trị": ("Hải Lăng", "Gio Linh", "Vĩnh Linh"),
}
"""Each province with three districts: the first two carry a directive on, the third never answers."""
_SCHOOLS = ("Họa Mi", "Vành Khuyên", "Sơn Ca")
"""Of the schools of a district the last never answers."""
_COMMUNES = (
    ("Tân Lạc Thượng", "Hòa Đồng Khê"), ("Phú Lâm Hạ", "An Vĩnh Khê"), ("Đại Phong Thủy", "Xuân Lộc Thượng"),
    ("Thanh Khê Đông", "Bình Xuyên Hạ"), ("Long Sơn Khê", "Mỹ Đức Lâm"), ("Vân Đình Hạ", "Quỳnh Sơn Đài"),
    ("Đắk Sơl", "Ia Krôm"), ("Nam Phong Khê", "Đông Lâm Thượng"),
)  # fmt: skip
"""Two communes of each district that carries on; the second never answers."""
_DEPUTIES = ("Trần Thị Thử", "Lê Văn Mẫu")


@dataclass(frozen=True, slots=True)
class Key:
    """The right answers, a field a question."""

    citers: Counter[tuple[str, str]] = field(default_factory=Counter)
    """1: (level, province) → documents that cite the directive of 2021."""
    silent: dict[str, set[str]] = field(default_factory=dict)
    """2: number of a province's plan, by province → recipients that issued nothing citing it."""
    due: set[tuple[str, str, str, str]] = field(default_factory=set)
    """3: (day, who must, to whom, issuer) of every term in December 2021."""
    for_head: Counter[tuple[str, str]] = field(default_factory=Counter)
    """4: (name, unit) → documents signed for the head."""
    days: dict[tuple[str, str], int] = field(default_factory=dict)
    """5: (district, school) → days from the province's plan to the school's."""
    replaced: set[tuple[str, str]] = field(default_factory=set)
    """6: (number of the old instrument, issuer of the citing document) in 2025."""
    missing: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """7: province → runs of numbers missing from the decisions of 2023 of its people's committee."""
    disputed: dict[str, int] = field(default_factory=dict)
    """8: day told of the disputed decision → documents that tell it."""
    unlike: set[str] = field(default_factory=set)
    """9: what the first district of Kon Tum cites and the other districts of the province do not."""
    said: set[tuple[str, int, int]] = field(default_factory=set)
    """10: (file, page, line) of every mention of the directive of 2021."""

    late: set[tuple[str, str]] = field(default_factory=set)
    """(unit, who told it) of every term that a unit had not met by the end of January 2022."""

    def as_json(self) -> str:
        """The key as JSON; sets in order, pairs as lists."""
        found: dict[str, Any] = {
            "citers": [[*who, n] for who, n in sorted(self.citers.items())],
            "silent": {province: sorted(units) for province, units in self.silent.items()},
            "due": sorted(self.due),
            "for_head": [[*who, n] for who, n in sorted(self.for_head.items())],
            "days": [[*where, n] for where, n in sorted(self.days.items())],
            "replaced": sorted(self.replaced),
            "missing": self.missing,
            "disputed": self.disputed,
            "unlike": sorted(self.unlike),
            "said": sorted(self.said),
            "late": sorted(self.late),
        }
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class _Unit:
    """An issuing unit: as it is printed, called, numbered and headed."""

    name: str
    head_lines: tuple[str, ...]
    code: str
    place: str
    spoken: str
    level: str
    province: str
    head: str
    deputy: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class _Paper:
    """One document before it is worded: `cites` are whole mentions, `terms` (who, to whom, day)."""

    unit: _Unit
    kind: str
    number: int
    day: date
    subject: str
    cites: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    terms: tuple[tuple[str, str, date], ...] = ()
    basis: bool = False
    decides: str | None = None
    signer: str | None = None

    @property
    def ref(self) -> str:
        code = {"kế hoạch": "KH-", "quyết định": "QĐ-", "báo cáo": "BC-", "công văn": ""}[self.kind]
        return f"{self.number:02d}/{code}{self.unit.code}"

    @property
    def mention(self) -> str:
        """How another document cites it in full."""
        return f"{self.kind.capitalize()} số {self.ref} ngày {self.day:%d/%m/%Y} của {self.unit.name} về {self.subject}"

    def lines(self) -> list[str]:
        """The document, one paragraph a line."""
        unit, letter = self.unit, self.kind == "công văn"
        out = [*unit.head_lines, f"Số: {self.ref}", *([f"V/v {self.subject}"] if letter else [])]
        out += ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
        month = f"{self.day.month:02d}" if self.day.month <= 2 else str(self.day.month)
        out.append(f"{unit.place}, ngày {self.day.day:02d} tháng {month} năm {self.day.year}")
        if letter:
            out += ["Kính gửi:", *(f"- {name};" for name in self.recipients)]
        else:
            out += [self.kind.upper(), f"Về {self.subject}"]
        if self.basis:
            out += [f"Căn cứ {cited};" for cited in self.cites]
            out += ["QUYẾT ĐỊNH:", f"Điều 1. {self.decides or f'Ban hành Quy chế về {self.subject}.'}"]
            out += ["Điều 2. Quyết định này có hiệu lực kể từ ngày ký./."]
        else:
            ending = {"kế hoạch": "ban hành Kế hoạch như sau:", "báo cáo": "báo cáo kết quả như sau:"}
            lead = f"{unit.spoken[:1].upper()}{unit.spoken[1:]} {ending.get(self.kind, 'đề nghị các đơn vị như sau:')}"
            out.append(f"Thực hiện {'; '.join(self.cites)}, {lead}")
            out += ["1. Bố trí người phụ trách, bảo đảm đầy đủ, chính xác."]
            out += [f"{at}. {_sentence(*term)}" for at, term in enumerate(self.terms, start=2)]
            out.append(f"{len(self.terms) + 2}. Công khai kết quả, tránh hình thức./.")
        others = ("Như trên",) if letter else self.recipients
        out += ["Nơi nhận:", *(f"- {name};" for name in others), "- Lưu: VT."]
        if unit.body:
            out.append(f"TM. {unit.body.upper()}")
        if self.signer:
            out += [f"KT. {unit.head.upper()}", unit.deputy.upper(), self.signer]
        else:
            out += [unit.head.upper(), "Nguyễn Thị Ví Dụ"]
        return out


def write_cascades(directory: Path) -> Key:
    """Write the documents as text to `directory`/raw and the key to `directory`/key.json; always the same bytes.

    Raises FolderError when a folder cannot be written.
    """
    try:
        return _write(directory)
    except OSError as error:
        raise FolderError(
            f"Không ghi được vào {directory}: {error.strerror}", "Kiểm tra quyền ghi và dung lượng."
        ) from error


def _write(directory: Path) -> Key:
    raw, key = directory / "raw", Key()
    raw.mkdir(parents=True, exist_ok=True)
    for index, paper in enumerate(_papers(key)):
        name = f"{index:03d} {paper.ref} {paper.unit.name}.txt".replace("/", "-", 1)
        lines = paper.lines()
        (raw / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        _note(key, paper, name, lines)
    (directory / "key.json").write_text(key.as_json(), encoding="utf-8")
    return key


def _note(key: Key, paper: _Paper, name: str, lines: list[str]) -> None:
    """What every document adds to the key by itself."""
    unit = paper.unit
    if paper.signer:
        key.for_head[paper.signer, unit.name] += 1
    for who, whom, day in paper.terms:
        if (day.year, day.month) == (2021, 12):
            key.due.add((day.isoformat(), who, whom, unit.name))
    if any(cited.startswith(f"Chỉ thị số {DIRECTIVE} ngày {DIRECTIVE_DAY:%d/%m/%Y}") for cited in paper.cites):
        key.citers[unit.level, unit.province] += 1
        line = next(at for at, text in enumerate(lines, start=1) if DIRECTIVE in text)
        key.said.add((name, 1, line))
    for day in (_DISPUTED_RIGHT, _DISPUTED_WRONG):
        if any(f"{_DISPUTED} ngày {day:%d/%m/%Y}" in cited for cited in paper.cites):
            told = f"{day:%d/%m/%Y}"
            key.disputed[told] = key.disputed.get(told, 0) + 1


def _sentence(who: str, whom: str, day: date) -> str:
    return f"{who} báo cáo kết quả về {whom} trước ngày {day.day:02d}/{day.month:02d}/{day.year}."


# --- the story -------------------------------------------------------------------------------------------------------


def _papers(key: Key) -> Iterator[_Paper]:
    directive = (
        f"Chỉ thị số {DIRECTIVE} ngày {DIRECTIVE_DAY:%d/%m/%Y} của Thủ tướng Chính phủ về tăng cường vệ sinh trường học"
    )
    for at, (province, districts) in enumerate(_PROVINCES.items()):
        yield from _province(key, directive, at, province, districts)
    # The same number of another year is another instrument.
    other = "Chỉ thị số 33/CT-TTg ngày 20/8/2020 của Thủ tướng Chính phủ về tăng cường quản lý chất thải nhựa"
    unit = _district("Sa Thầy", "Kon Tum")
    yield _Paper(unit, "kế hoạch", 71, date(2020, 9, 14), "quản lý chất thải nhựa", (other,), ("Các phòng",))


def _province(key: Key, directive: str, at: int, province: str, districts: tuple[str, ...]) -> Iterator[_Paper]:
    committee, department = _committee(province), _department(province)
    carrying = [_district(name, province) for name in districts[:2]]
    silent = _district(districts[2], province)
    told = [unit.name for unit in (department, *carrying, silent)]
    day = DIRECTIVE_DAY + timedelta(days=8 + at)
    disputed = f"Quyết định số {_DISPUTED} ngày %s của Thủ tướng Chính phủ phê duyệt Đề án trường học xanh"
    right, wrong = (disputed % f"{told_day:%d/%m/%Y}" for told_day in (_DISPUTED_RIGHT, _DISPUTED_WRONG))
    topic = "tăng cường vệ sinh trường học năm 2022"
    spoken = "Ủy ban nhân dân tỉnh"
    plan = _Paper(
        committee, "kế hoạch", 140 + at, day, topic, (directive, right), tuple(told),
        (("Sở Giáo dục và Đào tạo", spoken, date(2021, 12, 20 + at)),), signer=_DEPUTIES[at % 2],
    )  # fmt: skip
    key.silent[province] = {silent.name}
    yield plan
    # What the department writes cites the plan alone.
    yield _Paper(
        department, "công văn", 2200 + at, day + timedelta(days=4), topic, (plan.mention,), tuple(told[1:]),
        signer=_DEPUTIES[0],
    )  # fmt: skip
    for order, unit in enumerate(carrying):
        extra = _Paper(committee, "công văn", 910 + at, date(2021, 10, 4), "sửa chữa nhà vệ sinh", ())
        cites = (plan.mention, *((extra.mention,) if order == 0 else ()), wrong if order == 1 else right)
        if province == "Kon Tum" and order == 0:
            key.unlike.add(extra.ref)
        yield from _district_down(
            key, directive, unit, _COMMUNES[2 * at + order], plan, cites, day + timedelta(days=9 + order)
        )
    # The silent district works, but on something else; it cites what its peers cite, and late what was replaced.
    yield _Paper(
        silent, "kế hoạch", 55, date(2021, 12, 3), "chăm sóc cây xanh",
        (right,), ("Các phòng",), (("Phòng Nội vụ", "Ủy ban nhân dân huyện", date(2022, 1, 15)),),
    )  # fmt: skip
    yield from _decisions(key, at, province, committee, silent)


def _district_down(
    key: Key, directive: str, unit: _Unit, communes: tuple[str, str], above: _Paper, cites: tuple[str, ...], day: date
) -> Iterator[_Paper]:
    """A district's plan, its division's letter, the plans of two of three schools and of one of two communes."""
    district = unit.place
    office = _division(district, unit.province)
    schools = [_school(name, district, unit.province) for name in _SCHOOLS]
    topic = above.subject
    to_district = (
        ("Phòng Giáo dục và Đào tạo", "Ủy ban nhân dân huyện", date(2021, 12, 27)),
        ("Ủy ban nhân dân các xã", "Ủy ban nhân dân huyện", date(2022, 1, 10)),
    )
    key.late.add((f"Ủy ban nhân dân xã {communes[1]}", unit.name))
    below = (office.name, *(f"Ủy ban nhân dân xã {name}" for name in communes))
    plan = _Paper(unit, "kế hoạch", 210, day, topic, cites, below, to_district, signer=_DEPUTIES[1])
    yield plan
    letter = _Paper(
        office, "công văn", 412, day + timedelta(days=5), topic, (plan.mention,), tuple(s.name for s in schools)
    )
    yield letter
    for at, school in enumerate(schools[:2]):
        own = _Paper(
            school, "kế hoạch", 18, letter.day + timedelta(days=3 + at), topic,
            (letter.mention, *((directive,) if at == 0 else ())), ("Các tổ chuyên môn",),
        )  # fmt: skip
        key.days[district, school.name] = (own.day - above.day).days
        yield own
        if at == 0:
            yield _Paper(school, "báo cáo", 4, date(2022, 5, 20), f"kết quả {topic}", (letter.mention,), (office.name,))
    yield _Paper(
        _commune(communes[0], unit.province), "kế hoạch", 33, day + timedelta(days=12), topic,
        (plan.mention, directive), (unit.name, "Các thôn"),
    )  # fmt: skip


def _decisions(key: Key, at: int, province: str, committee: _Unit, citing: _Unit) -> Iterator[_Paper]:
    """Decisions of 2023 with numbers left out; one replaces a decision of 2022 that a district cites in 2025."""
    left_out = {3, 4, 7 + at}
    law = "Luật Tổ chức chính quyền địa phương ngày 19/6/2015"
    old = _Paper(committee, "quyết định", 1, date(2022, 3, 1), "quản lý nhà văn hóa xã", (law,), basis=True)
    yield old
    for number in range(1, 13):
        if number in left_out:
            continue
        decides = None
        if number == 2:
            decides = f"Thay thế Quyết định số {old.ref} ngày 01/03/2022 của {committee.name}."
        day = date(2023, 1, 9) + timedelta(days=20 * number)
        subject = f"kiện toàn Tổ công tác số {number}"
        signer = _DEPUTIES[at % 2] if number % 3 == 0 else None
        yield _Paper(committee, "quyết định", number, day, subject, (law,), basis=True, decides=decides, signer=signer)
    runs: list[tuple[int, int]] = []
    for number in sorted(left_out):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    key.missing[province] = runs
    key.replaced.add((old.ref, citing.name))
    yield _Paper(citing, "kế hoạch", 9, date(2025, 2, 17), "sửa chữa nhà văn hóa", (old.mention,), ("Các phòng",))


# --- units -----------------------------------------------------------------------------------------------------------


def _committee(province: str) -> _Unit:
    return _Unit(
        f"Ủy ban nhân dân tỉnh {province}", ("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}"), "UBND", province,
        "Ủy ban nhân dân tỉnh", "tỉnh", province, "Chủ tịch", "Phó Chủ tịch", "Ủy ban nhân dân",
    )  # fmt: skip


def _department(province: str) -> _Unit:
    return _Unit(
        f"Sở Giáo dục và Đào tạo tỉnh {province}", (f"UBND TỈNH {province.upper()}", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        "SGDĐT", province, "Sở Giáo dục và Đào tạo", "tỉnh", province, "Giám đốc", "Phó Giám đốc",
    )  # fmt: skip


def _district(name: str, province: str) -> _Unit:
    return _Unit(
        f"Ủy ban nhân dân huyện {name}", ("ỦY BAN NHÂN DÂN", f"HUYỆN {name.upper()}"), "UBND", name,
        "Ủy ban nhân dân huyện", "huyện", province, "Chủ tịch", "Phó Chủ tịch", "Ủy ban nhân dân",
    )  # fmt: skip


def _division(district: str, province: str) -> _Unit:
    return _Unit(
        f"Phòng Giáo dục và Đào tạo huyện {district}",
        (f"UBND HUYỆN {district.upper()}", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"), "PGDĐT", district,
        "Phòng Giáo dục và Đào tạo", "huyện", province, "Trưởng phòng", "Phó Trưởng phòng",
    )  # fmt: skip


def _commune(name: str, province: str) -> _Unit:
    return _Unit(
        f"Ủy ban nhân dân xã {name}", ("ỦY BAN NHÂN DÂN", f"XÃ {name.upper()}"), "UBND", name,
        "Ủy ban nhân dân xã", "xã", province, "Chủ tịch", "Phó Chủ tịch", "Ủy ban nhân dân",
    )  # fmt: skip


def _school(name: str, district: str, province: str) -> _Unit:
    full = f"Trường Tiểu học {name}"
    return _Unit(
        full, (f"PHÒNG GDĐT HUYỆN {district.upper()}", full.upper()), "TH" + "".join(w[0] for w in name.split()),
        district, full, "đơn vị sự nghiệp", province, "Hiệu trưởng", "Phó Hiệu trưởng",
    )  # fmt: skip
