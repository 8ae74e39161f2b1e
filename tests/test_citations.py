"""Citations: a table of (text, rows), and what must hold whatever the text is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract_citations
from extractors.citations.finder import find_citations
from extractors.context import Context
from extractors.outline import segment_reading
from extractors.reading import Reading, normalise
from extractors.records import Citation, Header
from tests.hostile_text import assert_linear


def row(quote: str, **fields: object) -> dict[str, object]:
    """What is expected of one citation: its quote and the fields that the case is about."""
    return {"quote": quote, **fields}


CASES: list[tuple[str, list[dict[str, object]]]] = [
    # --- as clerks write them ------------------------------------------------------------------------------------
    (
        "Căn cứ QĐ số 1234/QĐ-ĐHXY ngày 30/8/2021 của Hiệu trưởng về việc ban hành Quy định đào tạo;",
        [
            row(
                "QĐ số 1234/QĐ-ĐHXY ngày 30/8/2021 của Hiệu trưởng",
                instrument_type="quyết định",
                title="về việc ban hành Quy định đào tạo",
                relation="căn cứ",
            )
        ],
    ),
    (
        "Thực hiện CV số 55/SNV-CCVC ngày 02/3/2024 của Sở Nội vụ về việc rà soát.",
        [row("CV số 55/SNV-CCVC ngày 02/3/2024 của Sở Nội vụ", instrument_type="công văn", relation="thực hiện")],
    ),
    (
        "Căn cứ Thông tư 12/2023/TT-BYT ngày 31/3/2023 của BYT quy định chi tiết việc khám;",
        [row("Thông tư 12/2023/TT-BYT ngày 31/3/2023 của BYT", issuer="BYT", title="quy định chi tiết việc khám")],
    ),
    (
        "Thực hiện công văn số 25 ngày 02/01/2024 của SYT tỉnh An Hòa về việc đăng ký nhu cầu.",
        [row("công văn số 25 ngày 02/01/2024 của SYT tỉnh An Hòa", issuer="SYT tỉnh An Hòa")],
    ),
    (
        "Căn cứ Hướng dẫn số 11-HD/TW ngày 28/9/2021 của Ban Bí thư một số vấn đề về sinh hoạt chi bộ;",
        [row("Hướng dẫn số 11-HD/TW ngày 28/9/2021 của Ban Bí thư", title="một số vấn đề về sinh hoạt chi bộ")],
    ),
    (
        "Thực hiện Kết luận 31-KL/TW (khóa XIII) của BCH Trung ương Đảng.",
        [row("Kết luận 31-KL/TW (khóa XIII) của BCH Trung ương Đảng", issuer="BCH Trung ương Đảng")],
    ),
    (
        "Thực hiện Kế hoạch số 71/KH-TTCP ngày 26/7/2013 của Thanh tra Chính phủ (TTCP) về triển khai tiếp dân.",
        [row("Kế hoạch số 71/KH-TTCP ngày 26/7/2013 của Thanh tra Chính phủ", title="về triển khai tiếp dân")],
    ),
    (
        "Căn cứ các Thông tư: 41/2013/TT-BGDĐT ngày 04/12/2013, 42/2016/TT-BGDĐT ngày 13/10/2016 của Bộ GDĐT;",
        [
            row("Thông tư: 41/2013/TT-BGDĐT ngày 04/12/2013", instrument_type="thông tư"),
            row("42/2016/TT-BGDĐT ngày 13/10/2016 của Bộ GDĐT", instrument_type="thông tư", issuer="Bộ GDĐT"),
        ],
    ),
    (
        "Thực hiện Kết luận số 11-KL/TU ngày 14/8/2017 của Tỉnh ủy về “Đổi mới công tác nắm dư luận”, đã tốt lên.",
        [row("Kết luận số 11-KL/TU ngày 14/8/2017 của Tỉnh ủy", title="về “Đổi mới công tác nắm dư luận”")],
    ),
    (
        "Căn cứ Nghị định 17/2013/NĐ-CP (được sửa đổi bởi Nghị định 14/2022/NĐ-CP); Thông tư số 22/2020/TT-BCT;",
        [
            row("Nghị định 17/2013/NĐ-CP", relation="căn cứ"),
            row("Nghị định 14/2022/NĐ-CP", relation="dẫn chiếu"),
            row("Thông tư số 22/2020/TT-BCT", relation="căn cứ"),
        ],
    ),
    (
        "Căn cứ Công văn số 82/PGDĐT ngày 01/9/2021 của Phòng GDĐT về thi đua và tình hình thực tế của trường.",
        [row("Công văn số 82/PGDĐT ngày 01/9/2021 của Phòng GDĐT", title="về thi đua")],
    ),
    (
        "Xét Tờ trình số 27/TTr-HĐND ngày 19/5/2022 của Thường trực Hội đồng nhân dân tỉnh về việc đặt tên đường;",
        [
            row(
                "Tờ trình số 27/TTr-HĐND ngày 19/5/2022 của Thường trực Hội đồng nhân dân tỉnh",
                issuer="Thường trực Hội đồng nhân dân tỉnh",
                relation="dẫn chiếu",
            )
        ],
    ),
    (
        "Ngày 10/7/2018, Sở Nội vụ tỉnh An Hòa đã có công văn số 214/SNV-TC về việc chấm thi.",
        [row("công văn số 214/SNV-TC", date="2018-07-10", issuer="Sở Nội vụ tỉnh An Hòa")],
    ),
    (
        "Xét đề nghị của Sở Y tế tại Tờ trình số 18/TTr-SYT, ý kiến thẩm định của Sở Tư pháp tại Văn bản số 51/STP-VB;",
        [row("Tờ trình số 18/TTr-SYT", issuer="Sở Y tế"), row("Văn bản số 51/STP-VB", issuer="Sở Tư pháp")],
    ),
    (
        "Căn cứ Thông tư liên tịch Bộ Kế hoạch & Đầu tư và Bộ Tài chính số 05/2002/TTLT/BKH-BTC ngày 14/3/2002;",
        [
            row(
                "Thông tư liên tịch Bộ Kế hoạch & Đầu tư và Bộ Tài chính số 05/2002/TTLT/BKH-BTC ngày 14/3/2002",
                instrument_type="thông tư liên tịch",
                issuer="Bộ Kế hoạch & Đầu tư và Bộ Tài chính",
            )
        ],
    ),
    (
        "SỬA ĐỔI MỘT SỐ ĐIỀU CỦA QUYẾT ĐỊNH SỐ 31/2017/QĐ-UBND NGÀY 24/8/2017 CỦA ỦY BAN NHÂN DÂN TỈNH VỀ CHỢ",
        [
            row(
                "QUYẾT ĐỊNH SỐ 31/2017/QĐ-UBND NGÀY 24/8/2017 CỦA ỦY BAN NHÂN DÂN TỈNH",
                issuer="ỦY BAN NHÂN DÂN TỈNH",
                relation="sửa đổi",
            )
        ],
    ),
    (
        "Điều 1. Sửa đổi, bổ sung, bãi bỏ một số điều của Thông tư số 3/2010/TT-BNV ngày 01/6/2010.",
        [row("Thông tư số 3/2010/TT-BNV ngày 01/6/2010", relation="sửa đổi")],
    ),
    (
        "Thực hiện Chỉ thị số 9/CT-TTg ngày 18/6/2011 của Thủ tướng Chính phủ và Chương trình hành động của Bộ.",
        [row("Chỉ thị số 9/CT-TTg ngày 18/6/2011 của Thủ tướng Chính phủ", issuer="Thủ tướng Chính phủ")],
    ),
    (
        "Thực hiện Chỉ thị số 9/CT-TTg ngày 18/6/2021 của Thủ tướng Chính phủ về thi đua hoàn thành nhiệm vụ năm 2021 "
        "và Kế hoạch 5 năm (2021 - 2025) theo Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng "
        "và Kế hoạch số 6/KH-HĐTĐKT ngày 01/8/2021 của Hội đồng Thi đua - Khen thưởng Trung ương.",
        [
            row("Chỉ thị số 9/CT-TTg ngày 18/6/2021 của Thủ tướng Chính phủ", relation="thực hiện"),
            row("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", relation="dẫn chiếu"),
            row(
                "Kế hoạch số 6/KH-HĐTĐKT ngày 01/8/2021 của Hội đồng Thi đua - Khen thưởng Trung ương",
                relation="thực hiện",
            ),
        ],
    ),
    (
        "Căn cứ Kế hoạch số 515/KH-BYT-BNV ngày 31/8/2025 của Bộ Y tế và Bộ Nội vụ về việc phối hợp;",
        [row("Kế hoạch số 515/KH-BYT-BNV ngày 31/8/2025 của Bộ Y tế và Bộ Nội vụ", issuer="Bộ Y tế và Bộ Nội vụ")],
    ),
    (
        "theo quy định tại điểm d, Khoản 3, Điều 22 Thông tư số 15/2013/TT-BTC.",
        [row("Thông tư số 15/2013/TT-BTC", pinpoint="điểm d khoản 3 Điều 22")],
    ),
    (
        "Trả lời công văn số HM/02-2021 đề ngày 15/4/2021 của Công ty Hoa Mai hỏi về phí.",
        [
            row(
                "công văn số HM/02-2021 đề ngày 15/4/2021 của Công ty Hoa Mai",
                ref="HM/02-2021",
                issuer="Công ty Hoa Mai",
            )
        ],
    ),
    (
        "Xét Tờ trình số 05/Ttr-SNV ngày 30/7/2017 của Sở Nội vụ;",
        [row("Tờ trình số 05/Ttr-SNV ngày 30/7/2017 của Sở Nội vụ", ref_repaired="05/TTr-SNV")],
    ),
    # --- families of số, ký hiệu ---------------------------------------------------------------------------------
    (
        "Căn cứ Nghị định số 11/2021/NĐ-CP ngày 03 tháng 02 năm 2021 của Chính phủ về bến bãi;",
        [
            row(
                "Nghị định số 11/2021/NĐ-CP ngày 03 tháng 02 năm 2021 của Chính phủ",
                kind="numbered",
                instrument_type="nghị định",
                number="11",
                symbol="NĐ-CP",
                ref="11/2021/NĐ-CP",
                date="2021-02-03",
                issuer="Chính phủ",
                title="về bến bãi",
                relation="căn cứ",
            )
        ],
    ),
    (
        "Thực hiện Chỉ thị số 7/CT-TTg ngày 05/3/2019 của Thủ tướng Chính phủ về phòng cháy.",
        [row("Chỉ thị số 7/CT-TTg ngày 05/3/2019 của Thủ tướng Chính phủ", number="7", symbol="CT-TTg")],
    ),
    (
        "theo Quyết định số 15-QĐ/TW ngày 22.8.2014 của Bộ Chính trị",
        [
            row(
                "Quyết định số 15-QĐ/TW ngày 22.8.2014 của Bộ Chính trị",
                symbol="QĐ/TW",
                date="2014-08-22",
                relation="theo",
            )
        ],
    ),
    (
        "theo Chương trình phối hợp số 09-CTPH/BDVHU-PYT",
        [row("Chương trình phối hợp số 09-CTPH/BDVHU-PYT", instrument_type="chương trình", symbol="CTPH/BDVHU-PYT")],
    ),
    (
        "Căn cứ Thông tư liên tịch số 12/2008/TTLT-BNV-BTC ngày 06 /02/ 2008 của Bộ Nội vụ, Bộ Tài chính hướng dẫn;",
        [
            row(
                "Thông tư liên tịch số 12/2008/TTLT-BNV-BTC ngày 06 /02/ 2008 của Bộ Nội vụ, Bộ Tài chính",
                instrument_type="thông tư liên tịch",
                issuer="Bộ Nội vụ, Bộ Tài chính",
                date="2008-02-06",
            )
        ],
    ),
    (
        "Căn cứ Pháp lệnh số 08/2009/PL-UBTVQH12;",
        [row("Pháp lệnh số 08/2009/PL-UBTVQH12", instrument_type="pháp lệnh", symbol="PL-UBTVQH12")],
    ),
    ("Căn cứ Luật số: 36/2014/QH13;", [row("Luật số: 36/2014/QH13", instrument_type="luật", ref="36/2014/QH13")]),
    ("theo Nghị quyết số: 4/2020/UBTVQH14", [row("Nghị quyết số: 4/2020/UBTVQH14", symbol="UBTVQH14")]),
    ("theo Công văn số 88/UBND-KT ngày 02/4/2022", [row("Công văn số 88/UBND-KT ngày 02/4/2022", symbol="UBND-KT")]),
    ("theo Công văn số 95 / CV-CĐGD", [row("Công văn số 95 / CV-CĐGD", ref="95/CV-CĐGD")]),
    ("Nghị định 62/CP của Chính phủ", [row("Nghị định 62/CP của Chính phủ", ref="62/CP", issuer="Chính phủ")]),
    ("theo Quyết định 117-HĐBT", [row("Quyết định 117-HĐBT", ref="117-HĐBT", number="117", symbol="HĐBT")]),
    ("theo Thông tư 31 TC/TCT ngày 8/12/1994", [row("Thông tư 31 TC/TCT ngày 8/12/1994", symbol="TC/TCT")]),
    ("theo Thông tư số 06a/2011/TT-BYT", [row("Thông tư số 06a/2011/TT-BYT", number="06a")]),
    (
        "Thực hiện Kế hoạch số   /KH-PYT ngày 20 tháng 01 năm 2021 của Phòng Y tế huyện Sông Con",
        [
            row(
                "Kế hoạch số /KH-PYT ngày 20 tháng 01 năm 2021 của Phòng Y tế huyện Sông Con",
                number=None,
                symbol="KH-PYT",
                ref="/KH-PYT",
                date="2021-01-20",
            )
        ],
    ),
    # --- number alone --------------------------------------------------------------------------------------------
    (
        "theo Kế hoạch số 14 ngày 06/01/2021 của Phòng Y tế huyện Sông Con",
        [row("Kế hoạch số 14 ngày 06/01/2021 của Phòng Y tế huyện Sông Con", number="14", symbol=None, ref="14")],
    ),
    ("quán triệt Chỉ thị 33 trong toàn ngành", [row("Chỉ thị 33", ref="33", symbol=None, relation="thực hiện")]),
    ("Hội nghị nghe báo cáo 6 tháng và kế hoạch 5 năm, quyết định 3 vấn đề.", []),
    (
        "theo quy định 41 ngày 23/09/2011. Như trong quy định 41.",
        [row("quy định 41 ngày 23/09/2011", date="2011-09-23"), row("quy định 41", date=None)],
    ),
    ("như trong quy định 41 điều đã nói", []),
    # --- dates ---------------------------------------------------------------------------------------------------
    ("Quyết định số 4/QĐ-UBND, ngày 21 tháng 01năm 2010", [row("Quyết định số 4/QĐ-UBND, ngày 21 tháng 01năm 2010")]),
    (
        "Tờ trình số 4/TTr-SNV ngày   tháng 5 năm 2022 của Sở Nội vụ",
        [row("Tờ trình số 4/TTr-SNV ngày tháng 5 năm 2022 của Sở Nội vụ", date=None, date_year=2022, date_month=5)],
    ),
    (
        "Quyết định số 4/QĐ-UBND ngày 31/02/2020 của UBND tỉnh",
        [row("Quyết định số 4/QĐ-UBND ngày 31/02/2020 của UBND tỉnh", date=None, date_day=31, date_month=2)],
    ),
    (
        "Quyết định số 4/QĐ-UBND của UBND tỉnh ngày 30-12-1981",
        [row("Quyết định số 4/QĐ-UBND của UBND tỉnh ngày 30-12-1981", issuer="UBND tỉnh", date="1981-12-30")],
    ),
    # --- dated ---------------------------------------------------------------------------------------------------
    (
        "đánh giá việc thực hiện Nghị quyết của Hội nghị người lao động (15/10/2019), nội quy cơ quan",
        [
            row(
                "Nghị quyết của Hội nghị người lao động (15/10/2019)",
                kind="dated",
                issuer="Hội nghị người lao động",
                date="2019-10-15",
                relation="thực hiện",
            )
        ],
    ),
    (
        "theo Quyết định ngày 5/6/2020 của Ủy ban nhân dân tỉnh",
        [row("Quyết định ngày 5/6/2020 của Ủy ban nhân dân tỉnh", kind="dated", ref=None)],
    ),
    ("có hiệu lực theo quyết định của pháp luật từ ngày 5/6/2020", []),
    # --- named ---------------------------------------------------------------------------------------------------
    ("Căn cứ Luật Tiếp công dân;", [row("Luật Tiếp công dân", kind="named", instrument_type="luật", ref=None)]),
    ("trong khuôn khổ Hiến pháp và pháp luật", [row("Hiến pháp", instrument_type="hiến pháp")]),
    ("chấp hành Điều lệ Đảng", [row("Điều lệ Đảng", instrument_type="điều lệ", relation="thực hiện")]),
    ("Căn cứ Luật Đất đai ngày 29/11/2013;", [row("Luật Đất đai ngày 29/11/2013", kind="named", date="2013-11-29")]),
    ("theo Luật Đất đai năm 2013", [row("Luật Đất đai năm 2013", date=None, date_year=2013)]),
    ("theo Bộ luật Dân sự 2015", [row("Bộ luật Dân sự 2015", instrument_type="bộ luật", date_year=2015)]),
    (
        "Căn cứ Luật Đấu thầu số 22/2023/QH15;",
        [row("Luật Đấu thầu số 22/2023/QH15", kind="numbered", instrument_type="luật", ref="22/2023/QH15")],
    ),
    (
        "tuyên truyền Luật Hộ tịch, Công chứng, Luật Đất đai",
        [row("Luật Hộ tịch"), row("Công chứng", instrument_type="luật"), row("Luật Đất đai")],
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương "
        "ngày 22/11/2019;",
        [
            row(
                "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương "
                "ngày 22/11/2019",
                relation="căn cứ",
            ),
            row("Luật Tổ chức Chính phủ", relation="dẫn chiếu"),
            row("Luật Tổ chức chính quyền địa phương", relation="dẫn chiếu"),
        ],
    ),
    (
        "thực hiện Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
        [row("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", kind="named", issuer=None)],
    ),
    (
        "thực hiện Nghị quyết Trung ương 4 (khóa XII) về xây dựng Đảng",
        [row("Nghị quyết Trung ương 4 (khóa XII)", kind="named", title="về xây dựng Đảng")],
    ),
    ("Luật sư Nguyễn Văn Mười và Khoa Luật Kinh tế", []),
    # --- not citations -------------------------------------------------------------------------------------------
    ("các nghị quyết của Đảng, theo quy định của pháp luật", []),
    ("Kế hoạch này thay cho mọi kế hoạch trước đây; Quyết định này có hiệu lực từ ngày ký", []),
    ("Chương trình GDPT 2018 và Đề án Văn hóa công vụ", []),
    ("thực hiện Nghị quyết Đại hội Đảng các cấp", []),
    ("theo Mẫu số 02/KH-BC và tiêu chuẩn TCVN 1234:2015, ISO 9001:2015", []),
    ("UBND HUYỆN SÔNG CON\nSố: 77 /ĐX-P5\nSông Con, ngày 3 tháng 4 năm 2023\nNội dung đề xuất", []),
    ("SỞ KẾ HOẠCH VÀ ĐẦU TƯ\nSố: 25/2024/TT-BTC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", []),
    (
        "18\nThông tư\nSố 78/1998/TT-BTC;\nngày 04/6/1998\nVề phí",
        [row("Thông tư Số 78/1998/TT-BTC", instrument_type="thông tư", number="78")],
    ),
    # --- lists ---------------------------------------------------------------------------------------------------
    (
        "các Nghị định số 1/2020/NĐ-CP và 2/2020/NĐ-CP của Chính phủ",
        [
            row("Nghị định số 1/2020/NĐ-CP", issuer=None),
            row("2/2020/NĐ-CP của Chính phủ", instrument_type="nghị định", issuer="Chính phủ"),
        ],
    ),
    (
        "Thực hiện Công văn số 4/UBND-VX ngày 28/8/2023; số 5/UBND-VX ngày 17/9/2023 và số 6/UBND-VX ngày 1/10/2023",
        [
            row("Công văn số 4/UBND-VX ngày 28/8/2023", relation="thực hiện"),
            row("số 5/UBND-VX ngày 17/9/2023", instrument_type="công văn", relation="thực hiện"),
            row("số 6/UBND-VX ngày 1/10/2023", instrument_type="công văn", relation="thực hiện"),
        ],
    ),
    (
        "Căn cứ các Quyết định của UBND tỉnh: Số 9/QĐ-UBND ngày 11/5/2020 ban hành Quy định về lễ hội; "
        "số 10/QĐ-UBND ngày 26/9/2022 về việc sửa đổi Quy định;",
        [
            row("Quyết định của UBND tỉnh: Số 9/QĐ-UBND ngày 11/5/2020", issuer="UBND tỉnh"),
            row("số 10/QĐ-UBND ngày 26/9/2022", issuer="UBND tỉnh", instrument_type="quyết định", relation="căn cứ"),
        ],
    ),
    (
        "Quyết định số 4/QĐ-UBND và Quyết định số 5/QĐ-UBND cùng ngày 3/4/2020",
        [
            row("Quyết định số 4/QĐ-UBND", date="2020-04-03"),
            row("Quyết định số 5/QĐ-UBND cùng ngày 3/4/2020", date="2020-04-03"),
        ],
    ),
    (
        "Quyết định số 4/QĐ-UBND, số 5/QĐ-UBND lần lượt ngày 3/4/2020 và ngày 7/4/2020",
        [
            row("Quyết định số 4/QĐ-UBND", date="2020-04-03"),
            row("số 5/QĐ-UBND lần lượt ngày 3/4/2020 và ngày 7/4/2020", date="2020-04-07"),
        ],
    ),
    (
        "thực hiện Nghị quyết số 3-NQ/TW và Nghị quyết số 4/NQ-CP của Chính phủ về xây dựng văn hóa",
        [row("Nghị quyết số 3-NQ/TW", issuer=None), row("Nghị quyết số 4/NQ-CP của Chính phủ", issuer="Chính phủ")],
    ),
    # --- issuer --------------------------------------------------------------------------------------------------
    (
        "Căn cứ kế hoạch số 9-KH/BCĐ, ngày 23 tháng 4 năm 2020 của Ban chỉ đạo thực hiện Quy chế văn hóa công sở;",
        [row("kế hoạch số 9-KH/BCĐ, ngày 23 tháng 4 năm 2020 của Ban chỉ đạo", issuer="Ban chỉ đạo")],
    ),
    (
        "Thực hiện Công văn số 9/UBND-TH ngày 21/7/2019 của UBND Tỉnh của Chủ tịch UBND Tỉnh về việc cấp lịch treo.",
        [row("Công văn số 9/UBND-TH ngày 21/7/2019 của UBND Tỉnh của Chủ tịch UBND Tỉnh", issuer="UBND Tỉnh")],
    ),
    (
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 21/TTr-SNV ngày 17/9/2022.",
        [row("Tờ trình số 21/TTr-SNV ngày 17/9/2022", issuer="Giám đốc Sở Nội vụ", relation="theo")],
    ),
    (
        "Xét đề nghị của Giám đốc Sở Y tế tại Tờ trình số 21/TTr-SYT ngày 17/9/2022 về việc khen thưởng;",
        [row("Tờ trình số 21/TTr-SYT ngày 17/9/2022", issuer="Giám đốc Sở Y tế", relation="dẫn chiếu")],
    ),
    (
        "Theo đề nghị của Chủ tịch Hội Làm vườn tại Văn bản số 1/BC-HLV ngày 5 tháng 9 năm 2022 và Giám đốc Sở Nội vụ "
        "tại Tờ trình số 21/TTr-SNV ngày 17 tháng 9 năm 2022.",
        [
            row(
                "Văn bản số 1/BC-HLV ngày 5 tháng 9 năm 2022", issuer="Chủ tịch Hội Làm vườn", instrument_type="văn bản"
            ),
            row("Tờ trình số 21/TTr-SNV ngày 17 tháng 9 năm 2022", issuer="Giám đốc Sở Nội vụ"),
        ],
    ),
    (
        "Ngày 16/4/2019, Tổng cục Thủy lợi có Văn bản số 12/TCTL-QLCT về việc vận hành hồ chứa.",
        [row("Văn bản số 12/TCTL-QLCT", issuer="Tổng cục Thủy lợi")],
    ),
    (
        "Văn phòng Tổng cục đã ban hành Quy chế văn hóa công sở tại Quyết định số 9/QĐ-VP ngày 22/8/2013.",
        [row("Quyết định số 9/QĐ-VP ngày 22/8/2013", issuer="Văn phòng Tổng cục", relation="dẫn chiếu")],
    ),
    (
        "Thông tư số 7/2022/TT-BVHTTDL ngày 5/6/2022 của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch quy định về lễ hội",
        [
            row(
                "Thông tư số 7/2022/TT-BVHTTDL ngày 5/6/2022 của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
                issuer="Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
                title="quy định về lễ hội",
            )
        ],
    ),
    (
        "Nghị định số 4/2015/NĐ-CP ngày 9/1/2015 của Chính phủ Về thực hiện dân chủ",
        [
            row(
                "Nghị định số 4/2015/NĐ-CP ngày 9/1/2015 của Chính phủ",
                issuer="Chính phủ",
                title="Về thực hiện dân chủ",
            )
        ],
    ),
    (
        "theo Công văn số 5/SNV-TC ngày 2/2/2022 của Sở Nội vụ, Phòng Y tế báo cáo như sau",
        [row("Công văn số 5/SNV-TC ngày 2/2/2022 của Sở Nội vụ", issuer="Sở Nội vụ")],
    ),
    (
        "theo Quyết định số 8/QĐ-TTg ngày 1/2/2022",
        [row("Quyết định số 8/QĐ-TTg ngày 1/2/2022", issuer=None, issuer_inferred="Thủ tướng Chính phủ")],
    ),
    (
        "Đánh giá học sinh theo TT 12/2019 và TT 7/2021 của Bộ GDĐT.",
        [
            row("TT 12/2019", ref="12/2019", instrument_type="thông tư", relation="theo"),
            row("TT 7/2021 của Bộ GDĐT", ref="7/2021", instrument_type="thông tư", issuer="Bộ GDĐT"),
        ],
    ),
    (
        "Thực hiện Công văn 45/PGDĐT-TH ngày 16/8 của Phòng GDĐT huyện An Hòa về việc điều tra phổ cập,",
        [
            row(
                "Công văn 45/PGDĐT-TH ngày 16/8 của Phòng GDĐT huyện An Hòa",
                date=None,
                issuer="Phòng GDĐT huyện An Hòa",
                title="về việc điều tra phổ cập",
            )
        ],
    ),
    (
        "Căn cứ Nghị định số 6/2019/NĐ-CP ngày 12 tháng 9 năm 2019 Chính phủ về thực hiện kiểm kê rừng;",
        [
            row(
                "Nghị định số 6/2019/NĐ-CP ngày 12 tháng 9 năm 2019 Chính phủ",
                issuer="Chính phủ",
                title="về thực hiện kiểm kê rừng",
            )
        ],
    ),
    (
        "Xét đề nghị của Sở Y tế tại Tờ trình số 38/TTr-SYT ngày 24/10/2014 về việc ban hành Quy chế,\nQUYẾT ĐỊNH:",
        [row("Tờ trình số 38/TTr-SYT ngày 24/10/2014", issuer="Sở Y tế", title="về việc ban hành Quy chế")],
    ),
    (
        "Thực hiện Chương trình số 5-CTr/BCĐ35, ngày 10/01/2023 của Ban Chỉ đạo 35 Tỉnh ủy;",
        [
            row(
                "Chương trình số 5-CTr/BCĐ35, ngày 10/01/2023 của Ban Chỉ đạo 35 Tỉnh ủy",
                ref="5-CTr/BCĐ35",
                issuer="Ban Chỉ đạo 35 Tỉnh ủy",
            )
        ],
    ),
    (
        "Thực hiện NQ TW 7 khóa XI về dân vận; Công điện số 27/CĐ-TTg hồi 10 giờ ngày 26/9/2022 của Thủ tướng.",
        [
            row("NQ TW 7 khóa XI", kind="named", instrument_type="nghị quyết", relation="thực hiện"),
            row("Công điện số 27/CĐ-TTg hồi 10 giờ ngày 26/9/2022 của Thủ tướng", date="2022-09-26"),
        ],
    ),
    (
        "Thực hiện Công văn số 3/VP-TH ngày 05/01/2023 của Văn phòng HĐND và UBND huyện về chế độ báo cáo,",
        [
            row(
                "Công văn số 3/VP-TH ngày 05/01/2023 của Văn phòng HĐND và UBND huyện",
                issuer="Văn phòng HĐND và UBND huyện",
                title="về chế độ báo cáo",
            )
        ],
    ),
    (
        "Căn cứ Quyết định số 2/QĐ-UBND về chế độ trực hè của các cơ quan hành chính, đơn vị sự nghiệp công lập;",
        [
            row(
                "Quyết định số 2/QĐ-UBND",
                title="về chế độ trực hè của các cơ quan hành chính, đơn vị sự nghiệp công lập",
            )
        ],
    ),
    (
        "Căn cứ Quy chế tuyển sinh ban hành theo Thông tư số 8/2022/TT-BGDĐT ngày 06/6/2022 của Bộ trưởng Bộ GDĐT;",
        [row("Thông tư số 8/2022/TT-BGDĐT ngày 06/6/2022 của Bộ trưởng Bộ GDĐT", relation="căn cứ")],
    ),
    (
        'Sơ kết Kết luận số 11-KL/TW, ngày 05/10/2016 của Ban Bí thư "về công tác lưu trữ" (hoàn thành trong quý II).',
        [row("Kết luận số 11-KL/TW, ngày 05/10/2016 của Ban Bí thư", title='"về công tác lưu trữ"')],
    ),
    (
        "Thực hiện Kế hoạch số 28 ngày 26/8/2023 của Bộ Nội vụ, Ủy ban nhân dân tỉnh xây dựng kế hoạch như sau:",
        [row("Kế hoạch số 28 ngày 26/8/2023 của Bộ Nội vụ", issuer="Bộ Nội vụ")],
    ),
    (
        "Thực hiện nghiêm Luật Thú y và các văn bản hướng dẫn thi hành; Luật Chăn nuôi.",
        [row("Luật Thú y", relation="thực hiện"), row("Luật Chăn nuôi", relation="thực hiện")],
    ),
    # --- pinpoint ------------------------------------------------------------------------------------------------
    (
        "theo khoản 3 mục III phần B Thông tư số 4/2015/TT-BTC",
        [row("Thông tư số 4/2015/TT-BTC", pinpoint="khoản 3 mục III phần B")],
    ),
    # --- parted by the end of a line that has blanks round it, as at a page's edge -------------------------------
    (
        "thực hiện theo quy định của Nghị \n  định số 4/2015/NĐ-CP",
        [row("Nghị định số 4/2015/NĐ-CP", instrument_type="nghị định")],
    ),
    (
        "quy định tại khoản 2     \n     điều 5 Nghị định số 4/2015/NĐ-CP",
        [row("Nghị định số 4/2015/NĐ-CP", pinpoint="khoản 2 Điều 5")],
    ),
    (
        "quy định tại điểm a khoản 2 Điều 5 Nghị định số 4/2015/NĐ-CP",
        [row("Nghị định số 4/2015/NĐ-CP", pinpoint="điểm a khoản 2 Điều 5")],
    ),
    (
        "quy định tại Điều 5, khoản 2, điểm a của Nghị định số 4/2015/NĐ-CP",
        [row("Nghị định số 4/2015/NĐ-CP", pinpoint="điểm a khoản 2 Điều 5")],
    ),
    (
        "Căn cứ khoản 2 Điều 12 và khoản 5 Điều 18 Nghị định số 4/2015/NĐ-CP",
        [row("Nghị định số 4/2015/NĐ-CP", pinpoint="khoản 2 Điều 12 và khoản 5 Điều 18")],
    ),
    (
        "theo điểm b và d khoản 4 Điều 27 Nghị định số 4/2015/NĐ-CP",
        [row("Nghị định số 4/2015/NĐ-CP", pinpoint="điểm b và d khoản 4 Điều 27")],
    ),
    (
        "theo quy định 27/QĐ-TDC ngày 12/4/2013, mục III Chế độ trực đêm",
        [row("quy định 27/QĐ-TDC ngày 12/4/2013", pinpoint="mục III")],
    ),
    ("theo Điều 20 Luật Đất đai", [row("Luật Đất đai", pinpoint="Điều 20")]),
    (
        "theo Luật Bến bãi số 9/2025/QH151 và pháp luật khác có liên quan.\n1 Điều 24; Điều 26.\nNội dung khác",
        [row("Luật Bến bãi số 9/2025/QH15", ref="9/2025/QH15", pinpoint="Điều 24, Điều 26")],
    ),
    (
        "theo Tờ trình số 4/TTr-SYT ngày 1/2/2024,\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế làm việc",
        [row("Tờ trình số 4/TTr-SYT ngày 1/2/2024", pinpoint=None, title=None)],
    ),
    (
        "Nghị quyết số 8-NQ/TW ngày 21/5/2018 Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng khóa XII về lương",
        [
            row(
                "Nghị quyết số 8-NQ/TW ngày 21/5/2018 Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng khóa XII",
                issuer="Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng khóa XII",
                title="về lương",
            )
        ],
    ),
    # --- relation ------------------------------------------------------------------------------------------------
    (
        "Quyết định này thay thế Quyết định số 4/QĐ-UBND ngày 1/2/2020",
        [row("Quyết định số 4/QĐ-UBND ngày 1/2/2020", relation="thay thế")],
    ),
    ("Bãi bỏ Quyết định số 4/QĐ-UBND ngày 1/2/2020", [row("Quyết định số 4/QĐ-UBND ngày 1/2/2020", relation="bãi bỏ")]),
    ("Sửa đổi Điều 2 Quyết định số 4/QĐ-UBND", [row("Quyết định số 4/QĐ-UBND", relation="sửa đổi", pinpoint="Điều 2")]),
    ("Phòng Y tế nhận được Công văn số 4/UBND-TH", [row("Công văn số 4/UBND-TH", relation="dẫn chiếu")]),
    (
        "Thực hiện Quyết định số 4/QĐ-UBND ngày 1/2/2022 của UBND huyện Văn Bàn về việc báo cáo kết quả sáu tháng",
        [
            row(
                "Quyết định số 4/QĐ-UBND ngày 1/2/2022 của UBND huyện Văn Bàn",
                relation="thực hiện",
                title="về việc báo cáo kết quả sáu tháng",
            )
        ],
    ),
    (
        "Thực hiện Công văn số 4/UBND-TH ngày 1/2/2022 của UBND huyện về việc báo cáo kết quả sáu tháng, Trường xin",
        [
            row(
                "Công văn số 4/UBND-TH ngày 1/2/2022 của UBND huyện",
                relation="thực hiện",
                title="về việc báo cáo kết quả sáu tháng",
            )
        ],
    ),
    (
        "Triển khai Nghị định số 14/2020/NĐ-CP của Chính phủ hướng dẫn thi hành Bộ luật Lao động về tiền lương",
        [
            row("Nghị định số 14/2020/NĐ-CP của Chính phủ", relation="thực hiện"),
            row("Bộ luật Lao động", relation="dẫn chiếu"),
        ],
    ),
    (
        "Tiếp tục quán triệt Kết luận số 12-KL/TW ngày 9/4/2017 của Bộ Chính trị về lễ hội; Chỉ thị số 19/CT-TTg",
        [
            row("Kết luận số 12-KL/TW ngày 9/4/2017 của Bộ Chính trị", relation="thực hiện"),
            row("Chỉ thị số 19/CT-TTg", relation="thực hiện"),
        ],
    ),
    ("Các văn bản như Luật Hộ tịch được quán triệt thường xuyên", [row("Luật Hộ tịch", relation="thực hiện")]),
    # --- short forms ---------------------------------------------------------------------------------------------
    (
        "Căn cứ Nghị định số 30/2021/NĐ-CP (sau đây gọi tắt là Nghị định 30); theo Nghị định 30",
        [
            row("Nghị định số 30/2021/NĐ-CP"),
            row("Nghị định 30", antecedent=0, relation="căn cứ"),
            row("Nghị định 30", antecedent=0),
        ],
    ),
    (
        "Kế hoạch số 2/KH-UBND và Kế hoạch số 2/KH-SYT; theo Kế hoạch số 2",
        [
            row("Kế hoạch số 2/KH-UBND"),
            row("Kế hoạch số 2/KH-SYT"),
            row("Kế hoạch số 2", antecedent=None, candidates=("2/KH-UBND", "2/KH-SYT")),
        ],
    ),
    # --- typing errors and OCR -----------------------------------------------------------------------------------
    (
        "thực hiện Chỉ thị số 13/CTTTg ngày 1/2/2021",
        [row("Chỉ thị số 13/CTTTg ngày 1/2/2021", ref="13/CTTTg", ref_repaired="13/CT-TTg")],
    ),
    ("theo Công văn số 9/SGDDĐT", [row("Công văn số 9/SGDDĐT", ref="9/SGDDĐT", ref_repaired="9/SGDĐT")]),
    (
        "Pháp lệnh 12-PL/UBTVQH 11 ngày 15/6/2005",
        [row("Pháp lệnh 12-PL/UBTVQH 11 ngày 15/6/2005", ref_repaired="12/2005/PL-UBTVQH11")],
    ),
    (
        "Thông báo số 94-TB/TƯ ngày 1/2/2023 của Thường trực Tỉnh ủy",
        [row("Thông báo số 94-TB/TƯ ngày 1/2/2023 của Thường trực Tỉnh ủy", ref="94-TB/TƯ", ref_repaired="94-TB/TU")],
    ),
    ("Kết luận số 94-KL/TƯ của Ban Bí thư", [row("Kết luận số 94-KL/TƯ của Ban Bí thư", ref_repaired=None)]),
    ("theo Quyết định số 4/QĐ-U8ND", [row("Quyết định số 4/QĐ-U8ND", ref_repaired="4/QĐ-UBND")]),
    ("theo Quyết định số 4/2008/QĐ_BYT", [row("Quyết định số 4/2008/QĐ_BYT", ref_repaired="4/2008/QĐ-BYT")]),
    ("thực hiện công căn số 21-CV/TU", [row("công căn số 21-CV/TU", instrument_type="công văn")]),
    ("theo Quyêt đinh số 4/QĐ-UBND", [row("Quyêt đinh số 4/QĐ-UBND", instrument_type="quyết định")]),
    ("theo Nghị định số 4/2024/NĐ-CP1, Sở báo cáo", [row("Nghị định số 4/2024/NĐ-CP", ref="4/2024/NĐ-CP")]),
    ("theo Kế hoạch số 4/KH-\nUBND ngày 1/2/2022", [row("Kế hoạch số 4/KH-UBND ngày 1/2/2022", ref="4/KH-UBND")]),
    (
        "Căn cứ Nghị định số 4/2024/NĐ-CP ngày 1 tháng 2\n 56\nCÔNG BÁO/Số 1/Ngày 03-7-2024 \n\nnăm 2024 của Chính phủ",
        [row("Nghị định số 4/2024/NĐ-CP ngày 1 tháng 2 năm 2024 của Chính phủ", date="2024-02-01", issuer="Chính phủ")],
    ),
    (
        "Căn cứ Quy chế hoạt động của Hội đồng nhân dân ngày 12 tháng 3 năm 2005;",
        [
            row(
                "Quy chế hoạt động của Hội đồng nhân dân ngày 12 tháng 3 năm 2005",
                kind="dated",
                issuer="Hội đồng nhân dân",
            )
        ],
    ),
    (
        "Căn cứ Biên bản họp Hội đồng thi đua ngày 20/5/2023 của Trường Tiểu học Hoa Mai;",
        [row("Biên bản họp Hội đồng thi đua ngày 20/5/2023 của Trường Tiểu học Hoa Mai", date="2023-05-20")],
    ),
    (
        "Chiểu Sắc lệnh số 12 ngày 3-4-1946 và số 15 ngày 5-5-1946 tổ chức Nha Bình dân,",
        [
            row("Sắc lệnh số 12 ngày 3-4-1946", date="1946-04-03", relation="căn cứ"),
            row("số 15 ngày 5-5-1946", instrument_type="sắc lệnh", date="1946-05-05", relation="căn cứ"),
        ],
    ),
    (
        "Khoản 2 Điều 5 Quyết định số 12/2019/QĐ-UBND được sửa đổi, bổ sung như sau:",
        [row("Quyết định số 12/2019/QĐ-UBND", relation="sửa đổi", pinpoint="khoản 2 Điều 5")],
    ),
    (
        "Tiếp tục thực hiện nghiêm các quy định của BLHS, khoản 2 Điều 7 BLTTHS năm 2015 (BLTTHS).",
        [
            row("BLHS", kind="named", instrument_type="bộ luật", relation="thực hiện"),
            row("BLTTHS năm 2015", pinpoint="khoản 2 Điều 7"),
        ],
    ),
    (
        "Căn cứ Quy chế làm việc của Ban Chấp hành kèm theo Quyết định số 84-QĐ/TĐTN ngày 22/02/2013;",
        [row("Quyết định số 84-QĐ/TĐTN ngày 22/02/2013", relation="căn cứ")],
    ),
    (
        "Căn cứ văn bản số 5123/EVN EPC-KD ngày 30/6/2021 và văn bản số 4012/EVN-KD+TCKT ngày 15/7/2021;",
        [row("văn bản số 5123/EVN EPC-KD ngày 30/6/2021"), row("văn bản số 4012/EVN-KD+TCKT ngày 15/7/2021")],
    ),
    (
        "Thực hiện phân công của Thường trực, Ban đã họp thẩm tra Tờ trình số 21/TTr-UBND của UBND tỉnh.",
        [row("Tờ trình số 21/TTr-UBND của UBND tỉnh", relation="dẫn chiếu")],
    ),
    (
        "Thực hiện Chỉ lệnh số 12/CL-BTL ngày 05/12/2023 của Tư lệnh Quân khu 9 về công tác quân sự.",
        [row("Chỉ lệnh số 12/CL-BTL ngày 05/12/2023 của Tư lệnh Quân khu 9", instrument_type="chỉ lệnh")],
    ),
    (
        "Thông tư này thay thế Thông tư số 12-TT/LB ngày 31-12-1959 của liên Bộ Tài chính - Ngân hàng quốc gia.",
        [row("Thông tư số 12-TT/LB ngày 31-12-1959 của liên Bộ Tài chính - Ngân hàng quốc gia", relation="thay thế")],
    ),
    # --- titles --------------------------------------------------------------------------------------------------
    (
        "Thực hiện Kế hoạch số 18-KH/HU, ngày 01/12/2023 của Huyện ủy “học tập Nghị quyết Đại hội XIII của Đảng”; "
        "Đảng ủy xã đề nghị",
        [
            row(
                "Kế hoạch số 18-KH/HU, ngày 01/12/2023 của Huyện ủy",
                title="“học tập Nghị quyết Đại hội XIII của Đảng”",
            ),
            row("Nghị quyết Đại hội XIII của Đảng", relation="dẫn chiếu"),
        ],
    ),
    (
        "Thực hiện Quyết định số 4/QĐ-UBND về “phát huy dân chủ; đổi mới công vụ” trong năm tới.",
        [row("Quyết định số 4/QĐ-UBND", title="về “phát huy dân chủ; đổi mới công vụ” trong năm tới")],
    ),
    (
        "Quyết định số 4/QĐ-UBND ban hành kèm theo Quy chế làm việc, Sở Nội vụ đề nghị",
        [row("Quyết định số 4/QĐ-UBND", title="ban hành kèm theo Quy chế làm việc")],
    ),
    (
        "Thông tư số 4/2031/TT-BYT hướng dẫn tiền lương đối với Quỹ Hoa Sen, Công ty Sao Mai, Trung tâm Bình Minh.",
        [
            row(
                "Thông tư số 4/2031/TT-BYT",
                title="hướng dẫn tiền lương đối với Quỹ Hoa Sen, Công ty Sao Mai, Trung tâm Bình Minh",
            )
        ],
    ),
    (
        "Nghị định số 4/2031/NĐ-CP quy định về bến bãi, có hiệu lực từ ngày 01 tháng 8 năm 2031, được sửa đổi bởi:",
        [row("Nghị định số 4/2031/NĐ-CP", title="quy định về bến bãi")],
    ),
    (
        "Nghị định số 4/2031/NĐ-CP quy định về bến bãi hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
        [row("Nghị định số 4/2031/NĐ-CP", title="quy định về bến bãi")],
    ),
    (
        "Quyết định số 4/QĐ-BYT công bố danh mục văn bản hết hiệu lực một phần năm 2031.",
        [row("Quyết định số 4/QĐ-BYT", title="công bố danh mục văn bản hết hiệu lực một phần năm 2031")],
    ),
    (
        "Căn cứ Nghị định số 4/2031/NĐ-CP quy định về bến bãi được sửa đổi, bổ sung bởi Nghị định số 5/2032/NĐ-CP;",
        [
            row("Nghị định số 4/2031/NĐ-CP", title="quy định về bến bãi", relation="căn cứ"),
            row("Nghị định số 5/2032/NĐ-CP", relation="dẫn chiếu"),
        ],
    ),
    (
        "Bổ sung khoản 3a Điều 4 Thông tư số 8/2031/TT-BYT (sửa đổi Điều 2 Thông tư số 1/2026/TT-BYT về bến) như sau",
        [
            row("Thông tư số 8/2031/TT-BYT", title=None, relation="bổ sung"),
            row("Thông tư số 1/2026/TT-BYT", title="về bến", relation="dẫn chiếu"),
        ],
    ),
    (
        "theo Quyết định số 2/TCCP-VC ngày 8/6/1994 của Bộ trưởng (nay là Bộ trưởng Bộ Nội vụ) về việc nâng ngạch.",
        [row("Quyết định số 2/TCCP-VC ngày 8/6/1994 của Bộ trưởng", title="về việc nâng ngạch")],
    ),
    (
        "theo Nghị định số 4/2031/NĐ-CP về bến bãi (Nghị định số 4/2031/NĐ-CP) và sau đó",
        [row("Nghị định số 4/2031/NĐ-CP", title="về bến bãi"), row("Nghị định số 4/2031/NĐ-CP")],
    ),
    (
        "sửa đổi Nghị định số 4/2031/NĐ-CP về việc bãi bỏ Thông tư số 1/2026/TT-\nBYT của Bộ Y tế.",
        [
            row("Nghị định số 4/2031/NĐ-CP", title="về việc bãi bỏ Thông tư số 1/2026/TT-BYT của Bộ Y tế"),
            row("Thông tư số 1/2026/TT-BYT của Bộ Y tế", issuer="Bộ Y tế"),
        ],
    ),
    # --- a law's own title ---------------------------------------------------------------------------------------
    (
        "Luật Thanh niên\n____\nCăn cứ Hiến pháp năm 2013;\nQuốc hội ban hành Luật Thanh niên.\nTheo Luật Đê điều.",
        [row("Hiến pháp năm 2013", relation="căn cứ"), row("Luật Đê điều")],
    ),
    (
        "Nghị quyết số 2/NQ-CP của Chính phủ Căn cứ Luật Nhà ở ngày 29/11/2005.",
        [row("Nghị quyết số 2/NQ-CP của Chính phủ", issuer="Chính phủ"), row("Luật Nhà ở ngày 29/11/2005")],
    ),
    # --- lines broken in narrow columns -------------------------------------------------------------------------
    (
        "Thông tư số 1/2031/TT-BYT\nngày 2/3/2031 của Bộ trưởng Bộ\nLao động - \nThương binh và Xã hội về bến bãi",
        [
            row(
                "Thông tư số 1/2031/TT-BYT ngày 2/3/2031 của Bộ trưởng Bộ Lao động - Thương binh và Xã hội",
                issuer="Bộ trưởng Bộ Lao động - Thương binh và Xã hội",
                title="về bến bãi",
            )
        ],
    ),
    (
        "theo Luật Bảo vệ\nMôi trường và theo Luật Đất đai.",
        [row("Luật Bảo vệ Môi trường"), row("Luật Đất đai")],
    ),
    (
        "79\nThông tư\nSố 33/2031/TT-BYT\nngày 30/12/2031\nQuy định về bến của Bộ Nội vụ và \nđò ngang\n08/02/2032\n",
        [row("Thông tư Số 33/2031/TT-BYT ngày 30/12/2031", title="Quy định về bến của Bộ Nội vụ và đò ngang")],
    ),
    (
        "Phục vụ việc tự làm\nCăn cứ Luật Trẻ em được sửa đổi, bổ sung theo Luật số 28/2031/QH17;",
        [row("Luật Trẻ em", relation="căn cứ"), row("Luật số 28/2031/QH17", relation="dẫn chiếu")],
    ),
    (
        "quy định tại Điều 16 của Luật \nĐo lường và Bộ luật\nLao động.",
        [row("Luật Đo lường", pinpoint="Điều 16"), row("Bộ luật Lao động")],
    ),
    ("LUẬT\nĐo lường\nĐiều 1. Phạm vi", []),
    (
        "theo quy định của Bộ Luật Lao động Việt Nam ngày 23/6/1994 và văn bản khác",
        [row("Bộ Luật Lao động Việt Nam ngày 23/6/1994")],
    ),
    # --- short forms, pinpoints, laws that amend several ----------------------------------------------------------
    (
        "Căn cứ Nghị định số 4/2031/NĐ-CP được bổ sung bởi Nghị định số 5/2032/NĐ-CP (sau đây gọi là Nghị định số 4);",
        [
            row("Nghị định số 4/2031/NĐ-CP", relation="căn cứ"),
            row("Nghị định số 5/2032/NĐ-CP", relation="dẫn chiếu"),
            row("Nghị định số 4", relation="căn cứ"),
        ],
    ),
    (
        "theo khoản 2 Điều 5 Quy chế làm việc của Sở ban hành kèm theo Quyết định số 4/QĐ-SYT",
        [row("Quyết định số 4/QĐ-SYT", pinpoint="khoản 2 Điều 5", relation="theo")],
    ),
    (
        "sửa đổi khoản Điều 5 Quy chế làm việc ban hành kèm theo Quyết định số 4/QĐ-SYT",
        [row("Quyết định số 4/QĐ-SYT", pinpoint=None)],
    ),
    (
        "theo Luật Đo lường số 4/2031/QH17¹ ngày 2/3/2031, Nghị định số 5/2032/NĐ-CP², Luật Đê điều.\n"
        "1 Điều 24, Điều 26.\n2 Điều 7.\n",
        [
            row("Luật Đo lường số 4/2031/QH17 ngày 2/3/2031", pinpoint="Điều 24, Điều 26", date="2031-03-02"),
            row("Nghị định số 5/2032/NĐ-CP", ref="5/2032/NĐ-CP", pinpoint="Điều 7", relation="theo"),
            row("Luật Đê điều", pinpoint=None),
        ],
    ),
    (
        "quy định tại Mục C.II.1.8 Phụ lục V.4 kèm theo Nghị định số 4/2031/NĐ-CP",
        [row("Nghị định số 4/2031/NĐ-CP", pinpoint="Mục C.II.1.8 Phụ lục V.4", relation="theo")],
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo số 4/2031/QH17;",
        [
            row(
                "Luật sửa đổi, bổ sung một số điều của Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo số 4/2031/QH17",
                ref="4/2031/QH17",
                relation="căn cứ",
            ),
            row("Luật Tiếp công dân", relation="dẫn chiếu"),
            row("Luật Khiếu nại", relation="dẫn chiếu"),
            row("Luật Tố cáo", ref=None, relation="dẫn chiếu"),
        ],
    ),
    (
        "theo Luật sửa đổi một số điều của Luật Khiếu nại và Luật Tố cáo, Luật Đất đai số 31/2024/QH15.",
        [
            row("Luật sửa đổi một số điều của Luật Khiếu nại và Luật Tố cáo"),
            row("Luật Khiếu nại"),
            row("Luật Tố cáo"),
            row("Luật Đất đai số 31/2024/QH15", ref="31/2024/QH15"),
        ],
    ),
]


def fields_of(citation: Citation) -> dict[str, object]:
    shown = {name: getattr(citation, name) for name in Citation.__slots__}
    shown["date"] = citation.date.isoformat() if citation.date else None
    return shown


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_rows(text: str, expected: list[dict[str, object]]) -> None:
    found = [fields_of(citation) for citation in extract_citations(text)]
    assert [row["quote"] for row in found] == [row["quote"] for row in expected]
    for have, want in zip(found, expected, strict=True):
        assert {name: have[name] for name in want} == want


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 80


def without_blanks(text: str) -> str:
    return re.sub(r"[\s¹²³]+", "", text)


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_offsets_slice_to_the_quote(text: str) -> None:
    for citation in extract_citations(text):
        if "CÔNG BÁO" not in text:
            assert without_blanks(text[citation.start : citation.end]) == without_blanks(citation.quote)


def shape(citation: Citation) -> tuple[object, ...]:
    return (citation.kind, citation.ref, citation.date_year, citation.relation, citation.quote, citation.issuer)


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_decomposed_text_gives_the_same_rows_at_its_own_offsets(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    found = extract_citations(decomposed)
    assert [shape(c) for c in found] == [shape(c) for c in extract_citations(text)]
    for citation in found:
        piece = unicodedata.normalize("NFC", decomposed[citation.start : citation.end])
        if "CÔNG BÁO" not in text:
            assert without_blanks(piece) == without_blanks(citation.quote)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([text for text, rows in CASES if rows and "\n" not in text]), st.data())
def test_wider_blanks_change_offsets_only(text: str, data: st.DataObject) -> None:
    wide = "".join(c if c != " " else data.draw(st.sampled_from([" ", "  ", "\u00a0"])) for c in text)
    assert [shape(c) for c in extract_citations(wide)] == [shape(c) for c in extract_citations(text)]


def test_the_place_of_the_tone_mark_does_not_matter() -> None:
    new, old = (
        "Căn cứ Luật Hòa giải ở cơ sở; bản thỏa thuận số 3/BTT-UBND",
        "Căn cứ Luật Hoà giải ở cơ sở; bản thoả thuận số 3/BTT-UBND",
    )
    assert [(c.instrument_type, c.ref) for c in extract_citations(new)] == [
        (c.instrument_type, c.ref) for c in extract_citations(old)
    ]
    assert len(extract_citations(new)) == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("theo Công văn số 31/KH-SYT ngày 1/2/2022", "type_symbol_mismatch"),
        ("theo Chỉ thị số 13/CTTTg", "malformed_ref"),
        ("theo Quyết định số 4/QĐ-UBND ngày 31/02/2020", "impossible_date"),
        ("theo Quyết định số 4/QĐ-XQZW", "unknown_symbol"),
    ],
)
def test_findings(text: str, kind: str) -> None:
    findings = find_citations(Reading.of(text)).findings
    assert [finding.kind for finding in findings] == [kind]
    assert findings[0].message and findings[0].start is not None


@pytest.mark.parametrize("head", ["CÔNG BÁO/Số 12 + 13/Ngày 03-7-2024", "CÔNG BÁO/ Số 12/Ngày 03-7-2024"])
def test_a_title_goes_on_behind_a_running_head(head: str) -> None:
    rows = extract_citations(f"theo Nghị định số 4/2024/NĐ-CP quy định về bến \n\n 56\n{head}\n \nbãi ven sông.")
    assert [row.title for row in rows] == ["quy định về bến bãi ven sông"]


def test_text_behind_a_running_head_keeps_its_offsets() -> None:
    text = "theo   Nghị định số 4/2024/NĐ-CP \n 56\nCÔNG BÁO/Số 12 + 13/Ngày 03-7-2024 \n \nvà  Luật Đất đai"
    assert [text[c.start : c.end] for c in extract_citations(text)] == ["Nghị định số 4/2024/NĐ-CP", "Luật Đất đai"]


@pytest.mark.parametrize(
    ("sound", "doubtful"),
    [
        ("Căn cứ Nghị định số 4/2031/NĐ-CP về bến;", "Căn cứ Nghị định số 4/2031/NĐ-CP về bến; cấp phép đò ngang;"),
        ("Căn cứ Nghị định số 4/2031/NĐ-CP về bến.", "Căn cứ Nghị định số 4/2031/NĐ-CP về bến (đò ngang."),
        ("Theo Nghị định số 4/2031/NĐ-CP.", "Hồ sơ và Nghị định số 4/2031/NĐ-CP."),
        (
            "Theo Nghị định số 4/2031/NĐ-CP và theo Nghị định 4",
            "Theo Nghị định số 4/2031/NĐ-CP, theo Nghị định số 4/2032/NĐ-CP và theo Nghị định 4",
        ),
    ],
)
def test_doubtful_rows_are_told_by_their_confidence(sound: str, doubtful: str) -> None:
    assert min(c.confidence for c in extract_citations(sound)) >= 0.9
    assert min(c.confidence for c in extract_citations(doubtful)) < 0.9


def test_sound_citations_have_no_findings() -> None:
    text = "Căn cứ Nghị định số 4/2015/NĐ-CP ngày 9/1/2015 của Chính phủ; Quyết định số 5-QĐ/TW, Công văn số 6/UBND-TH"
    assert find_citations(Reading.of(text)).findings == ()


def test_instruments_under_a_heading_of_bases_are_bases() -> None:
    reading = Reading.of("I. CĂN CỨ\n- Luật Lưu trữ ngày 21/6/2024;\nII. NỘI DUNG\n- Luật Lưu trữ.")
    sections = segment_reading(reading).records
    rows = find_citations(reading, Context(Header(), sections)).records
    assert [row.relation for row in rows] == ["căn cứ", "dẫn chiếu"]


def test_the_documents_own_number_in_an_annex_is_no_citation() -> None:
    header = Header(doc_type="kế hoạch", number="44", symbol="KH-SYT", ref="44/KH-SYT", issued_year=2023)
    text = "(Kèm theo Kế hoạch số 44/KH-SYT ngày 5/6/2023 của Sở Y tế)\ntheo Kế hoạch số 44/KH-SYT ngày 7/8/2021"
    rows = find_citations(Reading.of(text), Context(header, ())).records
    assert [row.date_year for row in rows] == [2021]


def test_time_grows_with_the_text() -> None:
    piece = "".join(f"{text}.\n" for text, _ in CASES[::2] if "\n" not in text)
    assert_linear(lambda part: find_citations(Reading.of(part)), normalise(piece * 8)[0])


HOSTILE = [
    "Nghị định số ",
    "số 1/",
    "1/2/",
    "Quyết định của UBND ",
    "Điều 5 khoản 2 điểm a ",
    "Luật sửa đổi, bổ sung một số điều của ",
    "ngày 1 tháng ",
    "12/QĐ-",
    "1-",
    "A-B/",
    "Căn cứ ",
    "và Quyết định, ",
    "Kế hoạch thực hiện ",
    "theo đề nghị của Sở ",
    "CÔNG BÁO/Số 1/",
    "“",
    "(",
    ". ",
    " \n",
    "Nghị quyết Đại hội Đảng bộ ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_in_proportion_to_its_length(piece: str) -> None:
    assert_linear(lambda part: find_citations(Reading(part, (), part)), piece * (40_000 // len(piece)))
