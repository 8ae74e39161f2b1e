"""Names of organs: capitals, abbreviations, letters of symbols, kinds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.grammar import table
from extractors.names.capitals import sentence_case
from extractors.names.organs import expand, issuer_of_symbol, organ_named, organ_of_code, unit_kind, with_known_capitals
from tests.hostile_text import assert_linear

ROWS = table("organs")
NAMES = [row["name"] for row in ROWS["organ"]] + [f"{h} {row['name']}" for row in ROWS["field"] for h in row["heads"]]


@pytest.mark.parametrize(("printed", "written"), ROWS["capitals"]["examples"])
def test_capitals_of_the_table(printed: str, written: str) -> None:
    assert sentence_case(printed) == written
    assert sentence_case(written) == written


@pytest.mark.parametrize("name", NAMES)
def test_every_organ_printed_in_capitals_comes_back(name: str) -> None:
    assert sentence_case(name.upper()) == name


@pytest.mark.parametrize(
    "example", [e for group in ("field", "organ", "abbreviation") for row in ROWS[group] for e in row["examples"]]
)
def test_short_forms_of_the_table(example: list[str]) -> None:
    short, long = example
    assert long in (expand(short), issuer_of_symbol(short), organ_of_code(short), sentence_case(short))


@pytest.mark.parametrize(("short", "kind"), [(e, row["kind"]) for row in ROWS["unit"] for e in row["examples"]])
def test_kinds_of_the_table(short: str, kind: str) -> None:
    found = unit_kind(short)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(("name", "kind"), [(n, row["kind"]) for row in ROWS["unit"] for n in row.get("not", ())])
def test_what_is_no_unit_of_the_kind(name: str, kind: str) -> None:
    found = unit_kind(f"{name} mới")
    assert found is None or found.kind != kind


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("ỦY BAN NHÂN DÂN XÃ HỘI AN", "Ủy ban nhân dân xã Hội An"),
        ("UỶ BAN NHÂN DÂN HUYỆN HOÀ VANG", "Ủy ban nhân dân huyện Hòa Vang"),
        ("PHÒNG GD&ĐT KRÔNG BÚK", "Phòng GD&ĐT Krông Búk"),
        ("TRƯỜNG CAO ĐẲNG SƯ PHẠM NGHỆ AN", "Trường Cao đẳng Sư phạm Nghệ An"),
        ("HỌC VIỆN CHÍNH TRỊ QUỐC GIA HỒ CHÍ MINH", "Học viện Chính trị quốc gia Hồ Chí Minh"),
        ("CHI CỤC THUẾ KHU VỰC GÒ CÔNG - CHỢ GẠO", "Chi cục Thuế khu vực Gò Công - Chợ Gạo"),
        ("CÔNG AN CÁC HUYỆN BA TRI, BÌNH ĐẠI, GIỒNG TRÔM", "Công an các huyện Ba Tri, Bình Đại, Giồng Trôm"),
        ("BAN CHỈ ĐẠO QUẢN LÝ THỐNG NHẤT", "Ban Chỉ đạo quản lý thống nhất"),
        ("UBND HUYỆN THỐNG NHẤT", "UBND huyện Thống Nhất"),
        ("HIỆU TRƯỞNG TRƯỜNG ĐẠI HỌC HOA SEN", "Hiệu trưởng Trường Đại học Hoa Sen"),
        ("CHỦ NHIỆM VĂN PHÒNG CHÍNH PHỦ", "Chủ nhiệm Văn phòng Chính phủ"),
        ("BAN CHỈ ĐẠO PHÒNG, CHỐNG DỊCH COVID-19", "Ban Chỉ đạo phòng, chống dịch COVID-19"),
        ("CHỦ TỊCH LIÊN MINH HỢP TÁC XÃ HUYỆN", "Chủ tịch Liên minh Hợp tác xã huyện"),
        ("TRƯỜNG ĐH KINH TẾ - KỸ THUẬT AN HÒA", "Trường ĐH Kinh tế - Kỹ thuật An Hòa"),
        ("CÔNG TY TNHH MTV ABX HẢI ÂU", "Công ty TNHH MTV ABX Hải Âu"),
        ("UBND THÀNH PHỐ (1A, B)", "UBND thành phố (1A, B)"),
        ("ỦY BAN NHÂN DÂN HUYỆN KRÔNG ANA", "Ủy ban nhân dân huyện Krông Ana"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ PLEIKU", "Ủy ban nhân dân thành phố Pleiku"),
        ("KHOA CÔNG NGHỆ THÔNG TIN", "Khoa Công nghệ thông tin"),
        ("Sở Tài chính", "Sở Tài chính"),
        ("", ""),
        ("VT", "VT"),
    ],
)
def test_capitals_in_running_text(printed: str, written: str) -> None:
    assert sentence_case(printed) == written


@pytest.mark.parametrize(
    ("written", "long"),
    [
        ("PGD&ĐT Ba Tri", "Phòng Giáo dục và Đào tạo Ba Tri"),
        ("P.GD&ĐT huyện", "Phòng Giáo dục và Đào tạo huyện"),
        ("UBND TP. HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("UBND TP.Vĩnh Long", "Ủy ban nhân dân thành phố Vĩnh Long"),
        ("BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"),
        ("BCHTW Đảng khóa XII", "Ban Chấp hành Trung ương Đảng khóa XII"),
        ("Ủy ban MTTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("Sở LĐ - TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        (
            "BQL KKT Vân Phong và các KCN Khánh Hòa",
            "Ban Quản lý Khu kinh tế Vân Phong và các khu công nghiệp Khánh Hòa",
        ),
        ("Lưu: VT", "Lưu: VT"),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("TTHC", "TTHC"),
    ],
)
def test_names_written_out(written: str, long: str) -> None:
    assert expand(written) == long


@pytest.mark.parametrize(
    ("symbol", "issuer"),
    [
        ("CT-TTg", "Thủ tướng Chính phủ"),
        ("NĐ-CP", "Chính phủ"),
        ("QH14", "Quốc hội"),
        ("PL-UBTVQH11", "Ủy ban Thường vụ Quốc hội"),
        ("TTLT-BNV-VPCP", "Bộ Nội vụ, Văn phòng Chính phủ"),
        ("CTPH/BDVHU-PGDĐT", "Ban Dân vận Huyện ủy, Phòng Giáo dục và Đào tạo"),
        ("BXD-KHCNMT&VLXD", "Bộ Xây dựng"),
        ("SGDĐT", "Sở Giáo dục và Đào tạo"),
        ("KH-PGDĐT", "Phòng Giáo dục và Đào tạo"),
        ("QĐ/TW", None),
        ("CV/TU", None),
        ("QĐ-UBND", None),
        ("KH/BCĐ", None),
        ("TB-XYZ", None),
        ("", None),
    ],
)
def test_issuers_by_symbol(symbol: str, issuer: str | None) -> None:
    assert issuer_of_symbol(symbol) == issuer


def test_spellings_put_right() -> None:
    assert organ_named("Sở Giáo dục và Đào tào") == "Sở Giáo dục và Đào tạo"
    assert organ_named("Uỷ Ban thường vụ quốc hội") == "Ủy ban Thường vụ Quốc hội"
    assert organ_named("Câu lạc bộ Hoa Sen") is None
    assert with_known_capitals("Ban chấp hành Đảng bộ tỉnh An Hòa") == "Ban Chấp hành Đảng bộ tỉnh An Hòa"


@given(st.text(max_size=80))
def test_any_name_is_read_without_failing(name: str) -> None:
    assert isinstance(expand(name), str)
    unit_kind(name)
    issuer_of_symbol(name)
    assert len(sentence_case(name)) >= 0


@given(
    st.sampled_from(["TRƯỜNG ĐẠI HỌC", "ĐẠI HỌC", "HỌC VIỆN", "TRƯỜNG CAO ĐẲNG SƯ PHẠM", "BỆNH VIỆN", "SỞ", "HỘI"]),
    st.sampled_from([row["name"].upper() for row in table("provinces")["province"]] + ["NHA TRANG", "QUY NHƠN"]),
)
def test_no_word_is_lost_behind_any_kind(kind: str, place: str) -> None:
    assert sentence_case(f"{kind} {place}").casefold() == f"{kind} {place}".casefold()


@given(st.sampled_from([printed for printed, _ in ROWS["capitals"]["examples"]]))
def test_a_name_is_written_once_and_for_all(printed: str) -> None:
    written = sentence_case(printed)
    assert sentence_case(written) == written
    assert written.casefold() == printed.casefold()
    assert expand(expand(written)) == expand(written)


@pytest.mark.parametrize("near_match", ["ỦY BAN NHÂN DÂN TỈNH ", "TRƯỜNG ĐẠI HỌC ", "PHÒNG ", "GD&", "A-", "TP. "])
def test_hostile_names_are_read_in_time(near_match: str) -> None:
    for length in (399, 100_000):
        text = (near_match * (length // len(near_match) + 1))[:length]
        for read in (sentence_case, expand, issuer_of_symbol, unit_kind):
            assert_linear(read, text)
