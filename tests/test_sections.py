"""The outline and the zones, held to tables of invented texts, to properties and to the clock."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import segment
from extractors.grammar import table
from extractors.outline import segment_reading
from extractors.outline.labels import letters_between
from extractors.outline.zones import cue
from extractors.reading import Block, Reading, normalise
from extractors.records import Section
from tests.hostile_text import assert_linear

OUTLINES = Path(__file__).with_name("tables") / "outlines.txt"

DECISION = """ỦY BAN NHÂN DÂN
HUYỆN MẪU GIANG
Số: 12/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu Giang, ngày 05 tháng 3 năm 2024
QUYẾT ĐỊNH
Về việc thành lập Tổ công tác
CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN MẪU GIANG
Căn cứ Luật Tổ chức chính quyền địa phương;
Theo đề nghị của Trưởng phòng Nội vụ.
QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ công tác.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Văn Mẫu
PHỤ LỤC
DANH SÁCH TỔ CÔNG TÁC
(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2024)
I. LÃNH ĐẠO
1. Tổ trưởng
2. Tổ phó
"""

LETTER = """SỞ MẪU
Số: 77/SM-VP
V/v báo cáo tình hình
Mẫu Giang, ngày 01 tháng 6 năm 2023
Kính gửi:
- Phòng Văn hóa;
- Phòng Thể thao.
Thực hiện Công văn số 5/UBND-VX của Ủy ban nhân dân tỉnh về việc báo cáo.
Sở Mẫu đề nghị các phòng thực hiện một số nội dung sau:
1. Rà soát hồ sơ.
2. Gửi báo cáo.
Trên đây là nội dung triển khai, đề nghị các phòng thực hiện./.
GIÁM ĐỐC
Nơi nhận:
- Như trên;
- Lưu: VT.
Trần Thị Thử
"""


def outlines() -> list[tuple[str, str, list[str]]]:
    blocks = re.split(r"^== ", OUTLINES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    cases = []
    for block in blocks:
        head, expected = block.split("\n--\n") if "\n--\n" in block else (block.split("\n--")[0], "")
        name, text = head.split("\n", 1)
        cases.append((name, text, expected.strip().splitlines()))
    return cases


def shown(section: Section) -> str:
    role = f" [{section.role}]" if section.role else ""
    return f"{section.level} | {section.label} | {section.title}{role}"


def labelled(text: str) -> list[Section]:
    return [section for section in segment(text) if section.label is not None]


@pytest.mark.parametrize(
    ("name", "text", "expected"), outlines(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_outline(name: str, text: str, expected: list[str]) -> None:
    assert [shown(section) for section in labelled(text)] == expected, name


def test_there_are_outlines_enough() -> None:
    assert len(outlines()) >= 40


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        (DECISION, ["header", "title", "preamble", "body", "recipients", "signature", "appendix"]),
        (LETTER, ["header", "preamble", "body", "closing", "signature", "recipients", "signature"]),
        ("Các phòng gửi báo cáo trước ngày 05/3/2024.", ["body"]),
        ("KẾ HOẠCH\nTriển khai công tác lưu trữ\nI. MỤC ĐÍCH\nTốt.", ["title", "body"]),
        ("KÉ HOẠCH\nVề công tác lưu trữ\nI. MỤC ĐÍCH\nTốt.", ["title", "body"]),
        (
            "TỜ TRÌNH\nVề cổ tức\nKính gửi: Đại hội cổ đông\n- Căn cứ Luật Doanh nghiệp;\n1. Chia 8%.\n2. Trích quỹ.",
            ["title", "preamble", "body"],
        ),
        ("", []),
        ("   \n ", ["body"]),
        (
            "QUYẾT ĐỊNH\nVỀ VIỆC THÀNH LẬP TỔ CÔNG TÁC\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN\nCăn cứ Luật Đất đai;\n"
            "QUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ công tác.\nĐiều 2. Tổ công tác tự giải thể.",
            ["title", "preamble", "body"],
        ),
        (
            "THÔNG TƯ\nHƯỚNG DẪN CÔNG TÁC LƯU TRỮ\nCăn cứ Luật Lưu trữ;\nĐiều 1. Phạm vi\nCác phòng lưu hồ sơ.",
            ["title", "preamble", "body"],
        ),
    ],
)
def test_zones(text: str, zones: list[str]) -> None:
    assert [section.zone for section in segment(text) if section.level == 0] == zones


def test_appendix_starts_an_outline_of_its_own() -> None:
    inside = [s for s in segment(DECISION) if s.zone == "appendix" and s.label is not None]
    assert [(s.level, s.label) for s in inside] == [(1, "I"), (2, "1"), (2, "2")]


def test_gap_is_reported_and_not_renumbered() -> None:
    found = segment_reading(Reading.of("1. Rà soát\n2. Thống kê\n4. Báo cáo"))
    assert [finding.kind for finding in found.findings] == ["section_gap"]
    assert "4" in found.findings[0].message
    assert [section.label for section in found.records[1:]] == ["1", "2", "4"]


def test_table_cells_hold_no_sections() -> None:
    text = "I. NỘI DUNG\n1. Hội nghị\nPhòng Mẫu\nII. KINH PHÍ"
    cell = text.index("1. Hội"), text.index("\nII")
    blocks = [Block(cell[0], cell[0] + 10, 1, "cell", row=1), Block(cell[0] + 11, cell[1], 1, "cell", row=1)]
    assert [s.label for s in segment_reading(Reading.of(text, blocks)).records if s.label] == ["I", "II"]


def test_offsets_are_those_of_the_given_text() -> None:
    decomposed = unicodedata.normalize("NFD", DECISION)
    for plain, other in zip(segment(DECISION), segment(decomposed), strict=True):
        assert (plain.level, plain.label, plain.title, plain.zone) == (
            other.level,
            other.label,
            other.title,
            other.zone,
        )
        assert unicodedata.normalize("NFC", decomposed[other.start : other.end]) == DECISION[plain.start : plain.end]


def test_only_optional_letters_may_be_left_out() -> None:
    order = table("outline")["letters"]["order"]
    assert letters_between(order.index("d") + 1, order.index("e") + 1) == 0
    assert letters_between(order.index("a") + 1, order.index("c") + 1) == 1


PIECES = st.sampled_from(
    [
        "I. MỤC ĐÍCH",
        "II. NỘI DUNG",
        "A. PHẦN MỘT",
        "1. Rà soát.",
        "2. Thống kê; báo cáo.",
        "1.1. Mục tiêu",
        "a) Hồ sơ",
        "b) Phí",
        "(1) Lúa",
        "Điều 3. Thẩm quyền",
        "Chương II\nQUẢN LÝ",
        "- Tuyên truyền",
        "“Điều 5. Hồ sơ",
        "Nơi nhận:",
        "KT. GIÁM ĐỐC",
        "PHỤ LỤC",
        "QUYẾT ĐỊNH:",
        "Căn cứ Luật Mẫu;",
        "Trên đây là kế hoạch./.",
        "l. Cử cán bộ",
        "STT Nội dung",
        "",
        "ngày 12 tháng 5 năm 2021",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("\n".join)


def check_shape(sections: list[Section], length: int) -> None:
    zones = [section for section in sections if section.level == 0]
    assert [zone.start for zone in zones] == [0, *(zone.end for zone in zones[:-1])][: len(zones)]
    assert not zones or zones[-1].end == length
    assert [s.start for s in sections] == sorted(s.start for s in sections)
    for i, section in enumerate(sections):
        assert 0 <= section.start <= section.end <= length
        if section.level == 0:
            assert section.parent is None
            continue
        assert section.parent is not None
        assert section.parent < i
        around = sections[section.parent]
        assert around.start <= section.start
        assert section.end <= around.end
        assert around.level == section.level - 1


@given(TEXTS | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_sections_nest_and_cover(text: str) -> None:
    normal = normalise(text)[0]
    check_shape(list(segment_reading(Reading.of(normal)).records), len(normal))
    segment(text)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_blanks_change_offsets_only(text: str) -> None:
    spread = "\n".join(f"  {line}  " for line in text.split("\n"))
    assert [(s.level, s.label, s.title, s.role) for s in labelled(spread)] == [
        (s.level, s.label, s.title, s.role) for s in labelled(text)
    ]


@pytest.mark.parametrize("zone", sorted(table("outline")["zones"]))
def test_zone_cues_hold_to_their_examples(zone: str) -> None:
    for row in table("outline")["zones"][zone]:
        pattern = regex.compile(row["pattern"])
        for example in row["examples"]:
            assert pattern.match(example), example
        for example in row.get("not", []):
            assert not pattern.match(example), example


@pytest.mark.parametrize("row", table("outline")["roles"], ids=lambda row: row["role"])
def test_role_patterns_hold_to_their_examples(row: dict[str, object]) -> None:
    pattern = regex.compile(str(row["pattern"]))
    for example in row["examples"]:  # type: ignore[attr-defined]
        assert pattern.match(example.lower()), example
    for example in row.get("not", []):  # type: ignore[attr-defined]
        assert not pattern.match(example.lower()), example


HOSTILE = [
    "1. " * 33_000,
    "1." * 50_000,
    "I" * 100_000,
    "(" * 100_000,
    " " * 100_000,
    "\n" * 100_000,
    "Điều " * 20_000,
    "“" * 100_000,
    "A." * 50_000,
    "VỊ TRÍ " * 14_000,
    "Nguyễn Văn " * 9_000,
    "1.1.1.1." * 12_500,
    "kèm theo (" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_cue_is_linear_on_hostile_text(text: str) -> None:
    for zone in table("outline")["zones"]:
        assert_linear(cue(zone).match, text)


@pytest.mark.parametrize("text", [*HOSTILE, *(h[:40] + "\n" for h in HOSTILE)], ids=range(2 * len(HOSTILE)))
def test_segmenting_hostile_text_stays_linear(text: str) -> None:
    repeated = text if len(text) > 1000 else text * (60_000 // max(1, len(text)))
    assert_linear(segment, repeated)
