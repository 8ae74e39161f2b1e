"""Words with their places become lines and paragraphs in reading order."""

from __future__ import annotations

from pipeline.sources.page_layout import lay_out
from pipeline.sources.page_words import PageWords, Rule, Word
from pipeline.sources.reflow import LaidOutPage, reflow

WIDTH, HEIGHT = 595.0, 842.0


def printed(text: str, left: float, baseline: float, size: float = 13.0, *, bold: bool = False) -> list[Word]:
    """Words of a line that begins at `left`, half a size for every letter."""
    words = []
    for piece in text.split():
        right = left + 0.5 * size * len(piece)
        words.append(Word(piece, left, baseline - 0.8 * size, right, baseline + 0.2 * size, baseline, size, bold))
        left = right + 0.3 * size
    return words


def wide(text: str, baseline: float, *, left: float = 85.0, right: float = 540.0) -> list[Word]:
    """A line stretched over the text's width."""
    words = printed(text, left, baseline)
    gap = (right - words[-1].right) / max(1, len(words) - 1)
    return [
        Word(w.text, w.left + n * gap, w.top, w.right + n * gap, w.bottom, w.baseline, w.size, w.bold)
        for n, w in enumerate(words)
    ]


def text_of(*pages: list[Word], rules: tuple[Rule, ...] = ()) -> str:
    laid_out = []
    for number, words in enumerate(pages, start=1):
        lines = lay_out(PageWords(number, WIDTH, HEIGHT, tuple(words), rules))
        laid_out.append(LaidOutPage(number, WIDTH, HEIGHT, tuple(lines)))
    return reflow(laid_out).text


def header() -> list[Word]:
    return [
        *printed("UBND HUYỆN AN BÌNH", 90, 70),
        *printed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 275, 70, bold=True),
        *printed("PHÒNG NỘI VỤ", 110, 86, bold=True),
        *printed("Độc lập - Tự do - Hạnh phúc", 320, 86, bold=True),
        *printed("Số: 12/PNV-TC", 110, 112),
        *printed("An Bình, ngày 05 tháng 3 năm 2021", 290, 112),
        *printed("V/v rà soát biên chế", 100, 128, 12),
        *printed("viên chức năm 2021", 100, 142, 12),
    ]


def test_header_columns_stand_one_after_the_other() -> None:
    text = text_of([*header(), *printed("Kính gửi: Các trường học", 200, 200)])
    assert text.splitlines() == [
        "UBND HUYỆN AN BÌNH",
        "PHÒNG NỘI VỤ",
        "Số: 12/PNV-TC",
        "V/v rà soát biên chế viên chức năm 2021",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Bình, ngày 05 tháng 3 năm 2021",
        "Kính gửi: Các trường học",
    ]


def test_party_header() -> None:
    words = [
        *printed("HUYỆN ỦY AN BÌNH", 90, 70),
        *printed("ĐẢNG CỘNG SẢN VIỆT NAM", 320, 70, bold=True),
        *printed("*", 150, 86),
        *printed("Số 15-CV/HU", 110, 100),
        *printed("An Bình, ngày 02 tháng 4 năm 2021", 310, 100),
    ]
    assert text_of(words).splitlines() == [
        "HUYỆN ỦY AN BÌNH",
        "*",
        "Số 15-CV/HU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "An Bình, ngày 02 tháng 4 năm 2021",
    ]


def test_recipients_stand_before_the_signature() -> None:
    words = [
        *wide("Trên đây là kết quả rà soát biên chế của các trường, đề nghị", 300),
        *printed("xem xét./.", 85, 318),
        *printed("KT. TRƯỞNG PHÒNG", 350, 350, bold=True),
        *printed("Nơi nhận:", 85, 356, 12),
        *printed("PHÓ TRƯỞNG PHÒNG", 350, 366, bold=True),
        *printed("- Như trên;", 85, 372, 11),
        *printed("- Phòng Tài chính, Kế hoạch và", 85, 386, 11),
        *printed("Đầu tư huyện;", 85, 400, 11),
        *printed("- Lưu: VT.", 85, 414, 11),
        *printed("Lê Văn Thử", 370, 440, bold=True),
    ]
    assert text_of(words).splitlines()[1:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Phòng Tài chính, Kế hoạch và Đầu tư huyện;",
        "- Lưu: VT.",
        "KT. TRƯỞNG PHÒNG",
        "PHÓ TRƯỞNG PHÒNG",
        "Lê Văn Thử",
    ]


def body(first_line: float = 100.0) -> list[Word]:
    return [
        *wide("Phòng Nội vụ đề nghị các trường thực hiện Quyết định số 8/QĐ-", first_line, left=115),
        *wide("UBND ngày 04/01/2021 và báo cáo kết quả về Phòng trước ngày 20/3/2021", first_line + 18),
        *printed("theo mẫu.", 85, first_line + 36),
        *wide("Các trường chịu trách nhiệm về số liệu báo cáo và lưu hồ sơ theo", first_line + 54, left=115),
        *printed("quy định.", 85, first_line + 72),
        *printed("1. Thời gian", 115, first_line + 90, bold=True),
    ]


def test_paragraphs_are_joined_and_broken_symbols_mended() -> None:
    assert text_of(body()).splitlines() == [
        "Phòng Nội vụ đề nghị các trường thực hiện Quyết định số 8/QĐ-UBND ngày 04/01/2021 và báo cáo kết quả về Phòng"
        " trước ngày 20/3/2021 theo mẫu.",
        "Các trường chịu trách nhiệm về số liệu báo cáo và lưu hồ sơ theo quy định.",
        "1. Thời gian",
    ]


def test_paragraph_goes_on_over_the_page_and_page_numbers_go() -> None:
    second = [
        *printed("2", 300, 40),
        *wide("và chịu trách nhiệm trước Ủy ban nhân dân huyện về kết quả rà soát ở", 80),
        *printed("đơn vị mình.", 85, 98),
    ]
    first = wide("Hiệu trưởng các trường chỉ đạo rà soát biên chế của đơn vị mình phụ trách", 780, left=115)
    assert text_of(first, second) == (
        "Hiệu trưởng các trường chỉ đạo rà soát biên chế của đơn vị mình phụ trách và chịu trách nhiệm trước Ủy ban"
        " nhân dân huyện về kết quả rà soát ở đơn vị mình."
    )


def test_running_head_is_left_out_with_a_finding() -> None:
    pages = [
        [*printed(f"CÔNG BÁO/Số {number}/Ngày 05-3-2021", 200, 40), *wide("Nội dung của trang này dài hết dòng", 100)]
        for number in (11, 12)
    ]
    laid_out = [
        LaidOutPage(n, WIDTH, HEIGHT, tuple(lay_out(PageWords(n, WIDTH, HEIGHT, tuple(words)))))
        for n, words in enumerate(pages, start=1)
    ]
    flowed = reflow(laid_out)
    assert "CÔNG BÁO" not in flowed.text
    assert [finding.kind for finding in flowed.findings] == ["running_head_removed"]


def test_footnote_marks_stay_behind_symbols_and_metres_only() -> None:
    words = [
        *printed("theo Nghị định", 85, 60),
        Word("3", 171, 51, 175, 57, 55, 8.0, False),
        *printed("Nghị định số 5/2020/NĐ-CP", 85, 100),
        Word("1", 240, 91, 244, 97, 95, 8.0, False),
        *printed("giao 30 m", 270, 100),
        Word("2", 323.5, 91, 327, 97, 95, 8.0, False),
    ]
    assert text_of(words) == "theo Nghị định\nNghị định số 5/2020/NĐ-CP¹ giao 30 m²"


def test_table_cells_are_read_row_by_row() -> None:
    xs, ys = (85.0, 130.0, 350.0, 540.0), (100.0, 130.0, 170.0)
    rules = tuple(Rule(x, ys[0], x + 0.5, ys[-1]) for x in xs) + tuple(Rule(xs[0], y, xs[-1], y + 0.5) for y in ys)
    words = [
        *printed("TT", 95, 120),
        *printed("Đơn vị", 200, 120),
        *printed("Số lượng", 400, 120),
        *printed("1", 100, 145),
        *printed("Trường Tiểu học", 140, 145),
        *printed("An Bình", 140, 160),
        *printed("25", 440, 145),
    ]
    page = PageWords(1, WIDTH, HEIGHT, tuple(words), rules)
    flowed = reflow([LaidOutPage(1, WIDTH, HEIGHT, tuple(lay_out(page)))])
    assert flowed.text.splitlines() == ["TT", "Đơn vị", "Số lượng", "1", "Trường Tiểu học An Bình", "25"]
    assert [(b.kind, b.row, b.column) for b in flowed.blocks][3:] == [("cell", 1, 1), ("cell", 1, 2), ("cell", 1, 3)]
    assert all(flowed.text[b.start : b.end].strip() for b in flowed.blocks)


def test_every_distinct_repair_is_told_once_at_its_first_place() -> None:
    lines = [printed("Sở Xây dựng tổ chức", 85, 100), printed("và tổ trưởng ký tên", 85, 140)]
    mended = [word._replace(raw={"tổ": "tô", "tên": "", "ký": ""}.get(word.text)) for line in lines for word in line]
    page = PageWords(1, WIDTH, HEIGHT, tuple(mended))
    flowed = reflow([LaidOutPage(1, WIDTH, HEIGHT, tuple(lay_out(page)))])
    told = [(f.kind, flowed.text[f.start : f.end], f.message) for f in flowed.findings]
    assert told == [
        ("ocr_repaired", "tổ", "OCR đọc là «tô», ghi lại là «tổ» (2 chỗ)."),
        ("ocr_repaired", "ký tên", "«ký tên» đọc riêng từ ảnh; cần đối chiếu."),
    ]


def test_a_list_of_recipients_goes_on_over_the_page_beside_its_signature() -> None:
    page = [
        *printed("- Ban Thường vụ Huyện ủy,", 85, 80, 11),
        *printed("- Văn phòng Huyện ủy, các ban đảng của Huyện", 85, 98, 11),
        *printed("BÍ THƯ", 400, 99, bold=True),
        *printed("ủy,", 85, 112, 11),
        *printed("- Lưu Văn phòng Đảng ủy.", 85, 130, 11),
        *printed("Trịnh Xuân Hòa", 380, 170, bold=True),
    ]
    assert text_of(page).splitlines() == [
        "- Ban Thường vụ Huyện ủy,",
        "- Văn phòng Huyện ủy, các ban đảng của Huyện ủy,",
        "- Lưu Văn phòng Đảng ủy.",
        "BÍ THƯ",
        "Trịnh Xuân Hòa",
    ]


def test_numbered_items_and_parts_begin_paragraphs_after_full_lines() -> None:
    page = [
        *wide("1- Lãnh đạo phát triển kinh tế: phấn đấu đến cuối năm có 02 sản phẩm.", 100),
        *wide("2- Xây dựng Đảng: các chi bộ hoàn thành kiểm điểm trong tháng cuối năm.", 118),
        *printed("Phần thứ hai", 85, 136),
    ]
    assert [line[:12] for line in text_of(page).splitlines()] == [
        "1- Lãnh đạo ",
        "2- Xây dựng ",
        "Phần thứ hai",
    ]


def test_space_between_full_lines_parts_paragraphs() -> None:
    page = [
        *wide("Các trường trung học phổ thông, trung tâm giáo dục trên địa bàn huyện.", 100),
        *wide("Thực hiện Chỉ thị của Thủ tướng Chính phủ về tăng cường phòng ngừa và", 126),
        *wide("đấu tranh ngăn chặn hoạt động lừa đảo chiếm đoạt tài sản, Công an huyện", 144),
        *wide("đề nghị các đơn vị phối hợp thực hiện một số nội dung sau đây cho đến hết", 162),
        *printed("tháng 12.", 85, 180),
    ]
    assert [line[:9] for line in text_of(page).splitlines()] == ["Các trườn", "Thực hiện"]
