"""The place inside a cited instrument: `điểm a khoản 2 Điều 5`, put in canonical order from small to large."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import regex

_ORDER = ("đoạn", "tiết", "điểm", "khoản", "điều", "tiểu mục", "mục", "chương", "phần", "phụ lục", "mẫu", "biểu mẫu")
_LABELS = ("iều", "hoản", "iểm", "iết", "oạn", "ục", "hương", "hần", "ẫu", "IỀU", "HƯƠNG")  # first letters apart
_WINDOW = 240
_HINT_REACH = 44
_ANNEX_REACH = len("kèm theo    ")
_FOOTNOTE_REACH = 8000


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A pinpoint in the text, code points [start, end), and its canonical form."""

    text: str
    start: int
    end: int


def pinpoint_before(flow: str, start: int) -> Pinpoint | None:
    """The pinpoint that leads up to a mention at `start`: `khoản 1 Điều 5 (của)`."""
    annexed = flow[max(0, start - _ANNEX_REACH) : start].rstrip().endswith("kèm theo")
    if not annexed and not _hint().match(flow, max(0, start - _HINT_REACH), start):
        return None
    window = max(0, start - _WINDOW)
    tail = flow[window:start]
    if not any(label in tail for label in _LABELS):
        return None
    found = None
    for match in _chain().finditer(tail):
        if _link().fullmatch(tail, match.end()):
            found = match
    if found is None or _form_only().fullmatch(found.group()):
        return None
    if annexed and _lost_value().search(tail, max(0, found.start() - 12), found.start()):
        return None
    return Pinpoint(_canonical(found.group()), window + found.start(), window + found.end())


def pinpoint_after(flow: str, end: int) -> Pinpoint | None:
    """The pinpoint behind a mention that ends at `end`: `, mục IV`, `(Điều 5)`, `tại khoản 2 Điều 3`."""
    found = _after().match(flow, end)
    if found is None:
        return None
    return Pinpoint(_canonical(found["chain"]), found.start("chain"), found.end("chain"))


def pinpoint_in_footnote(flow: str, end: int, raised: str | None = None) -> Pinpoint | None:
    """The pinpoint that a footnote tells whose mark stands behind a symbol that ends at `end`.

    `raised` is the mark where it was printed so (`…/QH15¹`), else it is glued to the symbol (`…/QH151`).
    """
    glued = None if raised else _footnote_mark().match(flow, end)
    mark = raised or (glued.group() if glued else None)
    if mark is None:
        return None
    for note in _footnote().finditer(flow, end, end + _FOOTNOTE_REACH):
        if note["mark"] == mark:
            written = note["chain"].replace(";", ",")
            return Pinpoint(_canonical(written), note.start("chain"), note.end("chain"))
    return None


@cache
def _footnote_mark() -> re.Pattern[str]:
    return re.compile(r"\d{1,2}(?!\w)")


@cache
def _footnote() -> re.Pattern[str]:
    chain = rf"{_UNIT}(?:{_JOINT}{_UNIT}){{0,5}}"
    return re.compile(rf"\n\s{{0,4}}(?P<mark>\d{{1,2}})\s{{1,2}}(?P<chain>{chain})\s?\.?\s{{0,4}}(?=\n|$)")


_LABEL = (
    r"[ĐđKkTtMmCcPpBb](?<!\w.)(?:(?<=[Đđ])(?:iều|iểm|oạn)|(?<=[Kk])hoản|(?<=[Tt])(?:iết|iểu\s{1,3}mục)|(?<=[Mm])(?:ục|ẫu)"
    r"|(?<=[Cc])hương|(?<=[Pp])(?:hần|hụ\s{1,3}lục)|(?<=[Bb])iểu\s{1,3}[Mm]ẫu|(?<=Đ)IỀU|(?<=C)HƯƠNG)"
)
_VALUE = (
    r"(?:\d{1,3}(?:\.\d{1,2}){0,3}[a-zđ]?(?!\w)|[A-Z]{1,5}(?:\.[IVX]{1,5}){0,2}(?:\.\d{1,2}){1,3}(?!\w)|[IVXLC]{1,7}(?!\w)"
    r"|[a-zđ]{1,2}\d?(?!\w)|[A-Z](?!\w)|thứ\s{1,3}\w{2,5})"
)
_VALUES = rf"{_VALUE}(?:(?:\s?[,;]\s?|\s{{1,3}}(?:và|hoặc|đến)\s{{1,3}}|\s?[,;]\s?và\s{{1,3}}){_VALUE}){{0,12}}"
_UNIT = rf"{_LABEL}\s{{1,4}}(?:số\s{{1,2}})?{_VALUES}"
_JOINT = r"(?:\s{1,4}|\s?[,;]\s{0,4}|\s{1,4}(?:và|của|hoặc|đến|thuộc)\s{1,4}|\s?,\s?và\s{1,4})"


@cache
def _chain() -> re.Pattern[str]:
    return re.compile(rf"{_UNIT}(?:{_JOINT}{_UNIT}){{0,19}}")


@cache
def _lost_value() -> re.Pattern[str]:
    return re.compile(r"(?:[Kk]hoản|[Đđ]iểm)\s{1,4}$")


@cache
def _form_only() -> re.Pattern[str]:
    return re.compile(rf"(?:[Bb]iểu\s{{1,3}})?[Mm]ẫu\s{{1,4}}(?:số\s{{1,2}})?{_VALUES}")


_LINK = r"\s{0,4}(?:[,;]\s{0,4})?(?:(?:của|tại|trong|ban hành kèm theo|kèm theo)\s{1,4})?"
_ANNEXED = (
    r"\s{1,4}(?:của\s{1,4})?(?:Quy (?:chế|định|trình|hoạch)|Điều lệ|Danh mục|Biểu|Bảng|Kế hoạch|Đề án|Chương trình"
    r"|Hướng dẫn|Nội quy|Chiến lược|Phương án|Tiêu chuẩn)(?!\w)[^;.:()\n]{0,140}?\s{0,4},?\s{1,4}"
    r"(?:được\s{1,4})?(?:ban hành\s{1,4})?kèm theo\s{1,4}"
)


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"{_LINK}|{_ANNEXED}")


@cache
def _hint() -> regex.Pattern[str]:
    """A value and what leads from it to the mention, read backwards: a cheap look before the whole chain is read."""
    value = r"(?:\d[a-zđ]?|(?<!\w)(?:[IVXLC]{1,7}|[a-zđ]{1,2}\d?|[A-Z])|thứ\s{1,3}\w{2,5})"
    return regex.compile(rf"(?r){value}{_LINK}")


@cache
def _after() -> re.Pattern[str]:
    chain = rf"{_UNIT}(?:{_JOINT}{_UNIT}){{0,5}}"
    return re.compile(rf"\s?(?:,[ ]{{1,3}}(?:tại\s)?|\(\s?(?:tại\s)?|[ ]{{1,3}}tại\s{{1,3}})(?P<chain>{chain})")


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"(?P<label>{_LABEL})\s{{1,4}}(?:số\s)?(?P<values>{_VALUES})")


def _canonical(written: str) -> str:
    """From small to large, as `điểm a khoản 2 Điều 5`; what joins units of one rank stays as written."""
    text = " ".join(written.split())
    units = list(_unit().finditer(text))
    if any(unit["label"].casefold() == "điều" for unit in units):
        kept = [unit for unit in units if not unit["label"].casefold().endswith(("lục", "mẫu"))]
        if len(kept) < len(units) and kept[-1].end() < units[len(kept)].start():
            text = text[: kept[-1].end()]
            units = kept
    labels = [" ".join(unit["label"].casefold().split()) for unit in units]
    ranks = [_ORDER.index(label) for label in labels]
    if len(units) > 1 and ranks == sorted(set(ranks), reverse=True):
        return " ".join(f"{_label(unit)} {unit['values']}" for unit in reversed(units))
    return _from_small_to_large(text, units, ranks)


def _from_small_to_large(text: str, units: list[re.Match[str]], ranks: list[int]) -> str:
    """`điểm c, Khoản 1, Điều 14` without the commas that stand before a larger unit."""
    parts: list[str] = []
    for at, unit in enumerate(units):
        gap = text[units[at - 1].end() : unit.start()] if at else ""
        larger = at > 0 and ranks[at] > ranks[at - 1] and gap.strip() in (",", ";", "của", "thuộc", "")
        parts += [" " if larger else gap, f"{_label(unit)} {unit['values']}"]
    return "".join(parts) if units else text


def _label(unit: re.Match[str]) -> str:
    label = str(unit["label"])
    if label.casefold() in ("khoản", "điểm", "tiết", "đoạn"):
        return label.lower()
    return "Điều" if label == "điều" else label
