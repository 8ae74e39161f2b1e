"""Where the name of a law, code, ordinance, the Constitution or the Party charter ends, and which one it is.

Names are data (grammar/named_laws.toml). They are looked up word by word in a trie whose keys ignore case, the place
of the tone mark (`hoà`/`hòa`), `i`/`y`, blanks and the choice between a comma, a hyphen and `và`; inside a longer name
a slip of a letter or of a diacritic is forgiven. A law the table lacks ends where the words of a name can no longer go
on. The cost is that of reading the name: callers ask at a type word, not everywhere.

    >>> flow = "theo Luật Phòng cháy và chữa cháy thì được"
    >>> found = law_name_at(flow, 5)
    >>> flow[found.start : found.end]
    'Luật Phòng cháy và chữa cháy'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

import regex

from extractors.grammar import table
from extractors.text.letters import fold, letters_only

LawKind = Literal["luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ", "nghị quyết", "kết luận"]

_LONGEST_NAME = 48
_STEPS = 400
_ABOUT = "vê\u0300"
_TYPE_WORD = regex.compile(r"(?i:(bộ\s+luật)|(luật)|(pháp\s+lệnh)|(hiến\s+pháp)|(điều\s+lệ))(?!\w)")
_KINDS: tuple[LawKind, ...] = ("bộ luật", "luật", "pháp lệnh", "hiến pháp", "điều lệ")
_NO_TYPE_WORD_AFTER = ("pháp", "kỷ", "kỉ", "quy", "qui", "bộ")
_LAST_WORD = re.compile(r"\w+$")
_WORD = regex.compile(r"\w+")
_GAP = regex.compile(r"(?:[ \t]|\n(?=\p{Ll}))*+([,&/(\-–]?)(?:[ \t]|\n(?=\p{Ll}))*+")
_MARK = (
    r"(?:([,&/(\-–])|([;\"“”])|\.(?=\s\p{Ll}))?(?:[ \t]|\n(?=\p{Ll}))*+"  # a full stop there is a speck that OCR saw
)
_FIRST_GAP = regex.compile(rf"(?:[ \t]|\n(?=\p{{Ll}}))*+{_MARK}")
_LINE_END = regex.compile(r"[ ]?\n[ ]?(?=\p{Lu}\p{Ll})")
_LISTED_GAP = regex.compile(rf"(?:[ \t]|\n(?=[ ]?\p{{L}}))*+{_MARK}")
_OPENING_QUOTE = regex.compile(r"\s{0,4}:?\s{0,4}([\"“”]?)\s{0,4}")
_COUNTRY = regex.compile(r"\s{1,4}Việt\s{1,4}Nam(?!\w)")
_CLOSING = regex.compile(r"\s?([)\"”])")
_AMENDS = regex.compile(
    r"\s{1,4}(?:sửa\s+đổi|bổ\s+sung)(?!\w)[^\n.;:()]{0,160}?(?=(?<!\w)(?i:bộ\s+luật|luật|pháp\s+lệnh|hiến\s+pháp)(?!\w))",
    regex.IGNORECASE,
)
_JOINS_ANOTHER_LAW = regex.compile(
    r"\s{0,4}(?:(?:,\s{0,4})?(?P<and>và)|,)\s{1,4}(?=(?:bộ\s+luật|luật|pháp\s+lệnh)(?!\w))", regex.IGNORECASE
)
_NUMBER_OR_DAY = regex.compile(r"\s{1,4}(?:số|ngày)\s")
_JOINS_A_MEMBER = regex.compile(r"\s{0,4}(?:[,;]\s{0,4}(?:và\s{1,4})?|\s{1,4}và\s{1,4})(?=\p{Lu})")
_ENDS_A_MEMBER = regex.compile(r"\s{0,4}(?:[,;.:)\n]|$|(?:và|ngày|năm|số|hoặc|\d{4})(?!\w))|\s*$")


@dataclass(frozen=True, slots=True)
class LawName:
    """The name of an instrument at [start, end); the date, number and issuer after it are outside.

    `name` is the title in the table, None for one the table lacks. `confidence` is the estimated probability that
    both ends are right.
    """

    start: int
    end: int
    name: str | None
    kind: LawKind
    known: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One text of a law: its number, the day it was passed and the day from which it was in force (as far as sure)."""

    name: str
    kind: LawKind
    ref: str | None
    passed: date | None
    in_force: date | None


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    by_letters: dict[str, list[str]] = field(default_factory=dict)
    joint: int = 0
    name: str | None = None

    def child(self, word: str) -> _Node:
        if word not in self.after:
            self.after[word] = _Node()
            self.by_letters.setdefault(letters_only(word), []).append(word)
        return self.after[word]


class _Word(NamedTuple):
    """A word and what joins it to the one before: 0 a blank, 1 a comma, hyphen or `và`, 2 a semicolon or quote.

    `whole` is False for a word of an abbreviation that is not its last: no name ends there.
    """

    folded: str
    start: int
    end: int
    joint: int
    whole: bool = True


class _Match(NamedTuple):
    name: str
    words: int
    end: int
    slips: int


def law_name_at(flow: str, pos: int) -> LawName | None:
    """The law whose type word (`Luật`, `Bộ luật`, `Pháp lệnh`, `Hiến pháp`, `Điều lệ`) stands at `pos`.

    None where the words there name nothing (`luật sư`, `Luật này`, `pháp luật`). A law that amends others is one name
    that takes the others in (`Luật sửa đổi, bổ sung một số điều của Luật X và Luật Y`).
    """
    type_word = _TYPE_WORD.match(flow, pos)
    if type_word is None or (type_word.lastindex == 2 and _is_part_of_a_word(flow, pos)):
        return None
    kind = _KINDS[(type_word.lastindex or 1) - 1]
    opening = _OPENING_QUOTE.match(flow, type_word.end())
    first = opening.end() if opening and opening.group(1) else type_word.end()
    broken = _LINE_END.match(flow, first) if flow[pos + 1].islower() and flow[pos - 1 : pos] == " " else None
    first = broken.end() if broken else first
    match = _longest(_names()[kind], flow, first)
    amending = _amending_law(flow, pos, type_word, kind)
    if amending is not None and (match is None or amending.end > match.end):
        return amending
    if match is not None:
        confidence = 0.97 if flow[pos].isupper() else 0.9
        return LawName(
            pos, _with_what_belongs(flow, pos, match.end), match.name, kind, True, confidence - 0.1 * match.slips
        )
    if kind in ("hiến pháp", "điều lệ"):
        return None
    return _unlisted_law(flow, pos, type_word.end(), kind)


_CODE = "BL"


def laws_by_letters(flow: str) -> Iterator[LawName]:
    """Codes told by their letters alone (`khoản 2 Điều 173 BLHS`), where the letters are not explained in a bracket."""
    for found in _code_letters().finditer(flow):
        explained = flow[found.start() - 1 : found.start()] == "(" and flow[found.end() : found.end() + 1] == ")"
        if not explained:
            yield LawName(found.start(), found.end(), _codes()[found.group()], "bộ luật", True, 0.9)


@cache
def _codes() -> dict[str, str]:
    return {row["letters"]: row["name"] for row in table("named_laws")["law"] if "letters" in row}


@cache
def _code_letters() -> re.Pattern[str]:
    others = "|".join(letters.removeprefix(_CODE) for letters in _codes())
    return re.compile(rf"{_CODE}(?<![\w/-]{_CODE})(?:{others})(?![\w/-])")  # `re` is fast over what begins with letters


def listed_law_names(flow: str, first: LawName) -> list[LawName]:
    """The members after `first` in a list that shares its type word: `Luật Hộ tịch, Công chứng, Luật Đất đai` gives
    Công chứng. Only laws of the table count; a member with a type word of its own ends the list.
    """
    members: list[LawName] = []
    end = first.end
    while joint := _JOINS_A_MEMBER.match(flow, end):
        start = joint.end()
        match = None if _TYPE_WORD.match(flow, start) else _longest(_names()[first.kind], flow, start)
        if match is None or not _ENDS_A_MEMBER.match(flow, match.end):
            break
        members.append(LawName(start, match.end, match.name, first.kind, True, 0.85))
        end = match.end
    return members


def law_versions(name: str) -> tuple[LawVersion, ...]:
    """The texts a law of the table has had, the newest first; empty for a name the table lacks."""
    return _versions().get(name, ())


def law_of_number(ref: str) -> LawVersion | None:
    """The law with the number `ref` (`45/2013/QH13`), if the table has it."""
    return _numbers().get(ref)


# --- the table ---------------------------------------------------------------------------------------------------


@cache
def _names() -> dict[str, _Node]:
    roots: dict[str, _Node] = {kind: _Node() for kind in _KINDS}
    for row in table("named_laws")["law"]:
        for title in (row["name"], *row.get("aliases", ())):
            type_word = _TYPE_WORD.match(title)
            if type_word is None:
                raise ValueError(f"named_laws.toml: {title!r} does not begin with a type word")
            node = roots[_KINDS[(type_word.lastindex or 1) - 1]]
            for word in _words(title, type_word.end()):
                node = node.child(word.folded)
                node.joint = max(node.joint, word.joint)
            node.name = node.name or row["name"]
    return roots


@cache
def _versions() -> dict[str, tuple[LawVersion, ...]]:
    versions: dict[str, list[LawVersion]] = {}
    for row in table("named_laws")["law"]:
        versions[row["name"]] = [
            LawVersion(row["name"], row["kind"], v.get("ref"), v.get("passed"), v.get("in_force"))
            for v in row.get("versions", ())
        ]
    # Several laws amend the same one: which is meant, its day tells, never what was in force.
    for row in table("named_laws")["amending"]:
        name = _amending_title("luật", row["amends"])
        versions.setdefault(name, []).append(LawVersion(name, "luật", row["ref"], row["passed"], None))
    return {name: tuple(texts) for name, texts in versions.items()}


@cache
def _numbers() -> dict[str, LawVersion]:
    return {version.ref: version for versions in _versions().values() for version in versions if version.ref}


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {
        short: tuple(fold(word) for word in long.split())
        for short, long in table("named_laws")["abbreviations"].items()
    }


@cache
def _boundary(column: str) -> frozenset[str]:
    return frozenset(
        " ".join(fold(word) for word in entry.split()) for entry in table("named_laws")["boundary"][column]
    )


# --- listed names --------------------------------------------------------------------------------------------------


def _words(flow: str, pos: int) -> Iterator[_Word]:
    """The words from `pos` on up to a mark that no name contains; `và` is a joint like a comma, not a word."""
    abbreviations = _abbreviations()
    joint = 0
    for place in range(_LONGEST_NAME):
        gap = (_LISTED_GAP if place else _FIRST_GAP).match(flow, pos)
        word = _WORD.match(flow, gap.end()) if gap else None
        if gap is None or word is None:
            return
        joint = max(joint, gap.lastindex or 0)
        pos = word.end()
        text = word.group()
        folded = fold(text)
        if folded == "va\u0300":
            joint = max(joint, 1)
            continue
        parts = abbreviations.get(text.upper(), (folded,))
        for i, part in enumerate(parts, start=1):
            yield _Word(part, word.start(), word.end(), joint, i == len(parts))
            joint = 0


def _longest(root: _Node, flow: str, pos: int) -> _Match | None:
    coming = _words(flow, pos)
    words: list[_Word] = []
    best: _Match | None = None
    paths = [(root, 0, 0)]
    steps = 0
    while paths and steps < _STEPS:
        steps += 1
        node, index, slips = paths.pop()
        last = words[index - 1] if index else None
        if node.name is not None and (last is None or last.whole) and slips <= _slips_allowed(index):
            found = _Match(node.name, index, last.end if last else pos, slips)
            if best is None or (found.words, -found.slips) > (best.words, -best.slips):
                best = found
        if not node.after:
            continue
        if index == len(words):
            word = next(coming, None)
            if word is not None and index == 0 and word.folded == _ABOUT and _ABOUT not in root.after:
                word = next(coming, None)
            if word is None:
                continue
            words.append(word)
        word = words[index]
        for key, cost in _continuations(node, word.folded, index, slips):
            child = node.after[key]
            if word.joint <= child.joint:
                paths.append((child, index + 1, slips + cost))
    return best


def _continuations(node: _Node, word: str, index: int, slips: int) -> list[tuple[str, int]]:
    if word in node.after:
        return [(word, 0)]
    if slips > 4:
        return []
    letters = letters_only(word)
    alike = [(key, 1) for key in node.by_letters.get(letters, ()) if letters.isalpha()]
    if alike or index < 1 or len(letters) < 3:
        return alike
    return [(key, 2) for near, keys in node.by_letters.items() if _one_slip_apart(letters, near) for key in keys]


def _slips_allowed(words: int) -> int:
    return max(0, words - 1) if words < 3 else words // 2


def _one_slip_apart(a: str, b: str) -> bool:
    """Whether one letter added, lost or changed, or two neighbours exchanged, make `a` of `b`."""
    if abs(len(a) - len(b)) > 1 or len(b) < 3:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (
        a[at + 1 :] == b[at + 1 :]
        or a[at:] == b[at + 1 :]
        or a[at + 1 :] == b[at:]
        or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])
    )


def _with_what_belongs(flow: str, start: int, end: int) -> int:
    country = _COUNTRY.match(flow, end)
    end = country.end() if country else end
    inside = flow[start:end]
    closing = _CLOSING.match(flow, end)
    if closing is None:
        return end
    opened = "(" in inside if closing.group(1) == ")" else '"' in inside or "“" in inside
    return closing.end() if opened else end


def _is_part_of_a_word(flow: str, pos: int) -> bool:
    """Whether `luật` at `pos` is the second syllable of a word (`pháp luật`, `kỷ luật`)."""
    before = flow[max(0, pos - 20) : pos].casefold()
    words = before.rstrip()
    if len(words) == len(before) or not words.endswith(_NO_TYPE_WORD_AFTER):
        return False
    last = _LAST_WORD.search(words)
    return last is not None and last.group() in _NO_TYPE_WORD_AFTER


# --- amending laws -------------------------------------------------------------------------------------------------


def _amending_law(flow: str, pos: int, type_word: regex.Match[str], kind: LawKind) -> LawName | None:
    amends = _AMENDS.match(flow, type_word.end())
    inner = _simple_law(flow, amends.end()) if amends else None
    if inner is None:
        return None
    names = [inner]
    sure = 1
    while joint := _JOINS_ANOTHER_LAW.match(flow, names[-1].end):
        another = _simple_law(flow, joint.end())
        if another is None:
            break
        names.append(another)
        sure = len(names) if joint["and"] or _NUMBER_OR_DAY.match(flow, another.end) else sure
        if joint["and"]:
            break
    names = names[:sure]
    titles = [name.name for name in names if name.name is not None]
    known = len(titles) == len(names)
    title = _amending_title(kind, titles) if known else None
    return LawName(pos, names[-1].end, title, kind, known, min(name.confidence for name in names))


def _amending_title(kind: LawKind, amended: Sequence[str]) -> str:
    return f"{kind.capitalize()} sửa đổi, bổ sung một số điều của " + " và ".join(amended)


def _simple_law(flow: str, pos: int) -> LawName | None:
    type_word = _TYPE_WORD.match(flow, pos)
    if type_word is None or _AMENDS.match(flow, type_word.end()):
        return None
    return law_name_at(flow, pos)


# --- laws the table lacks ------------------------------------------------------------------------------------------


def _unlisted_law(flow: str, pos: int, first: int, kind: LawKind) -> LawName | None:
    words = _plain_words(flow, first)
    if not words or words[0].joint or words[0].folded in _boundary("never"):
        return None
    capital = flow[words[0].start].isupper()
    if not capital and not (flow[pos].isupper() and len(words) > 1):
        return None
    end = 0
    for index, word in enumerate(words):
        stops = word.folded in _boundary("stop") and not _is_in_a_term(words, index)
        if index and (stops or (word.joint and not _goes_on_after_joint(flow, words, index))):
            break
        end = word.end
    if not capital and flow.count(" ", words[0].start, end) < 1:
        return None
    return LawName(pos, end, None, kind, False, 0.7 if capital else 0.4)


def _is_in_a_term(words: list[_Word], index: int) -> bool:
    pairs = (words[at : at + 2] for at in (index - 1, index) if at >= 0)
    return any(" ".join(word.folded for word in pair) in _boundary("terms") for pair in pairs)


def _plain_words(flow: str, pos: int) -> list[_Word]:
    words: list[_Word] = []
    joint = 0
    stops = _boundary("stop")
    while len(words) < 20:
        gap = _GAP.match(flow, pos)
        word = _WORD.match(flow, gap.end()) if gap else None
        if gap is None or word is None or gap.group(1) in ("(", "/") or word.group()[0].isdigit():
            break
        folded = fold(word.group())
        joint = joint or int(bool(gap.group(1)))
        pos = word.end()
        if folded == "va\u0300":
            joint = 1
            continue
        words.append(_Word(folded, word.start(), word.end(), joint))
        joint = 0
        if len(words) > 2 and words[-2].folded in stops and not _is_in_a_term(words, len(words) - 2):
            break
    return words


def _goes_on_after_joint(flow: str, words: list[_Word], index: int) -> bool:
    word = words[index]
    if flow[word.start].isupper():
        return False
    between = flow[words[index - 1].end : word.start]
    before = {words[i].folded for i in (index - 1, index - 2) if i >= 0}
    return "," not in between or not before.isdisjoint(_boundary("coordinated"))
