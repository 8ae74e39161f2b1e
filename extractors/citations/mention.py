"""One mention of an instrument while it is being read, and the date and issuer that follow its number or name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.citations.issuers import WrittenIssuer, issuer_at
from extractors.dates import WrittenDate, date_at
from extractors.document_types import base_type
from extractors.names.law_names import LawName
from extractors.names.organs import organ_of_code
from extractors.refs import Ref

_TYPE_AND_ORGAN = 2

Kind = Literal["numbered", "dated", "named"]


@dataclass(slots=True)
class Mention:
    """A mention while it is being read. [start, end) is the quote; `head` the mention whose type word it shares."""

    kind: Kind
    start: int
    end: int
    type_name: str | None
    type_written: bool
    ref: Ref | None = None
    law: LawName | None = None
    date: WrittenDate | None = None
    issuer: WrittenIssuer | None = None
    head: Mention | None = None
    certain: bool = True
    issuer_shared: bool = False

    @property
    def law_of_state(self) -> bool:
        """Whether it is named after a law, not after a congress or plenum of the Party."""
        return self.law is not None and self.law.kind not in ("nghị quyết", "kết luận")


def finish(flow: str, mention: Mention) -> Mention:
    """Read the date and the issuer behind a mention, in either order."""
    end = -1
    while mention.end != end:
        end = mention.end
        if mention.date is None:
            date = _date_after(flow, mention)
            if date is not None:
                mention.date, mention.end = date, date_end(flow, date)
        if mention.issuer is None and mention.kind == "numbered":
            said = issued_by().match(flow, mention.end)
            issuer = issuer_at(flow, said.end(), joint=_is_joint(mention)) if said else None
            if issuer is not None:
                mention.issuer, mention.end = issuer, issuer.end
                again = _of_again().match(flow, mention.end)
                other = issuer_at(flow, again.end()) if again else None
                mention.end = other.end if other else mention.end
    if mention.issuer is None and mention.date is not None and mention.kind == "numbered":
        mention.issuer = _issuer_without_of(flow, mention)
        mention.end = mention.issuer.end if mention.issuer else mention.end
    return mention


def _issuer_without_of(flow: str, mention: Mention) -> WrittenIssuer | None:
    """`ngày 12/9/2019 Chính phủ về …`: the unit between date and title where `của` was left out."""
    if flow[mention.end : mention.end + 1] != " " or not flow[mention.end + 1 : mention.end + 2].isupper():
        return None
    issuer = issuer_at(flow, mention.end + 1, joint=_is_joint(mention))
    return issuer if issuer is not None and _title_word().match(flow, issuer.end) else None


@cache
def _title_word() -> re.Pattern[str]:
    return re.compile(
        r"\s{1,4}(?:về(?:\s{0,3}việc)?|v/v|V/v|Về(?:\s{0,3}việc)?|ban hành|quy định|hướng dẫn|phê duyệt)(?!\w)"
    )


def _date_after(flow: str, mention: Mention) -> WrittenDate | None:
    gap = date_gap().match(flow, mention.end)
    date = date_at(flow, gap.end()) if gap else None
    if date is not None and (date.year is not None or _is_day_of_open_year(flow, date)):
        return date
    year = _bare_year().match(flow, mention.end) if mention.law is not None else None
    if year is None:
        return None
    return WrittenDate(int(year["year"]), None, None, year.start("year"), year.end(), True)


def _is_day_of_open_year(flow: str, date: WrittenDate) -> bool:
    """Whether `ngày 16/8` is the instrument's day, the year left to the reader."""
    return date.day is not None and date.month is not None and date.possible and flow[date.start] in "Nn"


@cache
def _bare_year() -> re.Pattern[str]:
    return re.compile(r"\s{1,3}(?P<year>(?:19[4-9]|20[0-4])\d)(?![\w/-]|[.,]\d)")


def date_end(flow: str, date: WrittenDate) -> int:
    opened = flow[max(0, date.start - 2) : date.start].rstrip().endswith("(")
    return date.end + 1 if opened and flow[date.end : date.end + 1] == ")" else date.end


@cache
def date_gap() -> re.Pattern[str]:
    drafting_unit = r"(?:\(\s?[A-ZĐ]{1,4}\d{0,2}\s?\))?"
    day = r"[Nn]g[àaảáạ]y|NGÀY|(?<=\()\d|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
    month = r"th[áa]ng\s{0,3}[\d.…]|năm\s{0,3}\d{4}"
    return re.compile(
        rf"\s{{0,4}}{drafting_unit}\s{{0,4}}(?:[,(]|\.(?=\s?ngày))?\s{{0,4}}"
        rf"(?:(?:của|ký|ban hành|đề|lập|(?:hồi|lúc)\s\d{{1,2}}\s?(?:giờ|h)(?:\s?\d{{2}}(?:\s?phút)?)?)\s(?=[Nn]gày))?"
        rf"(?={day}|{month})"
    )


@cache
def issued_by() -> re.Pattern[str]:
    plenum = r"(?<=\s)(?=Hội nghị (?:lần thứ|Trung ương|BCH|Ban Chấp hành))"
    term = r"(?:\s{0,3}\((?:khóa|khoá|Khóa|Khoá|nhiệm kỳ)\s[^()\n]{1,20}\))?"
    return re.compile(rf"{term}\s{{0,4}},?\s{{0,4}}(?:(?:c[uủùúũụ][aảàạ]|CỦA|do)\s{{1,4}}|{plenum})")


@cache
def _of_again() -> re.Pattern[str]:
    return re.compile(r"\s{1,4}của\s{1,4}(?=[A-ZĐÀ-Ỹ])")


def _is_joint(mention: Mention) -> bool:
    if mention.type_name is not None and ("liên" in mention.type_name or "phối hợp" in mention.type_name):
        return True
    symbol = (mention.ref.symbol or "") if mention.ref else ""
    if any(code in symbol for code in ("TTLT", "TTLB", "NQLT", "PH/", "PH-", "LT-", "LT/", "LN-")):
        return True
    codes = symbol.split("-")
    if len(codes) > _TYPE_AND_ORGAN and all(organ_of_code(code) for code in codes[-2:]):
        return True
    return "/" in symbol and "-" in symbol.split("/", 1)[1]


def reported_type(mention: Mention) -> str | None:
    """The type a row reports."""
    return base_type(mention.type_name) if mention.type_name else None
