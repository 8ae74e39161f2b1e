"""Who signs: the blocks of authority, title and name at the end of a document and of its annexes.

Nghị định 30/2020/NĐ-CP, phụ lục I, mục II.7: authority word and the one acted for, the signer's title, the
signature, the name. Copies add `(Đã ký)`, seals read as letters, stamps of electronic signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import regex

from extractors.context import Context, Found
from extractors.names.capitals import sentence_case
from extractors.names.person_names import PersonName, find_name, read_name, with_stray_tones
from extractors.names.positions import (
    TitleLine,
    goes_on,
    may_name_authority,
    read_damaged_title,
    read_title,
    written_title,
)
from extractors.reading import Block, Reading, tidy
from extractors.records import Finding, Signatory
from extractors.text.letters import is_upper
from extractors.text.lines import TextLine, lines_beside_lists

_LINES_TO_THE_NAME = 30
_LINES_INSIDE_A_TITLE = 8
_LONG_LINE = 70
_LONGEST_TITLE = 120
_MOST_SIGNERS = 8
_LAST_LINES = 12
_SHORT_TITLE = 40


@dataclass(slots=True)
class _Block:
    """A signature block while it is read: its title lines, the index of the line after them, and the name."""

    titles: list[tuple[TextLine, TitleLine]] = field(default_factory=list)
    centre: float = 0.0
    after: int = 0
    name: tuple[TextLine, PersonName] | None = None
    noisy: bool = False

    @property
    def last(self) -> TextLine:
        return self.titles[-1][0]

    @property
    def complete(self) -> bool:
        return any(title.position for _, title in self.titles)


def find_signatories(reading: Reading, context: Context | None = None) -> Found[Signatory]:
    """Every signer in the order of the signature blocks; a document without a block has none, and a finding says so."""
    text = reading.text
    pieces = lines_beside_lists(text)
    blocks = _blocks(pieces, text)
    signed = [(block, *block.name) for block in blocks if block.name is not None]
    signed.sort(key=lambda told: told[1].start)
    rows = tuple(
        _as_sure_as_read(_signatory(block, line, name, at, context), reading.blocks)
        for at, (block, line, name) in enumerate(signed, 1)
    )
    if rows:
        return Found(
            rows,
            tuple(_mended(row, text) for row in rows if tidy(text[row.start : row.end]).title() != row.name.title()),
        )
    bare = _name_beside_mark(pieces, text)
    if bare is not None:
        return Found((bare,))
    told = _told_in_body(blocks, pieces, text)
    if told is not None:
        return Found((told,), (_unread(told),))
    return Found((), (_unsigned(reading, blocks),))


def _name_beside_mark(pieces: Sequence[TextLine], text: str) -> Signatory | None:
    """The signer of a copy without a title: a name on the line above or below `(Đã ký)`, or in front of it."""
    last = pieces[-_LAST_LINES:]
    for at, line in enumerate(last):
        mark = _mark_of_copy().search(line.text)
        if mark is None:
            continue
        beside = [line] if mark.start() else [*last[max(0, at - 1) : at], *last[at + 1 : at + 2]]
        for piece in beside:
            end = piece.start + mark.start() if piece is line else piece.end
            name = read_name(text[piece.start : end]) or _president(text[piece.start : end])
            if name is not None and name.known_family:
                start = piece.start + name.start
                return Signatory(1, name.name, None, None, None, name.honorific, start, piece.start + name.end, 0.8)
    return None


def _president(words: str) -> PersonName | None:
    """The signer of the decrees of 1945 to 1969, whose name means a city or a movement everywhere else."""
    found = regex.fullmatch(r"\s*(?P<name>Hồ Chí Minh)[\s(]*", words)
    return PersonName("Hồ Chí Minh", None, *found.span("name"), known_family=True) if found else None


@cache
def _mark_of_copy() -> regex.Pattern[str]:
    return regex.compile(r"\(?\s?[Đđ]ã ký\s?\)?$")


def _mended(row: Signatory, text: str) -> Finding:
    written = tidy(text[row.start : row.end])
    message = f"Họ tên người ký đọc được là “{written}”, ghi lại là “{row.name}”."
    return Finding("low_text_quality", "info", message, row.start, row.end)


def _unread(row: Signatory) -> Finding:
    message = f"Không đọc được họ tên dưới chữ ký; “{row.name}” lấy theo chức danh “{row.position}” nêu trong văn bản."
    return Finding("low_text_quality", "warning", message, row.start, row.end)


def _unsigned(reading: Reading, blocks: list[_Block]) -> Finding:
    if not blocks:
        return Finding("no_signature", "info", "Không tìm thấy khối chữ ký ở cuối văn bản.", None, None)
    first, last = blocks[-1].titles[0][0], blocks[-1].titles[-1][0]
    title = " ".join(reading.text[first.start : last.end].split())
    return Finding(
        "no_signature",
        "warning",
        f"Có chức danh ký “{title}” nhưng không đọc được họ tên người ký.",
        first.start,
        last.end,
    )


def _blocks(pieces: Sequence[TextLine], text: str) -> list[_Block]:
    blocks: list[_Block] = []
    waiting: list[_Block] = []
    list_ended = -_LINES_TO_THE_NAME
    may_begin = _may_begin_block().search
    last_lines = len(pieces) - _LAST_LINES
    for at, line in enumerate(pieces):
        if waiting:
            near = [block for block in waiting if line.number - block.last.number <= _LINES_TO_THE_NAME]
            waiting = near[-_MOST_SIGNERS:]
        if _is_list_item(line):
            list_ended = line.number
            continue
        title = None
        if len(line.text) <= _LONGEST_TITLE and (waiting or may_begin(line.text)):
            title = _title_of(line, waiting, beside_list=line.number - list_ended <= _LINES_INSIDE_A_TITLE)
        if title is None and at >= last_lines:
            title = _title_above_name(pieces, at)
        if title is not None:
            block = _home(title, line, waiting)
            if block is None:
                block = _Block(centre=_centre(line))
                blocks.append(block)
                waiting.append(block)
            block.titles.append((line, title))
            block.after = at + 1
            continue
        if not waiting:
            continue
        name = read_name(text[line.start : line.end])
        if name is not None and _is_someones(name, line):
            block = _nearest(waiting, line)
            block.name = (line, with_stray_tones(name, pieces[at - 1].text))
            waiting.remove(block)
        elif _ends_the_wait(line):
            waiting = []
    _search_noise(blocks, pieces, text)
    return blocks


def _title_of(line: TextLine, waiting: list[_Block], beside_list: bool) -> TitleLine | None:
    title = read_title(line.text) if waiting or is_upper(line.text) or may_name_authority(line.text) else None
    if title is not None:
        if title.authority or is_upper(line.text):
            return title
        near = [block for block in waiting if line.number - block.last.number <= _LINES_INSIDE_A_TITLE]
        return title if near and len(line.text) < 45 and not line.text.endswith((";", ".", ":", ",")) else None
    for block in waiting:
        if line.number - block.last.number <= 2 and _beside(block, line) and _goes_on(block.last, line):
            return TitleLine(None, None, None)
    return read_damaged_title(line.text) if beside_list and len(line.text) < 45 and is_upper(line.text) else None


def _goes_on(last: TextLine, line: TextLine) -> bool:
    """Whether `line` goes on with the title above it, as its words or that line's open end tell."""
    if goes_on(line.text) or (is_upper(line.text) and _ends_halfway().search(last.text) is not None):
        return True
    right_below = line.number - last.number == 1 and is_upper(last.text)
    if right_below and is_upper(line.text) and _office_after_dash().search(last.text) and not _is_name(line.text):
        return True
    return right_below and _words_of_title().fullmatch(line.text) is not None and not _is_name(line.text)


def _is_name(words: str) -> bool:
    name = read_name(words)
    return name is not None and name.known_family


@cache
def _office_after_dash() -> regex.Pattern[str]:
    """`PHÓ CHỈ HUY TRƯỞNG - THAM` / `MƯU TRƯỞNG`: a second office broken after its first word."""
    return regex.compile(r"\s[-–]\s\p{Lu}{2,6}$")


@cache
def _words_of_title() -> regex.Pattern[str]:
    """A line of capitals long enough to be no scrap of a seal."""
    return regex.compile(r"\p{Lu}{2,7}(?:,? \p{Lu}{2,7}){2,11}")


@cache
def _ends_halfway() -> regex.Pattern[str]:
    return regex.compile(r"(?:[-–,]|(?<!\w)VÀ)$")


def _title_above_name(pieces: Sequence[TextLine], at: int) -> TitleLine | None:
    """A title in small letters among the last lines, with nothing but its holder's name under it."""
    line = pieces[at]
    if len(line.text) > _SHORT_TITLE or not line.text[:1].isupper():
        return None
    title = read_title(line.text)
    if title is None or title.position is None or _ends_open().search(line.text):
        return None
    below = [piece for piece in pieces[at + 1 : at + 4] if not _item().match(piece.text)]
    name = read_name(below[0].text) if below else None
    return title if name is not None and name.known_family and len(name.name.split()) > 2 else None


@cache
def _ends_open() -> regex.Pattern[str]:
    return regex.compile(r"[;.:,]$")


@cache
def _may_begin_block() -> re.Pattern[str]:
    """Cheap sign of a line in capitals or with an authority word; most lines of a text have none."""
    capitals = "".join(filter(str.isupper, map(chr, range(0x2000))))
    return re.compile(rf"[{capitals}](?:[{capitals}]|(?<=[QT])[./])")


def _home(title: TitleLine, line: TextLine, waiting: list[_Block]) -> _Block | None:
    """The block that `line` belongs to, None when it begins one."""
    near = [b for b in waiting if line.number - b.last.number <= _LINES_INSIDE_A_TITLE and _beside(b, line)]
    if not near and not line.indent and not line.side and title.position and not title.authority:
        near = [b for b in waiting if b.last.side and line.number - b.last.number == 1 and not b.complete]
    if not near:
        return None
    block = near[-1]
    if block.last.number == line.number and block.last.side != line.side:
        return None
    if title.authority and block.complete:
        return None
    if title.position and not title.authority and block.complete:
        return None
    return block


def _beside(block: _Block, line: TextLine) -> bool:
    return abs(_centre(line) - block.centre) < 28


def _nearest(waiting: list[_Block], line: TextLine) -> _Block:
    return min(waiting, key=lambda block: abs(_centre(line) - block.centre) // 12)


def _centre(line: TextLine) -> float:
    """How far from the left edge the middle of a line stands; text without its layout stands at the edge."""
    return line.indent + len(line.text) / 2 if line.indent or line.side else 0.0


def _is_someones(name: PersonName, line: TextLine) -> bool:
    words = len(name.name.split())
    if name.known_family:
        return words > 1
    return 2 <= words <= 4 and not is_upper(line.text)


def _is_list_item(line: TextLine) -> bool:
    if line.text[0] not in _ITEM_STARTS and "@" not in line.text[:41]:
        return False
    return _item().match(line.text) is not None


_ITEM_STARTS = frozenset("-–~—•+NL(ĐđKkT")


@cache
def _item() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:[-–~—•+]\s?[^\W\d_]|Nơi nh[aâậăạ]n|L[uư]u\s?:|\(?\s?[Đđ]ã ký|\(\s?[Kk]ý|[Kk]ý bởi|Người ký|Thời gian ký"
        r"|.{0,40}@)"
    )


@cache
def _full_stop() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:Căn cứ|Xét|Theo|Thực hiện|Điều \d|Chương [IVX\d]|Phụ lục|PHỤ LỤC|CỘNG H[OÒ]|ĐẢNG CỘNG|QUY[EẾ]T Đ[IỊ]NH"
        r"|[IVX]{1,4}\.\s|\d{1,2}\.\s)"
    )


def _ends_the_wait(line: TextLine) -> bool:
    return len(line.text) > _LONG_LINE or _full_stop().match(line.text) is not None


def _search_noise(blocks: list[_Block], pieces: Sequence[TextLine], text: str) -> None:
    """Where a block got no clean name, look for one inside the noise (seal, signature) of the lines that follow it."""
    taken = {block.name[0].start for block in blocks if block.name is not None}
    for at, block in enumerate(blocks):
        if block.name is not None:
            continue
        stop = blocks[at + 1].titles[0][0].start if at + 1 < len(blocks) else None
        for line in pieces[block.after : block.after + 2 * _LINES_TO_THE_NAME]:
            if line.number - block.last.number > _LINES_TO_THE_NAME or (stop is not None and line.start >= stop):
                break
            if line.start in taken:
                break
            if _is_list_item(line) and line.text.endswith((";", ".", ",")):
                continue
            if _ends_the_wait(line):
                break
            name = None if is_upper(line.text) else find_name(text[line.start : line.end])
            if name is not None:
                block.name = (line, with_stray_tones(name, line.text[: name.start]))
                block.noisy = True
                break


def _signatory(block: _Block, line: TextLine, name: PersonName, ordinal: int, context: Context | None) -> Signatory:
    authority, acted_for, position = _told_by(block)
    confidence = 0.97 if context is None or _in_closing(line, context) else 0.9
    if not name.known_family or name.repaired:
        confidence -= 0.2
    if block.noisy:
        confidence -= 0.25
    if len(name.name.split()) < 3:
        confidence -= 0.03
    start, end = line.start + name.start, line.start + name.end
    return Signatory(
        ordinal, name.name, position, authority, acted_for, name.honorific, start, end, round(max(confidence, 0.3), 2)
    )


def _as_sure_as_read(row: Signatory, blocks: Sequence[Block]) -> Signatory:
    """The row no surer than OCR was of any word of the name's line."""
    read = [
        b.ocr_confidence for b in blocks if b.ocr_confidence is not None and b.start < row.end and row.start < b.end
    ]
    return replace(row, confidence=round(min(read), 2)) if read and min(read) < row.confidence else row


def _in_closing(line: TextLine, context: Context) -> bool:
    """Whether the name stands where signatures do, and not in the body or an annex."""
    zone = next((z for z in context.sections if z.level == 0 and z.start <= line.start < z.end), None)
    return zone is None or zone.zone in ("closing", "recipients", "signature")


def _told_in_body(blocks: list[_Block], pieces: Sequence[TextLine], text: str) -> Signatory | None:
    """The signer of a block whose name the seal covers, when the document names exactly one holder of that office."""
    for block in reversed(blocks[-_MOST_SIGNERS:]):
        authority, acted_for, position = _told_by(block)
        if position is None or position.startswith("Phó") or not _is_covered(block, pieces):
            continue
        names = {name.name: (start, name) for start, name in _holders(position, text)}
        if len(names) == 1:
            ((start, name),) = names.values()
            return Signatory(
                1, name.name, position, authority, acted_for, None, start + name.start, start + name.end, 0.5
            )
    return None


def _is_covered(block: _Block, pieces: Sequence[TextLine]) -> bool:
    """Whether scraps of a seal or signature follow the titles, and not the clean text of an unsigned draft."""
    after = [block.last, *pieces[block.after : block.after + 12]]
    return any(_scraps().search(line.text) for line in after if not _is_list_item(line))


def _holders(position: str, text: str) -> Iterator[tuple[int, PersonName]]:
    """Who the text says holds the office: `TS. Nguyễn Văn An, Hiệu trưởng`; `Hiệu trưởng Nguyễn Văn An`."""
    office = regex.escape(position)
    person = r"(?P<name>(?:[\p{L}.-]{1,12}\.\s?)?\p{Lu}\p{Ll}{1,6}(?: \p{Lu}\p{Ll}{0,6}){1,4})"
    patterns = (rf"{person}\s{{0,8}}[,|–-]?\s{{0,8}}{office}(?!\w)", rf"(?<!Phó )(?<!Phó\n){office}\s{{1,3}}{person}")
    for pattern in patterns:
        for found in regex.finditer(pattern, text):
            name = read_name(found.group("name"))
            if name is not None and name.known_family and name.name.split()[-1] not in ("Phó", "Nguyên", "Quyền"):
                yield found.start("name"), name


@cache
def _scraps() -> regex.Pattern[str]:
    return regex.compile(r"[^\w\s.,;:()/“”\"'’–-]|(?:^|\s)[^\w\s]{2,}|(?:^|\s)\p{Lu}\p{Ll}?(?=\s|$)")


def _told_by(block: _Block) -> tuple[str | None, str | None, str | None]:
    """Authority, the one acted for and the position: of several authority lines the nearest to the name counts."""
    authority: str | None = None
    acted_for: str | None = None
    position: str | None = None
    above = ""
    for line, title in block.titles:
        if title.authority:
            authority, acted_for, position = title.authority, title.acted_for, title.position
        elif title.position:
            position = position or title.position
        elif position:
            position = _joined(position, above, line.text)
        elif acted_for:
            acted_for = _joined(acted_for, above, line.text)
        above = line.text
    if authority == "KT" and position and position == acted_for:
        position = f"Phó {position}"
    return authority, acted_for, position


def _joined(title: str, first: str, second: str) -> str:
    """A title of two lines; the mark that ends the first was left out in reading it: `TỔ CHỨC -` / `HÀNH CHÍNH`."""
    mark = _ends_halfway().search(first)
    second = _ends_halfway().sub("", second).rstrip()
    if mark is None:
        whole = written_title(f"{title} {second}")
        return written_title(whole.upper()) if is_upper(second) and whole.endswith(second) else whole
    joint = mark.group() if mark.group() == "," else f" {mark.group().lower()}"
    return f"{title}{joint} {sentence_case(second)}"
