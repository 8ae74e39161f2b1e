"""Types of document (tên loại): finding their names in text, and whether a type goes with the letters of a symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from extractors.grammar import table
from extractors.refs import Ref, type_codes
from extractors.text.letters import bare
from extractors.text.phrase_search import PhraseSearch

_MISREAD_REACH = 48
_IN_NAMES_OF_ORGANS = frozenset({"kế hoạch", "quy hoạch"})


class TypeWord(NamedTuple):
    """The name of a type of document in the text, code points [start, end); `name` is the table's."""

    name: str
    start: int
    end: int


def type_words(flow: str) -> Iterator[TypeWord]:
    """Every name of a type of document in `flow`, in reading order, whatever its case."""
    names, search = _written_names()
    for number, start, end in search.find(flow.replace("\n", " ")):
        following = flow[end : end + 1]
        if following.isalnum() or following == "_" or (start and flow[start - 1].isalnum()):
            continue
        name = names[number]
        if name in _IN_NAMES_OF_ORGANS and _organ_before().search(flow, max(0, start - 10), start):
            continue
        yield TypeWord(name, start, end)


def misread_type_before(flow: str, pos: int) -> TypeWord | None:
    """The name of a type that ends at `pos`, told by its letters alone where a scan has lost its tones."""
    window = max(0, pos - _MISREAD_REACH)
    letters = bare(flow[window:pos]).lower()
    found = _ends_with_type().search(letters) if len(letters) == pos - window else None
    if found is None:
        return None
    return TypeWord(_names_by_letters()[_one_blank(found["name"])], window + found.start("name"), pos)


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


def goes_with(name: str, ref: Ref) -> bool:
    """Whether a document called `name` can have the number and symbol `ref`.

    The letters of the type must be the type's; an individual state document without any is a công văn.
    """
    row = _rows()[name]
    if row.get("any_code") or ref.symbol is None or ref.family == "law":
        return True
    if ref.type_code is None:
        sound = ref.family == "state" and not ref.unknown and "-" in ref.symbol
        return name == "công văn" or not sound or not set(ref.symbol.split("-")).isdisjoint(row["codes"])
    if name == "công văn":
        return ref.type_code in row["codes"]
    bases = {base_type(other) for other in type_codes().get(ref.type_code, ())}
    return base_type(name) in bases or ref.type_code in row["codes"]


@cache
def _organ_before() -> re.Pattern[str]:
    """`Bộ Kế hoạch và Đầu tư`: the word names an organ and no document."""
    return re.compile(r"(?<!\w)(?:Bộ|Sở|Phòng|Vụ|Ban|Cục|Viện|BỘ|SỞ|PHÒNG)\s{1,3}$")


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
def _ends_with_type() -> re.Pattern[str]:
    forms = sorted((name for name in _names_by_letters() if len(name) > 6), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?P<name>{'|'.join(form.replace(' ', chr(92) + 's{1,3}') for form in forms)})$")


@cache
def _written_names() -> tuple[list[str], PhraseSearch]:
    """The types' names, each as often as it has spellings, and the search for these."""
    names: list[str] = []
    written: list[str] = []
    for spelling, name in _spellings().items():
        forms = {" ".join(words) for words in product(*((word, word.capitalize()) for word in spelling.split(" ")))}
        forms.add(spelling.upper())
        written += sorted(forms)
        names += [name] * len(forms)
    return names, PhraseSearch(written)


def _one_blank(text: str) -> str:
    return " ".join(text.split())
