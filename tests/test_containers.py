"""Files that hold files: every member a document, each failure told on its own row, limits counted while unpacking."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import duckdb
import pikepdf
import pytest

from pipeline.corpus_run import run_quietly
from pipeline.errors import DamagedFile, LimitExceeded, UnknownFormat
from pipeline.limits import Limits
from pipeline.sources.containers import list_members, unpacked
from pipeline.sources.registry import detect_format, read_file
from tests.container_files import outlook_mail
from tests.pdf_files import FONT_FILE, HEADER, typed_pdf
from tests.word_files import paragraph, write_docx

LETTER = "UBND XÃ SUỐI BẠC\nSố: 12/KH-UBND\nKẾ HOẠCH\nVệ sinh đường làng năm 2024\n".encode()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def mail(path: Path, *, html: bool = False) -> Path:
    message = EmailMessage()
    message["From"], message["To"] = "Lò Văn Thử <thu@suoibac.gov.vn>", "vanphong@suoibac.gov.vn"
    message["Subject"], message["Date"] = "Gửi kế hoạch tháng 3", "Thu, 07 Mar 2024 08:30:00 +0000"
    message["Message-ID"] = "<1@suoibac.gov.vn>"
    if html:
        message.set_content("<html><body><p>Kính gửi Văn phòng,</p><p>Đề nghị xem kế hoạch.</p></body></html>", "html")
    else:
        message.set_content("Kính gửi Văn phòng,\nĐề nghị xem kế hoạch gửi kèm.\n")
    message.add_attachment(LETTER, maintype="text", subtype="plain", filename="kế hoạch.txt")
    inner = EmailMessage()
    inner["Subject"] = "thư cũ"
    message.add_attachment(inner)
    path.write_bytes(message.as_bytes())
    return path


def portfolio(path: Path) -> Path:
    typed_pdf(path, HEADER)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["phụ lục.txt"] = LETTER
        pdf.save(path)
    return path


def test_zip_members(tmp_path: Path) -> None:
    names = ["b/kế hoạch.txt", "../a.txt", "__MACOSX/x", ".ẩn", "Thumbs.db"]
    path = zipped(tmp_path / "a.zip", dict.fromkeys(names, LETTER))
    assert detect_format(path) == "zip"
    members = list_members(path, "zip", Limits())
    assert [member.name for member in members] == ["b/kế hoạch.txt", "../a.txt"]
    assert len({member.sha256 for member in members}) == 1
    with unpacked(path, "zip", members[1].position, Limits()) as file:
        assert file.read_bytes() == LETTER
        assert file.name == "a.txt"
    assert not file.exists()


def test_an_archive_alone_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="vanban run"):
        read_file(zipped(tmp_path / "a.zip", {"a.txt": LETTER}), Limits())


def test_zip_limits(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bom.zip", {f"{n}.txt": b"0" * 100_000 for n in range(10)})
    for limits in (replace(Limits(), unpacked_bytes=500_000), replace(Limits(), members=9)):
        with pytest.raises(LimitExceeded):
            list_members(path, "zip", limits)
    one_too_large = list_members(path, "zip", replace(Limits(), file_bytes=99_999))
    assert {member.error.kind for member in one_too_large if member.error} == {"limit_exceeded"}


def test_a_directory_that_lies_about_sizes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"0" * 3_000_000})
    data = path.read_bytes().replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    members = list_members(path, "zip", replace(Limits(), file_bytes=1_000_000))
    assert [member.error.kind for member in members if member.error] in (["damaged"], ["limit_exceeded"])


def test_broken_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": LETTER, "b.txt": LETTER * 2})
    data = bytearray(path.read_bytes())
    data[data.index(b"a.txt") + 8] ^= 0xFF
    path.write_bytes(bytes(data))
    first, second = list_members(path, "zip", Limits())
    assert first.error is not None
    assert (first.error.kind, second.error) == ("damaged", None)
    path.write_bytes(bytes(data[: len(data) // 2]))
    with pytest.raises(DamagedFile):
        list_members(path, "zip", Limits())


@pytest.mark.parametrize("html", [False, True])
def test_mail_is_read_with_its_head(tmp_path: Path, html: bool) -> None:
    path = mail(tmp_path / "a.eml", html=html)
    document = read_file(path, Limits())
    assert document.file_format == "eml"
    lines = document.text.split("\n")
    assert lines[:5] == [
        "Từ: Lò Văn Thử <thu@suoibac.gov.vn>", "Đến: vanphong@suoibac.gov.vn", "Ngày gửi: 07/03/2024 15:30",
        "Tiêu đề: Gửi kế hoạch tháng 3", "Tệp kèm: kế hoạch.txt; message-rfc822",
    ]  # fmt: skip
    assert lines[5] == "Kính gửi Văn phòng,"
    attached, inner = list_members(path, "eml", Limits())
    assert (attached.name, attached.error) == ("kế hoạch.txt", None)
    assert inner.error is not None
    with unpacked(path, "eml", attached.position, Limits()) as file:
        assert file.read_bytes().split() == LETTER.split()


def test_outlook_mail(tmp_path: Path) -> None:
    path = outlook_mail(tmp_path / "a.msg", "Gửi kế hoạch", "Kính gửi Văn phòng.", {"kế hoạch.txt": LETTER * 50})
    document = read_file(path, Limits())
    assert document.file_format == "msg"
    assert document.text.split("\n") == [
        "Từ: Lò Văn Thử <thu@suoibac.gov.vn>", "Đến: Văn phòng UBND xã", "Ngày gửi: 01/03/2024 07:00",
        "Tiêu đề: Gửi kế hoạch", "Tệp kèm: kế hoạch.txt", "Kính gửi Văn phòng.",
    ]  # fmt: skip
    (member,) = list_members(path, "msg", Limits())
    with unpacked(path, "msg", member.position, Limits()) as file:
        assert file.read_bytes() == LETTER * 50


@pytest.mark.parametrize("text", ["Từ: ông A\nĐến: bà B\nDate: hôm nay", "Subject: về việc họp\nFrom: A\n\nNội dung"])
def test_text_that_only_looks_a_little_like_mail(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert detect_format(path) == "txt"


@pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")
def test_a_run_reads_every_member_once(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    docx = write_docx(tmp_path / "k.docx", paragraph("Số: 9/BC-UBND"), paragraph("BÁO CÁO")).read_bytes()
    (raw / "riêng.txt").write_bytes(LETTER)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("sâu.txt", b"x")
    zipped(
        raw / "gói.zip",
        {"báo cáo.docx": docx, "bản sao.txt": LETTER, "hỏng.pdf": b"%PDF-1.7\n", "trong.zip": inner.getvalue(),
         "thư.eml": mail(tmp_path / "b.eml").read_bytes()},
    )  # fmt: skip
    mail(raw / "thư.eml", html=True)
    portfolio(raw / "tập.pdf")
    zipped(raw / "rỗng.zip", {"thư mục/": b""})
    for attempt in range(2):
        report = run_quietly(raw, tmp_path / "out", 1, None)
        with duckdb.connect(str(report.database), read_only=True) as db:
            copies = db.execute(
                "SELECT c.source_path, d.source_path FROM document_copies c JOIN documents d USING (doc_id) ORDER BY 1"
            ).fetchall()
            problems = db.execute("SELECT source_path, error FROM quarantine ORDER BY 1").fetchall()
        assert copies == sorted([
            ("gói.zip!/bản sao.txt", "riêng.txt"), ("gói.zip!/báo cáo.docx", "gói.zip!/báo cáo.docx"),
            ("gói.zip!/thư.eml", "gói.zip!/thư.eml"), ("riêng.txt", "riêng.txt"),
            ("thư.eml", "thư.eml"), ("thư.eml!/kế hoạch.txt", "riêng.txt"), ("tập.pdf", "tập.pdf"),
            ("tập.pdf!/phụ lục.txt", "riêng.txt"),
        ]), attempt  # fmt: skip
        assert problems == sorted([
            ("gói.zip!/hỏng.pdf", "damaged"), ("gói.zip!/thư.eml!/kế hoạch.txt", "nested_container"),
            ("gói.zip!/thư.eml!/message-rfc822", "nested_container"), ("gói.zip!/trong.zip", "nested_container"),
            ("rỗng.zip", "empty"), ("thư.eml!/message-rfc822", "unknown_format"),
        ]), attempt  # fmt: skip
