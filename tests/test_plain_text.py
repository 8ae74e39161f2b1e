"""The text reader: encodings, emphasis marks, columns made with blanks."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DamagedFile, LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.legacy_fonts import encodings
from pipeline.sources.plain_text import decode_bytes, looks_like_text, read_text, strip_emphasis
from tests.test_legacy_fonts import UNICODE, encode


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    return path


def as_windows_1258(text: str) -> bytes:
    """windows-1258 writes a tone as a mark of its own after the letter."""
    out = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        out += unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone)) + tone
    return out.encode("cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    assert decode_bytes(UNICODE.encode(encoding)) == (UNICODE, (), 1.0)


@pytest.mark.parametrize("encoding", encodings(), ids=lambda encoding: encoding.name)
@pytest.mark.parametrize("how", ["cp1252", "utf-8"])
def test_old_fonts_as_bytes_and_as_wrongly_saved_unicode(encoding: object, how: str) -> None:
    (legacy,) = [known for known in encodings() if known is encoding]
    text, findings, quality = decode_bytes(encode(UNICODE, legacy).encode(how))
    assert text == UNICODE
    assert [finding.kind for finding in findings] == ["legacy_font"]
    assert quality > 0.9


def test_windows_1258() -> None:
    text = "Căn cứ Luật Lưu trữ, Phòng Nội vụ báo cáo kết quả rà soát hồ sơ"
    assert decode_bytes(as_windows_1258(text))[0] == text


def test_a_few_bad_bytes_are_told() -> None:
    text, findings, quality = decode_bytes(UNICODE.encode() + b"\xff" + UNICODE.encode())
    assert text.count("\ufffd") == 1
    assert [finding.kind for finding in findings] == ["low_text_quality"]
    assert quality < 1.0


def test_bytes_of_no_encoding_are_damaged() -> None:
    with pytest.raises(DamagedFile):
        decode_bytes(bytes(range(0x81, 0xF0)) * 20)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"abc\n", True), ("số".encode(), True), ("số hiệu văn bản".encode("utf-16-le"), True),
        (b"\x00\x01\x02abc", False), (bytes(range(1, 32)) * 4, False),
    ],
)  # fmt: skip
def test_what_looks_like_text(head: bytes, expected: bool) -> None:
    assert looks_like_text(head) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG**", "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG"),
        ("“*Đoàn kết*” và (*cơ quan thường trực*)", "“Đoàn kết” và (cơ quan thường trực)"),
        ("***QUYẾT ĐỊNH***", "QUYẾT ĐỊNH"),
        ("**Điều 1.** *Phạm vi*", "Điều 1. Phạm vi"),
        ("ĐẢNG ỦY XÃ\n*\nSố 12", "ĐẢNG ỦY XÃ\n*\nSố 12"),
        ("(*) Ghi chú: 5*3*2 = 30", "(*) Ghi chú: 5*3*2 = 30"),
        ("* một\n* hai", "* một\n* hai"),
        ("** để ngỏ", "** để ngỏ"),
        ("## **KẾ HOẠCH**\n1\\. Một", "KẾ HOẠCH\n1. Một"),
        ("C:\\thu_muc # 5", "C:\\thu_muc # 5"),
    ],
)
def test_emphasis(text: str, expected: str) -> None:
    assert strip_emphasis(text) == expected


@given(text=st.text(alphabet="*# \n\\aĐ.1", max_size=60))
def test_emphasis_takes_nothing_but_marks(text: str) -> None:
    bare = str.maketrans("", "", "*#\\ ")
    assert strip_emphasis(text).translate(bare) == text.translate(bare)


def test_emphasis_is_fast_on_hostile_text() -> None:
    for text in ("*a" * 50_000, "**a\n" * 25_000, "*" * 100_000, "* a*" * 25_000):
        strip_emphasis(text)


def test_blank_lines_part_paragraphs_and_form_feeds_pages(tmp_path: Path) -> None:
    document = read_text(write(tmp_path, "\r\n một\r\n\r\n\r\nhai \x0cba\r\n".encode()), Limits())
    assert document.text == "một\n\nhai ba"
    assert [document.text[block.start : block.end] for block in document.blocks] == ["một", "hai ba"]
    assert [document.text[page.start : page.end] for page in document.pages] == ["một\n\nhai ", "ba"]


def test_columns_made_with_blanks(tmp_path: Path) -> None:
    text = """
  UBND HUYỆN THỬ                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 PHÒNG VĂN HÓA                         Độc lập - Tự do - Hạnh phúc
                                       ---------------
  Số: 8/BC-VH                       Thử, ngày 04 tháng 3 năm 2014
V/v báo cáo tháng 2

              Kính gửi: UBND huyện Thử

Nội dung   có   ba khoảng trống.

Nơi nhận:                                   KT. TRƯỞNG PHÒNG
- Như trên;                                 PHÓ TRƯỞNG PHÒNG
- Lưu: VT.

                                            Lý Văn Mẫu
"""
    document = read_text(write(tmp_path, text.encode()), Limits())
    lines = [line for line in document.text.split("\n") if line]
    assert lines == [
        "UBND HUYỆN THỬ", "PHÒNG VĂN HÓA", "Số: 8/BC-VH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "---------------", "Thử, ngày 04 tháng 3 năm 2014", "V/v báo cáo tháng 2",
        "Kính gửi: UBND huyện Thử", "Nội dung   có   ba khoảng trống.",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Lý Văn Mẫu",
    ]  # fmt: skip


def test_summary_longer_than_the_right_column(tmp_path: Path) -> None:
    text = (
        "UBND HUYỆN THỬ            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 8/UBND-VH             Độc lập - Tự do - Hạnh phúc\n"
        "V/v báo cáo công tác      Thử, ngày 04 tháng 3 năm 2014\ntháng 2 năm 2014\n\nKính gửi: Sở Mẫu\n"
    )
    document = read_text(write(tmp_path, text.encode()), Limits())
    lines = [line for line in document.text.split("\n") if line]
    assert lines[2:4] == ["V/v báo cáo công tác", "tháng 2 năm 2014"]


def test_text_over_the_limit(tmp_path: Path) -> None:
    with pytest.raises(LimitExceeded, match="characters"):
        read_text(write(tmp_path, b"a\n" * 600), Limits(characters=1_000))
