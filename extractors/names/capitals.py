"""Capitals of names printed in capitals, as they are in running text.

They follow Nghị định 30/2020/NĐ-CP, phụ lục II, mục III and IV: the words for the kind of organ and for its field of
work begin with a capital (`Sở Tài chính`, `Ban Chấp hành`), common words stay small (`tỉnh`, `nhân dân`), every
syllable of a proper name has one (`huyện Cao Lộc`, `Trường Tiểu học Tân Lập`). The facts are in grammar/organs.toml.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import regex

from extractors.grammar import table
from extractors.names.organs import NAME_WORD, abbreviation_rows, folded_name
from extractors.names.places import district_names, place_names
from extractors.text.letters import fold, letters_only

_PLAIN_LETTERS = regex.compile(r"[A-ZĐ]+$")
_SYLLABLE = regex.compile(r"(?:ngh?|nh|ph|th|tr|ch|gh|gi|kh|qu|[bcdghklmnprstvx])?[aeiou]{1,3}(?:ch|ng|nh|[cmnpt])?$")
_ROMAN = regex.compile(r"[IVXLC]+$")
_JOINT = regex.compile(r"[,&/–-]")
_ADMIN_WORDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "thôn", "ấp")
_COUNTED = frozenset(fold(word) for word in ("khóa", "thứ", "số", "hạng", "khu", "vực", "quý", "cấp"))
_AREAS = tuple(tuple(fold(part) for part in word.split()) for word in _ADMIN_WORDS)
_NO_AREA_BEFORE = frozenset(fold(word) for word in ("hội", "ủy", "đoàn", "viên", "đội", "lỵ", "thành"))
_HIGHER = frozenset(
    " ".join(fold(part) for part in word.split())
    for word in ("đại học", "cao đẳng", "trung cấp", "học viện", "trường đại học", "trường cao đẳng")
)
_UNIVERSITY = " ".join(fold(part) for part in ("đại", "học"))
_HIGHER_SHORT = frozenset({"ĐH", "CĐ", "HV"})
_ONLY_AT_THE_END = frozenset(fold(word) for word in ("Vinh", "Huế", "Đảng"))
_LONGEST_PHRASE = 14
_LONGEST_PLACE = 4
_LONGEST_NAME = 400
_VOWEL = regex.compile(r"[aeiouyàáảãạâầấẩẫậăằắẳẵặèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", regex.IGNORECASE)


@dataclass(slots=True)
class _Phrase:
    after: dict[str, _Phrase] = field(default_factory=dict)
    words: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    folded: str
    joint: bool


@dataclass(frozen=True, slots=True)
class _Capitals:
    """The tables of grammar/organs.toml as look-ups over folded words."""

    phrases: _Phrase
    studies: _Phrase
    proper: _Phrase
    common: _Phrase
    proper_kinds: frozenset[str]
    heads: frozenset[str]
    opens_a_name: frozenset[str]
    lists: frozenset[str]
    not_heads: frozenset[str]
    abbreviations: frozenset[str]


@lru_cache(maxsize=4096)
def sentence_case(name: str) -> str:
    """A name or title printed in capitals, with the capitals it has in running text; any other stays as it is.

    `ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN` → `Ủy ban nhân dân tỉnh Bình Thuận`. Abbreviations, numbers and everything
    between the words are kept. Rules: Nghị định 30/2020/NĐ-CP, phụ lục II.
    """
    if not _is_in_capitals(name) or len(name) > _LONGEST_NAME:
        return name
    found = list(NAME_WORD.finditer(name))
    words = [
        _Word(m.group(), fold(m.group()), bool(i and _JOINT.search(name, found[i - 1].end(), m.start())))
        for i, m in enumerate(found)
    ]
    cased = _cased(words)
    pieces: list[str] = []
    end = 0
    for m, word in zip(found, cased, strict=True):
        pieces += [name[end : m.start()], word]
        end = m.end()
    return "".join(pieces) + name[end:]


def _is_in_capitals(name: str) -> bool:
    upper = sum(c.isupper() for c in name)
    lower = sum(c.islower() for c in name)
    return upper > 1 and upper >= 2 * lower


def _cased(words: list[_Word]) -> list[str]:
    table_ = _capitals()
    cased: list[str] = []
    capital_next = True
    joins = False
    proper = 0
    head = ""
    while (at := len(cased)) < len(words):
        word = words[at]
        if _keeps_its_form(words, at):
            cased.append(word.text)
            if _matches(table_.proper, words, at) is not None:
                proper = _LONGEST_NAME
            capital_next = word.text in _HIGHER_SHORT
            head = _UNIVERSITY if capital_next else head
            continue
        phrase = _phrase(table_.phrases, words, at)
        area = _area_word(words, at)
        if area and (phrase is None or len(phrase) <= area):
            numbered = at + area < len(words) and words[at + area].text.isdigit()
            cased += _first_capital(words[at : at + area]) if (at == 0 or numbered) else _small(words[at : at + area])
            proper, capital_next, joins = _LONGEST_PLACE, False, False
            continue
        school = _matches(table_.proper, words, at) if at and head else None
        if school:
            cased += _first_capital(words[at : at + school])
            proper, capital_next = _LONGEST_NAME, False
            continue
        if head in _HIGHER and capital_next:
            study = _matches(table_.studies, words, at)
            cased += (_phrase(table_.studies, words, at) or ()) if study else ()
            proper, capital_next, joins = _LONGEST_NAME, False, False
            head = ""
            if study:
                continue
        if phrase is not None and proper:
            cased += phrase
            proper = max(0, proper - len(phrase))
            continue
        if phrase is not None:
            cased += phrase
            head = " ".join(fold(w) for w in phrase)
            last = fold(phrase[-1])
            capital_next = head in table_.opens_a_name or last in table_.heads
            joins = head in table_.lists or last in table_.lists
            of_place = _LONGEST_PLACE if (last,) in _AREAS or (fold(phrase[0]),) in _AREAS else 0
            proper = _LONGEST_NAME if _ends_in_a_kind(phrase) else of_place
            continue
        small = _matches(table_.common, words, at)
        if small and at:
            cased += _small(words[at : at + small])
            capital_next = cased[-1] == "ngành" or (joins and cased[-1] == "và")
            proper = 0 if cased[-1] not in ("và", "của") else proper
            continue
        if proper and not (word.joint and proper <= _LONGEST_PLACE and "-" not in word.text):
            cased.append(_capital(word.text))
            proper -= 1
            continue
        proper = 0
        heads_here = _head(words, at) if capital_next else 0
        if heads_here:
            cased += _first_capital(words[at : at + heads_here])
            head = " ".join(w.folded for w in words[at : at + heads_here])
            joins = head in table_.lists
            continue
        begins = capital_next or (joins and word.joint)
        cased.append(_capital(word.text) if begins else word.text.lower())
        capital_next = False
    return cased


def _keeps_its_form(words: list[_Word], at: int) -> bool:
    text = words[at].text
    if not text.isupper() or any(c.isdigit() or c == "&" for c in text):
        return True
    if len(text) == 1:
        return text.isascii() and text != "Y"
    if len(text) > 2 and text in _capitals().abbreviations:
        return True
    if (
        _PLAIN_LETTERS.match(text)
        and not _SYLLABLE.match(letters_only(text))
        and words[at].folded not in _place_words()
    ):
        return True
    return bool(at and _ROMAN.match(text) and words[at - 1].folded in _COUNTED)


@cache
def _place_words() -> frozenset[str]:
    """Words of place names; some (`Pleiku`, `Kbang`) are no Vietnamese syllables and yet no abbreviations."""
    return frozenset(fold(w) for name in (*place_names(), *district_names()) for w in NAME_WORD.findall(name))


def _area_word(words: list[_Word], at: int) -> int:
    """How many words at `at` are an administrative word (`xã`, but not in `xã hội`)."""
    for area in _AREAS:
        end = at + len(area)
        if tuple(w.folded for w in words[at:end]) == area:
            after = words[end].folded if end < len(words) else ""
            return 0 if after in _NO_AREA_BEFORE else len(area)
    return 0


def _head(words: list[_Word], at: int) -> int:
    """The length of the word for a kind of organ at `at` (`tổng cục`, `trường`, `công ty`)."""
    heads = _capitals().heads
    if " ".join(w.folded for w in words[at : at + 2]) in _capitals().not_heads:
        return 0
    for length in (3, 2, 1):
        if " ".join(w.folded for w in words[at : at + length]) in heads and at + length <= len(words):
            return length
    return 0


def _ends_in_a_kind(phrase: tuple[str, ...]) -> bool:
    """Whether a proper name must follow: `Trường Mầm non`, `Ban Quản lý Khu kinh tế`."""
    kinds = _capitals().proper_kinds
    return any(" ".join(fold(word) for word in phrase[i:]) in kinds for i in range(1, len(phrase)))


def _phrase(root: _Phrase, words: list[_Word], at: int) -> tuple[str, ...] | None:
    best: tuple[str, ...] | None = None
    node = root
    for index in range(at, min(len(words), at + _LONGEST_PHRASE)):
        following = node.after.get(words[index].folded)
        if following is None:
            break
        node = following
        if node.words is not None:
            best = node.words
    if best is not None and len(best) == 1 and at + 1 < len(words) and fold(best[0]) in _ONLY_AT_THE_END:
        return None
    if best is None and at and (trailing := _districts_at_the_end(words, at)) is not None:
        return trailing
    return best


def _districts_at_the_end(words: list[_Word], at: int) -> tuple[str, ...] | None:
    rest = tuple(w.folded for w in words[at:])
    return _district_words().get(rest) if 2 <= len(rest) <= _LONGEST_PLACE else None


def _matches(root: _Phrase, words: list[_Word], at: int) -> int | None:
    best: int | None = None
    node = root
    for index in range(at, len(words)):
        following = node.after.get(words[index].folded)
        if following is None:
            break
        node = following
        if node.words is not None:
            best = index + 1 - at
    return best


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def _small(words: list[_Word]) -> list[str]:
    return [w.text.lower() for w in words]


def _first_capital(words: list[_Word]) -> list[str]:
    return [_capital(words[0].text), *_small(words[1:])]


@cache
def _capitals() -> _Capitals:
    rows = table("organs")
    capitals = rows["capitals"]
    phrases = _Phrase()
    for name in _cased_names(rows):
        _plant(phrases, name)
    trees = {}
    for column in ("studies", "proper", "common"):
        trees[column] = _Phrase()
        for name in capitals[column]:
            _plant(trees[column], name)
    return _Capitals(
        phrases=phrases,
        studies=trees["studies"],
        proper=trees["proper"],
        common=trees["common"],
        proper_kinds=frozenset(folded_name(name) for name in capitals["proper"]),
        heads=frozenset(folded_name(name) for name in capitals["heads"]),
        opens_a_name=frozenset(folded_name(name) for name in (*capitals["heads"], *rows["officers"]["titles"]))
        | _HIGHER,
        lists=frozenset(folded_name(name) for name in capitals["lists"]),
        not_heads=frozenset(folded_name(name) for name in capitals["not_heads"]),
        abbreviations=frozenset(short for short, _ in abbreviation_rows()) | frozenset(capitals["kept"]),
    )


def _cased_names(rows: dict[str, Any]) -> Iterable[str]:
    for row in rows["field"]:
        for head in row["heads"]:
            yield f"{head} {row['name']}"
    for row in rows["organ"]:
        yield row["name"]
    yield from rows["capitals"]["terms"]
    yield from place_names()
    for kind in rows["capitals"]["proper"]:
        if _VOWEL.search(kind):
            yield f"Trường {kind[:1].upper()}{kind[1:]}"


def _plant(root: _Phrase, name: str) -> None:
    words = tuple(NAME_WORD.findall(name))
    for word in words:
        root = root.after.setdefault(fold(word), _Phrase())
    root.words = root.words or words


@cache
def _district_words() -> dict[tuple[str, ...], tuple[str, ...]]:
    names = (tuple(NAME_WORD.findall(name)) for name in district_names())
    return {tuple(fold(word) for word in words): words for words in names}
