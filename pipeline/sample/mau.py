"""The fixed sample corpus `mau`: fifteen small files that show every kind and every format, one of them broken.

Written by the generator from fixed seeds and, where a form is rare, by hand. The .doc was saved once by LibreOffice
from the same document's .docx and is kept as package data; everything else is made anew, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files
from random import Random

from pipeline.sample.body import Paragraph
from pipeline.sample.documents import SampleDocument, SampleFile, document_of_kind
from pipeline.sample.letterhead import QUOC_HIEU, Letterhead, Level
from pipeline.sample.pdf_file import pdf_file, signed_pdf_file
from pipeline.sample.phrase import Answer, Phrase, joined
from pipeline.sample.recipients import PrintedList
from pipeline.sample.scan import image_file, page_images, scanned_pdf_file
from pipeline.sample.signature import SignatureBlock
from pipeline.sample.text_file import markdown, text
from pipeline.sample.word_file import word_file


def mau() -> Iterator[SampleFile]:
    """The files in order of name."""
    letter = _generated("mau01", "công văn", "tỉnh", date(2024, 3, 12))
    yield _file(letter, "txt", text(letter).encode("utf-8"))
    plan = school_plan("mau02")
    yield _file(plan, "txt", text(plan).encode("utf-8"))
    report = _generated("mau03", "báo cáo", "xã", date(2026, 5, 20))
    yield _file(report, "md", markdown(report).encode("utf-8"))
    decision = _generated("mau04", "quyết định", "sở", date(2019, 8, 6))
    yield _file(decision, "docx", word_file(decision))
    numbered_plan = _generated("mau05", "kế hoạch", "huyện", date(2022, 2, 10))
    yield _file(numbered_plan, "docx", word_file(numbered_plan, numbered_lists=True))
    telegram = _generated("mau06", "công điện", "tỉnh", date(2025, 9, 26))
    yield _file(telegram, "docx", word_file(telegram))
    submission = _generated("mau07", "tờ trình", "phòng", date(2016, 10, 4))
    yield _file(submission, "pdf", pdf_file(submission))
    notice, number, day = _gaps(_generated("mau08", "thông báo", "tỉnh", date(2025, 1, 8)))
    yield _file(notice, "pdf", signed_pdf_file(notice, number, day, notice.head.answer["issuer"]))
    scanned = _generated("mau09", "công văn", "sở", date(2023, 11, 14))
    yield _file(scanned, "pdf", scanned_pdf_file(page_images(scanned, Random(9), skew=0.5)))
    invitation = _generated("mau10", "giấy mời", "xã", date(2025, 10, 15))
    yield _file(invitation, "jpg", image_file(page_images(invitation, Random(10), noise=0.2, skew=-0.3), "JPEG"))
    directive = _generated("mau11", "chỉ thị", "huyện", date(2012, 4, 18))
    yield _file(directive, "doc", files("pipeline.sample").joinpath("mau11.doc").read_bytes())
    conclusion = _generated("mau12", "kết luận", "tỉnh ủy", date(2021, 6, 17))
    yield _file(conclusion, "docx", word_file(conclusion))
    joint = joint_plan("mau13")
    yield _file(joint, "docx", word_file(joint))
    normative = normative_decision("mau14")
    yield _file(normative, "pdf", pdf_file(normative, running_head="CÔNG BÁO/Số 45 + 46/Ngày 30-6-2024"))
    yield SampleFile("mau15.docx", word_file(decision)[:1500], None)


def _file(document: SampleDocument, suffix: str, content: bytes) -> SampleFile:
    return SampleFile(f"{document.name}.{suffix}", content, document.gold())


def _generated(name: str, doc_type: str, level: Level, day: date) -> SampleDocument:
    return document_of_kind(name, doc_type, level, day, Random(f"vanban {name}"))


def _gaps(document: SampleDocument) -> tuple[SampleDocument, str, str]:
    """The document with number and day left blank in print, and the two; the answer keeps them."""
    head, answer = document.head, document.head.answer
    number, day = "112", f"{answer['issued_day']:02d}"
    symbol = answer["symbol"]
    blank = replace(
        head,
        number_line=f"Số:         /{symbol}",
        date_line=head.date_line.replace(f"ngày {day}", "ngày        "),
        answer={**answer, "number": number, "ref": f"{number}/{symbol}"},
    )
    return replace(document, head=blank), number, day


def _cited(quote: str, relation: str, ref: str | None, issuer: str | None = None, **more: str | None) -> Phrase:
    """A mention worded by hand; `more` gives number, symbol, date, title, pinpoint and the like."""
    answer: Answer = {
        "quote": quote,
        "kind": "numbered" if ref else "named",
        "instrument_type": None,
        "number": None,
        "symbol": None,
        "ref": ref,
        "ref_repaired": None,
        "date": None,
        "issuer": issuer,
        "relation": relation,
        "pinpoint": None,
        "title": None,
    }
    return Phrase(quote, ({**answer, **more},))


def _due(quote: str, kind: str, responsible: str | None, report_to: str | None, **more: str | bool | None) -> Phrase:
    """A term worded by hand."""
    answer: Answer = {
        "quote": quote,
        "kind": kind,
        "due_date": None,
        "qualifier": None,
        "recurrence": None,
        "duration": None,
        "responsible": responsible,
        "report_to": report_to,
    }
    answer.update(more)
    return Phrase(quote, (), (answer,))


def _row(role: str, name: str, purpose: str | None = None, refers: bool = False) -> Answer:
    return {"role": role, "name": name, "purpose": purpose, "refers_to_addressees": refers}


def _plain(*parts: str | Phrase) -> Paragraph:
    return Paragraph(joined(*parts))


def _part(label: str, level: int, *parts: str | Phrase, role: str | None = None) -> Paragraph:
    return Paragraph(joined(*parts), label, level, role, bold=role is not None)


def school_plan(name: str) -> SampleDocument:
    """A school's plan as a text export that lost its header table, number and day; rare ways to cite, many terms."""
    school, office = "Trường Mầm non Hoa Lúa", "Phòng Giáo dục và Đào tạo"
    decree = {"instrument_type": "nghị định", "number": "215", "symbol": "NĐ-CP"}
    body = (
        _plain(
            "Căn cứ ",
            _cited("Luật An toàn thực phẩm ngày 17/6/2010", "căn cứ", None, instrument_type="luật", date="2010-06-17"),
            ";",
        ),
        _plain(
            "Căn cứ ",
            _cited(
                "Nghị định số 215/2019/NĐ-CP ngày 11 tháng 11 năm 2019 của Chính phủ",
                "căn cứ",
                "215/2019/NĐ-CP",
                "Chính phủ",
                **decree,
                date="2019-11-11",
                title="quy định về bếp ăn tập thể trong trường học",
            ),
            " quy định về bếp ăn tập thể trong trường học (sau đây gọi tắt là ",
            _cited("Nghị định 215", "căn cứ", "215", instrument_type="nghị định", number="215"),
            ");",
        ),
        _plain(
            "Thực hiện ",
            _cited(
                "Kế hoạch số 09 ngày 02/02/2023 của Phòng Giáo dục và Đào tạo",
                "thực hiện",
                "09",
                office,
                instrument_type="kế hoạch",
                number="09",
                date="2023-02-02",
                title="về bảo đảm an toàn thực phẩm năm 2023",
            ),
            f" về bảo đảm an toàn thực phẩm năm 2023, {school} xây dựng kế hoạch như sau:",
        ),
        _part("I.", 1, "MỤC ĐÍCH, YÊU CẦU", role="mục đích yêu cầu"),
        _part("1.", 2, "Bữa ăn bán trú bảo đảm đủ chất, hợp vệ sinh, đúng khẩu phần."),
        _part("2.", 2, "Mọi khâu từ nhận hàng đến chia suất đều có người chịu trách nhiệm."),
        _part("II.", 1, "NỘI DUNG THỰC HIỆN", role="nội dung"),
        _part(
            "1.",
            2,
            "Tuyên truyền, phổ biến ",
            _cited("Luật Trẻ em", "thực hiện", None, instrument_type="luật"),
            ", ",
            _cited("Luật An toàn thực phẩm", "thực hiện", None, instrument_type="luật"),
            " tới cha mẹ trẻ.",
        ),
        _part(
            "2.",
            2,
            "Tổ nuôi dưỡng lưu mẫu thức ăn theo quy định tại khoản 2 Điều 9 ",
            _cited(
                "Nghị định 215",
                "theo",
                "215",
                instrument_type="nghị định",
                number="215",
                pinpoint="khoản 2 Điều 9",
            ),
            " và các ",
            _cited(
                "Thông tư số 31/2020/TT-BYT",
                "theo",
                "31/2020/TT-BYT",
                instrument_type="thông tư",
                number="31",
                symbol="TT-BYT",
            ),
            ", ",
            _cited(
                "số 08/2021/TT-BYT",
                "theo",
                "08/2021/TT-BYT",
                instrument_type="thông tư",
                number="08",
                symbol="TT-BYT",
            ),
            ".",
        ),
        _part("III.", 1, "TỔ CHỨC THỰC HIỆN", role="tổ chức thực hiện"),
        _part(
            "1.",
            2,
            "Tổ nuôi dưỡng báo cáo Ban giám hiệu số suất ăn ",
            _due(
                "trước ngày 25 hằng tháng",
                "recurring",
                "Tổ nuôi dưỡng",
                "Ban giám hiệu",
                qualifier="trước",
                recurrence="FREQ=MONTHLY;BYMONTHDAY=25",
            ),
            ".",
        ),
        _part(
            "2.",
            2,
            "Nhân viên y tế hoàn thành việc kiểm kê tủ thuốc ",
            _due("trong tháng 3/2023", "period", "Nhân viên y tế", None, due_date="2023-03-31", qualifier="trong"),
            ".",
        ),
        _part(
            "3.",
            2,
            "Nhà trường báo cáo Phòng Giáo dục và Đào tạo kết quả ",
            _due("trước ngày 31/5/2023", "date", "Nhà trường", office, due_date="2023-05-31", qualifier="trước"),
            ".",
        ),
    )
    head = Letterhead(
        (),
        (),
        "Số:      /KH-MNHL",
        "Lạc Xuyên, ngày    tháng 02 năm 2023",
        (),
        {
            "number": None,
            "symbol": "KH-MNHL",
            "ref": "/KH-MNHL",
            "issued_year": 2023,
            "issued_month": 2,
            "issued_day": None,
            "place": "Lạc Xuyên",
            "issuer": school,
            "issuer_parent": None,
        },
    )
    subject = "Bảo đảm an toàn thực phẩm năm 2023"
    return SampleDocument(
        name,
        head,
        ("KẾ HOẠCH", subject),
        PrintedList((), ()),
        body,
        PrintedList(
            ("Nơi nhận:", "- Phòng GDĐT (để báo cáo);", "- BGH, Công đoàn (để biết);", "- Lưu: VT."),
            (
                _row("nơi nhận", "Phòng GDĐT", "để báo cáo"),
                _row("nơi nhận", "BGH", "để biết"),
                _row("nơi nhận", "Công đoàn", "để biết"),
                _row("lưu", "VT"),
            ),
        ),
        (_signed(("HIỆU TRƯỞNG",), "Vũ Thị Bích Hạnh", "Hiệu trưởng"),),
        "kế hoạch",
        subject,
    )


def _signed(
    titles: tuple[str, ...], name: str, position: str, authority: str | None = None, on_behalf_of: str | None = None
) -> SignatureBlock:
    answer: Answer = {
        "name": name,
        "position": position,
        "authority": authority,
        "on_behalf_of": on_behalf_of,
        "honorific": None,
    }
    return SignatureBlock(titles, name, answer)


def joint_plan(name: str) -> SampleDocument:
    """A plan that a Party commission and a people's committee issue together: two signers."""
    body = (
        _plain(
            "Thực hiện ",
            _cited(
                "Chương trình phối hợp số 07-CTPH/BDVTU-UBND ngày 15/01/2024 của Ban Dân vận Tỉnh ủy và Ủy ban nhân "
                "dân tỉnh",
                "thực hiện",
                "07-CTPH/BDVTU-UBND",
                "Ban Dân vận Tỉnh ủy và Ủy ban nhân dân tỉnh",
                instrument_type="chương trình",
                number="07",
                symbol="CTPH/BDVTU-UBND",
                date="2024-01-15",
                title="về vận động nhân dân giữ gìn vệ sinh nguồn nước",
            ),
            " về vận động nhân dân giữ gìn vệ sinh nguồn nước, Ban Dân vận Huyện ủy và Ủy ban nhân dân huyện ban hành "
            "Kế hoạch phối hợp năm 2024 như sau:",
        ),
        _part("I.", 1, "MỤC ĐÍCH, YÊU CẦU", role="mục đích yêu cầu"),
        _part("1.", 2, "Vận động từng hộ gia đình không đổ rác xuống kênh, mương."),
        _part("2.", 2, "Việc phối hợp không làm thay nhiệm vụ của mỗi bên."),
        _part("II.", 1, "NHIỆM VỤ", role="nhiệm vụ giải pháp"),
        _part("1.", 2, "Phòng Nội vụ lập danh sách các tổ tự quản ", _day_2024("Phòng Nội vụ", None, 4, 20), "."),
        _part(
            "2.",
            2,
            "Ủy ban nhân dân các xã báo cáo kết quả về Phòng Nội vụ ",
            _due(
                "định kỳ 6 tháng, năm",
                "recurring",
                "Ủy ban nhân dân các xã",
                "Phòng Nội vụ",
                recurrence="FREQ=MONTHLY;INTERVAL=6",
            ),
            ".",
        ),
        _part("III.", 1, "TỔ CHỨC THỰC HIỆN", role="tổ chức thực hiện"),
        _plain("Hai cơ quan cử đầu mối theo dõi việc thực hiện Kế hoạch này./."),
    )
    head = Letterhead(
        ("BAN DÂN VẬN HUYỆN ỦY -", "ỦY BAN NHÂN DÂN", "HUYỆN LẠC XUYÊN"),
        QUOC_HIEU,
        "Số: 12-KH/BDVHU-UBND",
        "Lạc Xuyên, ngày 18 tháng 3 năm 2024",
        (),
        {
            "number": "12",
            "symbol": "KH/BDVHU-UBND",
            "ref": "12-KH/BDVHU-UBND",
            "issued_year": 2024,
            "issued_month": 3,
            "issued_day": 18,
            "place": "Lạc Xuyên",
            "issuer": "Ban Dân vận Huyện ủy và Ủy ban nhân dân huyện Lạc Xuyên",
            "issuer_parent": None,
        },
    )
    subject = "Phối hợp giữ gìn vệ sinh nguồn nước năm 2024"
    return SampleDocument(
        name,
        head,
        ("KẾ HOẠCH", subject),
        PrintedList((), ()),
        body,
        PrintedList(
            (
                "Nơi nhận:",
                "- Ban Dân vận Tỉnh ủy (để báo cáo);",
                "- UBND các xã, thị trấn (để thực hiện);",
                "- Lưu: VT, BDV.",
            ),
            (
                _row("nơi nhận", "Ban Dân vận Tỉnh ủy", "để báo cáo"),
                _row("nơi nhận", "UBND các xã, thị trấn", "để thực hiện"),
                _row("lưu", "VT"),
                _row("lưu", "BDV"),
            ),
        ),
        (
            _signed(("BAN DÂN VẬN HUYỆN ỦY", "TRƯỞNG BAN"), "Lương Đức Khánh", "Trưởng Ban"),
            _signed(
                ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                "Đinh Thị Thu Phương",
                "Phó Chủ tịch",
                "KT",
                "Chủ tịch",
            ),
        ),
        "kế hoạch",
        subject,
    )


def _day_2024(responsible: str, report_to: str | None, month: int, day: int) -> Phrase:
    return _due(
        f"trước ngày {day:02d}/{month}/2024",
        "date",
        responsible,
        report_to,
        due_date=f"2024-{month:02d}-{day:02d}",
        qualifier="trước",
    )


def normative_decision(name: str) -> SampleDocument:
    """A province's normative decision as the Công báo prints it: number with year, điều with khoản and điểm."""
    province = "Ủy ban nhân dân tỉnh Hà Nam"
    body = (
        Paragraph(Phrase("ỦY BAN NHÂN DÂN TỈNH HÀ NAM"), bold=True, centred=True),
        _plain(
            "Căn cứ ",
            _cited("Luật Ngân sách nhà nước", "căn cứ", None, instrument_type="luật"),
            ";",
        ),
        _plain(
            "Căn cứ ",
            _cited(
                "Nghị định số 161/2021/NĐ-CP ngày 09 tháng 8 năm 2021 của Chính phủ",
                "căn cứ",
                "161/2021/NĐ-CP",
                "Chính phủ",
                instrument_type="nghị định",
                number="161",
                symbol="NĐ-CP",
                date="2021-08-09",
                title="quy định về sử dụng nhà văn hóa thôn",
            ),
            " quy định về sử dụng nhà văn hóa thôn;",
        ),
        _plain(
            "Theo đề nghị của Giám đốc Sở Tài chính tại ",
            _cited(
                "Tờ trình số 418/TTr-STC ngày 03 tháng 6 năm 2024",
                "theo",
                "418/TTr-STC",
                "Giám đốc Sở Tài chính",
                instrument_type="tờ trình",
                number="418",
                symbol="TTr-STC",
                date="2024-06-03",
            ),
            ".",
        ),
        Paragraph(Phrase("QUYẾT ĐỊNH:"), bold=True, centred=True),
        _part(
            "Điều 1.",
            1,
            "Sửa đổi khoản 2 Điều 6 ",
            _cited(
                "Quyết định số 27/2020/QĐ-UBND ngày 14 tháng 9 năm 2020 của Ủy ban nhân dân tỉnh",
                "sửa đổi",
                "27/2020/QĐ-UBND",
                "Ủy ban nhân dân tỉnh",
                instrument_type="quyết định",
                number="27",
                symbol="QĐ-UBND",
                date="2020-09-14",
                pinpoint="khoản 2 Điều 6",
            ),
            " như sau: kinh phí sửa chữa nhà văn hóa do ngân sách xã bảo đảm.",
        ),
        _part("Điều 2.", 1, "Trách nhiệm của các cơ quan"),
        _part("1.", 2, "Sở Tài chính:"),
        _part("a)", 3, "Hướng dẫn việc lập dự toán hằng năm của các xã, phường, thị trấn cho việc sửa chữa nhỏ;"),
        _part(
            "b)",
            3,
            "Thẩm tra hồ sơ ",
            _due(
                "trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ",
                "relative",
                "Sở Tài chính",
                None,
                qualifier="trong",
                duration="P10D",
                working_days=True,
            ),
            ".",
        ),
        _part("2.", 2, "Ủy ban nhân dân các huyện, thành phố:"),
        _part(
            "a)", 3, "Công khai danh sách nhà văn hóa đã xuống cấp, mức kinh phí dự kiến và thứ tự ưu tiên sửa chữa;"
        ),
        _part(
            "b)",
            3,
            "Báo cáo Sở Tài chính tình hình sử dụng kinh phí ",
            _due(
                "trước ngày 20 tháng 12 năm 2024",
                "date",
                "Ủy ban nhân dân các huyện, thành phố",
                "Sở Tài chính",
                due_date="2024-12-20",
                qualifier="trước",
            ),
            ".",
        ),
        _part(
            "Điều 3.",
            1,
            "Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2024. Bãi bỏ ",
            _cited(
                "Quyết định số 1105/QĐ-UBND ngày 22 tháng 5 năm 2017 của Chủ tịch Ủy ban nhân dân tỉnh",
                "bãi bỏ",
                "1105/QĐ-UBND",
                "Chủ tịch Ủy ban nhân dân tỉnh",
                instrument_type="quyết định",
                number="1105",
                symbol="QĐ-UBND",
                date="2017-05-22",
            ),
            ".",
        ),
        _part(
            "Điều 4.",
            1,
            "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Tài chính, Chủ tịch Ủy ban nhân dân các huyện, thành "
            "phố và các cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.",
        ),
    )
    head = Letterhead(
        ("ỦY BAN NHÂN DÂN", "TỈNH HÀ NAM"),
        QUOC_HIEU,
        "Số: 33/2024/QĐ-UBND",
        "Hà Nam, ngày 17 tháng 6 năm 2024",
        (),
        {
            "number": "33",
            "symbol": "QĐ-UBND",
            "ref": "33/2024/QĐ-UBND",
            "issued_year": 2024,
            "issued_month": 6,
            "issued_day": 17,
            "place": "Hà Nam",
            "issuer": province,
            "issuer_parent": None,
        },
    )
    subject = "Sửa đổi Quy định về kinh phí sửa chữa nhà văn hóa thôn trên địa bàn tỉnh"
    return SampleDocument(
        name,
        head,
        ("QUYẾT ĐỊNH", subject),
        PrintedList((), ()),
        body,
        PrintedList(
            (
                "Nơi nhận:",
                "- Như Điều 4;",
                "- Bộ Tư pháp (Cục KTVB);",
                "- TT. Tỉnh ủy, TT. HĐND tỉnh;",
                "- CT, PCT UBND tỉnh;",
                "- Các sở, ban, ngành;",
                "- VPUB: CVP, TH;",
                "- Lưu: VT, TH.",
            ),
            (
                _row("nơi nhận", "Như Điều 4", refers=True),
                _row("nơi nhận", "Bộ Tư pháp (Cục KTVB)"),
                _row("nơi nhận", "TT. Tỉnh ủy"),
                _row("nơi nhận", "TT. HĐND tỉnh"),
                _row("nơi nhận", "CT UBND tỉnh"),
                _row("nơi nhận", "PCT UBND tỉnh"),
                _row("nơi nhận", "Các sở, ban, ngành"),
                _row("nơi nhận", "VPUB: CVP"),
                _row("nơi nhận", "VPUB: TH"),
                _row("lưu", "VT"),
                _row("lưu", "TH"),
            ),
        ),
        (
            _signed(
                ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                "Trịnh Quốc Vinh",
                "Phó Chủ tịch",
                "KT",
                "Chủ tịch",
            ),
        ),
        "quyết định",
        subject,
    )
