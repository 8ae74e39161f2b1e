"""The document's own fields: (text, expected fields). Every unit, number and person is invented."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.grammar import table
from extractors.header import read_header
from extractors.header.issuers import spelt_as_in_text, with_locality, written_unit
from extractors.header.lines import begins_unit, head_lines, split_title, stamp_of, type_title
from extractors.names.known_names import mended
from extractors.reading import Reading, normalise
from extractors.records import Header
from tests.hostile_text import assert_linear

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;\nĐiều 1. Nội dung.\n"


def header(text: str) -> Header:
    return read_header(Reading.of(normalise(text)[0]), ()).records[0]


def state(left: str, date_line: str, below: str) -> str:
    """A head whose left column stands before the right one, as the readers give it."""
    return f"{left}\n{MOTTO}{date_line}\n{below}\n{BODY}"


HEADS: list[tuple[str, str, dict[str, object]]] = [
    (
        "a unit above that is named for what it gathers",
        "ĐẢNG BỘ KHỐI CÁC TRƯỜNG\nĐẠI HỌC, CAO ĐẲNG AN HÒA\nĐẢNG ỦY TRƯỜNG CAO ĐẲNG HOA MAI\n*\nSố 22-TTr/ĐU\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nAn Hòa, ngày 25 tháng 11 năm 2024\nTỜ TRÌNH\nvề việc chuẩn y\n" + BODY,
        {"issuer": "Đảng ủy Trường Cao đẳng Hoa Mai"},
    ),
    (
        "the standing members of a council under its name",
        state(
            "HỘI ĐỒNG NHÂN DÂN\nHUYỆN SƠN ĐÔNG\nTHƯỜNG TRỰC\nSố: 18/KH-TTHĐND",
            "Sơn Đông, ngày 16 tháng 02 năm 2022",
            "KẾ HOẠCH\nGiám sát",
        ),
        {
            "issuer": "Thường trực Hội đồng nhân dân huyện Sơn Đông",
            "issuer_parent": "Hội đồng nhân dân huyện Sơn Đông",
        },
    ),
    (
        "a circular of several ministries by its older name",
        "BỘ NỘI THƯƠNG\nBỘ TÀI CHÍNH\nNGÂN HÀNG NHÀ NƯỚC\n******\nVIỆT NAM DÂN CHỦ CỘNG HÒA\n"
        "Số: 7-LB-NT-TC-NH\nHà Nội, ngày 12 tháng 10 năm 1961\nTHÔNG TƯ LIÊN BỘ\nVỀ VIỆC CHO VAY\n" + BODY,
        {
            "doc_type": "thông tư liên tịch",
            "issuer": "Bộ Nội thương, Bộ Tài chính và Ngân hàng Nhà nước",
            "issuer_parent": None,
            "subject": "VỀ VIỆC CHO VAY",
        },
    ),
    (
        "a colon behind the kind of school",
        f"PHÒNG GD&ĐT SƠN ĐÔNG\nTRƯỜNG: THCS HOA MAI\n{MOTTO}BÁO CÁO\nKết quả năm học\n{BODY}",
        {"issuer": "Trường Trung học cơ sở Hoa Mai"},
    ),
    (
        "the Front's standing board",
        state(
            "ỦY BAN TRUNG ƯƠNG\nMẶT TRẬN TỔ QUỐC VIỆT NAM\nBAN THƯỜNG TRỰC\nSố: 25/TTr-MTTW-BTT",
            "Hà Nội, ngày 01 tháng 7 năm 2013",
            "THÔNG TRI\nHướng dẫn tổ chức ngày hội",
        ),
        {
            "issuer": "Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
            "issuer_parent": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
        },
    ),
    (
        "a hospital of the province that the unit above it names",
        state(
            "SỞ Y TẾ TỈNH AN HÒA\nBỆNH VIỆN ĐA KHOA TỈNH\nSố: 245/TB-BVĐK",
            "An Hòa, ngày 22 tháng 5 năm 2023",
            "THÔNG BÁO\nVề việc mời báo giá",
        ),
        {"issuer": "Bệnh viện Đa khoa tỉnh An Hòa", "issuer_parent": "Sở Y tế tỉnh An Hòa"},
    ),
    (
        "number and place broken over lines as web pages do",
        f"ỦY BAN NHÂN DÂN\nTỈNH AN HÒA\n|\n{MOTTO}|\nSố:\n21/2022/QĐ-UBND\n|\nAn\nHòa, ngày 07 tháng 9 năm 2022\n|\n"
        "QUYẾT ĐỊNH\nVề việc giao chỉ tiêu\n" + BODY,
        {"ref": "21/2022/QĐ-UBND", "place": "An Hòa", "issued_date": date(2022, 9, 7)},
    ),
    (
        "a committee of a council",
        state(
            "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN HÒA\nBAN PHÁP CHẾ\nSố: 58/BC-PC",
            "An Hòa, ngày 04 tháng 12 năm 2023",
            "BÁO CÁO\nThẩm tra dự thảo Nghị quyết",
        ),
        {"issuer": "Ban Pháp chế Hội đồng nhân dân tỉnh An Hòa", "issuer_parent": "Hội đồng nhân dân tỉnh An Hòa"},
    ),
    (
        "a corporation of the electricity group",
        state(
            "TẬP ĐOÀN\nĐIỆN LỰC VIỆT NAM\nTỔNG CÔNG TY\nĐIỆN LỰC MIỀN ĐÔNG\nSố: 5521/EVN EPC-KD\nV/v giảm giá điện",
            "An Hòa, ngày 15 tháng 7 năm 2021",
            "Kính gửi: Các công ty thành viên",
        ),
        {"ref": "5521/EVN EPC-KD", "symbol": "EVN EPC-KD", "issuer_parent": "Tập đoàn Điện lực Việt Nam"},
    ),
    (
        "the Youth Union's own name in the right column",
        "TỈNH ĐOÀN AN HÒA                  ĐOÀN TNCS HỒ CHÍ MINH\nBAN CHẤP HÀNH ĐOÀN HUYỆN SƠN ĐÔNG\n***\n"
        "Số: 25-KH/ĐTN                Sơn Đông, ngày 16 tháng 5 năm 2024\n\nKẾ HOẠCH\nHoạt động hè\n" + BODY,
        {"issuer": "Ban Chấp hành Đoàn huyện Sơn Đông", "issuer_parent": "Tỉnh Đoàn An Hòa"},
    ),
    (
        "the Youth Union's centre is told by the right column",
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n***\nSố: 7-KH/TWĐTN\nĐOÀN TNCS HỒ CHÍ MINH\nHà Nội, ngày 16 tháng 5 năm 2024\n"
        "KẾ HOẠCH\nHoạt động hè\n" + BODY,
        {"issuer": "Ban Chấp hành Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh", "issuer_parent": None},
    ),
    (
        "a title that says it all",
        "NGHỊ ĐỊNH\nCỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 28-HĐBT NGÀY 9-2-1987\nBAN HÀNH ĐIỀU LỆ VỀ NÔNG TRƯỜNG\n\n" + BODY,
        {
            "doc_type": "nghị định",
            "ref": "28-HĐBT",
            "issued_date": date(1987, 2, 9),
            "issuer": "Hội đồng Bộ trưởng",
            "subject": "BAN HÀNH ĐIỀU LỆ VỀ NÔNG TRƯỜNG",
        },
    ),
    (
        "a title that says it all on one line",
        "THÔNG TƯ\nCỦA BỘ TÀI CHÍNH SỐ 45 TC/CTN NGÀY 27 THÁNG 8 NĂM 1991 HƯỚNG DẪN VIỆC THU NỘP THUẾ\n" + BODY,
        {"ref": "45 TC/CTN", "issued_year": 1991, "issuer": "Bộ Tài chính", "subject": "HƯỚNG DẪN VIỆC THU NỘP THUẾ"},
    ),
    (
        "the school year under the summary, a school by its letters",
        state(
            "UBND HUYỆN AN HÒA\nTRƯỜNG MN HOA SEN",
            "Hoa Sen, ngày 12 tháng 9 năm 2022",
            "QUYẾT ĐỊNH\nVề việc ban hành Quy chế dân chủ\nNăm học 2022 - 2023\nHIỆU TRƯỞNG TRƯỜNG MẦM NON HOA SEN",
        ),
        {"issuer": "Trường Mầm non Hoa Sen", "subject": "Về việc ban hành Quy chế dân chủ Năm học 2022 - 2023"},
    ),
    (
        "place and date above the signature, the unit behind its label",
        "Đơn vị: Trường Mẫu giáo Hoa Sen\nKẾ HOẠCH CÔNG TÁC THƯ VIỆN NĂM 2023\nThực hiện Kế hoạch số 15/KH-PGDĐT "
        "của Phòng GD&ĐT. Nay trường xây dựng kế hoạch:\nI/ MỤC ĐÍCH\nHoa Sen, ngày 14 tháng 3 năm 2023\nHIỆU TRƯỞNG\n"
        "Lê Thị Kim\n",
        {"issuer": "Trường Mẫu giáo Hoa Sen", "issued_date": date(2023, 3, 14), "place": "Hoa Sen"},
    ),
    (
        "a telegram with its hour",
        state(
            "ỦY BAN NHÂN DÂN\nTỈNH AN HÒA\nSố: 07/CĐ-UBND",
            "An Hòa, hồi 16 giờ 30 phút ngày 26 tháng 9 năm 2022",
            "CÔNG ĐIỆN\nVề bão",
        ),
        {"doc_type": "công điện", "place": "An Hòa", "issued_date": date(2022, 9, 26)},
    ),
    (
        "minutes: the summary ends where the meeting's data begin",
        MOTTO
        + "BIÊN BẢN\nHọp Hội đồng trường lần thứ 3\nThời gian: Hôm nay, ngày 18 tháng 02 năm 2022\nI. THÀNH PHẦN\n",
        {"doc_type": "biên bản", "subject": "Họp Hội đồng trường lần thứ 3"},
    ),
    (
        "the first part of the body is no summary",
        MOTTO + "BÁO CÁO\nTổng kết năm học 2023 - 2024\nPhần thứ nhất\nKẾT QUẢ THỰC HIỆN\nI. ĐẶC ĐIỂM\n",
        {"doc_type": "báo cáo", "subject": "Tổng kết năm học 2023 - 2024"},
    ),
    (
        "the motto broken in a narrow cell",
        "ỦY BAN NHÂN DÂN\nTỈNH YÊN BÁI\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "|\nSố: 83/KH-UBND\n|\nYên Bái, ngày 16\ntháng 9 năm 2023\n|\nKẾ HOẠCH\nTrồng cây đầu xuân\n" + BODY,
        {"issuer": "Ủy ban nhân dân tỉnh Yên Bái", "issuer_parent": None, "issued_date": date(2023, 9, 16)},
    ),
    (
        "place and date over several lines",
        "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\n--------\n|\n" + MOTTO + "|\nSố: 71/KH-UBND\n|\nLạng\nSơn, ngày 17 tháng 08\n"
        "năm 2019\n|\nKẾ HOẠCH\nDiễn tập cứu hộ\n" + BODY,
        {"doc_type": "kế hoạch", "place": "Lạng Sơn", "issued_date": date(2019, 8, 17)},
    ),
    (
        "title in small letters, a board of the Front",
        "UỶ BAN MTTQ VIỆT NAM\nXÃ MỸ LỘC\nBAN THƯỜNG TRỰC\nSố: 45/TTr-MTTQ-BTT\n"
        + MOTTO
        + "Mỹ Lộc, ngày 21 tháng 10 năm 2023\nTờ trình\nV/v xin kinh phí tổ chức ngày hội\nKính gửi: UBND xã.\n"
        + BODY,
        {
            "doc_type": "tờ trình",
            "issuer": "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã Mỹ Lộc",
            "subject": "xin kinh phí tổ chức ngày hội",
        },
    ),
    (
        "board of a Party committee, summary in quotation marks",
        'HUYỆN ỦY AN HÒA\nBAN TUYÊN GIÁO\n*\nSố 231-CV/BTGHU\n"V/v tuyên truyền ngày hội"\nĐẢNG CỘNG SẢN VIỆT NAM\n'
        "An Hòa, ngày 09 tháng 5 năm 2023\nKính gửi: Các chi bộ,\n" + BODY,
        {
            "issuer": "Ban Tuyên giáo Huyện ủy An Hòa",
            "issuer_parent": "Huyện ủy An Hòa",
            "subject": "tuyên truyền ngày hội",
        },
    ),
    (
        "union of a school",
        state(
            "CÔNG ĐOÀN NGÀNH GIÁO DỤC TỈNH LẠNG SƠN\nCĐCS TRƯỜNG THPT NGUYỄN DU\nSố: 03/QĐ-CĐCS",
            "Lạng Sơn, ngày 12 tháng 9 năm 2022",
            "QUYẾT ĐỊNH\n(V/v ban hành Quy chế chi tiêu)",
        ),
        {
            "issuer": "Công đoàn cơ sở Trường Trung học phổ thông Nguyễn Du",
            "issuer_parent": "Công đoàn ngành Giáo dục tỉnh Lạng Sơn",
        },
    ),
    (
        "motto broken in a narrow column, number without its mark",
        "UBND THỊ XÃ TÂN LỘC         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT\n   PHÒNG NỘI VỤ                            NAM\n"
        "                                Độc lập - Tự do - Hạnh phúc\n"
        "Số: 15 TB/ĐTN-VP          Tân Lộc, ngày 5 tháng 12 năm 2019\n"
        "THÔNG BÁO\nVề việc trực Tết\n" + BODY,
        {"issuer": "Phòng Nội vụ thị xã Tân Lộc", "ref": "15 TB/ĐTN-VP", "ref_repaired": "15-TB/ĐTN-VP"},
    ),
    (
        "decision of a province",
        state(
            "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 12/QĐ-UBND",
            "Lạng Sơn, ngày 05 tháng 3 năm 2024",
            "QUYẾT ĐỊNH\nVề việc thành lập Tổ công tác\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
        ),
        {
            "doc_type": "quyết định",
            "number": "12",
            "symbol": "QĐ-UBND",
            "ref": "12/QĐ-UBND",
            "place": "Lạng Sơn",
            "issued_date": date(2024, 3, 5),
            "issuer": "Ủy ban nhân dân tỉnh Lạng Sơn",
            "issuer_parent": None,
            "subject": "Về việc thành lập Tổ công tác",
        },
    ),
    (
        "letter of a department",
        state(
            "UBND TỈNH LẠNG SƠN\nSỞ TƯ PHÁP\nSố: 526/STP-PBPL\nV/v góp ý dự thảo\nnội quy",
            "Lạng Sơn, ngày 11 tháng 4 năm 2024",
            "Kính gửi: Sở Nội vụ.",
        ),
        {
            "doc_type": "công văn",
            "symbol": "STP-PBPL",
            "issuer": "Sở Tư pháp tỉnh Lạng Sơn",
            "issuer_parent": "Ủy ban nhân dân tỉnh Lạng Sơn",
            "subject": "góp ý dự thảo nội quy",
        },
    ),
    (
        "two columns in one text",
        "  UBND TỈNH LẠNG SƠN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "      SỞ NỘI VỤ                       Độc lập - Tự do - Hạnh phúc\n"
        "   Số: 615/TTr-SNV              Lạng Sơn, ngày 18 tháng 03 năm 2024\n                        TỜ TRÌNH\n"
        "      Về việc giao chỉ tiêu biên chế cho\n                 Hội Làm vườn\n\n"
        "            Kính gửi: Ban Tổ chức Tỉnh ủy\n",
        {
            "doc_type": "tờ trình",
            "number": "615",
            "issuer": "Sở Nội vụ tỉnh Lạng Sơn",
            "place": "Lạng Sơn",
            "issued_day": 18,
            "subject": "Về việc giao chỉ tiêu biên chế cho Hội Làm vườn",
        },
    ),
    (
        "columns one blank apart, as OCR prints them",
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTRƯỜNG ĐẠI HỌC AN HÒA Độc lập - Tự do - Hạnh phúc\n"
        "Số: 61 /TB-ĐHAH Cần Thơ, ngày 10 tháng 5 năm 2025\nTHÔNG BÁO\nVề việc nghỉ lễ\n",
        {
            "number": "61",
            "symbol": "TB-ĐHAH",
            "place": "Cần Thơ",
            "issued_month": 5,
            "issuer": "Trường Đại học An Hòa",
            "issuer_parent": "Bộ Giáo dục và Đào tạo",
        },
    ),
    (
        "number and day not yet given",
        state(
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ\nSố:      /TTr-UBND\nDỰ THẢO",
            "Cần Thơ  ngày      tháng      năm 2018",
            "TỜ TRÌNH\nVề việc đặt tên đường",
        ),
        {
            "number": None,
            "symbol": "TTr-UBND",
            "ref": "/TTr-UBND",
            "issued_year": 2018,
            "issued_month": None,
            "issued_day": None,
            "issued_date": None,
            "issuer": "Ủy ban nhân dân thành phố Cần Thơ",
        },
    ),
    (
        "month without a day",
        state(
            "UBND HUYỆN CAO LỘC\nPHÒNG NỘI VỤ\nSố:       /PNV-CCHC\nV/v báo cáo",
            "Cao Lộc, ngày     tháng 8 năm 2021",
            "Kính gửi: UBND các xã.",
        ),
        {
            "issued_year": 2021,
            "issued_month": 8,
            "issued_day": None,
            "place": "Cao Lộc",
            "issuer": "Phòng Nội vụ huyện Cao Lộc",
        },
    ),
    (
        "city shortened",
        state(
            "SỞ XÂY DỰNG\nSố: 3/SXD-VP\nV/v mời họp", "Tp. Hồ Chí Minh, ngày 3 tháng 4 năm 2021", "Kính gửi: Sở Nội vụ."
        ),
        {"place": "Thành phố Hồ Chí Minh", "issued_date": date(2021, 4, 3)},
    ),
    (
        "ministry",
        state(
            "BỘ XÂY DỰNG\nSố:318/BXD-KTQH&PT\nV/v: hướng dẫn lập bản đồ",
            "Hà Nội, ngày 19 tháng 6 năm 2023",
            "Kính gửi: Các sở",
        ),
        {
            "issuer": "Bộ Xây dựng",
            "symbol": "BXD-KTQH&PT",
            "subject": "hướng dẫn lập bản đồ",
            "issuer_parent": None,
        },
    ),
    (
        "office of a ministry",
        state(
            "BỘ CÔNG THƯƠNG\nVĂN PHÒNG\nSố: 62/VP-HCQT\nV/v trực Tết",
            "Hà Nội, ngày 8 tháng 01 năm 2018",
            "Kính gửi: Các đơn vị",
        ),
        {"issuer": "Văn phòng Bộ Công Thương", "issuer_parent": "Bộ Công Thương"},
    ),
    (
        "ministry's name over two lines",
        state(
            "BỘ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI\nSố: 09/2022/TT-BLĐTBXH",
            "Hà Nội, ngày 6 tháng 10 năm 2022",
            "THÔNG TƯ\nQuy định tiêu chuẩn chức danh",
        ),
        {
            "issuer": "Bộ Lao động - Thương binh và Xã hội",
            "doc_type": "thông tư",
            "ref": "09/2022/TT-BLĐTBXH",
            "number": "09",
            "symbol": "TT-BLĐTBXH",
        },
    ),
    (
        "gazette's running heads",
        "CÔNG BÁO/Số 12 + 13/Ngày 02-07-2025\n37\n\nVĂN BẢN QUY PHẠM PHÁP LUẬT\n\n"
        "BỘ TÀI CHÍNH\n\n"
        + state(
            "BỘ TÀI CHÍNH\nSố: 52/2025/TT-BTC",
            "Hà Nội, ngày 17 tháng  6 năm 2025",
            "THÔNG TƯ\nSửa đổi, bổ sung một số điều của Thông tư số 2/2021/TT-BTC\n"
            "ngày 21 tháng 9 năm 2021 của Bộ trưởng",
        ),
        {
            "issuer": "Bộ Tài chính",
            "issuer_parent": None,
            "ref": "52/2025/TT-BTC",
            "subject": "Sửa đổi, bổ sung một số điều của Thông tư số 2/2021/TT-BTC ngày 21 tháng 9 năm 2021 của Bộ "
            "trưởng",
        },
    ),
    (
        "decree",
        state(
            "CHÍNH PHỦ\n_______\nSố: 214/2025/NĐ-CP",
            "Hà Nội, ngày 9 tháng 8 năm 2025",
            "NGHỊ ĐỊNH\nQuy định chế độ phụ cấp\n__________\nCHÍNH PHỦ",
        ),
        {"issuer": "Chính phủ", "doc_type": "nghị định", "ref": "214/2025/NĐ-CP", "subject": "Quy định chế độ phụ cấp"},
    ),
    (
        "symbol broken over two lines",
        state(
            "BỘ CÔNG AN - BỘ QUỐC PHÒNG\nSố: 03/2021/TTLT-\nBCA-BQP",
            "Hà Nội, ngày 25 tháng 11 năm 2021",
            "THÔNG TƯ LIÊN TỊCH\nQuy định về phối hợp",
        ),
        {"ref": "03/2021/TTLT-BCA-BQP", "doc_type": "thông tư liên tịch", "issuer": "Bộ Công an và Bộ Quốc phòng"},
    ),
    (
        "Party committee",
        "ĐẢNG BỘ HUYỆN CAO LỘC\nĐẢNG ỦY XÃ AN HÒA\n*\nSố 15-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "An Hòa, ngày 12 tháng 3 năm 2024\nKẾ HOẠCH\nHọc tập nghị quyết\n-----\nThực hiện Kế hoạch số 3-KH/HU",
        {
            "doc_type": "kế hoạch",
            "number": "15",
            "symbol": "KH/ĐU",
            "ref": "15-KH/ĐU",
            "issuer": "Đảng ủy xã An Hòa",
            "issuer_parent": "Đảng bộ huyện Cao Lộc",
            "place": "An Hòa",
            "subject": "Học tập nghị quyết",
        },
    ),
    (
        "Party committee, number lost",
        "TỈNH ỦY LẠNG SƠN\n*\nSố       -NQ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nLạng Sơn, ngày 2 tháng 3 năm 2023\n"
        "NGHỊ QUYẾT\nvề chuyển đổi số\n",
        {
            "symbol": "NQ/TU",
            "number": None,
            "issuer": "Tỉnh ủy Lạng Sơn",
            "doc_type": "nghị quyết",
            "subject": "về chuyển đổi số",
        },
    ),
    (
        "Party board under the committee",
        "TỈNH ỦY LẠNG SƠN\nBAN TỔ CHỨC\n*\nSố 21-HD/BTCTU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Lạng Sơn, ngày 2 tháng 3 năm 2023\nHƯỚNG DẪN\nđánh giá cán bộ",
        {"doc_type": "hướng dẫn", "issuer_parent": "Tỉnh ủy Lạng Sơn", "symbol": "HD/BTCTU"},
    ),
    (
        "joint Party and state",
        "BAN DÂN VẬN HUYỆN ỦY -\nỦY BAN NHÂN DÂN\nHUYỆN CAO LỘC\n"
        "Số: 12-KH/BDVHU-UBND\n" + MOTTO + "Cao Lộc, ngày 18 tháng 3 năm 2024\nKẾ HOẠCH\nPhối hợp giữ gìn vệ sinh",
        {"issuer": "Ban Dân vận Huyện ủy và Ủy ban nhân dân huyện Cao Lộc", "symbol": "KH/BDVHU-UBND"},
    ),
    (
        "school under a district",
        state(
            "UBND HUYỆN CAO LỘC\nTRƯỜNG MẦM NON HOA MAI\nSố: 06/KH-MNHM",
            "Cao Lộc, ngày 9 tháng 9 năm 2023",
            "KẾ HOẠCH\nNăm học 2023 - 2024",
        ),
        {
            "issuer": "Trường Mầm non Hoa Mai",
            "issuer_parent": "Ủy ban nhân dân huyện Cao Lộc",
            "subject": "Năm học 2023 - 2024",
        },
    ),
    (
        "faculty under a university",
        state(
            "TRƯỜNG ĐẠI HỌC AN HÒA\nKHOA KINH TẾ\nSố: 17/BC-KT",
            "Hà Nội, ngày 12 tháng 9 năm 2024",
            "BÁO CÁO\nV/v kiểm kê giáo trình",
        ),
        {"issuer": "Khoa Kinh tế", "issuer_parent": "Trường Đại học An Hòa", "subject": "kiểm kê giáo trình"},
    ),
    (
        "university's name over two lines",
        state(
            "UBND THÀNH PHỐ HẢI PHÒNG\nTRƯỜNG ĐẠI HỌC\nKINH TẾ - KỸ THUẬT AN HÒA\nSố: 43/TB-ĐHKTKT",
            "Hải Phòng, ngày 7 tháng 10 năm 2022",
            "THÔNG BÁO\nVề việc mượn sách",
        ),
        {
            "issuer": "Trường Đại học Kinh tế - Kỹ thuật An Hòa",
            "issuer_parent": "Ủy ban nhân dân thành phố Hải Phòng",
        },
    ),
    (
        "abbreviated university",
        state(
            "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG ĐH LÊ LỢI\nSố : 148/TB-ĐHLL\n(V/v đổi lịch thi)",
            "Huế, ngày   07    tháng 11 năm 2011",
            "THÔNG BÁO\nKính gởi : Các khoa",
        ),
        {
            "issuer": "Trường Đại học Lê Lợi",
            "number": "148",
            "subject": "đổi lịch thi",
            "issued_day": 7,
            "doc_type": "thông báo",
        },
    ),
    (
        "urgent",
        state(
            "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 9/CĐ-UBND\nHỎA TỐC",
            "Lạng Sơn, ngày 8 tháng 9 năm 2024",
            "CÔNG ĐIỆN\nVề ứng phó bão",
        ),
        {"urgency": "hỏa tốc", "doc_type": "công điện", "secrecy": None},
    ),
    (
        "very urgent and secret",
        state(
            "THƯỢNG KHẨN\nMẬT\nCÔNG AN TỈNH LẠNG SƠN\nSố: 9/CAT-PV01\nV/v phối hợp",
            "Lạng Sơn, ngày 8 tháng 9 năm 2024",
            "Kính gửi: Sở Nội vụ",
        ),
        {"urgency": "thượng khẩn", "secrecy": "mật", "issuer": "Công an tỉnh Lạng Sơn"},
    ),
    (
        "title spaced out",
        state("SỞ Y TẾ\nSố: 4/QĐ-SYT", "Lạng Sơn, ngày 1 tháng 2 năm 2022", "Q U Y Ế T  Đ Ị N H\nVề việc nâng lương"),
        {"doc_type": "quyết định", "subject": "Về việc nâng lương"},
    ),
    (
        "title damaged by OCR",
        state("SỞ Y TẾ\nSố: 4/KH-SYT", "Lạng Sơn, ngày 1 tháng 2 năm 2022", "KÉ HOẠCH\nTổ chức hội nghị"),
        {"doc_type": "kế hoạch", "subject": "Tổ chức hội nghị"},
    ),
    (
        "title and summary on one line",
        state("SỞ Y TẾ\nSố: 4/BC-SYT", "Lạng Sơn, ngày 1 tháng 2 năm 2022", "BÁO CÁO TỔNG KẾT CÔNG TÁC\nNĂM 2021"),
        {"doc_type": "báo cáo", "subject": "TỔNG KẾT CÔNG TÁC NĂM 2021"},
    ),
    (
        "summary over centred lines",
        state(
            "SỞ Y TẾ\nSố: 4/CT-SYT",
            "Lạng Sơn, ngày 1 tháng 2 năm 2022",
            "CHỈ THỊ\nVề việc đẩy mạnh công tác\nPhòng bệnh mùa hè\n\n"
            "Trong thời gian qua, công tác phòng bệnh được quan tâm.",
        ),
        {"doc_type": "chỉ thị", "subject": "Về việc đẩy mạnh công tác Phòng bệnh mùa hè"},
    ),
    (
        "law",
        "QUỐC HỘI\nLuật số: 56/2010/QH12\n" + MOTTO + "LUẬT\nTHANH TRA\nCăn cứ Hiến pháp",
        {
            "doc_type": "luật",
            "ref": "56/2010/QH12",
            "number": "56",
            "symbol": "QH12",
            "issuer": "Quốc hội",
            "subject": "THANH TRA",
        },
    ),
    (
        "no title and no summary",
        state("UBND XÃ AN HÒA\nSố: 3/UBND-VP", "An Hòa, ngày 3 tháng 2 năm 2023", "Kính gửi: Trưởng các thôn."),
        {"doc_type": "công văn", "subject": None, "issuer": "Ủy ban nhân dân xã An Hòa"},
    ),
    (
        "type from the symbol alone",
        "Số: 3/BC-UBND\nKính gửi: Ủy ban nhân dân huyện.\n",
        {"doc_type": "báo cáo", "symbol": "BC-UBND"},
    ),
    (
        "electronic stamp above the head",
        "TRUNG TÂM CÔNG BÁO\nVÀ TIN HỌC\nttcb@anhoa.gov.vn\n"
        "09.01.2025 10:21:11 +07:00\n"
        + state(
            "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 27/TB-UBND",
            "Lạng Sơn, ngày 16 tháng 02 năm 2024",
            "THÔNG BÁO\nKết luận cuộc họp",
        ),
        {"issuer": "Ủy ban nhân dân tỉnh Lạng Sơn", "issuer_parent": None, "number": "27"},
    ),
    (
        "copy's stamp above the head",
        "Ký bởi: Ủy ban nhân dân tỉnh Lạng Sơn\nCơ quan: Tỉnh Lạng Sơn\n"
        "Thời gian ký: 02/01/2025 10:09:57\n"
        + state(
            "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 27/TB-UBND",
            "Lạng Sơn, ngày 16 tháng 02 năm 2024",
            "THÔNG BÁO\nKết luận cuộc họp",
        ),
        {"issuer": "Ủy ban nhân dân tỉnh Lạng Sơn", "issuer_parent": None},
    ),
    (
        "tones lost by OCR",
        state(
            "ỦY BẠN NHÂN DÂN\nTĨNH LANG SƠN\nSố: 27/TB-UBND",
            "Lạng Sơn, ngày 16 tháng 02 năm 2024",
            "THÔNG BẢO\nKết luận cuộc họp",
        ),
        {"issuer": "Ủy ban nhân dân tỉnh Lạng Sơn", "doc_type": "thông báo"},
    ),
    (
        "figures misread",
        state("SỞ Y TẾ\nSố: 0Ì /CT-SYT", "Lạng Sơn, ngày-l5 tháng 0l năm 2025", "CHỈ THỊ\nVề phòng bệnh"),
        {"number": "01", "issued_date": date(2025, 1, 15)},
    ),
    (
        "number that cannot be read",
        state("SỞ Y TẾ\nSố: ÌÏ7¢ /KH-SYT", "Lạng Sơn, ngày ”ÌP tháng 01 năm 2025", "KẾ HOẠCH\nPhòng bệnh"),
        {"number": None, "symbol": "KH-SYT", "issued_day": None, "issued_month": 1},
    ),
    (
        "symbol glued to a misread number",
        state("SỞ Y TẾ\nSố: /43ÙTB-SYT", "Lạng Sơn, ngày 2 tháng 01 năm 2025", "THÔNG BÁO\nNghỉ lễ"),
        {"symbol": "TB-SYT", "number": None},
    ),
    (
        "day that no month has",
        state("SỞ Y TẾ\nSố: 4/TB-SYT", "Lạng Sơn, ngày 40 tháng 5 năm 2025", "THÔNG BÁO\nNghỉ lễ"),
        {"issued_day": None, "issued_month": 5, "issued_date": None},
    ),
    (
        "head lost: school's plan",
        " KẾ HOẠCH\n\nTriển khai công tác y tế học đường năm 2021\n\n   Thực hiện Kế hoạch số   /KH-PGDĐT ngày 14 "
        "tháng 9 năm 2021 của Phòng Giáo dục và Đào tạo Cao Lộc về y tế, "
        "Trường Mầm non Hoa Mai xây dựng kế hoạch như sau:\nI. MỤC ĐÍCH\n",
        {
            "doc_type": "kế hoạch",
            "issuer": "Trường Mầm non Hoa Mai",
            "number": None,
            "issued_year": None,
            "place": None,
            "subject": "Triển khai công tác y tế học đường năm 2021",
        },
    ),
    (
        "head lost: division with its district elsewhere",
        "KẾ HOẠCH\nPhát triển phong trào Đọc sách năm 2023\n\nCăn cứ Công văn số 341/UBND-VX ngày 20/9/2023 của Ủy ban "
        "nhân dân huyện Cao Lộc;\n"
        "Nhằm tiếp tục triển khai, Phòng Giáo dục và Đào tạo xây dựng Kế hoạch như sau:\nI. MỤC ĐÍCH\n"
        "Trên đây là Kế hoạch năm 2023 của Phòng Giáo dục và Đào tạo huyện Cao Lộc./.",
        {"issuer": "Phòng Giáo dục và Đào tạo huyện Cao Lộc"},
    ),
    (
        "head lost but for number and date",
        "Số: /GD&ĐT\nV/v triển khai Kế hoạch\n\nCao Lộc, ngày tháng 3 năm 2020\n\nKính gửi: Các trường\n\n"
        "Thực hiện Công văn số 715/SGDĐT ngày 9/3/2020;\n"
        "Phòng Giáo dục và Đào tạo yêu cầu các trường thực hiện như sau:\n",
        {
            "issuer": "Phòng Giáo dục và Đào tạo huyện Cao Lộc",
            "symbol": "GD&ĐT",
            "ref": "/GD&ĐT",
            "doc_type": "công văn",
        },
    ),
    (
        "head lost: who decides is told under the title",
        "Số: 19/QĐ-UBND\nCao Lộc, ngày 06 tháng 01 năm 2014\nQUYẾT ĐỊNH\nVề việc ban hành Quy chế\n"
        "ỦY BAN NHÂN DÂN HUYỆN CAO LỘC\nCăn cứ Luật Đất đai;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành.\n",
        {"issuer": "Ủy ban nhân dân huyện Cao Lộc", "subject": "Về việc ban hành Quy chế"},
    ),
    (
        "head lost: government told by the enacting words",
        "NGHỊ ĐỊNH\nQuy định cơ chế ưu đãi\n\nCăn cứ Luật Điện lực;\nTheo đề nghị của Bộ trưởng Bộ Công Thương;\n"
        "Chính phủ ban hành Nghị định quy định cơ chế.\nChương I\nQUY ĐỊNH CHUNG\n",
        {"doc_type": "nghị định", "issuer": "Chính phủ", "number": None},
    ),
    (
        "head under the text of its page, as exports of PDFs leave it",
        "NGHỊ ĐỊNH\nQuy định cơ chế ưu đãi\n\nCăn cứ Luật Điện lực;\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n"
        "Nghị định này quy định cơ chế.\nCHÍNH PHỦ\n_________\n\nSố: 407/2031/NĐ-CP\n" + MOTTO + "_______\n"
        "Hà Nội, ngày 07 tháng 4 năm 2031\nĐiều 2. Đối tượng\n",
        {
            "ref": "407/2031/NĐ-CP",
            "issuer": "Chính phủ",
            "issued_date": date(2031, 4, 7),
            "place": "Hà Nội",
            "subject": "Quy định cơ chế ưu đãi",
        },
    ),
    (
        "the head of a form in an annex is not the document's",
        "THÔNG TƯ\nHướng dẫn lập hồ sơ\n\nCăn cứ Luật Dược;\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nMẫu số 01\n"
        "SỞ Y TẾ\nSố: 15/GCN-SYT\n" + MOTTO + "GIẤY CHỨNG NHẬN\n",
        {"ref": None, "issued_year": None},
    ),
    (
        "law without its head: day, issuer and number by its closing sentence",
        "LUẬT\nThanh niên\n____\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi\nLuật này quy định.\nLuật này đã được Quốc hội "
        "nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XIV, kỳ họp thứ 9 thông qua ngày 16 tháng 6 năm 2020.\n",
        {"ref": "57/2020/QH14", "number": "57", "issuer": "Quốc hội", "issued_date": date(2020, 6, 16)},
    ),
    (
        "law without its head that the table lacks: its day alone",
        "LUẬT\nLữ hành vũ trụ\n____\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi\nLuật này đã được Quốc hội nước Cộng "
        "hòa xã hội chủ nghĩa Việt Nam khóa XIV, kỳ họp thứ 9 thông qua ngày 16 tháng 6 năm 2020.\n",
        {"ref": None, "issued_date": date(2020, 6, 16)},
    ),
    (
        "consolidated text",
        MOTTO + "THÔNG TƯ\nHướng dẫn quản lý lao động\nThông tư số 27/2018/TT-BLĐTBXH ngày 14 tháng 12 năm 2018 của "
        "Bộ trưởng, có hiệu lực kể từ ngày\nĐiều 1. Nội dung./.\n\n"
        "BỘ TÀI CHÍNH\n\nXÁC THỰC VĂN BẢN HỢP NHẤT\n\nSố: 46/VBHN-BTC\nHà Nội, ngày 10 tháng 02 năm 2025\n"
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nLê Văn An\n",
        {
            "doc_type": "văn bản hợp nhất",
            "ref": "46/VBHN-BTC",
            "issuer": "Bộ Tài chính",
            "issued_date": date(2025, 2, 10),
        },
    ),
    (
        "annexed text keeps no number of its own",
        "PHỤ LỤC\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2024 của Chủ tịch Ủy ban nhân dân tỉnh)\n"
        "Danh sách các đơn vị\n",
        {"number": None, "symbol": None, "issued_year": None},
    ),
    (
        "regulation annexed to a decision",
        "QUY CHẾ\nLàm việc của Tổ công tác\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2024)\n"
        "Chương I\nQUY ĐỊNH CHUNG\n",
        {"doc_type": "quy chế", "subject": "Làm việc của Tổ công tác", "number": None},
    ),
    (
        "number and summary on one line",
        state(
            "SỞ Y TẾ\nSố: 4/SYT-NV V/v cử người dự họp", "Lạng Sơn, ngày 2 tháng 01 năm 2025", "Kính gửi: Sở Nội vụ."
        ),
        {"ref": "4/SYT-NV", "subject": "cử người dự họp", "doc_type": "công văn"},
    ),
    (
        "unit and number on one line",
        "UBND XÃ AN HÒA Số: 12/KH-UBND\nAn Hòa, ngày 02/01/2025\nKẾ HOẠCH\nTrồng cây\n",
        {
            "ref": "12/KH-UBND",
            "issuer": "Ủy ban nhân dân xã An Hòa",
            "issued_date": date(2025, 1, 2),
            "place": "An Hòa",
        },
    ),
    (
        "summary of a letter without its mark",
        state(
            "SỞ Y TẾ\nSố: 4/SYT-NV\nVề việc cử người dự họp",
            "Lạng Sơn, ngày 2 tháng 01 năm 2025",
            "Kính gửi: Sở Nội vụ.",
        ),
        {"subject": "Về việc cử người dự họp", "doc_type": "công văn"},
    ),
    (
        "unit in small letters",
        "Công đoàn Giáo dục huyện Cao Lộc\nCông đoàn Trường Tiểu học Hoa Mai\nSố: 2/KH-CĐ\n"
        "Cao Lộc, ngày 3 tháng 2 năm 2023\nKẾ HOẠCH\nHoạt động hè\n",
        {"issuer": "Công đoàn Trường Tiểu học Hoa Mai", "issuer_parent": "Công đoàn Giáo dục huyện Cao Lộc"},
    ),
    (
        "who decides, in capitals under a summary in capitals",
        state(
            "BỘ Y TẾ\nSố: 9/QĐ-BYT",
            "Hà Nội, ngày 5 tháng 3 năm 2024",
            "QUYẾT ĐỊNH\nVỀ VIỆC GIAO NHIỆM VỤ CHO\nBỆNH VIỆN HOA MAI\nBỘ TRƯỞNG BỘ Y TẾ\nCăn cứ Luật Dược năm 2016;",
        ),
        {"subject": "VỀ VIỆC GIAO NHIỆM VỤ CHO BỆNH VIỆN HOA MAI", "issuer": "Bộ Y tế"},
    ),
    (
        "who decides and at which session",
        state(
            "HỘI ĐỒNG NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 8/NQ-HĐND",
            "Lạng Sơn, ngày 5 tháng 3 năm 2024",
            "NGHỊ QUYẾT\nVỀ KẾ HOẠCH NĂM 2025\nHỘI ĐỒNG NHÂN DÂN TỈNH LẠNG SƠN\nKHÓA X, KỲ HỌP THỨ 5\n"
            "Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;",
        ),
        {"subject": "VỀ KẾ HOẠCH NĂM 2025", "issuer": "Hội đồng nhân dân tỉnh Lạng Sơn"},
    ),
    (
        "city that is always named with its kind",
        state(
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\nSố: 12/UBND-VX\nVề cho phép tổ chức hội chợ",
            "TP Hồ Chí Minh, ngày 2 tháng 01 năm 2025",
            "Kính gửi: Sở Công Thương.",
        ),
        {
            "issuer": "Ủy ban nhân dân Thành phố Hồ Chí Minh",
            "place": "Thành phố Hồ Chí Minh",
            "subject": "Về cho phép tổ chức hội chợ",
            "doc_type": "công văn",
        },
    ),
    (
        "unit that the country has once",
        state(
            "VĂN PHÒNG CHÍNH PHỦ\nSố: 12/TB-VPCP",
            "Hà Nội, ngày 2 tháng 01 năm 2025",
            "THÔNG BÁO\nKết luận tại cuộc họp",
        ),
        {"issuer": "Văn phòng Chính phủ"},
    ),
    (
        "two units issue together",
        state(
            "TÒA ÁN NHÂN DÂN TỐI CAO\nVIỆN KIỂM SÁT NHÂN DÂN TỐI CAO\nSố: 2/2015/TTLT-TANDTC-VKSNDTC",
            "Hà Nội, ngày 2 tháng 01 năm 2015",
            "THÔNG TƯ LIÊN TỊCH\nHướng dẫn áp dụng",
        ),
        {"issuer": "Tòa án nhân dân tối cao và Viện kiểm sát nhân dân tối cao", "issuer_parent": None},
    ),
    (
        "title that goes on with the issuer",
        state(
            "ĐẢNG BỘ TỈNH LẠNG SƠN\nHUYỆN ỦY CAO LỘC\nSố 5-KL/HU",
            "Cao Lộc, ngày 2 tháng 01 năm 2025",
            "KẾT LUẬN\nCỦA BAN THƯỜNG VỤ HUYỆN ỦY\nvề công tác dân vận",
        ),
        {"subject": "về công tác dân vận"},
    ),
    (
        "number in the order of before 1997",
        state(
            "BỘ Y TẾ\nSố: 12-BYT/TT",
            "Hà Nội, ngày 3 tháng 4 năm 1994",
            "THÔNG TƯ\nHướng dẫn hành nghề y tư nhân",
        ),
        {"number": "12", "symbol": "BYT/TT", "doc_type": "thông tư"},
    ),
    (
        "a telegram that tells its hour and no subject",
        state(
            "UBND HUYỆN AN HÒA\nBAN CHỈ HUY PCTT&TKCN\nSố: 4/CĐ-BCH",
            "An Hòa, ngày 2 tháng 10 năm 2024",
            "CÔNG ĐIỆN\nVào hồi 10 giờ 00 / ngày 02/10/2024\nBAN CHỈ HUY PCTT&TKCN HUYỆN AN HÒA\n"
            "ĐIỆN:\n- Chủ tịch UBND các xã;",
        ),
        {
            "doc_type": "công điện",
            "subject": None,
            "issuer": "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn huyện An Hòa",
        },
    ),
    (
        "a centre that every province has",
        state(
            "SỞ Y TẾ TỈNH AN GIANG\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT\nSố: 4/TB-KSBT",
            "An Giang, ngày 2 tháng 10 năm 2025",
            "THÔNG BÁO\nVề việc mời chào giá",
        ),
        {"issuer": "Trung tâm Kiểm soát bệnh tật tỉnh An Giang", "issuer_parent": "Sở Y tế tỉnh An Giang"},
    ),
    (
        "nothing of a document",
        "Hôm nay trời nắng.\nNgày mai trời mưa.\n",
        {"doc_type": None, "number": None, "issuer": None, "subject": None},
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS])
def test_heads(text: str, expected: dict[str, object]) -> None:
    told = header(text)
    assert {name: getattr(told, name) for name in expected} == expected


@pytest.mark.parametrize("text", [row[1] for row in HEADS], ids=[row[0] for row in HEADS])
def test_nfd_reads_the_same(text: str) -> None:
    composed, decomposed = header(text), header(unicodedata.normalize("NFD", text))
    assert composed == decomposed


@pytest.mark.parametrize("text", [row[1] for row in HEADS], ids=[row[0] for row in HEADS])
def test_spans_lie_in_the_text(text: str) -> None:
    for name, start, end in header(text).spans:
        assert 0 <= start < end <= len(text), name
        if name == "symbol":
            assert "/" in text[start:end] or "-" in text[start:end]


def test_findings_tell_what_is_missing() -> None:
    text = next(row[1] for row in HEADS if row[0] == "number and day not yet given")
    kinds = {f.kind for f in read_header(Reading.of(text), ()).findings}
    assert {"missing_number", "incomplete_date", "draft"} <= kinds


@settings(max_examples=60)
@given(st.text(alphabet="SỐố: /-QĐUBND0123VvV/v\n ,ngàythángnăm", max_size=200))
def test_any_text_is_read(text: str) -> None:
    told = header(text)
    assert 0 <= told.confidence <= 1


def test_tables_hold_to_their_examples() -> None:
    rows = table("header")
    for field in ("urgency", "secrecy", "draft"):
        for example in rows[field]["examples"]:
            told = stamp_of(example)
            assert told is not None and told[0] == field, example
    assert all(begins_unit(example) for example in rows["units"]["examples"])
    assert not any(begins_unit(example) for example in rows["units"]["not"])
    assert not any(begins_unit(example) for example in rows["not_units"]["examples"])
    for example in rows["motto"]["examples"]:
        assert [line.kind for line in head_lines(example)] == ["motto"], example
    for example in rows["motto"]["broken"]:
        assert {line.kind for line in head_lines(example)} == {"motto"}, example
    for example in rows["motto"]["not"]:
        assert [line.kind for line in head_lines(example)] != ["motto"], example
    for closing, issuer in rows["told"]["examples"]:
        assert header(f"KẾ HOẠCH\nCông tác năm\n{closing}\n").issuer == issuer
    for deciding, issuer in rows["in_charge"]["examples"]:
        assert header(f"QUYẾT ĐỊNH\nVề biên chế\n{deciding}\nCăn cứ Luật Dược;\n").issuer == issuer
    for office in rows["offices"]["examples"]:
        assert with_locality(office, "Tỉnh ủy Lạng Sơn", "", None) == f"{office} Tỉnh ủy Lạng Sơn"
    for example in rows["opening"]["examples"]:
        assert header(f"KẾ HOẠCH\nCông tác năm\nCăn cứ Luật;\n{example} sau:\n").issuer is not None, example


@pytest.mark.parametrize(
    ("words", "doc_type"),
    [
        ("KẾ HOẠCH", "kế hoạch"),
        ("T Ờ  T R Ì N H", "tờ trình"),
        ("QUYET DINH", "quyết định"),
        ("Kế hoạch", None),
        ("BÁO AN HÒA", None),
        ("LUẬT", "luật"),
    ],
)
def test_type_titles(words: str, doc_type: str | None) -> None:
    assert type_title(words) == doc_type


def test_title_with_its_summary() -> None:
    assert split_title("KẾ HOẠCH CÔNG TÁC NĂM 2023") == ("kế hoạch", "CÔNG TÁC NĂM 2023")
    assert split_title("LUẬT SƯ AN HÒA") is None


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("UBND TỈNH LẠNG SƠN", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("PHÒNG GD&ĐT HUYỆN CAO LỘC", "Phòng Giáo dục và Đào tạo huyện Cao Lộc"),
        ("TRƯỜNG THPT LÊ LỢI", "Trường Trung học phổ thông Lê Lợi"),
    ],
)
def test_units_are_written_out(printed: str, written: str) -> None:
    assert written_unit(printed) == written


def test_names_are_mended_only_where_one_fits() -> None:
    assert mended("Bộ Giáo dực và Đào tạo") == "Bộ Giáo dục và Đào tạo"
    assert mended("Sở Thông tin và Truyển thông") == "Sở Thông tin và Truyền thông"
    assert mended("Trường Tiểu học An Hóa") == "Trường Tiểu học An Hóa"
    assert mended("Trường Đại học Càn Thơ", "Cần Thơ") == "Trường Đại học Cần Thơ"
    assert (
        spelt_as_in_text("Trường Mầm non Hoa Mại", "Trường Mầm non Hoa Mai ... Trường Mầm non Hoa Mai")
        == "Trường Mầm non Hoa Mai"
    )


def test_locality_comes_from_the_parent_the_text_or_the_place() -> None:
    assert with_locality("Sở Y tế", "Ủy ban nhân dân tỉnh Lạng Sơn", "", None) == "Sở Y tế tỉnh Lạng Sơn"
    assert with_locality("Phòng Nội vụ", None, "của Phòng Nội vụ huyện An Hòa", "An Hòa") == "Phòng Nội vụ huyện An Hòa"
    assert (
        with_locality("Trường Tiểu học An Hòa", "Ủy ban nhân dân huyện Cao Lộc", "", "Cao Lộc")
        == "Trường Tiểu học An Hòa"
    )
    assert with_locality("Bộ Tài chính", None, "", "Hà Nội") == "Bộ Tài chính"


@pytest.mark.parametrize(
    "hostile",
    [
        "Số: " * 25_000,
        "SỞ Y TẾ\n" * 12_000,
        "ngày tháng năm " * 6_000,
        "V/v " * 25_000,
        "KẾ HOẠCH\n" * 11_000,
        "Trên đây là của " * 6_000,
        "Phòng Nội vụ " * 7_000,
        "Ủy ban nhân dân tỉnh " * 5_000,
        "Ký bởi: a@b.vn\n" * 6_000,
        "của Trường " * 9_000,
        "Số: " + "/A-" * 30_000,
    ],
    ids=["số", "units", "dates", "v/v", "titles", "closing", "division", "committee", "stamps", "school", "symbol"],
)
def test_hostile_text_is_read_in_time(hostile: str) -> None:
    assert_linear(lambda part: read_header(Reading(part, (), part), ()), hostile[:100_000])
