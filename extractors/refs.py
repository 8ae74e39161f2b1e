"""Số, ký hiệu: the number and symbol of a document, read after its family and repaired against the grammar.

State documents write `number/TYPE-ISSUER` (33/CT-TTg), công văn `number/ISSUER-UNIT` (769/UBND-NC), legal normative
ones put the year between (30/2020/NĐ-CP, 45/2019/QH14), the Party writes `number-TYPE/ISSUER` (23-QĐ/TW); older ones
have `41/CP`, `235-HĐBT`, `105 TC/ĐT`. Sources: Nghị định 30/2020/NĐ-CP, Luật 64/2025/QH15, Hướng dẫn 36-HD/VPTW.

What was written is always kept. A repaired form is given beside it only where the grammar knows exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from extractors.grammar import table

Family = Literal["normative", "law", "state", "party", "old", "number"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A number and symbol as it stands in the text, code points [start, end).

    `ref` is what is written without blanks round `/` and `-`; `number`, `symbol` and `year` are its parts. `repaired`
    is the right form of a damaged one where it is certain. `type_code` are the letters of the type in the symbol
    (after repair), None in a công văn. `unknown` lists the parts of the symbol that the grammar does not know.
    """

    number: str | None
    year: int | None
    symbol: str | None
    ref: str
    repaired: str | None
    type_code: str | None
    family: Family
    unknown: tuple[str, ...]
    start: int
    end: int


def parse_ref(text: str) -> Ref | None:
    """The number and symbol that `text` (a line `Số: …`, with or without the word) begins with, None if none.

    A lost number is allowed (`Số:      /TB-UBND`), and so is a symbol in small letters.
    """
    lead = _number_word().match(text)
    start = lead.end() if lead else 0
    found = ref_at(text, start, blank=True)
    if found is None:
        small = _small_symbol().match(text, start)
        if small is None:
            return None
        found = ref_at(text[: small.end()].upper(), start, blank=True)
        if found is not None:
            return replace(found, ref=_clean(text[found.start : found.end]))
    return found


def ref_at(text: str, pos: int, *, blank: bool = False, loose: bool = False) -> Ref | None:
    """The number and symbol that begins at `pos`. With `blank` the number may be lost; with `loose` number and symbol
    may be parted by a blank alone (`105 TC/ĐT`), and a number without a symbol counts."""
    found = _with_symbol().match(text, pos)
    if found:
        return _read(found)
    if blank:
        found = _without_number().match(text, pos)
        if found:
            return _read(found)
    if loose or blank:
        found = _old_style().match(text, pos) or _number_alone().match(text, pos)
        if found:
            return _read(found)
    return None


def coded_at(text: str, pos: int) -> Ref | None:
    """The number of a company's or association's own making at `pos` (`TDV/01-2020`, `05.2021/CV-HM`), whole."""
    found = _coded().match(text, pos)
    if found is None:
        return None
    return Ref(found.group(), None, None, found.group(), None, None, "number", (), found.start(), found.end())


@cache
def _coded() -> re.Pattern[str]:
    return re.compile(r"(?=[^\s,;]{0,20}\d)[A-ZĐ\d][A-ZĐ\d.&]{0,12}(?:[/-][A-ZĐ\d][A-ZĐ\d.&]{0,12}){1,4}(?![\w/-])")


def refs_in(text: str) -> Iterator[Ref]:
    """Every number with a symbol in `text`, in reading order, whatever stands before it."""
    for found in _anchored().finditer(text):
        ref = ref_at(text, found.start())
        if ref is not None and ref.symbol is not None:
            yield ref


@cache
def _anchored() -> re.Pattern[str]:
    return re.compile(
        rf"[0-9](?<![\w/.,-].)[\dOoIl]{{0,5}}[a-eđA-EĐ]?\s{{0,4}}[-–/_]\s{{0,4}}(?=(?:19|2[0O]|0)[\dO]{{2}}\s?[/-]|[{_CAPITALS}0-9][{_CAPITALS}a-z0-9])"
    )


@cache
def _number_word() -> re.Pattern[str]:
    return re.compile(r"\s{0,20}[Ss][ốôoỐÔO6]\s{0,3}[:.;,]?\s{0,3}(?=[\W\d])")


@cache
def _small_symbol() -> re.Pattern[str]:
    return re.compile(r"\s{0,9}\d{1,6}\s?/\s?[a-zđ]{1,6}(?:\s?[-/]\s?[a-zđ]{1,8}){0,3}")


_NUMBERED_BOARDS = frozenset({"BCĐ", "BQL"})  # `KH/BCĐ35`, `CV/BCĐ389`: the figures are the name
_COMMON_TYPES = frozenset({"QĐ", "NĐ", "NQ", "CT", "KH", "TB", "BC", "KL", "HD", "TT"})
_SMALL = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_CAPITALS = "A-ZĐĂÂÊÔƠƯ"
_WORD = (
    rf"[{_CAPITALS}0-9](?:[a-zđ]{{1,2}}(?=[{_CAPITALS}0-9]|-[{_CAPITALS}]{{2}}))?(?![{_SMALL}])"
    rf"(?:[{_CAPITALS}0-9&]|[a-zđ]{{1,2}}(?![{_SMALL}])|[.+](?=[{_CAPITALS}]{{2}})){{0,24}}"
)
_FIRST = rf"(?=[0-9]?[{_CAPITALS}]){_WORD}"
_SEPARATOR = r"(?:[-–]\s{1,2}[-–]|\s?[-/_–—]|[-/_–—]\s{1,2}|\s[-–]\s)"
_MORE = rf"(?:{_SEPARATOR}(?=[0-9]{{0,2}}[{_CAPITALS}]|[A-Z]?\d){_WORD}){{0,6}}"
_END = rf"(?![{_SMALL}])"
_COMPANY = rf"(?:(?<=/EVN)[ ](?=[{_CAPITALS}]{{2,6}}-){_WORD})?"  # `EVN SPC-KD`: a corporation of the group
_SYMBOL = rf"{_FIRST}{_COMPANY}(?:(?<=QH)\s{{1,3}}\d{{1,2}}\b)?{_MORE}(?:(?<=QH)\s{{1,3}}\d{{1,2}}\b)?{_END}"
_NUMBER = (
    r"(?P<number>(?:\d[\dOoIl]{0,5}(?:\.\d{1,2}(?=/20\d\d/))?|[OolI]\d{1,4})"
    r"(?:\s?bis|[a-eđA-EĐ]|\s[a-eđA-EĐ](?![A-ZĐ]))?)"
)


@cache
def _with_symbol() -> re.Pattern[str]:
    return re.compile(
        rf"{_NUMBER}\s{{0,4}}(?:"
        rf"[/-]\s{{0,2}}(?P<year>(?:19|2[0O])[\dOo]{{2}}|0\d\d)\s{{0,2}}[/-]\s{{0,2}}(?P<normative>{_SYMBOL})"
        rf"|/\s{{0,4}}(?P<state>{_SYMBOL})"
        rf"|[-–—_]\s{{0,4}}(?P<party>{_SYMBOL}))"
    )


@cache
def _without_number() -> re.Pattern[str]:
    return re.compile(
        rf"[\s.…_]{{0,40}}(?:/\s?(?P<year>(?:19|20)\d\d)\s?/\s?(?P<normative>{_SYMBOL})"
        rf"|/\s{{0,4}}(?P<state>{_SYMBOL})|-\s{{0,4}}(?P<party>{_FIRST}\s?/\s?{_SYMBOL}))"
    )


@cache
def _old_style() -> re.Pattern[str]:
    return re.compile(
        rf"{_NUMBER}(?:\s{{0,2}}(?P<old>[{_CAPITALS}]{{1,6}}\s?[/-]\s?(?=[{_CAPITALS}]){_WORD}(?:[/-]{_WORD}){{0,2}}){_END}"
        rf"|\s{{1,2}}(?P<older>(?:CP|TTg|HĐBT|HĐCP|TTLB|TTLT)(?!\w)))"
    )


@cache
def _number_alone() -> re.Pattern[str]:
    return re.compile(
        r"(?P<number>\d{1,6}[a-dđ]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?(?![\w/]|[.,-]\d|\s?/\s?\d|\s?%)"
        r"|(?P<odd>\d{1,4}/\d{1,4}/(?:19|20)\d\d)(?![\w/])"
    )


def _read(found: re.Match[str]) -> Ref:
    parts = found.groupdict()
    raw_symbol = (
        parts.get("normative") or parts.get("state") or parts.get("party") or parts.get("old") or parts.get("older")
    )
    number, year = parts.get("number"), parts.get("year")
    start = found.start("number") if number else found.end() - len(found.group().lstrip(" .…_\n"))
    end = found.end()
    if raw_symbol is None:
        odd = parts.get("odd")
        written = odd or _clean(found.group())
        return Ref(
            odd.split("/")[0] if odd else number, _year(year), None, written, None, None, "number", (), start, end
        )
    cut = _footnote_figures(raw_symbol)
    end -= cut
    raw_symbol = raw_symbol[: len(raw_symbol) - cut]
    written = _clean(found.string[start:end])
    symbol = _clean(raw_symbol)
    family: Family = (
        "party"
        if parts.get("party")
        else "old"
        if parts.get("old") or parts.get("older")
        else "normative"
        if year
        else "state"
    )
    if family == "normative" and symbol.startswith("QH"):
        family = "law"
    mended, unknown, type_code = _understood(symbol, family)
    right_number = _figures(number) if number else None
    right_year = _figures(year) if year else None
    repaired = None
    if mended != symbol or right_number != number or right_year != year:
        repaired = _assemble(right_number, right_year, mended, family)
    if family == "old" and repaired is None and right_number is not None:
        repaired = _without_mark(right_number, mended, type_code)
    number = _clean(number) if number else None
    return Ref(number, _year(right_year), symbol, written, repaired, type_code, family, unknown, start, end)


@lru_cache(maxsize=4096)  # few symbols make most of the numbers of a text
def _understood(symbol: str, family: Family) -> tuple[str, tuple[str, ...], str | None]:
    """A symbol put right, its parts that the grammar does not know, and the letters of its type."""
    mended, unknown = _mend(symbol, family)
    code = next((code for code in re.split(r"[-/]", mended) if code in type_codes()), None)
    is_type = code is not None and (mended.startswith(code) or _ends_in_type(mended, code, family))
    return mended, unknown, code if is_type else None


def _without_mark(number: str, symbol: str, type_code: str | None) -> str | None:
    """`123 QĐ-UBND`, `15 TB/ĐTN` with the mark that was left out, where the manner of writing tells which it is."""
    if type_code is None or not symbol.startswith(type_code):
        return None
    if symbol.startswith(f"{type_code}-") and "/" not in symbol:
        return f"{number}/{symbol}"
    return f"{number}-{symbol}" if _party_issuer().search(symbol) else None


@cache
def _party_issuer() -> re.Pattern[str]:
    """The issuer of a symbol in the Party's manner: a committee, or a union or association of the Party's circle."""
    return re.compile(r"/(?:TW|TU|HU|QU|ĐU|ĐUK|BTV|BCH|CB|TĐTN|ĐTN|TWĐTN|TĐ|HĐ|CĐ|LĐLĐ|HSV|HLHPN|ĐTNCS)(?:-|$)")


def _ends_in_type(symbol: str, code: str, family: Family) -> bool:
    """Whether the type stands last, as in the order of before 1997: `12-BYT/TT`."""
    return family == "party" and symbol.endswith(f"/{code}")


def _assemble(number: str | None, year: str | None, symbol: str, family: Family) -> str:
    lead = number or ""
    if year:
        return f"{lead}/{year}/{symbol}"
    return f"{lead}-{symbol}" if family == "party" else f"{lead} {symbol}" if family == "old" else f"{lead}/{symbol}"


def _year(written: str | None) -> int | None:
    return int(written) if written and written.isdigit() else None


def _figures(written: str) -> str:
    """A number with the letters that OCR reads for figures put right: `l2` → 12, `O5` → 05; `08a` stays."""
    if written.isdigit():
        return written
    head = re.match(r"[\dOoIl]+", written.replace(" ", ""))
    if head is None:
        return written
    return head.group().translate(str.maketrans("OoIl", "0011")) + written.replace(" ", "")[head.end() :]


def _clean(written: str) -> str:
    """One blank for several, none round `/` and `-`, one kind of dash."""
    if not _untidy().search(written):
        return written
    text = " ".join(written.replace("–", "-").replace("—", "-").split())
    return _mark().sub(r"\1", text).replace("--", "-").strip(" .…")


@cache
def _untidy() -> re.Pattern[str]:
    return re.compile(r"[\s–—.…]")


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(r"\s?([-/_])\s?")


def _footnote_figures(symbol: str) -> int:
    """How many figures at the end are a footnote's mark glued to a known symbol (`NĐ-CP1`)."""
    figures = re.search(r"(?<=[A-ZĐa-z])\d{1,3}$", symbol)
    if figures is None:
        return 0
    last = re.split(r"[-/_–—\s]", symbol)[-1]
    bare = last[: -len(figures.group())]
    if bare.endswith("QH"):
        return max(0, len(figures.group()) - 2)
    is_organ = bare in ("CP", "TTg", "UBND", "HĐND", "TW", "TU", "HU") or (
        bare.startswith("B") and bare not in _NUMBERED_BOARDS and bare in known_codes()
    )
    return len(figures.group()) if is_organ and last not in known_codes() else 0


@cache
def type_codes() -> dict[str, tuple[str, ...]]:
    """The letters of each type and the names of the types that use them: `CT` → chỉ thị, chương trình."""
    codes: dict[str, list[str]] = {}
    for row in table("document_types")["type"]:
        for code in row["codes"]:
            codes.setdefault(code, []).append(row["name"])
    return {code: tuple(names) for code, names in codes.items()}


@cache
def known_codes() -> frozenset[str]:
    """Every part of a symbol that the grammar knows: types, issuers, units."""
    issuers = {code for group in table("symbols").values() for code in group["codes"].split()}
    return frozenset(issuers | set(type_codes()))


@cache
def _sure_codes() -> frozenset[str]:
    return frozenset({"CP", "TTg", "UBND", "HĐND", "TW", "TU", "HU"} | {c for c in known_codes() if len(c) >= 3})


@cache
def _folded() -> dict[str, frozenset[str]]:
    """Known parts by a form in which letters and figures that are mistaken for each other are one."""
    forms: dict[str, set[str]] = {}
    for code in known_codes():
        forms.setdefault(_fold(code), set()).add(code)
    return {key: frozenset(codes) for key, codes in forms.items()}


@cache
def _rounded() -> dict[str, frozenset[str]]:
    """Known parts by a form in which D, Đ and O are one, as a scan leaves them."""
    forms: dict[str, set[str]] = {}
    for code in known_codes():
        forms.setdefault(_fold(code).replace("D", "O"), set()).add(code)
    return {key: frozenset(codes) for key, codes in forms.items()}


def _fold(code: str) -> str:
    return code.upper().translate(str.maketrans("0158ĐƯƠÔÊÂĂ", "OISBDUOOEAA"))


@lru_cache(maxsize=4096)
def _mend(symbol: str, family: Family) -> tuple[str, tuple[str, ...]]:
    """The symbol with misread parts repaired where the grammar knows one form, and the parts it does not know."""
    if symbol.startswith("QH") and re.fullmatch(r"QH\s?\d{1,2}", symbol):
        return symbol.replace(" ", ""), ()
    parts = re.split(r"([-/_])", symbol)
    unknown: list[str] = []
    for at in range(0, len(parts), 2):
        written = parts[at]
        if _is_known(written):
            continue
        mended = _mend_part(written, first=at == 0)
        if mended is None:
            unknown.append(written)
        else:
            parts[at] = mended
    for at in range(1, len(parts), 2):
        if parts[at] == "_" and not unknown:
            parts[at] = "-" if family != "party" or "/" in parts else "/"
    return "".join(parts), tuple(unknown)


def _is_known(part: str) -> bool:
    if part in known_codes() or re.fullmatch(r"(?:QH|UBTVQH|HĐTP)\d{1,2}", part):
        return True
    pieces = re.split(r"[.&]", part)
    return len(pieces) > 1 and all(piece in known_codes() for piece in pieces)


def _mend_part(part: str, *, first: bool) -> str | None:
    session = re.fullmatch(r"(UBTVQH|QH)\s(\d{1,2})", part)
    if session:
        return session[1] + session[2]
    if "&" in part and part.replace("&", "") in known_codes():
        return part
    if first and len(part) == 2:
        found = _only(code for code in type_codes() if len(code) == 2 and _is_misread_round(part, code))
        if found is not None:
            return found
    found = _only(_folded().get(_fold(part), ()))
    if found is None and ("O" in part or "0" in part) and len(part) >= 4:
        likely = _rounded().get(_fold(part).replace("D", "O"), ())
        found = _only(code for code in likely if _is_misread_round(part, code))
    if found is not None:
        return found
    glued = {
        f"{code}-{part[len(code) :]}"
        for code in _COMMON_TYPES
        if part.startswith(code) and part[len(code) :] in _sure_codes()
    }
    if first and len(part) >= 4 and glued:
        return _only(glued)
    if len(part) >= 5 or (first and len(part) == 3):
        doubled = {part[:i] + part[i + 1 :] for i in range(1, len(part)) if _fold(part[i]) == _fold(part[i - 1])}
        return _only(doubled & (_COMMON_TYPES if first and len(part) == 3 else _sure_codes()))
    return None


def _is_misread_round(written: str, code: str) -> bool:
    """Whether only D, Đ, Q and O differ, where a scan has O (or 0) for them."""
    pairs = list(zip(_fold(written), _fold(code), strict=True))
    return all(a == b or (a == "O" and b in "DQ") for a, b in pairs)


def _only(found: Iterable[str]) -> str | None:
    forms = list(found)
    return forms[0] if len(forms) == 1 else None
