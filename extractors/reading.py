"""The document as the extractors see it: one normalised text, its blocks on the pages, and its paragraphs.

`Reading.text` is what the warehouse stores. `Reading.flow` has the same length, so offsets are shared, but every line
break inside a paragraph is a blank in it: patterns that must not leave a paragraph exclude `\\n` and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

import regex

BlockKind = Literal["paragraph", "line", "cell", "label"]

_ONE_TO_ONE = str.maketrans(
    {
        "Ð": "Đ",
        "ð": "đ",
        "Ɖ": "Đ",
        "\u00a0": " ",
        "\u1680": " ",
        "\u202f": " ",
        "\u205f": " ",
        "\u3000": " ",
        **{chr(c): " " for c in range(0x2000, 0x200B)},
        "\t": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "-",
        "\ufe63": "-",
        "\x0b": "\n",
        "\x0c": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x85": "\n",
        **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    }
)
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\r"
_WITHOUT_DROPPED = dict.fromkeys(map(ord, _DROPPED))
_GREEK_OR_CYRILLIC = "\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
_NEEDS_WORK = re.compile(
    "[ÐðƉ\u00a0\u1680\u2000-\u200f\u2010\u2011\u2028\u2029\u202f\u205f\u2060\u2212\u3000\ufe63\ufeff\uff01-\uff5e"
    f"\t\r\x0b\x0c\x85\u00ad{_GREEK_OR_CYRILLIC}]"
)
_REPLACED = re.compile(f"[{''.join(re.escape(chr(code)) for code in _ONE_TO_ONE)}]")
_DOUBLE_BLANK = re.compile(r"  (?<=[^ \n]  )(?=[^ \n])")  # three and more set columns apart and stay
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХаеорсухіІЅѕјЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxiISsjJABEZHIKMNOPTYXo")
_FOREIGN = re.compile(f"[{_GREEK_OR_CYRILLIC}]")
_FOREIGN_BEFORE_LATIN = regex.compile(rf"[{_GREEK_OR_CYRILLIC}](?=[-/]\p{{Latin}})")
_LATIN = regex.compile(r"\p{Latin}")
_WORD = regex.compile(r"\w++")
_MOST_MARKS = 16  # no writing piles up more; composing thousands takes too long
_EXCESS_MARKS = regex.compile(rf"(\p{{M}}{{{_MOST_MARKS}}})\p{{M}}+")
# Letters that nothing beside them belongs to and that stay; composed Vietnamese has hardly any others.
_PLAIN = "\x00-\x0c\x0e-\xac\xae-\u02ff\u1e00-\u1eff\u2000-\u200a\u2010-\u205f\u2061-\u20cf"
_NOT_PLAIN = re.compile(f"(?:[{_PLAIN}]?[^{_PLAIN}]++)++[{_PLAIN}]?")
_CLUSTER = regex.compile(r"\X", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A line, paragraph or table cell of the text and where it stands on its page.

    `page` counts from 1. `box` is (left, top, right, bottom) in points from the page's upper left corner, None where
    the format has no pages (docx, txt). `column` is 0 for the whole width, 1, 2 … from the left where text stands
    side by side (header, signature, table cells). `row` tells the table row the block belongs to, None outside
    tables. `bold` and `centred` are None where the source does not tell. `ocr_confidence` (0..1) is that of the word
    OCR was least sure of, None without OCR.
    """

    start: int
    end: int
    page: int
    kind: BlockKind = "paragraph"
    box: tuple[float, float, float, float] | None = None
    column: int = 0
    row: int | None = None
    bold: bool | None = None
    centred: bool | None = None
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in NFC with its blocks; made by `Reading.of` or by the ingest stage."""

    text: str
    blocks: tuple[Block, ...] = ()
    flow: str = field(default="", repr=False)

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block] = ()) -> Reading:
        """Read `text`, which must be normalised already (see `normalise`), and find its paragraphs."""
        from extractors.text.paragraphs import join_broken_lines

        return cls(text, tuple(blocks), join_broken_lines(text))


def normalise(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Bring `text` to the form all offsets count in.

    NFC; one kind of blank, line break and hyphen; one blank where two stood between words; Đ (U+0110) for Ð (U+00D0);
    soft hyphens, zero-width marks and carriage returns gone; full-width forms and Cyrillic or Greek look-alikes inside
    Latin words made Latin. Tone marks stay where the writer put them (`hoà` is not made `hòa`).

    Returns the new text and, when lengths changed, for each of its code points (and its end) the offset in `text`.
    """
    composed = unicodedata.is_normalized("NFC", text)
    if composed and _NEEDS_WORK.search(text) is None:
        return _with_single_blanks(text, None)
    if composed and not any(mark in text for mark in _DROPPED):
        return _with_single_blanks(_one_to_one(text), None)
    pieces: list[str] = []
    origins: list[int] = []
    done = 0
    for stretch in _NOT_PLAIN.finditer(text):
        pieces.append(text[done : stretch.start()])
        origins.extend(range(done, stretch.start()))
        for cluster in _CLUSTER.finditer(text, stretch.start(), stretch.end()):
            piece = _composed(cluster.group())
            pieces.append(piece)
            origins.extend([cluster.start()] * len(piece))
        done = stretch.end()
    pieces.append(text[done:])
    origins.extend(range(done, len(text) + 1))
    return _with_single_blanks(_one_to_one("".join(pieces)), tuple(origins))


def _composed(cluster: str) -> str:
    """A letter with the marks that belong to it as it is kept; empty for what is dropped."""
    if cluster in ("\r\n", "\r"):
        return "\n"
    if len(cluster) > _MOST_MARKS:
        cluster = _EXCESS_MARKS.sub(r"\1", cluster)
    return unicodedata.normalize("NFC", cluster).translate(_WITHOUT_DROPPED)


def _with_single_blanks(text: str, origins: tuple[int, ...] | None) -> tuple[str, tuple[int, ...] | None]:
    """`text` with one blank where exactly two stood between words, as justified exports and typists leave them."""
    dropped = [blank.start() for blank in _DOUBLE_BLANK.finditer(text)] if "  " in text else []
    if not dropped:
        return text, origins
    kept = [slice(start, end) for start, end in zip([0, *(at + 1 for at in dropped)], [*dropped, None], strict=True)]
    before = range(len(text) + 1) if origins is None else origins
    return "".join(text[part] for part in kept), tuple(chain.from_iterable(before[part] for part in kept))


def _one_to_one(text: str) -> str:
    text = _REPLACED.sub(lambda letter: _ONE_TO_ONE[ord(letter.group())], text)
    if _FOREIGN.search(text) is None:
        return text
    text = _WORD.sub(_without_look_alikes, text)
    return _FOREIGN_BEFORE_LATIN.sub(lambda letter: letter.group().translate(_LOOK_ALIKES), text)


def _without_look_alikes(word: regex.Match[str]) -> str:
    letters = word.group()
    mixed = _FOREIGN.search(letters) is not None and _LATIN.search(letters) is not None
    return letters.translate(_LOOK_ALIKES) if mixed else letters


def tidy(text: str) -> str:
    """A stretch of the text as it is shown: blanks and line breaks become one blank, outer blanks go."""
    return " ".join(text.split())
