"""Names of laws: where they end, which law they are, what is no name."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.grammar import table
from extractors.names.law_names import fold, law_name_at, law_of_number, law_versions, listed_law_names
from extractors.names.party_resolutions import party_resolution_at, party_resolution_key
from tests.hostile_text import seconds

ROWS = table("named_laws")["law"]
NAMES = [name for row in ROWS for name in (row["name"], *row.get("aliases", ()))]


def _read(text: str, pos: int = 0) -> str | None:
    found = law_name_at(text, pos)
    return None if found is None else text[found.start : found.end]


def test_every_name_of_the_table_is_read_to_its_last_word() -> None:
    for row in ROWS:
        for example in row["examples"]:
            for after in (" thì được áp dụng", " ngày 29/11/2013;", ", Nghị định", " và các văn bản hướng dẫn", "."):
                found = law_name_at(example + after, 0)
                assert found is not None, example
                assert found.end == len(example), (example, after)
                assert found.known
                assert example.casefold().startswith(found.kind)


def test_every_name_leads_to_a_row_of_its_own() -> None:
    names = {row["name"] for row in ROWS}
    assert len(names) == len(ROWS) >= 300
    for row in ROWS:
        found = law_name_at(row["name"], 0)
        assert found is not None
        assert found.name == row["name"]


def test_numbers_of_laws_belong_to_one_law_and_days_are_in_order() -> None:
    refs = [v["ref"] for row in ROWS for v in row.get("versions", ()) if "ref" in v]
    refs += [row["ref"] for row in table("named_laws")["amending"]]
    assert len(refs) == len(set(refs))
    for row in ROWS:
        for version in row.get("versions", ()):
            if "in_force" in version:
                assert version["passed"] <= version["in_force"], row["name"]


@pytest.mark.parametrize("example", table("named_laws")["boundary"]["examples"], ids=lambda e: e["name"])
def test_laws_that_the_table_lacks(example: dict[str, str]) -> None:
    found = law_name_at(example["text"], 0)
    assert found is not None
    assert example["text"][found.start : found.end] == example["name"]
    assert not found.known
    assert found.name is None


@pytest.mark.parametrize("text", table("named_laws")["boundary"]["not"])
def test_what_is_no_name(text: str) -> None:
    assert law_name_at(text, 0) is None


@pytest.mark.parametrize(
    ("text", "name", "canonical"),
    [
        ("Luật Phòng cháy và chữa cháy thì được", "Luật Phòng cháy và chữa cháy", "Luật Phòng cháy và chữa cháy"),
        ("luật luật sư đã nêu", "luật luật sư", "Luật Luật sư"),
        ("Luật Tiếp. công dân", "Luật Tiếp. công dân", "Luật Tiếp công dân"),
        ("Luật hoà giải ở cơ sở", "Luật hoà giải ở cơ sở", "Luật Hòa giải ở cơ sở"),
        ("Luật Thuỷ lợi", "Luật Thuỷ lợi", "Luật Thủy lợi"),
        ("LUẬT ĐẤT ĐAI NĂM 2024", "LUẬT ĐẤT ĐAI", "Luật Đất đai"),
        ("Luật  Thi đua , khen thưởng năm 2022", "Luật  Thi đua , khen thưởng", "Luật Thi đua, khen thưởng"),
        ("Luật thi đua-khen thưởng", "Luật thi đua-khen thưởng", "Luật Thi đua, khen thưởng"),
        ("Luật Tổ chức Chính quyền địa phương", "Luật Tổ chức Chính quyền địa phương",
         "Luật Tổ chức chính quyền địa phương"),
        ("Luật Tổ chức Hội đồng nhân dân và Ủy bân nhân dân ngày", "Luật Tổ chức Hội đồng nhân dân và Ủy bân nhân dân",
         "Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân"),
        ("Luật Ngân sách nhà nuớc", "Luật Ngân sách nhà nuớc", "Luật Ngân sách nhà nước"),
        ("Luật thuế TNDN, thuế", "Luật thuế TNDN", "Luật Thuế thu nhập doanh nghiệp"),
        ("Bộ Luật Lao động 2019", "Bộ Luật Lao động", "Bộ luật Lao động"),
        ("Pháp lệnh dân chủ ở xã", "Pháp lệnh dân chủ", "Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn"),
        ("Hiến pháp và pháp luật", "Hiến pháp", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("điều lệ đảng, pháp luật", "điều lệ đảng", "Điều lệ Đảng Cộng sản Việt Nam"),
        ("Luật Đầu tư, công tác quản lý", "Luật Đầu tư", "Luật Đầu tư"),
        ("Luật Khiếu nại; Luật Tố cáo", "Luật Khiếu nại", "Luật Khiếu nại"),
        ("Luật về quản lý thuế", "Luật về quản lý thuế", "Luật Quản lý thuế"),
        ("Luật Dược", "Luật Dược", "Luật Dược"),
    ],
)  # fmt: skip
def test_forms_of_names(text: str, name: str, canonical: str) -> None:
    found = law_name_at(text, 0)
    assert found is not None
    assert (text[found.start : found.end], found.name) == (name, canonical)


def test_a_line_break_inside_a_name() -> None:
    assert _read("Luật Ban hành văn bản\nquy phạm pháp luật") == "Luật Ban hành văn bản\nquy phạm pháp luật"
    assert _read("Luật Xây dựng\nLuật Nhà ở") == "Luật Xây dựng"


@pytest.mark.parametrize("text", ["kỷ luật lao động", "pháp luật đất đai", "quy luật giá trị", "Bộ luật Dân sự"])
def test_a_type_word_inside_another_word(text: str) -> None:
    assert law_name_at(text, text.index("luật")) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Phòng, chống thiên tai ngày 17/6/2020",
         "Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Phòng, chống thiên tai"),
        ("Luật sửa đổi , bổ sung một số điều của Luật Nhà ở quy định",
         "Luật sửa đổi , bổ sung một số điều của Luật Nhà ở"),
        ("Luật Sửa đổi, bổ sung Điều 126 của Luật Nhà ở và các", "Luật Sửa đổi, bổ sung Điều 126 của Luật Nhà ở"),
        ("Pháp lệnh sửa đổi Điều 10 của Pháp lệnh Dân số.", "Pháp lệnh sửa đổi Điều 10 của Pháp lệnh Dân số"),
        ("Luật sửa đổi, bổ sung một số điều của các luật về thuế số 71/2014/QH13",
         "Luật sửa đổi, bổ sung một số điều của các luật về thuế"),
    ],
)  # fmt: skip
def test_an_amending_law_takes_in_the_law_it_amends(text: str, name: str) -> None:
    assert _read(text) == name


@pytest.mark.parametrize("row", table("named_laws")["amending"], ids=lambda row: row["ref"])
def test_amending_laws_of_the_table(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        found = law_name_at(f"{example} ngày", 0)
        assert found is not None
        assert found.end == len(example)
        assert row["ref"] in [version.ref for version in law_versions(found.name or "")]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Luật Hộ tịch, Công chứng, Luật Đất đai", ["Công chứng"]),
        ("các Luật Xây dựng, Nhà ở và Kinh doanh bất động sản;", ["Nhà ở", "Kinh doanh bất động sản"]),
        ("Luật Thanh tra, Xây dựng kế hoạch kiểm tra", []),
        ("Luật Hộ tịch, công chứng viên", []),
        ("Luật Hộ tịch và các văn bản", []),
    ],
)
def test_members_of_a_list_without_a_type_word(text: str, members: list[str]) -> None:
    first = law_name_at(text, text.index("Luật"))
    assert first is not None
    assert [text[m.start : m.end] for m in listed_law_names(text, first)] == members


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng và",
         "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"),
        ("Nghị quyết Đại hội Đảng toàn quốc lần thứ XII, Nghị quyết", "Nghị quyết Đại hội Đảng toàn quốc lần thứ XII"),
        ("Nghị quyết Đại hội XIII của Đảng;", "Nghị quyết Đại hội XIII của Đảng"),
        ("Nghị quyết Đại hội Đảng bộ tỉnh Lào Cai lần thứ XVI nhiệm kỳ",
         "Nghị quyết Đại hội Đảng bộ tỉnh Lào Cai lần thứ XVI"),
        ("Nghị quyết Trung ương 4 (khóa XII) về", "Nghị quyết Trung ương 4 (khóa XII)"),
        ("Nghị quyết TW 4 khóa XI", "Nghị quyết TW 4 khóa XI"),
        ("Nghị quyết Hội nghị lần thứ năm Ban Chấp hành Trung ương khóa XII về",
         "Nghị quyết Hội nghị lần thứ năm Ban Chấp hành Trung ương khóa XII"),
        ("Nghị quyết Hội nghị Trung ương 6 khoá XII", "Nghị quyết Hội nghị Trung ương 6 khoá XII"),
        ("Nghị quyết Đại hội Đảng các cấp", None),
        ("Nghị quyết của Đảng", None),
        ("Nghị quyết số 04-NQ/TW", None),
        ("Nghị quyết Đại hội công đoàn", None),
    ],
)  # fmt: skip
def test_resolutions_of_the_party(text: str, name: str | None) -> None:
    found = party_resolution_at(text, 0)
    assert (None if found is None else text[found.start : found.end]) == name


def test_a_party_resolution_is_one_however_spelled() -> None:
    congress = {
        party_resolution_key(text)
        for text in (
            "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
            "Nghị quyết Đại hội Đảng lần thứ 13",
            "nghị quyết đại hội XIII của Đảng",
        )
    }
    plenum = {
        party_resolution_key(text)
        for text in (
            "Nghị quyết Trung ương 4 (khóa XII)",
            "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII",
            "Nghị quyết TW4 khóa XII",
        )
    }
    assert len(congress) == len(plenum) == 1
    assert party_resolution_key("Nghị quyết Đại hội Đảng bộ tỉnh Lào Cai lần thứ XIII") not in congress
    assert party_resolution_key("Nghị quyết của Đảng") is None


def test_versions_of_a_law() -> None:
    assert [v.ref for v in law_versions("Luật Đất đai")][:3] == ["31/2024/QH15", "45/2013/QH13", "13/2003/QH11"]
    law = law_of_number("95/2025/QH15")
    assert law is not None
    assert (law.name, law.passed) == ("Luật Đường sắt", date(2025, 6, 27))
    assert law_versions("Luật Không có") == ()


@given(st.sampled_from(NAMES), st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from([" ", "  "]))
def test_case_and_blanks_do_not_matter(name: str, recase: object, blank: str) -> None:
    written = recase(name).replace(" ", blank)  # type: ignore[operator]
    found = law_name_at(written, 0)
    plain = law_name_at(name, 0)
    assert found is not None
    assert plain is not None
    assert (found.end, found.name) == (len(written), plain.name)


@given(st.sampled_from(NAMES))
def test_the_place_of_the_tone_mark_does_not_matter(name: str) -> None:
    moved = name.replace("òa", "oà").replace("óa", "oá").replace("ủy", "uỷ").replace("ỹ", "ĩ")
    found = law_name_at(moved, 0)
    assert found is not None
    assert found.end == len(moved)


@given(st.text(alphabet="luậtLUẬT Đấtđai,.()\nvà12ộBPhápệnh“”", max_size=60), st.integers(0, 60))
def test_any_text_is_read_without_failing(text: str, pos: int) -> None:
    for read in (law_name_at, party_resolution_at):
        found = read(text, min(pos, len(text)))
        if found is not None:
            assert pos <= found.start < found.end <= len(text)
            assert 0 < found.confidence <= 1
            assert all(m.start < m.end for m in listed_law_names(text, found) if found.kind == "luật")


@given(st.text(max_size=12))
def test_folding_is_stable(word: str) -> None:
    assert fold(word) == fold(unicodedata.normalize("NFC", word))


@pytest.mark.parametrize(
    "near_match",
    ["Luật sửa đổi, bổ sung một số điều của Luật ", "Luật Phòng, chống ", "Luật và ", "luật luật ", "Bộ luật\n",
     "Nghị quyết Đại hội Đảng bộ tỉnh ", "Nghị quyết Hội nghị Trung ương ", "Luật   ", "Luật (((", "Luật “"],
)  # fmt: skip
def test_hostile_text_is_read_in_time(near_match: str) -> None:
    text = near_match * (100_000 // len(near_match))
    assert seconds(lambda part: (law_name_at(part, 0), party_resolution_at(part, 0)), text) < 0.1
