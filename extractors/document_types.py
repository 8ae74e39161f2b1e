"""Types of document (tên loại): finding their names in text, and whether a type goes with the letters of a symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.grammar import table
from extractors.refs import type_codes


@dataclass(frozen=True, slots=True)
class TypeWord:
    """The name of a type of document in the text, code points [start, end); `name` is the table's."""

    name: str
    start: int
    end: int


def type_words(flow: str) -> Iterator[TypeWord]:
    """Every name of a type of document in `flow`, in reading order, whatever its case."""
    names = _names_by_spelling()
    for found in _pattern().finditer(flow):
        start, end = found.span()
        if start and (flow[start - 1].isalnum() or flow[start - 1] == "_"):
            continue
        yield TypeWord(names["".join(found.group().casefold().split())], start, end)


def type_word_at(flow: str, pos: int) -> TypeWord | None:
    """The name of a type of document that begins at `pos`."""
    found = _pattern().match(flow, pos)
    if found is None:
        return None
    return TypeWord(_names_by_spelling()["".join(found.group().casefold().split())], pos, found.end())


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
def _names_by_spelling() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for row in table("document_types")["type"]:
        for spelling in (row["name"], *row.get("variants", ())):
            spellings.setdefault("".join(spelling.casefold().split()), row["name"])
    return spellings


@cache
def _pattern() -> re.Pattern[str]:
    spellings = [s for row in table("document_types")["type"] for s in (row["name"], *row.get("variants", ()))]
    spellings.sort(key=len, reverse=True)
    forms: list[str] = []
    for spelling in spellings:
        forms += [_form(spelling), _form(spelling.capitalize()), _form(spelling.upper())]
        if " " in spelling:
            forms.append(_form(spelling.title()))
            words = spelling.split(" ", 1)
            forms.append(_form(f"{words[0].capitalize()} {words[1].capitalize()}"))
    return re.compile(rf"(?:{'|'.join(dict.fromkeys(forms))})(?!\w)")


def _form(spelling: str) -> str:
    return re.escape(spelling).replace(r"\ ", r"\s{1,3}")
