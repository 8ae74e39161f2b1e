"""Types of document (tên loại): finding their names in text, and whether a type goes with the letters of a symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.grammar import table
from extractors.letters import bare
from extractors.refs import type_codes


@dataclass(frozen=True, slots=True)
class TypeWord:
    """The name of a type of document in the text, code points [start, end); `name` is the table's.

    `exact` is False where only the letters fit, not their tones.
    """

    name: str
    start: int
    end: int
    exact: bool


def type_words(flow: str) -> Iterator[TypeWord]:
    """Every name of a type of document in `flow`, in reading order, whatever its case and however badly its tones
    were read."""
    letters = flow.translate(_small_bare_letters())
    names = _names_by_letters()
    spellings = _spellings()
    for found in _pattern().finditer(letters):
        start, end = found.span()
        if (start and letters[start - 1].isalnum()) or letters[end : end + 1].isalnum():
            continue
        name = names[_one_blank(found.group())]
        yield TypeWord(name, start, end, _one_blank(flow[start:end].casefold()) in spellings)


def base_type(name: str) -> str:
    """The type that a row reports: `chương trình phối hợp` is a chương trình."""
    kind: str = _rows()[name].get("kind_of", name)
    return kind


def type_of_code(code: str | None) -> str | None:
    """The type whose letters `code` are, None where several share them or there are none."""
    names = {base_type(name) for name in type_codes().get(code or "", ())}
    if len(names) > 1:
        names = {name for name in names if _rows()[name]["codes"][:1] == [code]}
    return names.pop() if len(names) == 1 else None


def goes_with(name: str, code: str | None, *, numbered_without_type: bool) -> bool:
    """Whether a document called `name` can have the type letters `code` (None: the symbol has none, as in a công văn)."""
    row = _rows()[name]
    if row.get("any_code"):
        return True
    if code is None:
        return name == "công văn" or not numbered_without_type
    if name == "công văn":
        return code in row["codes"]
    bases = {base_type(other) for other in type_codes().get(code, ())}
    return base_type(name) in bases or code in row["codes"]


@cache
def _rows() -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in table("document_types")["type"]}


@cache
def _spellings() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for row in table("document_types")["type"]:
        for spelling in (row["name"], *row.get("variants", ())):
            spellings.setdefault(spelling, row["name"])
    return spellings


@cache
def _names_by_letters() -> dict[str, str]:
    names: dict[str, str] = {}
    for spelling, name in _spellings().items():
        names.setdefault(bare(spelling), name)
    return names


@cache
def _small_bare_letters() -> dict[int, str]:
    capitals = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    toned = (chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
    return capitals | {ord(letter): bare(letter).lower() for letter in toned if bare(letter) != letter}


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_names_by_letters(), key=len, reverse=True)
    return re.compile("|".join(form.replace(" ", r"\s{1,3}") for form in forms))


def _one_blank(text: str) -> str:
    return " ".join(text.split())
