"""The lines of a text as a reader of the page sees them: two columns printed side by side are two lines.

Text taken from a page without its layout keeps the columns apart by wide gaps. The header and the signature are read
line by line, so such a gap ends a line here; offsets stay those of the text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import regex

_ITEM_MARKS = "-–—~•+."


class TextLine(NamedTuple):
    """One printed line: code points [start, end) of the text, without outer blanks.

    `text` is what is shown (inner blanks tidied), `number` counts the lines of the text, two columns of the same
    height share it, `indent` is the distance from the left edge in characters, `side` is 0 for what begins a line and
    1, 2 … for what follows a wide gap.
    """

    start: int
    end: int
    text: str
    number: int
    indent: int
    side: int


def text_lines(text: str, start: int = 0, end: int | None = None) -> list[TextLine]:
    """Every non-empty line of `text[start:end]` in order, split at wide gaps between columns."""
    end = len(text) if end is None else end
    lines: list[TextLine] = []
    at = start
    for number, raw in enumerate(text[start:end].split("\n")):
        bare = raw.strip()
        if "  " not in bare and bare:
            indent = raw.index(bare[0]) if len(bare) < len(raw) else 0
            lines.append(TextLine(at + indent, at + indent + len(bare), bare, number, indent, 0))
        elif "    " in bare:
            lines += _split(text, at, at + len(raw), number)
        elif bare:
            lines += _line(text, at, at + len(raw), at, number, 0)
        at += len(raw) + 1
    return lines


@lru_cache(maxsize=2)  # signatories and recipients read the same lines
def lines_beside_lists(text: str) -> tuple[TextLine, ...]:
    """All lines of `text`; what stands beside an item of the distribution list, one blank apart, is a line of its own.

    OCR and glued table cells print `- Như trên; KT. CHỦ TỊCH` or `Nơi nhận: GIÁM ĐỐC`.
    """
    pieces = text_lines(text)
    items = [at for at, line in enumerate(pieces) if line.text[0] in _ITEM_MARKS or "nh" in line.text[2:12].lower()]
    for at in reversed(items):
        line = pieces[at]
        beside = _beside_an_item().match(text, line.start, line.end)
        if beside is not None and beside.end() < line.end:
            edge = line.start - line.indent
            pieces[at : at + 1] = [
                *_line(text, line.start, beside.end(), edge, line.number, line.side),
                *_line(text, beside.end(), line.end, edge, line.number, line.side + 1),
            ]
    return tuple(pieces)


@cache
def _beside_an_item() -> regex.Pattern[str]:
    beside = (
        r"(?<!\w)(?=(?:T/?M|K/?T|T/?L|TUQ|Q)[./]\s{0,3}\p{Lu}{2}(?!\w{0,3}\.)|(?:T/M|K/T|T/L)\s{1,2}\p{Lu}{2}"
        r"|(?:\p{Lu}{1,3} )?(?:PH[ÓO] )?(?:CH[ỦU]|GI[ÁA]M|CH[ÁA]NH|TR[ƯU][ỞO]NG"
        r"|HI[ỆE]U|TH[ỨƯỦ]|B[ỘÍ]|C[ỤU]C|V[ỤU]|VI[ỆE]N)\b"
        r"|\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,3}\s*$)"
    )
    return regex.compile(
        r"(?:[^\W\d]{2,4}\s{1,3}(?i:nh[aâậăạẩầ]n)\s?[:;.]|[-–~—•+.]\s{0,3}[^\n;]{1,90};"
        r"|[-–~—]\s?L[ưu]u\s?:?[^\n;.]{1,40}?[.;,]?)"
        rf"[ _.,—–|\"“'`*]{{0,120}}{beside}"
    )


@cache
def _column_gap() -> regex.Pattern[str]:
    return regex.compile(r" {4,}(?=[^\W\d_]|[(“\"*_.–—-]{0,3}[^\W\d_])")


@cache
def _signed() -> regex.Pattern[str]:
    return regex.compile(r"\(\s?(?:[Đđ]ã|[Kk]ý)\s")


@cache
def _stays_open() -> regex.Pattern[str]:
    return regex.compile(r"(?i)(?:[:/]|\b(?:ngày|tháng|năm|số))$")


def _split(text: str, start: int, stop: int, number: int) -> list[TextLine]:
    found: list[TextLine] = []
    piece = start
    if stop - start < 2_000:
        for gap in _column_gap().finditer(text, start, stop):
            left = text[piece : gap.start()].strip()
            right = text[gap.end() : gap.end() + 1]
            if not left or _stays_open().search(left) or not (right.isupper() or right in '(*_-–—“".'):
                continue
            if (right == "-" and len(left) < 20) or (right == "(" and not _signed().match(text, gap.end())):
                continue
            found += _line(text, piece, gap.start(), start, number, len(found))
            piece = gap.end()
    return found + _line(text, piece, stop, start, number, len(found))


def _line(text: str, start: int, end: int, left_edge: int, number: int, side: int) -> list[TextLine]:
    shown = text[start:end]
    bare = shown.strip()
    if not bare:
        return []
    start += len(shown) - len(shown.lstrip())
    return [TextLine(start, start + len(bare), _tidied(bare), number, start - left_edge, side)]


def _tidied(words: str) -> str:
    return " ".join(words.split())
