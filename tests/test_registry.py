"""Formats are told from bytes, sizes are checked first, and every failure is an `UnreadableFile`."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import (
    DamagedFile,
    EmptyDocument,
    LimitExceeded,
    NoFile,
    ReaderCrashed,
    UnknownFormat,
    UnreadableFile,
)
from pipeline.limits import Limits
from pipeline.sources import plain_text, registry
from pipeline.sources.registry import READERS, detect_format, read_file
from tests.word_files import paragraph, write_docx


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n", "pdf"), (b"rubbish\n%PDF-1.4\n", "pdf"), (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpg"), (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"), (b"BM\x00\x00\x00\x00\x00\x00\x00\x00", "bmp"), (b"GIF89a", "gif"),
        (b"\xef\xbb\xbf<!DOCTYPE HTML>", "html"), (b"<HTML xmlns:o='x'>", "html"), ("Số: 1/QĐ".encode(), "txt"),
        ("Kế hoạch tháng 3".encode("utf-16"), "txt"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "doc"),
    ],
)  # fmt: skip
def test_formats(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "name.pdf"
    path.write_bytes(content)
    assert detect_format(path) == expected
    assert expected in READERS


def test_zip_formats(tmp_path: Path) -> None:
    assert detect_format(write_docx(tmp_path / "a.zip", paragraph("chữ"))) == "docx"
    assert detect_format(zipped(tmp_path / "b", mimetype="application/vnd.oasis.opendocument.text")) == "odt"
    assert detect_format(zipped(tmp_path / "c.docx", **{"[Content_Types].xml": "", "xl/workbook.xml": ""})) == "xlsx"
    assert detect_format(zipped(tmp_path / "d", mimetype="application/vnd.oasis.opendocument.spreadsheet")) == "ods"
    assert detect_format(zipped(tmp_path / "e.docx", **{"a/b.txt": "", "word.txt": ""})) == "zip"
    with pytest.raises(UnknownFormat):
        detect_format(zipped(tmp_path / "f.docx", **{"[Content_Types].xml": "", "ppt/presentation.xml": ""}))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyDocument), (b"\x00" * 900, EmptyDocument), (b" \n\t\r\n", EmptyDocument),
        (b"\x01\x02\x03\x04" * 100, UnknownFormat), (b"PK\x03\x04abc", DamagedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", DamagedFile), (b"\xef\xbb\xbf\xe2\x80\x8b", EmptyDocument),
    ],
)  # fmt: skip
def test_what_cannot_be_read(tmp_path: Path, content: bytes, error: type[UnreadableFile]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(error):
        read_file(path, Limits())


def test_a_docx_without_text_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocument):
        read_file(write_docx(tmp_path / "a.docx", paragraph("  ")), Limits())


def test_size_is_checked_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(LimitExceeded, match="file_bytes"):
        read_file(path, Limits())


def test_folders_pipes_and_missing_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in (".", "pipe"):
        with pytest.raises(NoFile):
            read_file(tmp_path / name, Limits())
    with pytest.raises(UnreadableFile, match="không có ở đó"):
        read_file(tmp_path / "none", Limits())


def test_an_unforeseen_exception_becomes_a_finding_for_the_maintainer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError("chia cho không")

    monkeypatch.setattr(plain_text, "decode_bytes", crash)
    path = tmp_path / "a.txt"
    path.write_text("chữ")
    with pytest.raises(ReaderCrashed, match="ZeroDivisionError"):
        read_file(path, Limits())


def test_the_format_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("Số: 1/QĐ-ABC", encoding="utf-8")
    document = read_file(path, Limits())
    assert (document.file_format, document.media, document.text) == ("txt", "born_digital", "Số: 1/QĐ-ABC")


def _garbled(make: Callable[[Path], Path], folder: Path, seed: int) -> Path:
    chance = random.Random(seed)
    content = bytearray(make(folder / "a").read_bytes())
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = folder / "garbled"
    path.write_bytes(content[: chance.randint(1, len(content))])
    return path


@pytest.mark.parametrize("seed", range(150))
def test_garbled_files_end_in_text_or_a_typed_error(tmp_path: Path, seed: int) -> None:
    path = _garbled(lambda path: write_docx(path, *[paragraph(f"Số {seed}: chữ")] * 9), tmp_path, seed)
    try:
        assert read_file(path, Limits()).text.strip()
    except ReaderCrashed as error:
        raise AssertionError("a reader crashed") from error
    except UnreadableFile as error:
        assert error.kind in {"damaged", "unknown_format", "encrypted", "empty", "limit_exceeded"}


def test_every_reader_named_exists() -> None:
    for file_format in ("docx", "doc", "txt"):
        assert callable(registry._reader(file_format))
