"""The Word reader: what is printed, in which order, on which page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from pipeline.errors import DamagedFile, EncryptedFile, LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.word import read_docx
from pipeline.sources.word_numbering import format_number
from pipeline.sources.word_styles import Styles
from tests.pdf_files import FONT_FILE, needs_tesseract, page_picture
from tests.pdf_files import HEADER as PDF_HEADER
from tests.word_files import (
    abstract_list,
    cell,
    level,
    numbered,
    paragraph,
    run,
    table,
    text_box,
    used_list,
    write_docx,
)

HEADER = table(
    [
        cell("ỦY BAN NHÂN DÂN", "XÃ SUỐI MƠ"),
        cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ],
    [cell("Số: 15/UBND-VX", "V/v rà soát sổ sách"), "Suối Mơ, ngày 04 tháng 3 năm 2024"],
)
HEADER_LINES = [
    "ỦY BAN NHÂN DÂN",
    "XÃ SUỐI MƠ",
    "Số: 15/UBND-VX",
    "V/v rà soát sổ sách",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Suối Mơ, ngày 04 tháng 3 năm 2024",
]
FIELD_START = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
FIELD = FIELD_START + (
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def read(tmp_path: Path, *body: str, **parts: str) -> list[str]:
    return read_docx(write_docx(tmp_path / "a.docx", *body, **parts), Limits()).text.split("\n")


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("Kính gửi: ") + run("Sở Y tế"), "Kính gửi: Sở Y tế"),
        (run("a", "<w:vanish/>") + run("b"), "b"),
        (run("a", '<w:vanish w:val="0"/>') + run("b"), "ab"),
        (run("kế hoạch", "<w:caps/>"), "KẾ HOẠCH"),
        (f"<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins>{run('mới')}</w:ins>", "mới"),
        (f"<w:moveFrom>{run('đi')}</w:moveFrom><w:moveTo>{run('đến')}</w:moveTo>", "đến"),
        (f"<w:hyperlink>{run('Thông tư')}</w:hyperlink><w:smartTag>{run(' 01')}</w:smartTag>", "Thông tư 01"),
        (f"<w:sdt><w:sdtContent>{run('trong ô')}</w:sdtContent></w:sdt>", "trong ô"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>", "a b-c"),
        ("<w:r><w:t>tr</w:t><w:softHyphen/><w:t>ang</w:t></w:r>", "trang"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A7"/><w:t> việc</w:t></w:r>', "• việc"),
        (run("\uf02d", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + run(" việc"), "- việc"),
        (FIELD.format(code="PAGE", result="3") + run("x"), "x"),
        (FIELD.format(code="MERGEFIELD ten", result="Lý Văn Mẫu"), "Lý Văn Mẫu"),
        (f'<w:fldSimple w:instr=" NUMPAGES ">{run("9")}</w:fldSimple>' + run("y"), "y"),
        ("<m:oMath><m:r><m:t>S=a+b</m:t></m:r></m:oMath>", "S=a+b"),
        (run("Ðề án"), "Đề án"),
        (run("hòa"), "hòa"),
    ],
)
def test_a_paragraph_reads_as_printed(tmp_path: Path, inner: str, expected: str) -> None:
    assert read(tmp_path, paragraph(inner=inner)) == [expected]


def test_soft_breaks_part_lines(tmp_path: Path) -> None:
    document = read_docx(
        write_docx(tmp_path / "a.docx", paragraph(inner="<w:r><w:t>QUY CHẾ</w:t><w:br/><w:t>Làm việc</w:t></w:r>")),
        Limits(),
    )
    assert document.text == "QUY CHẾ\nLàm việc"
    assert [block.kind for block in document.blocks] == ["line", "line"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    body = (paragraph("Căn cứ ", "<w:rPr><w:del/></w:rPr>"), paragraph("Luật Lưu trữ;"))
    assert read(tmp_path, *body) == ["Căn cứ Luật Lưu trữ;"]


def test_a_field_may_run_over_paragraphs(tmp_path: Path) -> None:
    body = (
        paragraph(
            inner=FIELD_START.format(code="TOC") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("I. Một")
        ),
        paragraph(inner=run("II. Hai") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        paragraph("Nội dung"),
    )
    assert read(tmp_path, *body) == ["I. Một", "II. Hai", "Nội dung"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    assert read(tmp_path, paragraph(inner=run("Nội dung") + text_box("HỎA TỐC"))) == ["Nội dung", "HỎA TỐC"]


def test_footnotes_stand_after_their_paragraph(tmp_path: Path) -> None:
    body = paragraph(inner=run("Theo số liệu") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" năm qua"))
    notes = f'<w:footnote w:id="2">{paragraph("Báo cáo số 7/BC-XYZ.")}</w:footnote>'
    assert read(tmp_path, body, paragraph("Hết"), footnotes=notes) == [
        "Theo số liệu năm qua",
        "[2] Báo cáo số 7/BC-XYZ.",
        "Hết",
    ]


# --- lists ----------------------------------------------------------------------------------------------------------

OUTLINE = abstract_list(
    1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)")
) + used_list(5, 1)


def test_list_labels_are_printed_and_restart_below(tmp_path: Path) -> None:
    body = [
        numbered("Mục đích", 5), numbered("Yêu cầu", 5, 1), numbered("Một", 5, 2), numbered("Hai", 5, 2),
        numbered("Nội dung", 5), numbered("Việc", 5, 1), numbered("Ba", 5, 2),
    ]  # fmt: skip
    assert read(tmp_path, *body, numbering=OUTLINE) == [
        "I. Mục đích", "1. Yêu cầu", "a) Một", "b) Hai", "II. Nội dung", "1. Việc", "a) Ba",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        (abstract_list(1, level(0, "bullet", "\uf0b7")) + used_list(5, 1), ["- a", "- b"]),
        (abstract_list(1, level(0, "bullet", "+")) + used_list(5, 1), ["+ a", "+ b"]),
        (abstract_list(1, level(0, "none", "")) + used_list(5, 1), ["a", "b"]),
        (abstract_list(1, level(0, "decimal", "Điều %1.")) + used_list(5, 1), ["Điều 1. a", "Điều 2. b"]),
        (abstract_list(1, level(0, "decimal", "%1.", first=4)) + used_list(5, 1), ["4. a", "5. b"]),
        (
            abstract_list(1, level(0, "decimalZero", "%1-", more='<w:suff w:val="nothing"/>')) + used_list(5, 1),
            ["01-a", "02-b"],
        ),
        ("", ["a", "b"]),
        (abstract_list(2, level(0, "decimal", "%1.")) + used_list(5, 1), ["a", "b"]),
    ],
)
def test_list_formats(tmp_path: Path, numbering: str, expected: list[str]) -> None:
    assert read(tmp_path, numbered("a", 5), numbered("b", 5), numbering=numbering) == expected


def test_legal_numbering_shows_upper_levels_in_digits(tmp_path: Path) -> None:
    lists = abstract_list(
        1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", more="<w:isLgl/>")
    ) + used_list(5, 1)
    assert read(tmp_path, numbered("a", 5), numbered("b", 5, 1), numbering=lists) == ["I. a", "1.1. b"]


def test_a_start_override_restarts_and_a_shared_list_goes_on(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = abstract_list(1, level(0, "decimal", "%1.")) + used_list(5, 1) + used_list(6, 1) + used_list(7, 1, override)
    body = [numbered("a", 5), numbered("b", 6), numbered("c", 7), numbered("d", 7)]
    assert read(tmp_path, *body, numbering=lists) == ["1. a", "2. b", "1. c", "2. d"]


def test_a_style_may_carry_the_numbering(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Diem"><w:basedOn w:val="Khoan"/></w:style>'
    )
    lists = abstract_list(
        1,
        level(0, "decimal", "%1.", more='<w:pStyle w:val="Khoan"/>'),
        level(1, "lowerLetter", "%2)", more='<w:pStyle w:val="Diem"/>'),
    ) + used_list(5, 1)
    body = [paragraph("a", '<w:pStyle w:val="Khoan"/>'), paragraph("b", '<w:pStyle w:val="Diem"/>')]
    off = paragraph("c", '<w:pStyle w:val="Khoan"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert read(tmp_path, *body, off, styles=styles, numbering=lists) == ["1. a", "a) b", "c"]


@pytest.mark.parametrize(
    ("count", "number_format", "expected"),
    [
        (4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (0, "upperRoman", "0"), (5, "lowerLetter", "e"),
        (27, "lowerLetter", "aa"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"), (3, "chicago", "3"),
        (3, "none", ""),
    ],
)  # fmt: skip
def test_number_formats(count: int, number_format: str, expected: str) -> None:
    assert format_number(count, number_format) == expected


# --- tables ---------------------------------------------------------------------------------------------------------


def test_the_header_is_read_column_by_column(tmp_path: Path) -> None:
    document = read_docx(write_docx(tmp_path / "a.docx", HEADER, paragraph("Kính gửi: Trạm Y tế xã")), Limits())
    assert document.text.split("\n") == [*HEADER_LINES, "Kính gửi: Trạm Y tế xã"]
    assert [block.column for block in document.blocks] == [1, 1, 1, 1, 2, 2, 2, 0]
    assert [block.row for block in document.blocks] == [0, 0, 1, 1, 0, 0, 1, None]


def test_columns_follow_the_grid_when_rows_have_other_cells(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    body = table(
        [cell("ĐẢNG ỦY XÃ SUỐI MƠ", "*"), cell("ĐẢNG CỘNG SẢN VIỆT NAM", properties=wide)],
        [cell("Số 12-BC/ĐU"), cell(), cell("Suối Mơ, ngày 05 tháng 6 năm 2023")],
        [cell("BÁO CÁO", properties='<w:gridSpan w:val="3"/>')],
    )
    assert read(tmp_path, body) == [
        "ĐẢNG ỦY XÃ SUỐI MƠ", "*", "Số 12-BC/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Suối Mơ, ngày 05 tháng 6 năm 2023",
        "BÁO CÁO",
    ]  # fmt: skip


@pytest.mark.parametrize("bordered", [True, False])
def test_recipients_come_before_the_signature(tmp_path: Path, bordered: bool) -> None:
    body = table(
        ["Nơi nhận:", "KT. CHỦ TỊCH"],
        [cell("- Như trên;", "- Lưu: VT."), "PHÓ CHỦ TỊCH"],
        ["", "Lý Thị Mẫu"],
        bordered=bordered,
    )
    assert read(tmp_path, body) == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lý Thị Mẫu",
    ]


def test_two_signers_without_recipients(tmp_path: Path) -> None:
    body = table(["GIÁM ĐỐC", "CHỦ TỊCH"], ["", ""], ["Lý Văn Mẫu", "Tạ Thị Thử"], ["(đã ký)", "(đã ký)"])
    assert read(tmp_path, body) == ["GIÁM ĐỐC", "Lý Văn Mẫu", "(đã ký)", "CHỦ TỊCH", "Tạ Thị Thử", "(đã ký)"]


def test_data_is_read_row_by_row(tmp_path: Path) -> None:
    body = table(["STT", "Đơn vị", "Hạn"], ["1", "Tổ một", "15/5/2023"], ["2", "Tổ hai", "16/5/2023"], bordered=True)
    document = read_docx(write_docx(tmp_path / "a.docx", body), Limits())
    assert document.text.split("\n") == ["STT", "Đơn vị", "Hạn", "1", "Tổ một", "15/5/2023", "2", "Tổ hai", "16/5/2023"]
    assert {block.kind for block in document.blocks} == {"cell"}
    assert [(block.row, block.column) for block in document.blocks[3:6]] == [(1, 1), (1, 2), (1, 3)]


def test_keys_and_values_without_lines_stay_together(tmp_path: Path) -> None:
    body = table(["Họ và tên:", "Lý Văn Mẫu"], ["Chức vụ:", "Tổ trưởng"], ["Đơn vị:", "Tổ một"])
    assert read(tmp_path, body) == ["Họ và tên:", "Lý Văn Mẫu", "Chức vụ:", "Tổ trưởng", "Đơn vị:", "Tổ một"]


def test_merged_cells_are_read_once_and_keep_their_column(tmp_path: Path) -> None:
    body = table(
        [
            cell("Thời gian", properties='<w:vMerge w:val="restart"/>'),
            cell("Nơi", properties='<w:gridSpan w:val="2"/>'),
        ],
        [cell("Thời gian", properties="<w:vMerge/>"), "Sáng", "Chiều"],
        bordered=True,
    )
    document = read_docx(write_docx(tmp_path / "a.docx", body), Limits())
    assert document.text.split("\n") == ["Thời gian", "Nơi", "Sáng", "Chiều"]
    assert [block.column for block in document.blocks] == [1, 2, 2, 3]


def test_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    document = read_docx(write_docx(tmp_path / "a.docx", table([cell(HEADER, "BÁO CÁO", "Nội dung")])), Limits())
    assert document.text.split("\n") == [*HEADER_LINES, "BÁO CÁO", "Nội dung"]
    assert document.blocks[-1].kind == "paragraph"


def test_columns_made_with_tabs(tmp_path: Path) -> None:
    def tabbed(left: str, right: str) -> str:
        return paragraph(inner=f"<w:r><w:t>{left}</w:t><w:tab/><w:tab/><w:t>{right}</w:t></w:r>")

    body = [
        tabbed("UBND HUYỆN THỬ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        tabbed("PHÒNG VĂN HÓA", "Độc lập - Tự do - Hạnh phúc"),
        tabbed("Số: 8/BC-VH", "Thử, ngày 04 tháng 3 năm 2014"),
        paragraph("BÁO CÁO"),
        tabbed("Nơi nhận:", "TRƯỞNG PHÒNG"),
        paragraph("- Như trên;"),
        tabbed("- Lưu: VT.", "Lý Văn Mẫu"),
    ]
    assert read(tmp_path, *body) == [
        "UBND HUYỆN THỬ", "PHÒNG VĂN HÓA", "Số: 8/BC-VH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Thử, ngày 04 tháng 3 năm 2014",
        "BÁO CÁO", "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TRƯỞNG PHÒNG", "Lý Văn Mẫu",
    ]  # fmt: skip


def test_a_letterhead_in_the_page_header_comes_first(tmp_path: Path) -> None:
    assert read(tmp_path, paragraph("QUYẾT ĐỊNH"), header=HEADER) == [*HEADER_LINES, "QUYẾT ĐỊNH"]
    assert read(tmp_path, HEADER, header=paragraph("Trang đầu")) == HEADER_LINES


# --- pages, weight, old fonts ---------------------------------------------------------------------------------------

PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
LAST_RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_pages_follow_the_breaks_word_left(tmp_path: Path) -> None:
    body = [
        paragraph("một"),
        paragraph(inner=PAGE_BREAK),
        paragraph(inner=LAST_RENDERED + run("hai ") + LAST_RENDERED + run("ba")),
        paragraph("bốn", "<w:pageBreakBefore/>"),
    ]
    document = read_docx(write_docx(tmp_path / "a.docx", *body), Limits())
    assert document.text == "một\nhai ba\nbốn"
    assert [block.page for block in document.blocks] == [1, 2, 4]
    assert [document.text[page.start : page.end] for page in document.pages] == ["một\n", "hai ", "ba\n", "bốn"]


def test_a_row_that_crosses_a_page_counts_once(tmp_path: Path) -> None:
    broken = paragraph(inner=run("a ") + LAST_RENDERED + run("b"))
    body = table([cell(broken), cell(broken)], ["c", "d"], bordered=True)
    document = read_docx(write_docx(tmp_path / "a.docx", body), Limits())
    assert [block.page for block in document.blocks] == [1, 1, 2, 2]
    assert len(document.pages) == 2


def test_weight_and_alignment(tmp_path: Path) -> None:
    body = [paragraph(properties='<w:jc w:val="center"/>', inner=run("KẾ HOẠCH", "<w:b/>")), paragraph("Nội dung")]
    title, text = read_docx(write_docx(tmp_path / "a.docx", *body), Limits()).blocks
    assert (title.bold, title.centred, text.bold, text.centred) == (True, True, False, False)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            run("Phßng Tæ ch", '<w:rFonts w:ascii=".VnTime"/>') + run("øc", '<w:b/><w:rFonts w:ascii=".VnTime"/>'),
            "Phòng Tổ chức",
        ),
        (run("uû ban", '<w:rFonts w:ascii=".VnTimeH"/>'), "UỶ BAN"),
        (run("ca", '<w:rFonts w:hAnsi="VNI-Times"/>') + run("ùn boä", '<w:rFonts w:hAnsi="VNI-Times"/>'), "cán bộ"),
        (run("Cán bộ", '<w:rFonts w:ascii=".VnTime"/>'), "Cán bộ"),
        (run("là ", '<w:rFonts w:ascii="Arial"/>') + run("®óng", '<w:rFonts w:ascii=".VnTime"/>'), "là đúng"),
    ],
)
def test_runs_in_old_fonts_become_unicode(tmp_path: Path, inner: str, expected: str) -> None:
    assert read(tmp_path, paragraph(inner=inner)) == [expected]


def test_converted_fonts_are_told(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph(inner=run("Phßng häp", '<w:rFonts w:ascii=".VnTime"/>')))
    (finding,) = read_docx(path, Limits()).findings
    assert (finding.kind, finding.severity) == ("legacy_font", "info")
    assert "TCVN3" in finding.message


# --- files that are broken, locked or too big -----------------------------------------------------------------------


def test_a_file_of_python_docx(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("QUY CHẾ", level=1)
    made.add_paragraph("một", style="List Number")
    made.add_paragraph("hai", style="List Number")
    made.add_paragraph("ba", style="List Bullet")
    made.save(str(tmp_path / "a.docx"))
    assert read_docx(tmp_path / "a.docx", Limits()).text.split("\n") == ["QUY CHẾ", "1. một", "2. hai", "- ba"]


def test_a_bomb_of_paragraphs_is_stopped(tmp_path: Path) -> None:
    many = "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 300_000
    path = write_docx(tmp_path / "a.docx", many)
    assert path.stat().st_size < 200_000
    with pytest.raises(LimitExceeded, match="đoạn"):
        read_docx(path, Limits(pages=50))


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        (Limits(unpacked_bytes=10_000), "unpacked_bytes"),
        (Limits(characters=1_000), "characters"),
        (Limits(file_seconds=-1), "file_seconds"),
        (Limits(pages=1), "pages"),
    ],
)
def test_limits_are_named(tmp_path: Path, limits: Limits, named: str) -> None:
    path = write_docx(tmp_path / "a.docx", *[paragraph("chữ " * 10, "<w:pageBreakBefore/>")] * 100)
    with pytest.raises(LimitExceeded, match=named):
        read_docx(path, limits)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY f "nhiều">]><w:document {names}><w:body>'
        "<w:p><w:r><w:t>chữ &e;&f;</w:t></w:r></w:p></w:body></w:document>"
    )
    text = read_docx(write_docx(tmp_path / "a.docx", document=document), Limits()).text
    assert "bí mật" not in text


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_cut_off_file_is_damaged(tmp_path: Path, kept: float) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("chữ"))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(DamagedFile):
        read_docx(path, Limits())


def test_flipped_bytes_never_crash(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", HEADER, *[paragraph("chữ " * 50)] * 20)
    content = path.read_bytes()
    for at in range(0, len(content), max(1, len(content) // 150)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
        try:
            read_docx(path, Limits())
        except (DamagedFile, EncryptedFile, LimitExceeded):
            continue


def test_broken_xml_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile):
        read_docx(write_docx(tmp_path / "a.docx", document="<w:document"), Limits())


def test_a_large_main_part_is_streamed_and_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = (
        HEADER,
        paragraph("I. Nội dung"),
        table(["a", "b"], ["c", "d"], bordered=True),
        paragraph("", inner=text_box("hộp")),
    )
    path = write_docx(tmp_path / "a.docx", *body)
    held = read_docx(path, Limits())
    monkeypatch.setattr("pipeline.sources.word._HELD_WHOLE", 0)
    assert read_docx(path, Limits()) == held


def test_one_paragraph_of_millions_of_runs_is_stopped(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph(inner="<w:r/>" * 2_200_000))
    with pytest.raises(LimitExceeded, match="thẻ XML"):
        read_docx(path, Limits())


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:latentStyles w:count="1"><w:lsdException w:name="Normal"/></w:latentStyles>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:caps/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Đậm"><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    "comment", ["", "<!-- so that it is parsed whole -->"], ids=["cut at its styles", "parsed whole"]
)
def test_styles_are_found_however_the_part_is_read(comment: str) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = Styles(f"<w:styles {names}>{comment}{STYLES}</w:styles>".encode())
    assert styles.default_font == "Arial"
    assert styles.paragraph_style(None).capitals
    bold = styles.paragraph_style("Đậm")
    assert (bold.bold, bold.capitals) == (True, True)
    assert styles.style("không có").bold is None


@pytest.mark.ocr
@needs_tesseract
@pytest.mark.skipif(not FONT_FILE.is_file(), reason="the DejaVu fonts are not installed")
def test_a_docx_of_page_pictures_is_read_by_ocr(tmp_path: Path) -> None:
    held = io.BytesIO()
    page_picture(PDF_HEADER, dpi=150).save(held, "PNG")
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = (
        f'<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:r="{links}" r:embed="p1"/></w:drawing></w:r></w:p>'
    )
    plain = write_docx(tmp_path / "a.docx", drawing)
    path = tmp_path / "b.docx"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = (
        f'<Relationships xmlns="{package}"><Relationship Id="p1" Type="{links}/image" Target="media/p.png"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, rels if name.endswith("document.xml.rels") else old.read(name))
        new.writestr("word/media/p.png", held.getvalue())
    document = read_docx(path, Limits())
    assert (document.file_format, document.media) == ("docx", "scanned")
    assert "17/KH-UBND" in document.text
