"""The summary (trích yếu): behind `V/v` in the left column, or under the type title."""

from __future__ import annotations

import re
from functools import cache

import regex

from extractors.header.draft import HeaderDraft
from extractors.header.issue_dates import place_and_date
from extractors.header.lines import HeadLine, about_word, begins_unit, split_title
from extractors.names.positions import is_title_start
from extractors.reading import Block, Reading, tidy
from extractors.text.letters import is_upper

_ABOUT = re.compile(r"^V[ệêẻeế] vi[ệêe]c(?!\w)")
_FINAL_MARK = re.compile(r"(?:\./\.|[.;,])$")
_ITEM = re.compile(r"\d{1,2}[.)]\s")
_ANNEXED = re.compile(r"\(\s?(?:Kèm theo|Ban hành kèm|Đính kèm|kèm theo)")
_LONGEST_SUBJECT = 900
_LINES_OF_AUTHORITY = 3
_DECIDED = ("quyết định", "nghị quyết", "nghị định", "lệnh", "thông tư", "thông tư liên tịch", "pháp lệnh", "luật")
_NAMED_IN_CAPITALS = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")


def put_subject(draft: HeaderDraft, reading: Reading, lines: list[HeadLine], title: HeadLine | None) -> None:
    """Put the summary under the title or, without one there, that behind `V/v`."""
    about = next((at for at, head in enumerate(lines) if head.kind == "about"), None)
    if title is not None:
        at = next(i for i, head in enumerate(lines) if head.line.start == title.line.start)
        picked = _under_title(reading, lines, at)
        if picked:
            put_words(draft, reading.text, picked)
            return
    if about is not None:
        put_words(draft, reading.text, _about(lines, about))


def put_words(draft: HeaderDraft, text: str, spans: list[tuple[int, int]]) -> None:
    """Put the words of `spans` as the summary, without their mark, brackets and full stop."""
    words = tidy(" ".join(text[start:end] for start, end in spans))
    lead = about_word().match(words)
    if lead and not words.lstrip("( ").startswith("Về"):
        words = words[lead.end() :]
    words = _ABOUT.sub("Về việc", words.strip(" _*-–—|"))
    if words.endswith('"') and words.count('"') % 2:
        words = words[:-1].rstrip()
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1].strip()
    elif words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].strip()
    words = _FINAL_MARK.sub("", words).strip()
    if words:
        draft.put("subject", words, *spans)


def _about(lines: list[HeadLine], at: int) -> list[tuple[int, int]]:
    """The stretches of the summary that begins with `V/v` in the left column."""
    first = lines[at].line
    spans = [(first.start, first.end)]
    previous = lines[at]
    for head in lines[at + 1 :]:
        if head.kind in ("addressees", "type", "basis", "number", "stamp"):
            break
        if head.kind in ("motto", "date", "rule", "furniture") or head.line.side > first.side:
            if head.line.number == previous.line.number or head.line.side > first.side:
                continue
            break
        if not _goes_on(previous, head) and (head.blank_before or len(head.line.text) > 60):
            break
        if is_upper(head.line.text) and len(head.line.text) > 8:
            break
        spans.append((head.line.start, head.line.end))
        previous = head
        if sum(end - start for start, end in spans) > _LONGEST_SUBJECT:
            break
    return spans


def _under_title(reading: Reading, lines: list[HeadLine], at: int) -> list[tuple[int, int]]:
    """The stretches of the summary under the type title, to where the preamble, the addressees or the body begin."""
    title = lines[at]
    spans: list[tuple[int, int]] = []
    if title.kind == "capitals":
        split = split_title(title.line.text)
        if split and split[1]:
            spans.append((title.line.end - len(split[1]), title.line.end))
    previous = title
    for i, head in enumerate(lines[at + 1 :], at + 1):
        if head.kind == "rule":
            if spans:
                break
            continue
        if head.kind in ("furniture", "number", "motto", "stamp") or _sent_at(reading.text, head):
            if spans:
                break
            continue
        if head.kind in ("addressees", "basis", "type"):
            break
        names_law = not spans and title.doc_type in _NAMED_IN_CAPITALS
        decides = not names_law and names_authority(head.line.text) and not _in_capitals(spans, reading.text)
        decides = decides or (not names_law and title.doc_type in _DECIDED and _decides(lines, i, previous))
        if _is_annexed(head.line.text) or decides:
            break
        if spans and not _stays(reading, previous, head, spans):
            break
        if not spans and len(head.line.text) > 600:
            break
        start = head.line.start
        if not spans and title.doc_type not in _NAMED_IN_CAPITALS and _of_issuer().match(head.line.text):
            told = _told_about().search(reading.text, head.line.start, head.line.end)
            if told is None:
                continue
            start = told.start()
        spans.append((start, head.line.end))
        previous = head
    return spans


def _sent_at(text: str, head: HeadLine) -> bool:
    """Whether the line is nothing but when: the place and date, or the hour at which a telegram goes out."""
    span = (head.line.start, head.line.end)
    return place_and_date().fullmatch(text, *span) is not None or _hour_of_sending().fullmatch(text, *span) is not None


@cache
def _hour_of_sending() -> regex.Pattern[str]:
    return regex.compile(r"\W{0,3}(?i:vào\s+)?(?i:hồi|lúc)\s+\d{1,2}\s?(?i:giờ|h)[^\p{Lu}\n]{0,60}")


@cache
def _of_issuer() -> regex.Pattern[str]:
    """`CỦA BAN THƯỜNG VỤ …`: the title goes on with the one who issues before the summary begins."""
    return regex.compile(r"CỦA \p{Lu}{2}")


@cache
def _told_about() -> regex.Pattern[str]:
    return regex.compile(r"(?<!\w)(?:V/V|VỀ|HƯỚNG DẪN|QUY ĐỊNH|BAN HÀNH|PHÊ DUYỆT|SỬA ĐỔI)(?!\w)")


def _decides(lines: list[HeadLine], at: int, previous: HeadLine) -> bool:
    """Whether the line names who decides: a unit or post in capitals, then nothing but capitals to the legal basis."""
    if not names_authority(lines[at].line.text) or _ends_open().search(previous.line.text):
        return False
    below = lines[at + 1 : at + 2 + _LINES_OF_AUTHORITY]
    basis = next((i for i, head in enumerate(below) if head.kind not in ("capitals", "motto", "rule")), None)
    return basis is not None and below[basis].kind == "basis"


@cache
def _ends_open() -> regex.Pattern[str]:
    return regex.compile(r"(?i)(?:[,:(–-]|\s(?:và|của|với|tại|cho|thuộc|trong|giữa))$")


def _in_capitals(spans: list[tuple[int, int]], text: str) -> bool:
    return bool(spans) and is_upper(text[spans[-1][0] : spans[-1][1]])


def _stays(reading: Reading, previous: HeadLine, head: HeadLine, spans: list[tuple[int, int]]) -> bool:
    """Whether a line under the title still belongs to the summary."""
    words = head.line.text
    if sum(end - start for start, end in spans) > _LONGEST_SUBJECT or previous.line.text.endswith((".", "./.")):
        return False
    if _begins_part().match(words):
        return False
    centred, before = _block(reading, head), _block(reading, previous)
    if centred is not None and before is not None and centred.centred is not None and before.centred is not None:
        if before.centred and not centred.centred:
            return False
        if before.centred and centred.centred and before.bold == centred.bold:
            return not words.endswith((":", "./."))
    if _goes_on(previous, head):
        return True
    if head.blank_before or _body_words().match(words) or words.endswith((":", ";", ".")) or len(words) > 110:
        return False
    return len(previous.line.text) < 110 and words[0] not in "-+•*"


@cache
def _begins_part() -> regex.Pattern[str]:
    return regex.compile(r"(?i:phần (?:thứ|[ivx]{1,4}\b|\d)|chương [ivx\d]|mục [ivx\d])|[A-DI]{1,3}[.)/] ")


def _goes_on(previous: HeadLine, head: HeadLine) -> bool:
    words = head.line.text
    if previous.line.text.lower().endswith((",", "-", "–", ":", "(", " và", " của", " về", " số")):
        return True
    return words[0].islower() or (words[0].isdigit() and not _ITEM.match(words)) or words[0] == "("


def _block(reading: Reading, head: HeadLine) -> Block | None:
    return next((b for b in reading.blocks if b.start <= head.line.start < b.end), None) if reading.blocks else None


@cache
def _body_words() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:Căn cứ|Thực hiện|Theo|Xét|Ngày|Để|Nhằm|Trong|Vừa qua|Hiện nay|Sau khi|Tiếp tục|Qua|Từ|Phúc đáp|Tại"
        r"|Được|Kính|Hôm nay|Phần|Quốc hội ban"
        r"|(?:Thời gian|Địa điểm|Thành phần|Chủ trì|Thư ký)\s?:|Năm(?!(?: học)? \d{4}(?: ?[-–] ?\d{4})?\W*$))\s"
    )


def _is_annexed(words: str) -> bool:
    return _ANNEXED.match(words) is not None


def names_authority(words: str) -> bool:
    """The line that names who decides (`CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …`, `CHÍNH PHỦ`) before the legal basis."""
    return is_upper(words) and len(words) > 4 and (is_title_start(words) or begins_unit(words))
