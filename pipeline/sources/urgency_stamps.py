"""Stamps of urgency and secrecy (`HỎA TỐC`, `KHẨN`, `MẬT`) on scans: red, boxed, often a little turned.

Red ink is taken out before a page is read, and such a stamp goes with it. The red ink of the first page's upper part is
therefore read alone, without the stamp's frame, level and turned by
some degrees either way. Only the words that the header table knows count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from extractors.grammar import table
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word, fold
from pipeline.sources.scan_image import CleanScan, find_rules
from pipeline.sources.signature_names import LineReader, red_ink

_UPPER_PART = 0.4
_LEAST_INK = 0.0005
_INK = 40
_TURNS = (0, -4, 4, -8, 8)
_SURE = 0.6
_REGION = 1_000_000
"""A region of its own, so that the stamp is a paragraph by itself."""


def read_stamps(lines: Sequence[Line], clean: CleanScan, points: float, read_line: LineReader) -> list[Line]:
    """The lines of a first page with a stamp of urgency or secrecy in red ink after the header's columns."""
    out = list(lines)
    if not clean.is_colour or any(_stamp_in(line.words) for line in lines):
        return out
    upper = clean.colour.crop((0, 0, clean.colour.width, round(_UPPER_PART * clean.colour.height)))
    picture = red_ink(upper)
    if (np.asarray(picture) < 255 - _INK).mean() < _LEAST_INK:
        return out
    for turn in _TURNS:
        stamps = list(_stamps(picture, turn, points, read_line))
        if stamps:
            place = next((n for n, line in enumerate(out) if line.role == "body"), len(out))
            out[place:place] = stamps
            return out
    return out


def _stamps(picture: Image.Image, turn: float, points: float, read_line: LineReader) -> Iterator[Line]:
    turned = picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
    frame = ImageDraw.Draw(turned)
    for rule in find_rules(turned, points):
        left, top, right, bottom = (edge / points for edge in (rule.left, rule.top, rule.right, rule.bottom))
        frame.rectangle((left - 4, top - 4, right + 4, bottom + 4), fill=255)
    words = [word for word in read_line(turned, points, 6) if (word.confidence or 0.0) >= _SURE]
    for at in range(len(words)):
        for count in (2, 1):
            run = words[at : at + count]
            stamp = _stamp_in(run)
            if stamp is not None and _in_one_row(run):
                box = run[0]._replace(text=stamp, right=run[-1].right, raw="")
                yield Line((box,), 1, region=_REGION + at)
                return


def _in_one_row(words: Sequence[Word]) -> bool:
    return all(abs(word.baseline - words[0].baseline) < 0.5 * words[0].size for word in words)


def _stamp_in(words: Sequence[Word]) -> str | None:
    """The stamp that the words are, in capitals and with its marks; None when they are none."""
    text = " ".join(word.text.strip(".,:;|[]()!_-–") for word in words).strip()
    return _known().get(fold(text)) if text.isupper() else None


@cache
def _known() -> dict[str, str]:
    header = table("header")
    known: dict[str, str] = {}
    for field in ("urgency", "secrecy"):
        for word in header[field]["words"]:
            known.setdefault(fold(word), word.upper())
    return known
