"""The command as its users call it: words, tables, exit codes, and what is left when something goes wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.cli import call
from pipeline.limits import Limits
from pipeline.parallel_documents import DocumentPool

LETTER = """ỦY BAN NHÂN DÂN
HUYỆN LẠC XUYÊN
Số: 45/UBND-NV
V/v rà soát hồ sơ lưu trữ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạc Xuyên, ngày 04 tháng 3 năm 2021

Kính gửi: Ủy ban nhân dân các xã, thị trấn.

Thực hiện Công văn số 812/SNV-VTLT ngày 22/02/2021 của Sở Nội vụ về việc rà soát hồ sơ lưu trữ;
Ủy ban nhân dân huyện yêu cầu Ủy ban nhân dân các xã, thị trấn báo cáo kết quả về Phòng Nội vụ trước ngày 15/4/2021./.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Đinh Văn Khảm
"""


def write_raw(folder: Path) -> Path:
    folder = folder / "raw" / "năm 2021"
    folder.mkdir(parents=True)
    (folder / "công văn 45.txt").write_text(LETTER, encoding="utf-8")
    (folder / "bản sao.txt").write_text(LETTER, encoding="utf-8")
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04 no archive")
    (folder / ".hidden").write_text("not a document", encoding="utf-8")
    return folder.parent


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return write_raw(tmp_path)


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run with one worker leaves of the folder `raw`; for reading."""
    folder = tmp_path_factory.mktemp("first")
    assert call("run", str(write_raw(folder)), "--out", str(folder / "out"), "--workers", "1") == 0
    return folder / "out"


@pytest.fixture
def out(first_run: Path, tmp_path: Path) -> Path:
    """The same, for changing."""
    return Path(shutil.copytree(first_run, tmp_path / "out"))


def rows(out: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(out / "vanban.duckdb"), read_only=True) as db:
        return db.execute(sql).fetchall()


def test_run_leaves_a_warehouse_and_loses_no_file(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert call("run", str(raw), "--out", str(out), "--workers", "2") == 0
    printed = capsys.readouterr().out
    assert "công văn" in printed
    assert "hỏng.docx" in printed
    assert str(out / "vanban.duckdb") in printed
    assert rows(out, "SELECT ref, issuer, issued_date::VARCHAR FROM documents") == [
        ("45/UBND-NV", "Ủy ban nhân dân huyện Lạc Xuyên", "2021-03-04")
    ]
    paths = {"năm 2021/bản sao.txt", "năm 2021/công văn 45.txt"}
    assert {path for (path,) in rows(out, "SELECT source_path FROM document_copies")} == paths
    assert rows(out, "SELECT source_path, stage, error FROM quarantine") == [
        ("năm 2021/hỏng.docx", "ingest", "damaged")
    ]
    assert rows(out, "SELECT ref, relation FROM citations") == [("812/SNV-VTLT", "thực hiện")]
    assert rows(out, "SELECT told_by, due_date::VARCHAR, report_to FROM obligations") == [
        ("Ủy ban nhân dân huyện Lạc Xuyên", "2021-04-15", "Phòng Nội vụ")
    ]
    assert duckdb.read_parquet(str(out / "tables" / "citations.parquet")).fetchall()


def test_the_same_bytes_give_the_same_rows_with_any_number_of_workers(
    first_run: Path, raw: Path, tmp_path: Path
) -> None:
    assert call("run", str(raw), "--out", str(tmp_path / "two"), "--workers", "2") == 0
    names = [name for (name,) in rows(first_run, "SELECT table_name FROM duckdb_tables() ORDER BY 1")]
    for name in names:
        one, two = (rows(made, f"SELECT * FROM {name} ORDER BY ALL") for made in (first_run, tmp_path / "two"))
        assert one == two, name


def test_a_second_run_reads_only_what_is_new(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_nothing(*given: Any) -> Iterator[object]:
        assert list(given[-1]) == []
        return iter(())

    monkeypatch.setattr(DocumentPool, "each", read_nothing)
    moved = raw / "chuyển chỗ.txt"
    (raw / "năm 2021" / "công văn 45.txt").rename(moved)
    (raw / "năm 2021" / "bản sao.txt").unlink()
    assert call("run", str(raw), "--out", str(out)) == 0
    assert rows(out, "SELECT source_path FROM documents") == [("chuyển chỗ.txt",)]


def test_extract_prints_tables_and_json(
    raw: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = str(raw / "năm 2021" / "công văn 45.txt")
    assert call("extract", letter) == 0
    printed = capsys.readouterr().out
    for heading in ("Văn bản được viện dẫn", "Thời hạn", "Người ký", "Nơi nhận"):
        assert heading in printed
    assert call("extract", "--json", letter) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["header"]["ref"] == "45/UBND-NV"
    assert told["signatories"][0]["name"] == "Đinh Văn Khảm"
    for citation in told["citations"]:
        assert told["text"][citation["start"] : citation["end"]] == citation["quote"]
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO(LETTER))
    assert call("extract", "--json", "-") == 0
    assert json.loads(capsys.readouterr().out)["header"] == told["header"]


@pytest.mark.usefixtures("raw")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("run", "/nonexistent/folder", "--out", "{tmp}/o"), 3, "→"),
        (("run", "{tmp}", "--out", "{tmp}/inside"), 3, "outside the raw folder"),
        (("stage", "load", "--out", "{tmp}/nothing"), 6, "vanban stage"),
        (("report", "--out", "{tmp}/nothing"), 3, "vanban run"),
        (("extract", "{tmp}/no such file"), 7, "không có ở đó"),
        (("extract", "{tmp}/raw/năm 2021/hỏng.docx"), 7, "→"),
        (("run", "{tmp}/raw", "--out", "{tmp}/o", "--params", "{tmp}/none.yaml"), 2, "params.yaml"),
        (("evaluate", "--out", "{out}", "--against", "HEAD"), 2, "--gold"),
        (("run",), 2, "Usage"),
        (("fly",), 2, "Usage"),
    ],
)
def test_every_error_has_its_code_and_ends_in_what_to_do(
    first_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, told: str
) -> None:  # fmt: skip
    assert call(*(word.replace("{tmp}", str(tmp_path)).replace("{out}", str(first_run)) for word in words)) == code
    captured = capsys.readouterr()
    assert told in captured.err + captured.out


def test_a_locked_warehouse_is_left_alone(out: Path) -> None:
    before = (out / "vanban.duckdb").read_bytes()
    writer = "import duckdb, sys, time; db = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", writer, str(out / "vanban.duckdb")], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert call("stage", "load", "--out", str(out)) == 5
        other.kill()
    assert (out / "vanban.duckdb").read_bytes() == before


def test_a_crash_while_loading_leaves_the_previous_warehouse(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (out / "vanban.duckdb").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.stages.load._write_parquet", full)
    assert call("stage", "load", "--out", str(out)) == 3
    assert (out / "vanban.duckdb").read_bytes() == before
    assert not [path for path in out.iterdir() if "building" in path.name]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_quarantined(raw: Path, tmp_path: Path) -> None:
    (raw / "khóa.txt").write_text(LETTER + "khác", encoding="utf-8")
    (raw / "khóa.txt").chmod(0)
    assert call("run", str(raw), "--out", str(tmp_path / "out")) == 0
    assert ("khóa.txt", "unreadable") in rows(tmp_path / "out", "SELECT source_path, error FROM quarantine")


def test_a_folder_without_documents_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").mkdir()
    assert call("run", str(tmp_path / "raw"), "--out", str(tmp_path / "out")) == 0
    assert "Không có tệp nào để đọc" in capsys.readouterr().out


def test_a_refusal_does_not_name_another_copy(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for name in ("một.pdf", "hai.pdf"):
        (raw / name).write_bytes(b"")
    (raw / "hỏng.txt").symlink_to("không có")
    assert call("run", str(raw), "--out", str(out)) == 0
    told = dict(rows(out, "SELECT source_path, message FROM quarantine"))
    assert told["một.pdf"] == told["hai.pdf"] == "tệp rỗng → lấy lại tệp từ nguồn"
    assert "liên kết hỏng" in str(told["hỏng.txt"])


def test_doctor_tells_parts_and_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    params = tmp_path / "params.yaml"
    params.write_text("ingest: {limits: {pages: 77}}", encoding="utf-8")
    assert call("doctor", "--params", str(params)) in (0, 4)
    printed = capsys.readouterr().out
    assert re.search(r"pages +77 ", printed)
    written = Path("docs/SECURITY.md").read_text(encoding="utf-8")
    for limit in fields(Limits):
        assert f" {limit.name} " in printed
        assert f"| `{limit.name}` |" in written
    assert "tesseract" in printed
    assert "LibreOffice" in printed
    assert "Lệnh tiếp theo" in printed
