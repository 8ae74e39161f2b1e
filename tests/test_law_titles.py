"""Titles of laws that were read nearly right."""

from __future__ import annotations

import pytest

from pipeline.sources.law_titles import mend_law_titles
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word


def lines_of(text: str) -> list[Line]:
    return [
        Line(
            tuple(Word(w, n, 20 * row, n + 1, 20 * row, 20 * row, 10, None, 0.9) for n, w in enumerate(line.split())), 1
        )
        for row, line in enumerate(text.split("\n"))
    ]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Căn cứ Luật 1 ồ chức chính quyền địa phương ngày", "Căn cứ Luật Tổ chức chính quyền địa phương ngày"),
        ("Luật Tô chức Chính quyền địa phượng;", "Luật Tổ chức Chính quyền địa phương;"),
        ("của Luật Quản lý, sử dụng tài sån công", "của Luật Quản lý, sử dụng tài sản công"),
        ("Luật Xử lý vi phạm hành\nchinh ngày", "Luật Xử lý vi phạm hành\nchính ngày"),
        ("LUẬT NGÂN SACH NHÀ NƯƠC", "LUẬT NGÂN SÁCH NHÀ NƯỚC"),
        ("Bộ luật Tố tụng hình sụ năm", "Bộ luật Tố tụng hình sự năm"),
        ("Luật Phòng, chống tham nhũng năm", "Luật Phòng, chống tham nhũng năm"),
        ("Luật Quản lý thuê nhà cho người", "Luật Quản lý thuê nhà cho người"),
        ("Luật Bảo hộ kiều dân ở nước", "Luật Bảo hộ kiều dân ở nước"),
        ("luật sư Tổ chức chính quyền", "luật sư Tổ chức chính quyền"),
        ("Luật Thuế thu nhập cá nhân.1", "Luật Thuế thu nhập cá nhân.1"),
        ("Luật", "Luật"),
    ],
)
def test_titles_are_put_right(read: str, right: str) -> None:
    assert "\n".join(line.text for line in mend_law_titles(lines_of(read))) == right


def test_what_was_read_is_kept() -> None:
    line = mend_law_titles(lines_of("Luật 1 ồ chức chính quyền địa phương"))[0]
    assert [(word.text, word.raw) for word in line.words][1] == ("Tổ", "1 ồ")
