"""vanban ask, cascade, coverage and deadlines on a small warehouse whose answers are known."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.cli import call
from pipeline.questions import QUESTIONS, month_after
from pipeline.warehouse.naming import unit_named
from pipeline.warehouse.opening import open_warehouse


@pytest.fixture
def db(small: Path) -> str:
    return str(small)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert call(*words, "--json") == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_the_ten_questions_are_listed_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("ask") == 0
    printed = capsys.readouterr().out
    for number, question in QUESTIONS.items():
        assert question.asked_in_general in printed
        assert f"vanban ask {number}" in printed


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("1", "--ref", "45/QĐ-UBND"), [{"level": "huyện", "n_documents": 1}, {"level": "xã", "n_documents": 1}]),
        (("2", "--ref", "45/QĐ-UBND"), []),
        (("3", "--on", "2024-03-15"), [{"due_on": "2024-04-20"}, {"due_on": "2024-04-30"}]),
        (("4",), [{"name": "Đinh Thị Mẫu", "n_for_head": 1, "unit": "Ủy ban nhân dân huyện Sông Lam"}]),
        (("4", "--unit", "suoi bac"), []),
        (("5", "--ref", "45/QĐ-UBND"), []),
        (("6", "--year", "2024"), []),
        (("7", "--unit", "u-xa"), []),
        (("8",), []),
        (("9", "--unit", "u-phong"), [{"cited": "45/QĐ-UBND", "n_peers": 0}]),
        (("10", "--ref", "88/ptnmt"), [{"ref": "12/KH-UBND", "relation": "thực hiện"}]),
    ],
)
def test_questions_are_answered(
    db: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], wanted: list[dict[str, Any]]
) -> None:
    rows = told(capsys, "ask", *words, "--db", db)
    assert [{name: row[name] for name in want} for row, want in zip(rows, wanted, strict=True)] == wanted
    assert call("ask", *words, "--db", db) == 0
    printed = capsys.readouterr().out
    question = QUESTIONS[int(words[0])]
    if wanted:
        for heading in question.headings.values():
            assert heading in printed
    else:
        assert printed.strip() == question.nothing


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask", "1"), "needs --ref"),
        (("ask", "1", "--ref", "45/QĐ-UBND", "--year", "1999"), "near it: 45/QĐ-UBND"),
        (("ask", "9"), "needs --unit"),
        (("ask", "9", "--unit", "không có đơn vị này"), "no unit fits"),
        (("ask", "9", "--unit", "sông lam"), "2 units fit"),
        (("cascade", "99/QĐ-XYZ"), "knows no instrument"),
        (("coverage", "45/QĐ-UBND", "--province", "Sơn La"), "--province needs --level"),
        (("deadlines", "--remind", "3"), "--remind needs --ics"),
    ],
)
def test_what_cannot_be_answered_says_why(
    db: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert call(*words, "--db", db) == 2
    error = capsys.readouterr().err
    assert said in error
    assert " → " in error


def test_a_cascade_is_indented_by_its_steps(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = told(capsys, "cascade", "45/QĐ-UBND", "--db", db)
    steps = {row["ref"]: row["step"] for row in rows}
    assert steps["45/QĐ-UBND"] == 0
    assert steps["88/PTNMT"] == 1
    assert all(row["carried_by"].startswith("  " * row["step"]) for row in rows)
    assert call("cascade", "45/QĐ-UBND", "--db", db) == 0
    assert "\n  (không rõ đơn vị)" in capsys.readouterr().out


def test_coverage_of_a_level(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("coverage", "45/QĐ-UBND", "--level", "huyện", "--db", db)
    rows = told(capsys, *words)
    assert {row["unit_id"]: row["answered"] for row in rows} == {"u-huyen": False, "u-phong": True}
    assert [row["unit_id"] for row in told(capsys, *words, "--missing")] == ["u-huyen"]
    assert call(*words) == 0
    assert "1/2 đơn vị đã có văn bản" in capsys.readouterr().out


def test_coverage_of_a_number_that_two_instruments_have(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shutil.copy(db, tmp_path / "kho.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "INSERT INTO instruments BY NAME "
            "SELECT * REPLACE ('i-older' AS instrument_id, 2020 AS year, NULL AS doc_id) "
            "FROM instruments WHERE instrument_id = 'i-45'"
        )
    assert call("coverage", "45/QĐ-UBND", "--level", "huyện", "--db", str(path)) == 0
    printed = capsys.readouterr()
    assert "2 văn bản 45/QĐ-UBND: 1/4 lượt đơn vị" in printed.out
    assert "Ngày văn bản gốc" in printed.out
    assert "Thêm --year" in printed.err


def test_deadlines_ahead_late_and_of_a_unit(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ahead = ("deadlines", "--on", "2024-04-01", "--days", "25", "--db", db)
    assert [row["due_on"] for row in told(capsys, *ahead)] == ["2024-04-20"]
    assert [row["due_on"] for row in told(capsys, *ahead, "--unit", "truong cac thon")] == ["2024-04-20"]
    assert told(capsys, *ahead, "--unit", "sở nội vụ") == []
    late = told(capsys, "deadlines", "--overdue", "--on", "01/05/2024", "--db", db)
    assert {row["due_on"] for row in late} == {"2024-03-31", "2024-04-20", "2024-04-30"}
    target = tmp_path / "han.ics"
    assert call(*ahead, "--ics", str(target)) == 0
    printed = capsys.readouterr()
    assert "Trưởng các thôn" in printed.out
    assert "Đã ghi 1 thời hạn" in printed.err
    assert target.read_bytes().count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize(
    ("words", "unit_id"),
    [
        ("u-xa", "u-xa"),
        ("Ủy ban nhân dân huyện Sông Lam", "u-huyen"),
        ("uy ban nhan dan huyen song lam", "u-huyen"),
        ("tài nguyên", "u-phong"),
        ("SUOI  BAC", "u-xa"),
    ],
)
def test_a_unit_is_named_by_enough_of_its_name(db: str, words: str, unit_id: str) -> None:
    with open_warehouse(Path(db)) as connection:
        assert unit_named(connection, words) == unit_id


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        (date(2024, 1, 31), date(2024, 2, 1), date(2024, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 1), date(2027, 1, 31)),
    ],
)
def test_the_month_after(day: date, since: date, until: date) -> None:
    assert month_after(day) == (since, until)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("ve sinh",), ["12/KH-UBND", "88/PTNMT", "45/QĐ-UBND"]),
        (("vệ sinh", "--type", "Kế hoạch"), ["12/KH-UBND"]),
        (("vệ sinh", "--since", "2024-03-01", "--until", "05/03/2024"), ["88/PTNMT"]),
        (("vệ sinh", "--unit", "song lam huyen"), None),
        (("vệ sinh", "--unit", "uy ban nhan dan huyen song lam"), ["45/QĐ-UBND"]),
        (("không có' -- chữ này",), []),
    ],
)
def test_search(db: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], found: list[str] | None) -> None:
    if found is None:
        assert call("search", *words, "--db", db) == 2
        return
    rows = told(capsys, "search", *words, "--db", db)
    assert sorted(row["ref"] for row in rows) == sorted(found)
    assert call("search", *words, "--db", db, "--limit", "1") == 0
    printed = capsys.readouterr()
    assert ("Chỗ tìm thấy" in printed.out) is bool(found)
    assert ("còn nữa" in printed.err) is (len(found) > 1)


def test_search_needs_a_word(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("search", ' "-" ', "--db", db) == 2
    assert "no word" in capsys.readouterr().err
