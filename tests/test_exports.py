"""The warehouse in other programs' forms, read back by the libraries that read them."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import networkx as nx
import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar
from lxml import etree
from python_calamine import CalamineWorkbook

from pipeline.cli import call
from pipeline.exports.akoma_ntoso import NAMESPACE, Work, document_tree, portion
from pipeline.exports.calendar import rule_from, write_calendar
from pipeline.exports.workbook import LONGEST_CELL, write_workbook
from pipeline.warehouse.opening import open_warehouse
from tests import small_warehouse

PLAN, DECISION, LETTER = small_warehouse.DOC_IDS
NOW = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def db(small: Path) -> Path:
    return small


def midnight(day: date) -> datetime:
    return datetime.combine(day, NOW.min.time())


def test_every_form_in_one_call(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [
        word for name in ("parquet", "xlsx", "graphml", "gexf", "html", "ics", "akn") for word in ("--format", name)
    ]
    assert call("export", str(tmp_path), "--db", str(db), *wanted) == 0
    assert capsys.readouterr().out.count("Đã ghi") == 9
    assert duckdb.read_parquet(str(tmp_path / "tables" / "documents.parquet")).fetchall()
    for name in (
        "vanban.xlsx",
        "documents.graphml",
        "units.gexf",
        "mang-luoi.html",
        "deadlines.ics",
        f"akn/{PLAN[:20]}.xml",
    ):
        assert (tmp_path / name).stat().st_size > 0
    assert call("export", str(tmp_path), "--db", str(db), "--format", "xlsx", "--table", "nothing") == 2
    assert "--list" in capsys.readouterr().err
    assert call("export", str(tmp_path), "--db", str(db), "--format", "xlsx", "--table", "obligations") == 0
    assert CalamineWorkbook.from_path(tmp_path / "vanban.xlsx").sheet_names == ["Mục lục", "obligations"]


@pytest.mark.parametrize("network", ["documents", "units"])
@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_are_read_back(db: Path, tmp_path: Path, network: str, form: str, read: object) -> None:
    assert call("export", str(tmp_path), "--db", str(db), "--format", form) == 0
    graph = read(tmp_path / f"{network}.{form}")  # type: ignore[operator]
    assert isinstance(graph, nx.DiGraph)
    if network == "units":
        assert set(graph.edges) == {("u-xa", "u-huyen"), ("u-xa", "u-phong"), ("u-phong", "u-huyen")}
        assert graph.nodes["u-xa"]["label"] == "Ủy ban nhân dân xã Suối Bạc"
        return
    node = graph.nodes["i-45"]
    assert (node["label"], node["level"], node["type"], node["n"]) == ("45/QĐ-UBND", "huyện", "quyết định", 2)
    assert graph.nodes[PLAN]["year"] == 2024
    assert set(graph.edges) == {(PLAN, "i-45"), (PLAN, "i-88"), ("i-45", "i-luat"), ("i-88", "i-45")}
    edge = graph.edges[PLAN, "i-45"]
    assert (edge["relation"], edge["n"], edge["weight"]) == ("căn cứ", 1, 1)


def test_a_workbook_holds_words_as_words(tmp_path: Path) -> None:
    with duckdb.connect() as db:
        db.execute("CREATE TABLE a (words VARCHAR, day DATE, n INTEGER, yes BOOLEAN, many VARCHAR[], share DOUBLE)")
        db.executemany(
            "INSERT INTO a VALUES (?, ?, ?, ?, ?, ?)",
            [
                ["=1+1", date(2024, 3, 7), 5, True, ["x", "y"], 0.5],
                ["+84 https://a.vn @b", date(1890, 1, 1), None, False, None, float("nan")],
                ["c\x0bd" * 20_000, None, None, None, None, None],
                ["06", None, None, None, None, None],
            ],
        )
        written = write_workbook(db, tmp_path / "a.xlsx", ["a"])
    assert (written.rows, written.cut) == ({"a": 4}, 1)
    _, first, second, third, fourth = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("a").to_python()
    assert first == ["=1+1", date(2024, 3, 7), 5, True, "x, y", 0.5]
    assert second[:2] == ["+84 https://a.vn @b", "1890-01-01"]
    assert len(str(third[0])) <= LONGEST_CELL
    assert fourth[0] == "06"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        sheets = b"".join(package.read(name) for name in package.namelist() if "sheet" in name)
    assert re.search(rb"<f>|<hyperlink", sheets) is None


def test_more_rows_than_a_sheet_go_on_to_the_next(tmp_path: Path) -> None:
    with duckdb.connect() as db:
        db.execute("CREATE TABLE a AS SELECT range AS n FROM range(9)")
        write_workbook(db, tmp_path / "a.xlsx", ["a"], most_rows=5)
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert book.sheet_names == ["Mục lục", "a", "a 2", "a 3"]
    read = [row[0] for name in book.sheet_names[1:] for row in book.get_sheet_by_name(name).to_python()[1:]]
    assert read == list(range(9))


def test_the_calendar_is_one_that_calendar_programs_read(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.ics"
    with open_warehouse(db) as connection:
        written = write_calendar(connection, target, NOW, remind_days=3)
    assert (written.events, written.left_out) == (4, 0)
    content = target.read_bytes()
    assert content.endswith(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    events = {str(e["uid"]): e for e in Calendar.from_ical(content).walk("VEVENT")}
    assert len(events) == 4
    once = events[f"{PLAN[:8]}-d1@vanban"]
    assert (once["dtstart"].dt, once["dtend"].dt) == (date(2024, 4, 20), date(2024, 4, 21))
    assert b"DTSTART;VALUE=DATE:20240420" in content
    assert str(once["summary"]) == "Hạn: Trưởng các thôn báo cáo kết quả về UBND xã trước ngày 20/4/2024."
    assert "Báo cáo cho: UBND xã" in str(once["description"])
    assert once.walk("VALARM")[0]["trigger"].dt == timedelta(days=-3)
    quarterly = events[f"{PLAN[:8]}-d2@vanban"]
    rule = rrulestr(quarterly["rrule"].to_ical().decode(), dtstart=midnight(quarterly["dtstart"].dt))
    assert [f"{day:%d/%m/%Y}" for day in rule[:3]] == ["31/03/2024", "30/06/2024", "30/09/2024"]
    first = content
    with open_warehouse(db) as connection:
        write_calendar(connection, target, NOW, remind_days=3)
    assert target.read_bytes() == first


def test_a_recurring_term_begins_with_the_day_it_names(db: Path, tmp_path: Path) -> None:
    path = shutil.copy(db, tmp_path / "kho.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "UPDATE deadlines SET recurrence = 'FREQ=MONTHLY;INTERVAL=6', due_date = '2024-06-15' "
            "WHERE recurrence IS NOT NULL"
        )
        write_calendar(connection, tmp_path / "x.ics", NOW)
    assert b"DTSTART;VALUE=DATE:20240615" in (tmp_path / "x.ics").read_bytes()


def test_words_are_escaped_and_folded_between_letters(db: Path, tmp_path: Path) -> None:
    words = "a,b;c\\d\x07 " + "Ủy ban nhân dân xã Suối Bạc " * 40
    path = shutil.copy(db, tmp_path / "kho.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE deadlines SET obligation = ?", [words])
        write_calendar(connection, tmp_path / "x.ics", NOW)
    content = (tmp_path / "x.ics").read_bytes()
    for line in content.split(b"\r\n"):
        assert len(line.decode("utf-8").encode()) <= 75
    told = {str(event["description"]).splitlines()[0] for event in Calendar.from_ical(content).walk("VEVENT")}
    assert told == {"Việc phải làm: a,b;c\\d " + " ".join(words.split()[1:])}


@pytest.mark.parametrize("last", [None, date(2026, 12, 31)])
@pytest.mark.parametrize(
    ("recurrence", "begun", "until"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", date(2024, 1, 10), 36),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2024, 1, 10), 36),
        ("FREQ=MONTHLY;INTERVAL=3", date(2024, 2, 10), 36),
        ("FREQ=MONTHLY;INTERVAL=6", date(2024, 2, 10), 36),
        ("FREQ=YEARLY", date(2024, 2, 10), 36),
        ("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=12", date(2024, 9, 10), 36),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2024, 1, 10), 36),
        ("FREQ=WEEKLY", date(2024, 1, 10), 3),
    ],
)
def test_a_calendar_program_counts_the_days_that_the_warehouse_counts(
    db: Path, tmp_path: Path, recurrence: str, begun: date, until: int, last: date | None
) -> None:
    path = shutil.copy(db, tmp_path / "kho.duckdb")
    end = begun + timedelta(days=31 * until)
    with duckdb.connect(str(path)) as connection:
        subject = "Kế hoạch" if last is None else f"Kế hoạch năm {last.year}"
        connection.execute(
            "UPDATE documents SET issued_date = ?, subject = ? WHERE ref = '12/KH-UBND'", [begun, subject]
        )
        connection.execute("UPDATE deadlines SET recurrence = ? WHERE recurrence IS NOT NULL", [recurrence])
        wanted = [
            day
            for (day,) in connection.execute(
                "SELECT due_on FROM occurrences_between(?, ?) WHERE is_recurring ORDER BY 1", [begun, end]
            ).fetchall()
        ]
    rule = rule_from(recurrence, wanted[0], last)
    counted = rrulestr(rule, dtstart=midnight(wanted[0])).between(midnight(begun), midnight(end), inc=True)
    assert [day.date() for day in counted] == wanted


@pytest.mark.parametrize(
    ("work", "iri"),
    [
        (
            Work("nghị định", "30/2020/NĐ-CP", date(2020, 3, 5), "Chính phủ"),
            "/akn/vn/act/nghi-dinh/chinh-phu/2020-03-05/30-2020-nd-cp",
        ),
        (
            Work("luật", "72/2020/QH14", date(2020, 11, 17), "Quốc hội"),
            "/akn/vn/act/luat/quoc-hoi/2020-11-17/72-2020-qh14",
        ),
        (Work("chỉ thị", "33/CT-TTg", 2021, None), "/akn/vn/doc/chi-thi/2021/33-ct-ttg"),
        (Work("luật", None, 2013, "Quốc hội", "Luật Đất đai"), "/akn/vn/act/luat/quoc-hoi/2013/luat-dat-dai"),
        (Work("công văn", "88/PTNMT", None, None), None),
    ],
)
def test_works_are_named_by_the_naming_convention(work: Work, iri: str | None) -> None:
    assert work.iri == iri
    assert iri is None or re.fullmatch(r"/akn/vn/(act|doc)(/[a-z0-9-]+){0,2}/\d{4}(-\d\d-\d\d)?/[a-z0-9-]+", iri)


@pytest.mark.parametrize(
    ("pinpoint", "told"),
    [("điểm a khoản 2 Điều 5", "/~art_5__para_2__point_a"), ("điểm đ khoản 1", "/~para_1__point_d"), (None, "")],
)
def test_a_pinpoint_is_a_portion_of_the_work(pinpoint: str | None, told: str) -> None:
    assert portion(pinpoint) == told


def test_citations_are_references_in_place(db: Path, tmp_path: Path) -> None:
    assert call("export", str(tmp_path), "--db", str(db), "--format", "akn") == 0
    tree = etree.parse(tmp_path / "akn" / f"{PLAN[:20]}.xml")
    names = {"a": NAMESPACE}
    refs = [(ref.get("href"), ref.text) for ref in tree.iterfind(".//a:mainBody//a:ref", names)]
    assert refs == [
        (
            "/akn/vn/doc/quyet-dinh/uy-ban-nhan-dan-huyen-song-lam/2024-02-20/45-qd-ubnd",
            "Quyết định số 45/QĐ-UBND ngày 20/02/2024 của UBND huyện Sông Lam",
        ),
        (
            "/akn/vn/doc/cong-van/phong-tai-nguyen-va-moi-truong-huyen-song-lam/2024-03-01/88-ptnmt",
            "Công văn số 88/PTNMT ngày 01/3/2024 của Phòng Tài nguyên và Môi trường",
        ),
    ]
    said = "\n".join("".join(p.itertext()) for p in tree.iterfind(".//a:mainBody/a:p", names))
    assert said == small_warehouse.PLAN


def test_text_that_xml_cannot_hold_does_not_break_the_file() -> None:
    document = {
        "doc_id": "0" * 64, "text": "a\x00b < & > \ufffe\nCăn cứ", "doc_type": None, "ref": None, "ref_repaired": None,
        "issued_date": None, "issued_year": None, "issuer": "A & B", "subject": "<b>",
    }  # fmt: skip
    read = etree.fromstring(etree.tostring(document_tree(document, [])))
    assert "ab < & > " in "".join(read.itertext())
