"""Who must do something, and to whom it goes: the actor and the receiver in a sentence that asks.

An actor is told by its head word (Sở, Phòng, các đơn vị, Hiệu trưởng …) and by the verb that follows it; a verb with a
capital belongs to a name (`Phòng Tổ chức`, `Ban Chỉ đạo`).
"""

from __future__ import annotations

import re
from functools import cache

import regex

from extractors.grammar import table
from extractors.reading import tidy
from extractors.text.letters import either_tone_place

_LONGEST_ACTOR = 260
_LONGEST_PERSON = 20
_TRAILING = " ,;:.-–"
_CUT_SHORT = (" để", " về")
_ABOUT_WHAT = re.compile(r"\svề\s(?:danh sách|phương án|kết quả|việc)\s")


@cache
def cue(name: str) -> regex.Pattern[str]:
    """The words of table `name` as one pattern of whole words, capital or not at the first letter."""
    words = either_tone_place("|".join(row["words"] for row in table("deadlines")[name]))
    return regex.compile(rf"(?<!\p{{L}})(?:{words})(?!\p{{L}})", regex.I)


def asks(text: str) -> bool:
    """Whether `text` holds a verb of what is asked for."""
    return _asking().search(text.lower()) is not None


@cache
def _asking() -> re.Pattern[str]:
    """As `cue("asks")`, for texts in small letters: three times as fast, and asked for every sentence with a time."""
    words = either_tone_place("|".join(row["words"] for row in table("deadlines")["asks"]))
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])")


@cache
def _heads() -> str:
    return either_tone_place("|".join(row["words"] for row in table("deadlines")["actors"]))


@cache
def _verbs() -> str:
    return either_tone_place("|".join(row["words"] for row in table("deadlines")["actor_verbs"]))


@cache
def _names_with_verbs() -> str:
    return either_tone_place("|".join(row["words"] for row in table("deadlines")["actor_names"]))


@cache
def _verb() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{_verbs()})(?!\p{{L}})")


@cache
def _actor() -> regex.Pattern[str]:
    """An actor that is followed by its verb; group `actor` is the actor."""
    return regex.compile(
        rf"(?P<actor>(?:(?i:các|mỗi|từng|toàn\s+thể|những|quý)\s+|\d{{1,3}}\s+)?(?:{_heads()})(?![\p{{L}}])"
        rf"(?:\s+(?i:{_names_with_verbs()})(?!\p{{L}}))?+[^.;\n“”]{{0,{_LONGEST_ACTOR}}}?)(?<!\schưa)(?=(?P<comma>\s*[,:]?)\s+(?:(?:{_verbs()})(?!\p{{L}})|có\s*$))"
    )


@cache
def _named() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:(?i:các|mỗi|từng|toàn\s+thể|quý)\s+|\d{{1,3}}\s+)?(?:{_heads()})(?!\p{{L}})[^.;:\n]{{0,120}}"
    )


@cache
def _asked() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<!\p{L})(?:[Gg]iao(?:\s+nhiệm\s+vụ\s+cho|\s+cho)?|[Yy]êu\s+cầu|[Đđ]ề\s+nghị|[Pp]hân\s+công|[Cc]hỉ\s+đạo|[Nn]hắc"
        r"|[Tt]hông\s+báo\s+(?:đến|đền|tới|cho)|[Kk]ính\s+(?:đề\s+nghị|mong)|(?<=,\s)do|(?<=\s)do)\s*:?\s+(?:(?:các\s+)(?=các\s))?"
    )


_LEAD = regex.compile(
    r"[\s,:;)–-]{0,9}(?:(?:(?:căn\s+cứ|theo|trên\s+cơ\s+sở|sau\s+khi|cùng|tùy)\s[^,.;\n]{1,160},\s+){1,2}|(?:thì|và|các\s+(?=các\s))\s+)?"
)
_TOLD = regex.compile(r"(?<!\p{L})[Tt]hông\s+báo\s+(?:đến|đền|tới|cho)\s+")
_DONE_BY = regex.compile(r"(?<!\p{L})do\s+")
_ACRONYM_ITSELF = regex.compile(r"(?P<actor>[\p{Lu}&]{2,})(?=\s+tự\s)")
_CONJUNCTION = regex.compile(r"^(?:và|thì)\s+")
_TIMES_BEHIND = regex.compile(
    r",?\s+(?:(?:hằng|hàng|định\s+kỳ|mỗi)\s+(?:ngày|tuần|tháng|quý|năm|kỳ)(?!\p{L})"
    r"|(?:trong|trước|chậm\s+nhất)\s+(?:thời\s+hạn|vòng|ngày|tháng|quý|\d)).*$",
    regex.I | regex.S,
)
_NEAR = 60
_NO_COURSE = r"(?<!(?i:chu|quy|qui|quá|chương|công|lộ|(?<!nhà\s)giáo|tiến|lịch|hành|tờ|mô)\s)"  # `trình` in other words
_JOINED = "\x01"
_CLAUSE = regex.compile(r"(?:^|[,;:]\s+|(?<=\s)(?:và|thì|đồng\s+thời|sau\s+đó|để)\s+|\)\s+|[-+•]\s+)")
_ABOUT_ACTOR = regex.compile(r"^(?:Trách\s+nhiệm|Nhiệm\s+vụ)(?:,\s+(?:quyền\s+hạn|nhiệm\s+vụ))?\s+của\s+|^Đối\s+với\s+")
_APPOSITION = regex.compile(r"\s*\((?:[^()]{20,})\)\s*$")
_COOPERATES = regex.compile(r"(?:chủ\s+trì,?\s+)?phối\s+hợp(?:\s+chặt\s+chẽ)?(?:\s+(?:với|cùng))?\s+(?=\p{L})", regex.I)
_QUOTED = regex.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")
_LABEL = regex.compile(
    r"^\s*(?:[-+*•–]\s*)?(?:\(?[\p{L}\d.]{1,6}[.)]\s+)?(?:(?:Tối\s+thiểu|Ít\s+nhất|Riêng|Đối\s+với|Thời\s+hạn)\s+)?"
)


def actor_after(text: str) -> str | None:
    """The actor at the beginning of `text`, commas and conjunctions before it apart."""
    lead = _LEAD.match(text)
    found = _actor().match(text, lead.end() if lead else 0)
    return _clean(found["actor"]) if found else None


def doer_after(text: str) -> str | None:
    """The actor that `do …` names after the time words."""
    found = _DONE_BY.search(text, 0, _NEAR)
    if found is None:
        return None
    actor = _actor().match(text, found.end()) or _ACRONYM_ITSELF.match(text, found.end())
    return _clean(actor["actor"]) if actor else None


def actor_before(text: str) -> str | None:
    """The last actor with a verb in `text`, the words before the time; units one works together with do not count."""
    masked = _without_cooperation(text)
    best: tuple[int, str] | None = None
    for asked in _asked().finditer(masked):
        found = _actor().match(masked, asked.end())
        if found:
            best = (found.end("actor"), found["actor"])
    label = _LABEL.match(masked)
    starts = [label.end() if label else 0, *(clause.end() for clause in _CLAUSE.finditer(masked))]
    for start in reversed(starts):
        if best is not None and start < best[0]:
            break
        found = _actor().match(masked, start)
        goes_on = start != starts[0] and masked[start - 2 : start - 1] == ","
        listed = _ends_with_actor().search(masked, max(0, start - _LONGEST_PERSON), start)
        member = goes_on and (found is None or found["comma"] or listed)
        if found and not member and not _is_list_member(masked, start, starts):
            best = (start, found["actor"])
            break
    if best is not None and best[0] == starts[0] and text[: best[0]].rstrip().endswith("với"):
        return _clean(best[1].split(":", 1)[0])
    return _clean(best[1]) if best else None


@cache
def _ends_with_actor() -> regex.Pattern[str]:
    """`lập danh sách cán bộ, | giảng viên tham dự gửi`: a list of people goes on."""
    return regex.compile(
        r"(?<!\p{L})(?:cán\s+bộ|công\s+chức|viên\s+chức|giáo\s+viên|giảng\s+viên|học\s+sinh|sinh\s+viên|đảng\s+viên"
        r"|hội\s+viên|đoàn\s+viên),\s+$"
    )


def _without_cooperation(text: str) -> str:
    """`text` with the partners after `phối hợp với` blanked, up to their verb; actors of one verb are joined."""
    out = _QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), _joined_actors(text))
    verb = _verb()
    for match in _COOPERATES.finditer(text):
        stop = verb.search(text, match.end())
        end = stop.start() if stop else len(text)
        out = out[: match.end()] + "\0" * (end - match.end()) + out[end:]
    return out


def _joined_actors(text: str) -> str:
    """`text` with `_JOINED` for the `;` between actors of one verb: `Thủ trưởng các sở; Chủ tịch các xã báo cáo`."""
    begun = 0
    for mark in _another_actor().finditer(text) if ";" in text else ():
        asked = list(_asked().finditer(text, begun, mark.start()))
        start = asked[-1].end() if asked else max(begun, text.rfind(":", begun, mark.start()) + 1)
        first = _named().match(text, _start_of_words(text, start), mark.start())
        if first is not None and first.end() == mark.start() and _verb().search(text, start, mark.start()) is None:
            text = f"{text[: mark.start()]}{_JOINED}{text[mark.end() :]}"
        else:
            begun = mark.end()
    return text


def _start_of_words(text: str, start: int) -> int:
    label = _LABEL.match(text[start:])
    return start + (label.end() if label else 0)


@cache
def _another_actor() -> regex.Pattern[str]:
    return regex.compile(rf";(?=\s+(?:và\s+)?(?:(?i:các)\s+)?(?:{_heads()})(?!\p{{L}}))")


def _is_list_member(text: str, start: int, starts: list[int]) -> bool:
    """Whether the actor only goes on a list of actors (`… các phòng, đơn vị thực hiện`)."""
    before = max((s for s in starts if s < start), default=None)
    if before is None:
        return False
    clause = text[before:start]
    return _verb().search(clause) is None and _named().match(clause) is not None


def lone_actor(title: str) -> str | None:
    """The actor that a heading is (`1. Phòng Tài chính`), is about (`Trách nhiệm của Sở Y tế`) or begins with."""
    head = _APPOSITION.sub("", _ABOUT_ACTOR.sub("", title).split(":", 1)[0]).strip(_TRAILING)
    found = _named().fullmatch(_joined_actors(head.capitalize() if head.isupper() else head))
    if found is None or _verb().search(_name_with_verb().sub("", head)):
        return None
    return head


@cache
def _name_with_verb() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{_names_with_verbs()})(?!\p{{L}})", regex.I)


def told_actor(text: str) -> str | None:
    """Whom the last paragraphs let know (`thông báo đến các khoa để làm theo`)."""
    for told in _TOLD.finditer(text):
        found = _actor().match(text, told.end())
        if found:
            return _clean(found["actor"])
    return None


def asked_actor(text: str) -> str | None:
    """Whom a heading or a lead-in (`yêu cầu các đơn vị thực hiện … như sau:`) asks."""
    masked = _without_cooperation(text)
    best = None
    for asked in _asked().finditer(masked):
        shares_out = asked.group().lower().startswith("phân")
        found = None if shares_out else _actor().match(masked, asked.end())
        alone = None if shares_out or found else _named().match(masked, asked.end())
        if found:
            best = found["actor"]
        elif alone and masked[alone.end() :].strip() == ":":
            best = alone.group()
    return _clean(best) if best else None


@cache
def _receiver() -> regex.Pattern[str]:
    organ = either_tone_place("|".join(row["words"] for row in table("deadlines")["receivers"]))
    stop = "|".join(row["words"] for row in table("deadlines")["after_receiver"])
    name = rf"(?:\s+(?i:{_names_with_verbs()})(?!\p{{L}}))?+"
    return regex.compile(
        rf"(?<!\p{{L}})(?:"
        rf"(?:(?i:về|cho|đến|tới|lên)\s+)(?P<to>(?:{organ})(?!\p{{L}}){name}.{{0,140}}?)"
        rf"|(?i:báo\s+cáo(?:\s+(?:kết\s+quả|tiến\s+độ|tình\s+hình))?(?:\s+với)?|gửi|gởi|{_NO_COURSE}trình|nộp|tham\s+mưu)\s+(?:(?:về|cho|đến|tới|lên)\s+)?(?P<direct>(?:{organ})(?!\p{{L}}){name}.{{0,140}}?)"
        rf")(?=\s*(?:[.;:()|\n“”]|,(?!\s*(?:thành\s+phố|thị\s+xã|huyện|quận|xã|phường|tỉnh)(?!\p{{L}}))|$)|\s+(?:{stop})(?!\p{{L}}))"
    )


@cache
def _sends() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<!\p{L})(?:báo\s+cáo|gửi|gởi|nộp|"
        + _NO_COURSE
        + r"trình|chuyển|tổng\s+hợp|đăng\s+ký|cung\s+cấp|bàn\s+giao|phản\s+hồi|tham\s+mưu|thông\s+báo"
        r"|trả\s+lời)(?!\p{L})",
        regex.I,
    )


def receiver(before: str, after: str) -> str | None:
    """To whom it goes: the last receiver before the time words, else the first after them."""
    found = [match for match in _receiver().finditer(before) if _is_sent(before, match)]
    if found:
        return _clean(found[-1]["to"] or found[-1]["direct"])
    for match in _receiver().finditer(after):
        if _is_sent(f"{before} {after}", match, len(before) + 1):
            return _clean(match["to"] or match["direct"])
    return None


def _is_sent(text: str, match: regex.Match[str], shift: int = 0) -> bool:
    return match["direct"] is not None or _sends().search(text, 0, match.start() + shift) is not None


def _clean(actor: str) -> str | None:
    words = tidy(_TIMES_BEHIND.sub("", actor).replace("\0", " ").replace(_JOINED, ";")).strip(_TRAILING)
    label, colon, task = _CONJUNCTION.sub("", words).partition(":")
    if colon and _verb().match(task.strip().lower()):  # `Cấp xã: Tổ chức …`; `Các sở: Y tế, Tài chính` stays whole
        return label.strip(_TRAILING)
    whole = f"{label}{colon}{task}".removesuffix(" được")
    return None if whole.endswith(_CUT_SHORT) or _ABOUT_WHAT.search(whole) else whole or None
