"""Scenes of invented mentions whose meaning is known: the same units and instruments spelled, cited and left out in
the ways that documents do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipeline.evaluation.scenes import OPEN, Scene, SceneDocument, Sight

_PLACES = {
    "Lào Cai": ("Bát Xát", "Bảo Thắng", "Văn Bàn"),
    "Bến Tre": ("Ba Tri", "Chợ Lách", "Mỏ Cày Nam"),
    "Gia Lai": ("Krông Pa", "Chư Prông", "Đức Cơ"),
    "Bình Thuận": ("Tuy Phong", "Hàm Tân", "Đức Linh"),
    "Phú Thọ": ("Thanh Ba", "Yên Lập", "Tân Sơn"),
    "Nghệ An": ("Đô Lương", "Tương Dương", "Quỳ Hợp"),
    "Cà Mau": ("Đầm Dơi", "Năm Căn", "Thới Bình"),
    "Lạng Sơn": ("Văn Lãng", "Bình Gia", "Chi Lăng"),
}
_FIELDS = (
    ("Giáo dục và Đào tạo", ("GD&ĐT", "GDĐT", "GD-ĐT", "GD và ĐT", "Giáo dục & Đào tạo"), "GDĐT"),
    ("Nội vụ", ("Nội Vụ", "NV"), "NV"),
    ("Tài nguyên và Môi trường", ("TN&MT", "TNMT", "TN-MT"), "TNMT"),
    ("Lao động - Thương binh và Xã hội", ("LĐTB&XH", "LĐ-TB&XH", "LĐTBXH"), "LĐTBXH"),
    ("Tư pháp", ("TP",), "TP"),
)
_TOPICS = (
    "tăng cường quản lý tài sản công", "phòng, chống cháy rừng mùa khô", "rà soát hộ nghèo năm học mới",
    "bảo đảm an toàn hồ đập mùa mưa", "sắp xếp điểm trường lẻ vùng cao",
)  # fmt: skip
_SIGNERS = ("Hoàng Thị Thúy", "Lò Văn Hòa", "Trần Quốc Việt", "Nguyễn Thị Thu", "Phạm Văn Thụ", "Lê Thị Thúy")
_CENTRAL = (
    ("Chỉ thị", "CT-TTg", ("Thủ tướng Chính phủ", "Thủ tướng", "TTg Chính phủ")),
    ("Nghị quyết", "NQ-CP", ("Chính phủ",)),
    ("Quyết định", "QĐ-TTg", ("Thủ tướng Chính phủ", "Thủ tướng")),
)


@dataclass(frozen=True, slots=True)
class _Cited:
    label: str
    kind: str
    ref: str
    day: date
    topic: str
    province: str | None
    near: tuple[str, ...]
    """Its issuer, as documents of the same province may write it."""
    far: tuple[str, ...]
    """… and as any document may."""


def identity_scene(seed: int) -> Scene:
    """A scene of two provinces, their departments and districts; the same seed gives the same scene anywhere.

    The numbers of instruments clash on purpose: between provinces, levels and years.
    """
    random = Random(f"identity {seed}")
    provinces = random.sample(sorted(_PLACES), 2)
    number, year = random.randrange(2, 400), random.randrange(2019, 2024)
    cited = [*_centre(random, number, year), *(one for p in provinces for one in _of_province(random, p, number, year))]
    documents = []
    for at, province in enumerate(provinces * 6):
        district = random.choice(_PLACES[province][:2]) if at > 3 else None
        documents.append(_document(random, f"d{at}", province, district, year, cited))
    return Scene(f"seed {seed}", tuple(documents))


def _centre(random: Random, number: int, year: int) -> list[_Cited]:
    kind, symbol, issuers = random.choice(_CENTRAL)
    days = [date(y, 1, 5) + timedelta(days=random.randrange(300)) for y in (year - 1, year)]
    return [
        _Cited(f"{symbol} {day.year}", kind, f"{number}/{symbol}", day, topic, None, issuers, issuers)
        for day, topic in zip(days, random.sample(_TOPICS, 2), strict=True)
    ]


def _of_province(random: Random, province: str, number: int, year: int) -> list[_Cited]:
    """Decisions of one number: of the province and of each of its districts."""

    def cited(area: str, near: tuple[str, ...], far: tuple[str, ...]) -> _Cited:
        day = date(year, 1, 5) + timedelta(days=random.randrange(300))
        return _Cited(
            f"QĐ-UBND {area}", "Quyết định", f"{number}/QĐ-UBND", day, random.choice(_TOPICS), province, near, far
        )

    committee = ("Ủy ban nhân dân", "UBND", "Uỷ ban nhân dân")
    found = [cited(province, tuple(f"{c} tỉnh" for c in committee), tuple(f"{c} tỉnh {province}" for c in committee))]
    for district in _PLACES[province]:
        forms = tuple(f"{c} huyện {district}" for c in committee)
        found.append(cited(district, forms, tuple(f"{form}, tỉnh {province}" for form in forms)))
    return found


def _document(
    random: Random, name: str, province: str, district: str | None, year: int, cited: list[_Cited]
) -> SceneDocument:
    field, _, code = random.choice(_FIELDS[:2])
    head = "Phòng" if district else "Sở"
    area = f"huyện {district}" if district else f"tỉnh {province}"
    issued = date(year, 12, 1) + timedelta(days=random.randrange(25))
    centre = [one for one in cited if one.near == one.far] if name == "d0" else []
    sights = [_sight(random, one, one.far, dated=True) for one in centre]
    sights.append(_signer(random, f"{field} {district or province}"))
    sights += [*_instruments(random, province, cited), *_units(random, province, district)]
    return SceneDocument(
        name, f"{head} {field} {area}", f"Ủy ban nhân dân {area}", district or province, issued,
        f"{random.randrange(1, 900)}/{head[0]}{code}", "công văn", f"{head} {field} {district or province}", None,
        tuple(sights),
    )  # fmt: skip


def _signer(random: Random, office: str) -> Sight:
    """One of the two people who sign for an office; the offices' names are few, so that namesakes are many."""
    names = Random(office).sample(_SIGNERS, 2)
    at = random.randrange(2)
    written = random.choice((names[at], names[at].upper(), names[at].replace("úy", "uý").replace("òa", "oà")))
    return Sight("person", f"{names[at]} of {office}", written, ("Trưởng phòng", "Phó Trưởng phòng")[at])


def _instruments(random: Random, province: str, cited: list[_Cited]) -> list[Sight]:
    sights = []
    for one in random.sample(cited, min(5, len(cited))):
        forms = one.near if one.province == province and random.random() < 0.6 else one.far
        sights.append(_sight(random, one, forms, dated=random.random() < 0.8))
    return sights


def _sight(random: Random, one: _Cited, forms: tuple[str, ...], *, dated: bool) -> Sight:
    """A mention; with neither day nor title one of the centre's stays open, for its number is there in two years."""
    ref = f"0{one.ref}" if random.random() < 0.1 else one.ref
    day = f" ngày {_day(random, one.day)}" if dated else ""
    title = f" về việc {one.topic}" if random.random() < 0.3 or (one.province is None and dated) else ""
    label = one.label if dated or title or one.province is not None else OPEN
    return Sight("instrument", label, f"{one.kind} số {ref}{day} của {random.choice(forms)}{title}")


def _day(random: Random, day: date) -> str:
    return random.choice(
        (f"{day.day:02d}/{day.month:02d}/{day.year}", f"{day.day} tháng {day.month:02d} năm {day.year}",
         f"{day.day:02d}-{day.month:02d}-{day.year}", f"{day.day:02d}/{day.month}/{day.year}")
    )  # fmt: skip


def _units(random: Random, province: str, district: str | None) -> list[Sight]:
    """Units of the document's own area, and one of another district with its name."""
    field, codes, code = random.choice(_FIELDS)
    written = random.choice((field, *codes))
    places = [f" tỉnh {province}", f" {province}" if len(written) > 3 else f" tỉnh {province}", ""]
    forms = [(f"Sở {field} {province}", f"Sở {written}{random.choice(places)}")]
    there = district or random.choice(_PLACES[province])
    place = f" huyện {there}" if district is None else random.choice((f" huyện {there}", " huyện", ""))
    letters = random.choice((f"Phòng {written}", f"P{code}" if len(code) > 2 else f"Phòng {field}"))
    forms.append((f"Phòng {field} {there}", letters + place))
    other = random.choice([name for name in _PLACES[province] if name != district])
    committee = random.choice(("UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân"))
    forms += [
        (f"UBND {other}", f"{committee} huyện {other}"),
        (f"UBND {province}", f"{committee} tỉnh{random.choice(('', f' {province}'))}"),
        (f"Tỉnh ủy {province}", random.choice(("Tỉnh ủy", f"Tỉnh ủy {province}"))),
        (f"BTV Tỉnh ủy {province}", random.choice(("BTV Tỉnh ủy", f"Ban Thường vụ Tỉnh ủy {province}"))),
        (OPEN, random.choice(("Các phòng, ban liên quan", "VT", "Như trên", "UBND các xã, thị trấn"))),
    ]
    return [Sight("unit", label, words) for label, words in forms]
