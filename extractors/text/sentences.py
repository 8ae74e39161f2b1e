"""Where a sentence ends in administrative Vietnamese: not at `TP.`, `v.v.`, `PGS.TS.`, a date or a list number."""

from __future__ import annotations

from collections.abc import Iterator

import regex

_END = regex.compile(r"[.!?…](?:/[.\-]?)?[\"”’')\]*]{0,3}(?=\s+[\"“‘'(*]{0,3}[\p{Lu}\d]|\s*$)|\n")
_ABBREVIATION = regex.compile(
    r"(?<![\p{L}])(?:\p{Lu}|TP|Tp|TX|TT|Tx|GS|PGS|TS|ThS|Th\.?S|BS|CN|KS|NCS|[ĐđDd]/c|TM|KT|TL|TUQ|QĐ|St|Mr|Mrs|Ms|Dr|No|Co|Ltd"
    r"|P|Q|H|T|v\.v|VD|vd|tr|CKI|CKII)$|(?:^|[:;(])\s{0,2}\d{1,2}$"
)
_ABBREVIATION_REACH = 8


def sentence_end(text: str, pos: int, end: int | None = None) -> int:
    """Where the sentence that goes on at `pos` ends, its mark included."""
    limit = len(text) if end is None else end
    for mark in _END.finditer(text, pos, limit):
        if text[mark.start()] != "." or mark.end() >= limit or not _is_abbreviated(text, mark.start()):
            return mark.end()
    return limit


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Each sentence of `text[start:end]` as [start, end), outer blanks left out."""
    limit = len(text) if end is None else end
    at = start
    while at < limit:
        stop = sentence_end(text, at, limit)
        first, last = at, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        at = max(stop, at + 1)


def first_sentence(text: str) -> str:
    """The first sentence of `text` without its full stop; other marks stay."""
    sentence = text[: sentence_end(text, 0)].strip()
    if sentence.endswith("./."):
        return sentence[:-3]
    if sentence.endswith(("/.", "./")):
        return sentence[:-2]
    return sentence[:-1] if sentence.endswith(".") and not sentence.endswith("..") else sentence


def _is_abbreviated(text: str, dot: int) -> bool:
    return _ABBREVIATION.search(text, max(0, dot - _ABBREVIATION_REACH), dot) is not None
