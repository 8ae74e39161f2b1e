"""What an instrument's row rests on: its date and issuer, what disagrees, what it may be, what replaced it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.resolution.conflicts import conflict_rows
from tests.test_resolution import citation, header, resolved

Row = dict[str, Any]

HEADERS = [
    header("a", "Sở Y tế tỉnh Lào Cai", issued_date=date(2023, 6, 1)),
    header("b", "Sở Y tế tỉnh Bến Tre", issued_date=date(2023, 7, 1)),
    header("c", "Bộ Y tế", issued_date=date(2023, 8, 1)),
]
DAY, OTHER_DAY = date(2022, 3, 1), date(2022, 3, 11)


def only_row(citations: list[Row], headers: list[Row] = HEADERS) -> Row:
    units, found, _ = resolved(headers, citations)
    (row,) = [instrument.row(units.units) for instrument in found.instruments if instrument.citations]
    return row


def test_the_issuer_has_its_canonical_name() -> None:
    row = only_row([citation("a-c1", "07/QĐ-UBND", date=DAY, issuer="UBND tỉnh Bến Tre")])
    assert row["issuer"] == "Ủy ban nhân dân tỉnh Bến Tre"
    assert row["issuer_unit_id"] is not None


def test_agreeing_citers_fill_what_one_leaves_out() -> None:
    row = only_row(
        [
            citation("a-c1", "14/CT-TTg", date=DAY, issuer="Thủ tướng Chính phủ"),
            citation("b-c1", "14/CT-TTg", date=DAY),
            citation("c-c1", "14/CT-TTg", issuer_inferred="Thủ tướng Chính phủ"),
        ]
    )
    assert (row["date"], row["date_basis"], row["likely_date"]) == (DAY, "nơi viện dẫn", None)
    assert (row["issuer"], row["issuer_basis"]) == ("Thủ tướng Chính phủ", "nơi viện dẫn")


def test_nothing_is_filled_against_a_disagreement() -> None:
    citations = [
        citation("a-c1", "12/2022/TT-BYT", date=DAY, issuer="Bộ Y tế"),
        citation("b-c1", "12/2022/TT-BYT", date=DAY, issuer="Bộ Y tế"),
        citation("c-c1", "12/2022/TT-BYT", date=OTHER_DAY, issuer="Bộ Nội vụ"),
    ]
    row = only_row(citations)
    assert (row["date"], row["date_basis"], row["likely_date"], row["year"]) == (None, None, DAY, 2022)
    assert (row["issuer"], row["issuer_unit_id"], row["issuer_basis"]) == (None, None, None)
    units, found, _ = resolved(HEADERS, citations)
    told = [
        (c["field"], c["value"], c["n_documents"], c["held"]) for c in conflict_rows(found.instruments, units.units)
    ]
    assert sorted(told) == [
        ("date", "2022-03-01", 2, False),
        ("date", "2022-03-11", 1, False),
        ("issuer", "Bộ Nội vụ", 1, False),
        ("issuer", "Bộ Y tế", 2, False),
    ]


def test_the_document_itself_outweighs_its_citers() -> None:
    issued = header(
        "d", "Ủy ban nhân dân tỉnh Lào Cai", doc_type="quyết định", number="7", ref="7/QĐ-UBND", issued_date=DAY
    )
    citations = [
        citation("a-c1", "7/QĐ-UBND", date=OTHER_DAY, issuer="UBND tỉnh"),
        citation("a-c2", "07/QĐ-UBND", date=OTHER_DAY, issuer="Chủ tịch UBND tỉnh"),
    ]
    row = only_row(citations, [*HEADERS, issued])
    assert (row["doc_id"], row["date"], row["date_basis"], row["issuer_basis"]) == (
        "d",
        DAY,
        "văn bản gốc",
        "văn bản gốc",
    )
    units, found, _ = resolved([*HEADERS, issued], citations)
    assert {(c["value"], c["n_mentions"], c["held"]) for c in conflict_rows(found.instruments, units.units)} == {
        ("2022-03-01", 0, True),
        ("2022-03-11", 2, False),
    }


def test_the_symbol_alone_tells_an_issuer() -> None:
    row = only_row([citation("a-c1", "14/CT-TTg", issuer_inferred="Thủ tướng Chính phủ")])
    assert (row["issuer"], row["issuer_basis"], row["date"]) == ("Thủ tướng Chính phủ", "ký hiệu", None)


def test_what_fits_several_stays_open_with_its_candidates() -> None:
    citations = [
        citation("a-c1", "33/CT-TTg", date=date(2021, 11, 26)),
        citation("a-c2", "33/CT-TTg", date=date(2020, 8, 20)),
        citation("b-c1", "33/CT-TTg"),
    ]
    _, found, means = resolved(HEADERS, citations)
    assert means["b-c1"] is None
    assert found.candidates == {2: tuple(sorted(id_ for id_ in means.values() if id_))}


def test_a_document_cannot_mean_what_came_after_it() -> None:
    early = header("e", "Sở Y tế tỉnh Lào Cai", issued_date=date(2020, 12, 1))
    citations = [
        citation("a-c1", "33/CT-TTg", date=date(2021, 11, 26)),
        citation("a-c2", "33/CT-TTg", date=date(2020, 8, 20)),
        citation("e-c1", "33/CT-TTg"),
    ]
    _, _, means = resolved([*HEADERS, early], citations)
    assert means["e-c1"] == means["a-c2"]


def test_a_later_text_replaces_a_law() -> None:
    _, found, _ = resolved(HEADERS, [citation("a-c1", "13/2003/QH11", instrument_type="luật")])
    rows = {row["ref"]: row for row in (instrument.row() for instrument in found.instruments) if row["ref"]}
    old, new = rows["13/2003/QH11"], rows["45/2013/QH13"]
    assert old["replaced_by_instrument_id"] == new["instrument_id"]
    assert (old["replaced_on"], old["replaced_basis"]) == (date(2014, 7, 1), "bảng luật")
    assert (new["n_citations"], new["date"], new["title"]) == (0, date(2013, 11, 29), "Luật Đất đai")


def test_a_document_replaces_what_it_says() -> None:
    new = header(
        "d", "Ủy ban nhân dân tỉnh Lào Cai", doc_type="quyết định", number="9", ref="9/QĐ-UBND",
        issued_date=date(2024, 1, 5),
    )  # fmt: skip
    report = header("e", "Sở Y tế tỉnh Lào Cai", doc_type="báo cáo", number="1", ref="1/BC-SYT", issued_date=DAY)
    said = {"issuer": "UBND tỉnh", "date": date(2020, 1, 6)}
    citations = [
        citation("d-c1", "7/QĐ-UBND", relation="thay thế", **said),
        citation("d-c2", "8/QĐ-UBND", relation="bãi bỏ", pinpoint="Điều 2", **said),
        citation("d-c3", "5/QĐ-UBND", relation="bãi bỏ", relation_verb="bãi bỏ một số điều", **said),
        citation("e-c1", "6/QĐ-UBND", relation="thay thế", **said),
    ]
    _, found, means = resolved([*HEADERS, new, report], citations)
    rows = {row["instrument_id"]: row for row in (instrument.row() for instrument in found.instruments)}
    ended = rows[str(means["d-c1"])]
    assert rows[ended["replaced_by_instrument_id"]]["doc_id"] == "d"
    assert (ended["replaced_on"], ended["replaced_basis"]) == (date(2024, 1, 5), "nơi viện dẫn")
    for untouched in ("d-c2", "d-c3", "e-c1"):
        assert rows[str(means[untouched])]["replaced_by_instrument_id"] is None


def test_spellings_of_a_unit_are_kept_with_their_roles() -> None:
    cited = [
        citation("a-c1", "7/QĐ-UBND", issuer="UBND tỉnh"),
        citation("a-c2", "7/QĐ-UBND", issuer="Chủ tịch  UBND tỉnh"),
    ]
    units, _, _ = resolved(HEADERS[:1], cited)
    rows = [(row["spelling"], row["role"], row["n"]) for row in units.units.spelling_rows()]
    assert sorted(rows) == [
        ("Chủ tịch UBND tỉnh", "cơ quan được viện dẫn", 1),
        ("Sở Y tế tỉnh Lào Cai", "cơ quan ban hành", 1),
        ("UBND tỉnh", "cơ quan được viện dẫn", 1),
    ]


@pytest.mark.parametrize(
    ("titles", "days", "n"),
    [
        ((None, None), (date(2025, 6, 30), date(2025, 7, 1)), 2),
        ((None, None), (date(2025, 6, 29), date(2025, 6, 30)), 1),
        ((None, None), (date(2025, 7, 1), date(2025, 7, 2)), 1),
        (("về phòng, chống cháy rừng mùa khô",) * 2, (date(2025, 6, 30), date(2025, 7, 1)), 1),
    ],
)
def test_a_province_counts_anew_from_the_merger_but_not_by_a_slip_of_the_day(
    titles: tuple[str | None, str | None], days: tuple[date, date], n: int
) -> None:
    cited = [
        citation(f"a-c{at}", "12/QĐ-UBND", date=day, title=title, issuer="Ủy ban nhân dân tỉnh Lâm Đồng")
        for at, (title, day) in enumerate(zip(titles, days, strict=True))
    ]
    _, _, means = resolved([header("a", "Sở Y tế tỉnh Lâm Đồng", issued_date=date(2025, 8, 1))], cited)
    assert None not in means.values()
    assert len(set(means.values())) == n
