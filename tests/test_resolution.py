"""One row a unit and an instrument however they were written; contradictions between documents."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolution.conflicts import corpus_findings
from pipeline.resolution.corpus_units import ResolvedUnits, resolve_units
from pipeline.resolution.instruments import ResolvedInstruments, resolve_instruments
from pipeline.resolution.localities import Locality, locality_in_name, locality_of_document
from pipeline.resolution.units import Surroundings, Units, without_officer, written_out

Row = dict[str, Any]


def header(doc_id: str, issuer: str | None = None, **fields: Any) -> Row:
    empty = dict.fromkeys(
        ("issuer_parent", "place", "doc_type", "number", "symbol", "ref", "ref_repaired", "issued_date", "issued_year",
         "issued_month", "issued_day", "subject")
    )  # fmt: skip
    row = {"doc_id": doc_id, **empty, "issuer": issuer, **fields}
    if row["issued_date"]:
        row["issued_year"] = row["issued_date"].year
    return row


def citation(citation_id: str, ref: str | None, **fields: Any) -> Row:
    day = fields.get("date")
    row: Row = {
        "citation_id": citation_id, "doc_id": citation_id.partition("-")[0], "kind": "numbered",
        "instrument_type": "quyết định", "number": ref.partition("/")[0].partition("-")[0] if ref else None,
        "symbol": None, "ref": ref, "ref_repaired": None, "date": None, "date_year": day.year if day else None,
        "issuer": None, "issuer_inferred": None, "title": None, "quote": ref or "", "char_start": 10, "char_end": 20,
        "antecedent_id": None, "candidates": [],
        "pinpoint": None,
    }  # fmt: skip
    return row | fields


def recipient(doc_id: str, ordinal: int, name: str) -> Row:
    return {"doc_id": doc_id, "ordinal": ordinal, "name": name, "refers_to_addressees": name == "Như trên"}


def resolved(
    headers: list[Row], citations: list[Row]
) -> tuple[ResolvedUnits, ResolvedInstruments, dict[str, str | None]]:
    """Units, instruments, and what each citation means by its id."""
    units = resolve_units(headers, citations, [])
    found = resolve_instruments(headers, citations, units)
    return units, found, {row["citation_id"]: id_ for row, id_ in zip(citations, found.meant, strict=True)}


AN_HOA = Surroundings(Locality("Bình Thuận", "Tuy Phong", "Phan Rí", "huyện", "xã"), "Ủy ban nhân dân xã Phan Rí", None)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Bình Thuận"),
        ("Uỷ ban nhân dân Tỉnh", "Ủy ban nhân dân tỉnh Bình Thuận"),
        ("UBND tỉnh Bình Thuận", "Ủy ban nhân dân tỉnh Bình Thuận"),
        ("UBND huyện", "Ủy ban nhân dân huyện Tuy Phong"),
        ("UBND xã", "Ủy ban nhân dân xã Phan Rí"),
        ("Sở Nội vụ", "Sở Nội vụ tỉnh Bình Thuận"),
        ("Sở GD-ĐT", "Sở Giáo dục và Đào tạo tỉnh Bình Thuận"),
        ("Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo huyện Tuy Phong"),
        ("BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy Bình Thuận"),
        ("Ban Dân vận HU", "Ban Dân vận Huyện ủy Tuy Phong"),
        ("BCHTW Đảng khóa XII", "Ban Chấp hành Trung ương Đảng"),
        ("Ban Chấp hành Trung ương", "Ban Chấp hành Trung ương Đảng"),
        ("Thủ tướng", "Thủ tướng Chính phủ"),
        ("Bộ KH&CN", "Bộ Khoa học và Công nghệ"),
        ("UBND TP. Vĩnh Long", "Ủy ban nhân dân thành phố Vĩnh Long"),
        ("UBND Thành phố Hồ Chí Minh", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("Công an thành phố Cần Thơ", "Công an thành phố Cần Thơ"),
        ("Sở Tài chính (phòng Ngân sách)", "Sở Tài chính tỉnh Bình Thuận"),
        ("Thanh tra tỉnh", "Thanh tra tỉnh Bình Thuận"),
    ],
)
def test_names_of_a_document_are_filled_in(name: str, canonical: str) -> None:
    units = Units()
    unit = units.unit_id(name, AN_HOA)
    assert unit is not None
    rows = {row["unit_id"]: row for row in units.rows()}
    assert rows[unit]["name"] == canonical


@pytest.mark.parametrize(
    "name",
    ["VT", "Như trên", "Các sở, ban, ngành", "UBND các huyện, thị xã", "Lãnh đạo Sở", "VPUB: CVP",
     "Sở, ban, ngành tỉnh", "", None, "Ban Dân vận Huyện ủy và UBND huyện"],
)  # fmt: skip
def test_what_is_no_single_unit(name: str | None) -> None:
    assert Units().unit_id(name, AN_HOA) is None


def test_a_relative_name_without_a_locality_stays_open() -> None:
    units = Units()
    assert units.unit_id("UBND tỉnh", Surroundings()) is None
    assert units.unit_id("Sở Tài chính", Surroundings()) is None
    assert units.unit_id("Ủy ban nhân dân", Surroundings()) is None
    assert list(units.rows()) == []


def test_joint_issuers_are_two_units() -> None:
    units = Units()
    assert len(units.unit_ids("Ban Dân vận Huyện ủy và Phòng Nội vụ huyện Tuy Phong", AN_HOA)) == 2
    assert len(units.unit_ids("Bộ Khoa học và Công nghệ và Bộ Nội vụ", AN_HOA)) == 2
    assert len(units.unit_ids("Bộ Giáo dục và Đào tạo", AN_HOA)) == 1


def test_an_officer_issues_for_the_unit() -> None:
    assert without_officer("Giám đốc Sở Nội vụ") == "Sở Nội vụ"
    assert without_officer("Chánh Văn phòng Ủy ban nhân dân tỉnh") == "Văn phòng Ủy ban nhân dân tỉnh"
    assert without_officer("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ") == "Văn phòng Chính phủ"
    assert without_officer("Thủ tướng Chính phủ") == "Thủ tướng Chính phủ"
    assert without_officer("Hiệu trưởng") == "Hiệu trưởng"
    assert written_out("Hội đồng nhân dân tỉnh khóa X (kỳ họp thứ 3)") == "Hội đồng nhân dân tỉnh"


def test_columns_of_a_unit() -> None:
    units = Units()
    unit = units.unit_id("Phòng GD&ĐT", AN_HOA)
    rows = {row["unit_id"]: row for row in units.rows()}
    assert unit is not None
    row = rows[unit]
    assert (row["kind"], row["level"], row["system"]) == ("phòng", "huyện", "nhà nước")
    assert (row["province"], row["district"], row["commune"], row["province_2025"]) == (
        "Bình Thuận", "Tuy Phong", None, "Lâm Đồng",
    )  # fmt: skip
    parents = [row["name"]]
    while rows[unit]["parent_id"]:
        unit = rows[unit]["parent_id"]
        parents.append(rows[unit]["name"])
    assert parents[1:] == ["Ủy ban nhân dân huyện Tuy Phong", "Ủy ban nhân dân tỉnh Bình Thuận", "Chính phủ"]


def test_a_unit_inside_an_institution_belongs_to_it() -> None:
    units = Units()
    school = Surroundings(Locality("Cần Thơ"), "Trường Đại học Hoa Sen", "Bộ Giáo dục và Đào tạo")
    faculty = units.unit_id("Khoa Kinh tế", school)
    other = units.unit_id("Khoa Kinh tế", Surroundings(Locality("Huế"), "Trường Đại học Hoa Mai", None))
    same = units.unit_id("Khoa Kinh tế Trường Đại học Hoa Sen", school)
    council = units.unit_id("HĐT", school)
    assert council is not None
    assert faculty is not None
    assert faculty == same != other
    assert {row["unit_id"]: row["name"] for row in units.rows()}[faculty] == "Khoa Kinh tế Trường Đại học Hoa Sen"


@pytest.mark.parametrize(
    ("name", "locality"),
    [
        ("Phòng Nội vụ huyện Ba Tri", ("Bến Tre", "Ba Tri", None)),
        ("Ủy ban nhân dân xã Bình An, huyện Ba Tri, tỉnh Bến Tre", ("Bến Tre", "Ba Tri", "Bình An")),
        ("Phòng Giáo dục và Đào tạo Chư Prông", ("Gia Lai", "Chư Prông", None)),
        ("Sở Y tế Gia Lai", ("Gia Lai", None, None)),
        ("Phòng Nội vụ huyện Châu Thành", (None, "Châu Thành", None)),
        ("Trường Tiểu học Tân Thạnh", (None, None, None)),
        ("Bộ Y tế", (None, None, None)),
    ],
)
def test_localities_in_names(name: str, locality: tuple[str | None, ...]) -> None:
    found = locality_in_name(name)
    assert (found.province, found.district, found.commune) == locality


def test_the_locality_of_a_document() -> None:
    assert locality_of_document("Sở Y tế", None, "Phan Thiết", []).province == "Bình Thuận"
    assert locality_of_document("Bộ Y tế", None, "Hà Nội", []) == Locality()
    assert locality_of_document("Văn phòng Bộ Y tế", "Bộ Y tế", "Hà Nội", []) == Locality()
    school = locality_of_document("Trường Mầm non Hoa Mai", None, None, ["Phòng Giáo dục và Đào tạo huyện Ba Tri"] * 2)
    assert (school.province, school.district) == ("Bến Tre", "Ba Tri")
    shared = locality_of_document("Phòng Nội vụ huyện Châu Thành", "Ủy ban nhân dân tỉnh Bến Tre", None, [])
    assert (shared.province, shared.district) == ("Bến Tre", "Châu Thành")


def test_recipients_and_parents_of_the_head() -> None:
    headers = [header("a", "Sở Tư pháp", issuer_parent="Ủy ban nhân dân tỉnh Lào Cai", place="Lào Cai")]
    found = resolve_units(
        headers, [], [recipient("a", 1, "UBND tỉnh"), recipient("a", 2, "Như trên"), recipient("a", 3, "VT")]
    )
    rows = {row["unit_id"]: row for row in found.units.rows()}
    issuer = found.issuers["a"]
    assert issuer is not None
    assert rows[issuer]["name"] == "Sở Tư pháp tỉnh Lào Cai"
    assert rows[issuer]["parent_id"] == found.recipients[0]
    assert found.recipients[1] is found.recipients[2] is None


# --- instruments -----------------------------------------------------------------------------------------------------


def test_one_number_in_two_provinces_is_two_instruments() -> None:
    headers = [header("a", "Sở Y tế tỉnh Lào Cai"), header("b", "Sở Y tế tỉnh Bến Tre")]
    day = date(2022, 3, 1)
    cited = [citation(f"{d}-c{i}", "17/CT-UBND", issuer="UBND tỉnh", date=day) for d in "ab" for i in (1, 2)]
    _, found, means = resolved(headers, cited)
    assert means["a-c1"] == means["a-c2"] != means["b-c1"] == means["b-c2"]
    assert [(i.row()["n_citations"], i.row()["n_citing_documents"]) for i in found.instruments if i.citations] == [
        (2, 1),
        (2, 1),
    ]


def test_a_number_of_the_centre_is_one_whatever_province_cites_it() -> None:
    headers = [header("a", "Sở Y tế tỉnh Lào Cai"), header("b", "Sở Y tế tỉnh Bến Tre")]
    cited = [
        citation("a-c1", "30/2020/NĐ-CP", date=date(2020, 3, 5), issuer="Chính phủ"),
        citation("b-c1", "30/2020/NĐ-CP"),
        citation("b-c2", "30/2020/NDD-CP", ref_repaired="30/2020/NĐ-CP"),
    ]
    _, found, means = resolved(headers, cited)
    assert len(set(means.values())) == 1
    row = next(i.row() for i in found.instruments if i.citations)
    assert (row["ref"], row["date"], row["year"], row["n_citing_documents"]) == (
        "30/2020/NĐ-CP", date(2020, 3, 5), 2020, 2,
    )  # fmt: skip


def test_a_number_starts_again_every_year() -> None:
    cited = [
        citation("a-c1", "33/CT-TTg", date=date(2021, 11, 26)),
        citation("a-c2", "33/CT-TTg", date=date(2020, 8, 20)),
        citation("a-c3", "33/CT-TTg"),
        citation("a-c4", "033/CT-TTg", date=date(2021, 11, 26)),
    ]
    _, _found, means = resolved([header("a", "Sở Y tế tỉnh Lào Cai")], cited)
    assert means["a-c1"] == means["a-c4"] != means["a-c2"]
    assert means["a-c3"] is None


def test_the_document_itself_is_linked() -> None:
    day = date(2024, 5, 2)
    issued = header(
        "a",
        "Ủy ban nhân dân tỉnh Lào Cai",
        doc_type="quyết định",
        number="7",
        ref="7/QĐ-UBND",
        issued_date=day,
        subject="Về X",
    )
    cited = [citation("b-c1", "07/QĐ-UBND", issuer="UBND tỉnh", date=day)]
    _, found, _means = resolved([issued, header("b", "Sở Y tế tỉnh Lào Cai")], cited)
    row = next(i.row() for i in found.instruments if i.citations)
    assert (row["doc_id"], row["n_citations"], row["title"]) == ("a", 1, "Về X")


def test_short_forms_and_bare_numbers() -> None:
    day = date(2022, 1, 6)
    cited = [
        citation("a-c1", "06/KH-SYT", instrument_type="kế hoạch", issuer="Sở Y tế", date=day),
        citation("a-c2", "06", instrument_type="kế hoạch", issuer="Sở Y tế", date=day),
        citation("a-c3", "06", instrument_type="kế hoạch", antecedent_id="a-c1"),
        citation("a-c4", "06", instrument_type="kế hoạch"),
        citation("a-c5", "06", instrument_type="kế hoạch", candidates=["06/KH-SYT", "06/KH-UBND"]),
    ]
    _, found, means = resolved([header("a", "Sở Y tế tỉnh Lào Cai")], cited)
    assert means["a-c1"] == means["a-c2"] == means["a-c3"] is not None
    assert means["a-c4"] is means["a-c5"] is None
    assert next(i.row() for i in found.instruments if i.citations)["n_citations"] == 3


def _law(citation_id: str, quote: str, **fields: Any) -> Row:
    return citation(citation_id, None, kind="named", instrument_type="luật", quote=quote, **fields)


def test_a_law_by_name_is_the_law_of_its_day() -> None:
    headers = [
        header("a", "Sở Y tế tỉnh Lào Cai", issued_date=date(2020, 5, 1)),
        header("b", "Sở Y tế tỉnh Lào Cai", issued_date=date(2025, 5, 1)),
        header("c", "Sở Y tế tỉnh Lào Cai"),
    ]
    cited = [
        _law("a-c1", "Luật Đất đai"),
        _law("b-c1", "Luật đất đai"),
        _law("b-c2", "Luật Đất đai ngày 29/11/2013", date=date(2013, 11, 29)),
        _law("b-c3", "Luật Đất đai năm 2003", date_year=2003),
        _law("c-c1", "Luật Đất đai"),
        citation("c-c2", "45/2013/QH13", instrument_type="luật"),
        _law("c-c3", "Công chứng"),
    ]
    _, found, means = resolved(headers, cited)
    refs = {i.instrument_id: i.row()["ref"] for i in found.instruments}
    assert {key: refs[value] for key, value in means.items() if value} == {
        "a-c1": "45/2013/QH13",
        "b-c1": "31/2024/QH15",
        "b-c2": "45/2013/QH13",
        "b-c3": "13/2003/QH11",
        "c-c1": None,
        "c-c2": "45/2013/QH13",
        "c-c3": None,
    }
    row = next(i.row() for i in found.instruments if i.row()["ref"] == "45/2013/QH13")
    assert (row["title"], row["date"], row["issuer"]) == ("Luật Đất đai", date(2013, 11, 29), "Quốc hội")


def test_contradictions_between_documents() -> None:
    headers = [header("a", "Sở Y tế tỉnh Lào Cai", issued_date=date(2021, 6, 1)), header("b", "Sở Y tế tỉnh Bến Tre")]
    cited = [
        citation("a-c1", "12/2019/TT-BYT", date=date(2019, 7, 1), issuer="Bộ Y tế"),
        citation("b-c1", "12/2019/TT-BYT", date=date(2019, 7, 1), issuer="Bộ Y tế"),
        citation("b-c2", "12/2019/TT-BYT", date=date(2019, 7, 11), issuer="Bộ Nội vụ"),
        citation("a-c2", "99/QĐ-TTg", date=date(2021, 6, 2)),
        citation("a-c3", "08/2022/NĐ-CP"),
        citation("b-c3", "99/QĐ-TTg", date=date(2021, 6, 2)),
    ]
    units, found, _ = resolved(headers, cited)
    findings = corpus_findings(found.instruments, units.units)
    assert [(row["doc_id"], row["kind"]) for row in findings] == [
        ("a", "future_citation"),
        ("a", "future_citation"),
        ("b", "date_conflict"),
        ("b", "issuer_conflict"),
    ]
    conflict = next(row for row in findings if row["kind"] == "date_conflict")
    assert (conflict["char_start"], conflict["char_end"]) == (10, 20)
    assert "01/07/2019" in conflict["message"]
    assert "11/07/2019" in conflict["message"]


@given(st.integers(0, 2**16))
def test_ids_do_not_depend_on_the_order_of_rows(seed: int) -> None:
    headers = [header(d, name) for d, name in (("a", "Sở Y tế tỉnh Lào Cai"), ("b", "Sở Y tế tỉnh Bến Tre"))]
    cited = [
        citation(f"{d}-c{i}", ref, issuer=issuer, date=day)
        for d in "ab"
        for i, (ref, issuer, day) in enumerate(
            [("17/CT-UBND", "UBND tỉnh", None), ("17/CT-UBND", None, date(2022, 1, 2)),
             ("5/CT-TTg", None, date(2021, 1, 2)), ("05/CT-TTg", "Thủ tướng", None), ("03-NQ/TU", "Tỉnh ủy", None)]
        )
    ]  # fmt: skip
    _, plain, plain_means = resolved(headers, cited)
    shuffled_headers, shuffled = headers[:], cited[:]
    random.Random(seed).shuffle(shuffled_headers)
    random.Random(seed + 1).shuffle(shuffled)
    units, again, means = resolved(shuffled_headers, shuffled)
    assert plain_means == means
    assert [i.row()["instrument_id"] for i in plain.instruments] == [
        i.row(units.units)["instrument_id"] for i in again.instruments
    ]


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_name_is_read_without_failing(name: str, place: str) -> None:
    units = Units()
    units.unit_ids(name, Surroundings(locality_of_document(name, place, place, [name]), name, place))
    assert all(row["unit_id"] and row["name"] for row in units.rows())
