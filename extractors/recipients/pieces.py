"""Words of a list's items that keep their places in the text, and how they are parted at commas and semicolons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extractors.grammar import table
from extractors.text.letters import any_of


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an item, blanks tidied; `offsets` tells for each character where it stands in the text."""

    text: str
    offsets: tuple[int, ...]

    def cut(self, start: int, end: int) -> Piece:
        """The words from `start` to `end`, marks round them apart."""
        while start < end and self.text[start] in " ;,.:":
            start += 1
        while end > start and self.text[end - 1] in " ;,:":
            end -= 1
        if self.text[start:end].endswith(".") and not _ends_with_initials().search(self.text[start:end]):
            end -= 1
        return Piece(self.text[start:end], self.offsets[start:end])

    def __add__(self, other: Piece) -> Piece:
        if not self.text:
            return other
        return Piece(f"{self.text} {other.text}", (*self.offsets, other.offsets[0] - 1, *other.offsets))


def piece_of(text: str, start: int, end: int) -> Piece:
    """The words of `text[start:end]`."""
    offsets: list[int] = []
    chars: list[str] = []
    for offset in range(start, end):
        char = text[offset]
        if char.isspace():
            if chars and chars[-1] != " ":
                chars.append(" ")
                offsets.append(offset)
        else:
            chars.append(char)
            offsets.append(offset)
    if chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    return Piece("".join(chars), tuple(offsets))


def parted_at_commas(piece: Piece) -> list[Piece]:
    """The members of a list; commas inside the name of one unit do not part it."""
    shielded = [(m.start(), m.end()) for m in _composites().finditer(piece.text)]
    return [
        part.cut(0, len(part.text))
        for part in parted_at_marks(piece, ",", shielded)
        if part.cut(0, len(part.text)).text
    ]


def parted_at_marks(piece: Piece, mark: str, shielded: list[tuple[int, int]] | None = None) -> list[Piece]:
    """Part `piece` at every `mark` outside brackets and quotation marks; `;` parts files at commas too."""
    parts: list[Piece] = []
    depth = 0
    begun = 0
    for at, char in enumerate(piece.text):
        if char in "([“":
            depth += 1
        elif char in ")]”":
            depth = max(0, depth - 1)
        elif char == mark and depth == 0 and not any(s <= at < e for s, e in shielded or ()):
            parts.append(Piece(piece.text[begun:at], piece.offsets[begun:at]))
            begun = at + 1
    parts.append(Piece(piece.text[begun:], piece.offsets[begun:]))
    return [part for part in parts if part.text.strip()]


@cache
def _ends_with_initials() -> regex.Pattern[str]:
    return regex.compile(r"(?:^|[\s(.])[A-ZĐ]\.[A-ZĐ]\.$")


@cache
def _composites() -> regex.Pattern[str]:
    return regex.compile(any_of(table("recipients")["composites"]["names"]))
