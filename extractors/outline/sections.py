"""The document cut into zones (level 0) and its labelled outline (level 1 and deeper).

Offsets cover whole lines: a section reaches from its label to the next section of the same or a higher level, a zone to
the next zone, so that zones cover the text and sections nest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extractors.context import Found
from extractors.grammar import table
from extractors.outline.headings import Heading, find_headings
from extractors.outline.labels import ROMAN, UPPER
from extractors.outline.zones import Stretch, find_zones
from extractors.reading import Reading, tidy
from extractors.records import Finding, Section, Zone
from extractors.text.paragraphs import Line, lines_of
from extractors.text.sentences import first_sentence

_NO_HEADING = regex.compile(r"S?TT$|(?:TM|KT|TL|TUQ|T/M|K/T)[. ]|NƠI NHẬN")
_LONGEST_TITLE = 200
_SHORT_TITLE = 60
_OUTLINED: tuple[Zone, ...] = ("body", "appendix")
_HEADING_MARKS = "*_ "
_RUNNING_HEAD = regex.compile(r"\W{0,4}CÔNG BÁO\s?/\s?Số|\d{1,4}\s+CÔNG BÁO/")
_ENDS_LIKE_TEXT = (".", ";", ":", ",", "…")


def segment_reading(reading: Reading) -> Found[Section]:
    """Zones and outline of `reading` in reading order, and a finding for each gap in the numbering."""
    lines = lines_of(reading.flow)
    if "CÔNG BÁO" in reading.flow:
        lines = [line for line in lines if "CÔNG BÁO" not in line.text or not _RUNNING_HEAD.match(line.text)]
    if not lines:
        zone = (Section(0, "body", None, None, None, None, 0, len(reading.text)),) if reading.text else ()
        return Found(zone)
    in_table = _table_cells(reading, lines)
    sections: list[Section] = []
    findings: list[Finding] = []
    stretches = find_zones(lines)
    for i, stretch in enumerate(stretches):
        start = lines[stretch.first].start if i else 0
        end = lines[stretches[i + 1].first].start if i + 1 < len(stretches) else len(reading.text)
        zone_at = len(sections)
        sections.append(Section(0, stretch.zone, None, _zone_title(lines, stretch), None, None, start, end))
        if stretch.zone in _OUTLINED:
            inside = lines[stretch.first : stretch.last]
            headings = find_headings(inside, in_table[stretch.first : stretch.last])
            sections.extend(_outline(inside, headings, stretch.zone, zone_at, end))
            findings.extend(_gaps(inside, headings))
    return Found(tuple(sections), tuple(findings))


def _table_cells(reading: Reading, lines: Sequence[Line]) -> list[bool]:
    """Which lines stand in a table cell."""
    cells = [(block.start, block.end) for block in reading.blocks if block.kind == "cell"]
    inside = [False] * len(lines)
    at = 0
    for i, line in enumerate(lines):
        while at < len(cells) and cells[at][1] <= line.start:
            at += 1
        inside[i] = at < len(cells) and cells[at][0] <= line.start
    return inside


def _zone_title(lines: Sequence[Line], stretch: Stretch) -> str | None:
    if stretch.zone not in ("title", "appendix"):
        return None
    return lines[stretch.first].text.strip(_HEADING_MARKS)[:_LONGEST_TITLE]


def _outline(
    lines: Sequence[Line], headings: Sequence[Heading], zone: Zone, zone_at: int, zone_end: int
) -> list[Section]:
    sections: list[Section] = []
    open_at: list[int] = []
    ends = _ends(lines, headings, zone_end)
    for i, heading in enumerate(headings):
        del open_at[heading.level - 1 :]
        parent = open_at[-1] if open_at else zone_at
        title = _title(lines, heading, headings[i + 1].line if i + 1 < len(headings) else len(lines))
        role = _role(title, heading, lines) if heading.level == 1 else None
        open_at.append(zone_at + 1 + i)
        sections.append(
            Section(heading.level, zone, heading.label.text, title, role, parent, lines[heading.line].start, ends[i])
        )
    return sections


def _ends(lines: Sequence[Line], headings: Sequence[Heading], zone_end: int) -> list[int]:
    """Where the section of each heading ends: at the next heading of its level or a higher one."""
    ends = [zone_end] * len(headings)
    unended: list[int] = []
    for i, heading in enumerate(headings):
        while unended and headings[unended[-1]].level >= heading.level:
            ends[unended.pop()] = lines[heading.line].start
        unended.append(i)
    return ends


def _title(lines: Sequence[Line], heading: Heading, next_heading: int) -> str | None:
    """The rest of the heading line, or its first sentence; the line below where the label stands alone."""
    rest = lines[heading.line].text[heading.label.after :]
    below = heading.line + 1
    if not rest.strip() and below < next_heading:
        rest = lines[below].text
        below += 1
    while rest and rest.isupper() and below < next_heading and _continues_capitals(lines[below].text):
        rest = f"{rest} {lines[below].text}"
        below += 1
    title = tidy(first_sentence(rest).strip(_HEADING_MARKS))
    if len(title) > _LONGEST_TITLE:
        cut = title.rfind(" ", 0, _LONGEST_TITLE + 1)
        title = title[: cut if cut > 0 else _LONGEST_TITLE]
    return title or None


def _continues_capitals(text: str) -> bool:
    return text.isupper() and len(text) > 2 and text[0].isalpha() and _NO_HEADING.match(text) is None


@cache
def _roles() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((row["role"], regex.compile(row["pattern"])) for row in table("outline")["roles"])


def _role(title: str | None, heading: Heading, lines: Sequence[Line]) -> str | None:
    if title is None:
        return None
    ends_like_text = lines[heading.line].text.rstrip(_HEADING_MARKS).endswith(_ENDS_LIKE_TEXT)
    is_lettered = heading.label.style in (UPPER, ROMAN) and len(title) <= _SHORT_TITLE
    is_heading = title.isupper() or is_lettered or not ends_like_text
    if heading.label.is_unit:
        is_heading = is_heading and len(title) <= 120
    folded = title.lower().rstrip(" :.")
    if len(folded) > 120:
        return None
    named = next((role for role, pattern in _roles() if pattern.match(folded)), None)
    if is_heading:
        return named or (None if heading.label.style == "điều" else "khác")
    is_task = title.endswith(":") and len(folded) < _SHORT_TITLE
    return named if is_task and named == "tổ chức thực hiện" else None


def _gaps(lines: Sequence[Line], headings: Sequence[Heading]) -> list[Finding]:
    return [
        Finding(
            "section_gap",
            "warning",
            f"Đánh số không liên tục: sau mục {heading.skipped} là mục {heading.label.text}",
            lines[heading.line].start,
            lines[heading.line].start + heading.label.after,
        )
        for heading in headings
        if heading.skipped is not None
    ]
