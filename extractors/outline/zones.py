"""The zones of a document: header, title, preamble, body, closing, recipients, signature, appendix.

Components and their order: Nghị định 30/2020/NĐ-CP, phụ lục I. A zone may be missing; recipients and signature stand
in either order and may alternate, and every appendix is a zone of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.grammar import table
from extractors.header.lines import begins_unit
from extractors.names.positions import is_title_start
from extractors.outline.labels import labels_of
from extractors.records import Zone
from extractors.text.letters import bare
from extractors.text.paragraphs import Line

_LONG_PARAGRAPH = 110
_LONGEST_HEADER = 60
_SUBJECT_LINES = 8
_LAST_LINES = 14
_LINES_BEFORE_RECIPIENTS = 6
_RULE = regex.compile(r"[\W_]+$")
_ENDS_SENTENCE = regex.compile(r"[.;:]\W{0,3}$")
_END_MARK = regex.compile(r"[./]\s?/\s?[.\-]?\W{0,6}\w{0,6}\W{0,3}$")
_BASIS = regex.compile(r"\W{0,4}Căn c[ứư](?!\p{L})")
_BULLET = regex.compile(r"[-+*•–—]\s?")
_NAME = regex.compile(r"(?:\p{Lu}[\p{L}.]{0,12}\s+){0,3}(?:\p{Lu}\p{Ll}{1,7}\s+){1,4}\p{Lu}\p{Ll}{1,7}$")
_AUTHORITY = regex.compile(r"[\p{Lu}\d\s,.–-]{8,}$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A zone as lines [first, last) of the document."""

    zone: Zone
    first: int
    last: int


def find_zones(lines: Sequence[Line]) -> list[Stretch]:
    """The zones of a document, one after the other without gaps; empty for a document without lines."""
    if not lines:
        return []
    after_head = _end_of_head(lines)
    first_tail = _tail(lines, after_head, len(lines))
    appendices = _appendices(lines, first_tail if first_tail < len(lines) else after_head)
    main_end = appendices[0] if appendices else len(lines)
    tail = min(first_tail, main_end)
    zones = [*_head(lines, after_head), *_middle(lines, after_head, tail), *_ending(lines, tail, main_end)]
    for i, first in enumerate(appendices):
        last = appendices[i + 1] if i + 1 < len(appendices) else len(lines)
        end = _tail(lines, first + 1, last)
        zones.append(Stretch("appendix", first, end))
        zones.extend(_ending(lines, end, last))
    return zones


@cache
def cue(name: str) -> regex.Pattern[str]:
    """The pattern by which lines of zone `name` are told, to be matched at a line's beginning."""
    return regex.compile("|".join(row["pattern"] for row in table("outline")["zones"][name]))


@cache
def _titles() -> regex.Pattern[str]:
    return regex.compile(bare(cue("title").pattern))


def _is(name: str, line: Line) -> bool:
    return cue(name).match(line.text) is not None


def _title_line(lines: Sequence[Line]) -> int | None:
    for i, line in enumerate(lines[:_LONGEST_HEADER]):
        text = line.text.strip("*_ ")
        if _titles().match(bare(text)) and len(text) < 2 * _LONG_PARAGRAPH and text[: len(text) // 2].isupper():
            return i
        if _is("preamble", line) or _is("recipients", line) or any(label.is_unit for label in labels_of(text)):
            return None
    return None


def _end_of_head(lines: Sequence[Line]) -> int:
    """The line after the document's own header, title and addressees; 0 for a text that has none."""
    title = _title_line(lines)
    i = title + 1 if title is not None else 0
    limit = min(len(lines), (title or 0) + _LONGEST_HEADER)
    head = i
    while i < limit:
        line = lines[i]
        if _is("addressees", line):
            return _end_of_addressees(lines, i)
        under_title = title is not None and i == title + 1 and _is_subject(line)
        if not under_title and _begins_text(line, title is not None and i > title + _SUBJECT_LINES):
            break
        decides = title is not None and _AUTHORITY.match(line.text) and _starts_preamble(lines, i + 1)
        if decides and (not under_title or is_title_start(line.text) or begins_unit(line.text)):
            break
        i += 1
        if title is not None or _is("header", line) or (line.text.isupper() and len(line.text) > 3):
            head = i
    return head


def _starts_preamble(lines: Sequence[Line], i: int) -> bool:
    return any(_is("preamble", line) for line in lines[i : i + 2])


def _begins_text(line: Line, beyond_subject: bool) -> bool:
    """Whether the line is the beginning of the text rather than a line of the header or the title."""
    if _RULE.match(line.text):
        return False
    if _is("preamble", line) or _is("enacting", line) or _is("recipients", line):
        return True
    if len(line.text) >= _LONG_PARAGRAPH and (_ENDS_SENTENCE.search(line.text) or beyond_subject):
        return True
    return any(label.sure for label in labels_of(line.text)) and not line.text.startswith("(")


def _is_subject(line: Line) -> bool:
    """Whether the line under the type title is the trích yếu, though it begins like a preamble."""
    return not (
        _ENDS_SENTENCE.search(line.text) or line.text.startswith("Căn c") or _signs(line) or labels_of(line.text)
    )


def _end_of_addressees(lines: Sequence[Line], i: int) -> int:
    open_list = lines[i].text.rstrip().endswith((":", ";", ",")) or _BULLET.search(lines[i].text) is not None
    i += 1
    while i < len(lines):
        line = lines[i]
        bulleted = _BULLET.match(line.text) is not None
        listed = open_list and len(line.text) < _LONG_PARAGRAPH and not _is("preamble", line)
        if not (bulleted or listed or _RULE.match(line.text)) or _is("title", line) or _is_basis(line):
            break
        open_list = line.text.rstrip().endswith((":", ";", ","))
        i += 1
    return i


def _is_basis(line: Line) -> bool:
    """Whether a line, bulleted or not, is a legal basis."""
    return _BASIS.match(line.text) is not None


def _head(lines: Sequence[Line], end: int) -> list[Stretch]:
    title = _title_line(lines[:end])
    if title is None:
        return [Stretch("header", 0, end)] if end else []
    zones = [Stretch("header", 0, title)] if title else []
    return [*zones, Stretch("title", title, end)]


def _tail(lines: Sequence[Line], first: int, last: int) -> int:
    """The line where recipients or signature begin, `last` when there are none."""
    begins_list = cue("recipients").match
    recipients = next((i for i in range(first, last) if begins_list(lines[i].text)), None)
    if recipients is not None:
        signature = recipients
        for i in range(recipients - 1, max(first, recipients - _LINES_BEFORE_RECIPIENTS) - 1, -1):
            if labels_of(lines[i].text) or _is("preamble", lines[i]) or _is("enacting", lines[i]):
                break
            signature = i if _signs(lines[i]) else signature
        return signature
    start = max(first, last - _LAST_LINES)
    text_ends = next((i + 1 for i in range(last - 1, start - 1, -1) if _is_decree(lines[i])), start)
    return next((i for i in range(text_ends, last) if _signs(lines[i])), last)


def _is_decree(line: Line) -> bool:
    """Whether the line is sure to stand above the signature: a legal basis, the enacting word, a unit of the text."""
    return (
        line.text.startswith("Căn cứ ") or _is("enacting", line) or any(label.is_unit for label in labels_of(line.text))
    )


def _signs(line: Line) -> bool:
    return len(line.text) < 90 and _is("signature", line) and not _END_MARK.search(line.text)


def _appendices(lines: Sequence[Line], first: int) -> list[int]:
    starts: list[int] = []
    after_text = first < len(lines) and (_is("recipients", lines[first]) or _signs(lines[first]))
    begins_appendix = cue("appendix").match
    for i in range(first, len(lines)):
        line = lines[i]
        if begins_appendix(line.text):
            starts.append(i)
        elif after_text and _is("attached", line):
            begin = _begin_of_heading(lines, i, first)
            if not starts or begin > starts[-1] + 3:
                starts.append(begin)
        elif after_text and not starts and i > first + 2 and _is_attached_title(lines, i):
            starts.append(i)
    return starts


def _begin_of_heading(lines: Sequence[Line], i: int, first: int) -> int:
    begin = i
    while begin - 1 > first and i - begin < _SUBJECT_LINES:
        text = lines[begin - 1].text
        if (
            _ENDS_SENTENCE.search(text)
            or _BULLET.match(text)
            or _NAME.match(text)
            or _is("signature", lines[begin - 1])
        ):
            break
        begin -= 1
        if text.isupper() and _is("title", lines[begin]):
            break
    return begin


def _is_attached_title(lines: Sequence[Line], i: int) -> bool:
    text = lines[i].text
    return text.isupper() and _is("title", lines[i]) and len(lines) - i > _SUBJECT_LINES


def _middle(lines: Sequence[Line], first: int, last: int) -> list[Stretch]:
    """Preamble, body and closing between the head and the tail."""
    body = _end_of_preamble(lines, first, last)
    closing = _begin_of_closing(lines, body, last)
    zones = [Stretch("preamble", first, body), Stretch("body", body, closing), Stretch("closing", closing, last)]
    return [zone for zone in zones if zone.first < zone.last]


def _end_of_preamble(lines: Sequence[Line], first: int, last: int) -> int:
    enacts = cue("enacting").match
    enacting = next((i for i in range(first, last) if enacts(lines[i].text)), None)
    label = next((i for i in range(first, last) if any(reading.sure for reading in labels_of(lines[i].text))), last)
    if enacting is not None and enacting < label:
        return enacting + 1
    based = [i for i in range(first, label) if _is("preamble", lines[i])]
    if not based or based[0] > first + 3:
        return first
    if label < last:
        return label
    end = based[0]
    while end < last and (_is("preamble", lines[end]) or end < based[0]):
        end += 1
    return end if end < last else min(based[0] + 1, last - 1)


def _begin_of_closing(lines: Sequence[Line], first: int, last: int) -> int:
    i = last
    while i > first and _RULE.match(lines[i - 1].text):
        i -= 1
    closing = last
    while i > first:
        line = lines[i - 1]
        is_closing = _is("closing", line) or (closing == last and _END_MARK.search(line.text) is not None)
        if labels_of(line.text) or _BULLET.match(line.text) or not is_closing:
            break
        i -= 1
        closing = i
    return closing


def _ending(lines: Sequence[Line], first: int, last: int) -> list[Stretch]:
    """Recipients and signature, which may alternate, from the first line of the tail."""
    zones: list[Stretch] = []
    for i in range(first, last):
        zone = _zone_of_ending(lines, i, last, zones[-1].zone if zones else None)
        if zones and zones[-1].zone == zone:
            zones[-1] = Stretch(zone, zones[-1].first, i + 1)
        else:
            zones.append(Stretch(zone, i, i + 1))
    return zones


def _zone_of_ending(lines: Sequence[Line], i: int, last: int, before: Zone | None) -> Zone:
    line = lines[i]
    if _is("recipients", line):
        return "recipients"
    if _signs(line):
        return "signature"
    if before == "recipients" and _NAME.match(line.text) and not any(_BULLET.match(x.text) for x in lines[i:last]):
        return "signature"
    return before or "signature"
