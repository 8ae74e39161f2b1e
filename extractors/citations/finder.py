"""Citations (viện dẫn): every mention of an instrument that can be identified, as rows.

A mention counts with a number or symbol (numbered), with a type, a date and an issuer (dated), or with the proper name
of a law, of the Constitution or of a Party resolution (named). The rules are those of docs/DATA_DICTIONARY.md.
"""

from __future__ import annotations

import re
from datetime import date as calendar_date
from functools import cache

from extractors.citations.issuers import WrittenIssuer, date_before, issuer_before
from extractors.citations.lists import share_dates
from extractors.citations.mention import Mention, reported_type
from extractors.citations.mentions import find_mentions
from extractors.citations.pinpoints import Pinpoint, pinpoint_after, pinpoint_before, pinpoint_in_footnote
from extractors.citations.relations import SHORTEST_STRETCH, Verb, last_verb, sentence_start, verb_behind
from extractors.citations.searched_text import SearchedText
from extractors.citations.short_forms import with_antecedents
from extractors.citations.titles import (
    aside_after,
    own_words,
    title_doubt,
    title_in_next_cell,
    title_limit,
    title_start,
    trimmed,
)
from extractors.context import Context, Found
from extractors.document_types import goes_with
from extractors.names.organs import issuer_of_symbol
from extractors.reading import Reading, tidy
from extractors.records import Citation, Finding, Header, Relation, Severity
from extractors.refs import Ref

_PASSIVE_REACH = 300
_LONGEST_LIST = 60
_HEAD_OF_DOCUMENT = 1500
_LONG_ISSUER = 14


def find_citations(reading: Reading, context: Context | None = None) -> Found[Citation]:
    """Every citation of `reading`, in reading order, with what is wrong about them."""
    searched = SearchedText.of(reading.flow or reading.text)
    flow = searched.text
    mentions = [m for m in find_mentions(flow) if not _is_own_number(flow, m, context)]
    share_dates(flow, mentions)
    rows: list[Citation] = []
    findings: list[Finding] = []
    reader = _Reader(searched, mentions, _bases(context), _summary(context))
    for index in range(len(mentions)):
        row = reader.row(index)
        rows.append(row)
        findings += _findings(row, mentions[index])
    return Found(with_antecedents(rows), tuple(findings))


def _bases(context: Context | None) -> list[tuple[int, int]]:
    """The stretches of the sections whose heading is `Căn cứ`, `Cơ sở pháp lý` or the like."""
    sections = context.sections if context is not None else ()
    return [(s.start, s.end) for s in sections if s.title and _heading_of_bases().fullmatch(s.title)]


def _summary(context: Context | None) -> tuple[int, int] | None:
    """The stretch of the document's own summary, one sentence whatever its lines are."""
    spans = [span for span in context.header.spans if span[0] == "subject"] if context is not None else []
    return (spans[0][1], spans[-1][2]) if len(spans) > 1 else None


@cache
def _heading_of_bases() -> re.Pattern[str]:
    return re.compile(
        r"(?:các )?(?:căn cứ|cơ sở)(?: (?:pháp lý|chính trị|thực hiện|xây dựng(?: \w+){0,2}|ban hành)|, )*:?",
        re.IGNORECASE,
    )


class _Reader:
    """Reads mentions one after the other; what one finds (title, verb) decides about the next."""

    def __init__(
        self,
        searched: SearchedText,
        mentions: list[Mention],
        bases: list[tuple[int, int]],
        summary: tuple[int, int] | None,
    ) -> None:
        self._bases = bases
        self._summary = summary
        self._searched = searched
        self._flow = flow = searched.text
        self._mentions = mentions
        self._asked: dict[tuple[int, int], Verb | None] = {}
        self._titles: list[tuple[int, int]] = []
        self._title_doubt = 0.0
        self._verbs: list[tuple[int, Relation, str | None]] = []
        self._pins: list[Pinpoint | None] = [pinpoint_before(flow, m.start) for m in mentions]

    def row(self, index: int) -> Citation:
        flow, mention = self._flow, self._mentions[index]
        pin = self._pins[index] or pinpoint_after(flow, mention.end)
        if pin is None and mention.ref is not None:
            pin = pinpoint_in_footnote(flow, mention.ref.end, self._searched.raised_mark(mention.ref.end))
        sentence = self._sentence_start(mention)
        called = index > 0 and _called().search(flow, max(0, mention.start - 40), mention.start) is not None
        nested = self._is_nested(index) and not called
        if called:
            relation, verb = self._called_before(index)
        elif nested:
            relation, verb = "dẫn chiếu", None
        else:
            relation, verb = self._relation(index, sentence)
            if verb is None and relation == "dẫn chiếu" and self._is_listed_basis(mention):
                relation, verb = "căn cứ", "căn cứ"
        self._verbs.append((sentence, relation, verb))
        title = self._title(index)
        issuer = mention.issuer
        if issuer is None and mention.kind == "numbered" and mention.type_written:
            issuer = issuer_before(flow, pin.start if pin and pin.end <= mention.start else mention.start, sentence)
        ref, date = mention.ref, mention.date
        if date is None and issuer is not None and issuer is not mention.issuer:
            date = date_before(flow, issuer, mention.start)
        return Citation(
            kind=mention.kind,
            instrument_type=reported_type(mention),
            number=ref.number if ref else None,
            symbol=ref.symbol if ref else None,
            ref=ref.ref if ref else None,
            ref_repaired=_repaired(mention, issuer),
            date=calendar_date.fromisoformat(date.iso) if date and date.iso else None,
            date_year=date.year if date else None,
            date_month=date.month if date else None,
            date_day=date.day if date else None,
            issuer=issuer.text if issuer else None,
            issuer_inferred=_inferred(ref) if issuer is None else None,
            title=title,
            pinpoint=pin.text if pin else None,
            relation=relation,
            relation_verb=verb,
            quote=_quote(flow[mention.start : mention.end]),
            start=self._searched.start_of(mention.start),
            end=self._searched.end_of(mention.end),
            confidence=_confidence(
                flow,
                mention,
                decided=nested or verb is not None,
                led=bool(flow[sentence : pin.start if pin and pin.end <= mention.start else mention.start].strip()),
                issuer_in_front=issuer is not mention.issuer,
                title=self._title_doubt,
            ),
        )

    def _sentence_start(self, mention: Mention) -> int:
        start = sentence_start(self._flow, mention.start)
        if self._summary is None or not self._summary[0] < self._searched.start_of(start) < self._summary[1]:
            return start
        return start - (self._searched.start_of(start) - self._summary[0])

    def _called_before(self, index: int) -> tuple[Relation, str | None]:
        """The relation of the mention that gets its short form at `index`: the same number's, else the last one's."""
        ref = self._mentions[index].ref
        same = (
            verb[1:]
            for verb, other in zip(reversed(self._verbs), reversed(self._mentions[:index]), strict=True)
            if ref is not None and other.ref is not None and other.ref.number == ref.number
        )
        return next(same, self._verbs[-1][1:])

    def _is_listed_basis(self, mention: Mention) -> bool:
        """Whether a mention stands under a heading `Căn cứ` that lists the legal bases."""
        place = self._searched.start_of(mention.start) if self._bases else 0
        return any(start <= place < end for start, end in self._bases)

    def _is_nested(self, index: int) -> bool:
        start = self._mentions[index].start
        return any(begin <= start < end for begin, end in self._titles[-6:])

    def _title(self, index: int) -> str | None:
        flow, mention = self._flow, self._mentions[index]
        following = self._mentions[index + 1] if index + 1 < len(self._mentions) else None
        if following is not None and following.start < mention.end:
            self._titles.append((mention.start + 1, mention.end))
        self._title_doubt = 0.0
        start = None if mention.kind == "named" and mention.law_of_state else title_start(flow, mention.end)
        if start is None and mention.kind == "numbered":
            start = title_in_next_cell(flow, mention.start, mention.end)
            self._title_doubt = 0.1 * (start is not None)
        if start is None:
            aside = aside_after(flow, mention.end)
            if aside is not None:
                self._titles.append(aside)
            return None
        limit = own_words(flow, start, title_limit(flow, start))
        inside: Mention | None = None
        for place in range(index + 1, len(self._mentions)):
            other = self._mentions[place]
            if other.start >= limit:
                break
            cut = self._new_start(place, inside)
            if cut is not None:
                limit = cut
                break
            inside = inside or other
        self._titles.append((start, limit))
        self._title_doubt += title_doubt(flow, start, limit)
        title = trimmed(flow, start, limit)
        return _broken_mark().sub("", title) if title else None

    def _new_start(self, place: int, inside: Mention | None) -> int | None:
        """Where a mention behind a title's beginning starts anew, as a member of the same list; None if the title
        takes it in."""
        other, pin = self._mentions[place], self._pins[place]
        start = pin.start if pin else other.start
        window = max(0, start - 90)
        if self._flow[max(0, start - 9) : start].rstrip().endswith("theo"):
            programme = _other_programme().search(self._flow, window, start)
            if programme is not None:
                return programme.start()
        joint = _list_joint().search(self._flow, window, start)
        if joint is None:
            return None if _belongs_to_title().search(self._flow, window, start) else start
        return start if inside is None or inside.type_name != other.type_name else None

    def _relation(self, index: int, sentence: int) -> tuple[Relation, str | None]:
        """The nearest verb in the sentence before the mention, other mentions and their titles left out."""
        pin = self._pins[index]
        start = pin.start if pin else self._mentions[index].start
        if self._flow[start - 1 : start] == "(":
            return "dẫn chiếu", None
        pieces = self._free_stretches(index, sentence, start)
        for begin, end in reversed(pieces):
            verb = self._last_verb(begin, _before_aside(self._flow, begin, end, start))
            if verb is not None:
                return verb.relation, verb.text
        behind = verb_behind(self._flow, self._mentions[index].end, start + _PASSIVE_REACH)
        return (behind.relation, behind.text) if behind else ("dẫn chiếu", None)

    def _last_verb(self, begin: int, end: int) -> Verb | None:
        """As `last_verb`; the stretches between the members of a list are asked for again and again."""
        if (begin, end) not in self._asked:
            self._asked[begin, end] = last_verb(self._flow, begin, end)
        return self._asked[begin, end]

    def _free_stretches(self, index: int, begin: int, end: int) -> list[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        for mention in reversed(self._mentions[max(0, index - _LONGEST_LIST) : index]):
            if mention.start < begin:
                break
            taken.append((mention.start, mention.end))
        if len(taken) == _LONGEST_LIST:
            begin = taken[-1][0]
        taken += [(s, e) for s, e in self._titles[-_LONGEST_LIST:] if begin <= s < end]
        stretches = []
        at = begin
        for start, stop in sorted(taken):
            if start - at >= SHORTEST_STRETCH:
                stretches.append((at, min(start, end)))
            at = max(at, stop)
        if end - at >= SHORTEST_STRETCH:
            stretches.append((at, end))
        return stretches


def _before_aside(flow: str, begin: int, end: int, start: int) -> int:
    """Where the stretch [begin, end) ends without the bracket that it opens and that is closed before `start`."""
    opened = flow.rfind("(", begin, end)
    return opened if opened >= 0 and flow.find(")", opened, end) < 0 <= flow.find(")", end, start) else end


@cache
def _called() -> re.Pattern[str]:
    return re.compile(r"(?:gọi|viết)\s{1,4}(?:(?:tắt|chung)\s{1,4})?(?:là|:)\s{1,4}[“\"]?$")


@cache
def _list_joint() -> re.Pattern[str]:
    return re.compile(r"(?:[,;]|(?<!\w)(?:và|cùng|hoặc))\s{0,4}(?:và\s{1,4})?(?:các\s{1,4})?$")


@cache
def _other_programme() -> re.Pattern[str]:
    return re.compile(
        r"\s{1,3}và\s{1,4}(?:Đề án|Chương trình|Kế hoạch(?!\s{1,4}(?:\d|năm|hằng|hàng|phát triển))|Dự án|Phương án)"
        r"[^,;.]{1,60}\stheo\s{1,4}$"
    )


@cache
def _belongs_to_title() -> re.Pattern[str]:
    return re.compile(r"\w\s{1,4}(?:các\s{1,4})?$")


# --- how a row is shown ----------------------------------------------------------------------------------------------


def _quote(written: str) -> str:
    """What is written, with one blank for a line break and none where a symbol was broken at its dash."""
    return _broken_mark().sub("", tidy(written))


@cache
def _broken_mark() -> re.Pattern[str]:
    return re.compile(r"(?<=[A-ZĐ]-)\s(?=[A-ZĐ]{2})")


# --- what the document says about itself ---------------------------------------------------------------------------


def _is_own_number(flow: str, mention: Mention, context: Context | None) -> bool:
    """Whether a mention is the document's own number: a line `Số: …` of its head, or `(kèm theo …)` in its annexes."""
    ref = mention.ref
    if ref is None:
        return mention.law_of_state and mention.date is None and _is_own_title(flow, mention)
    if context is not None and _is_the_document(mention, context.header):
        return True
    line = flow.rfind("\n", 0, mention.start) + 1
    lead = flow[line : mention.start].strip()
    if line <= _HEAD_OF_DOCUMENT and _number_line().match(lead):
        return True
    if not mention.type_written:
        return not lead and flow[mention.start].isupper() and mention.head is None
    if lead or line > _HEAD_OF_DOCUMENT or mention.date is not None or not flow[mention.start].isupper():
        return False
    stop = flow.find("\n", mention.end)
    return not flow[mention.end : stop if stop >= 0 else len(flow)].strip() and stop >= 0


def _is_own_title(flow: str, mention: Mention) -> bool:
    """Whether a law's name is the title of the text itself: before its first basis, or where it is enacted."""
    if _enacts().search(flow, max(0, mention.start - 40), mention.start):
        return flow[mention.end : mention.end + 1] in (".", "\n", "")
    line = flow.rfind("\n", 0, mention.start) + 1
    return not flow[line : mention.start].strip() and _first_basis().match(flow, mention.end) is not None


@cache
def _enacts() -> re.Pattern[str]:
    return re.compile(r"Quốc hội ban hành\s{1,4}$")


@cache
def _first_basis() -> re.Pattern[str]:
    return re.compile(r"[\s_-]{1,40}Căn cứ (?:vào )?(?:Hiến pháp|Điều)")


@cache
def _number_line() -> re.Pattern[str]:
    return re.compile(r"(?:Số|SỐ)\s{0,3}:[^,;]{0,16}$")


def _is_the_document(mention: Mention, header: Header) -> bool:
    ref, date = mention.ref, mention.date
    if ref is None or header.number is None or header.symbol is None or ref.number is None or ref.symbol is None:
        return False
    if ref.number.lstrip("0") != header.number.lstrip("0") or ref.symbol != header.symbol:
        return False
    return date is None or header.issued_year is None or date.year in (None, header.issued_year)


# --- what is wrong -------------------------------------------------------------------------------------------------


def _repaired(mention: Mention, issuer: WrittenIssuer | None) -> str | None:
    """The right form of a damaged symbol: as the ref tells, with the year of a Party-like ordinance, by the issuer."""
    ref = mention.ref
    if ref is None:
        return None
    if ref.family == "party" and ref.type_code == "PL" and mention.date and mention.date.year and ref.symbol:
        symbol = (ref.repaired or ref.ref).split("-", 1)[1].replace("/", "-")
        return f"{ref.number}/{mention.date.year}/{symbol}"
    if ref.ref.endswith("/TƯ") and issuer is not None and _provincial_committee().search(issuer.text):
        return f"{ref.ref[:-1]}U"
    return ref.repaired


@cache
def _provincial_committee() -> re.Pattern[str]:
    return re.compile(r"(?:[Tt]ỉnh|[Tt]hành)\s(?:ủy|uỷ)")


def _inferred(ref: Ref | None) -> str | None:
    return issuer_of_symbol(ref.symbol) if ref is not None and ref.symbol is not None else None


def _confidence(flow: str, mention: Mention, *, decided: bool, led: bool, issuer_in_front: bool, title: float) -> float:
    """The probability that the whole row is right: a sound one less what each doubtful part costs.

    A relation without a verb is doubtful where words of the sentence lead up to the mention (`led`).
    """
    doubt = 0.02 + title
    ref = mention.ref
    if ref is not None:
        doubt += 0.1 * (ref.symbol is None) + 0.1 * (ref.repaired is not None) + 0.01 * bool(ref.unknown)
    if mention.law is not None:
        doubt += max(0.0, 0.97 - mention.law.confidence)
    doubt += 0.08 * (not mention.type_written and mention.head is None)
    doubt += 0.1 * (mention.kind == "dated") + 0.15 * (not mention.certain)
    doubt += (0.12 if led else 0.06) * (not decided) + 0.04 * issuer_in_front
    if mention.date is not None and not mention.date.possible:
        doubt += 0.3
    if mention.issuer is not None and len(mention.issuer.text.split()) > _LONG_ISSUER:
        doubt += 0.1
    if mention.issuer is None and _unread_issuer().match(flow, mention.end):
        doubt += 0.12
    if mention.date is None and _unread_date().match(flow, mention.end):
        doubt += 0.12
    if not _is_spelled(flow[mention.start : mention.end]):
        doubt += 0.1
    return round(max(0.05, 1 - doubt), 2)


@cache
def _unread_issuer() -> re.Pattern[str]:
    return re.compile(r"\W{0,3}\s{0,3}c[uủùúũụ][aảàạ]\s")


@cache
def _unread_date() -> re.Pattern[str]:
    return re.compile(r"\W{0,6}ng[àaảáạ]y\s", re.IGNORECASE)


def _is_spelled(written: str) -> bool:
    """Whether the words of a quote are spelled as people spell them; OCR leaves `Quyêt`, `sô`, `chính quyên`."""
    return _misspelled().search(written) is None


@cache
def _misspelled() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:sô|sồ|SỐ|chính quyên|bồ sung|bộ sung|sửa đồi|sửa đôi|Tô chức|Quyêt|đinh|hôi)(?!\w)|[‘’'|\]\[{}]"
    )


def _findings(row: Citation, mention: Mention) -> list[Finding]:
    found: list[Finding] = []
    ref = mention.ref
    if row.ref_repaired is not None:
        found.append(
            _finding(
                "malformed_ref",
                "warning",
                f"Số, ký hiệu “{row.ref}” viết chưa đúng; có thể là “{row.ref_repaired}”.",
                row,
            )
        )
    if ref is not None and ref.unknown:
        found.append(
            _finding(
                "unknown_symbol", "info", f"Ký hiệu “{row.symbol}” có phần chưa rõ: {', '.join(ref.unknown)}.", row
            )
        )
    if ref is not None and mention.type_written and mention.type_name and not goes_with(mention.type_name, ref):
        message = f"Tên loại “{row.instrument_type}” không khớp với ký hiệu “{row.symbol}”."
        found.append(_finding("type_symbol_mismatch", "warning", message, row))
    if mention.date is not None and not mention.date.possible:
        found.append(_finding("impossible_date", "warning", f"Ngày không có trong lịch: “{row.quote}”.", row))
    return found


def _finding(kind: str, severity: Severity, message: str, row: Citation) -> Finding:
    return Finding(kind, severity, message, row.start, row.end)
