"""Review: doubtful rows go out, a person corrects them in a spreadsheet, every later run applies the corrections."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from pipeline.cli import call
from pipeline.evaluation import Score, evaluate_reviewed
from pipeline.review.corrections import (
    AFTER,
    BEFORE,
    KEY,
    PAGE,
    QUOTE,
    SOURCE_PATH,
    VERDICT,
    SheetKey,
    guarded,
    read_corrections,
)
from pipeline.review.fields import KINDS, Field, columns_of, kind_titled, same, shown

LETTER = """ỦY BAN NHÂN DÂN
HUYỆN LẠC XUYÊN
Số: 45/UBND-NV
V/v rà soát hồ sơ lưu trữ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạc Xuyên, ngày 04 tháng 3 năm 2021

Kính gửi: Ủy ban nhân dân các xã, thị trấn.

Thực hiện Công văn số 812/SNV-VTLT ngày 22/02/2021 của Sở Nội vụ về việc rà soát hồ sơ lưu trữ;
Căn cứ Quyết định số 06/QĐ-UBND ngày 05/3/2020 của Ủy ban nhân dân huyện về lưu trữ;
Ủy ban nhân dân huyện yêu cầu Ủy ban nhân dân các xã, thị trấn báo cáo kết quả về Phòng Nội vụ trước ngày 15/4/2021.
Các phòng gửi danh mục hồ sơ trong tháng 3 năm 2021./.

Nơi nhận:
- Như trên;
- Phòng Nội vụ;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Đinh Văn Khảm
"""

REVIEWED_CITATIONS = """
SELECT quote, substr(text, char_start + 1, char_end - char_start)
FROM citations JOIN documents USING (doc_id) WHERE citations.reviewed
"""


class Desk:
    """A folder of documents, its warehouse, and the sheets that were corrected."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.raw, self.out, self.sheets = folder, folder / "raw", folder / "out", folder / "review"
        self.raw.mkdir()
        self.sheets.mkdir()
        (self.raw / "công văn 45.txt").write_text(LETTER, encoding="utf-8")

    def run(self) -> None:
        words = ("run", str(self.raw), "--out", str(self.out), "--workers", "1", "--review", str(self.sheets))
        assert call(*words) == 0

    def review(self) -> None:
        assert call("stage", "review", "--out", str(self.out), "--review", str(self.sheets)) == 0

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """What the warehouse holds after a whole run."""
        with duckdb.connect(str(self.out / "vanban.duckdb"), read_only=True) as db:
            return db.execute(sql).fetchall()

    def reviewed(self, sql: str) -> list[tuple[Any, ...]]:
        """What the stage review left; documents are the headers with their texts."""
        with duckdb.connect() as db:
            for name in ("headers", "citations", "deadlines", "signatories", "recipients", "findings", "review_log"):
                db.execute(f"CREATE VIEW {name} AS FROM '{self.out}/review/{name}.parquet'")
            db.execute(f"CREATE VIEW texts AS SELECT doc_id, text FROM '{self.out}/ingest/documents.parquet'")
            db.execute("CREATE VIEW documents AS FROM headers JOIN texts USING (doc_id)")
            return db.execute(sql).fetchall()

    def export(self, name: str = "soat.xlsx", *words: str) -> Path:
        target = self.folder / name
        db, raw = str(self.out / "vanban.duckdb"), str(self.raw)
        assert call("review", "export", str(target), "--below", "1.01", "--db", db, "--raw", raw, *words) == 0
        return target

    def rows(self, sheet: str, book: Path | None = None) -> list[dict[str, Any]]:
        read = CalamineWorkbook.from_path(book or self.export(), load_tables=False).get_sheet_by_name(sheet).to_python()
        return [dict(zip(map(str, read[0]), row, strict=True)) for row in read[1:]]

    def put(self, rows: list[dict[str, Any]], sheet: str = "Viện dẫn", name: str = "soát.xlsx") -> None:
        """A corrected sheet as a spreadsheet program saves it: typed cells, and other columns beside ours."""
        with xlsxwriter.Workbook(self.sheets / name) as book:
            page = book.add_worksheet(sheet)
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            titles = list(dict.fromkeys(title for row in rows for title in row))
            page.write_row(0, 0, titles)
            for line, row in enumerate(rows, start=1):
                for at, title in enumerate(titles):
                    value = row.get(title, "")
                    if isinstance(value, date):
                        page.write_datetime(line, at, datetime(value.year, value.month, value.day), day)
                    elif isinstance(value, str):
                        page.write_string(line, at, value)
                    else:
                        page.write(line, at, value)

    def log(self) -> list[tuple[str, str]]:
        return self.reviewed("SELECT verdict, status FROM review_log ORDER BY file, row_no")


@pytest.fixture
def desk(tmp_path: Path, made: Path) -> Desk:
    """A desk whose first run is done (copied, since every test's first run is the same)."""
    fresh = Desk(tmp_path)
    shutil.copytree(made / "out", fresh.out)
    return fresh


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    Desk(folder).run()
    return folder


def test_without_corrections_nothing_is_changed(desk: Desk) -> None:
    assert desk.ask("SELECT count(*) FROM review_log") == [(0,)]
    for table in ("documents", "citations", "deadlines", "signatories", "recipients"):
        assert desk.ask(f"SELECT DISTINCT reviewed FROM {table}") == [(False,)]


def test_the_sheet_shows_each_row_in_its_place(desk: Desk) -> None:
    book = desk.export()
    assert CalamineWorkbook.from_path(book).sheet_names == ["Hướng dẫn", *(kind.title for kind in KINDS)]
    first, second = desk.rows("Viện dẫn", book)
    assert first[VERDICT] == ""
    assert first[QUOTE] == "Công văn số 812/SNV-VTLT ngày 22/02/2021 của Sở Nội vụ"
    assert first[BEFORE].endswith("Thực hiện")
    assert first[AFTER].startswith("về việc rà soát")
    assert first[SOURCE_PATH] == "công văn 45.txt"
    assert first["Ngày của văn bản"] == "22/02/2021"
    assert second["Số, ký hiệu (như viết)"] == "06/QĐ-UBND"
    page = next((book.parent / "soat-trang").iterdir())
    with zipfile.ZipFile(book) as package:
        names = [name for name in package.namelist() if "worksheets" in name]
        content = {name: package.read(name).decode() for name in names}
    assert any(page.name in package_text for package_text in _relations(book))
    assert all("<f>" not in text for text in content.values())
    assert sum('type="list"' in text for text in content.values()) == len(KINDS)
    assert all('state="frozen"' in text for text in content.values() if 'type="list"' in text)
    assert 'id="t-c0"' in page.read_text(encoding="utf-8")


def _relations(book: Path) -> list[str]:
    with zipfile.ZipFile(book) as package:
        return [package.read(name).decode() for name in package.namelist() if name.endswith(".rels")]


def test_only_doubtful_rows_go_out(desk: Desk) -> None:
    assert desk.rows("Viện dẫn", desk.export("a.xlsx", "--below", "0.0")) == []


def test_confirmed_changed_deleted_and_added(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    rows = desk.rows("Viện dẫn")
    rows[0][VERDICT] = "đúng"
    rows[1][VERDICT] = "sửa"
    rows[1]["Quan hệ"] = "thực hiện"
    rows[1]["Số, ký hiệu (như viết)"] = "60/QĐ-UBND"
    rows[1]["Ngày của văn bản"] = date(2020, 3, 15)
    added_row = {"Quan hệ": "dẫn chiếu", "Loại văn bản": "danh mục", "Ngày của văn bản": 2021.0}
    rows.append({VERDICT: "thêm", SOURCE_PATH: "công văn 45.txt", QUOTE: "danh mục hồ sơ", **added_row})
    desk.put(rows)
    before = desk.ask("SELECT citation_id FROM citations ORDER BY char_start")
    desk.run()
    assert desk.log() == [("đúng", "applied"), ("sửa", "applied"), ("thêm", "applied")]
    assert desk.ask(
        "SELECT ref, number, relation, date, confidence, reviewed FROM citations WHERE number IS NOT NULL "
        "ORDER BY char_start"
    ) == [
        ("812/SNV-VTLT", "812", "thực hiện", date(2021, 2, 22), 1.0, True),
        ("60/QĐ-UBND", "60", "thực hiện", date(2020, 3, 15), 1.0, True),
    ]
    added = desk.ask(
        "SELECT quote, kind, date_year, date, page_no, reviewed, section_id IS NOT NULL FROM citations "
        "WHERE instrument_type = 'danh mục'"
    )
    assert added == [("danh mục hồ sơ", "dated", 2021, None, 1, True, True)]
    assert desk.ask("SELECT citation_id FROM citations ORDER BY char_start")[:2] == before
    judged = evaluate_reviewed(desk.out / "vanban.duckdb", desk.out / "extract")
    assert judged.score("citations") == Score(matched=1, wanted=3, found=2)
    assert judged.score("citations", relaxed=True).matched == 2
    assert judged.score("deadlines") == Score(0, 0, 0)
    assert judged.document_fields_overall().support == 0
    assert call("evaluate", "--out", str(desk.out), "--reviewed", "--json") == 0
    assert '"citations.recall": 0.3333' in capsys.readouterr().out
    refs = {ref for (ref,) in desk.ask("SELECT ref FROM instruments")}
    assert refs == {"45/UBND-NV", "60/QĐ-UBND", "812/SNV-VTLT"}
    assert desk.rows("Viện dẫn") == [], "what was reviewed is not doubtful any more"

    rows[0][VERDICT] = "xóa"
    rows[1]["Quan hệ"] = "căn cớ"
    desk.put(rows)
    desk.run()
    capsys.readouterr()
    assert call("review", "log", "--refused", "--db", str(desk.out / "vanban.duckdb")) == 0
    refused = capsys.readouterr().out.splitlines()
    assert "KHÔNG: giá trị sai" in refused[-1]
    assert len(refused) == 3
    assert desk.log()[0] == ("xóa", "applied")
    assert desk.ask("SELECT count(*) FROM citations WHERE ref = '812/SNV-VTLT'") == [(0,)]

    (desk.sheets / "soát.xlsx").unlink()
    desk.run()
    assert desk.ask("SELECT ref, reviewed FROM citations ORDER BY char_start") == [
        ("812/SNV-VTLT", False),
        ("06/QĐ-UBND", False),
    ]


def test_every_kind_of_row_can_be_corrected(desk: Desk) -> None:
    for sheet, changes in {
        "Văn bản": {"Trích yếu": "rà soát hồ sơ", "Ngày ban hành": "3/2021", "Số, ký hiệu (như viết)": "46/UBND-NV"},
        "Thời hạn": {"Ai làm": "các xã", "Hạn chót": "16/4/2021"},
        "Người ký": {"Họ tên": "Đinh Văn Khâm", "Chức vụ": "Phó Chủ tịch Thường trực"},
        "Nơi nhận": {"Vai trò": "Nơi nhận", "Mục đích": "để biết", "Như trên": "x"},
    }.items():
        rows = desk.rows(sheet)
        desk.put([{**rows[0], **changes, VERDICT: "sửa"}], sheet, f"{sheet}.xlsx")
    desk.review()
    assert {status for _, status in desk.log()} == {"applied"}
    assert desk.reviewed(
        "SELECT subject, issued_date, issued_year, issued_month, issued_day, ref, number, symbol, reviewed, "
        "header_confidence FROM documents"
    ) == [("rà soát hồ sơ", None, 2021, 3, None, "46/UBND-NV", "46", "UBND-NV", True, 1.0)]
    assert desk.reviewed("SELECT responsible, due_date FROM deadlines WHERE reviewed") == [
        ("các xã", date(2021, 4, 16))
    ]
    assert desk.reviewed("SELECT name, position, authority FROM signatories WHERE reviewed") == [
        ("Đinh Văn Khâm", "Phó Chủ tịch Thường trực", "KT")
    ]
    assert desk.reviewed("SELECT role, purpose, refers_to_addressees FROM recipients WHERE reviewed") == [
        ("nơi nhận", "để biết", True)
    ]


def test_signers_and_recipients_are_numbered_again(desk: Desk) -> None:
    rows = desk.rows("Nơi nhận")
    count = len(rows)
    rows[0][VERDICT] = "xóa"
    added = {VERDICT: "thêm", SOURCE_PATH: rows[0][SOURCE_PATH], QUOTE: "Các phòng", "Vai trò": "kính gửi"}
    desk.put([rows[0], {**added, "Tên nơi nhận": "Các phòng"}], "Nơi nhận")
    desk.review()
    ordinals = desk.reviewed("SELECT ordinal FROM recipients ORDER BY char_start")
    assert [ordinal for (ordinal,) in ordinals] == [*range(1, count + 1)]


def test_an_untouched_sheet_changes_nothing_however_it_was_saved(desk: Desk) -> None:
    rows = [
        {title: float(value) if title == PAGE else value for title, value in row.items()}
        for row in desk.rows("Viện dẫn")
    ]
    rows[0]["Ngày của văn bản"] = date(2021, 2, 22)
    rows[1]["Ngày của văn bản"] = "3/5/2020"  # month first, as an American spreadsheet writes 05/03/2020
    desk.put(rows)
    assert read_corrections(desk.sheets) == ([], [])


def test_an_edited_cell_counts_without_a_verdict(desk: Desk) -> None:
    rows = desk.rows("Viện dẫn")
    rows[0]["Điểm, khoản, điều"] = "khoản 2 Điều 5"
    desk.put(rows)
    desk.review()
    assert desk.log() == [("sửa", "applied")]
    assert desk.reviewed("SELECT pinpoint FROM citations WHERE reviewed") == [("khoản 2 Điều 5",)]


def test_the_quote_can_be_made_longer_or_shorter(desk: Desk) -> None:
    rows = desk.rows("Viện dẫn")
    rows[0][QUOTE] = "Công văn số 812/SNV-VTLT ngày 22/02/2021"
    desk.put(rows)
    desk.review()
    assert desk.log() == [("sửa", "applied")]
    ((quote, words),) = desk.reviewed(REVIEWED_CITATIONS)
    assert quote == words == "Công văn số 812/SNV-VTLT ngày 22/02/2021"


def with_key(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    doc_id, start, end, quote, values = json.loads(row[KEY])
    told = {"doc_id": doc_id, "start": start, "end": end, "quote": quote, "values": values, **changes}
    return {**row, QUOTE: told["quote"], KEY: SheetKey(**told).as_text()}


def test_the_kind_of_a_term_is_told_and_read_in_vietnamese() -> None:
    (kind,) = (field for sheet in KINDS for field in sheet.fields if field.title == "Dạng")
    assert kind.choices == ("ngày", "khoảng thời gian", "định kỳ", "tính từ một mốc")
    assert shown(kind, {"kind": "recurring"}) == "định kỳ"
    assert columns_of(kind, "Định kỳ") == columns_of(kind, "recurring") == {"kind": "recurring"}
    with pytest.raises(ValueError, match="chọn: ngày"):
        columns_of(kind, "hằng năm")


def test_words_that_moved_are_found_again_and_changed_words_are_reported(desk: Desk) -> None:
    first, second = desk.rows("Viện dẫn")
    moved = with_key(first, start=3, end=57)
    changed = with_key(second, quote="Quyết định số 07/QĐ-UBND")
    desk.put([{**moved, VERDICT: "xóa"}, {**changed, VERDICT: "sửa", "Quan hệ": "theo"}])
    desk.review()
    assert desk.log() == [("xóa", "moved"), ("sửa", "text_changed")]
    assert desk.reviewed("SELECT ref, relation, reviewed FROM citations") == [("06/QĐ-UBND", "căn cứ", False)]
    ((message,),) = desk.reviewed("SELECT message FROM findings WHERE kind = 'review_outdated'")
    assert "soát.xlsx, dòng 3" in message


@pytest.mark.parametrize(
    ("change", "status", "told"),
    [
        ({VERDICT: "sửa", "Quan hệ": "căn cớ"}, "invalid_value", "căn cứ"),
        ({VERDICT: "sửa", "Ngày của văn bản": "31/02/2021"}, "invalid_value", "không có ngày"),
        ({VERDICT: "sửa", QUOTE: "không có chữ này"}, "not_found", "không có chữ này"),
        ({VERDICT: "thêm", QUOTE: "Phòng Nội vụ"}, "ambiguous", "2 chỗ"),
        ({VERDICT: "thêm", QUOTE: "Chỉ thị số 1"}, "not_found", "chép đúng nguyên văn"),
        ({VERDICT: "thêm", SOURCE_PATH: "khác.txt", KEY: ""}, "document_missing", "không còn văn bản"),
        ({VERDICT: "bỏ"}, "unreadable", "chỉ nhận"),
        ({VERDICT: "sửa", KEY: "{hỏng"}, "unreadable", "khóa"),
        ({VERDICT: "xóa", KEY: ""}, "unreadable", "thêm"),
        ({VERDICT: "đúng", "Loại mục": "Khác"}, "unreadable", "Viện dẫn"),
    ],
)
def test_what_cannot_be_applied_is_told_and_changes_nothing(
    desk: Desk, change: dict[str, Any], status: str, told: str
) -> None:
    desk.put([{**desk.rows("Viện dẫn")[0], **change}])
    desk.review()
    ((found, message),) = desk.reviewed("SELECT status, message FROM review_log")
    assert (found, told in message) == (status, True), message
    assert desk.reviewed("SELECT DISTINCT reviewed FROM citations") == [(False,)]
    assert len(desk.reviewed("FROM citations")) == 2


def test_an_ambiguous_addition_is_settled_by_the_words_beside_it(desk: Desk) -> None:
    row = {VERDICT: "thêm", SOURCE_PATH: "công văn 45.txt", QUOTE: "Phòng Nội vụ", BEFORE: "báo cáo kết quả về"}
    desk.put([row])
    desk.review()
    assert desk.log() == [("thêm", "applied")]
    ((start,),) = desk.reviewed("SELECT char_start FROM citations WHERE reviewed")
    assert LETTER[:start].rstrip().endswith("báo cáo kết quả về")


def test_the_later_of_two_rows_about_one_place_counts(desk: Desk) -> None:
    row = desk.rows("Viện dẫn")[0]
    desk.put([{**row, VERDICT: "xóa"}], name="1.xlsx")
    desk.put([{**row, VERDICT: "đúng"}], name="2.xlsx")
    desk.review()
    assert desk.log() == [("xóa", "superseded"), ("đúng", "applied")]
    assert len(desk.reviewed("FROM citations")) == 2


def test_a_deleted_row_that_is_no_longer_found_is_no_problem(desk: Desk) -> None:
    row = {**desk.rows("Viện dẫn")[0], VERDICT: "xóa"}
    desk.put([row, with_key(row, start=0, end=15, quote="ỦY BAN NHÂN DÂN")])
    desk.review()
    assert desk.log() == [("xóa", "applied"), ("xóa", "already_gone")]


def semicolons_with_bom(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def commas(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def tabs_utf16(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab").writerows(rows)
    return out.getvalue().encode("utf-16")


@pytest.mark.parametrize("saved", [semicolons_with_bom, commas, tabs_utf16])
def test_csv_of_any_spreadsheet(desk: Desk, saved: Callable[[list[list[str]]], bytes]) -> None:
    desk.export("a.csv", "--no-pages")
    content = (desk.folder / "a-citations.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    at = {title: i for i, title in enumerate(rows[0])}
    rows[1][at[VERDICT]] = "Xoá"
    rows[2][at["Trích yếu"]] = "=về lưu trữ"
    (desk.sheets / "a.csv").write_bytes(saved(rows))
    desk.review()
    assert desk.log() == [("xóa", "applied"), ("sửa", "applied")]
    assert desk.reviewed("SELECT ref, title FROM citations") == [("06/QĐ-UBND", "=về lưu trữ")]


def test_cells_that_a_spreadsheet_would_run_are_guarded_in_csv() -> None:
    assert [guarded(cell) for cell in ("=1+1", "- Lưu: VT", "+84", "@x", "06", "")] == [
        "'=1+1", "'- Lưu: VT", "'+84", "'@x", "06", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"), [("hỏng.xlsx", b"PK\x03\x04"), ("trống.csv", b""), ("khác.csv", b"a,b\n1,2\n")]
)
def test_a_file_that_is_no_sheet_is_reported(desk: Desk, name: str, content: bytes) -> None:
    (desk.sheets / name).write_bytes(content)
    desk.review()
    assert desk.reviewed("SELECT file, row_no, status FROM review_log") == [(name, 0, "unreadable")]


def test_only_xlsx_and_csv_are_written(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("review", "export", str(desk.folder / "a.doc"), "--db", str(desk.out / "vanban.duckdb")) == 2
    assert "soat.xlsx" in capsys.readouterr().err


DAY, PARTIAL = Field("d", "Ngày", "day"), Field("date", "Ngày", "partial_day")
FLAG, TEXT = Field("f", "Cờ", "flag"), Field("t", "Chữ")


@pytest.mark.parametrize(
    ("field", "left", "right", "wanted"),
    [
        (TEXT, "06", "6", True),
        (TEXT, "06", "60", False),
        (TEXT, "hai  chữ", "hai chữ", True),
        (TEXT, "", "x", False),
        (DAY, "05/03/2020", "2020-03-05", True),
        (DAY, "05/03/2020", "3/5/2020", True),
        (DAY, "05/03/2020", "06/03/2020", False),
        (PARTIAL, "03/2020", "2020", False),
        (FLAG, "có", "TRUE", True),
        (FLAG, "có", "không", False),
    ],
)
def test_cells_that_say_the_same(field: Field, left: str, right: str, wanted: bool) -> None:
    assert same(field, left, right) is wanted


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_what_is_shown_is_read_back(kind: Any) -> None:
    values: dict[str, Any] = {
        "ref": "45/UBND-NV", "number": "45", "symbol": "UBND-NV", "due_date": date(2021, 4, 5), "working_days": True,
        "refers_to_addressees": False, "date": date(2020, 3, 5), "date_year": 2020, "date_month": 3, "date_day": 5,
        "issued_date": None, "issued_year": 2021, "issued_month": 3, "issued_day": None, "relation": "căn cứ",
        "role": "lưu", "kind": "date", "authority": "KT", "urgency": "khẩn", "secrecy": "mật", "name": "Lò Văn Thử",
    }  # fmt: skip
    for field in kind.fields:
        for column, value in columns_of(field, shown(field, values)).items():
            assert value == values.get(column), (field.title, column)
    assert kind_titled(kind.title) is kind
