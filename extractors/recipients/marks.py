"""Marks and words by which the lines of a list are told: dashes, files, signatures, heads of units, titles."""

from __future__ import annotations

from functools import cache

import regex

from extractors.grammar import table
from extractors.text.letters import any_of

_KEPT_BY = r"(?:tại|hồ sơ|văn thư|văn phòng|chi bộ|đảng ủy|đảng uỷ|công đoàn|trường|tổ|bộ phận)\b"


@cache
def dash() -> regex.Pattern[str]:
    """The dash, bullet or speck with which an item begins."""
    return regex.compile(r"[-–~—•+*·▪]{1,2}\s{0,3}\.?\s{0,3}(?=[^\W_])|[.,_]\s{1,3}(?=\p{Lu})")


@cache
def file_word() -> regex.Pattern[str]:
    """`Lưu`, perhaps behind a dash: the item of the file begins."""
    return regex.compile(rf"(?:[-–~—•+*.,]\s{{0,3}})?[Ll][ưu]u(?=\s{{0,2}}[:;.]|\s{{1,2}}\p{{Lu}}|\s+{_KEPT_BY})")


@cache
def filed_word() -> regex.Pattern[str]:
    """`Lưu:` with the mark behind it: where it is filed follows."""
    return regex.compile(rf"[Ll][ưu]u(?:\s+tại)?(?=\s{{0,2}}[:;.,]|\s{{1,2}}\p{{Lu}}|\s+{_KEPT_BY})\s{{0,2}}[:;.,]?\s*")


@cache
def file_mark() -> regex.Pattern[str]:
    """The letters of an office where a copy is filed (`VT`, `TCCC(Hà)`)."""
    return regex.compile(r"\p{Lu}[\p{Lu}\d.&-]{0,8}(?:\s?\([^()]{1,20}\))?")


@cache
def signed() -> regex.Pattern[str]:
    """Words of a signature that stand between the items."""
    return regex.compile(r"\(?\s?(?:[Đđ]ã ký|[Kk]ý (?:tên|bởi|số)|Người ký|Ký,)")


@cache
def worded() -> regex.Pattern[str]:
    """A line of words and their marks alone; scraps of a seal have others."""
    return regex.compile(r"[\w\s,;.:()&/“”\"'’+–-]+")


@cache
def has_words() -> regex.Pattern[str]:
    """A letter."""
    return regex.compile(r"[^\W\d_]")


@cache
def heads() -> regex.Pattern[str]:
    """The word with which the name of a unit begins."""
    return regex.compile(
        rf"(?:{any_of(table('recipients')['heads']['words'])})(?!\w)(?! (?:học|chức|chống|môn|cáo|nhập)(?!\w))"
    )


@cache
def titles() -> str:
    """The pattern of persons by their office (`CT`, `Phó Chủ tịch`)."""
    return any_of(table("recipients")["titles"]["words"])
