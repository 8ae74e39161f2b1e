"""Line breaks inside paragraphs become blanks, those between paragraphs stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text.paragraphs import join_broken_lines, lines_of
from tests.hostile_text import assert_linear

LONG = "Ủy ban nhân dân huyện yêu cầu các phòng, ban và Ủy ban nhân dân các xã, thị trấn khẩn trương rà soát"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (f"{LONG}\nvà báo cáo kết quả.", 1),
        (f"{LONG}\n\nvà báo cáo kết quả.", 1),
        (f"{LONG}.\nVăn phòng tổng hợp.", 2),
        (f"{LONG}\n- Rà soát văn bản;", 2),
        (f"{LONG}\n1. Rà soát văn bản;", 2),
        (f"{LONG}\na) rà soát văn bản;", 2),
        (f"{LONG}\nNơi nhận:", 2),
        ("\n".join([LONG[:90]] * 9 + ["CHƯƠNG II", "1/ Rà soát"]), 3),
        ("Số: 12/KH-UBND\nKẾ HOẠCH", 2),
        ("Một dòng", 1),
        ("", 0),
        ("\n \n", 0),
    ],
)
def test_line_breaks(text: str, paragraphs: int) -> None:
    flow = join_broken_lines(text)
    assert len(flow) == len(text)
    assert len(lines_of(flow)) == paragraphs


def test_text_wrapped_at_a_width_is_joined() -> None:
    words = ["Phòng", "Mẫu", "phối", "hợp", "các", "đơn", "vị", "rà", "soát", "và", "thống", "kê", "số", "liệu"]
    lines, line = [], ""
    for word in words * 60:
        if len(line) + len(word) > 70:
            lines.append(line.strip())
            line = ""
        line += f"{word} "
    assert len(lines_of(join_broken_lines("\n".join([*lines, line.strip()])))) == 1


WRAPPED = "\n".join(["Ủy ban nhân dân huyện yêu cầu các phòng, ban và Ủy ban nhân dân các xã rà soát khẩn trương"] * 9)


@pytest.mark.parametrize(
    ("end", "following", "together"),
    [
        ("theo quy định tại điểm a khoản 1", "Điều 14 Luật Đo lường thuộc các trường hợp sau:", True),
        ("theo quy định tại điểm a khoản 1", "Điều 14. Người đứng đầu chịu trách nhiệm.", True),
        ("việc rà soát các nội dung nêu trên", "Điều 14. Trách nhiệm của người đứng đầu", False),
        ("Thay thế Mẫu số 6 ban hành kèm theo", "Thông tư số 22/2019/TT-BYT bằng Mẫu số 7", True),
        ("theo quy định của Thông tư số", "22/2019/TT-BYT và các văn bản liên quan", True),
        ("Tổng số", "Trong đó", False),
        ("Thông tư số 22/2019/TT-", "BYT ngày 2/3/2019", True),
        (
            "Căn cứ Nghị định về thành lập, tổ chức lại, giải thể đơn vị sự nghiệp công lập trong cả nước;",
            "Theo đề nghị của",
            False,
        ),
    ],
)
def test_lines_that_end_open_go_on(end: str, following: str, together: bool) -> None:
    flow = join_broken_lines(f"{WRAPPED}.\n{end}\n{following}\n")
    assert (len(lines_of(flow)[-1].text) > len(following)) == together


def test_lines_that_end_open_go_on_in_text_of_whole_paragraphs_too() -> None:
    text = f"{LONG} {LONG}.\nThông tư sửa đổi một số điều của\nThông tư số 4/2031/TT-BYT.\nĐiều 2. Khác"
    assert len(lines_of(join_broken_lines(text))) == 3


@given(st.text(alphabet="aĐ .,;:-1)\n", max_size=300))
def test_only_line_breaks_change(text: str) -> None:
    flow = join_broken_lines(text)
    assert len(flow) == len(text)
    assert flow.split() == text.split()
    assert all(a == b or (a.isspace() and b == " ") for a, b in zip(text, flow, strict=True))
    for line in lines_of(flow):
        assert flow[line.start : line.end] == line.text == line.text.strip() != ""


@pytest.mark.parametrize(
    "text", [" " * 50_000 + "x\n", "x\n" * 30_000, "\n " * 30_000, "a" * 60_000 + "\n", "1.\n" * 30_000]
)
def test_hostile_text_stays_linear(text: str) -> None:
    assert_linear(lambda part: lines_of(join_broken_lines(part)), text)
