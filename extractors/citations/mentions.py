"""Mentions of instruments in running text: type word, number and symbol, date and issuer, before they become rows.

One scan finds the type words, another the numbers with a symbol; what stands between and behind them is read at those
places only, so the cost grows with the text and the number of mentions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from extractors.citations.issuers import WrittenIssuer, issuer_at
from extractors.citations.mention import Mention, date_end, date_gap, finish, issued_by
from extractors.citations.mention_laws import law_mentions
from extractors.dates import WrittenDate, date_at
from extractors.document_types import TypeWord, misread_type_before, type_of_code, type_words
from extractors.names.law_names import laws_by_letters
from extractors.names.party_resolutions import party_resolution_at
from extractors.refs import Ref, coded_at, ref_at, refs_in, type_codes

_OPENS_NUMBER = frozenset("0123456789OIl/.…_-:") | {"số", "Số", "SỐ", "sô", "Sô", "sồ", "sổ"}
_OPENS_ISSUER_OR_DATE = frozenset("cCdDnN,(0123456789")
_MOST_WORDS_BEFORE_NUMBER = 160
_DATED_REACH = 140
_LEAST_ISSUER = 9
_LETTERS_AND_NUMBER = len("TTLT  số  1234")
_TOLD_BY_WORDS = frozenset({"quy chế", "nội quy", "điều lệ", "biên bản"})
_LAW_TYPES = frozenset({"luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ"})
_COUNTS_NOTHING = frozenset(
    {
        "nghị định",
        "thông tư",
        "thông tư liên tịch",
        "chỉ thị",
        "công văn",
        "tờ trình",
        "công điện",
        "pháp lệnh",
        "sắc lệnh",
    }
)
_MOSTLY_PLAIN_WORDS = frozenset(
    {
        "báo cáo",
        "kế hoạch",
        "chương trình",
        "hợp đồng",
        "biên bản",
        "dự án",
        "phương án",
        "quy hoạch",
        "đề nghị",
        "lệnh",
    }
)


@dataclass(frozen=True, slots=True)
class _Refs:
    """The numbers with a symbol of a text, by where they begin."""

    starts: list[int]
    by_start: dict[int, Ref]

    def next_after(self, pos: int) -> int:
        place = bisect_left(self.starts, pos)
        return self.starts[place] if place < len(self.starts) else -1


def find_mentions(flow: str) -> list[Mention]:
    """Every mention in `flow`, in reading order; none overlaps another, a law inside a law's name apart."""
    refs = list(refs_in(flow))
    at_starts = _Refs([ref.start for ref in refs], {ref.start: ref for ref in refs})
    mentions: list[Mention] = []
    reach = 0
    words = list(type_words(flow))
    for at, word in enumerate(words):
        if word.start < reach:
            continue
        following = words[at + 1].start if at + 1 < len(words) else len(flow)
        for mention in _mentions_at(flow, word, following, at_starts):
            mentions.append(mention)
            reach = max(reach, mention.end)
    mentions += _further_numbers(flow, mentions)
    mentions = _known_numbers(mentions)
    mentions += _without_type_word(flow, refs, mentions)
    mentions += _by_letters_and_year(flow, mentions)
    mentions += (
        finish(flow, Mention("named", law.start, law.end, law.kind, True, law=law)) for law in laws_by_letters(flow)
    )
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    return mentions


def _further_numbers(flow: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Members of a list of numbers without a symbol: `Sắc lệnh số 63 ngày 22-11-1945 và số 77 ngày 21-12-1945`."""
    for head in mentions:
        last = head
        while last.ref is not None and last.ref.symbol is None and last.date is not None and last.certain:
            found = _further_number().match(flow, last.end)
            ref = ref_at(flow, found.end(), loose=True) if found else None
            if found is None or ref is None or ref.symbol is not None or not _has_date(flow, ref.end):
                break
            member = Mention("numbered", found.start("so"), ref.end, head.type_name, False, ref=ref, head=head)
            last = finish(flow, member)
            yield last


@cache
def _further_number() -> re.Pattern[str]:
    return re.compile(r"\s{0,2}(?:,|;|và|,\s?và)\s{1,3}(?P<so>số)\s{1,3}(?=\d)")


def _known_numbers(mentions: list[Mention]) -> list[Mention]:
    """Without the mentions of a bare number that no other mention makes certain (`quy định 269` after its date)."""
    known = {(m.type_name, m.ref.number) for m in mentions if m.certain and m.ref is not None}
    return [m for m in mentions if m.certain or (m.ref is not None and (m.type_name, m.ref.number) in known)]


# --- from a type word ----------------------------------------------------------------------------------------------


def _mentions_at(flow: str, word: TypeWord, following: int, refs: _Refs) -> list[Mention]:
    if word.name in _LAW_TYPES:
        laws = law_mentions(flow, word)
        if laws:
            return laws
    elif word.name in ("nghị quyết", "kết luận"):
        law = party_resolution_at(flow, word.start)
        if law is not None:
            return [finish(flow, Mention("named", word.start, law.end, word.name, True, law=law))]
    behind = flow[word.end : word.end + 6].lstrip()
    if not behind or behind[0] in _OPENS_NUMBER or behind[:2] in _OPENS_NUMBER:
        found = _with_number_behind(flow, word, following, refs)
    else:
        found = _with_number_farther(flow, word, following, refs)
    if found is None and behind[:1] in _OPENS_ISSUER_OR_DATE:
        found = _dated(flow, word, word.end)
    if found is None and word.name in _TOLD_BY_WORDS:
        words = _words_of_name().match(flow, word.end)
        found = _dated(flow, word, words.end()) if words is not None else None
    return [found] if found is not None else []


def _with_number_farther(flow: str, word: TypeWord, following: int, refs: _Refs) -> Mention | None:
    """The mention of a type word with words, of a unit for instance, between it and its number."""
    start = refs.next_after(word.end)
    if not word.end < start <= min(following, word.end + _MOST_WORDS_BEFORE_NUMBER):
        return None
    gap = _words_and_number().fullmatch(flow, word.end, start)
    return _mention(flow, word, gap, refs.by_start[start]) if gap is not None else None


def _with_number_behind(flow: str, word: TypeWord, following: int, refs: _Refs) -> Mention | None:
    """The mention of a type word with its number right behind it."""
    gap = _number_gap().match(flow, word.end)
    ref = None
    certain = True
    if gap is not None:
        blank = gap["so"] is not None or flow[gap.end() : gap.end() + 1] == "/"
        listed = gap["list"] is not None
        ref = refs.by_start.get(gap.end()) or (None if listed else ref_at(flow, gap.end(), blank=blank, loose=True))
        if ref is not None and ref.symbol is None:
            certain = _stands_alone(flow, word, ref, said=gap["so"] is not None)
            if not certain and (gap["so"] or len(ref.number or "") < 2 or ref.end > following):
                ref = None
    if ref is None or gap is None:
        gap = _said_coded().match(flow, word.end)
        ref = coded_at(flow, gap.end()) if gap else None
        if gap is None or ref is None or not _has_date(flow, ref.end):
            return None
    return _mention(flow, word, gap, ref, certain=certain)


def _mention(flow: str, word: TypeWord, gap: re.Match[str], ref: Ref, *, certain: bool = True) -> Mention | None:
    """The mention of a type word and a number, with what stands in the gap between them and behind them."""
    if _is_form(flow, word.start) or ("\n" in gap.group() and flow[word.start : word.end].isupper()):
        return None
    mention = Mention("numbered", word.start, ref.end, word.name, True, ref=ref, certain=certain)
    inside = issued_by().search(flow, word.end, ref.start)
    if inside:
        mention.issuer = issuer_at(flow, inside.end())
        mention.issuer_shared = mention.issuer is not None and ":" in flow[mention.issuer.end : ref.start]
    elif gap.end() - gap.start() > _LEAST_ISSUER:
        mention.issuer = _issuer_in_front_of_number(flow, word.end, ref.start)
    return finish(flow, mention)


def _issuer_in_front_of_number(flow: str, start: int, end: int) -> WrittenIssuer | None:
    """`Thông tư liên tịch Bộ Y tế và Bộ Tài chính số …`: the unit that fills the words between type and number."""
    while flow[start].isspace():
        start += 1
    issuer = issuer_at(flow, start, joint=True) if flow[start].isupper() else None
    return issuer if issuer is not None and _number_follows().fullmatch(flow, issuer.end, end) else None


@cache
def _number_follows() -> re.Pattern[str]:
    return re.compile(r"\s{1,4}(?:[Ss]ố|SỐ)\s{0,3}:?\s{0,4}")


def _stands_alone(flow: str, word: TypeWord, ref: Ref, *, said: bool) -> bool:
    """Whether a number without a symbol is the number of an instrument and counts nothing (`báo cáo 6 tháng`)."""
    if "\n" in flow[word.end : ref.start]:
        return False
    if _has_date(flow, ref.end):
        return True
    if word.name not in _COUNTS_NOTHING and _counts_something().match(flow, ref.end):
        return False
    if said:
        return True
    return (ref.year is not None or (word.name not in _MOSTLY_PLAIN_WORDS and flow[word.start].isupper())) and len(
        ref.number or ""
    ) <= 4


def _has_date(flow: str, end: int) -> bool:
    gap = date_gap().match(flow, end)
    return gap is not None and date_at(flow, gap.end()) is not None


def _is_form(flow: str, start: int) -> bool:
    """Whether `Mẫu` or `Biểu` stands in front: a form is called after its type."""
    if not flow[max(0, start - 5) : start].rstrip().endswith(("u", "U")):
        return False
    return _form_word().search(flow, max(0, start - 12), start) is not None


@cache
def _form_word() -> re.Pattern[str]:
    return re.compile(r"(?:[Mm]ẫu|[Bb]iểu|MẪU|BIỂU)\s{1,3}$")


@cache
def _said_coded() -> re.Pattern[str]:
    return re.compile(r"\s{1,4}[Ss]ố\s{0,3}:?\s{0,4}(?=[A-ZĐ\d])")


@cache
def _number_gap() -> re.Pattern[str]:
    return re.compile(
        r"\s{0,4}(?P<list>:\s{1,4})?(?:(?P<so>[Ss][ốôổồo]|SỐ)\s{0,3}[:.]?\s{0,4})?(?=[\d/OolI]|[\s.…_]{0,40}/)"
    )


@cache
def _words_and_number() -> re.Pattern[str]:
    return re.compile(
        r"(?:\s{0,4}(?:[-–&]|,(?=\s{1,4}[A-ZĐ]))?\s{1,4}[^\W\d_][\w&-]*){1,16}?\s{0,4}:?\s{1,4}(?:[Ss][ốôổồo]|SỐ)\s{0,3}:?\s{0,4}",
        re.UNICODE,
    )


@cache
def _counts_something() -> re.Pattern[str]:
    """A word behind a bare number that it counts (`báo cáo 6 tháng`), not one that goes on with the sentence."""
    goes_on = (
        r"của|về|và|ngày|đã|được|thì|là|có|do|theo|nêu|trên|tại|quy định|ban hành|năm\s\d|với|hoặc|cũng|này|nói|đối"
        r"|đến|để|khi|như|còn|trong|vào|từ|bằng|sẽ|phải|không|chưa|thay|sửa|bổ sung|hướng dẫn|kèm|phê duyệt"
    )
    return re.compile(rf"\s{{0,2}}(?:%|[-–]\s?\d|\s(?!(?:{goes_on})(?!\w))[a-zđà-ỹ])")


def _dated(flow: str, word: TypeWord, pos: int) -> Mention | None:
    """`Quyết định ngày 5/6/2020 của UBND tỉnh`, `Nghị quyết của Hội nghị … (15/10/2019)`; `pos` is behind the name."""
    if _next_date(flow, pos) is None:
        return None
    said = issued_by().match(flow, pos)
    if said is not None:
        issuer = issuer_at(flow, said.end())
        if issuer is None or not date_gap().match(flow, issuer.end):
            return None
        date = date_at(flow, issuer.end)
        if date is None or not _is_dated(date, flow, issuer.end):
            return None
        return Mention("dated", word.start, date_end(flow, date), word.name, True, date=date, issuer=issuer)
    if not date_gap().match(flow, pos):
        return None
    date = date_at(flow, pos)
    if date is None or not _is_dated(date, flow, pos):
        return None
    said = issued_by().match(flow, date.end)
    issuer = issuer_at(flow, said.end()) if said else None
    if issuer is None:
        return None
    return Mention("dated", word.start, issuer.end, word.name, True, date=date, issuer=issuer)


@cache
def _words_of_name() -> re.Pattern[str]:
    """The words of a name up to the issuer or the date: `Quy chế hoạt động | của …`, `Biên bản họp | ngày …`."""
    return re.compile(r"(?:[ ]{1,3}[^\W\d_]{1,8}){1,9}?(?=[ ]{1,3}(?:của|ngày)[ ])")


def _next_date(flow: str, pos: int) -> int | None:
    """Where the next word `ngày` or a bracketed figure stands close behind `pos`: a cheap look before a dear one."""
    end = pos + _DATED_REACH
    for sign in ("gày", "(", "GÀY"):
        at = flow.find(sign, pos, end)
        if at >= 0:
            return at
    return None


def _is_dated(date: WrittenDate, flow: str, before: int) -> bool:
    return date.year is not None and date.month is not None and date.day is not None and flow[before] != ","


# --- numbers without a type word of their own ----------------------------------------------------------------------


def _without_type_word(flow: str, refs: list[Ref], mentions: list[Mention]) -> list[Mention]:
    """Members of lists that share a type word, and numbers with a symbol that stand alone."""
    by_start = sorted(mentions, key=lambda m: m.start)
    starts = [m.start for m in by_start]
    reaches = list(accumulate((m.end for m in by_start), max))
    found: list[Mention] = []
    for ref in refs:
        place = bisect_left(starts, ref.start + 1) - 1
        if place >= 0 and ref.start < reaches[place]:
            continue
        said = _said_number().search(flow, max(0, ref.start - 12), ref.start)
        before = [m for m in (by_start[place] if place >= 0 else None, found[-1] if found else None) if m is not None]
        head = max(before, key=lambda m: m.start, default=None)
        listed = head is not None and _is_listed(flow, head, said.start() if said else ref.start, said is not None)
        start = said.start("so") if said else ref.start
        misread = None if listed else misread_type_before(flow, _before_blanks(flow, start))
        misread = misread or (None if listed else _shortened_type_before(flow, start))
        if not listed and misread is None and (ref.type_code is None or ref.unknown) and (ref.family != "law"):
            continue
        if _form_word().search(flow, max(0, ref.start - 16), said.start() if said else ref.start):
            continue
        name = type_of_code(ref.type_code)
        shared = head.type_name if listed and head is not None and head.kind == "numbered" else None
        if shared is not None and (name is None or ref.type_code is None):
            name = shared
        mention = Mention("numbered", start, ref.end, shared or name, False, ref=ref, head=head if listed else None)
        if misread is not None:
            mention.start, mention.type_name, mention.type_written = misread.start, misread.name, True
        if shared is not None and head is not None and head.issuer_shared:
            mention.issuer, mention.issuer_shared = head.issuer, True
        found.append(finish(flow, mention))
    return found


def _shortened_type_before(flow: str, start: int) -> TypeWord | None:
    """A type told by its letters in front of a number (`QĐ số 12/QĐ-ĐHXY`, `CV 5/SNV`)."""
    found = _shortened_type().search(flow, max(0, start - 12), start)
    codes = type_codes().get(found["code"], ()) if found else ()
    name = next(iter(codes), None)
    return TypeWord(name, found.start("code"), found.end("code")) if found and name else None


def _by_letters_and_year(flow: str, mentions: list[Mention]) -> Iterator[Mention]:
    """`TT 58/2011`, `NĐ 30/2020`: a type told by its letters, a number and a year without a symbol."""
    taken = {mention.end for mention in mentions} | {m.ref.end for m in mentions if m.ref is not None}
    for year in _year_of_number().finditer(flow):
        found = _letters_and_year().search(flow, max(0, year.start() - _LETTERS_AND_NUMBER), year.end())
        if found is None:
            continue
        letters = flow[found.start() : found.start("number")].removesuffix("số ").strip()
        name = next(iter(type_codes().get(letters, ())), None)
        ref = ref_at(flow, found.start("number"), loose=True)
        if name is not None and ref is not None and ref.end == found.end() and ref.end not in taken:
            yield finish(flow, Mention("numbered", found.start(), ref.end, name, True, ref=ref))
    for found in _letters_of_resolution().finditer(flow) if "NQ" in flow else ():
        law = party_resolution_at(flow, found.start())
        if law is not None:
            yield finish(flow, Mention("named", law.start, law.end, "nghị quyết", True, law=law))


@cache
def _letters_of_resolution() -> re.Pattern[str]:
    """`NQ TW 7 khóa XI`, `NQ Đại hội …`: resolutions of the Party by their letters."""
    return re.compile(r"NQ(?<![\w/-]..)(?=\s{1,2}(?:TW|TƯ|Trung ương|Đại hội|ĐH|Hội nghị)(?!\w))")


@cache
def _year_of_number() -> re.Pattern[str]:
    return re.compile(r"/(?:19[89]|20[0-4])\d(?<=\d/\d{4})(?![\w/-]|\.\d)")


@cache
def _letters_and_year() -> re.Pattern[str]:
    return re.compile(r"(?<![\w/-])(?:N[ĐQ]|TT(?:LT)?|QĐ|CT)\s{0,2}(?:số\s{1,2})?(?P<number>\d{1,4}/\d{4})\Z")


@cache
def _shortened_type() -> re.Pattern[str]:
    return re.compile(r"(?<![\w/-])(?P<code>QĐ|CV|TTr|KH|TB|NQ|BC|HD|CT|KL|NĐ|TT|TTLT|CTr)\s{1,3}$")


def _before_blanks(flow: str, pos: int) -> int:
    while pos and flow[pos - 1] == " ":
        pos -= 1
    return pos


def _is_listed(flow: str, head: Mention, start: int, said: bool) -> bool:
    if head.kind != "numbered" or start - head.end > 400:
        return False
    between = flow[head.end : start]
    if "\n" in between.strip(" \n") or (between.count("\n") and not said):
        return False
    if _joint().fullmatch(between):
        return True
    return said and _joint_after_title().search(between) is not None


@cache
def _said_number() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?P<so>[Ss][ốôổồ]|SỐ)\s{0,3}:?\s{0,4}$")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(r"\s{0,4}(?:[,;/-]|và|hoặc|cùng|[,;]\s{0,4}và)\s{0,4}")


@cache
def _joint_after_title() -> re.Pattern[str]:
    return re.compile(r"(?:[;,]\s{0,4}(?:và\s{1,4})?|(?<!\w)và\s{1,4})$")
