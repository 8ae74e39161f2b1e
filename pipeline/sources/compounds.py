"""Which syllables stand together in Vietnamese words: the evidence by which marks that OCR mistook are put right.

Compounds come from the dictionaries that underthesea brings along (Viet74K and a shorter form) and from the names and
phrases of the grammar. Without underthesea only the grammar's are known.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from extractors.grammar import table
from pipeline.sources.page_words import fold

_DICTIONARIES = Path("corpus") / "data"
_LARGE, _SMALL = "Viet74K.txt", "Viet22K.txt"
_NO_EVIDENCE = frozenset(("examples", "not", "apart"))
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

Syllable = tuple[str, str]
"""A syllable as (letters without tone, tone): the same wherever the tone mark is put (ủy, uỷ)."""

Pair = tuple[Syllable, Syllable]
_NONE: Set[Pair] = frozenset()
_ByLetters = Mapping[tuple[str, str], Set[Pair]]


@dataclass(frozen=True, slots=True)
class Compounds:
    """Neighbouring syllables of known words.

    `known` holds all of them, `whole` those that are a whole word of daily use. `common` and `rare` give the pairs by
    their bare letters; `rare` holds the other words of the large dictionary, of which no office writes many.
    `written` tells how a syllable is spelt.
    """

    known: frozenset[Pair]
    whole: frozenset[Pair]
    common: _ByLetters
    rare: _ByLetters
    written: dict[Syllable, str]

    def holds(self, first: str, second: str) -> bool:
        """Whether two neighbouring syllables stand together in any known word."""
        return bool(first and second) and (syllable(first), syllable(second)) in self.known

    def are_word(self, first: str, second: str) -> bool:
        """Whether two neighbouring syllables are a whole word of daily use."""
        return bool(first and second) and (syllable(first), syllable(second)) in self.whole

    def written_like(self, first: str, second: str, *, rare: bool) -> Set[Pair]:
        """The pairs that have the bare letters of two syllables, rare ones among them on request."""
        letters = (fold(first), fold(second))
        found = self.common.get(letters, _NONE)
        return found | self.rare.get(letters, _NONE) if rare else found


@lru_cache(maxsize=50_000)
def syllable(text: str) -> Syllable:
    """The lower-case letters of a syllable without its tone, and the tone."""
    letters = unicodedata.normalize("NFD", text.lower())
    tone = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)), tone


@cache
def compounds() -> Compounds:
    """All known compounds."""
    tables = (table("ocr_phrases"), table("provinces"), table("organs"), table("named_laws"))
    own = [phrase.lower().split() for grammar in tables for phrase in _strings(grammar)]
    daily, large = [*_dictionary(_SMALL), *own], list(_dictionary(_LARGE))
    common, all_large = set(_pairs(daily)), set(_pairs(large))
    whole = frozenset(_pairs(words for words in daily if len(words) == 2))
    rare = set(_pairs(words for words in large if len(words) == 2)) - common
    spelt = {word: syllable(word) for words in (*own, *large) for word in words}
    written = {sound: word for word, sound in reversed(spelt.items())}
    return Compounds(frozenset(all_large | common), whole, _by_letters(common), _by_letters(rare), written)


def _dictionary(name: str) -> Iterator[list[str]]:
    """The entries of a dictionary, each as its syllables."""
    spec = find_spec("underthesea")
    for root in spec.submodule_search_locations or () if spec else ():
        path = Path(root) / _DICTIONARIES / name
        if path.is_file():
            text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).lower()
            yield from map(str.split, text.splitlines())
            return


def _strings(value: Any) -> Iterator[str]:
    """Every text of a grammar table but its examples and what is listed to be told apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_EVIDENCE:
                yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _pairs(entries: Iterable[list[str]]) -> Iterator[Pair]:
    for words in entries:
        for first, second in pairwise(words):
            if first.isalpha() and second.isalpha():
                yield syllable(first), syllable(second)


def _by_letters(pairs: Iterable[Pair]) -> _ByLetters:
    found: dict[tuple[str, str], set[Pair]] = {}
    for pair in pairs:
        found.setdefault((fold(pair[0][0]), fold(pair[1][0])), set()).add(pair)
    return found
