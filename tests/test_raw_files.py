"""What a hostile folder holds besides documents is refused, typed, under a printable name; the documents are read."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from pipeline.corpus_run import run_corpus
from pipeline.errors import FolderError, NoFile
from pipeline.limits import Limits
from pipeline.raw_files import files_below, printable, sha256_of
from pipeline.settings import Settings
from pipeline.stages.stage import StageRun

DOCUMENT = "Số: 12/KH-UBND\nSuối Bạc, ngày 07 tháng 3 năm 2024\nKẾ HOẠCH\nVệ sinh đường làng"


def refused(raw: Path, limits: Limits | None = None) -> dict[str, str | None]:
    return {
        file.source_path: file.refused.kind if file.refused else None for file in files_below(raw, limits or Limits())
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("báo cáo.pdf", "báo cáo.pdf"),
        ("a\nb\tc.txt", r"a\x0ab\x09c.txt"),
        ("\x1b[31mđỏ.txt", r"\x1b[31mđỏ.txt"),
        ("cũ\udce9.doc", r"cũ\xe9.doc"),
        ("\ud800.txt", r"\ud800.txt"),
        ("a\u202etxt.exe", r"a\u202etxt.exe"),
        ("'\"; DROP TABLE documents;--", "'\"; DROP TABLE documents;--"),
    ],
)
def test_printable(name: str, shown: str) -> None:
    assert printable(name) == shown
    assert printable(name).encode("utf-8")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    (raw / "con").mkdir(parents=True)
    (raw / "con" / "a.txt").write_text(DOCUMENT, encoding="utf-8")
    return raw


def test_links(raw: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    (tmp_path / "elsewhere").mkdir()
    (raw / "inside.txt").symlink_to(raw / "con" / "a.txt")
    (raw / "outside.txt").symlink_to(secret)
    (raw / "relative.txt").symlink_to("../secret.txt")
    (raw / "folder_outside").symlink_to(tmp_path / "elsewhere")
    (raw / "folder_inside").symlink_to(raw / "con")
    (raw / "broken").symlink_to("nothing")
    (raw / "circle").symlink_to("circle")
    (raw / "device").symlink_to("/dev/zero")
    assert refused(raw) == {
        "broken": "unreadable",
        "circle": "unreadable",
        "con/a.txt": None,
        "device": "outside_folder",
        "folder_outside": "outside_folder",
        "inside.txt": None,
        "outside.txt": "outside_folder",
        "relative.txt": "outside_folder",
    }


def test_pipes_and_sockets_are_never_opened(raw: Path) -> None:
    os.mkfifo(raw / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(raw / "socket"))
        assert refused(raw) == {"con/a.txt": None, "pipe": "no_file", "socket": "no_file"}
    with pytest.raises(NoFile):
        sha256_of(raw / "pipe")


def test_huge_files_are_not_hashed(raw: Path) -> None:
    with (raw / "huge.txt").open("wb") as file:
        file.truncate(10_000_000_000)
    assert refused(raw)["huge.txt"] == "limit_exceeded"


def test_paths_too_long_to_open(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(raw)
    for _ in range(30):
        Path("d" * 200).mkdir()
        monkeypatch.chdir("d" * 200)
    found = refused(raw)
    assert found.pop("con/a.txt") is None
    assert set(found.values()) == {"unreadable"}


def test_deeply_nested_folders(raw: Path) -> None:
    folders = [raw / "d"]
    folders[0].mkdir()
    while len(folders) < 1_500:
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    found = refused(raw)
    for folder in reversed(folders):  # deeper than pytest can remove
        folder.rmdir()
    assert found == {"con/a.txt": None}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_the_right_to_read(raw: Path) -> None:
    (raw / "con").chmod(0)
    try:
        assert refused(raw) == {"con": "unreadable"}
    finally:
        (raw / "con").chmod(0o700)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderError):
        files_below(tmp_path / "none", Limits())


def test_a_run_over_a_hostile_folder_ends_with_every_name_in_the_warehouse(raw: Path, tmp_path: Path) -> None:
    names = [b"c\xe9.txt", b"a\nb.txt", b"'; DROP TABLE documents; --.txt", b'"<b>&.txt', b"\x1b[2J.txt", b"x" * 250]
    for number, name in enumerate(names):
        Path(os.fsdecode(os.fsencode(raw) + b"/" + name)).write_text(f"{DOCUMENT} {number}", encoding="utf-8")
    bad = Path(os.fsdecode(os.fsencode(raw) + b"/b\xe1d\n.pdf"))
    bad.write_bytes(b"%PDF-1.7")
    os.mkfifo(raw / "pipe")
    (raw / "passwd").symlink_to("/etc/passwd")
    report = run_corpus(raw, StageRun(tmp_path / "out", Settings(workers=1), Console(file=io.StringIO())))
    assert {path: error for path, error, _ in report.quarantined} == {
        r"b\xe1d\x0a.pdf": "damaged",
        "passwd": "outside_folder",
        "pipe": "no_file",
    }
    with duckdb.connect(str(report.database), read_only=True) as db:
        paths = {path for (path,) in db.execute("SELECT source_path FROM documents").fetchall()}
    assert paths == {"con/a.txt", "x" * 250, r"c\xe9.txt", r"a\x0ab.txt", "'; DROP TABLE documents; --.txt",
                     '"<b>&.txt', r"\x1b[2J.txt"}  # fmt: skip
