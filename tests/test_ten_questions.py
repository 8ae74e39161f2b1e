"""The ten questions, on invented cascades whose key is known: files → pipeline → warehouse → answers."""

from __future__ import annotations

import importlib.util
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from rich.console import Console

from pipeline.corpus_run import run_quietly
from pipeline.questions import QUESTIONS
from pipeline.sample.cascades import Key, write_cascades
from pipeline.settings import Settings
from pipeline.stages.load import load
from pipeline.stages.stage import StageRun

ROOT = Path(__file__).parent.parent
PROVINCES = ("Kon Tum", "Sơn La", "Bình Phước", "Quảng Trị")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Key, Path]:
    folder = tmp_path_factory.mktemp("cascades")
    key = write_cascades(folder)
    run_quietly(folder / "raw", folder / "out", workers=None, params=None)
    return key, folder / "out"


@pytest.fixture(scope="module")
def key(corpus: tuple[Key, Path]) -> Key:
    return corpus[0]


@pytest.fixture(scope="module")
def db(corpus: tuple[Key, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(corpus[1] / "vanban.duckdb"), read_only=True) as connection:
        yield connection


def ask(db: duckdb.DuckDBPyConnection, number: int, **parameters: object) -> list[dict[str, Any]]:
    question = QUESTIONS[number]
    given = {name: parameters.get(name) for name in (*question.needs, *question.may)}
    if number == 10:
        given = {"instrument_id": parameters["instrument_id"]}
    answer = db.execute(question.sql, given)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def test_1_who_cites_the_directive(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    rows = ask(db, 1, ref="33/CT-TTg", year=2021)
    assert Counter({(row["level"], row["province"]): row["n_documents"] for row in rows}) == key.citers


@pytest.mark.parametrize(("at", "province"), list(enumerate(PROVINCES)))
def test_2_who_has_not_answered(db: duckdb.DuckDBPyConnection, key: Key, at: int, province: str) -> None:
    rows = ask(db, 2, ref=f"{140 + at}/KH-UBND", year=2021)
    assert {row["unit"] for row in rows} == key.silent[province]


def test_3_what_is_due(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    rows = ask(db, 3, since=date(2021, 12, 1), until=date(2021, 12, 31))
    assert len(rows) == len(key.due)
    assert {(row["due_on"].isoformat(), row["who_must"], row["report_to"], row["told_by"]) for row in rows} == key.due


def test_4_who_signs_for_the_head(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    rows = ask(db, 4)
    assert Counter({(row["name"], row["unit"]): row["n_for_head"] for row in rows}) == key.for_head
    assert [row["n_for_head"] for row in rows] == sorted(key.for_head.values(), reverse=True)


def test_5_days_from_province_to_school(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    rows = ask(db, 5, ref="33/CT-TTg", year=2021)
    plans = [row for row in rows if "KH-" in row["ref"]]
    assert Counter((row["unit"], row["days"]) for row in plans) == Counter(
        (school, days) for (_, school), days in key.days.items()
    )


def test_6_cited_after_replaced(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    assert {(row["cited"], row["issuer"]) for row in ask(db, 6, year=2025)} == key.replaced
    assert ask(db, 6, year=2022) == []


@pytest.mark.parametrize("province", PROVINCES)
def test_7_missing_numbers(db: duckdb.DuckDBPyConnection, key: Key, province: str) -> None:
    rows = ask(db, 7, unit=f"Ủy ban nhân dân tỉnh {province}", year=2023)
    assert [(row["gap_from"], row["gap_to"]) for row in rows] == key.missing[province]


def test_8_disagreements(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    rows = ask(db, 8)
    assert {row["cited"] for row in rows} == {"1512/QĐ-TTg"}
    assert {row["said"]: row["n_documents"] for row in rows} == key.disputed


def test_9_what_peers_do_not_cite(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    unit = db.execute("SELECT unit_id FROM units WHERE name = 'Ủy ban nhân dân huyện Đắk Hà'").fetchall()[0][0]
    assert {row["cited"] for row in ask(db, 9, unit=unit)} == key.unlike


def test_10_where_it_was_said(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    named = db.execute("SELECT instrument_id FROM instruments_named('33/CT-TTg', 2021)").fetchall()
    assert len(named) == 1
    rows = ask(db, 10, instrument_id=named[0][0])
    assert {(row["source_path"], row["page_no"], row["line_no"]) for row in rows} == key.said
    assert all("33/CT-TTg" in row["line"] for row in rows)


def test_who_is_late(db: duckdb.DuckDBPyConnection, key: Key) -> None:
    rows = db.execute("SELECT unit, told_by FROM overdue('2022-01-31') WHERE unit IS NOT NULL").fetchall()
    assert len(rows) == len(key.late)
    assert set(rows) == key.late
    alone = db.execute("SELECT DISTINCT who_must FROM overdue('2022-01-31') WHERE unit IS NULL").fetchall()
    assert alone == [("Phòng Nội vụ",)]


def test_the_page_of_questions_is_up_to_date(db: duckdb.DuckDBPyConnection) -> None:
    spec = importlib.util.spec_from_file_location("questions", ROOT / "scripts" / "questions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.PAGE.read_text(encoding="utf-8")
    assert module.answered(page, db) == page, "run `make docs`"
    named = db.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal UNION ALL "
        "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro'"
    ).fetchall()
    inner = {
        "counted_documents", "addressed_units", "answers_to", "deadline_terms", "deadline_units", "occurrences_between",
        "series_numbers", "series_runs",
    }  # fmt: skip
    assert [name for (name,) in named if name not in page and name not in inner] == []


def test_readers_go_on_while_a_run_swaps_the_warehouse_in(corpus: tuple[Key, Path]) -> None:
    """A reader keeps the warehouse it opened; one that opens later gets the new one; none fails."""
    out = corpus[1]
    run = StageRun(out, Settings(workers=1), Console(quiet=True))
    wrong: list[BaseException] = []
    rounds = Counter[str]()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                with duckdb.connect(str(out / "vanban.duckdb"), read_only=True) as reader:
                    for _ in range(3):
                        (edges,) = reader.execute("SELECT count(*) FROM citation_edges").fetchall()[0]
                        rounds["right" if edges else "empty"] += 1
            except duckdb.Error as error:
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for _ in range(3):
        load(run)
    done.set()
    for thread in readers:
        thread.join()
    assert wrong == []
    assert rounds["right"] > 3
    assert rounds["empty"] == 0
