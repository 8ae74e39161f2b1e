"""TCVN3 and VNI text: the tables against their examples, detection, and what must be left alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.limits import Limits
from pipeline.sources.legacy_fonts import (
    LegacyEncoding,
    decode_run,
    decode_text,
    detect,
    encoding_of_font,
    encodings,
    vietnamese_share,
)
from pipeline.sources.plain_text import read_text
from pipeline.sources.viqr import decode_viqr, looks_like_viqr

UNICODE = (
    "Uỷ ban nhân dân xã Suối Mơ đề nghị các tổ dân phố rà soát, lập danh sách hộ nghèo; những trường hợp vướng mắc "
    "thì báo cáo về Văn phòng trước ngày 15 tháng 6 năm 2004 để được hướng dẫn."
)


def encode(text: str, encoding: LegacyEncoding) -> str:
    """`text` as a program without the font would show it: the inverse of the table."""
    shown = {meant: letters for letters, meant in reversed(encoding.letters.items())}
    return "".join(shown.get(letter, letter) for letter in text)


@pytest.mark.parametrize("encoding", encodings(), ids=lambda encoding: encoding.name)
def test_every_table_reads_its_examples(encoding: LegacyEncoding) -> None:
    assert encoding.examples
    for shown, printed in encoding.examples:
        assert encoding.decode(shown) == printed


@pytest.mark.parametrize("encoding", encodings(), ids=lambda encoding: encoding.name)
def test_every_table_holds_all_small_letters_once(encoding: LegacyEncoding) -> None:
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    wanted = {unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    meant = set(encoding.letters.values())
    assert {letter for letter in wanted if ord(letter) > 127} <= meant
    assert all(unicodedata.is_normalized("NFC", letter) and len(letter) == 1 for letter in meant)


@given(text=st.text(alphabet="aàáâăãạảậắđeêệioôơợuưứy bcghklmnpqrstvx0123.,/-", max_size=80))
def test_what_was_encoded_is_decoded(text: str) -> None:
    for encoding in encodings():
        assert encoding.decode(encode(text, encoding)) == text


@pytest.mark.parametrize("encoding", encodings(), ids=lambda encoding: encoding.name)
def test_text_without_fonts_is_detected(encoding: LegacyEncoding) -> None:
    shown = encode(UNICODE, encoding)
    found = detect(shown)
    assert found is not None
    assert found.encoding is encoding
    assert found.confidence > 0.9
    assert decode_text(shown, encoding) == UNICODE


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", UNICODE, unicodedata.normalize("NFD", UNICODE), "Số: 15/UBND",
        "là và nhà cá thì bà là hà mà", "Le préfet a décidé que l'été sera très agréable à côté de la forêt",
    ],
)  # fmt: skip
def test_other_text_is_not_detected(text: str) -> None:
    assert detect(text) is None


def test_unicode_paragraphs_of_a_mixed_text_are_left_alone() -> None:
    tcvn3 = encodings()[0]
    assert decode_text("Phßng Tæ chøc\nỦy ban là ®\n", tcvn3) == "Phòng Tổ chức\nỦy ban là ®\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Bé trëng", "Bộ trưởng"), ("trêng häc", "trường học"), ("nhê thÇy", "nhờ thầy"), ("thêi gian", "thời gian")],
)
def test_the_lost_letter_of_tcvn3_is_put_back_where_it_must_be(text: str, expected: str) -> None:
    assert decode_text(text, encodings()[0]).replace("trởng", "trưởng") == expected


@pytest.mark.parametrize(
    ("font", "name", "capitals"),
    [
        (".VnTime", "TCVN3", False), (".VnTimeH", "TCVN3", True), (".VnArial Narrow", "TCVN3", False),
        (".VnArial NarrowH", "TCVN3", True), ("VNI-Times", "VNI", False), ("VNI-Helve", "VNI", False),
        ("VPS Times", "VPS", False), ("VPS Times Hoa", "VPS", True), ("VI Times", "VISCII", False),
    ],
)  # fmt: skip
def test_fonts(font: str, name: str, capitals: bool) -> None:
    found = encoding_of_font(font)
    assert found is not None
    assert (found[0].name, found[1]) == (name, capitals)


@pytest.mark.parametrize("font", ["Times New Roman", "", "Arial", "VnTimes", "Vni", "Vivaldi", "Viner Hand ITC"])
def test_unicode_fonts(font: str) -> None:
    assert encoding_of_font(font) is None


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("quyÕt ®Þnh", ".VnTime", "quyết định"),
        ("quyÕt ®Þnh", ".VnTimeH", "QUYẾT ĐỊNH"),
        ("quyết định", ".VnTime", "quyết định"),
        ("là", ".VnTime", "là"),
        ("123", ".VnTime", "123"),
        ("soá", "VNI-Times", "số"),
        ("soá", "Arial", "soá"),
        ("CéNG HOµ HéI", ".VnTime", "CỘNG HOÀ HỘI"),
        ("Mî, §éc", ".VnTime", "Mợ, Độc"),
        ("ñÎnh", "VPS Times", "Định"),
    ],
)
def test_runs(text: str, font: str, expected: str) -> None:
    assert decode_run(text, font)[0] == expected


def test_share_of_syllables() -> None:
    assert vietnamese_share(UNICODE) == 1.0
    assert vietnamese_share("abc") == 0.0
    assert vietnamese_share("quyÕt ®Þnh cña Bé") < 0.5


VIQR = """Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam
Ddo^.c la^.p - Tu+. do - Ha.nh phu'c
U?y ban nha^n da^n xa~ dde^` nghi. ca'c tru+o+`ng ba'o ca'o ke^'t qua? tru+o+'c nga`y 15/6/2004.
Ca(n cu+' Nghi. ddi.nh so^' 15/CP nga`y 02\\.3\\.1998 cu?a Chi'nh phu?
"""
VIQR_AS_PRINTED = """Cộng hòa xã hội chủ nghĩa Việt Nam
Độc lập - Tự do - Hạnh phúc
Ủy ban nhân dân xã đề nghị các trường báo cáo kết quả trước ngày 15/6/2004.
Căn cứ Nghị định số 15/CP ngày 02.3.1998 của Chính phu?
"""


def test_viqr_is_read(tmp_path: Path) -> None:
    assert decode_viqr(VIQR) == VIQR_AS_PRINTED
    path = tmp_path / "a.txt"
    path.write_text(VIQR, encoding="ascii")
    document = read_text(path, Limits())
    assert document.text.startswith("Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập")
    assert [finding.kind for finding in document.findings] == ["legacy_font"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = a^2 + b^2; f(a) (b) o+1 u+2 added odd ladder",
        "Is it so? Yes. The add(a, b) call adds.",
        UNICODE,
        "def f(a(b), e^x): return o+p if u+v else a^b  # daddy added paddle " * 5,
    ],
)
def test_other_text_is_no_viqr(text: str) -> None:
    assert not looks_like_viqr(text)
