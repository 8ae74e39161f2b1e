"""vanban query and vanban findings: what they print, in which form, and what they refuse."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cli import COMMANDS, call
from pipeline.query_answers import cell_text
from tests import small_warehouse

ROOT = Path(__file__).parent.parent


@pytest.fixture
def db(small: Path) -> str:
    return str(small)


def test_every_command_of_the_help_can_be_called(capsys: pytest.CaptureFixture[str]) -> None:
    for names in COMMANDS.values():
        for name in names:
            assert call(name, "--help") == 0, name
            assert capsys.readouterr().out.startswith("Usage: ")


def test_the_reference_has_the_help_of_every_command() -> None:
    spec = importlib.util.spec_from_file_location("command_reference", ROOT / "scripts" / "command_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.TARGET.read_text(encoding="utf-8")
    for names in COMMANDS.values():
        for name in names:
            assert module.help_of(name) in page, f"{name}: run `make docs`"


def test_the_command_starts_without_what_only_some_commands_need() -> None:
    heavy = ("duckdb", "pyarrow", "rich", "spacy", "pypdfium2", "numpy", "networkx", "yaml")
    code = f"""
import sys
from click.testing import CliRunner
from pipeline.cli import vanban
assert CliRunner().invoke(vanban, ["--help"]).exit_code == 0
print([name for name in {heavy!r} if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


SQL = "SELECT ref, issued_date, header_confidence, doc_id FROM documents ORDER BY ref LIMIT 2"


def test_an_answer_in_each_form(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("query", SQL, "--db", db) == 0
    heading, first, second = capsys.readouterr().out.splitlines()
    assert heading.split() == ["ref", "issued_date", "header_confidence", "doc_id"]
    assert first.split() == ["12/KH-UBND", "07/03/2024", small_warehouse.DOC_IDS[0][:12]]
    assert second.startswith("45/QĐ-UBND  20/02/2024")

    assert call("query", SQL, "--db", db, "--csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["issued_date"] for row in rows] == ["2024-03-07", "2024-02-20"]
    assert rows[0]["header_confidence"] == ""

    assert call("query", SQL, "--db", db, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told[0] == {
        "ref": "12/KH-UBND",
        "issued_date": "2024-03-07",
        "header_confidence": None,
        "doc_id": small_warehouse.DOC_IDS[0],
    }
    assert call("query", "SELECT 1 WHERE false", "--db", db, "--json") == 0
    assert json.loads(capsys.readouterr().out) == []

    target = tmp_path / "out.parquet"
    assert call("query", SQL, "--db", db, "--parquet", str(target)) == 0
    assert pq.read_table(target)["ref"].to_pylist() == ["12/KH-UBND", "45/QĐ-UBND"]


def test_a_long_table_is_cut_and_says_so(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("query", "FROM range(500)", "--db", db, "--limit", "3") == 0
    printed = capsys.readouterr()
    assert printed.out.split() == ["range", "0", "1", "2"]
    assert "--limit 30" in printed.err
    assert call("query", "FROM range(500)", "--db", db, "--csv") == 0
    assert len(capsys.readouterr().out.split()) == 501


def test_a_query_from_standard_input(
    db: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT count(*) AS n FROM documents"))
    assert call("query", "-", "--db", db) == 0
    assert capsys.readouterr().out.split() == ["n", "3"]


def test_the_list_tells_what_every_view_holds(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("query", "--list", "--db", db, "--json") == 0
    told = {row["name"]: row["comment"] for row in json.loads(capsys.readouterr().out)}
    assert "on whose authority" in told["obligations"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("selct 1",), 2, "--list"),
        (("FROM citation_edge",), 2, 'Did you mean "citation_edges"'),
        (("DELETE FROM documents",), 2, "only read here"),
        (("FROM 'không có.csv'",), 2, "không có.csv"),
        (("  ",), 2, "--list"),
        ((), 2, "--list"),
        (("FROM documents", "--csv", "--json"), 2, "exclude each other"),
        (("FROM documents", "--parquet", "/nonexistent/folder/x.parquet"), 3, "a path you may write"),
        (("FROM documents", "--db", "/nonexistent/vanban.duckdb"), 3, "make repro"),
        (("FROM documents", "--db", __file__), 3, "is no warehouse"),
    ],
)
def test_a_wrong_query_is_one_line_that_ends_in_what_to_do(
    db: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, told: str
) -> None:
    given = words if "--db" in words else (*words, "--db", db)
    assert call("query", *given) == code
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert " → " in captured.err
    assert told in captured.err
    assert captured.out == ""


def test_findings_by_kind_unit_and_severity(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("findings", "--db", db) == 0
    printed = capsys.readouterr().out
    assert "Không thấy chữ ký." in printed
    assert "Phòng Tài nguyên và Môi trường huyện Sông Lam" in printed
    for words, found in (
        (("--kind", "no_signature"), 1),
        (("--kind", "section_gap"), 0),
        (("--unit", "tai nguyen và MÔI TRƯỜNG"), 1),
        (("--unit", "Suối Bạc"), 0),
        (("--severity", "error"), 0),
    ):
        assert call("findings", "--db", db, "--json", *words) == 0
        assert len(json.loads(capsys.readouterr().out)) == found, words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "có"),
        (0.25, "0.25"),
        (["căn cứ", "theo"], "căn cứ, theo"),
        ("hai\ndòng  chữ", "hai dòng chữ"),
        ("a" * 64, "a" * 12),
        ("Á" * 64, "Á" * 64),
        ("x " * 400, ("x " * 400)[:299] + "…"),
    ],
)
def test_a_cell_is_one_short_line(value: object, shown: str) -> None:
    assert cell_text(value) == shown
