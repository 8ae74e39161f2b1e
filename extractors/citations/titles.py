"""How far the title (trích yếu) of a cited instrument goes: `về việc …` up to the `;`, the full stop or the next
mention, but not into the citing document's own words, and over a `;` inside quotation marks."""

from __future__ import annotations

import re
from functools import cache

from extractors.grammar import table
from extractors.text.letters import either_tone_place

_LONGEST = 600
_OPENING = 16
_GAP_TO_ASIDE = 90
_JOINING_WORDS = ("và", "hoặc", "theo", "các", "tại", "của", "cùng", "như", "với", "trong", "là")
_LOOSE_ENDS = (*",;:.*(", *_JOINING_WORDS)
_ASIDE = (
    r"(?:[ ]?\((?:[A-ZĐ][A-ZĐ&]{1,10}|[Kk]h(?:óa|oá)\s[^()\n]{1,12}"
    r"|(?:sau đây|gọi|viết|nay là|trước đây là)\s[^()\n]{1,60})\))?"
)


def title_start(flow: str, end: int) -> int | None:
    """Where the title begins behind a mention that ends at `end`, None if no title follows."""
    found = _opener().match(flow, end)
    if found is None:
        return None
    start = found.start("title")
    if ("," in flow[end:start] or flow[start] == "(") and not _subject().match(flow, start):
        return None
    return start


def title_in_next_cell(flow: str, start: int, end: int) -> int | None:
    """Where the title begins that stands in the table's cell behind that of a mention [start, end)."""
    if flow[start - 1 : start] != "\n" or "\n" not in flow[start:end]:
        return None
    cell = _next_cell().match(flow, end)
    return cell.end() if cell is not None and _opener().match(flow, cell.end()) else None


@cache
def _next_cell() -> re.Pattern[str]:
    return re.compile(r"[ ]{0,4}\n[ ]{0,4}(?=[A-ZĐ])")


def title_doubt(flow: str, start: int, end: int) -> float:
    """How doubtful the end of the title [start, end) is: cut by length, at a semicolon that a list goes on behind, at a
    line's end without a mark, or with a bracket or quotation open."""
    title = flow[start:end]
    if end - start >= _LONGEST or title.count("(") != title.count(")") or title.count("“") != title.count("”"):
        return 0.15
    if _goes_on_behind().match(flow, end):
        return 0.12
    return (
        0.12
        if flow[end : end + 1] == "\n" and (title[-1:].isalnum() and not _paragraph_follows().match(flow, end))
        else 0.0
    )


@cache
def _goes_on_behind() -> re.Pattern[str]:
    stops = r"(?:và|theo|căn cứ|xét|thực hiện|các|khoản|điểm|nghị|thông|quyết|luật|đồng thời|trong đó|được|để)(?!\w)"
    return re.compile(rf";[ ]{{1,3}}(?!{stops})[a-zđà-ỹ]")


@cache
def _paragraph_follows() -> re.Pattern[str]:
    """What begins a paragraph for certain: an item, a basis, the end."""
    return re.compile(
        r"\s*(?:$|[-+•*–]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]{1,2}\)|[IVX]{1,5}\.|Căn cứ|Điều|Chương|Mục|Theo|Xét"
        r"|Thực hiện|[“\"])"
    )


def aside_after(flow: str, end: int) -> tuple[int, int] | None:
    """The bracket behind a mention that ends at `end` when it tells what the instrument does: `(sửa đổi Điều 2 …)`."""
    found = _opener().match(flow, end) if "(" in flow[end : end + _GAP_TO_ASIDE] else None
    if found is None or flow[found.start("title")] != "(":
        return None
    start = found.start("title")
    close = flow.find(")", start, start + _LONGEST)
    return (start, close) if close >= 0 else None


def title_limit(flow: str, start: int) -> int:
    """The furthest the title that begins at `start` can go: to the end of its sentence or list item."""
    depth = 0
    quoted = starred = False
    opening = -1
    for mark in _mark().finditer(flow, start, min(len(flow), start + _LONGEST)):
        sign = mark.group()
        if sign == "\n":
            return mark.start()
        if sign == "*":
            starred = not starred
        elif sign in '“”"':
            quoted = sign == "“" or (sign == '"' and not quoted)
            named = mark.start() - start < _OPENING or flow[max(0, mark.start() - 9) : mark.start()].endswith(
                ("về ", "về việc ")
            )
            opening = mark.start() if quoted and named else opening
            behind = flow[mark.end() : mark.end() + 2]
            if not quoted and opening >= 0 and (behind[:1] == "," or behind == " ("):
                return mark.end()
        elif sign == "(":
            depth += 1
        elif sign == ")":
            if not depth:
                return mark.start()
            depth -= 1
        elif not quoted and not depth and not starred:
            return mark.start()
    return min(len(flow), start + _LONGEST)


def own_words(flow: str, start: int, end: int) -> int:
    """Where the citing document's own words begin in the stretch [start, end) after a title's beginning."""
    for found in _own_words().finditer(flow, start, end):
        if not found["unit"] or _acts().match(flow, found.end()):
            return found.start()
    return end


def trimmed(flow: str, start: int, end: int) -> str | None:
    """The title as shown: one blank for several, without marks and joining words at its end."""
    text = " ".join(flow[start:end].split())
    if text.endswith(_LOOSE_ENDS):
        text = _tail().sub("", text)
    return text or None


@cache
def _opener() -> re.Pattern[str]:
    words = sorted(table("title_openers")["openers"]["words"], key=len, reverse=True)
    forms = "|".join(re.escape(word).replace(r"\ ", r"\s{1,4}") for word in words)
    return re.compile(
        rf"{_ASIDE}[ ]{{0,4}}[,:–-]?[ ]{{0,4}}(?P<title>[“\"*(]{{0,2}}(?:{forms})(?!\w)|[“\"](?=[^\W\d_]))",
        re.IGNORECASE,
    )


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(r"[“\"*(]{0,2}(?:về|v/v|ban hành|quy định)(?!\w)", re.IGNORECASE)


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(r"[\n“”\"()*]|;|\./\.|\.(?=[\s”\"]|$)(?<!TP\.)(?<!\bTS\.)|:(?=\s*[“\"\n-])")


@cache
def _own_words() -> re.Pattern[str]:
    words = table("title_openers")["own_words"]
    units, after_comma, anywhere = (
        "|".join(word.replace(" ", r"\s{1,4}") for word in words[place])
        for place in ("units", "after_comma", "anywhere")
    )
    return re.compile(
        either_tone_place(
            rf",\s{{1,3}}(?=(?:(?P<unit>{units})|{after_comma})(?!\w))|(?:,\s{{0,3}}|\s)(?:{anywhere})(?!\w)"
        )
    )


@cache
def _acts() -> re.Pattern[str]:
    """What a unit does before its clause ends; without a verb it is a member of a list in the title."""
    verbs = "|".join(word.replace(" ", r"\s{1,4}") for word in table("title_openers")["own_words"]["acts"])
    return re.compile(rf"[^,;.:\n]{{1,120}}?\s(?:{verbs})(?!\w)")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:\s*[,;:.*(]|\s+(?:{'|'.join(_JOINING_WORDS)}))+$")
