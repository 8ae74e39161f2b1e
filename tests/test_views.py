"""Views and macros on rows made for each: what is counted, what is flagged, when a recurring term falls due."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import duckdb
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.warehouse.tables import tables
from pipeline.warehouse.views import DERIVED, create_views, derivation


def doc(name: str) -> str:
    return sha256(name.encode()).hexdigest()


@pytest.fixture
def db() -> duckdb.DuckDBPyConnection:
    return empty()


def empty() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for table in tables().values():
        connection.execute(table.create_statement)
    create_views(connection)
    return connection


def add(db: duckdb.DuckDBPyConnection, table: str, **row: Any) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def document(db: duckdb.DuckDBPyConnection, name: str, issued: date | None = date(2022, 5, 4), **told: Any) -> None:
    row = {
        "doc_id": doc(name), "source_path": f"{name}.txt", "file_format": "txt", "media": "born_digital", "text": "",
        "ref": name, "issued_date": issued, "issued_year": issued and issued.year,
    }  # fmt: skip
    add(db, "documents", **{**row, **told})


def cite(db: duckdb.DuckDBPyConnection, name: str, instrument: str, at: int = 0, relation: str = "thực hiện") -> None:
    add(
        db, "citations", citation_id=f"{name}-{instrument}-{at:05d}", doc_id=doc(name), instrument_id=instrument,
        kind="numbered", relation=relation, quote="x" * 20, char_start=at, char_end=at + 20, page_no=1,
    )  # fmt: skip


def fill(db: duckdb.DuckDBPyConnection) -> None:
    for name in DERIVED:
        db.execute(derivation(name))


def flags(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[bool, bool, bool, bool]]:
    rows = db.execute(
        "SELECT citing_ref, instrument_id, is_self, is_forward, is_copy, counted FROM citation_edges"
    ).fetchall()
    return {(ref, instrument): tuple(rest) for ref, instrument, *rest in rows}


# --- edges -----------------------------------------------------------------------------------------------------------


def test_depth_counts_mentions_side_by_side_once(db: duckdb.DuckDBPyConnection) -> None:
    document(db, "a")
    add(db, "instruments", instrument_id="i", ref="30/2020/NĐ-CP")
    for at in (0, 25, 500, 2000):  # The second begins five characters after the first ends.
        cite(db, "a", "i", at, "căn cứ" if at == 500 else "dẫn chiếu")
    fill(db)
    assert db.execute("SELECT n_mentions, relation, relations, first_page_no FROM edges").fetchall() == [
        (3, "căn cứ", ["căn cứ", "dẫn chiếu"], 1)
    ]


def test_edges_to_itself_forward_in_time_and_of_copies_are_flagged_and_not_counted(
    db: duckdb.DuckDBPyConnection,
) -> None:
    for name in ("a", "scan of a", "b"):
        document(db, name)
        add(
            db, "document_variants", doc_id=doc(name), variant_group=doc(name[-1]), is_best=len(name) == 1,
            n_variants=1 + (name != "b"),
        )  # fmt: skip
    add(db, "instruments", instrument_id="own", doc_id=doc("a"), date=date(2022, 5, 4))
    add(db, "instruments", instrument_id="later", date=date(2022, 5, 5))
    add(db, "instruments", instrument_id="later year", year=2023)
    add(db, "instruments", instrument_id="same day", date=date(2022, 5, 4))
    for instrument in ("own", "later", "later year", "same day"):
        cite(db, "a", instrument)
    cite(db, "scan of a", "own")
    cite(db, "scan of a", "same day")
    cite(db, "b", "own")
    fill(db)
    assert flags(db) == {
        ("a", "own"): (True, False, False, False),
        ("a", "later"): (False, True, False, False),
        ("a", "later year"): (False, True, False, False),
        ("a", "same day"): (False, False, False, True),
        ("scan of a", "own"): (True, False, True, False),
        ("scan of a", "same day"): (False, False, True, False),
        ("b", "own"): (False, False, False, True),
    }


def test_a_cascade_never_goes_up_nor_in_circles(db: duckdb.DuckDBPyConnection) -> None:
    for unit, level in (("central", "trung ương"), ("province", "tỉnh"), ("commune", "xã")):
        add(db, "units", unit_id=unit, name=unit, level=level)
    day = date(2022, 1, 10)
    for at, (name, unit) in enumerate((("plan", "province"), ("report", "commune"), ("answer", "province"))):
        document(db, name, day, issuer_unit_id=unit)
        add(
            db, "instruments", instrument_id=name, ref=name, doc_id=doc(name), issuer_unit_id=unit,
            date=day + timedelta(days=at * 0),
        )  # fmt: skip
    add(db, "instruments", instrument_id="directive", ref="33/CT-TTg", issuer_unit_id="central", date=date(2022, 1, 1))
    cite(db, "plan", "directive")
    cite(db, "report", "plan")
    cite(db, "plan", "report")  # On one day each cites the other.
    cite(db, "answer", "report")  # Up again: the province answers the commune.
    fill(db)
    rows = db.execute("SELECT ref, step, told_by, days_from_above FROM cascade('33/ct-ttg')").fetchall()
    assert rows == [("33/CT-TTg", 0, None, None), ("plan", 1, "33/CT-TTg", 9), ("report", 2, "plan", 0)]


# --- deadlines -------------------------------------------------------------------------------------------------------

_RULES = {
    "FREQ=MONTHLY": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTHDAY=25": "FREQ=MONTHLY;BYMONTHDAY=25",
    "FREQ=MONTHLY;BYMONTHDAY=-1": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=3": "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15": "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15",
    "FREQ=MONTHLY;INTERVAL=6": "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1",
    "FREQ=YEARLY": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30": "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30",
    "FREQ=WEEKLY": "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=WEEKLY;BYDAY=MO": "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=DAILY": "FREQ=DAILY",
}
"""What the extractor writes, and what it means when the day is left to custom: the end of the calendar's period."""


@pytest.mark.parametrize(
    ("recipient", "purpose", "told"),
    [
        ("ubnd-tinh", None, False),
        ("ubnd-tinh", "báo cáo", False),
        ("phong", "thực hiện", True),
        ("phong", "để biết", False),
        ("so-ban", None, True),
        ("bo", None, False),
    ],
)
def test_a_unit_above_is_not_told_to_act(
    db: duckdb.DuckDBPyConnection, recipient: str, purpose: str | None, told: bool
) -> None:
    for unit_id, level, parent in (
        ("bo", "trung ương", None), ("ubnd-tinh", "tỉnh", None), ("so", "tỉnh", "ubnd-tinh"),
        ("so-ban", "tỉnh", "ubnd-tinh"), ("phong", "huyện", None),
    ):  # fmt: skip
        add(db, "units", unit_id=unit_id, name=unit_id, level=level, parent_id=parent)
    document(db, "letter", issuer_unit_id="so")
    row = {"doc_id": doc("letter"), "ordinal": 1, "role": "nơi nhận", "name": "x", "purpose": purpose}
    add(db, "recipients", **row, unit_id=recipient)
    found = [unit for (unit,) in db.execute("SELECT unit_id FROM addressed_units").fetchall()]
    assert found == ([recipient] if told else [])


def occurrences(rule: str, issued: date, first: date, last: date, **told: Any) -> list[date]:
    with empty() as db:
        document(db, "a", issued, **{name: told.pop(name) for name in ("subject",) if name in told})
        add(
            db,
            "deadlines",
            deadline_id="d",
            doc_id=doc("a"),
            kind="recurring",
            recurrence=rule,
            quote="định kỳ",
            **told,
        )
        found = db.execute("SELECT due_on FROM deadlines_between(?, ?) ORDER BY 1", [first, last]).fetchall()
        return [day for (day,) in found]


@settings(max_examples=30, deadline=None)
@given(
    rule=st.sampled_from(sorted(_RULES)),
    issued=st.dates(date(2015, 1, 1), date(2025, 12, 31)),
    after=st.integers(-200, 900),
    length=st.integers(0, 400),
)
def test_recurring_terms_fall_on_the_days_that_dateutil_gives(rule: str, issued: date, after: int, length: int) -> None:
    first = issued + timedelta(days=after)
    last = first + timedelta(days=length)
    begin = datetime.combine(issued + timedelta(days=1), datetime.min.time())
    expected = rrulestr(_RULES[rule], dtstart=begin).between(
        datetime.combine(first, datetime.min.time()), datetime.combine(last, datetime.min.time()), inc=True
    )
    assert occurrences(rule, issued, first, last) == [day.date() for day in expected]


def test_a_recurring_term_with_a_first_day_goes_on_from_it() -> None:
    days = occurrences(
        "FREQ=MONTHLY;INTERVAL=6", date(2022, 3, 1), date(2022, 1, 1), date(2024, 1, 1), due_date=date(2022, 5, 15)
    )
    assert days == [date(2022, 5, 15), date(2022, 11, 15), date(2023, 5, 15), date(2023, 11, 15)]


def test_day_31_is_the_last_of_a_shorter_month_and_the_subject_names_the_last_year() -> None:
    days = occurrences(
        "FREQ=MONTHLY;BYMONTHDAY=31", date(2023, 10, 2), date(2023, 1, 1), date(2030, 1, 1),
        subject="Kế hoạch giai đoạn 2021-2024",
    )  # fmt: skip
    months = [(2023, month) for month in (10, 11, 12)] + [(2024, month) for month in range(1, 13)]
    assert days == [date(year, month, monthrange(year, month)[1]) for year, month in months]


# --- series ----------------------------------------------------------------------------------------------------------


def test_a_number_that_someone_cites_is_not_missing(db: duckdb.DuckDBPyConnection) -> None:
    add(db, "units", unit_id="u", name="Ủy ban nhân dân xã Suối Bạc")
    for number, held in (("02", True), ("3", False), ("07a", True), ("7", False), ("9", True)):
        add(
            db, "instruments", instrument_id=f"i{number}", number=number, year=2024, instrument_type="kế hoạch",
            issuer_unit_id="u", ref=f"{number}/KH-UBND", doc_id=doc(number) if held else None,
        )  # fmt: skip
    gaps = db.execute("SELECT gap_from, gap_to, n_missing, next_known FROM series_gaps('ủy ban nhân dân xã suối bạc')")
    assert gaps.fetchall() == [(1, 1, 1, "02/KH-UBND"), (4, 6, 3, "07a/KH-UBND"), (8, 8, 1, "9/KH-UBND")]
    assert db.execute("SELECT last_number, n_known, n_held, n_missing FROM series").fetchall() == [(9, 4, 3, 5)]


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dân vận khéo", ["khéo", "khéo không dấu", "rời"]),
        ('"dan van kheo"', ["khéo không dấu", "khéo"]),
        ('"dân vận khéo" kế hoạch', ["khéo"]),
        ("DÂN VẬN KHÉO 33/CT-TTg", ["khéo"]),
        ("khé", []),
        ('"khéo; Dân"', []),
        ("hoà", ["rời"]),
        ("", []),
        ('"', []),
        ("một hai ba bốn năm sáu bảy", []),
    ],
)
def test_search(db: duckdb.DuckDBPyConnection, query: str, found: list[str]) -> None:
    texts = {
        "khéo": "KẾ HOẠCH\nThực hiện Chỉ thị 33/CT-TTg, phong trào “Dân vận khéo” năm 2021.",
        "khéo không dấu": "Bao cao phong trao dan van kheo.",
        "rời": "Khéo vận động nhân dân, hòa giải ở cơ sở.\nVận dụng; dân chủ.",
    }
    for name, text in texts.items():
        document(db, name, text=text)
    assert [ref for (ref,) in db.execute("SELECT ref FROM search_text(?) ORDER BY rank", [query]).fetchall()] == found


def test_search_tells_section_page_and_place(db: duckdb.DuckDBPyConnection) -> None:
    text = "KẾ HOẠCH\nI. MỤC ĐÍCH\nNâng cao ý thức.\nII. NỘI DUNG\nPhong trào dân vận khéo."
    document(db, "a", text=text)
    for at, (title, level) in enumerate((("KẾ HOẠCH", 0), ("MỤC ĐÍCH", 1), ("NỘI DUNG", 1))):
        start = text.index(title)
        end = len(text) if title != "MỤC ĐÍCH" else text.index("II.")
        add(
            db,
            "sections",
            doc_id=doc("a"),
            section_id=f"s{at}",
            level=level,
            title=title,
            char_start=start,
            char_end=end,
        )
    add(db, "pages", doc_id=doc("a"), page_no=1, char_start=0, char_end=30)
    add(db, "pages", doc_id=doc("a"), page_no=2, char_start=30, char_end=len(text))
    rows = db.execute(
        "SELECT section_title, page_no, char_start, as_written FROM search_text('dan van kheo')"
    ).fetchall()
    assert rows == [("NỘI DUNG", 2, text.index("dân vận khéo"), False)]
