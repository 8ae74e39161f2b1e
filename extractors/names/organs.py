"""Organs of the state, the Party and the mass organisations: names written out, capitals, letters of symbols, kinds.

The facts are in grammar/organs.toml. Capitals follow Nghị định 30/2020/NĐ-CP, phụ lục II, mục III and IV: the words for
the kind of organ and for its field of work begin with a capital (`Sở Tài chính`, `Ban Chấp hành`), common words stay
small (`tỉnh`, `nhân dân`), every syllable of a proper name has one (`huyện Cao Lộc`, `Trường Tiểu học Tân Lập`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Literal

import regex

from extractors.grammar import table
from extractors.names.law_names import fold, letters_only
from extractors.names.places import district_names, place_names

System = Literal["nhà nước", "đảng", "đoàn thể"]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’]+(?:&[\p{L}\p{N}]+)*")
_VOWEL = regex.compile(r"[aeiouyàáảãạâầấẩẫậăằắẳẵặèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", regex.IGNORECASE)
_PLAIN_LETTERS = regex.compile(r"[A-ZĐ]+$")
_SYLLABLE = regex.compile(r"(?:ngh?|nh|ph|th|tr|ch|gh|gi|kh|qu|[bcdghklmnprstvx])?[aeiou]{1,3}(?:ch|ng|nh|[cmnpt])?$")
_ROMAN = regex.compile(r"[IVXLC]+$")
_JOINT = regex.compile(r"[,&/–-]")
_ADMIN_WORDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "thôn", "ấp")
_COUNTED = frozenset(fold(word) for word in ("khóa", "thứ", "số", "hạng", "khu", "vực", "quý", "cấp"))
_LONGEST_PHRASE = 14
_LONGEST_PLACE = 4
_LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class UnitKind:
    """What a unit is, by the words its name begins with. `level` and `system` are None where the words do not tell."""

    kind: str
    level: str | None
    system: System | None


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


# --- capitals ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def sentence_case(name: str) -> str:
    """A name or title printed in capitals, with the capitals it has in running text; any other stays as it is.

    `ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN` → `Ủy ban nhân dân tỉnh Bình Thuận`. Abbreviations, numbers and everything
    between the words are kept. Rules: Nghị định 30/2020/NĐ-CP, phụ lục II.
    """
    if not _is_in_capitals(name) or len(name) > _LONGEST_NAME:
        return name
    found = list(_WORD.finditer(name))
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
    return frozenset(fold(w) for name in (*place_names(), *district_names()) for w in _WORD.findall(name))


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


_AREAS = tuple(tuple(fold(part) for part in word.split()) for word in _ADMIN_WORDS)
_NO_AREA_BEFORE = frozenset(fold(word) for word in ("hội", "ủy", "đoàn", "viên", "đội", "lỵ", "thành"))
_HIGHER = frozenset(
    " ".join(fold(part) for part in word.split())
    for word in ("đại học", "cao đẳng", "trung cấp", "học viện", "trường đại học", "trường cao đẳng")
)
_UNIVERSITY = " ".join(fold(part) for part in ("đại", "học"))
_HIGHER_SHORT = frozenset({"ĐH", "CĐ", "HV"})
_ONLY_AT_THE_END = frozenset(fold(word) for word in ("Vinh", "Huế", "Đảng"))


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
        proper_kinds=frozenset(_folded(name) for name in capitals["proper"]),
        heads=frozenset(_folded(name) for name in capitals["heads"]),
        opens_a_name=frozenset(_folded(name) for name in (*capitals["heads"], *rows["officers"]["titles"])) | _HIGHER,
        lists=frozenset(_folded(name) for name in capitals["lists"]),
        not_heads=frozenset(_folded(name) for name in capitals["not_heads"]),
        abbreviations=frozenset(short for short, _ in _abbreviation_rows()) | frozenset(capitals["kept"]),
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
    words = tuple(_WORD.findall(name))
    for word in words:
        root = root.after.setdefault(fold(word), _Phrase())
    root.words = root.words or words


def _folded(name: str) -> str:
    return " ".join(fold(word) for word in _WORD.findall(name))


@cache
def _district_words() -> dict[tuple[str, ...], tuple[str, ...]]:
    names = (tuple(_WORD.findall(name)) for name in district_names())
    return {tuple(fold(word) for word in words): words for words in names}


# --- abbreviations -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def expand(name: str) -> str:
    """A unit's name with its abbreviations written out: `PGD&ĐT Ba Tri` → `Phòng Giáo dục và Đào tạo Ba Tri`.

    What the table does not know for certain is left as written.
    """
    if len(name) > _LONGEST_NAME:
        return name
    written = _short_form().sub(_written_out, name)
    return written[:1].upper() + written[1:] if written != name and name[:1].isupper() else written


def _written_out(found: regex.Match[str]) -> str:
    long = _long_forms()[found.group(1)]
    following = found.string[found.end() : found.end() + 1]
    return long + (" " if found.group(1).endswith(".") and following.isalnum() else "")


@cache
def _long_forms() -> dict[str, str]:
    return dict(reversed(_abbreviation_rows()))


@cache
def _short_form() -> regex.Pattern[str]:
    shorts = sorted(_long_forms(), key=len, reverse=True)
    whole = r"(?![\p{L}\p{N}]|&\p{L})"
    forms = "|".join(regex.escape(short) + ("" if short.endswith(".") else whole) for short in shorts)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}&])({forms})")


@cache
def _abbreviation_rows() -> tuple[tuple[str, str], ...]:
    """(short, long), the surest first."""
    rows = table("organs")
    pairs: list[tuple[str, str]] = []
    for row in rows["organ"]:
        pairs += [(short, row["name"]) for short in row.get("prose", ())]
    for row in rows["abbreviation"]:
        pairs += [(short, row["long"]) for short in row["short"]]
    for row in rows["field"]:
        for head in row["heads"]:
            long = f"{head} {row['name']}"
            for code in row["codes"]:
                pairs += [(f"{head} {code}", long)]
                if head == "Phòng":
                    pairs += [(f"P. {code}", long), (f"P.{code}", long), (f"P {code}", long)]
                if len(code) > 2:
                    pairs += [(f"{head[0]}{code}", long), (f"{head[0]}.{code}", long)]
            if head == "Phòng":
                pairs += [(f"P. {row['name']}", long), (f"P.{row['name']}", long)]
    return tuple(pairs)


# --- letters of symbols --------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def issuer_of_symbol(symbol: str) -> str | None:
    """Who issues under a symbol: `CT-TTg` → Thủ tướng Chính phủ; None where the letters leave it open (`QĐ/TW`).

    Joint symbols name every organ (`TTLT-BNV-BTC` → `Bộ Nội vụ, Bộ Tài chính`). Local organs come without
    their locality (`1098/SGDĐT` → Sở Giáo dục và Đào tạo); a people's committee is left open, for its chairman signs
    under the same letters.
    """
    issuers = [_organ_of_code(code) for code in _issuer_codes(symbol)]
    names = [name for name in issuers if name is not None]
    if not names or len(names) != len(issuers):
        return None
    return ", ".join(dict.fromkeys(names))


def organ_of_code(code: str) -> str | None:
    """The organ with these letters in symbols, without its locality: `UBND` → Ủy ban nhân dân, `PGDĐT`, `BDVHU`."""
    return _codes().get(_code_of(code))


def _organ_of_code(code: str) -> str | None:
    return None if _code_of(code) in ("UBND", "UBHC") else organ_of_code(code)


def _issuer_codes(symbol: str) -> list[str]:
    symbol = symbol.strip().strip("/-")
    if "/" in symbol:
        kind, _, issuers = symbol.partition("/")
        return issuers.split("-") if _is_type_code(kind) else []
    parts = symbol.split("-")
    if len(parts) > 1 and _is_type_code(parts[0]):
        joint = parts[0].endswith("LT") or parts[0].startswith("CTPH")
        return parts[1:] if joint else parts[1:2]
    return parts[:1]


def _is_type_code(letters: str) -> bool:
    return letters in _type_codes()


@cache
def _type_codes() -> frozenset[str]:
    return frozenset(code for row in table("document_types")["type"] for code in row["codes"])


def _code_of(part: str) -> str:
    """Letters without the number of the legislature: `QH14` → QH, `UBTVQH11` → UBTVQH."""
    part = part.strip().replace("&", "").replace(" ", "")
    return regex.sub(r"(QH)(?:\d{1,2}|K?[IVX]+)$", r"\1", part)


@cache
def _codes() -> dict[str, str]:
    rows = table("organs")
    codes: dict[str, str] = {}
    for row in rows["organ"]:
        for code in row.get("symbols", ()):
            codes.setdefault(code, row["name"])
    for row in rows["field"]:
        for head in row["heads"]:
            for code in row["codes"]:
                letters = head[0] + code
                if code.isalpha() and head != "Ban":
                    codes.setdefault(letters, f"{head} {row['name']}")
    return codes


# --- kinds ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def unit_kind(name: str) -> UnitKind | None:
    """What kind of unit `name` (written out) is, on which level and in which system; None when it names none."""
    words = [fold(word) for word in _WORD.findall(name)]
    for length in range(min(len(words), _LONGEST_PHRASE), 0, -1):
        key = " ".join(words[:length])
        found = _unit_prefixes().get(key)
        if found is not None:
            return found
        if key in _not_units():
            return None
    return None


def organ_named(name: str) -> str | None:
    """The organ or department of the table that `name` spells, its capitals and tone marks put right; None if none.

    In a name of three words and more a slip in a diacritic is forgiven (`Sở Giáo dục và Đào tào`).
    """
    key = _folded(name)
    if key in _organ_names():
        return _organ_names()[key]
    words = _WORD.findall(name)
    return _organ_letters().get(" ".join(letters_only(word) for word in words)) if len(words) > 2 else None


def with_known_capitals(name: str) -> str:
    """A unit's name whose first words, as far as the table knows them, are spelled as there: `Ban chấp hành` …"""
    found = list(_WORD.finditer(name))
    for length in range(min(len(found), _LONGEST_PHRASE), 1, -1):
        known = _known_beginnings().get(" ".join(fold(m.group()) for m in found[:length]))
        if known is not None:
            return known + name[found[length - 1].end() :]
    return name


@cache
def _known_beginnings() -> dict[str, str]:
    prefixes = [prefix for row in table("organs")["unit"] for prefix in row["prefixes"]]
    return {_folded(prefix): prefix for prefix in prefixes} | _organ_names()


@cache
def _organ_names() -> dict[str, str]:
    rows = table("organs")
    names = [row["name"] for row in rows["organ"]]
    names += [f"{head} {row['name']}" for row in rows["field"] for head in row["heads"]]
    names += [name for name in rows["capitals"]["terms"] if unit_kind(name) is not None]
    return {_folded(name): name for name in names}


@cache
def _organ_letters() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name in _organ_names().values():
        found.setdefault(" ".join(letters_only(word) for word in _WORD.findall(name)), []).append(name)
    return {letters: names[0] for letters, names in found.items() if len(names) == 1}


@cache
def _unit_prefixes() -> dict[str, UnitKind]:
    rows = table("organs")
    prefixes = {_folded(r["name"]): UnitKind(r["kind"], r.get("level"), r["system"]) for r in rows["organ"]}
    for row in rows["unit"]:
        for prefix in row["prefixes"]:
            prefixes.setdefault(_folded(prefix), UnitKind(row["kind"], row.get("level"), row.get("system")))
    return prefixes


@cache
def _not_units() -> frozenset[str]:
    return frozenset(_folded(name) for row in table("organs")["unit"] for name in row.get("not", ()))
