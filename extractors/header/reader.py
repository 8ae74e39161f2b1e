"""The document's own fields: type, number and symbol, place and date, issuer, summary, stamps.

Read from the head of the document after Nghị định 30/2020/NĐ-CP, phụ lục I (state) and Hướng dẫn 36-HD/VPTW (Party);
Công báo copies and consolidated texts (which carry their number at the end) included. Where the head was lost in a
conversion the issuer comes from the opening and closing sentences, the symbol and the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise

import regex

from extractors.context import Found
from extractors.dates import find_dates
from extractors.header.issuers import printed_issuer, told_issuer, written_unit
from extractors.header.lines import (
    HeadLine,
    about_word,
    begins_unit,
    head_lines,
    is_organisation,
    number_word,
    split_title,
    stamp_of,
)
from extractors.header.passage import PASSED_BY_ASSEMBLY, passage, version_passed
from extractors.names.positions import is_title_start, read_title
from extractors.reading import Block, Reading, tidy
from extractors.records import Finding, Header, Section, Severity
from extractors.refs import Ref, parse_ref, type_codes
from extractors.text.letters import is_upper
from extractors.text.lines import text_lines

_MISREAD_NUMBER = re.compile(r"\s*([\dOoØIl\]|\[ÍÌÏíìï]{1,6})(?=\s{0,3}[/-])")
_FIGURES = re.compile(r"\d+")
_SHORT_FOR_CITY = re.compile(r"(?:TP|Tp|T\.P|tp)\.?\s?")
_ABOUT = re.compile(r"^V[ệêẻeế] vi[ệêe]c(?!\w)")
_FINAL_MARK = re.compile(r"(?:\./\.|[.;,])$")
_ITEM = re.compile(r"\d{1,2}[.)]\s")
_ANNEXED = re.compile(r"\(\s?(?:Kèm theo|Ban hành kèm|Đính kèm|kèm theo)")
_LONGEST_SUBJECT = 900
_TAIL_CHARACTERS, _TAIL_LINES = 3_000, 30
_LINES_OF_AUTHORITY = 3
_LONGEST_HALF = 16
_PAGE_CHARACTERS, _HEAD_ABOVE, _HEAD_BELOW, _LINES_ABOVE = 6_000, 300, 200, 4
_DECIDED = ("quyết định", "nghị quyết", "nghị định", "lệnh", "thông tư", "thông tư liên tịch", "pháp lệnh", "luật")
_NAMED_IN_CAPITALS = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")
_MISREAD = str.maketrans("OoØIl]|[ÍÌÏíìï", "00011111111111")


@dataclass(slots=True)
class _Draft:
    """The header while it is put together: fields, where they stand, what a clerk would point out."""

    fields: dict[str, object] = field(default_factory=dict)
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubts: float = 0.0

    def put(self, name: str, value: object, *spans: tuple[int, int]) -> None:
        self.fields[name] = value
        self.spans += [(name, start, end) for start, end in spans]

    def remark(self, kind: str, severity: Severity, message: str, span: tuple[int, int] | None = None) -> None:
        start, end = span or (None, None)
        self.findings.append(Finding(kind, severity, message, start, end))


@dataclass(frozen=True, slots=True)
class _Number:
    ref: Ref | None
    symbol: str | None
    start: int
    end: int


def read_header(reading: Reading, sections: tuple[Section, ...]) -> Found[Header]:
    """The document's own fields; what the document does not tell is None."""
    text = reading.text
    lines = _head(head_lines(text), sections)
    draft = _Draft()
    title = _title(lines)
    number = _number(lines, text, title.doc_type if title else None)
    consolidated = None if number else _consolidation(text)
    whole_title = None if number or title is None or consolidated else _whole_title(text, title)
    parted = [] if number or consolidated or whole_title or title is None else _head_under_text(text, title)
    if parted and title is not None:
        number = _number(parted, text, title.doc_type)
    if consolidated is not None:
        _read_consolidation(draft, text, consolidated)
    elif whole_title is not None and title is not None:
        _read_whole_title(draft, text, title, whole_title)
        _put_stamps(draft, lines)
        return Found((_header(draft),), tuple(draft.findings))
    else:
        _put_number(draft, number)
        _put_date(draft, parted or lines, text)
        _put_type(draft, title, lines, number)
    _put_subject(draft, reading, lines, title)
    _put_passage(draft, text)
    _put_stamps(draft, lines)
    if "issuer" not in draft.fields:
        _put_issuer(draft, text, parted or lines, number, None if parted else title)
    return Found((_header(draft),), tuple(draft.findings))


def _header(draft: _Draft) -> Header:
    known = sum(
        draft.fields.get(name) is not None for name in ("doc_type", "symbol", "issued_year", "issuer", "subject")
    )
    return replace(
        Header(**draft.fields),  # type: ignore[arg-type]
        confidence=round(max(0.1, 0.45 + 0.1 * known - draft.doubts), 2),
        spans=tuple(draft.spans),
    )


# --- the head --------------------------------------------------------------------------------------------------------


def _head(lines: list[HeadLine], sections: tuple[Section, ...]) -> list[HeadLine]:
    """The lines up to where the body is sure to have begun."""
    body = next(
        (section.start for section in sections if section.level == 0 and section.zone in ("body", "preamble")), None
    )
    kept: list[HeadLine] = []
    for head in lines:
        if body is not None and head.line.start >= body and head.kind == "words" and len(head.line.text) > 160:
            break
        kept.append(head)
    return kept


def _title(lines: list[HeadLine]) -> HeadLine | None:
    titles = [head for head in lines if head.kind == "type"]
    if titles and titles[0].doc_type == "văn bản hợp nhất" and len(titles) > 1:
        return titles[1]
    if titles:
        return titles[0]
    for head in lines:
        if head.kind == "capitals":
            split = split_title(head.line.text)
            if split:
                return replace(head, doc_type=split[0])
    return None


def _column(lines: list[HeadLine], number: _Number | None, title: HeadLine | None) -> list[HeadLine]:
    """The lines in which the issuer is printed: those above the number or, without one, above the title."""
    stop = None
    if number is not None:
        stop = number.start
    elif title is not None:
        stop = title.line.start
    if stop is None:
        stop = next((head.line.start for head in lines if head.kind in ("about", "addressees", "basis")), 0)
    return [head for head in lines if head.line.start < stop and (title is None or head.line.start < title.line.start)]


def _head_under_text(text: str, title: HeadLine) -> list[HeadLine]:
    """The lines of a head that stands under the text of its page, as some exports of PDFs leave it.

    Only one whose number has the letters of the title's type; a form in an annex has a quốc hiệu too.
    """
    codes = _codes_of(title.doc_type)
    for motto in _motto_line().finditer(text, title.line.end, title.line.end + _PAGE_CHARACTERS):
        above = text_lines(text, max(0, motto.start() - _HEAD_ABOVE), motto.start())[-_LINES_ABOVE:]
        if not above:
            continue
        lines = head_lines_of(text, above[0].start, motto.end() + _HEAD_BELOW)
        number = _number(lines, text, title.doc_type)
        if number is not None and number.ref is not None and number.ref.number and number.ref.type_code in codes:
            return lines
    return []


@cache
def _motto_line() -> regex.Pattern[str]:
    return regex.compile(r"\nC[ỘO]NG H[OÒ][AÀ] X[ÃA] H[ỘO]I CH[UỦ] NGH[IĨ]A VI[EỆ]T NAM\s{0,3}\n")


# --- number and symbol -----------------------------------------------------------------------------------------------


def _number(lines: list[HeadLine], text: str, doc_type: str | None = None) -> _Number | None:
    for at, head in enumerate(lines):
        if head.kind != "number":
            continue
        line = head.line
        lead = number_word().match(text, line.start, line.end)
        start = lead.end() if lead else line.start
        end = line.end
        if (not text[start:end].strip() or text[start:end].rstrip().endswith(("-", "/"))) and at + 1 < len(lines):
            end = lines[at + 1].line.end
        return _read_number(text, start, end, _codes_of(doc_type))
    return None


def _codes_of(doc_type: str | None) -> frozenset[str]:
    return frozenset(code for code, names in type_codes().items() if doc_type in names)


def _read_number(text: str, start: int, end: int, codes: frozenset[str]) -> _Number:
    """The number and symbol of a line; of several readings of a damaged one the likeliest symbol counts."""
    written, offsets = _without_gaps(text, start, end)
    readings = [(parse_ref(written), 0), (parse_ref(_misread_figures(written)), 0)]
    for found in _symbol_after_noise().finditer(written):
        readings.append((parse_ref(found.group()), found.start()))
    for code in codes:
        for found in regex.finditer(
            rf"(?<![A-ZĐ]{{2}}){code}\s?-\s?[A-ZĐ][\w&]{{1,15}}(?:-[A-ZĐ][\w&]{{0,15}}){{0,3}}", written
        ):
            readings.append((parse_ref(f"/{found.group()}"), found.start() - 1))
    with_symbol = [(ref, shift) for ref, shift in readings if ref is not None and ref.symbol is not None]
    if not with_symbol:
        return _Number(readings[0][0], None, start, end)
    ref, shift = max(with_symbol, key=lambda told: _likelihood(told[0], codes))
    first, last = max(0, ref.start + shift), min(len(offsets), ref.end + shift)
    return _Number(ref, ref.symbol, offsets[first], offsets[last - 1] + 1)


def _likelihood(ref: Ref, codes: frozenset[str]) -> tuple[bool, bool, bool, bool]:
    return (
        not codes or ref.type_code in codes,
        "-" in (ref.symbol or "") or "/" in (ref.symbol or ""),
        ref.number is not None,
        not ref.unknown,
    )


def _without_gaps(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """`text[start:end]` with one blank for several and none for a line break, and the offset of every character."""
    kept = [
        at
        for at in range(start, end)
        if not text[at].isspace() or (text[at] != "\n" and at > start and not text[at - 1].isspace())
    ]
    return "".join(text[at] for at in kept), kept


def _misread_figures(written: str) -> str:
    found = _MISREAD_NUMBER.match(written)
    if found is None or not any(c.isdigit() for c in found.group(1)):
        return written
    return found.group(1).translate(_MISREAD) + written[found.end() :]


@cache
def _symbol_after_noise() -> regex.Pattern[str]:
    return regex.compile(r"/\s{0,3}[A-ZĐ][\w&Đđ]{0,15}(?:\s?[-–]\s?[\w&]{1,20}){0,4}")


def _put_number(draft: _Draft, number: _Number | None) -> None:
    if number is None:
        return
    ref = number.ref
    span = (number.start, number.end)
    if ref is None:
        draft.remark("missing_number", "warning", "Không đọc được số và ký hiệu của văn bản.", span)
        draft.doubts += 0.15
        return
    draft.put("number", ref.number, span)
    draft.put("symbol", ref.symbol, span)
    draft.put("ref", ref.ref)
    draft.put("ref_repaired", ref.repaired)
    if ref.number is None:
        draft.remark("missing_number", "warning", f"Văn bản chưa có số hoặc không đọc được số: “{ref.ref}”.", span)
    if ref.repaired:
        draft.remark("malformed_ref", "warning", f"Số, ký hiệu “{ref.ref}” viết sai; đúng là “{ref.repaired}”.", span)


# --- place and date --------------------------------------------------------------------------------------------------


def _put_date(draft: _Draft, lines: list[HeadLine], text: str) -> None:
    for head in lines:
        found = _dated().match(text, head.line.start, head.line.end)
        found = found or _dated_in_figures().match(text, head.line.start, head.line.end)
        if found is None or head.kind in ("basis", "about", "furniture"):
            continue
        _read_date(draft, text, found)
        return
    anchors = [head for head in lines if head.kind in ("motto", "number", "date")]
    end = next((head.line.start for head in lines if head.kind in ("type", "addressees", "basis")), None)
    if anchors:
        broken = _dated_over_lines().search(text, anchors[0].line.start, end or lines[-1].line.end)
        if broken is not None:
            _read_date(draft, text, broken)
            return
    above_signature = _dated_above_signature(text)
    if above_signature is not None:
        _read_date(draft, text, above_signature)


def _dated_above_signature(text: str) -> regex.Match[str] | None:
    """Place and date on the line above the signature, where letters without a head and minutes have them."""
    lines = text_lines(text, max(0, len(text) - _TAIL_CHARACTERS))[-_TAIL_LINES:]
    for line, below in pairwise(lines):
        if not line.text[:1].isupper() or "ngày" not in line.text or not _names_signer(below.text):
            continue
        found = _dated().match(text, line.start, line.end) or _dated_in_figures().match(text, line.start, line.end)
        if found is not None and found.end() == line.end and _figures(found.group("y"), 4):
            return found
    return None


def _names_signer(words: str) -> bool:
    title = read_title(words)
    return title is not None and (is_upper(words) or title.authority is not None)


@cache
def _dated_over_lines() -> regex.Pattern[str]:
    """Place and date in a column so narrow that they take several lines."""
    return regex.compile(
        r"(?:^|[\n|])[ ]{0,40}(?P<place>\p{Lu}\p{L}{0,12}(?:[ \n.-]{1,3}\p{Lu}\p{L}{0,12}){0,4})\s{0,3},\s{1,12}"
        r"(?P<date>[Nn]gày\s{1,6}(?P<d>\d{1,2})\s{1,6}tháng\s{1,6}(?P<m>\d{1,2})\s{1,6}năm\s{1,6}(?P<y>\d{4}))(?!\d)"
    )


@cache
def _dated() -> regex.Pattern[str]:
    return regex.compile(
        r"[^\w\n]{0,6}(?P<place>(?:TP\.? ?|Tp\.? ?|T\.P ?)?\p{Lu}[^\d:;/\n,()]{1,40}?)\s{0,6}(?:,|\.|\s)\s{0,12}"
        r"(?:(?:hồi|lúc) [^\n,;]{1,24} (?=ngày))?"
        r"(?P<date>[Nn][gq][àaảáạâ]y\W{0,2}(?P<d>[^\n]{0,24}?)\s{0,4}[Tt]h[áaảàạ]ng\s{0,4}(?P<m>[^\n]{0,24}?)\s{0,4}[Nn][ăaâảã]m\s{0,6}(?P<y>[^\n]{0,8}))"
    )


@cache
def _dated_in_figures() -> regex.Pattern[str]:
    return regex.compile(
        r"[^\w\n]{0,6}(?P<place>(?:TP\.? ?|Tp\.? ?)?\p{Lu}[^\d:;/\n,()]{1,40}?),\s{0,3}"
        r"(?P<date>[Nn]gày (?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4}))\s*$"
    )


def _read_date(draft: _Draft, text: str, found: regex.Match[str]) -> None:
    place = tidy(found.group("place")).strip(" .,-–—_*|‘’'\"")
    above = _half_of_place().search(text, max(0, found.start() - _LONGEST_HALF), found.start())
    if above is not None and " " not in place:
        place = f"{above.group('half')} {place}"
    whole = next(iter(find_dates(text, found.start("date"), found.end())), None)
    year = _figures(found.group("y")[:6], 4)
    month = _figures(found.group("m"), 2)
    day = _figures(found.group("d"), 2)
    if whole is not None and whole.possible:
        year, month, day = whole.year or year, whole.month or month, whole.day or day
    span = (found.start("date"), found.end())
    if month is not None and not 1 <= month <= 12:
        month = None
    if day is not None and not _is_day(year, month, day):
        draft.remark("incomplete_date", "warning", f"Ngày ban hành không có thật: “{tidy(found.group('date'))}”.", span)
        day = None
    draft.put("place", _written_place(place), found.span("place"))
    for name, part in (("issued_year", year), ("issued_month", month), ("issued_day", day)):
        draft.put(name, part, span)
    if year and month and day:
        draft.put("issued_date", date(year, month, day), span)
    else:
        draft.remark("incomplete_date", "info", f"Ngày ban hành không đầy đủ: “{tidy(found.group('date'))}”.", span)


@cache
def _half_of_place() -> regex.Pattern[str]:
    """`Bình` / `Định, ngày …`: the first half of the place alone on the line above, as web pages break it."""
    return regex.compile(r"(?:^|\n)[ |]*(?P<half>\p{Lu}\p{Ll}{1,6})[ ]*\n[ |]*$")


def _figures(written: str, most: int) -> int | None:
    figures = written.strip(" .,:;–—-…_").translate(_MISREAD)
    found = _FIGURES.match(figures)
    if found is None or len(found.group()) > most or (most == 4 and len(found.group()) != 4):
        return None
    if len(found.group()) < len(figures) and most == 2:
        return None
    return int(found.group()) or None


def _is_day(year: int | None, month: int | None, day: int) -> bool:
    try:
        date(year or 2000, month or 1, day)
    except ValueError:
        return False
    return True


def _written_place(place: str) -> str:
    shortened = _SHORT_FOR_CITY.match(place)
    if shortened and shortened.end() < len(place):
        place = f"Thành phố {place[shortened.end() :]}"
    if place in ("Thành phố HCM", "TPHCM", "HCM", "Thành phố Hồ Chí Minh"):
        return "Thành phố Hồ Chí Minh"
    return place


def _put_passage(draft: _Draft, text: str) -> None:
    """What a law's closing sentence tells and its head does not: day, issuer, and with its name the number."""
    doc_type, subject = draft.fields.get("doc_type"), draft.fields.get("subject")
    passed = passage(text) if doc_type in PASSED_BY_ASSEMBLY else None
    if passed is None:
        return
    span = (passed.start, passed.end)
    if draft.fields.get("issued_year") is None:
        day = date.fromisoformat(passed.date.iso or "")
        for name, part in (("issued_year", day.year), ("issued_month", day.month), ("issued_day", day.day)):
            draft.put(name, part, span)
        draft.put("issued_date", day, span)
    if draft.fields.get("ref") is None and isinstance(doc_type, str) and isinstance(subject, str):
        version = version_passed(doc_type, subject, passed)
        ref = parse_ref(version.ref) if version is not None and version.ref else None
        if ref is not None:
            for name, told in (("number", ref.number), ("symbol", ref.symbol), ("ref", ref.ref)):
                draft.put(name, told)
            draft.put("issuer", passed.body, span)
            draft.doubts += 0.1
            message = f"Văn bản không in số; theo tên luật và ngày thông qua, số là “{ref.ref}”."
            draft.remark("number_from_law_table", "warning", message, span)


# --- type ------------------------------------------------------------------------------------------------------------


def _put_type(draft: _Draft, title: HeadLine | None, lines: list[HeadLine], number: _Number | None) -> None:
    if title is not None:
        draft.put("doc_type", title.doc_type, (title.line.start, title.line.end))
        return
    about = next((head for head in lines if head.kind == "about"), None)
    ref = number.ref if number else None
    if about is not None:
        draft.put("doc_type", "công văn", (about.line.start, about.line.end))
        return
    if ref is None or ref.symbol is None or number is None:
        return
    draft.doubts += 0.1
    if ref.family == "law":
        draft.put("doc_type", "luật", (number.start, number.end))
    elif ref.type_code is None:
        draft.put("doc_type", "công văn", (number.start, number.end))
    else:
        names = type_codes().get(ref.type_code, ())
        if names:
            draft.put("doc_type", names[0], (number.start, number.end))


# --- summary ---------------------------------------------------------------------------------------------------------


def _put_subject(draft: _Draft, reading: Reading, lines: list[HeadLine], title: HeadLine | None) -> None:
    about = next((at for at, head in enumerate(lines) if head.kind == "about"), None)
    if title is not None:
        at = next(i for i, head in enumerate(lines) if head.line.start == title.line.start)
        picked = _under_title(reading, lines, at)
        if picked:
            _put_words(draft, reading.text, picked)
            return
    if about is not None:
        _put_words(draft, reading.text, _about(lines, about))


def _put_words(draft: _Draft, text: str, spans: list[tuple[int, int]]) -> None:
    words = tidy(" ".join(text[start:end] for start, end in spans))
    lead = about_word().match(words)
    if lead and not words.lstrip("( ").startswith("Về"):
        words = words[lead.end() :]
    words = _ABOUT.sub("Về việc", words.strip(" _*-–—|"))
    if words.endswith('"') and words.count('"') % 2:
        words = words[:-1].rstrip()
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1].strip()
    elif words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].strip()
    words = _FINAL_MARK.sub("", words).strip()
    if words:
        draft.put("subject", words, *spans)


def _about(lines: list[HeadLine], at: int) -> list[tuple[int, int]]:
    """The stretches of the summary that begins with `V/v` in the left column."""
    first = lines[at].line
    spans = [(first.start, first.end)]
    previous = lines[at]
    for head in lines[at + 1 :]:
        if head.kind in ("addressees", "type", "basis", "number", "stamp"):
            break
        if head.kind in ("motto", "date", "rule", "furniture") or head.line.side > first.side:
            if head.line.number == previous.line.number or head.line.side > first.side:
                continue
            break
        if not _goes_on(previous, head) and (head.blank_before or len(head.line.text) > 60):
            break
        if is_upper(head.line.text) and len(head.line.text) > 8:
            break
        spans.append((head.line.start, head.line.end))
        previous = head
        if sum(end - start for start, end in spans) > _LONGEST_SUBJECT:
            break
    return spans


def _under_title(reading: Reading, lines: list[HeadLine], at: int) -> list[tuple[int, int]]:
    """The stretches of the summary under the type title, to where the preamble, the addressees or the body begin."""
    title = lines[at]
    spans: list[tuple[int, int]] = []
    if title.kind == "capitals":
        split = split_title(title.line.text)
        if split and split[1]:
            spans.append((title.line.end - len(split[1]), title.line.end))
    previous = title
    for i, head in enumerate(lines[at + 1 :], at + 1):
        if head.kind == "rule":
            if spans:
                break
            continue
        if head.kind in ("furniture", "number", "motto", "stamp") or _sent_at(reading.text, head):
            if spans:
                break
            continue
        if head.kind in ("addressees", "basis", "type"):
            break
        names_law = not spans and title.doc_type in _NAMED_IN_CAPITALS
        decides = not names_law and _of_authority(head.line.text) and not _in_capitals(spans, reading.text)
        decides = decides or (not names_law and title.doc_type in _DECIDED and _decides(lines, i, previous))
        if _is_annexed(head.line.text) or decides:
            break
        if spans and not _stays(reading, previous, head, spans):
            break
        if not spans and len(head.line.text) > 600:
            break
        start = head.line.start
        if not spans and title.doc_type not in _NAMED_IN_CAPITALS and _of_issuer().match(head.line.text):
            told = _told_about().search(reading.text, head.line.start, head.line.end)
            if told is None:
                continue
            start = told.start()
        spans.append((start, head.line.end))
        previous = head
    return spans


def _sent_at(text: str, head: HeadLine) -> bool:
    """Whether the line is nothing but when: the place and date, or the hour at which a telegram goes out."""
    span = (head.line.start, head.line.end)
    return _dated().fullmatch(text, *span) is not None or _hour_of_sending().fullmatch(text, *span) is not None


@cache
def _hour_of_sending() -> regex.Pattern[str]:
    return regex.compile(r"\W{0,3}(?i:vào\s+)?(?i:hồi|lúc)\s+\d{1,2}\s?(?i:giờ|h)[^\p{Lu}\n]{0,60}")


@cache
def _of_issuer() -> regex.Pattern[str]:
    """`CỦA BAN THƯỜNG VỤ …`: the title goes on with the one who issues before the summary begins."""
    return regex.compile(r"CỦA \p{Lu}{2}")


@cache
def _told_about() -> regex.Pattern[str]:
    return regex.compile(r"(?<!\w)(?:V/V|VỀ|HƯỚNG DẪN|QUY ĐỊNH|BAN HÀNH|PHÊ DUYỆT|SỬA ĐỔI)(?!\w)")


def _decides(lines: list[HeadLine], at: int, previous: HeadLine) -> bool:
    """Whether the line names who decides: a unit or post in capitals, then nothing but capitals to the legal basis."""
    if not _of_authority(lines[at].line.text) or _ends_open().search(previous.line.text):
        return False
    below = lines[at + 1 : at + 2 + _LINES_OF_AUTHORITY]
    basis = next((i for i, head in enumerate(below) if head.kind not in ("capitals", "motto", "rule")), None)
    return basis is not None and below[basis].kind == "basis"


@cache
def _ends_open() -> regex.Pattern[str]:
    return regex.compile(r"(?i)(?:[,:(–-]|\s(?:và|của|với|tại|cho|thuộc|trong|giữa))$")


def _in_capitals(spans: list[tuple[int, int]], text: str) -> bool:
    return bool(spans) and is_upper(text[spans[-1][0] : spans[-1][1]])


def _stays(reading: Reading, previous: HeadLine, head: HeadLine, spans: list[tuple[int, int]]) -> bool:
    """Whether a line under the title still belongs to the summary."""
    words = head.line.text
    if sum(end - start for start, end in spans) > _LONGEST_SUBJECT or previous.line.text.endswith((".", "./.")):
        return False
    if _begins_part().match(words):
        return False
    centred, before = _block(reading, head), _block(reading, previous)
    if centred is not None and before is not None and centred.centred is not None and before.centred is not None:
        if before.centred and not centred.centred:
            return False
        if before.centred and centred.centred and before.bold == centred.bold:
            return not words.endswith((":", "./."))
    if _goes_on(previous, head):
        return True
    if head.blank_before or _body_words().match(words) or words.endswith((":", ";", ".")) or len(words) > 110:
        return False
    return len(previous.line.text) < 110 and words[0] not in "-+•*"


@cache
def _begins_part() -> regex.Pattern[str]:
    return regex.compile(r"(?i:phần (?:thứ|[ivx]{1,4}\b|\d)|chương [ivx\d]|mục [ivx\d])|[A-DI]{1,3}[.)/] ")


def _goes_on(previous: HeadLine, head: HeadLine) -> bool:
    words = head.line.text
    if previous.line.text.lower().endswith((",", "-", "–", ":", "(", " và", " của", " về", " số")):
        return True
    return words[0].islower() or (words[0].isdigit() and not _ITEM.match(words)) or words[0] == "("


def _block(reading: Reading, head: HeadLine) -> Block | None:
    return next((b for b in reading.blocks if b.start <= head.line.start < b.end), None) if reading.blocks else None


@cache
def _body_words() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:Căn cứ|Thực hiện|Theo|Xét|Ngày|Để|Nhằm|Trong|Vừa qua|Hiện nay|Sau khi|Tiếp tục|Qua|Từ|Phúc đáp|Tại"
        r"|Được|Kính|Hôm nay|Phần|Quốc hội ban"
        r"|(?:Thời gian|Địa điểm|Thành phần|Chủ trì|Thư ký)\s?:|Năm(?!(?: học)? \d{4}(?: ?[-–] ?\d{4})?\W*$))\s"
    )


def _is_annexed(words: str) -> bool:
    return _ANNEXED.match(words) is not None


def _of_authority(words: str) -> bool:
    """The line that names who decides (`CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …`, `CHÍNH PHỦ`) before the legal basis."""
    return is_upper(words) and len(words) > 4 and (is_title_start(words) or begins_unit(words))


# --- stamps, issuer, consolidated texts ------------------------------------------------------------------------------


def _put_stamps(draft: _Draft, lines: list[HeadLine]) -> None:
    for head in lines:
        told = stamp_of(head.line.text) if head.kind == "stamp" else None
        if told is None:
            continue
        span = (head.line.start, head.line.end)
        if told[0] == "draft":
            draft.remark("draft", "info", "Văn bản là dự thảo.", span)
        elif told[0] not in draft.fields:
            draft.put(told[0], told[1], span)


def _put_issuer(
    draft: _Draft, text: str, lines: list[HeadLine], number: _Number | None, title: HeadLine | None
) -> None:
    place = draft.fields.get("place")
    place = place if isinstance(place, str) else None
    joint = title is not None and (title.doc_type or "").endswith("liên tịch")
    issuer = printed_issuer(_column(lines, number, title), text, place, joint=joint)
    if issuer is None:
        issuer = told_issuer(text, number.symbol if number else None, place, _deciding(lines, title))
        draft.doubts += 0.15
    if issuer is None:
        draft.remark("no_issuer", "warning", "Không xác định được cơ quan ban hành.")
        return
    central = issuer.name if issuer.name.endswith(" Trung ương") and issuer.parent is None else None
    organisation = next((head.line.text for head in lines if is_organisation(head.line.text)), None)
    whole = f"{central} {written_unit(organisation)}" if central and organisation else issuer.name
    draft.put("issuer", whole, *issuer.spans)
    draft.put("issuer_parent", issuer.parent, *issuer.parent_spans)


def _deciding(lines: list[HeadLine], title: HeadLine | None) -> HeadLine | None:
    """The line under the title that names who decides, as in a decision without its head."""
    if title is None:
        return None
    below = [head for head in lines if head.line.start > title.line.start and head.kind == "capitals"]
    return next((head for head in below if _of_authority(head.line.text)), None)


def _whole_title(text: str, title: HeadLine) -> regex.Match[str] | None:
    """A title that says it all, as collections of older instruments print it: `SẮC LỆNH CỦA … SỐ … NGÀY … …`."""
    return _title_that_says_all().match(text, title.line.start)


@cache
def _title_that_says_all() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:\p{Lu}+\s+){1,4}(?i:của\s+(?P<issuer>[^\d:;.]{4,120}?)\s+số\s*:?\s*(?P<ref>\d[^\n,]{0,24}?)\s*,?\s+"
        r"ngày\s+(?P<d>\d{1,2})(?:\s*[-/.]\s*|\s+tháng\s+)(?P<m>\d{1,2})(?:\s*[-/.]\s*|\s+năm\s+)(?P<y>\d{4}))"
        r"(?!\d)[ ]*(?:\n?(?P<subject>[^\n]{8,400}(?:\n\p{Lu}[\p{Lu}\d ,;()“”\"/.-]{8,400}){0,3})|(?=\n|$))"
    )


def _read_whole_title(draft: _Draft, text: str, title: HeadLine, found: regex.Match[str]) -> None:
    number = _read_number(text, *found.span("ref"), _codes_of(title.doc_type))
    _put_number(draft, number)
    draft.put("doc_type", title.doc_type, (title.line.start, title.line.end))
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    if 1 <= month <= 12 and _is_day(year, month, day):
        draft.put("issued_date", date(year, month, day))
        for name, part in (("issued_year", year), ("issued_month", month), ("issued_day", day)):
            draft.put(name, part, (found.start("d"), found.end("y")))
    draft.put("issuer", written_unit(found["issuer"]), found.span("issuer"))
    if found["subject"] and not _of_authority(found["subject"]):
        _put_words(draft, text, [found.span("subject")])


def _consolidation(text: str) -> regex.Match[str] | None:
    return _authenticated().search(text)


@cache
def _authenticated() -> regex.Pattern[str]:
    return regex.compile(r"X[ÁA]C (?:TH[ỰU]C|NH[ẬA]N) V[ĂA]N B[ẢA]N H[ỢO]P NH[ẤA]T")


def _read_consolidation(draft: _Draft, text: str, mark: regex.Match[str]) -> None:
    """A consolidated text carries its own number, date and issuer above the signature that authenticates it."""
    start = max(0, mark.start() - 400)
    close = text.rfind("./.", start, mark.start())
    start = close + 3 if close >= 0 else start
    lines = head_lines_of(text, start, mark.end() + 400)
    draft.put("doc_type", "văn bản hợp nhất", mark.span())
    number = _number(lines, text)
    _put_number(draft, number)
    _put_date(draft, lines, text)
    capitals = [head for head in lines if head.kind == "capitals" and head.line.start < mark.start()]
    issuer = printed_issuer(capitals, text, None)
    if issuer:
        draft.put("issuer", issuer.name, *issuer.spans)


def head_lines_of(text: str, start: int, end: int) -> list[HeadLine]:
    return [
        replace(head, line=head.line._replace(start=head.line.start + start, end=head.line.end + start))
        for head in head_lines(text[start:end])
    ]
