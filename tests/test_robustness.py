"""Whatever the text: no exception, spans inside it, near-linear time, and the same answer however it is spelled."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractors
from extractors.document import extract
from extractors.reading import Reading, normalise
from tests.hostile_text import assert_linear

FUNCTIONS: dict[str, Callable[[str], list[Any]]] = {
    "citations": extractors.extract_citations,
    "deadlines": extractors.extract_deadlines,
    "signatories": extractors.extract_signatories,
    "recipients": extractors.extract_recipients,
    "sections": extractors.segment,
}

PIECES = (
    "Căn cứ ", "Nghị định ", "số 30/2020/NĐ-CP ", "ngày 05/3/2020 ", "ngày 31 tháng 02 năm 2020 ", "ngày 00/00/0000 ",
    "tháng 13/2020", "quý V năm 2020 ", "của Chính phủ", "; ", ". ", "\n", "  ", "\n\n", "Kính gửi: ", "Nơi nhận:",
    "- Như trên;", "- Lưu: VT, TK.", "KT. CHỦ TỊCH\n", "PHÓ CHỦ TỊCH\n", "Lò Văn Thử\n", "TM. ỦY BAN NHÂN DÂN\n",
    "I. MỤC ĐÍCH\n", "1. việc", "a) ", "Điều 5. ", "Chương IX\n", "(", ")", "“", "”", '"', "…", "......", "\t",
    "\u00a0", "\u200b", "V/v ", "Số: /", "Số:    /KH-UBND", "Suối Bạc, ngày   tháng 5 năm 2022", "KẾ HOẠCH\n",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "trước ngày ", "15/5/2022", "trong thời hạn 05 ngày làm việc kể từ ",
    "định kỳ hằng quý", "từ ngày 29/02/2023 đến ngày 31/04/2023 ", "25:70 ngày ", "báo cáo ", "Luật ", "Hiến pháp",
    "điểm a khoản 2 Điều 5 ", "các Nghị định số 1/2020/NĐ-CP, 2/2020/NĐ-CP ", "33/CTTTg", "34-PL/UBTVQH 11",
    "Nghị quyết Trung ương 4 (khóa XII)", "Phụ lục I\n", "HỎA TỐC", "(đã ký)", "T/M ", "Các sở: Tài chính, Tư pháp",
    "٢", "²", "①", "Ⅳ", "İ", "ß", "\U0001f600", "\u0301", "\ufeff", "\x00", "9" * 30, "ngày 32/13/99999 ", "\r\n",
    "\u2028", "ﬁ", "/", "-", "–",
)  # fmt: skip

DOCUMENT = """ỦY BAN NHÂN DÂN XÃ SUỐI BẠC
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Suối Bạc, ngày 07 tháng 3 năm 2024
KẾ HOẠCH
Vệ sinh đường làng, hòa giải tranh chấp thủy lợi năm 2024
Kính gửi: Phòng Văn hóa và Thông tin huyện Sông Lam.
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;
Căn cứ Luật Hòa giải, đối thoại tại Tòa án và Luật Thủy lợi;
Thực hiện Công văn số 88/UBND-VX ngày 01/3/2024 của Ủy ban nhân dân huyện Sông Lam về vệ sinh môi trường, \
Ủy ban nhân dân xã lập kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Đường làng sạch, đẹp.
2. Tuyên truyền Chỉ thị 33/CT-TTg đến từng hộ.
II. TỔ CHỨC THỰC HIỆN
1. Chi ủy các thôn báo cáo kết quả về Đảng ủy xã trước ngày 20/4/2024.
2. Công chức văn hóa báo cáo định kỳ hằng quý.
Nơi nhận:
- Ủy ban nhân dân huyện (để báo cáo);
- Trưởng các thôn;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Thủy"""
OLD_TONES = (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("ÒA", "OÀ"), ("ÓA", "OÁ"), ("ỦY", "UỶ"), ("Ủy", "Uỷ"))

HOSTILE = (
    "a", "1", " ", "\n", " \n", "\t\n", "- ", "1/", "A-", "(", "“", "“Luật ", "Luật ", "Luật và ", "số ",
    "Số: /KH-UBND\n", "12/QĐ-UBND ", "Quyết định ", "Căn cứ Luật\n", "ngày ", "ngày 05/3/2020 ", "05/3/2020, ",
    "trước ngày 15/5/2022 ", "định kỳ hằng quý, ", "trong thời hạn 05 ngày làm việc kể từ ", "từ ngày 1/1 đến ",
    "của Ủy ban nhân dân ", "về việc ban hành Quyết định ", "điểm a ", "Điều 1. Nội dung\n", "I. MỤC\n", "a) việc\n",
    "Kính gửi:\n- Sở Nội vụ;\n", "- Lưu: VT.\n", "Nơi nhận:\n", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "TM. ỦY BAN NHÂN DÂN\n",
    "Lò Văn Thử\n", "ỦY BAN NHÂN DÂN ", "V/v triển khai\n", "Suối Bạc, ngày 1 tháng 2 năm 2022\n",
    "các Nghị định số 1/2020/NĐ-CP, 2/2020/NĐ-CP và ", "Nghị quyết số 1-NQ/", "Nghị quyết Trung ương 4 (khóa ",
)  # fmt: skip
SMALL, TIMES = 1_000, 10


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(("NFC", "NFD")))
def test_any_text_is_read_and_spans_stay_inside(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)
    for find in FUNCTIONS.values():
        for record in find(text):
            assert 0 <= record.start <= record.end <= len(text)
    header = extractors.extract_header(text)
    assert all(0 <= start <= end <= len(text) for _, start, end in header.spans)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_characters_are_read(text: str) -> None:
    found = extract(Reading.of(normalise(text)[0]))
    assert all(0.0 <= record.confidence <= 1.0 for record in (*found.citations, *found.deadlines, *found.recipients))


@pytest.mark.parametrize("seed", HOSTILE)
def test_time_grows_with_length(seed: str) -> None:
    assert_linear(lambda part: extract(Reading.of(part)), _filled(seed, SMALL * TIMES))


@pytest.mark.parametrize(
    ("seed", "size"),
    [
        ("Luật ", 1_500),
        ("Luật Đất đai, ", 3_000),
        ("12/QĐ-UBND ", 3_000),
        ("định kỳ hằng quý, ", 10_000),
        ("trước ngày ", 10_000),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", 10_000),
    ],
)
def test_time_grows_with_a_long_text(seed: str, size: int) -> None:
    assert_linear(lambda part: extract(Reading.of(part)), _filled(seed, size * TIMES))


@pytest.mark.parametrize(
    "text",
    [
        "\t" + "a" * 200_000,
        "Аa" * 100_000,
        "a" + "\u0301\u0323" * 100_000,
        "a\u200b" * 100_000,
        "\r\n" * 100_000,
    ],
    ids=["one long word", "look-alikes", "piled-up marks", "zero-width marks", "line ends"],
)
def test_normalising_takes_linear_time(text: str) -> None:
    assert_linear(normalise, text)
    normal, origins = normalise(text)
    assert origins is None or len(origins) == len(normal) + 1


def _retoned(text: str) -> str:
    for new, old in OLD_TONES:
        text = text.replace(new, old)
    return text


@pytest.mark.parametrize(
    "spell",
    [
        lambda text: unicodedata.normalize("NFD", text),
        _retoned,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "  \n"),
        lambda text: text.replace("-", "\u2011"),
        lambda text: "\ufeff" + text.replace("ă", "ă\u200b"),
    ],
    ids=["NFD", "old tone places", "no-break blanks", "CRLF", "blanks at line ends", "no-break hyphens", "zero width"],
)
def test_spelling_does_not_matter(spell: Callable[[str], str]) -> None:
    respelled = spell(DOCUMENT)
    for name, find in FUNCTIONS.items():
        assert [_content(record) for record in find(respelled)] == [_content(record) for record in find(DOCUMENT)], name
    assert _content(extractors.extract_header(respelled)) == _content(extractors.extract_header(DOCUMENT))


def test_everything_in_the_document_is_found() -> None:
    counts = {name: len(find(DOCUMENT)) for name, find in FUNCTIONS.items()}
    assert counts["citations"] == 5
    assert counts["deadlines"] == 2
    assert counts["signatories"] == 1
    assert counts["recipients"] == 4


def _filled(seed: str, size: int) -> str:
    return (seed * (size // len(seed) + 1))[:size]


_OWN_TO_THE_SPELLING = {"start", "end", "spans", "confidence"}


def _content(record: Any) -> dict[str, Any]:
    """What a record says, without where, in one spelling."""
    values = {name: getattr(record, name) for name in record.__slots__ if name not in _OWN_TO_THE_SPELLING}
    return {name: _one_spelling(value) if isinstance(value, str) else value for name, value in values.items()}


def _one_spelling(text: str) -> str:
    for new, old in OLD_TONES:
        text = text.replace(old, new)
    return " ".join(text.split())
