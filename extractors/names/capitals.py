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
    cased = _Casing(words, _capitals()).result()
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


@dataclass(slots=True)
class _Casing:
    """A name whose words get their capitals one after another, from what each is and what stood before it.

    `head` is the last word for a kind of organ, `capital_next` and `joins` tell what may follow it: a capital, or a
    list whose members have one each; `proper` how many words a proper name that has begun may still take.
    """

    words: list[_Word]
    tables: _Capitals
    cased: list[str] = field(default_factory=list)
    head: str = ""
    capital_next: bool = True
    joins: bool = False
    proper: int = 0

    def result(self) -> list[str]:
        """All words of the name as they are written in running text."""
        steps = (self._kept, self._area, self._school, self._study, self._known, self._common, self._proper, self._head)
        while len(self.cased) < len(self.words):
            for step in steps:
                if step():
                    break
            else:
                self._plain()
        return self.cased

    @property
    def at(self) -> int:
        return len(self.cased)

    def _kept(self) -> bool:
        """Abbreviations, numbers and single letters stay as they are."""
        word = self.words[self.at]
        if not _keeps_its_form(self.words, self.at):
            return False
        if _matches(self.tables.proper, self.words, self.at) is not None:
            self.proper = _LONGEST_NAME
        self.capital_next = word.text in _HIGHER_SHORT
        self.head = _UNIVERSITY if self.capital_next else self.head
        self.cased.append(word.text)
        return True

    def _area(self) -> bool:
        """`tỉnh`, `thành phố` and the like are small, but at the head of a name or before a figure (`Quận 3`)."""
        at, area = self.at, _area_word(self.words, self.at)
        if not area or len(self._phrase() or ()) > area:
            return False
        numbered = at + area < len(self.words) and self.words[at + area].text.isdigit()
        here = self.words[at : at + area]
        self.cased += _first_capital(here) if (at == 0 or numbered) else _small(here)
        self.proper, self.capital_next, self.joins = _LONGEST_PLACE, False, False
        return True

    def _school(self) -> bool:
        """`Trường Tiểu học`: a kind of school, behind which its proper name stands."""
        at = self.at
        length = _matches(self.tables.proper, self.words, at) if at and self.head else None
        if not length:
            return False
        self.cased += _first_capital(self.words[at : at + length])
        self.proper, self.capital_next = _LONGEST_NAME, False
        return True

    def _study(self) -> bool:
        """`Đại học Bách khoa`: what is studied there, or the beginning of a proper name."""
        if self.head not in _HIGHER or not self.capital_next:
            return False
        studies = self.tables.studies
        study = _phrase(studies, self.words, self.at) if _matches(studies, self.words, self.at) else None
        self.cased += study or ()
        self.proper, self.capital_next, self.joins, self.head = _LONGEST_NAME, False, False, ""
        return study is not None

    def _known(self) -> bool:
        """Words that the tables write with their capitals."""
        phrase = self._phrase()
        if phrase is None:
            return False
        self.cased += phrase
        if self.proper:
            self.proper = max(0, self.proper - len(phrase))
            return True
        self.head = " ".join(fold(word) for word in phrase)
        last = fold(phrase[-1])
        self.capital_next = self.head in self.tables.opens_a_name or last in self.tables.heads
        self.joins = self.head in self.tables.lists or last in self.tables.lists
        of_place = _LONGEST_PLACE if (last,) in _AREAS or (fold(phrase[0]),) in _AREAS else 0
        self.proper = _LONGEST_NAME if _ends_in_a_kind(phrase) else of_place
        return True

    def _common(self) -> bool:
        """Common words (`nhân dân`, `và`) are small."""
        at = self.at
        length = _matches(self.tables.common, self.words, at) if at else None
        if not length:
            return False
        self.cased += _small(self.words[at : at + length])
        last = self.cased[-1]
        self.capital_next = last == "ngành" or (self.joins and last == "và")
        self.proper = 0 if last not in ("và", "của") else self.proper
        return True

    def _proper(self) -> bool:
        """A word of a proper name that has begun."""
        word = self.words[self.at]
        if not self.proper or (word.joint and self.proper <= _LONGEST_PLACE and "-" not in word.text):
            self.proper = 0
            return False
        self.cased.append(_capital(word.text))
        self.proper -= 1
        return True

    def _head(self) -> bool:
        """The word for a kind of organ (`Tổng cục`, `Công ty`)."""
        at = self.at
        length = _head(self.words, at) if self.capital_next else 0
        if not length:
            return False
        here = self.words[at : at + length]
        self.cased += _first_capital(here)
        self.head = " ".join(word.folded for word in here)
        self.joins = self.head in self.tables.lists
        return True

    def _plain(self) -> None:
        word = self.words[self.at]
        begins = self.capital_next or (self.joins and word.joint)
        self.cased.append(_capital(word.text) if begins else word.text.lower())
        self.capital_next = False

    def _phrase(self) -> tuple[str, ...] | None:
        return _phrase(self.tables.phrases, self.words, self.at)


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
    if best is None and at and (district := _district(words, at)) is not None:
        return district
    return best


def _district(words: list[_Word], at: int) -> tuple[str, ...] | None:
    """The name of a district that ends with the name or at a mark (`KHU VỰC GÒ CÔNG - CHỢ GẠO`)."""
    end = next((i for i in range(at + 1, len(words)) if words[i].joint), len(words))
    return _district_words().get(tuple(w.folded for w in words[at:end])) if 2 <= end - at <= _LONGEST_PLACE else None


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
    districts = {tuple(fold(word) for word in words): words for words in names}
    for common in table("organs")["capitals"]["not_districts"]:
        districts.pop(tuple(fold(word) for word in common.split()))
    return districts
