"""The document's own fields: type, number and symbol, place and date, issuer, summary, stamps.

Read from the head of the document after Nghị định 30/2020/NĐ-CP, phụ lục I (state) and Hướng dẫn 36-HD/VPTW (Party);
Công báo copies and consolidated texts (which carry their number at the end) included. Where the head was lost in a
conversion the issuer comes from the opening and closing sentences, the symbol and the place.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import regex

from extractors.context import Found
from extractors.dates import is_possible
from extractors.header.draft import HeaderDraft
from extractors.header.issue_dates import put_date
from extractors.header.issuers import printed_issuer, told_issuer, written_unit
from extractors.header.lines import HeadLine, head_lines, head_lines_of, is_organisation, split_title, stamp_of
from extractors.header.numbers import PrintedNumber, codes_of, printed_number, put_number, read_number
from extractors.header.passage import PASSED_BY_ASSEMBLY, passage, version_passed
from extractors.header.subjects import names_authority, put_subject, put_words
from extractors.reading import Reading
from extractors.records import Header, Section
from extractors.refs import parse_ref, type_codes
from extractors.text.lines import text_lines

_PAGE_CHARACTERS, _HEAD_ABOVE, _HEAD_BELOW, _LINES_ABOVE = 6_000, 300, 200, 4


def read_header(reading: Reading, sections: tuple[Section, ...]) -> Found[Header]:
    """The document's own fields; what the document does not tell is None."""
    text = reading.text
    lines = _head(head_lines(text), sections)
    draft = HeaderDraft()
    title = _title(lines)
    number = printed_number(lines, text, title.doc_type if title else None)
    consolidated = None if number else _consolidation(text)
    whole_title = None if number or title is None or consolidated else _whole_title(text, title)
    parted = [] if number or consolidated or whole_title or title is None else _head_under_text(text, title)
    if parted and title is not None:
        number = printed_number(parted, text, title.doc_type)
    if consolidated is not None:
        _read_consolidation(draft, text, consolidated)
    elif whole_title is not None and title is not None:
        _read_whole_title(draft, text, title, whole_title)
        _put_stamps(draft, lines)
        return Found((_header(draft),), tuple(draft.findings))
    else:
        put_number(draft, number)
        put_date(draft, parted or lines, text)
        _put_type(draft, title, lines, number)
    put_subject(draft, reading, lines, title)
    _put_passage(draft, text)
    _put_stamps(draft, lines)
    if "issuer" not in draft.fields:
        _put_issuer(draft, text, parted or lines, number, None if parted else title)
    return Found((_header(draft),), tuple(draft.findings))


def _header(draft: HeaderDraft) -> Header:
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


def _column(lines: list[HeadLine], number: PrintedNumber | None, title: HeadLine | None) -> list[HeadLine]:
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
    codes = codes_of(title.doc_type)
    for motto in _motto_line().finditer(text, title.line.end, title.line.end + _PAGE_CHARACTERS):
        above = text_lines(text, max(0, motto.start() - _HEAD_ABOVE), motto.start())[-_LINES_ABOVE:]
        if not above:
            continue
        lines = head_lines_of(text, above[0].start, motto.end() + _HEAD_BELOW)
        number = printed_number(lines, text, title.doc_type)
        if number is not None and number.ref is not None and number.ref.number and number.ref.type_code in codes:
            return lines
    return []


@cache
def _motto_line() -> regex.Pattern[str]:
    return regex.compile(r"\nC[ỘO]NG H[OÒ][AÀ] X[ÃA] H[ỘO]I CH[UỦ] NGH[IĨ]A VI[EỆ]T NAM\s{0,3}\n")


def _put_passage(draft: HeaderDraft, text: str) -> None:
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


def _put_type(draft: HeaderDraft, title: HeadLine | None, lines: list[HeadLine], number: PrintedNumber | None) -> None:
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


# --- stamps, issuer, consolidated texts ------------------------------------------------------------------------------


def _put_stamps(draft: HeaderDraft, lines: list[HeadLine]) -> None:
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
    draft: HeaderDraft, text: str, lines: list[HeadLine], number: PrintedNumber | None, title: HeadLine | None
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
    return next((head for head in below if names_authority(head.line.text)), None)


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


def _read_whole_title(draft: HeaderDraft, text: str, title: HeadLine, found: regex.Match[str]) -> None:
    number = read_number(text, *found.span("ref"), codes_of(title.doc_type))
    put_number(draft, number)
    draft.put("doc_type", title.doc_type, (title.line.start, title.line.end))
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    if is_possible(year, month, day):
        draft.put("issued_date", date(year, month, day))
        for name, part in (("issued_year", year), ("issued_month", month), ("issued_day", day)):
            draft.put(name, part, (found.start("d"), found.end("y")))
    draft.put("issuer", written_unit(found["issuer"]), found.span("issuer"))
    if found["subject"] and not names_authority(found["subject"]):
        put_words(draft, text, [found.span("subject")])


def _consolidation(text: str) -> regex.Match[str] | None:
    return _authenticated().search(text)


@cache
def _authenticated() -> regex.Pattern[str]:
    return regex.compile(r"X[ÁA]C (?:TH[ỰU]C|NH[ẬA]N) V[ĂA]N B[ẢA]N H[ỢO]P NH[ẤA]T")


def _read_consolidation(draft: HeaderDraft, text: str, mark: regex.Match[str]) -> None:
    """A consolidated text carries its own number, date and issuer above the signature that authenticates it."""
    start = max(0, mark.start() - 400)
    close = text.rfind("./.", start, mark.start())
    start = close + 3 if close >= 0 else start
    lines = head_lines_of(text, start, mark.end() + 400)
    draft.put("doc_type", "văn bản hợp nhất", mark.span())
    number = printed_number(lines, text)
    put_number(draft, number)
    put_date(draft, lines, text)
    capitals = [head for head in lines if head.kind == "capitals" and head.line.start < mark.start()]
    issuer = printed_issuer(capitals, text, None)
    if issuer:
        draft.put("issuer", issuer.name, *issuer.spans)
