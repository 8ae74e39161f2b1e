"""Files under a password: opened with one of the user's, told apart when none fits."""

from __future__ import annotations

import io
import random
from pathlib import Path

import msoffcrypto
import pikepdf
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from pipeline.errors import EncryptedFile, ReaderCrashed, UnreadableFile, UsageError
from pipeline.limits import Limits
from pipeline.settings import Settings, read_passwords
from pipeline.sources.registry import detect_format, read_file
from tests.pdf_files import FONT_FILE, HEADER, typed_pdf
from tests.word_files import paragraph, write_docx

WRONG, RIGHT = "sai", "đúng-123"


def locked_pdf(path: Path, user: str) -> Path:
    typed_pdf(path, HEADER)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="chủ", user=user))
    return path


def locked_docx(path: Path) -> Path:
    # The library's own writer spoils packages of less than 4,096 bytes.
    long = "".join(random.Random(1).choices("abcdefgh ", k=12_000))
    plain = write_docx(path.with_suffix(".plain"), paragraph("Số: 9/BC-UBND"), paragraph("BÁO CÁO"), paragraph(long))
    with plain.open("rb") as file, path.open("wb") as out:
        OOXMLFile(file).encrypt(RIGHT, out)
    return path


@pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")
def test_pdf(tmp_path: Path) -> None:
    path = locked_pdf(tmp_path / "a.pdf", RIGHT)
    with pytest.raises(EncryptedFile, match="--passwords"):
        read_file(path, Limits())
    with pytest.raises(EncryptedFile, match="1 mật khẩu đã cho đều không mở được"):
        read_file(path, Limits(), [WRONG])
    document = read_file(path, Limits(), [WRONG, RIGHT])
    assert "PHÒNG NỘI VỤ" in document.text
    assert "opened_with_password" in {finding.kind for finding in document.findings}


@pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")
def test_pdf_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    document = read_file(locked_pdf(tmp_path / "a.pdf", ""), Limits())
    assert "PHÒNG NỘI VỤ" in document.text
    assert document.findings == ()


def test_docx(tmp_path: Path) -> None:
    path = locked_docx(tmp_path / "a.docx")
    with path.open("rb") as file:
        assert msoffcrypto.OfficeFile(file).is_encrypted()
    with pytest.raises(EncryptedFile):
        detect_format(path)
    with pytest.raises(EncryptedFile):
        read_file(path, Limits(), [WRONG])
    document = read_file(path, Limits(), [WRONG, RIGHT])
    assert document.file_format == "docx"
    assert document.text.startswith("Số: 9/BC-UBND\nBÁO CÁO\n")


def test_password_file(tmp_path: Path) -> None:
    path = tmp_path / "mk.txt"
    path.write_text("\ufeffmột\n\nhai ba\nmột\n", encoding="utf-8")
    assert read_passwords(path) == ("một", "hai ba")
    assert read_passwords(None) == ()
    params = tmp_path / "params.yaml"
    params.write_text("ingest:\n  passwords: mk.txt\n")
    settings = Settings.load(params)
    assert settings.passwords == ("một", "hai ba")
    assert "một" not in repr(settings)
    with pytest.raises(UsageError):
        read_passwords(tmp_path / "không có.txt")


def test_an_office_file_cut_off_under_a_password(tmp_path: Path) -> None:
    whole = locked_docx(tmp_path / "a.docx").read_bytes()
    for share in (0.3, 0.6, 0.9):
        path = tmp_path / "cut.docx"
        path.write_bytes(io.BytesIO(whole[: int(len(whole) * share)]).getvalue())
        with pytest.raises(UnreadableFile) as caught:
            read_file(path, Limits(), [RIGHT])
        assert not isinstance(caught.value, ReaderCrashed)
