"""Formats that LibreOffice opens, and what happens when it is missing, slow or at a loss."""

from __future__ import annotations

import os
import random
import subprocess
import zipfile
from pathlib import Path

import duckdb
import olefile
import pytest

from pipeline.corpus_run import run_quietly
from pipeline.errors import DamagedFile, EncryptedFile, LimitExceeded, ToolUnavailable
from pipeline.limits import Limits
from pipeline.sources import office
from pipeline.sources.registry import read_file
from pipeline.sources.rich_text import read_rich_text
from pipeline.sources.word_binary import read_word_text
from tests.test_word import HEADER, HEADER_LINES, OUTLINE
from tests.word_files import numbered, paragraph, run, write_docx

needs_office = pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")
RTF = b"{\\rtf1\\ansi{\\fonttbl{\\f0 Times New Roman;}}\\f0 B\\u225?o c\\u225?o\\par h\\u7871?t}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one document as doc, rtf, odt and html."""
    folder = tmp_path_factory.mktemp("made")
    tcvn3 = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    source = write_docx(
        folder / "a.docx",
        HEADER,
        numbered("Mục đích", 5),
        numbered("Yêu cầu", 5, 1),
        paragraph(inner=run("Phßng Tæ chøc tr\u00adêng", tcvn3)),
        numbering=OUTLINE,
    )
    program = office.find_program()
    assert program is not None
    for ending in ("doc", "rtf", "odt", "html"):
        command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        subprocess.run(
            [*command, "--convert-to", ending, "--outdir", str(folder), str(source)],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return folder


@needs_office
@pytest.mark.office
@pytest.mark.parametrize("ending", ["doc", "rtf", "odt", "html"])
def test_every_format_reads_alike(made: Path, ending: str) -> None:
    document = read_file(made / f"a.{ending}", Limits())
    assert document.file_format == ending
    lines = document.text.split("\n")
    assert lines[: len(HEADER_LINES)] == HEADER_LINES
    assert lines[-3:] == ["I. Mục đích", "1. Yêu cầu", "Phòng Tổ chức trường"]


@needs_office
@pytest.mark.office
def test_a_locked_doc_is_encrypted(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes((made / "a.doc").read_bytes())
    with olefile.OleFileIO(path, write_mode=True) as container:
        stream = bytearray(container.openstream("WordDocument").read())
        stream[11] |= 0x01
        container.write_stream("WordDocument", bytes(stream))
    with pytest.raises(EncryptedFile):
        read_file(path, Limits())


@needs_office
@pytest.mark.office
def test_a_locked_docx_is_encrypted(made: Path, tmp_path: Path) -> None:
    """A .docx under a password is an OLE file with a stream `EncryptionInfo`; here a stream is renamed to that."""
    content = (made / "a.doc").read_bytes()
    entry = content.index("WordDocument\0".encode("utf-16-le"))
    name = "EncryptionInfo\0".encode("utf-16-le")
    path = tmp_path / "a.docx"
    path.write_bytes(content[:entry] + name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + content[entry + 66 :])
    with pytest.raises(EncryptedFile):
        read_file(path, Limits())


@needs_office
@pytest.mark.office
def test_a_doc_cut_off_ends_in_a_typed_error(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes((made / "a.doc").read_bytes()[:3000])
    with pytest.raises(DamagedFile):
        read_file(path, Limits())


@needs_office
@pytest.mark.office
def test_a_slow_conversion_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    with pytest.raises(LimitExceeded, match="convert_seconds"):
        read_file(path, Limits(convert_seconds=0.01))


def test_without_libreoffice_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-program",))
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(ToolUnavailable) as caught:
        read_file(path, Limits())
    assert str(caught.value).endswith(office.INSTALL_LINE)


def test_when_nothing_comes_out_the_file_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ("true",))
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    with pytest.raises(DamagedFile):
        read_file(path, Limits())


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = tmp_path / "child.pid"
    program = tmp_path / "slow-office"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {started}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "PROGRAMS", (str(program),))
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    with pytest.raises(LimitExceeded):
        read_file(path, Limits(convert_seconds=1.0))
    status = Path(f"/proc/{started.read_text().strip()}/status")
    assert not status.exists() or "zombie" in status.read_text()


@needs_office
@pytest.mark.office
def test_many_files_are_converted_with_one_start(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = office.find_program()
    assert program is not None
    starts = tmp_path / "starts.txt"
    wrapper = tmp_path / "bin" / "soffice"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\necho start >> {starts}\nexec {program} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}:{os.environ['PATH']}")
    raw = tmp_path / "raw"
    raw.mkdir()
    for ending in ("doc", "rtf", "odt"):
        (raw / f"văn bản.{ending}").write_bytes((made / f"a.{ending}").read_bytes())
    (raw / "hỏng.rtf").write_bytes(b"{\\rtf1 \\bin99999999")
    for _ in range(2):
        report = run_quietly(raw, tmp_path / "out", 1, None)
        with duckdb.connect(str(report.database), read_only=True) as db:
            found = db.execute("SELECT file_format, text FROM documents WHERE source_path LIKE 'văn%'").fetchall()
        assert {file_format for file_format, _ in found} == {"doc", "rtf", "odt"}
        assert len({text for _, text in found}) == 1
    assert starts.read_text().count("start") <= 2


def test_together_without_libreoffice_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-program",))
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    assert office.convert_together({path: "rtf"}, tmp_path, Limits()) == {}


def test_together_a_program_that_hangs_leaves_the_files_to_be_read_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "slow-office"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "PROGRAMS", (str(program),))
    monkeypatch.setattr(office, "_SECONDS_MORE", 0.0)
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    assert office.convert_together({path: "rtf"}, tmp_path, Limits(convert_seconds=0.5)) == {}


@needs_office
@pytest.mark.office
@pytest.mark.parametrize("ending", ["doc", "rtf"])
def test_without_libreoffice_the_text_is_read(made: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-program",))
    document = read_file(made / f"a.{ending}", Limits())
    assert document.file_format == ending
    assert {finding.kind for finding in document.findings} >= {"simple_reader"}
    lines = document.text.split("\n")
    assert set(lines) >= set(HEADER_LINES)
    # Which letters are in an old font is told by runs in .rtf and by statistics of a longer text in .doc.
    assert (lines[-1] == "Phòng Tổ chức trường") is (ending == "rtf")


@needs_office
@pytest.mark.office
def test_a_broken_doc_is_damaged_without_libreoffice_too(made: Path, tmp_path: Path) -> None:
    whole = (made / "a.doc").read_bytes()
    chance = random.Random(3)
    for number in range(60):
        broken = bytearray(whole[: chance.randrange(512, len(whole))] if number % 3 == 0 else whole)
        for _ in range(8):
            broken[chance.randrange(512, len(broken))] = chance.randrange(256)
        path = tmp_path / "a.doc"
        path.write_bytes(bytes(broken))
        try:
            read_word_text(path, Limits())
        except (DamagedFile, LimitExceeded):
            continue


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"B\\u225?o c\\u225?o\\par h\\u7871?t", "Báo cáo\nhết"),
        (b"{\\*\\generator X;}{\\info{\\title Y}}m\\u7897?t\\cell hai\\row", "một\nhai"),
        (b"\\f1 quy\\'d5t \\'ae\\'denh\\f0  m\\u7899?i", "quyết định mới"),
        (b"{\\v kh\\u244?ng}th\\u7845?y \\{1\\} a\\~b\\_c", "thấy {1} a b-c"),
        (b"{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt li\\u234?n k\\u7871?t}}", "liên kết"),
        (b"{\\pict\\pngblip 89504e47}sau \\uc0\\u7843 nh\\uc2\\u225 ??b", "sau ảnháb"),
        (b"{{{{{", ""),
        (b"a}}}}b", "ab"),
    ],
)
def test_rich_text(tmp_path: Path, body: bytes, expected: str) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1\\ansi{\\fonttbl{\\f0 Times New Roman;}{\\f1\\fnil .VnTime;}}\\f0 " + body + b"}")
    assert read_rich_text(path, Limits()).text == expected
