"""Who issues a sample document, and the two columns at its head.

State offices after Nghị định 30/2020/NĐ-CP, phụ lục I; Party offices after Hướng dẫn 36-HD/VPTW. From 1 July 2025
there are 34 provinces and no districts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Literal

from pipeline.sample.phrase import Answer
from pipeline.sample.vocabulary import pick, pick_row, vocabulary

Level = Literal["trung ương", "tỉnh", "sở", "huyện", "phòng", "xã", "trường", "tỉnh ủy", "đảng ủy xã"]

MERGER = date(2025, 7, 1)
QUOC_HIEU = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_TITLE = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
_NUMBER_STYLES = (
    ("Số: ", "/"),
    ("Số: ", "/"),
    ("Số: ", "/"),
    ("Số:", "/"),
    ("Số: ", " /"),
    ("Số : ", "/"),
    ("Số: ", " / "),
)


@dataclass(frozen=True, slots=True)
class Office:
    """An issuing office: how it is printed, how it is named in full and in running text, who heads it.

    `collective` is the body a head signs for (`TM. ỦY BAN NHÂN DÂN`), None where the head signs alone. `superior` is
    who its reports go to, `wards` the units below that it asks for things, both as running text names them.
    """

    level: Level
    name: str
    parent: str | None
    head_lines: tuple[str, ...]
    code: str
    place: str
    spoken: str
    head: str
    deputy: str
    collective: str | None
    superior: str
    units_below: tuple[str, ...]
    drafters: tuple[str, ...] = ()
    party: bool = False
    province: str | None = None

    @property
    def short(self) -> str:
        """As lists of recipients write it (`UBND tỉnh`)."""
        return self.spoken.replace("Ủy ban nhân dân", "UBND")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of the first page: the lines of the left and of the right column, and what they say."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    number_line: str
    date_line: str
    about: tuple[str, ...]
    answer: Answer = field(default_factory=dict)


def issue_day(random: Random) -> date:
    """A working day between 2009 and the end of 2026."""
    day = date(2009, 2, 2) + timedelta(days=random.randrange(6530))
    return day if day.weekday() < 5 else day + timedelta(days=2)


def office(random: Random, level: Level, day: date) -> Office:
    """An office of `level` as it was on `day`; a huyện or phòng after the merger becomes a xã."""
    makers = {
        "trung ương": _ministry,
        "tỉnh": _province,
        "sở": _department,
        "huyện": _district,
        "phòng": _district_office,
        "xã": _commune,
        "trường": _school,
        "tỉnh ủy": _party_province,
        "đảng ủy xã": _party_commune,
    }
    if day >= MERGER and level in ("huyện", "phòng"):
        level = "xã"
    return makers[level](random, day)


def _province_name(random: Random, day: date) -> str:
    return pick(random, "places", "provinces_from_2025_07" if day >= MERGER else "provinces_before_2025_07")


def _ministry(random: Random, _day: date) -> Office:
    row = pick_row(random, "ministries")
    name = row["name"]
    return Office(
        level="trung ương",
        name=name,
        parent=None,
        head_lines=(name.upper(),),
        code=row["code"],
        place="Hà Nội",
        spoken=name,
        head="Bộ trưởng",
        deputy="Thứ trưởng",
        collective=None,
        superior="Văn phòng Chính phủ",
        units_below=("Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", "các đơn vị thuộc Bộ"),
        drafters=tuple(row["units"]),
    )


def _province(random: Random, day: date) -> Office:
    province = _province_name(random, day)
    return Office(
        level="tỉnh",
        name=f"Ủy ban nhân dân tỉnh {province}",
        parent=None,
        head_lines=("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}"),
        code="UBND",
        place=province,
        spoken="Ủy ban nhân dân tỉnh",
        head="Chủ tịch",
        deputy="Phó Chủ tịch",
        collective="Ủy ban nhân dân",
        superior="Thủ tướng Chính phủ",
        units_below=tuple(row["name"] for row in random.sample(vocabulary()["departments"], 3)),
        drafters=("NC", "KGVX", "TH", "KTN"),
        province=province,
    )


def _department(random: Random, day: date) -> Office:
    row = pick_row(random, "departments")
    province = _province_name(random, day)
    upper = random.choice(("ỦY BAN NHÂN DÂN TỈNH", "UBND TỈNH"))
    return Office(
        level="sở",
        name=f"{row['name']} tỉnh {province}",
        parent=f"Ủy ban nhân dân tỉnh {province}",
        head_lines=(f"{upper} {province.upper()}", row["name"].upper()),
        code=row["code"],
        place=province,
        spoken=row["name"],
        head="Giám đốc",
        deputy="Phó Giám đốc",
        collective=None,
        superior="Ủy ban nhân dân tỉnh",
        units_below=("Văn phòng Sở", "Thanh tra Sở", "các phòng chuyên môn"),
        drafters=tuple(row["units"]),
        province=province,
    )


def _district(random: Random, day: date) -> Office:
    province, district = _province_name(random, day), pick(random, "places", "districts")
    return Office(
        level="huyện",
        name=f"Ủy ban nhân dân huyện {district}",
        parent=None,
        head_lines=("ỦY BAN NHÂN DÂN", f"HUYỆN {district.upper()}"),
        code="UBND",
        place=district,
        spoken="Ủy ban nhân dân huyện",
        head="Chủ tịch",
        deputy="Phó Chủ tịch",
        collective="Ủy ban nhân dân",
        superior="Ủy ban nhân dân tỉnh",
        units_below=("Phòng Nội vụ", "Phòng Tư pháp", "Ủy ban nhân dân các xã, thị trấn"),
        drafters=("NV", "TP", "GDĐT"),
        province=province,
    )


def _district_office(random: Random, day: date) -> Office:
    row = pick_row(random, "offices")
    province, district = _province_name(random, day), pick(random, "places", "districts")
    upper = random.choice(("ỦY BAN NHÂN DÂN HUYỆN", "UBND HUYỆN"))
    return Office(
        level="phòng",
        name=f"{row['name']} huyện {district}",
        parent=f"Ủy ban nhân dân huyện {district}",
        head_lines=(f"{upper} {district.upper()}", row["name"].upper()),
        code=row["code"],
        place=district,
        spoken=row["name"],
        head="Trưởng phòng",
        deputy="Phó Trưởng phòng",
        collective=None,
        superior="Ủy ban nhân dân huyện",
        units_below=("các trường trực thuộc", "các bộ phận chuyên môn"),
        drafters=("CM", "TK"),
        province=province,
    )


def _commune(random: Random, day: date) -> Office:
    ward = day >= MERGER and random.random() < 0.3
    kind, place = ("phường", pick(random, "places", "wards")) if ward else ("xã", pick(random, "places", "communes"))
    return Office(
        level="xã",
        name=f"Ủy ban nhân dân {kind} {place}",
        parent=None,
        head_lines=("ỦY BAN NHÂN DÂN", f"{kind.upper()} {place.upper()}"),
        code="UBND",
        place=place,
        spoken=f"Ủy ban nhân dân {kind}",
        head="Chủ tịch",
        deputy="Phó Chủ tịch",
        collective="Ủy ban nhân dân",
        superior="Ủy ban nhân dân tỉnh" if day >= MERGER else "Ủy ban nhân dân huyện",
        units_below=("các thôn, bản", f"Công an {kind}", f"Trạm Y tế {kind}"),
        drafters=("VPTK", "TPHT"),
        province=_province_name(random, day),
    )


def _school(random: Random, day: date) -> Office:
    row = pick_row(random, "schools")
    commune, district = pick(random, "places", "communes"), pick(random, "places", "districts")
    if day >= MERGER:
        parent, line, superior = f"Ủy ban nhân dân xã {commune}", f"UBND XÃ {commune.upper()}", "Ủy ban nhân dân xã"
    else:
        parent = f"Phòng Giáo dục và Đào tạo huyện {district}"
        line, superior = f"PHÒNG GDĐT HUYỆN {district.upper()}", "Phòng Giáo dục và Đào tạo"
    name = f"{row['name']} {commune}"
    initials = "".join(word[0] for word in commune.split())
    return Office(
        level="trường",
        name=name,
        parent=parent,
        head_lines=(line, name.upper()),
        code=row["code"] + initials,
        place=commune,
        spoken=name,
        head="Hiệu trưởng",
        deputy="Phó Hiệu trưởng",
        collective=None,
        superior=superior,
        units_below=("các tổ chuyên môn", "tổ văn phòng", "giáo viên chủ nhiệm"),
        province=_province_name(random, day),
    )


def _party_province(random: Random, day: date) -> Office:
    province = _province_name(random, day)
    return Office(
        level="tỉnh ủy",
        name=f"Tỉnh ủy {province}",
        parent=None,
        head_lines=(f"TỈNH ỦY {province.upper()}", "*"),
        code="TU",
        place=province,
        spoken="Ban Thường vụ Tỉnh ủy",
        head="Bí thư",
        deputy="Phó Bí thư",
        collective="Ban Thường vụ",
        superior="Ban Bí thư",
        units_below=("Ban Tuyên giáo Tỉnh ủy", "Văn phòng Tỉnh ủy", "các đảng ủy trực thuộc"),
        party=True,
        province=province,
    )


def _party_commune(random: Random, day: date) -> Office:
    province, commune = _province_name(random, day), pick(random, "places", "communes")
    upper = f"ĐẢNG BỘ TỈNH {province.upper()}"
    parent = f"Đảng bộ tỉnh {province}"
    if day < MERGER:
        district = pick(random, "places", "districts")
        upper, parent = f"ĐẢNG BỘ HUYỆN {district.upper()}", f"Đảng bộ huyện {district}"
    return Office(
        level="đảng ủy xã",
        name=f"Đảng ủy xã {commune}",
        parent=parent,
        head_lines=(upper, f"ĐẢNG ỦY XÃ {commune.upper()}", "*"),
        code="ĐU",
        place=commune,
        spoken="Đảng ủy xã",
        head="Bí thư",
        deputy="Phó Bí thư",
        collective="Ban Thường vụ",
        superior="Ban Thường vụ Tỉnh ủy" if day >= MERGER else "Ban Thường vụ Huyện ủy",
        units_below=("các chi bộ trực thuộc", "Ủy ban Mặt trận Tổ quốc xã"),
        party=True,
        province=province,
    )


def letterhead(
    random: Random, issuer: Office, day: date, type_code: str, *, normative: bool = False, about: str | None = None
) -> Letterhead:
    """Number, symbol, place and date as this office writes them; a sixth of the documents have lost the number or day.

    `type_code` is empty for a công văn; `about` is its trích yếu.
    """
    number = f"{random.randrange(1, 5200 if not type_code else 480):02d}"
    lost_number, lost_day = random.random() < 0.12, random.random() < 0.06
    symbol = _symbol(random, issuer, type_code)
    date_line = f"{issuer.place}, {_written(day, lost_day, random.random() < 0.1)}"
    year = f"{day.year}/" if normative else ""
    digits = "" if lost_number else number
    ref = f"{digits}-{symbol}" if issuer.party else f"{digits}/{year}{symbol}"
    number_line = _number_line(random, digits, year, symbol, issuer.party)
    answer = {
        "number": None if lost_number else number,
        "symbol": symbol,
        "ref": ref,
        "issued_year": day.year,
        "issued_month": day.month,
        "issued_day": None if lost_day else day.day,
        "place": issuer.place,
        "issuer": issuer.name,
        "issuer_parent": issuer.parent,
    }
    lines = (f"{random.choice(('V/v', 'V/v', 'V/v', 'V/v:', 'v/v'))} {about}",) if about else ()
    return Letterhead(
        issuer.head_lines, PARTY_TITLE if issuer.party else QUOC_HIEU, number_line, date_line, lines, answer
    )


def _number_line(random: Random, digits: str, year: str, symbol: str, party: bool) -> str:
    """`Số: 77/KH-UBND` as clerks type it, with or without blanks; five blanks where the number was not filled in."""
    if party:
        printed = random.choice((f"Số {digits}", f"Số {digits}", f"Số: {digits}")) if digits else "Số     "
        return f"{printed}-{symbol}"
    so, between = random.choice(_NUMBER_STYLES)
    return f"{so}{digits or '     '}{between}{year}{symbol}"


def _symbol(random: Random, issuer: Office, type_code: str) -> str:
    if issuer.party:
        return f"{type_code or 'CV'}/{issuer.code}"
    if type_code:
        return f"{type_code}-{issuer.code}"
    return f"{issuer.code}-{random.choice(issuer.drafters)}" if issuer.drafters else issuer.code


def _written(day: date, lost_day: bool, bare: bool) -> str:
    if lost_day:
        return f"ngày     tháng {_two(day.month)} năm {day.year}"
    if bare:
        return f"ngày {day.day} tháng {day.month} năm {day.year}"
    return f"ngày {day.day:02d} tháng {_two(day.month)} năm {day.year}"


def _two(month: int) -> str:
    return f"{month:02d}" if month <= 2 else str(month)
