"""Names of Vietnamese people as they are printed under a signature."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import regex

from extractors.grammar import table
from extractors.names.places import place_names
from extractors.text.letters import bare, is_syllable

_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in title case and its place [start, end) in the line it was read in.

    `honorific` is what stands before it (`TS.`, `Đại tá, PGS.TS`). `known_family` tells whether the first word is a
    known family name, `repaired` whether its tones had to be restored (`Nguyên` → `Nguyễn`).
    """

    name: str
    honorific: str | None
    start: int
    end: int
    known_family: bool
    repaired: bool = False


def read_name(line: str) -> PersonName | None:
    """The name that `line` consists of, honorifics and signs of the signature apart; None when it is no name."""
    honorific_end, honorific = _honorific(line)
    signed = _signed().search(line)
    line = line[: signed.start()] if signed and signed.start() else line
    words = list(_word().finditer(line, honorific_end))
    if not 1 < len(words) <= _MOST_WORDS:
        return None
    between = line[honorific_end : words[0].start()] + line[words[-1].end() :]
    if any(c.isalnum() for c in between) or _marks_of_no_name().search(between):
        return None
    for left, right in pairwise(words):
        if line[left.end() : right.start()].strip():
            return None
    return _as_name(words, honorific)


def find_name(line: str) -> PersonName | None:
    """The longest name inside a line that holds noise beside it, such as the edge of a seal read as letters.

    Here the first word must be a known family name, and the name at least two words more.
    """
    best: PersonName | None = None
    run: list[regex.Match[str]] = []
    for word in [*_word().finditer(line), None]:
        if (
            word
            and _may_be_name_word(word.group())
            and (not run or not line[run[-1].end() : word.start()].strip(" '‘’\"“”`.,%*|"))
        ):
            run.append(word)
            continue
        best = _longer(best, _inside(run))
        run = [word] if word and _may_be_name_word(word.group()) else []
    return best


def with_stray_tones(name: PersonName, scraps: str) -> PersonName:
    """`name` with the tones that OCR set apart from it: `Ầ Ấ` above or before `Trân Hoàng Tuân`.

    The stray letters stand in the order of the words; each gives its tone to the next word with the same vowel.
    """
    strays = [s.lower() for s in regex.findall(r"(?<!\w)[ẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ](?!\w)", scraps)][-4:]
    words = name.name.split()
    at = 0
    for stray in strays:
        plain = _TONELESS[stray]
        place = next((i for i in range(at, len(words)) if plain in words[i] or stray in words[i]), None)
        if place is None:
            continue
        words[place] = words[place].replace(plain, stray, 1)
        at = place + 1
    mended = " ".join(words)
    return replace(name, name=mended, repaired=name.repaired or mended != name.name)


_TONELESS = {
    toned: plain
    for plain, letters in {"â": "ấầẩẫậ", "ă": "ắằẳẵặ", "ê": "ếềểễệ", "ô": "ốồổỗộ", "ơ": "ớờởỡợ", "ư": "ứừửữự"}.items()
    for toned in letters
}


def _inside(run: list[regex.Match[str]]) -> PersonName | None:
    for first in range(len(run) - 2):
        words = run[first : first + 4]
        if len(words) < 3:
            break
        found = _as_name(words, None)
        if found and found.known_family and (not found.repaired or found.name.split()[0] in _common_families()):
            return found
    return None


def _common_families() -> frozenset[str]:
    return frozenset(table("family_names")["kinh"][:16])


def _longer(one: PersonName | None, other: PersonName | None) -> PersonName | None:
    if one is None or other is None:
        return one or other
    return other if len(other.name.split()) > len(one.name.split()) else one


def _as_name(words: list[regex.Match[str]], honorific: str | None) -> PersonName | None:
    texts = [word.group() for word in words]
    capitals = all(text.isupper() for text in texts)
    if not all(_may_be_name_word(text) for text in texts):
        return None
    if " ".join(texts[:2]).lower() in _no_names() or " ".join(texts).lower() in _no_names():
        return None
    first = texts[0].capitalize() if capitals and len(texts[0]) > 1 else texts[0]
    family = _families().get(first)
    repaired = False
    if family is None:
        family = _families_without_tones().get(bare(first).lower())
        repaired = family is not None
    if first.lower() in _no_family() and (len(texts) < 3 or family is None or repaired):
        return None
    if family is None and (len(texts) < 2 or not all(is_syllable(text) for text in texts)):
        return None
    shown = [text.capitalize() if capitals and len(text) > 1 else text for text in texts]
    if family is not None:
        misread = table("family_names")["misread"]
        given = [misread.get(word, word) for word in shown[1:]]
        repaired = repaired or given != shown[1:]
        shown = [family, *given]
    return PersonName(
        " ".join(shown),
        honorific,
        words[0].start(),
        words[-1].end(),
        known_family=family is not None,
        repaired=repaired,
    )


def _may_be_name_word(word: str) -> bool:
    if not word[0].isupper() or any(c.isdigit() for c in word):
        return False
    if len(word) > 1 and not (word[1:].islower() or word.isupper() or word[1] in "'’"):
        return False
    return is_syllable(word) or _families().get(word.capitalize()) is not None or _syllables_joined(word)


def _syllables_joined(word: str) -> bool:
    """Names of the highland peoples run syllables together (`Biêr`, `Katơr`): letters only, and not too many."""
    return (
        3 <= len(word) <= 9
        and word[0].isupper()
        and word[1:].islower()
        and _spoken().fullmatch(bare(word).lower()) is not None
    )


@cache
def _spoken() -> regex.Pattern[str]:
    return regex.compile(
        r"[bcdghjklmnprstvyz]{0,3}[aeiouy]{1,3}[bcdghjklmnprstvyz]{0,2}(?:[aeiouy]{1,2}[bcdghjklmnprstvyz]{0,2})?"
    )


@cache
def _word() -> regex.Pattern[str]:
    return regex.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@cache
def _signed() -> regex.Pattern[str]:
    return regex.compile(r"\s{0,9}\(\s?(?:[Đđ][Ãã]|ĐÃ) [Kk][Ýý][^)]{0,30}\)?")


@cache
def _marks_of_no_name() -> regex.Pattern[str]:
    return regex.compile(r"[:;@/?=+]")


@cache
def _families() -> dict[str, str]:
    rows = table("family_names")
    return {name: name for name in [*rows["kinh"], *rows["peoples"]]}


@cache
def _families_without_tones() -> dict[str, str]:
    """Family names that can be told from their bare letters alone: no other begins a name so often."""
    found: dict[str, str] = {}
    for name in table("family_names")["kinh"]:
        if len(name) > 2:
            found.setdefault(bare(name).lower(), name)
    return found


@cache
def _no_names() -> frozenset[str]:
    """Words that begin with a family name and are none: places, and headings of lists."""
    return frozenset([*(name.lower() for name in place_names()), *table("family_names")["not_names"]])


@cache
def _no_family() -> frozenset[str]:
    return frozenset(table("family_names")["not_families"])


@cache
def _honorific_pattern() -> regex.Pattern[str]:
    words = sorted((w for kind in table("honorifics").values() for w in kind["words"]), key=len, reverse=True)
    one = "|".join(regex.escape(word) for word in words)
    return regex.compile(rf"[\s\"“*(.,;_–—-]{{0,8}}((?:(?:{one})(?![^\W\d_])[\s.,\-–:]{{0,4}}){{1,5}})")


def _honorific(line: str) -> tuple[int, str | None]:
    found = _honorific_pattern().match(line)
    if found is None:
        return 0, None
    told = found.group(1).strip(" ,-–:")
    if told in table("honorifics")["address"]["words"]:
        return found.end(), None
    return found.end(), told
