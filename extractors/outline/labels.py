"""Labels at the beginning of a paragraph (`Điều 5.`, `II.`, `1.1.`, `a)`) and the value each stands for.

Only the form is read here; whether a label belongs to the outline is decided in `extractors.outline.headings`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

import regex

from extractors.grammar import table
from extractors.numerals import ordinal_value, roman_value, to_roman

UPPER, ROMAN, ARABIC, DECIMAL, LOWER, LETTER_NUMBER, NUMBER_IN_BRACKETS, LOWER_ROMAN = (
    "upper",
    "roman",
    "arabic",
    "decimal",
    "lower",
    "letter number",
    "number in brackets",
    "lower roman",
)
_RANKS = {
    UPPER: 10,
    ROMAN: 10,
    ARABIC: 20,
    DECIMAL: 21,
    LOWER: 30,
    LETTER_NUMBER: 31,
    NUMBER_IN_BRACKETS: 32,
    LOWER_ROMAN: 33,
}
_LABEL = regex.compile(
    r"""[\s*_'’`.„:;,|~^°·«]{0,4}(?:
    (?P<unit>PHẦN|Phần|CHƯƠNG|Chương|TIỂU[ ]MỤC|Tiểu[ ]mục|MỤC|Mục|ĐIỀU|Điều|(?:KHOẢN|Khoản)(?=[ ](?i:thứ)[ ]))
        [ ]{1,4}(?P<of_unit>(?:thứ|THỨ)[ ]{1,3}(?:\d{1,3}(?![\p{L}\d])
            |\p{L}{2,5}(?:[ ](?i:một|hai|ba|tư|năm|sáu|bảy|tám|chín)(?!\p{L}))?)
            |[IVXLC]{1,7}(?![\p{L}\d])|\d{1,4}[a-zđ]?(?![\p{L}\d])|[A-H](?![\p{L}\d]))
        [ ]{0,3}(?P<unit_mark>[.:–/-]{1,2}|(?=\s*$)|(?=[ ]\p{Lu}))
    |(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,4})(?P<decimal_mark>[.)/:]?|[-–](?=\s\p{Lu}))(?![\d/,%-])
    |(?P<arabic>\d{1,3}|[lI|](?=\.[ ]?\p{Lu})|[\]](?=\.))[ ]?(?P<arabic_mark>[.)/]{1,3}|:|(?:-|–)(?=[ ]?\p{L}))(?!\d)
    |\((?P<bracketed>\d{1,2}|[a-zđ]|[ivx]{1,4})\)
    |(?P<letter_number>[a-zđ][.]?\d{1,2})(?P<ln_mark>[.)]{1,2})
    |(?P<lower>[a-zđ]|[ivx]{2,4})[ ]?(?P<lower_mark>[)]|[./](?=\s|\p{Lu}|$)|[-–](?=\s\p{Lu}))(?!\d)
    |(?P<roman>[IVXÌÏ1lH|TL]{1,6})[ ]?(?P<roman_mark>[.)/:]{1,3}|(?:-|–)(?=[ ]))(?!\d)
    |(?P<upper>[A-HJ-UWYZĐ])[ ]?(?P<upper_mark>[.)/]{1,2}|:|(?:-|–)(?=[ ]))(?![\d.])
    )\s*""",
    regex.VERBOSE,
)
# What every label begins with: a cheap look before the dear one, since most paragraphs have none.
_MAY_BE_LABELLED = re.compile(
    r"[\s*_'’`.„:;,|~^°·«]{0,4}(?:[\d(|\]]|[A-Za-zđĐÌÏ]{1,6}[ ]?[-–.)/:]|[a-zđ]\d"
    r"|PHẦN|Phần|CHƯƠNG|Chương|TIỂU|Tiểu|MỤC|Mục|ĐIỀU|Điều|KHOẢN|Khoản)"
)
_LONGEST_ROMAN = 6
_QUANTITY = regex.compile(r"\d{3}(?:[.,]\d|\D|$)|000|\d{1,2}[./-]\d{1,2}[./-]\d{4}")


class Label(NamedTuple):
    """One reading of a paragraph's beginning as a label of `style`, the `value`-th of its row.

    `text` is the label without its point or bracket; `after` is where in the paragraph the title begins. `prefix` holds
    the figures before the last of a decimal label. `sure` is False for readings that only repair OCR.
    """

    style: str
    value: int
    text: str
    after: int
    mark: str = ""
    prefix: tuple[int, ...] = ()
    sure: bool = True

    @property
    def rank(self) -> int:
        """The natural order of styles: units of a legal text first, `i)` last."""
        units: dict[str, int] = table("outline")["units"]
        return units[self.style] if self.style in units else _RANKS[self.style.split(":")[0]] + len(self.prefix)

    @property
    def is_unit(self) -> bool:
        """Whether this is phần, chương, mục, tiểu mục or Điều."""
        return self.style in table("outline")["units"]


@lru_cache(maxsize=1024)  # zones and headings ask for the same paragraphs
def labels_of(paragraph: str) -> tuple[Label, ...]:
    """All readings of the beginning of `paragraph` as a label, the likeliest first."""
    found = _LABEL.match(paragraph) if _MAY_BE_LABELLED.match(paragraph) else None
    if found is None:
        return ()
    after = found.end()
    rest = paragraph[after : after + 12]
    if found["unit"]:
        return _unit(found, rest, after)
    if found["decimal"]:
        return _decimal(found, rest, after)
    if _QUANTITY.match(rest):
        return ()
    if found["arabic"]:
        return _arabic(found["arabic"], found["arabic_mark"], after, rest)
    if found["bracketed"]:
        return _bracketed(found["bracketed"], after)
    if found["letter_number"]:
        text = found["letter_number"]
        return (Label(LETTER_NUMBER, int(text.lstrip(_letters()).lstrip(".")), text, after, found["ln_mark"][:1]),)
    if found["lower"]:
        return _lower(found["lower"], found["lower_mark"][:1], after, rest)
    if found["roman"]:
        return _roman(found["roman"], found["roman_mark"][:1], after, rest)
    return _upper(found["upper"], found["upper_mark"][:1], after, rest)


def letter_value(letter: str) -> int:
    """The place of a điểm's letter in the alphabet, from 1."""
    return _letters().index(letter) + 1


def letters_between(low: int, high: int) -> int:
    """How many letters that nobody leaves out stand between two places of the alphabet."""
    return sum(letter not in table("outline")["letters"]["optional"] for letter in _letters()[low : high - 1])


@cache
def _letters() -> str:
    return str(table("outline")["letters"]["order"])


def _unit(found: regex.Match[str], rest: str, after: int) -> tuple[Label, ...]:
    unit = found["unit"].lower()
    written = found["of_unit"]
    value = _unit_value(written)
    follows = rest.lstrip()
    goes_on = bool(follows) and not found["unit_mark"]
    if value is None or (goes_on and not (follows[:2].isupper() and unit != "điều")):
        return ()
    if unit != "điều" and follows[:1].islower():
        return ()
    written = written.lower() if written.lower().startswith("thứ") else written
    return (Label("điều" if unit == "khoản" else unit, value, f"{found['unit'].capitalize()} {written}", after),)


def _unit_value(written: str) -> int | None:
    words = written.lower().split()
    if words[0] == "thứ":
        return ordinal_value(" ".join(words[1:]))
    if written[0].isdigit():
        return int("".join(c for c in written if c.isdigit()))
    return roman_value(written) or (letter_value(written.lower()) if len(written) == 1 else None)


def _decimal(found: regex.Match[str], rest: str, after: int) -> tuple[Label, ...]:
    figures = tuple(int(figure) for figure in found["decimal"].split("."))
    marked = bool(found["decimal_mark"])
    if figures[-1] == 0 or figures[0] == 0 or not rest[:1].strip() or _QUANTITY.match(rest):
        return ()
    if not marked and not rest[:1].isupper() and rest[:1] not in '“"(':
        return ()
    decimal = Label(f"{DECIMAL}:{len(figures)}", figures[-1], found["decimal"], after, prefix=figures[:-1])
    if len(figures) > 2 or marked:
        return (decimal,)
    number_with_note = Label(ARABIC, figures[0], str(figures[0]), after, ".", sure=False)
    return (decimal, number_with_note)


def _arabic(text: str, mark: str, after: int, rest: str) -> tuple[Label, ...]:
    if not text.isdigit():
        readings = [Label(ARABIC, 1, "1", after, mark[0], sure=False)]
        if text == "I":
            readings.insert(0, Label(ROMAN, 1, "I", after, mark[0]))
        elif text == "l":
            readings.append(Label(LOWER, letter_value("l"), "l", after, mark[0]))
        return tuple(readings)
    if mark in {":", "-", "–"} and not rest[:1].isupper():
        return ()
    value = int(text)
    return (Label(ARABIC, value, text, after, mark[0]),) if value else ()


def _bracketed(text: str, after: int) -> tuple[Label, ...]:
    if text.isdigit():
        return (Label(NUMBER_IN_BRACKETS, int(text), text, after, "()"),) if int(text) else ()
    return _lower(text, "()", after, " ")


def _lower(text: str, mark: str, after: int, rest: str) -> tuple[Label, ...]:
    readings = []
    closes = mark in {")", "()"} or rest[:1].strip()[:1].isupper() or not rest or (mark == "/" and rest)
    if len(text) == 1 and text in _letters() and closes:
        readings.append(Label(LOWER, letter_value(text), text, after, mark))
    roman = roman_value(text.upper())
    if roman:
        readings.append(Label(LOWER_ROMAN, roman, text, after, mark))
    if text == "l":
        readings.append(Label(ARABIC, 1, "1", after, mark, sure=False))
    return tuple(readings)


def _roman(text: str, mark: str, after: int, rest: str) -> tuple[Label, ...]:
    readings = []
    value = roman_value(text)
    if value is not None and not rest[:1].islower():
        readings.append(Label(ROMAN, value, text, after, mark))
    if text in {"I", "l", "|", "Ì", "Ï"}:
        readings.append(Label(ARABIC, 1, "1", after, mark, sure=False))
    if len(text) == 1 and text in "HLT":
        readings.append(Label(UPPER, letter_value(text.lower()), text, after, mark))
    if value is None or text in {"H", "L", "T"}:
        readings.extend(Label(ROMAN, v, to_roman(v), after, mark, sure=False) for v in _misread_romans(text))
    return tuple(readings)


def _misread_romans(text: str) -> list[int]:
    """The numerals that OCR may have seen as `text`, smallest first."""
    misread: dict[str, list[str]] = table("outline")["misread"]["roman"]
    choices = product(*(misread.get(letter, [letter]) for letter in text[:_LONGEST_ROMAN]))
    values = {roman_value("".join(letters)) for letters in choices}
    return sorted(value for value in values if value is not None)


def _upper(text: str, mark: str, after: int, rest: str) -> tuple[Label, ...]:
    if rest[:1].islower():
        return ()
    return (Label(UPPER, letter_value(text.lower()), text, after, mark),)
