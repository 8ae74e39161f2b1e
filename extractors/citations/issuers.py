"""Who issued a cited instrument, as written after `của` or in front of the mention.

The words are data (grammar/issuer_words.toml): with what an issuer may begin, at what it ends, and over which commas
and `và` the name of a ministry goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.dates import WrittenDate, date_at
from extractors.grammar import table
from extractors.text.letters import bare

_MOST_WORDS = 28
_FRONT = 220
_NEAR = 40
_ACT = 150
_LONGEST_PAIR = 24
_OFFICE = len("HĐND")
_LONGEST_LAST_WORD = 10
_ENDS_OF_UNIT_AT = ("tại", "trong", "theo", "các", "dung")  # cheap looks before the patterns of these names
_ENDS_OF_UNIT_ACTS = ("có", "hành", "ra", "ký", "gửi", "các", "tại")


@dataclass(frozen=True, slots=True)
class WrittenIssuer:
    """An issuer in the text, code points [start, end)."""

    text: str
    start: int
    end: int


def issuer_at(flow: str, pos: int, *, joint: bool = False) -> WrittenIssuer | None:
    """The issuer that begins at `pos` (just after `của`), None if no unit is named there.

    With `joint` (a thông tư liên tịch, a symbol with two issuers) further units after a comma, a dash or `và` belong.
    """
    head = _head().match(flow, pos) or _shortened().match(flow, pos)
    if head is None:
        return None
    end = head.end()
    joint = joint or head.group().lower().startswith("liên")
    for _ in range(_MOST_WORDS):
        step = _step().match(flow, end)
        if step is None:
            break
        bracket = step["term"]
        if bracket:
            end = step.end()
            continue
        gap, word = step["gap"], step["word"]
        if word == "của" and _body().match(flow, pos) and _its_head().match(flow, step.end()):
            end = step.end()
            continue
        if _ends_here(flow, step.start("word"), word, after=flow[max(pos, end - 12) : end]):
            break
        if "\n" in gap and not gap.strip() and not _unfinished().search(flow, pos, end):
            break
        if not _goes_on_over(gap, flow, step.start("word"), joint=joint):
            break
        end = step.end()
    if flow[pos:end].endswith(" VÀ"):
        end -= len(" VÀ")
    text = " ".join(flow[pos:end].split())
    return WrittenIssuer(text, pos, end)


def _ends_here(flow: str, at: int, word: str, *, after: str) -> bool:
    small = word.lower() if word.isupper() and after.isupper() else word
    if small in _stops() and not (small == "nhất" and after.lower().endswith("thứ")):
        return True
    if word in ("Về", "Số", "Ngày", "Theo") or flow.startswith("Căn cứ", at):
        return True
    pair = _pair().match(bare(flow[at : at + _LONGEST_PAIR]))
    if pair is None or (word.istitle() and _area_word().search(after)):
        return False
    return not (pair.lastgroup == "unit" and _unit_word().search(after))


def _goes_on_over(gap: str, flow: str, at: int, *, joint: bool) -> bool:
    mark = gap.strip(" '’‘\n")
    if not mark:
        return True
    if mark == "&" or (mark in ("-", "–") and not _head().match(flow, at)):
        return True
    if mark in (",", ", và") and _committee().match(flow, at):
        return joint
    if _joined().match(flow, at) or (mark == "và" and _one_office().match(flow, at - len(gap) - _OFFICE)):
        return True
    if _work().match(flow, at):
        return False
    is_unit = _head().match(flow, at) is not None
    if mark in (",", ", và", "-", "–"):
        return joint and is_unit and flow[at].isupper()
    return joint if is_unit else flow[at].isupper()


@cache
def _body() -> re.Pattern[str]:
    """A body that another unit sets up and whose name goes on with it: `Tổ công tác … của Thủ tướng Chính phủ`."""
    return re.compile(r"(?:Tổ\s{1,4}công\s{1,4}tác|Tổ\s{1,4}[Tt]ư\s{1,4}vấn|Đoàn\s{1,4}(?:kiểm|thanh|công))(?!\w)")


@cache
def _its_head() -> re.Pattern[str]:
    return re.compile(r"\s{1,4}(?:Thủ\s{1,4}tướng|Chính\s{1,4}phủ|Bộ|Chủ\s{1,4}tịch|UBND|[ỦU][ỷy]\s{1,4}ban)(?!\w)")


@cache
def _committee() -> re.Pattern[str]:
    """`của Bộ Nội vụ, Ủy ban nhân dân tỉnh ban hành …`: who acts, behind the issuer and a comma."""
    return re.compile(r"(?:Ủy|Uỷ)\s{1,4}ban\s{1,4}nhân\s{1,4}dân|UBND(?!\w)")


@cache
def _one_office() -> re.Pattern[str]:
    """`Văn phòng HĐND và UBND huyện` is one office, for both."""
    return re.compile(r"HĐND\s{1,3}và\s{1,3}UBND(?!\w)")


@cache
def _head() -> re.Pattern[str]:
    words = sorted(table("issuer_words")["heads"]["words"], key=len, reverse=True)
    return re.compile(rf"(?!bộ\s{{1,4}}luật(?!\w))(?:{'|'.join(_spaced(word) for word in words)})(?!\w)", re.IGNORECASE)


@cache
def _shortened() -> re.Pattern[str]:
    """An issuer named by its capitals alone (`của BYT`, `của TLĐ`)."""
    return re.compile(r"(?!CHXHCN|CBCC|CNVC|CB|ĐV)[A-ZĐ]{3,12}(?!\w)")


@cache
def _stops() -> frozenset[str]:
    return frozenset(table("issuer_words")["stops"]["words"])


@cache
def _pair() -> re.Pattern[str]:
    """Pairs of words by their bare letters, so that a misread tone does not hide them."""
    stops = table("issuer_words")["stops"]
    ends = "|".join(_spaced(bare(pair)) for pair in stops["pairs"])
    units = "|".join(_spaced(bare(pair)) for pair in stops["unit_pairs"])
    return re.compile(rf"(?:(?P<unit>{units})|{ends})(?!\w)", re.IGNORECASE)


@cache
def _area_word() -> re.Pattern[str]:
    """A word behind which the name of an area stands, whatever it sounds like (huyện Văn Bàn)."""
    return re.compile(r"(?:tỉnh|huyện|quận|thị xã|xã|phường|thị trấn|thành phố)\s*$", re.IGNORECASE)


@cache
def _unit_word() -> re.Pattern[str]:
    return re.compile(
        r"(?:ban|phòng|sở|bộ|vụ|tổ|hội đồng|trung tâm|đoàn|cục|văn phòng|ủy viên|thi đua\s*[-–,]|thi đua)\s*$",
        re.IGNORECASE,
    )


@cache
def _unfinished() -> re.Pattern[str]:
    """A post that is no issuer without the unit it is held in: a line that ends so goes on in the next."""
    return re.compile(
        r"(?:Bộ trưởng|Chủ tịch|Giám đốc|Thủ tướng|Thủ trưởng|Cục trưởng|Thống đốc|Hiệu trưởng"
        r"|(?:^|(?<=trưởng ))(?:Bộ|Sở))$"
    )


@cache
def _joined() -> re.Pattern[str]:
    words = table("issuer_words")["stops"]["joined"]
    return re.compile(rf"(?:{'|'.join(_spaced(word) for word in words)})(?!\w)", re.IGNORECASE)


@cache
def _work() -> re.Pattern[str]:
    """What a unit makes and no part of its name: behind `và` another thing cited begins."""
    return re.compile(
        r"(?:Chương\s{1,4}trình|Kế\s{1,4}hoạch|Đề\s{1,4}án|Dự\s{1,4}án|Phương\s{1,4}án|Luật|Quy\s{1,4}hoạch|Hiến\s{1,4}pháp)"
        r"(?!\w)(?!\s{1,4}(?:và|Đầu)(?!\w))"
    )


@cache
def _step() -> re.Pattern[str]:
    mark = r"\s{0,4}(?:,\s{0,3}và|,|&|[-–]|và(?!\w))\s{0,4}"
    blank = r"[ ]{1,9}['’‘]?|[ ]{0,3}\n[ ]{0,3}(?=[A-ZĐ])"
    return re.compile(
        r"(?P<term>\s{0,3},?\s?\(\s?(?:(?:nhiệm kỳ\s|khóa\s|khoá\s)[^()\n]{1,20}|Việt Nam)\))"
        rf"|(?P<gap>{mark}|{blank})(?P<word>[^\W_][\w.&]*\w|[^\W_])"
    )


def _spaced(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\s{1,4}")


# --- in front of the mention ---------------------------------------------------------------------------------------


def issuer_before(flow: str, start: int, sentence: int) -> WrittenIssuer | None:
    """The issuer told in front of a mention that begins at `start`, in the sentence that begins at `sentence`.

    `đề nghị của Giám đốc Sở Nội vụ tại …`, `Tổng cục X có …`, `Văn phòng Y đã ban hành Quy chế … tại …`.
    """
    window = max(sentence, start - _FRONT)
    lead = flow[max(window, start - _LONGEST_LAST_WORD) : start].rstrip()
    told = _of_unit_at().search(flow, max(window, start - _NEAR), start) if lead.endswith(_ENDS_OF_UNIT_AT) else None
    if told:
        found = _unit_up_to(flow, window, told.start())
        if found is not None:
            return found
    if flow[start - 1 : start] != " " or not lead.endswith(_ENDS_OF_UNIT_ACTS):
        return None
    acted = _unit_acts().search(flow, max(window, start - _ACT), start)
    return _unit_up_to(flow, window, acted.start(), clause=True) if acted else None


def date_before(flow: str, issuer: WrittenIssuer, mention: int) -> WrittenDate | None:
    """The day in front of an issuer that acts: `Ngày 29/7/2020, Tổng cục X có Văn bản số …`."""
    if _told_there().search(flow, issuer.end, mention):
        return None
    day = _day_before().search(flow, max(0, issuer.start - _NEAR), issuer.start)
    date = date_at(flow, day.end()) if day else None
    if date is None or not date.possible or date.year is None or flow[date.end : issuer.start].strip(" ,"):
        return None
    return date


@cache
def _day_before() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?=[Nn]gày\s{1,3}\d)")


@cache
def _told_there() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:tại|trong|theo)(?!\w)")


def _unit_up_to(flow: str, window: int, end: int, *, clause: bool = False) -> WrittenIssuer | None:
    """The unit whose name ends exactly at `end`, after `đề nghị của`, `và`, a comma, or where its clause begins."""
    starts = [lead.end() for lead in _lead().finditer(flow, window, end)]
    if clause:
        starts.insert(0, window)
    for start in starts:
        found = issuer_at(flow, start)
        if found is not None and found.end == end:
            return found
    return None


@cache
def _of_unit_at() -> re.Pattern[str]:
    return re.compile(r"\s{1,4}(?:tại|trong|theo)\s{1,4}(?:các\s{1,4})?(?:nội dung\s{1,4})?$")


@cache
def _unit_acts() -> re.Pattern[str]:
    return re.compile(
        r"\s{1,4}(?:(?:đã|vừa|mới)\s{1,4})?(?:(?:có|ban hành|ra|ký|gửi|phát hành)(?:\s{1,4}(?:ban hành|các))?"
        r"|ban hành\s{1,4}[^.;:\n]{1,80}\s{1,4}tại)\s{1,4}$"
    )


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(r"(?:(?<!\w)của|(?<!\w)và|[,;]|(?<!\w)[Nn]gày\s{1,3}[\d/.-]{6,10},?)\s{1,4}(?=\w)")
