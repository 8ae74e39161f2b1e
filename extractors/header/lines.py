"""The lines of a document's head and what each is: motto, number, date, type, stamp, addressee or other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import regex

from extractors.grammar import table
from extractors.text.letters import any_of, bare, is_upper
from extractors.text.lines import TextLine, text_lines

_NO_LETTERS = re.compile(r"[^a-z]+")
_HEAD_CHARACTERS = 8_000
_HEAD_LINES = 90
_LINES_OF_MOTTO = 6
_LONGEST_RIM = 24
_LONGEST_LINE_OF_MOTTO = 60

LineKind = Literal[
    "motto", "number", "date", "type", "about", "addressees", "stamp", "rule", "furniture", "basis", "capitals", "words"
]

_WORDS_OF_TEXT = ("văn bản", "đề nghị", "dự án", "công văn", "bộ luật", "hiến pháp")
_ANCHORS = ("motto", "number", "type", "about", "date")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of the head, its kind, and for a type title the name of the type.

    `blank_before` tells whether an empty line stands before it.
    """

    line: TextLine
    kind: LineKind
    doc_type: str | None
    blank_before: bool


def head_lines(text: str) -> list[HeadLine]:
    """The lines from the beginning of `text` that can belong to its head, classified."""
    found: list[HeadLine] = []
    last = -1
    anchored = False
    for line in _columns_apart(text, text_lines(text, 0, min(len(text), _HEAD_CHARACTERS))[:_HEAD_LINES]):
        if anchored and _body_start().match(line.text):
            break
        kind, doc_type = _kind(line.text, text[line.start : line.end])
        anchored = anchored or kind in _ANCHORS
        found.append(HeadLine(line, kind, doc_type, blank_before=line.number - last > 1))
        last = line.number
    return _about_without_mark(_organisation_on_the_right(_motto_whole(_without_stamps(found))))


def head_lines_of(text: str, start: int, end: int) -> list[HeadLine]:
    """The lines of a head that stands at [start, end) of `text`."""
    return [
        replace(head, line=head.line._replace(start=head.line.start + start, end=head.line.end + start))
        for head in head_lines(text[start:end])
    ]


def _organisation_on_the_right(lines: list[HeadLine]) -> list[HeadLine]:
    """An organisation's own name in the right column stands for the motto and issues nothing."""
    return [
        replace(head, kind="motto")
        if head.kind == "capitals" and head.line.side and is_organisation(head.line.text)
        else head
        for head in lines
    ]


def is_organisation(words: str) -> bool:
    """Whether a line is the name of an organisation that prints it in place of the motto."""
    return _toneless(words) in table("header")["organisation"]["words"]


@cache
def _body_start() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:Điều|ĐIỀU) \d{1,3}\s?[.:]|(?:Chương|CHƯƠNG) [IVX\d]|(?:I|1|A)\s?[.)]\s?\S|QUYẾT ĐỊNH\s?:|QUYẾT NGHỊ\s?:"
        r"|Nơi nhận"
    )


def _motto_whole(lines: list[HeadLine]) -> list[HeadLine]:
    """The lines over which a narrow column breaks the motto (`CỘNG` / `HÒA XÃ HỘI …` / `VIỆT NAM`) are all of it."""
    broken: set[int] = set()
    for at, head in enumerate(lines):
        words, taken = _toneless(head.line.text), [at]
        for below in range(at + 1, min(at + _LINES_OF_MOTTO, len(lines))):
            if not _begins_motto(words):
                break
            longer = f"{words} {_toneless(lines[below].line.text)}"
            if longer in _mottoes() or _begins_motto(longer):
                words, taken = longer, [*taken, below]
        if words in _mottoes():
            broken.update(taken)
    return [replace(head, kind="motto") if at in broken else head for at, head in enumerate(lines)]


def _about_without_mark(lines: list[HeadLine]) -> list[HeadLine]:
    """`Về …` right under the number is the summary of an official letter that lacks its `V/v`."""
    if any(head.kind in ("about", "type") for head in lines):
        return lines
    return [
        replace(head, kind="about") if before.kind == "number" and head.line.text.startswith("Về ") else head
        for before, head in zip([*lines[:1], *lines], lines, strict=False)
    ]


def _columns_apart(text: str, lines: list[TextLine]) -> Iterator[TextLine]:
    """Lines in which two parts of the head stand one blank apart (OCR, glued cells) become two."""
    for line in lines:
        start, side = line.start, line.side
        for found in _right_column().finditer(text, line.start, line.end):
            if text[start : found.start()].strip(" .,-–—_*|"):
                yield from _cut(text, line, start, found.start(), side)
                start, side = found.start(), side + 1
        if start == line.start:
            yield line
        else:
            yield from _cut(text, line, start, line.end, side)


def _cut(text: str, line: TextLine, start: int, end: int, side: int) -> Iterator[TextLine]:
    for part in text_lines(text, start, end):
        yield part._replace(number=line.number, indent=line.indent + part.start - line.start, side=side)


@cache
def _right_column() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<=\w)\W{0,6}(?:C[ỘO]NG H[OÒ][AÀ] X[ÃA] H[ỘO]I|Đ[ỘO]C L[ẬA]P|Độc [Ll]ập\s?[-–—~]"
        r"|Đ[ẢA]NG C[ỘO]NG S[ẢA]N VI[ỆE]T)"
        r"|(?<=\p{Lu}) {1,9}(?=Số\s?:)|(?<=[A-ZĐ&\d]) {1,9}(?=V/v\s)"
        r"|(?<=[A-ZĐ&\d])(?<!\bTP) {1,9}(?=(?:TP\.? ?|Tp\.? ?)?[A-ZĐ]\p{Ll}[^\d:;/\n,()]{1,30},\s?[Nn]g[àaảáạ]y)"
    )


def _kind(tidied: str, words: str) -> tuple[LineKind, str | None]:
    if _furniture().search(tidied):
        return "furniture", None
    if not any(c.isalnum() for c in tidied):
        return "rule", None
    if _is_motto(tidied):
        return "motto", None
    if number_word().match(words):
        return "number", None
    if _addressees().match(tidied):
        return "addressees", None
    if about_word().match(words):
        return "about", None
    if stamp_of(tidied) is not None:
        return "stamp", None
    doc_type = type_title(tidied) or _small_title(tidied)
    if doc_type is not None:
        return "type", doc_type
    if _basis().match(tidied):
        return "basis", None
    if len(tidied) < 90 and _date_line().search(tidied):
        return "date", None
    return ("capitals" if is_upper(tidied) and len(tidied) > 2 else "words"), None


def _without_stamps(lines: list[HeadLine]) -> list[HeadLine]:
    """Lines of an electronic stamp (`Ký bởi: …`, an e-mail address, a time) and the words round them are furniture."""
    stamped = [at for at, head in enumerate(lines) if head.kind == "furniture" and _electronic().search(head.line.text)]
    if not stamped:
        return lines
    motto = next((at for at, head in enumerate(lines) if head.kind == "motto"), len(lines))
    first, last = stamped[0], max((at for at in stamped if at < motto), default=stamped[0])
    out: list[HeadLine] = []
    for at, head in enumerate(lines):
        near = first - 2 <= at <= last + 1 and last < motto
        word_of_stamp = head.kind in ("capitals", "words") and near and not _is_issuer_start(lines, at, last)
        out.append(replace(head, kind="furniture") if word_of_stamp else head)
    return out


def _is_issuer_start(lines: list[HeadLine], at: int, last: int) -> bool:
    return at > last and begins_unit(lines[at].line.text)


def type_title(words: str) -> str | None:
    """The type of document that a line of capitals names (`KẾ HOẠCH`, `Q U Y Ế T  Đ Ị N H`), None if it is no title."""
    title = split_title(words)
    return title[0] if title and not title[1] else None


def _small_title(words: str) -> str | None:
    """The type that a line in small letters consists of (`Tờ trình`), as some typists set the title."""
    if not words[0].isupper() or _few_small_words().fullmatch(words) is None:
        return None
    name = words.lower()
    known = _type_names_joined().get(bare(name).replace(" ", ""))
    return known if known == name and name not in _WORDS_OF_TEXT else None


def split_title(words: str) -> tuple[str, str] | None:
    """The type a line of capitals begins with, and the words that go on with the subject on the same line."""
    if not is_upper(words):
        return None
    stripped = _title_rim().sub("", words)
    joined = bare(stripped).lower()
    letters = joined.replace(" ", "")
    whole = _type_names_joined().get(letters)
    if whole:
        return whole, ""
    found = _type_start().match(joined)
    if found is None:
        return None
    name = _type_names_joined()[found.group(1).replace(" ", "")]
    if bare(name).lower() != found.group(1) or name in ("luật", "lệnh", "văn bản", "đề nghị", "dự án", "công văn"):
        return None
    return name, stripped[found.end(1) :].strip()


def stamp_of(words: str) -> tuple[str, str] | None:
    """`("urgency", "hỏa tốc")` or the like when a line is a stamp, None otherwise."""
    capitals = is_upper(words)
    if not capitals and "th" not in words[:_LONGEST_RIM].lower():
        return None
    stripped = _title_rim().sub("", words)
    if not capitals and bare(stripped[:7]).lower() != "du thao":
        return None
    told = bare(stripped).lower()
    for field in ("urgency", "secrecy", "draft"):
        for word in table("header")[field]["words"]:
            plain = bare(word)
            if told == plain or (len(plain) > 5 and told.startswith(plain) and len(told) < len(plain) + 14):
                return field, "hỏa tốc" if plain.startswith("hoa toc") else word
    return None


def begins_unit(words: str) -> bool:
    """Whether a line of the head begins the name of a unit (and does not go on with the line above)."""
    lowered = words.lower().lstrip(" *-–—_.,;:")
    if any(lowered.startswith(other) for other in table("header")["not_units"]["begins"]):
        return False
    return _unit_start().match(lowered) is not None or _unit_start_bare().match(bare(lowered)) is not None


def _is_motto(words: str) -> bool:
    told = _toneless(words)
    if len(told) < 15:
        return False
    return any(told.startswith(motto) or _much_alike(told, motto) for motto in _mottoes())


def _begins_motto(told: str) -> bool:
    """Whether toneless words are the first of the motto, and not all of it."""
    return bool(told) and any(motto.startswith(f"{told} ") for motto in _mottoes())


def _mottoes() -> list[str]:
    mottoes: list[str] = table("header")["motto"]["words"]
    return mottoes


def _toneless(words: str) -> str:
    return _NO_LETTERS.sub(" ", bare(words).lower()).strip()


@cache
def _few_small_words() -> regex.Pattern[str]:
    return regex.compile(r"\p{Lu}\p{Ll}+(?: \p{Ll}+){1,2}")


def _much_alike(told: str, motto: str) -> bool:
    if abs(len(told) - len(motto)) > 6:
        return False
    words, wanted = told.split(), motto.split()
    return sum(word in words for word in wanted) >= max(5, len(wanted) - 2)


@cache
def number_word() -> regex.Pattern[str]:
    """`Số:` at the head of a line, as OCR may spell it, or `Luật số:`."""
    return regex.compile(
        r"[^\w\n]{0,4}(?:(?:Luật|Nghị quyết|Pháp lệnh|LUẬT|NGHỊ QUYẾT|PHÁP LỆNH|Lệnh)\s{1,3}(?=[Ss]ố\s?:"
        r"|[Ss]ố[^\n]{4,25}$))?"
        r"(?:S[ốôồổỗộơóoòỏõọö6]{1,2}|s[ốôó](?=\s?:)|SỐ)(?:\s{0,2}hiệu)?\s{0,3}(?:[:;.]|(?=\s{1,20}[\d/…-]))"
    )


@cache
def about_word() -> regex.Pattern[str]:
    """`V/v` or `Về việc` at the head of the summary of an official letter."""
    return regex.compile(
        r"[^\w\n]{0,4}(?:[Vv]\s?[/.]\s?[vVxXy]|VV)\s{0,3}[:.]?\s{0,3}(?=\S)|[^\w\n]{1,3}Về việc\s*:?\s*"
    )


@cache
def _addressees() -> regex.Pattern[str]:
    return regex.compile(r"[^\w\n]{0,3}[Kk][íiìỉ]nh\s{1,3}(?:g[ửưứừữởơđ]i|trình)|KÍNH GỬI")


@cache
def _date_line() -> regex.Pattern[str]:
    return regex.compile(r"(?i)\bng[àaảáạ]y.{0,14}?th[áaảàạ]ng.{0,12}?n[ăaâả]m|^[^\d:;]{2,40},\s*ng[àa]y\s")


@cache
def _basis() -> regex.Pattern[str]:
    return regex.compile(
        r"[-–+*]?\s?(?:Căn [cC][ứửưừ]|Xét |Theo đề nghị|Thực hiện (?:Công văn|Kế hoạch số|Nghị quyết số|Quyết định số"
        r"|Chỉ thị số|Văn bản số))"
    )


@cache
def _furniture() -> regex.Pattern[str]:
    return regex.compile(
        r"CÔNG BÁO\s?/|^\W*\d{1,4}\W*$|^Trang \d|^VĂN BẢN (?:QUY PHẠM PHÁP LUẬT|PHÁP LUẬT KHÁC)$|^PHẦN VĂN BẢN"
        r"|@[\w-]+\.|^\+?\d\d:\d\d"
        r"|\d{1,2}[./]\d{1,2}[./]\d{4} \d{1,2}:\d\d|(?i:^\W*(?:ký bởi|người ký|ký số|thời gian ký|ngày ký|cơ quan"
        r"|email|sao y)\s?[:;])"
        r"|(?i:công văn đến|^đến\s?(?:số|ngày)\s?:|^(?:số|ngày) đến)"
    )


@cache
def _electronic() -> regex.Pattern[str]:
    return regex.compile(r"@|\d:\d\d|(?i:ký bởi|người ký|thời gian ký|ngày ký|cơ quan\s?:|email)")


@cache
def _title_rim() -> regex.Pattern[str]:
    return regex.compile(r"^[^\w(]+|[^\w)]+$|(?<=\p{Lu})\d{1,2}$")


@cache
def _type_names_joined() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table("document_types")["type"]:
        for name in (row["name"], *_joint_names(row)):
            found.setdefault(bare(name).lower().replace(" ", ""), row["name"])
    return found


def _joint_names(row: dict[str, Any]) -> list[str]:
    """Older names of what several issue together (`thông tư liên bộ`); other variants are slips of the pen."""
    return [name for name in row.get("variants", ()) if " liên " in name]


@cache
def _type_start() -> regex.Pattern[str]:
    rows = table("document_types")["type"]
    names = any_of(bare(name).lower() for row in rows for name in (row["name"], *_joint_names(row)))
    return regex.compile(rf"({names})(?!\w)")


@cache
def _unit_start() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of(table('header')['units']['words'])})(?!\w)")


@cache
def _unit_start_bare() -> regex.Pattern[str]:
    """Unit words of two syllables or more, which OCR without tones leaves unmistakable."""
    return regex.compile(rf"(?:{any_of(bare(w) for w in table('header')['units']['words'] if ' ' in w)})(?!\w)")
