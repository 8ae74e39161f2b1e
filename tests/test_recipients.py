"""Kính gửi, Nơi nhận, Lưu: (text, expected rows). Every unit and person is invented."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.grammar import table
from extractors.reading import Reading, normalise, tidy
from extractors.recipients import find_recipients
from tests.hostile_text import assert_linear

Row = tuple[str, str, str | None]

TO, COPY, FILE = "kính gửi", "nơi nhận", "lưu"


def recipients(text: str) -> list[Row]:
    found = find_recipients(Reading.of(normalise(text)[0])).records
    return [(r.role, r.name, r.purpose) for r in found]


def copies(items: str) -> list[tuple[str, str | None]]:
    return [(name, purpose) for _, name, purpose in recipients(f"Nơi nhận:\n{items}")]


LISTS: list[tuple[str, str, list[Row]]] = [
    ("sent to", "Nơi gửi:\n- Như trên;\n- Lưu MT.\nCHỦ TỊCH", [(COPY, "Như trên", None), (FILE, "MT", None)]),
    (
        "the whole list on the line of the words",
        "Nơi nhận: - Như trên; - LĐLĐ tỉnh (B/c); - Lưu VP.",
        [(COPY, "Như trên", None), (COPY, "LĐLĐ tỉnh", "B/c"), (FILE, "VP", None)],
    ),
    (
        "a person and the office held",
        "Nơi nhận:\n- Đ/c Nguyễn Văn Thử, PVT TT VKSTC (để b/cáo);\n- Lưu: VT.",
        [(COPY, "Đ/c Nguyễn Văn Thử, PVT TT VKSTC", "để b/cáo"), (FILE, "VT", None)],
    ),
    (
        "a telegram",
        "CÔNG ĐIỆN\nVề phòng, chống cháy rừng\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:\n- Sở Tài chính; Sở Nội vụ;\n"
        "- Các Tổng công ty, Công ty trực thuộc tỉnh.\nThực hiện Công điện số 2/CĐ-TTg",
        [(TO, "Sở Tài chính", None), (TO, "Sở Nội vụ", None), (TO, "Các Tổng công ty, Công ty trực thuộc tỉnh", None)],
    ),
    (
        "a telegram whose addressees stand in lines of their own",
        "CÔNG ĐIỆN\nBAN CHỈ HUY PCTT HUYỆN AN HÒA\nĐIỆN:\n\nChủ tịch UBND các xã\n\nThủ trưởng các ban, ngành\n\n"
        "Theo bản tin của Đài Khí tượng, hiện nay có một cơn bão.",
        [(TO, "Chủ tịch UBND các xã", None), (TO, "Thủ trưởng các ban, ngành", None)],
    ),
    (
        "the standing committees of both",
        "Nơi nhận:\n- TT. Tỉnh ủy, HĐND tỉnh (B/c);\n- TT Huyện ủy, HĐND, UBND huyện;\n"
        "- Đài TT huyện (đưa tin);\n- Lưu: VT.",
        [
            (COPY, "TT. Tỉnh ủy", "B/c"),
            (COPY, "TT. HĐND tỉnh", "B/c"),
            (COPY, "TT Huyện ủy", None),
            (COPY, "TT HĐND", None),
            (COPY, "UBND huyện", None),
            (COPY, "Đài TT huyện", "đưa tin"),
            (FILE, "VT", None),
        ],
    ),
    (
        "officers of one office, the last by name, and units under two collectives",
        "Nơi nhận:\n- Chủ tịch, PCT UBND tỉnh Trần Văn Thử (b/c);\n- CT, PCT UBND tỉnh Cà Mau;\n"
        "- Các phòng, đơn vị: KHTC, VPĐK;\n- Lưu: VT.",
        [
            (COPY, "Chủ tịch UBND tỉnh", "b/c"),
            (COPY, "PCT UBND tỉnh Trần Văn Thử", "b/c"),
            (COPY, "CT UBND tỉnh Cà Mau", None),
            (COPY, "PCT UBND tỉnh Cà Mau", None),
            (COPY, "KHTC", None),
            (COPY, "VPĐK", None),
            (FILE, "VT", None),
        ],
    ),
    (
        "a file with the letters of an authority",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, KT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Thử",
        [(COPY, "Như trên", None), (FILE, "VT", None), (FILE, "KT", None)],
    ),
    (
        "collectives of an office",
        "Nơi nhận:\n- VPCP: BTCN, các PCN, các Vụ, Cục, đơn vị trực thuộc, Công báo;\n- Lưu: VT.",
        [
            (COPY, "VPCP: BTCN", None),
            (COPY, "VPCP: các PCN", None),
            (COPY, "VPCP: các Vụ, Cục, đơn vị trực thuộc", None),
            (COPY, "VPCP: Công báo", None),
            (FILE, "VT", None),
        ],
    ),
    ("one unit", "Kính gửi: Sở Nội vụ tỉnh An Hòa.\n\nCăn cứ Luật Đất đai;", [(TO, "Sở Nội vụ tỉnh An Hòa", None)]),
    (
        "listed under the words",
        "Kính gửi:\n- Sở Tài chính;\n- Sở Tư pháp.\nThực hiện Công văn số 12/UBND-NC",
        [(TO, "Sở Tài chính", None), (TO, "Sở Tư pháp", None)],
    ),
    (
        "list begun on the line of the words",
        "      Kính gửi:  - Trưởng các phòng thuộc Sở;\n                 - Tổ trưởng các tổ công đoàn.\n\n"
        "   Theo quy định",
        [(TO, "Trưởng các phòng thuộc Sở", None), (TO, "Tổ trưởng các tổ công đoàn", None)],
    ),
    (
        "southern spelling",
        "Kính gởi :       - Các Thầy Cô;\n                       - Giáo viên chủ nhiệm\n \n      Theo thông báo số 2",
        [(TO, "Các Thầy Cô", None), (TO, "Giáo viên chủ nhiệm", None)],
    ),
    (
        "alone in the next cell",
        "Kính gửi:\nThường trực HĐND huyện An Hòa.\n\nCăn cứ Nghị quyết",
        [(TO, "Thường trực HĐND huyện An Hòa", None)],
    ),
    (
        "several on one line",
        "Kính gửi: Sở Tài chính, Sở Nội vụ, Công an tỉnh.\nNgày 02/3/2021, tỉnh họp",
        [(TO, "Sở Tài chính", None), (TO, "Sở Nội vụ", None), (TO, "Công an tỉnh", None)],
    ),
    (
        "a collective with commas",
        "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương\nThực hiện ý kiến",
        [(TO, "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", None)],
    ),
    (
        "a person with two offices, wrapped",
        "Kính gửi:\n- Văn phòng Chính phủ;\n- Bộ trưởng Bộ Y tế, Phó Trưởng ban Ban Chỉ đạo phòng bệnh\n"
        "mùa hè của Chính phủ.\nCăn cứ",
        [
            (TO, "Văn phòng Chính phủ", None),
            (TO, "Bộ trưởng Bộ Y tế, Phó Trưởng ban Ban Chỉ đạo phòng bệnh mùa hè của Chính phủ", None),
        ],
    ),
    (
        "a bracket that is no purpose",
        "Kính gửi: Ban Giám đốc (qua Tổ thư ký)\nThực hiện Thông báo số 2",
        [(TO, "Ban Giám đốc (qua Tổ thư ký)", None)],
    ),
    (
        "group word in the address",
        "Kính gửi: Các sở: Tài chính, Tư pháp.\nCăn cứ",
        [(TO, "Sở Tài chính", None), (TO, "Sở Tư pháp", None)],
    ),
    ("blank form", "Kính gửi: ............................\nTôi tên là", []),
    ("the words in a sentence", "Báo cáo này kính gửi đến các đồng chí để biết.", []),
    (
        "both lists of a letter",
        "Kính gửi: Ủy ban nhân dân tỉnh.\n\nSở báo cáo như sau./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT, HCTH.",
        [(TO, "Ủy ban nhân dân tỉnh", None), (COPY, "Như trên", None), (FILE, "VT", None), (FILE, "HCTH", None)],
    ),
    (
        "signature between the items",
        "Nơi nhận:\nTM. ỦY BAN NHÂN DÂN\n- Như Điều 3;\nCHỦ TỊCH\n- Sở Nội vụ;\n- Lưu: VT.\nNguyễn Văn An",
        [(COPY, "Như Điều 3", None), (COPY, "Sở Nội vụ", None), (FILE, "VT", None)],
    ),
    (
        "signature in the second column",
        "Nơi nhận:                                   GIÁM ĐỐC\n- Như trên;\n- Phó GĐ Sở (đ/c Tú);\n"
        "- Lưu: VT, TCCC(Hà).\n\n"
        "                                             Đỗ Văn Bình",
        [(COPY, "Như trên", None), (COPY, "Phó GĐ Sở (đ/c Tú)", None), (FILE, "VT", None), (FILE, "TCCC(Hà)", None)],
    ),
    (
        "glued to the signature",
        "Nơi nhận:TM. UỶ BAN NHÂN DÂN\n- Bộ Tài chính;KT.CHỦ TỊCH\n- Các sở, ban, ngành;PHÓ CHỦ TỊCH\n"
        "- Báo An Hòa;Nguyễn Văn Hà\n- Lưu VT.",
        [
            (COPY, "Bộ Tài chính", None),
            (COPY, "Các sở, ban, ngành", None),
            (COPY, "Báo An Hòa", None),
            (FILE, "VT", None),
        ],
    ),
    (
        "scraps of the seal behind the items",
        "Nơi nhận: ._, CHỦ TỊCH\n- Như trên; K”vBÊ\n- CT, PCT UBND TX;\n- VP UBND TX (4, 1C); /\n- Lưu: VT,K.",
        [
            (COPY, "Như trên", None),
            (COPY, "CT UBND TX", None),
            (COPY, "PCT UBND TX", None),
            (COPY, "VP UBND TX (4, 1C)", None),
            (FILE, "VT", None),
            (FILE, "K", None),
        ],
    ),
    ("heading misread", "nại nhận:\n- Như trên;\n- Lưu: VT.", [(COPY, "Như trên", None), (FILE, "VT", None)]),
    (
        "nothing after the file",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nPHỤ LỤC\n- Sở Tài chính: 3 triệu;",
        [(COPY, "Như trên", None), (FILE, "VT", None)],
    ),
    ("on one line", "Nơi nhận: Như trên; Lưu: VT.", [(COPY, "Như trên", None), (FILE, "VT", None)]),
]

ITEMS: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("- UBND các huyện, TP;", [("UBND các huyện, TP", None)]),
    ("- Các trường MN, TH, THCS (thực hiện);", [("Các trường MN, TH, THCS", "thực hiện")]),
    ("- GĐ (b/c), PGĐ phụ trách;", [("GĐ", "b/c"), ("PGĐ phụ trách", None)]),
    (
        "- Huyện đoàn An Hòa; - Hội LHPN huyện (b/c); - Lưu VP.",
        [("Huyện đoàn An Hòa", None), ("Hội LHPN huyện", "b/c"), ("VP", None)],
    ),
    ("- Các đồng chí đảng viên;\n- Lưu chi bộ.", [("Các đồng chí đảng viên", None), ("chi bộ", None)]),
    ("- Như trên (để báo cáo);", [("Như trên", "để báo cáo")]),
    ("- Như trên (t/hiện);", [("Như trên", "t/hiện")]),
    ("- Phòng Nội vụ (báo cáo);", [("Phòng Nội vụ", "báo cáo")]),
    ("- Trưởng trạm (thay báo cáo);", [("Trưởng trạm", "thay báo cáo")]),
    ("- Bộ trưởng (để b/c);", [("Bộ trưởng", "để b/c")]),
    ("- UBND huyện (b/cáo);", [("UBND huyện", "b/cáo")]),
    ("- Các trường trực thuộc, để t/h;", [("Các trường trực thuộc", "để t/h")]),
    ("- Các trường trực thuộc để thực hiện;", [("Các trường trực thuộc", "để thực hiện")]),
    ("- BGH, Công đoàn (để biết);", [("BGH", "để biết"), ("Công đoàn", "để biết")]),
    ("- HĐT, BGH, ĐU (để b/c);", [("HĐT", "để b/c"), ("BGH", "để b/c"), ("ĐU", "để b/c")]),
    ("- Các đơn vị liên quan (đề t/h);", [("Các đơn vị liên quan", "để t/h")]),
    ("- Bộ Tư pháp (Cục KTVB);", [("Bộ Tư pháp (Cục KTVB)", None)]),
    ("- Phó CT UBND tỉnh (Đ/c Hà);", [("Phó CT UBND tỉnh (Đ/c Hà)", None)]),
    ("- UBND thị xã (2B,C,D);", [("UBND thị xã (2B,C,D)", None)]),
    ("- Các sở, ban, ngành, đoàn thể;", [("Các sở, ban, ngành, đoàn thể", None)]),
    ("- Các Sở, ban ngành tỉnh;", [("Các Sở, ban ngành tỉnh", None)]),
    ("- Các Sở, Ban, Ngành tỉnh;", [("Các Sở, Ban, Ngành tỉnh", None)]),
    ("- UBND các huyện, thị xã, thành phố;", [("UBND các huyện, thị xã, thành phố", None)]),
    ("- Phòng, khoa, trung tâm;", [("Phòng, khoa, trung tâm", None)]),
    ("- Cơ quan báo, đài;", [("Cơ quan báo, đài", None)]),
    ("- Sở Tài chính, Sở Nội vụ;", [("Sở Tài chính", None), ("Sở Nội vụ", None)]),
    ("- TT Công báo tỉnh, Website tỉnh;", [("TT Công báo tỉnh", None), ("Website tỉnh", None)]),
    ("- LĐVP, P, TH;", [("LĐVP", None), ("P", None), ("TH", None)]),
    ("- CT, PCT UBND tỉnh;", [("CT UBND tỉnh", None), ("PCT UBND tỉnh", None)]),
    ("- Chủ tịch, các PCT UBND huyện;", [("Chủ tịch UBND huyện", None), ("các PCT UBND huyện", None)]),
    ("- Giám đốc, các Phó Giám đốc Sở;", [("Giám đốc Sở", None), ("các Phó Giám đốc Sở", None)]),
    ("- Các sở: TN&MT, GD&ĐT;", [("Sở TN&MT", None), ("Sở GD&ĐT", None)]),
    (
        "- Các sở, ngành: Văn hóa, Thể thao và Du lịch,\n  Y tế, Thanh tra tỉnh;",
        [("Sở Văn hóa, Thể thao và Du lịch", None), ("Sở Y tế", None), ("Thanh tra tỉnh", None)],
    ),
    ("- Các sở: Khoa học và Công nghệ, Tư pháp;", [("Sở Khoa học và Công nghệ", None), ("Sở Tư pháp", None)]),
    ("- Các ban: Tổ chức, Tuyên giáo;", [("Ban Tổ chức", None), ("Ban Tuyên giáo", None)]),
    ("- Các hội: Hội Nông dân, Hội Phụ nữ;", [("Hội Nông dân", None), ("Hội Phụ nữ", None)]),
    ("- Thường trực: Tỉnh ủy, HĐND tỉnh;", [("Thường trực Tỉnh ủy", None), ("Thường trực HĐND tỉnh", None)]),
    ("- VPUB: CVP, PCVP,\n  TH;", [("VPUB: CVP", None), ("VPUB: PCVP", None), ("VPUB: TH", None)]),
    ("- UBMTTQ huyện và các đoàn thể huyện;", [("UBMTTQ huyện", None), ("các đoàn thể huyện", None)]),
    ("- BQL KKT An Hòa và các KCN tỉnh;", [("BQL KKT An Hòa và các KCN tỉnh", None)]),
    ("- VP Đoàn ĐBQH và HĐND tỉnh;", [("VP Đoàn ĐBQH và HĐND tỉnh", None)]),
    ("- Ủy ban Mặt trận Tổ quốc Việt Nam\n  tỉnh An Hòa;", [("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh An Hòa", None)]),
    ("- TT HĐND xã; UBND xã (b/c);", [("TT HĐND xã", None), ("UBND xã", "b/c")]),
    ("- Phòng GD&ĐT; (để b/c)\n- Như điều 3; (để t/h)", [("Phòng GD&ĐT", "để b/c"), ("Như điều 3", "để t/h")]),
    ("~ Sở Nội vụ;\n— Sở Y tế;\n• Sở Tư pháp;", [("Sở Nội vụ", None), ("Sở Y tế", None), ("Sở Tư pháp", None)]),
    ("Sở Nội vụ;\nSở Y tế;\nLưu: VT.", [("Sở Nội vụ", None), ("Sở Y tế", None), ("VT", None)]),
    ("- Lưu: VT, NCKS.Hà", [("VT", None), ("NCKS.Hà", None)]),
    ("- Lưu: VT, KTTH&ĐT (L.B.C).", [("VT", None), ("KTTH&ĐT (L.B.C)", None)]),
    ("- Lưu Văn thư", [("Văn thư", None)]),
    ("- Lưu Ủy ban Kiểm tra.", [("Ủy ban Kiểm tra", None)]),
    ("- Lưu: VT; TH.", [("VT", None), ("TH", None)]),
    ("- Công TTĐT tỉnh;", [("Cổng TTĐT tỉnh", None)]),
    ("- Để báo cáo: Huyện ủy, UBND huyện;", [("Huyện ủy", "Để báo cáo"), ("UBND huyện", "Để báo cáo")]),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
def test_lists(text: str, expected: list[Row]) -> None:
    assert recipients(text) == expected


@pytest.mark.parametrize(("item", "expected"), ITEMS, ids=[row[0][:40] for row in ITEMS])
def test_items(item: str, expected: list[tuple[str, str | None]]) -> None:
    assert copies(item) == expected


def test_those_above_are_referred_to() -> None:
    rows = find_recipients(Reading.of("Nơi nhận:\n- Như trên;\n- Như Điều 3;\n- Nhà trường;\n- Lưu: VT.")).records
    assert [r.refers_to_addressees for r in rows] == [True, True, False, False]
    assert [r.ordinal for r in rows] == [1, 2, 3, 4]


WHOLE = [row[1] for row in LISTS] + [f"Nơi nhận:\n{row[0]}" for row in ITEMS]


@pytest.mark.parametrize("text", WHOLE)
def test_nfd_reads_the_same(text: str) -> None:
    assert recipients(unicodedata.normalize("NFD", text)) == recipients(text)


@pytest.mark.parametrize("text", WHOLE)
def test_offsets_point_at_the_words(text: str) -> None:
    for row in find_recipients(Reading.of(text)).records:
        printed = tidy(text[row.start : row.end]).replace("Công TTĐT", "Cổng TTĐT")
        assert printed in row.name or row.name in printed


@given(st.sampled_from(WHOLE), st.integers(1, 3))
def test_wider_blanks_change_only_offsets(text: str, more: int) -> None:
    assert recipients(text.replace(" (", " " * more + " (")) == recipients(text)


@settings(max_examples=60)
@given(st.text(alphabet="Nơi nhận:\n-;,() LưuVTSở", max_size=150))
def test_any_text_is_read(text: str) -> None:
    text = "Nơi nhận:\n" + text
    for row in find_recipients(Reading.of(normalise(text)[0])).records:
        assert 0 <= row.start < row.end <= len(text)
        assert row.name.strip() == row.name != ""


def test_tables_hold_to_their_examples() -> None:
    rows = table("recipients")
    for purpose in rows["purpose"]["examples"]:
        assert copies(f"- Sở Y tế ({purpose});") == [("Sở Y tế", purpose)]
    for words in rows["purpose"]["not"]:
        assert copies(f"- Sở Y tế ({words});") == [(f"Sở Y tế ({words})", None)]
    for name, group in rows["groups"].items():
        for example in group["examples"]:
            got = copies(f"- {example};")
            assert len(got) == 2 and all(n.lower().startswith(name.lower()) for n, _ in got), example
    for kind in ("collectives", "composites", "governs_both"):
        for example in rows[kind]["examples"]:
            assert len(copies(f"- {example};")) == 1, example
    for kind in ("offices", "others"):
        for example, *members in rows[kind]["examples"]:
            assert [name for name, _ in copies(f"- {example};")] == members
    for example in rows["collectives"]["not"]:
        assert len(copies(f"- {example};")) == 2, example
    for word, expected in (("examples", True), ("not", False)):
        for example in rows["refers"][word]:
            told = find_recipients(Reading.of(f"Nơi nhận:\n- {example};")).records
            assert told[0].refers_to_addressees is expected, example
    for example in rows["titles"]["not"]:
        assert copies(f"- {example};") == [(example, None)]


@pytest.mark.parametrize(
    "hostile",
    [
        "Nơi nhận:\n" * 9_000,
        "Nơi nhận:\n" + "- a, " * 25_000,
        "Kính gửi: " * 10_000,
        "Nơi nhận:\n- " + "(" * 90_000,
        "Nơi nhận:\n" + "- Các sở: " * 10_000,
        "- Lưu: VT; " * 9_000,
        "Nơi nhận:\n- " + "CT, " * 20_000,
        "Nơi nhận:" + " " * 90_000 + "x",
    ],
    ids=["headings", "commas", "addresses", "brackets", "groups", "files", "titles", "blanks"],
)
def test_hostile_text_is_read_in_time(hostile: str) -> None:
    assert_linear(lambda part: find_recipients(Reading(part, (), part)), hostile[:100_000])
