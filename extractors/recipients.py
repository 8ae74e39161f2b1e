"""To whom a document goes: Kính gửi, Nơi nhận and Lưu, one record a unit.

Lists are read line by line. In text without its layout the signature stands between the items; titles, names and what
a seal left behind are passed over. An item that names several units, a group with its members and officers who share
one office are parted; collectives are kept whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

import regex

from extractors.context import Context, Found
from extractors.grammar import table
from extractors.names.person_names import read_name
from extractors.names.positions import read_title
from extractors.reading import Reading
from extractors.records import Recipient, RecipientRole
from extractors.text.letters import is_upper
from extractors.text.lines import TextLine, lines_beside_lists

_LONGEST_LIST = 90
_LONGEST_ITEM = 600
_LONGEST_LINE = 90
_LONGEST_CLOSED = 120
_OPEN_FORMS = frozenset("PMB")  # first letters of what `_begins_forms` and `_begins_articles` match
_OPEN_ARTICLES = frozenset("ĐC")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of an item, blanks tidied; `offsets` tells for each character where it stands in the text."""

    text: str
    offsets: tuple[int, ...]

    def cut(self, start: int, end: int) -> _Piece:
        while start < end and self.text[start] in " ;,.:":
            start += 1
        while end > start and self.text[end - 1] in " ;,:":
            end -= 1
        if self.text[start:end].endswith(".") and not _ends_with_initials().search(self.text[start:end]):
            end -= 1
        return _Piece(self.text[start:end], self.offsets[start:end])

    def __add__(self, other: _Piece) -> _Piece:
        if not self.text:
            return other
        return _Piece(f"{self.text} {other.text}", (*self.offsets, other.offsets[0] - 1, *other.offsets))


def find_recipients(reading: Reading, context: Context | None = None) -> Found[Recipient]:
    """Every addressee, every recipient of a copy and every file, in reading order.

    Annexes are left out: the forms there have lists of their own that say nothing of this document.
    """
    annexes = [z for z in (context.sections if context else ()) if z.level == 0 and z.zone == "appendix"]
    lines = list(lines_beside_lists(reading.text))
    for annex in reversed(annexes):
        del lines[_first_from(lines, annex.start) : _first_from(lines, annex.end)]
    rows = [row for role, item in _items(reading.text, lines) for row in _rows(item, role)]
    rows.sort(key=lambda row: (row.start, row.end))
    return Found(tuple(_numbered(_without_repeats(rows))))


def _first_from(lines: list[TextLine], start: int) -> int:
    """The index of the first line that begins at `start` or behind it."""
    return bisect_left(lines, start, key=attrgetter("start"))


def _without_repeats(rows: list[Recipient]) -> Iterator[Recipient]:
    seen: set[tuple[int, str]] = set()
    for row in rows:
        if (row.start, row.name) not in seen:
            seen.add((row.start, row.name))
            yield row


def _numbered(rows: Iterable[Recipient]) -> Iterator[Recipient]:
    for ordinal, row in enumerate(rows, 1):
        yield Recipient(
            ordinal, row.role, row.name, row.purpose, row.refers_to_addressees, row.start, row.end, row.confidence
        )


# --- where the lists stand -------------------------------------------------------------------------------------------


def _items(text: str, lines: list[TextLine]) -> Iterator[tuple[RecipientRole, _Piece]]:
    addressed = False
    for at, line in enumerate(lines):
        first = line.text[0]
        if first in _OPEN_FORMS and _begins_forms().match(line.text):
            return
        addressed = addressed or (first in _OPEN_ARTICLES and _begins_articles().match(line.text) is not None)
        if not addressed:
            found = _addressed().match(text, line.start, line.end)
            if found and (found.end() == line.end or text[found.end() : line.end].strip(" .…_")):
                addressed = True
                for item in _addressees(text, lines, at, found.end()):
                    yield "kính gửi", item
                continue
        found = _distributed().match(text, line.start, line.end) if _may_distribute(line.text) else None
        if found and (found.end() == line.end or found.group(1) or found.group(2) or text[found.end()].isupper()):
            for item in _distribution(text, lines, at, found.end()):
                yield "nơi nhận", item


def _may_distribute(line: str) -> bool:
    """A cheap look before `_distributed`."""
    begin = line[:16].lower()
    return "nh" in begin or " g" in begin


def _addressees(text: str, lines: list[TextLine], at: int, after: int) -> Iterator[_Piece]:
    """The items from the heading `Kính gửi` to where the body begins."""
    line = lines[at]
    item = _piece(text, after, line.end)
    alone = not item.text
    listed = not alone and _dash().match(item.text) is not None
    for line in lines[at + 1 : at + _LONGEST_LIST]:
        words = text[line.start : line.end]
        dashed = _dash().match(words)
        closed = item.text.endswith((".", ";"))
        if _begins_body().match(words):
            break
        if not item.text and not dashed:
            item = _piece(text, line.start, line.end)
        elif dashed and (listed or not item.text):
            yield item
            item, listed = _piece(text, line.start, line.end), True
        elif item.text.endswith(".") or dashed:
            break
        elif _is_next_addressee(item.text, words, alone=alone):
            yield item
            item = _piece(text, line.start, line.end)
        elif not closed and (words[0].islower() or item.text.endswith(",")) and len(item.text) < _LONGEST_ITEM:
            item += _piece(text, line.start, line.end)
        else:
            break
    yield item


def _is_next_addressee(item: str, words: str, *, alone: bool) -> bool:
    """Whether a line without a dash is one more addressee; `alone` tells that the heading has a line of its own."""
    if item.endswith(";"):
        return len(words) < _LONGEST_CLOSED and words.endswith((";", "."))
    named = alone and len(words) < _LONGEST_LINE and not words.endswith((".", ",", ":"))
    return named and _addressee().match(words) is not None


def _distribution(text: str, lines: list[TextLine], at: int, after: int) -> Iterator[_Piece]:
    """The items of one list, from the heading `Nơi nhận` to the file (`Lưu`) that closes it."""
    heading = lines[at]
    item = _piece(text, after, heading.end)
    filed = False
    for line in lines[at + 1 : at + _LONGEST_LIST]:
        words = text[line.start : line.end]
        dashed = _dash().match(words) or _file_word().match(words)
        if _beside_heading(line, heading) or (not dashed and _of_signature(words)):
            continue
        if _distributed().match(words) or _begins_annex().match(words):
            break
        if dashed:
            yield item
            if filed and not _file_word().search(words):
                return
            item = _piece(text, line.start, line.end)
            filed = filed or _file_word().search(words) is not None
        elif not item.text and words.endswith((";", ".")) and len(words) < 90:
            item = _piece(text, line.start, line.end)
        elif _continues(item.text, words):
            item += _piece(text, line.start, line.end)
        elif filed and len(words) > 25:
            break
        elif item.text.endswith(";") and words.endswith((";", ".")) and len(words) < 90 and not filed:
            yield item
            item = _piece(text, line.start, line.end)
    yield item


def _beside_heading(line: TextLine, heading: TextLine) -> bool:
    return line.side > heading.side or line.indent > heading.indent + 45


def _of_signature(words: str) -> bool:
    if words.endswith((";", ",")):
        return False
    title = read_title(words)
    if title is not None and (title.authority or is_upper(words)):
        return True
    return read_name(words) is not None or _signed().match(words) is not None


def _continues(item: str, words: str) -> bool:
    """Whether a line without a dash goes on with the item above it."""
    if not item or item.endswith((";", ".")) or len(item) > _LONGEST_ITEM:
        return False
    if not _worded().fullmatch(words):
        return False
    if item.endswith((",", ":", "-", "–", " và")) or item.count("(") > item.count(")"):
        return True
    return words.endswith((";", ".", ",")) or words[0].islower() or words[0] == "("


def _piece(text: str, start: int, end: int) -> _Piece:
    offsets: list[int] = []
    chars: list[str] = []
    for offset in range(start, end):
        char = text[offset]
        if char.isspace():
            if chars and chars[-1] != " ":
                chars.append(" ")
                offsets.append(offset)
        else:
            chars.append(char)
            offsets.append(offset)
    if chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    return _Piece("".join(chars), tuple(offsets))


# --- what an item says -----------------------------------------------------------------------------------------------


def _rows(item: _Piece, role: RecipientRole) -> Iterator[Recipient]:
    marked = _parted_at_marks(item, ";")
    shared = _purpose_of_all(marked)
    files = False
    for at, marked_off in enumerate(marked):
        whole = marked_off.cut(0, len(marked_off.text))
        dash = _dash().match(whole.text)
        part = whole.cut(dash.end() if dash else 0, len(whole.text))
        if not _has_words().search(part.text) or _placeholder().search(part.text):
            continue
        if files and _file_mark().fullmatch(part.text):
            yield from _files(part)
            continue
        if at and at == len(marked) - 1 and dash is None and not _heads().match(part.text) and _is_noise(part.text):
            continue
        filed = _filed().match(part.text)
        if filed and role == "nơi nhận":
            yield from _files(part.cut(filed.end(), len(part.text)))
            files = True
            continue
        body, purpose = _purpose(part)
        purpose = purpose or shared
        if not body.text:
            continue
        for name, piece in _members(body, role):
            yield _with_own_purpose(role, name, piece) if purpose is None else _row(role, name, purpose, piece)


def _purpose_of_all(marked: list[_Piece]) -> str | None:
    """The purpose that stands alone behind the mark of an item (`- Phòng GD&ĐT; (b/c)`); it goes for the item."""
    if len(marked) < 2:
        return None
    body, purpose = _purpose(marked[-1].cut(0, len(marked[-1].text)))
    return purpose if not body.text else None


def _with_own_purpose(role: RecipientRole, name: str, piece: _Piece) -> Recipient:
    """A member of an item that has a purpose of its own in brackets (`- GĐ (b/c), PGĐ phụ trách;`)."""
    bracket = _last_bracket().search(name)
    shown, purpose = _purpose(piece)
    if bracket is None or purpose is None or not shown.text:
        return _row(role, name, None, piece)
    return _row(role, name[: bracket.start()].rstrip(), purpose, shown)


def _is_noise(words: str) -> bool:
    """Whether what stands behind the closing mark of an item is a scrap of the seal or the signature."""
    if _signed().match(words) or _filed().match(words):
        return _signed().match(words) is not None
    return _worded().fullmatch(words) is None or len(words) < 12


def _row(role: RecipientRole, name: str, purpose: str | None, piece: _Piece) -> Recipient:
    name = regex.sub(r"^Như Đi[eêếềểễệ]u(?= \d)", "Như Điều", _misread_portal().sub("Cổng", name))
    refers = role == "nơi nhận" and _refers().match(name.lower()) is not None
    confidence = 0.95 if _worded().fullmatch(name) else 0.6
    return Recipient(0, role, name, purpose, refers, piece.offsets[0], piece.offsets[-1] + 1, confidence)


def _files(piece: _Piece) -> Iterator[Recipient]:
    for several in _parted_at_marks(piece, ","):
        part = several.cut(0, len(several.text))
        if _has_words().search(part.text) and not _placeholder().search(part.text):
            yield _row("lưu", part.text, None, part)


def _purpose(piece: _Piece) -> tuple[_Piece, str | None]:
    """The item without its purpose, and the purpose as written: in brackets at its end, after it, or in front."""
    text = piece.text
    bracket = _last_bracket().search(text)
    if bracket and _purpose_words().match(bracket.group(1).lower()):
        purpose = regex.sub(r"^đề(?= )", "để", bracket.group(1).strip(" .;,")).replace("b/o", "b/c")
        return piece.cut(0, bracket.start()), purpose
    after = _purpose_after().search(text)
    if after:
        return piece.cut(0, after.start()), after.group(1).strip(" .;,")
    front = _purpose_in_front().match(text)
    if front:
        return piece.cut(front.end(), len(text)), front.group(1).strip()
    return piece, None


def _members(piece: _Piece, role: RecipientRole) -> Iterator[tuple[str, _Piece]]:
    group = _group().match(piece.text)
    if group:
        yield from _of_group(piece, group)
        return
    parts = _units(piece, role)
    office = _shared_office(parts)
    standing = _standing_of_both().match(piece.text)
    for at, part in enumerate(parts):
        name = part.text if not office or at == len(parts) - 1 else f"{part.text} {office}"
        yield (f"{standing.group(1)} {name}" if standing and part.text.startswith("HĐND") else name), part


def _of_group(piece: _Piece, group: regex.Match[str]) -> Iterator[tuple[str, _Piece]]:
    head = " ".join(group.group(1).split())
    prefix = _groups().get(head.lower())
    always = prefix is not None and bool(table("recipients")["groups"][prefix].get("always"))
    listed = piece.cut(group.end(), len(piece.text))
    parts = _units(listed, "nơi nhận") if prefix is None else _parted_at_commas(listed)
    members = [part.cut(0, len(part.text)) for part in parts]
    for member in members:
        if not member.text:
            continue
        if prefix is None and _spelt_out().match(head):
            name = member.text
        elif prefix is None:
            name = f"{head}: {member.text}"
        elif not always and _heads().match(member.text):
            name = member.text
        else:
            shown = prefix[0].upper() + prefix[1:]
            name = f"{shown} {member.text}"
        yield name, member


def _units(piece: _Piece, role: RecipientRole) -> list[_Piece]:
    parts: list[_Piece] = []
    for part in _parted_at_commas(piece):
        if parts and _belong_together(parts[-1].text, part.text, role):
            start = piece.offsets.index(parts[-1].offsets[0])
            end = piece.offsets.index(part.offsets[-1]) + 1
            parts[-1] = piece.cut(start, end)
        else:
            parts.append(part)
    return [one for part in parts for one in _parted_at_and(part) if one.text]


def _belong_together(left: str, right: str, role: RecipientRole) -> bool:
    """Whether the comma between the two stands inside one recipient."""
    if _person().match(left) and (
        _title_start().match(right) or (role == "kính gửi" and _title_start().match(left) and len(left.split()) > 3)
    ):
        return True
    named = _person().match(left)
    if named and not _person().match(right) and read_name(left[named.end() :]) is not None:
        return True
    if role == "kính gửi" and _title_start().match(left) and _title_start().match(right) and _with_office().match(left):
        return True
    if _collective_start().match(right.lower()):
        return right[0].islower() or _collective_end().search(left.lower()) is not None
    return right[0].islower() and not right.lower().startswith(
        ("các ", "cac ", "lãnh đạo", "công đoàn", "đoàn ", "chi đoàn", "đ/c")
    )


def _shared_office(parts: list[_Piece]) -> str | None:
    """The office of `CT, PCT UBND tỉnh` that is printed with the last officer alone."""
    if len(parts) < 2 or not all(_bare_title().fullmatch(part.text) for part in parts[:-1]):
        return None
    last = _title_start().match(parts[-1].text)
    office = parts[-1].text[last.end() :].strip() if last else ""
    return office if _office().match(office) else None


def _parted_at_and(piece: _Piece) -> list[_Piece]:
    found = _and_others().search(piece.text)
    if found is None or _governs_both().match(piece.text):
        return [piece]
    return [piece.cut(0, found.start()), piece.cut(found.start(1), len(piece.text))]


def _parted_at_commas(piece: _Piece) -> list[_Piece]:
    shielded = [(m.start(), m.end()) for m in _composites().finditer(piece.text)]
    return [
        part.cut(0, len(part.text))
        for part in _parted_at_marks(piece, ",", shielded)
        if part.cut(0, len(part.text)).text
    ]


def _parted_at_marks(piece: _Piece, mark: str, shielded: list[tuple[int, int]] | None = None) -> list[_Piece]:
    """Part `piece` at every `mark` outside brackets and quotation marks; `;` parts files at commas too."""
    parts: list[_Piece] = []
    depth = 0
    begun = 0
    for at, char in enumerate(piece.text):
        if char in "([“":
            depth += 1
        elif char in ")]”":
            depth = max(0, depth - 1)
        elif char == mark and depth == 0 and not any(s <= at < e for s, e in shielded or ()):
            parts.append(_Piece(piece.text[begun:at], piece.offsets[begun:at]))
            begun = at + 1
    parts.append(_Piece(piece.text[begun:], piece.offsets[begun:]))
    return [part for part in parts if part.text.strip()]


# --- the words of the grammar ----------------------------------------------------------------------------------------


def _any_of(words: Iterable[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(set(words), key=len, reverse=True))


@cache
def _addressed() -> regex.Pattern[str]:
    return regex.compile(
        r"[^\w\n]{0,3}[Kk][íiìỉ]nh\s{1,3}(?:g[ửưứừữởơđ]i|trình)(?!\s+(?:đề nghị|\p{Ll}{2,}\s))\s{0,3}[:;.]?"
        r"|KÍNH\s{1,3}GỬI\s{0,3}:?"
        r"|[^\n:]{0,160}[Kk]ính\s{1,3}mời\s{0,3}:"
        r"|(?i:thủ tướng|chủ tịch|bộ trưởng|giám đốc|ủy ban|ban|ubnd|trưởng ban)[^\n:;.]{0,90}\s(?:điện|ĐIỆN)\s?:"
        r"|(?:ĐIỆN|Điện)\s?:(?=\s{0,9}(?:$|-))"
    )


@cache
def _addressee() -> regex.Pattern[str]:
    return regex.compile(rf"(?:Các |Thủ trưởng |{_titles()} |{_any_of(table('recipients')['heads']['words'])} )")


@cache
def _distributed() -> regex.Pattern[str]:
    return regex.compile(
        r"[^\w\n]{0,3}(?:(?i:n[ơo]i)\s{1,3}(?i:nh[ậâạăaẩầ]n)(?:\s?\([^)\n]{1,30}\))?\s{0,3}([:;.])?"
        r"|[^\W\d]{2,4} nh[ậâạăẩầ]n\s?:|N[ơo]i g[ửư]i\s{0,3}([:;.]))\s{0,3}(?!\p{Ll})"
    )


@cache
def _dash() -> regex.Pattern[str]:
    return regex.compile(r"[-–~—•+*·▪]{1,2}\s{0,3}\.?\s{0,3}(?=[^\W_])|[.,_]\s{1,3}(?=\p{Lu})")


_KEPT_BY = r"(?:tại|hồ sơ|văn thư|văn phòng|chi bộ|đảng ủy|đảng uỷ|công đoàn|trường|tổ|bộ phận)\b"


@cache
def _file_word() -> regex.Pattern[str]:
    return regex.compile(rf"(?:[-–~—•+*.,]\s{{0,3}})?[Ll][ưu]u(?=\s{{0,2}}[:;.]|\s{{1,2}}\p{{Lu}}|\s+{_KEPT_BY})")


@cache
def _filed() -> regex.Pattern[str]:
    return regex.compile(rf"[Ll][ưu]u(?:\s+tại)?(?=\s{{0,2}}[:;.,]|\s{{1,2}}\p{{Lu}}|\s+{_KEPT_BY})\s{{0,2}}[:;.,]?\s*")


@cache
def _file_mark() -> regex.Pattern[str]:
    return regex.compile(r"\p{Lu}[\p{Lu}\d.&-]{0,8}(?:\s?\([^()]{1,20}\))?")


@cache
def _begins_body() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:Căn cứ|Thực hiện|Theo |Xét|Ngày \d|Điều \d|[IVX]{1,4}\.|\d{1,2}\.|Để |Nhằm|Vừa qua|Trong |Tiếp theo"
        r"|Phúc đáp|Nơi nh|(?:[TtĐđ][ớế]i )?[Dd]ự |(?:Thời gian|Địa điểm|Chủ trì|Nội dung)\s?[:(])"
    )


@cache
def _begins_articles() -> regex.Pattern[str]:
    return regex.compile(r"(?:Điều|ĐIỀU) 1\s?[.:]|(?:Chương|CHƯƠNG) I(?!\w)")


@cache
def _begins_forms() -> regex.Pattern[str]:
    return regex.compile(r"PHỤ LỤC(?!\w)|M[ẫẪ][uU] [sS][ốỐ](?!\w)|BIỂU MẪU|Phụ lục (?:[IVX]{1,5}|\d{1,2}|số \d{1,2})$")


@cache
def _placeholder() -> regex.Pattern[str]:
    """Dots and bracketed figures that a form leaves to be filled in."""
    return regex.compile(r"\.{3}|…|^\(\d{1,2}[a-z]?\)$")


@cache
def _begins_annex() -> regex.Pattern[str]:
    return regex.compile(r"(?:PHỤ LỤC|Phụ lục|CỘNG H[OÒ][AÀ]|ĐẢNG CỘNG SẢN|DANH SÁCH|BIỂU MẪU|Điều \d|Chương [IVX])")


@cache
def _signed() -> regex.Pattern[str]:
    return regex.compile(r"\(?\s?(?:[Đđ]ã ký|[Kk]ý (?:tên|bởi|số)|Người ký|Ký,)")


@cache
def _worded() -> regex.Pattern[str]:
    return regex.compile(r"[\w\s,;.:()&/“”\"'’+–-]+")


@cache
def _has_words() -> regex.Pattern[str]:
    return regex.compile(r"[^\W\d_]")


@cache
def _ends_with_initials() -> regex.Pattern[str]:
    return regex.compile(r"(?:^|[\s(.])[A-ZĐ]\.[A-ZĐ]\.$")


@cache
def _refers() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_any_of(table('recipients')['refers']['begins'])})")


@cache
def _misread_portal() -> regex.Pattern[str]:
    """`Cổng` before the words for a web portal; OCR reads other words that make no sense there."""
    return regex.compile(r"C[ôồốộo]ng(?= (?:TTĐT|[Tt]hông tin điện tử))")


@cache
def _last_bracket() -> regex.Pattern[str]:
    return regex.compile(r"\s?[(\[]([^()\[\]]{1,120})[)\]]?\s{0,2}[.;,]?$")


@cache
def _purpose_words() -> regex.Pattern[str]:
    return regex.compile(rf"\s{{0,2}}(?:{_any_of(table('recipients')['purpose']['begins'])})(?!\w)")


@cache
def _purpose_after() -> regex.Pattern[str]:
    return regex.compile(
        r"\s{0,2}[,:–-]?\s((?:để|thay) (?:b/c|t/h|báo cáo|thực hiện|biết|phối hợp|theo dõi|chỉ đạo|thi hành|đăng"
        r"|triển khai)[^,;()]{0,60})$"
    )


@cache
def _purpose_in_front() -> regex.Pattern[str]:
    return regex.compile(
        r"((?:[Đđ]ể|[Tt]hay) (?:b/c|t/h|báo cáo|thực hiện|biết|phối hợp|theo dõi|chỉ đạo|thi hành)[^,;:()]{0,40}):\s*"
    )


@cache
def _group() -> regex.Pattern[str]:
    known = _any_of(_groups())
    return regex.compile(
        rf"((?i:{known})(?: tỉnh| thành phố| huyện)?|[A-ZĐ][\w.&-]{{1,12}}(?: [\w.&]{{1,12}}){{0,6}}"
        rf"|Các [^,;:()]{{2,40}})\s?:\s?(?=\S)"
    )


@cache
def _groups() -> dict[str, str]:
    return {word: name for name, row in table("recipients")["groups"].items() for word in row["words"]}


@cache
def _spelt_out() -> regex.Pattern[str]:
    return regex.compile(r"(?i)các\s")


@cache
def _heads() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:{_any_of(table('recipients')['heads']['words'])})(?!\w)(?! (?:học|chức|chống|môn|cáo|nhập)(?!\w))"
    )


@cache
def _collective_words() -> str:
    return _any_of(table("recipients")["collectives"]["words"])


@cache
def _collective_start() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:{_collective_words()})(?:(?: và)? (?:{_collective_words()}))?(?!\w)(?! [^\W\d_]{{1,12}} và)"
    )


@cache
def _collective_end() -> regex.Pattern[str]:
    return regex.compile(rf"(?:^|các |, |và |cơ quan )(?:{_collective_words()})$")


@cache
def _titles() -> str:
    return _any_of(table("recipients")["titles"]["words"])


@cache
def _title_start() -> regex.Pattern[str]:
    return regex.compile(rf"(?:[Cc][áa]c )?(?:{_titles()})(?!\w)")


@cache
def _bare_title() -> regex.Pattern[str]:
    return regex.compile(rf"(?:[Cc][áa]c )?(?:{_titles()})(?: [Tt]hường trực)?")


@cache
def _with_office() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_titles()})(?: \S+){{2,}}")


@cache
def _person() -> regex.Pattern[str]:
    return regex.compile(r"(?:Ông|Bà|Đồng chí|Đ/c|đồng chí)\s")


@cache
def _office() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|UBMTTQ|MTTQ|[Tt]ỉnh|[Hh]uyện|[Tt]hành|[Qq]uận|[Tt]hị|[Xx]ã|[Pp]hường"
        r"|Đảng|Sở|Bộ|Ban|Cục|Vụ|Chi cục|Hội"
        r"|Liên|Phòng|Trường|Trung tâm|Viện|Công ty|Học viện|Văn phòng|VP|Khoa|TU|HU|TP|Tổng|Quốc hội|Chính phủ|nước"
        r"|Nước|Đoàn|Công đoàn)(?!\w)"
    )


@cache
def _standing_of_both() -> regex.Pattern[str]:
    """`TT. Tỉnh ủy, HĐND tỉnh`: the standing committees of both."""
    return regex.compile(
        r"(TT\.?|Thường trực)\s?(?:[TH]U|(?:Tỉnh|Huyện|Thành|Thị|Quận|Đảng) [ủu][ỷy])[^,;]{0,30}, (?=HĐND)"
    )


@cache
def _and_others() -> regex.Pattern[str]:
    return regex.compile(
        r"\s(?:và|&)\s(các (?:đoàn thể|sở|ban|tổ chức|hội|phòng|cơ quan|đơn vị|huyện|xã|trường|ngành)\b)"
    )


@cache
def _governs_both() -> regex.Pattern[str]:
    return regex.compile(
        r"(?i)(?:các |BQL|Ban Quản lý|VP|Văn phòng|Lãnh đạo|Ban Chỉ đạo|Thủ trưởng|Trưởng|Giám đốc|Chủ tịch"
        r"|Hiệu trưởng|Sở|Phòng)(?!\w)"
    )


@cache
def _composites() -> regex.Pattern[str]:
    return regex.compile(_any_of(table("recipients")["composites"]["names"]))
