"""What an item of a list says: its recipients one by one, their purpose, and the files.

An item that names several units, a group with its members and officers who share one office are parted; collectives
are kept whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extractors.grammar import table
from extractors.names.person_names import read_name
from extractors.names.places import find_place
from extractors.recipients.marks import dash, file_mark, filed_word, has_words, heads, signed, titles, worded
from extractors.recipients.pieces import Piece, parted_at_commas, parted_at_marks
from extractors.records import Recipient, RecipientRole
from extractors.text.letters import any_of


def rows_of(item: Piece, role: RecipientRole) -> Iterator[Recipient]:
    """The recipients that one item of a list names."""
    marked = parted_at_marks(item, ";")
    shared = _purpose_of_all(marked)
    files = False
    for at, marked_off in enumerate(marked):
        whole = marked_off.cut(0, len(marked_off.text))
        dashed = dash().match(whole.text)
        part = whole.cut(dashed.end() if dashed else 0, len(whole.text))
        if not has_words().search(part.text) or _placeholder().search(part.text):
            continue
        if files and file_mark().fullmatch(part.text):
            yield from _files(part)
            continue
        if at and at == len(marked) - 1 and dashed is None and not heads().match(part.text) and _is_noise(part.text):
            continue
        filed = filed_word().match(part.text)
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


def _purpose_of_all(marked: list[Piece]) -> str | None:
    """The purpose that stands alone behind the mark of an item (`- Phòng GD&ĐT; (b/c)`); it goes for the item."""
    if len(marked) < 2:
        return None
    body, purpose = _purpose(marked[-1].cut(0, len(marked[-1].text)))
    return purpose if not body.text else None


def _with_own_purpose(role: RecipientRole, name: str, piece: Piece) -> Recipient:
    """A member of an item that has a purpose of its own in brackets (`- GĐ (b/c), PGĐ phụ trách;`)."""
    bracket = _last_bracket().search(name)
    shown, purpose = _purpose(piece)
    if bracket is None or purpose is None or not shown.text:
        return _row(role, name, None, piece)
    return _row(role, name[: bracket.start()].rstrip(), purpose, shown)


def _is_noise(words: str) -> bool:
    """Whether what stands behind the closing mark of an item is a scrap of the seal or the signature."""
    if signed().match(words) or filed_word().match(words):
        return signed().match(words) is not None
    return worded().fullmatch(words) is None or len(words) < 12


def _row(role: RecipientRole, name: str, purpose: str | None, piece: Piece) -> Recipient:
    name = regex.sub(r"^Như Đi[eêếềểễệ]u(?= \d)", "Như Điều", _misread_portal().sub("Cổng", name))
    refers = role == "nơi nhận" and _refers().match(name.lower()) is not None
    confidence = 0.95 if worded().fullmatch(name) else 0.6
    return Recipient(0, role, name, purpose, refers, piece.offsets[0], piece.offsets[-1] + 1, confidence)


def _files(piece: Piece) -> Iterator[Recipient]:
    for several in parted_at_marks(piece, ","):
        part = several.cut(0, len(several.text))
        if has_words().search(part.text) and not _placeholder().search(part.text):
            yield _row("lưu", part.text, None, part)


def _purpose(piece: Piece) -> tuple[Piece, str | None]:
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


def _members(piece: Piece, role: RecipientRole) -> Iterator[tuple[str, Piece]]:
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


def _of_group(piece: Piece, group: regex.Match[str]) -> Iterator[tuple[str, Piece]]:
    head = " ".join(group.group(1).split())
    prefix = _groups().get(head.lower())
    always = prefix is not None and bool(table("recipients")["groups"][prefix].get("always"))
    listed = piece.cut(group.end(), len(piece.text))
    parts = _units(listed, "nơi nhận") if prefix is None else parted_at_commas(listed)
    members = [part.cut(0, len(part.text)) for part in parts]
    for member in members:
        if not member.text:
            continue
        if prefix is None and _spelt_out().match(head):
            name = member.text
        elif prefix is None:
            name = f"{head}: {member.text}"
        elif not always and heads().match(member.text):
            name = member.text
        else:
            shown = prefix[0].upper() + prefix[1:]
            name = f"{shown} {member.text}"
        yield name, member


def _units(piece: Piece, role: RecipientRole) -> list[Piece]:
    parts: list[Piece] = []
    for part in parted_at_commas(piece):
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


def _shared_office(parts: list[Piece]) -> str | None:
    """The office of `CT, PCT UBND tỉnh` that is printed with the last officer alone."""
    if len(parts) < 2 or not all(_bare_title().fullmatch(part.text) for part in parts[:-1]):
        return None
    last = _title_start().match(parts[-1].text)
    office = _without_officer(parts[-1].text[last.end() :].strip()) if last else ""
    return office if _office().match(office) else None


def _without_officer(office: str) -> str:
    """`UBND tỉnh` of `UBND tỉnh Trần Văn Thử`: the last officer's name behind the province goes for him alone."""
    found = _named_officer().fullmatch(office)
    if found is None or find_place(found.group(2)) or read_name(found.group(2)) is None:
        return office
    return found.group(1)


def _parted_at_and(piece: Piece) -> list[Piece]:
    found = _and_others().search(piece.text)
    if found is None or _governs_both().match(piece.text):
        return [piece]
    return [piece.cut(0, found.start()), piece.cut(found.start(1), len(piece.text))]


@cache
def _placeholder() -> regex.Pattern[str]:
    """Dots and bracketed figures that a form leaves to be filled in."""
    return regex.compile(r"\.{3}|…|^\(\d{1,2}[a-z]?\)$")


@cache
def _refers() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of(table('recipients')['refers']['begins'])})")


@cache
def _misread_portal() -> regex.Pattern[str]:
    """`Cổng` before the words for a web portal; OCR reads other words that make no sense there."""
    return regex.compile(r"C[ôồốộo]ng(?= (?:TTĐT|[Tt]hông tin điện tử))")


@cache
def _last_bracket() -> regex.Pattern[str]:
    return regex.compile(r"\s?[(\[]([^()\[\]]{1,120})[)\]]?\s{0,2}[.;,]?$")


@cache
def _purpose_words() -> regex.Pattern[str]:
    return regex.compile(rf"\s{{0,2}}(?:{any_of(table('recipients')['purpose']['begins'])})(?!\w)")


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
def _named_officer() -> regex.Pattern[str]:
    return regex.compile(r"(.{3,60}? tỉnh) ((?:\p{Lu}\p{Ll}+ ){1,3}\p{Lu}\p{Ll}+)")


@cache
def _group() -> regex.Pattern[str]:
    known = any_of(_groups())
    return regex.compile(
        rf"((?i:{known})(?: tỉnh| thành phố| huyện)?|[A-ZĐ][\w.&-]{{1,12}}(?: [\w.&]{{1,12}}){{0,6}}"
        rf"|Các (?:[^,;:()]{{2,40}}|(?:{_collective_words()})(?:(?:, | và |, và )(?:{_collective_words()})){{1,3}}))"
        r"\s?:\s?(?=\S)"
    )


@cache
def _groups() -> dict[str, str]:
    return {word: name for name, row in table("recipients")["groups"].items() for word in row["words"]}


@cache
def _spelt_out() -> regex.Pattern[str]:
    return regex.compile(r"(?i)các\s")


@cache
def _collective_words() -> str:
    return any_of(table("recipients")["collectives"]["words"])


@cache
def _collective_start() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:{_collective_words()})(?:(?: và)? (?:{_collective_words()}))?(?!\w)(?! [^\W\d_]{{1,12}} và)"
    )


@cache
def _collective_end() -> regex.Pattern[str]:
    return regex.compile(rf"(?:^|các |, |và |cơ quan )(?:{_collective_words()})$")


@cache
def _title_start() -> regex.Pattern[str]:
    return regex.compile(rf"(?:[Cc][áa]c )?(?:{titles()})(?!\w)")


@cache
def _bare_title() -> regex.Pattern[str]:
    return regex.compile(rf"(?:[Cc][áa]c )?(?:{titles()})(?: [Tt]hường trực)?")


@cache
def _with_office() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{titles()})(?: \S+){{2,}}")


@cache
def _person() -> regex.Pattern[str]:
    return regex.compile(r"(?:Ông|Bà|Đồng chí|Đ/c|đồng chí)\s")


@cache
def _office() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of(table('recipients')['offices']['words'])})(?!\w)")


@cache
def _standing_of_both() -> regex.Pattern[str]:
    """`TT. Tỉnh ủy, HĐND tỉnh`: the standing committees of both."""
    return regex.compile(
        r"(TT\.?|Thường trực)\s?(?:[TH]U|(?:Tỉnh|Huyện|Thành|Thị|Quận|Đảng) [ủu][ỷy])[^,;]{0,30}, (?=HĐND)"
    )


@cache
def _and_others() -> regex.Pattern[str]:
    return regex.compile(rf"\s(?:và|&)\s(các (?:{any_of(table('recipients')['others']['words'])})(?!\w))")


@cache
def _governs_both() -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?:{any_of(table('recipients')['governs_both']['words'])})(?!\w)")
