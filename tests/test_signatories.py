"""Signature blocks: (text, expected rows). Every unit and person is invented."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.grammar import table
from extractors.names.person_names import find_name, read_name, with_stray_tones
from extractors.names.positions import goes_on, read_damaged_title, read_title, written_title
from extractors.reading import Reading, normalise, tidy
from extractors.records import Signatory
from extractors.signatories import find_signatories
from tests.hostile_text import assert_linear

Row = tuple[str, str | None, str | None, str | None, str | None]


def signers(text: str) -> list[Row]:
    found = find_signatories(Reading.of(normalise(text)[0])).records
    return [(s.name, s.position, s.authority, s.on_behalf_of, s.honorific) for s in found]


BLOCKS: list[tuple[str, str, list[Row]]] = [
    (
        "small letters at the end",
        "Tôi gửi tới các em lời chúc tốt đẹp nhất.\nTrân trọng!\nChủ tịch\nBùi Thanh Sơn Hải",
        [("Bùi Thanh Sơn Hải", "Chủ tịch", None, None, None)],
    ),
    (
        "right column without its indent",
        "CHỈ HUY TRƯỞNG                TM. ỦY BAN NHÂN DÂN\nĐại tá Võ Văn Hùng              KT. CHỦ TỊCH\n"
        "PHÓ CHỦ TỊCH\nTrần Ngọc Căn",
        [
            ("Võ Văn Hùng", "Chỉ huy trưởng", None, None, "Đại tá"),
            ("Trần Ngọc Căn", "Phó Chủ tịch", "KT", "Chủ tịch", None),
        ],
    ),
    (
        "honours before the name",
        "HIỆU TRƯỞNG\n\nNhà giáo ưu tú, TS. Mai Văn Bảo",
        [("Mai Văn Bảo", "Hiệu trưởng", None, None, "Nhà giáo ưu tú, TS.")],
    ),
    (
        "power of attorney",
        "NGƯỜI ĐƯỢC ỦY QUYỀN                 NGƯỜI ỦY QUYỀN\nTrần Văn Chín                       Nguyễn Văn Tám",
        [
            ("Trần Văn Chín", "Người được ủy quyền", None, None, None),
            ("Nguyễn Văn Tám", "Người ủy quyền", None, None, None),
        ],
    ),
    (
        "two posts of the one acted for",
        "KT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\n\nLê Văn Thử",
        [("Lê Văn Thử", "Phó Chủ nhiệm", "KT", "Bộ trưởng, Chủ nhiệm", None)],
    ),
    ("chairman", "CHỦ TỊCH QUỐC HỘI\n\nLê Văn Thử", [("Lê Văn Thử", "Chủ tịch Quốc hội", None, None, None)]),
    ("head of the unit", "GIÁM ĐỐC\n\n\n\nLê Văn Bảo", [("Lê Văn Bảo", "Giám đốc", None, None, None)]),
    (
        "for the head",
        "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\n\nTrần Thị Mai Hoa",
        [("Trần Thị Mai Hoa", "Phó Trưởng phòng", "KT", "Trưởng phòng", None)],
    ),
    (
        "no blank after the point",
        "KT.CHỦ TỊCH\nPHÓ CHỦ TỊCH\nPhạm Quốc Huy",
        [("Phạm Quốc Huy", "Phó Chủ tịch", "KT", "Chủ tịch", None)],
    ),
    (
        "nearest authority of two",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Hữu Nghĩa",
        [("Nguyễn Hữu Nghĩa", "Phó Chủ tịch", "KT", "Chủ tịch", None)],
    ),
    (
        "collective",
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nĐỗ Minh Quang",
        [("Đỗ Minh Quang", "Chủ tịch", "TM", "Ủy ban nhân dân", None)],
    ),
    (
        "by order",
        "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nVõ Thành Long",
        [("Võ Thành Long", "Chánh Văn phòng", "TL", "Chủ tịch", None)],
    ),
    (
        "by order and for the head of the office",
        "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nHồ Thị Lan",
        [("Hồ Thị Lan", "Phó Chánh Văn phòng", "KT", "Chánh Văn phòng", None)],
    ),
    (
        "a title of two halves on two lines",
        "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG KẾ HOẠCH -\nTÀI CHÍNH\n\nBùi Văn Khải",
        [("Bùi Văn Khải", "Trưởng phòng Kế hoạch - Tài chính", "TL", "Giám đốc", None)],
    ),
    (
        "signed, on the title's line",
        "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH (Đã ký và đóng dấu)\nNông Thị Bích",
        [("Nông Thị Bích", "Chủ tịch", "TM", "Ban Thường vụ", None)],
    ),
    (
        "authority word glued to the file",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, KT.TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nNgô Bảo Trâm",
        [("Ngô Bảo Trâm", "Chánh Văn phòng", "TL", "Chủ tịch", None)],
    ),
    (
        "a title of two halves",
        "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG KẾ HOẠCH - TÀI CHÍNH\n\nBùi Văn Khải",
        [("Bùi Văn Khải", "Trưởng phòng Kế hoạch - Tài chính", "TL", "Giám đốc", None)],
    ),
    (
        "by delegation",
        "TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG HÀNH CHÍNH\n\nBùi Văn Khải",
        [("Bùi Văn Khải", "Trưởng phòng Hành chính", "TUQ", "Giám đốc", None)],
    ),
    ("acting", "Q. GIÁM ĐỐC\n\nLý Thu Hà", [("Lý Thu Hà", "Giám đốc", "Q", None, None)]),
    (
        "slash in the authority word",
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n(đã ký)\nĐặng Văn Lâm",
        [("Đặng Văn Lâm", "Phó Bí thư", "TM", "Ban Thường vụ", None)],
    ),
    (
        "standing deputy secretary",
        "T/M ĐẢNG ỦY\nPHÓ BÍ THƯ THƯỜNG TRỰC\n\nNgô Đức Trí",
        [("Ngô Đức Trí", "Phó Bí thư Thường trực", "TM", "Đảng ủy", None)],
    ),
    (
        "minister's deputy",
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nDương Thế Vinh",
        [("Dương Thế Vinh", "Thứ trưởng", "KT", "Bộ trưởng", None)],
    ),
    (
        "prime minister's deputy",
        "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n\nLâm Quang Đạo",
        [("Lâm Quang Đạo", "Phó Thủ tướng", "KT", "Thủ tướng", None)],
    ),
    (
        "ministry named beside the authority, wrapped",
        "KT. BỘ TRƯỞNG\nBỘ GIÁO DỤC VÀ ĐÀO TẠO\nTHỨ TRƯỞNG\n\nTạ Ngọc Sơn",
        [("Tạ Ngọc Sơn", "Thứ trưởng", "KT", "Bộ trưởng Bộ Giáo dục và Đào tạo", None)],
    ),
    (
        "three ministries one under another",
        "KT. BỘ TRƯỞNG BỘ NỘI VỤ\nTHỨ TRƯỞNG\n\nCao Văn Thắng\n\nKT. BỘ TRƯỞNG BỘ TÀI CHÍNH\nTHỨ TRƯỞNG\n\n"
        "Mai Thị Bích\n\n"
        "KT. CHÁNH ÁN\nTÒA ÁN NHÂN DÂN TỐI CAO\nPHÓ CHÁNH ÁN\n\nTrung tướng Hà Văn Tĩnh",
        [
            ("Cao Văn Thắng", "Thứ trưởng", "KT", "Bộ trưởng Bộ Nội vụ", None),
            ("Mai Thị Bích", "Thứ trưởng", "KT", "Bộ trưởng Bộ Tài chính", None),
            ("Hà Văn Tĩnh", "Phó Chánh án", "KT", "Chánh án Tòa án nhân dân tối cao", "Trung tướng"),
        ],
    ),
    (
        "two signers side by side",
        "          KẾ TOÁN TRƯỞNG                                  GIÁM ĐỐC\n\n\n"
        "          Phan Thị Ngọc                                  Đoàn Văn Hậu",
        [("Phan Thị Ngọc", "Kế toán trưởng", None, None, None), ("Đoàn Văn Hậu", "Giám đốc", None, None, None)],
    ),
    (
        "two titles, then two names, as table rows are read",
        "THƯ KÝ\nCHỦ TỌA\nVũ Thị Hạnh\nTrương Văn Cảnh",
        [("Vũ Thị Hạnh", "Thư ký", None, None, None), ("Trương Văn Cảnh", "Chủ tọa", None, None, None)],
    ),
    (
        "joint Party and state",
        "BAN DÂN VẬN HUYỆN ỦY\nTRƯỞNG BAN\n\nLê Thị Thắm\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n"
        "Đinh Công Bình",
        [
            ("Lê Thị Thắm", "Trưởng ban", None, None, None),
            ("Đinh Công Bình", "Phó Chủ tịch", "KT", "Chủ tịch", None),
        ],
    ),
    (
        "beside the distribution list",
        "Nơi nhận:                                     KT. HIỆU TRƯỞNG\n"
        "- Như trên;                                  PHÓ HIỆU TRƯỞNG\n"
        "- Lưu: VT.\n\n\n                                             TS. Trịnh Văn Toàn",
        [("Trịnh Văn Toàn", "Phó Hiệu trưởng", "KT", "Hiệu trưởng", "TS.")],
    ),
    (
        "one blank from the list, as OCR prints it",
        "Nơi nhận: KT. CHỦ TỊCH\n- Như trên; PHÓ CHỦ TỊCH\n- Lưu: VT.\n\nNguyễn Thành Trung",
        [("Nguyễn Thành Trung", "Phó Chủ tịch", "KT", "Chủ tịch", None)],
    ),
    (
        "title in small letters",
        "TL. Hiệu trưởng\nTrưởng phòng\n Châu Văn Liêm\n(đã ký)",
        [("Châu Văn Liêm", "Trưởng phòng", "TL", "Hiệu trưởng", None)],
    ),
    (
        "asterisks of an export",
        "**KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG**\n\nLê Hồng Sen",
        [("Lê Hồng Sen", "Phó Trưởng phòng", "KT", "Trưởng phòng", None)],
    ),
    ("rank", "CHỈ HUY TRƯỞNG\n\nĐại tá Nguyễn Văn Hùng", [("Nguyễn Văn Hùng", "Chỉ huy trưởng", None, None, "Đại tá")]),
    (
        "rank and degrees",
        "GIÁM ĐỐC\n\nThiếu tướng, PGS.TS Hoàng Minh Đức",
        [("Hoàng Minh Đức", "Giám đốc", None, None, "Thiếu tướng, PGS.TS")],
    ),
    ("professor", "HIỆU TRƯỞNG\nGS-TS. Lê Công Định", [("Lê Công Định", "Hiệu trưởng", None, None, "GS-TS.")]),
    ("physician", "GIÁM ĐỐC\nBS.CKII Phạm Thị Hà", [("Phạm Thị Hà", "Giám đốc", None, None, "BS.CKII")]),
    ("name in capitals", "GIÁM ĐỐC\n\nNGUYỄN VĂN AN", [("Nguyễn Văn An", "Giám đốc", None, None, None)]),
    (
        "second title under the name",
        "TRƯỞNG ĐOÀN\n\nTrần Quốc Bảo\nCHỦ TỊCH HỘI ĐỒNG NHÂN DÂN TỈNH",
        [("Trần Quốc Bảo", "Trưởng đoàn", None, None, None)],
    ),
    (
        "electronic stamp between",
        "GIÁM ĐỐC\nKý bởi: Sở Tư pháp\nEmail: sotuphap@anhoa.gov.vn\nThời gian ký: 02/01/2025 10:09:57\n\n"
        "Hà Quang Minh",
        [("Hà Quang Minh", "Giám đốc", None, None, None)],
    ),
    (
        "scraps of the seal round the name",
        'CHỦ TỊCH r\nÍ l\nÑ\nˆ "Đặng Văn Sỹ" |',
        [("Đặng Văn Sỹ", "Chủ tịch", None, None, None)],
    ),
    (
        "scraps before the name",
        "GIÁM ĐỐC\n=¬=<v ò : 5 Trần Hoàng Nam ^ ÷",
        [("Trần Hoàng Nam", "Giám đốc", None, None, None)],
    ),
    ("family name without its tones", "GIÁM ĐỐC\n\nTrân Mai Khôi", [("Trần Mai Khôi", "Giám đốc", None, None, None)]),
    ("tones printed apart", "GIÁM ĐỐC\nẦ Ấ\nTrân Minh Tuân", [("Trần Minh Tuấn", "Giám đốc", None, None, None)]),
    ("middle name misread", "GIÁM ĐỐC\nTrần Hoảng Nam", [("Trần Hoàng Nam", "Giám đốc", None, None, None)]),
    ("title without tones", "GIAM DOC\n\nLê Văn Tám", [("Lê Văn Tám", "Giám đốc", None, None, None)]),
    (
        "highland name",
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nKsor Hờ Bia",
        [("Ksor Hờ Bia", "Chủ tịch", "TM", "Ủy ban nhân dân", None)],
    ),
    (
        "deputy misread as the head",
        "KT. CHỦ TỊCH\nCHỦ TỊCH\nLê Văn Sáu",
        [("Lê Văn Sáu", "Phó Chủ tịch", "KT", "Chủ tịch", None)],
    ),
    (
        "authority line over two lines",
        "TM. BAN CHẤP HÀNH\nĐẢNG BỘ HUYỆN AN HÒA\nBÍ THƯ\n\nHuỳnh Văn Đông",
        [("Huỳnh Văn Đông", "Bí thư", "TM", "Ban Chấp hành Đảng bộ huyện An Hòa", None)],
    ),
    ("authority without a title", "TM. BAN TỔ CHỨC\n\nTô Thị Xuân", [("Tô Thị Xuân", None, "TM", "Ban Tổ chức", None)]),
    (
        "annex signed too",
        "GIÁM ĐỐC\n\nLê Văn Bảo\n\nPHỤ LỤC\nDanh sách các đơn vị\n\nNGƯỜI LẬP BIỂU\n\nĐào Thị Yến",
        [("Lê Văn Bảo", "Giám đốc", None, None, None), ("Đào Thị Yến", "Người lập biểu", None, None, None)],
    ),
    (
        "signed in brackets on the line of the name",
        "GIÁM ĐỐC\nNguyễn Văn Tình (Đã ký)",
        [("Nguyễn Văn Tình", "Giám đốc", None, None, None)],
    ),
    (
        "second office of a chairman of a board",
        "TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND HUYỆN\n\nLê Thị Bưởi",
        [("Lê Thị Bưởi", "Trưởng ban", "TM", "Ban Chỉ đạo", None)],
    ),
    ("no block", "Trên đây là kế hoạch của nhà trường, đề nghị các tổ thực hiện./.\nNơi nhận:\n- Lưu: VT.", []),
    ("draft that nobody signed", "Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\n", []),
    ("blank form", "GIÁM ĐỐC\n(Ký, ghi rõ họ tên)\n........................", []),
    (
        "a copy that leaves the title out",
        "Các Bộ trưởng thi hành Sắc lệnh này.\n\nTrần Văn Thử\n\n(Đã ký)\n",
        [("Trần Văn Thử", None, None, None, None)],
    ),
    (
        "the President's decrees",
        "Các Bộ trưởng thi hành Sắc lệnh này.\n\nHồ Chí Minh\n\n(Đã ký)\n",
        [("Hồ Chí Minh", None, None, None, None)],
    ),
    (
        "a title of three lines",
        "TL. VIỆN TRƯỞNG\nVỤ TRƯỞNG VỤ QUẢN LÝ\nDI SẢN VĂN HÓA VÀ\nVĂN HÓA CƠ SỞ\n\nLê Văn Tám",
        [("Lê Văn Tám", "Vụ trưởng Vụ Quản lý di sản văn hóa và Văn hóa cơ sở", "TL", "Viện trưởng", None)],
    ),
    (
        "two offices broken in the second",
        "KT. CHỈ HUY TRƯỞNG\nPHÓ CHỈ HUY TRƯỞNG - THAM\nMƯU TRƯỞNG\n\nĐại tá Trần Văn Thử",
        [("Trần Văn Thử", "Phó Chỉ huy trưởng - Tham mưu trưởng", "KT", "Chỉ huy trưởng", "Đại tá")],
    ),
    (
        "the Council of Ministers",
        "T.M. HỘI ĐỒNG BỘ TRƯỞNG\nK.T. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Thử",
        [("Trần Thử", "Phó Chủ tịch", "KT", "Chủ tịch", None)],
    ),
    (
        "who decides is no signature",
        "QUYẾT ĐỊNH\nVề việc khen thưởng\nCHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN AN HÒA\nCăn cứ Luật Thi đua, khen thưởng;\n"
        "Nguyễn Văn An",
        [],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [b[1:] for b in BLOCKS], ids=[b[0] for b in BLOCKS])
def test_signature_blocks(text: str, expected: list[Row]) -> None:
    assert signers(text) == expected


@pytest.mark.parametrize("text", [b[1] for b in BLOCKS], ids=[b[0] for b in BLOCKS])
def test_nfd_reads_the_same(text: str) -> None:
    assert signers(unicodedata.normalize("NFD", text)) == signers(text)


@pytest.mark.parametrize("text", [b[1] for b in BLOCKS], ids=[b[0] for b in BLOCKS])
def test_offsets_point_at_the_name(text: str) -> None:
    for row in find_signatories(Reading.of(text)).records:
        printed = tidy(text[row.start : row.end])
        assert [w[0].lower() for w in printed.split()] == [w[0].lower() for w in row.name.split()]
        assert len(printed) == len(row.name)


@given(st.sampled_from([b[1] for b in BLOCKS]), st.integers(1, 4))
def test_lines_before_change_only_offsets(text: str, lines: int) -> None:
    lead = "Văn bản này gồm nhiều trang.\n" * lines
    before, after = find_signatories(Reading.of(text)).records, find_signatories(Reading.of(lead + text)).records
    assert [_shifted(row, len(lead)) for row in before] == list(after)


def _shifted(row: Signatory, by: int) -> Signatory:
    return replace(row, start=row.start + by, end=row.end + by)


@settings(max_examples=60)
@given(st.text(alphabet="KT. CHỦịchÁN\nVăn-:;,()12", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for row in find_signatories(Reading.of(normalise(text)[0])).records:
        assert 0 <= row.start < row.end <= len(text)
        assert 0 <= row.confidence <= 1


def test_missing_signature_is_told() -> None:
    found = find_signatories(Reading.of("Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\n"))
    assert [f.kind for f in found.findings] == ["no_signature"]
    assert "GIÁM ĐỐC" in found.findings[0].message


def test_name_under_the_seal_is_taken_from_the_text() -> None:
    text = (
        "Điều 1. Thành lập Hội đồng gồm:\n1. TS. Lê Công Danh Hiệu trưởng Chủ tịch Hội đồng\n"
        "Nơi nhận:\n- Lưu: VT.\nHIỆU TRƯỞNG\n*Ạ J ¬|\n"
    )
    found = find_signatories(Reading.of(text))
    assert [(r.name, r.position) for r in found.records] == [("Lê Công Danh", "Hiệu trưởng")]
    assert found.records[0].confidence <= 0.5
    assert found.findings[0].severity == "warning"


def test_authority_words_match_their_examples() -> None:
    for name, row in table("positions")["authority"].items():
        for example in row["examples"]:
            told = read_title(example)
            assert told is not None and told.authority == name, example


def test_positions_match_their_examples() -> None:
    for written, examples in table("positions")["positions"].items():
        for example in examples:
            told = read_title(example)
            assert told is not None and told.position is not None, example
            assert written.lower() in told.position.lower(), example


def test_words_round_titles_match_their_examples() -> None:
    rows = table("positions")
    assert all(goes_on(example) for example in rows["goes_on"]["examples"])
    assert not any(goes_on(example) for example in rows["goes_on"]["not"])
    for printed, written in rows["small_behind_a_title"]["examples"]:
        assert written_title(printed) == written


def test_honorifics_and_names_match_their_examples() -> None:
    rows = table("honorifics")
    for kind in ("academic", "rank"):
        for example in rows[kind]["examples"]:
            told = read_name(example)
            assert told is not None and told.honorific, example
        for example in rows[kind]["not"]:
            told = read_name(example)
            assert told is None or told.honorific is None, example
    names = table("family_names")
    assert all(read_name(example) for example in names["examples"])
    assert not any(read_name(example) for example in names["not"])


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Nguyễn  Văn   An", "Nguyễn Văn An"),
        ("(Nguyễn Văn An)", "Nguyễn Văn An"),
        ("Đ/c Nguyễn Văn An", "Nguyễn Văn An"),
        ("Y Biêr Niê", "Y Biêr Niê"),
        ("Phạm Tuấn: 0912", None),
        ("Sở Nội vụ tỉnh", None),
        ("Trường Tiểu học", None),
        ("Số liệu kèm theo", None),
        ("DANH SÁCH ĐƠN VỊ", None),
    ],
)
def test_lines_that_are_names(line: str, name: str | None) -> None:
    told = read_name(line)
    assert (told.name if told else None) == name


def test_noise_holds_a_name_only_with_a_family_name() -> None:
    found = find_name("^ %7 ui | Lê Văn Chính ~")
    assert found is not None and found.name == "Lê Văn Chính"
    assert find_name("vK BHON di NO %7") is None


def test_stray_tones_need_a_word_that_lacks_them() -> None:
    told = read_name("Nguyễn Văn An")
    assert told is not None and with_stray_tones(told, "Ầ Ấ").name == "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("line", "position"),
    [
        ("VIỆN TRƯỞN gz~", "Viện trưởng"),
        ("PHO GIAM DOG", "Phó Giám đốc"),
        ("V VIỆN TRƯỜNGX4 =", "Viện trưởng"),
        ("NỘI DUNG", None),
    ],
)
def test_titles_one_letter_off(line: str, position: str | None) -> None:
    told = read_damaged_title(line)
    assert (told.position if told else None) == position


@pytest.mark.parametrize(
    "hostile",
    [
        "KT. " * 25_000,
        "PHÓ " * 25_000,
        "GIÁM ĐỐC\n" * 11_000,
        "Nguyễn " * 15_000,
        "- Lưu: VT; " * 9_000,
        "TS. " * 25_000,
        "Ầ " * 50_000,
    ],
    ids=["kt", "pho", "titles", "names", "items", "honorifics", "tones"],
)
def test_hostile_text_costs_in_proportion_to_its_length(hostile: str) -> None:
    assert_linear(lambda part: find_signatories(Reading(part, (), part)), hostile[:100_000])
