"""Roman numerals and ordinals in words: `XIII`, `thứ mười một`."""

from __future__ import annotations

from extractors.grammar import table

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral in canonical form, None for any other text."""
    if not text or any(letter not in _ROMAN_VALUES for letter in text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    total = sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    return total if to_roman(total) == text else None


def to_roman(value: int) -> str:
    """`value` as a Roman numeral."""
    out = ""
    for figure, letters in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV")):
        out += letters * (value // figure)
        value %= figure
    return out + "I" * value


def ordinal_value(written: str) -> int | None:
    """The value of an ordinal in figures, in Roman numerals or in words (`mười một`), None for any other text."""
    words = written.lower().split()
    if len(words) == 1 and words[0].isdigit():
        return int(words[0])
    ordinals: dict[str, int] = table("outline")["ordinals"]
    if words and all(word in ordinals for word in words):
        return sum(ordinals[word] for word in words)
    return roman_value(written.strip().upper())
