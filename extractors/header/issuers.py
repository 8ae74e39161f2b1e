"""Which unit issues a document: from the left column of the head or, where that was lost, from the text itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import regex

from extractors.grammar import table
from extractors.header.lines import HeadLine, begins_unit
from extractors.names.capitals import sentence_case
from extractors.names.known_names import mended
from extractors.names.organs import expand, issuer_of_symbol
from extractors.names.places import find_place, province_of
from extractors.text.letters import any_of, bare, is_upper, with_any_tones

_LOCALITY = r"(?:tỉnh|[Tt]hành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
_NO_WORD = re.compile(r"\W+")
_AND = re.compile(r"\s&\s")
_BETWEEN_UNITS = regex.compile(r"\s+[-–]\s+(?=\p{Lu})")
_COMMITTEE_OR_COUNCIL = regex.compile(r"(?<!\p{L})(?:UBND|HĐND)(?!\p{L})")
_OPENING = 6_000
_NEAR = 40_000
_PROPER = r"\p{Lu}[\w'’-]*(?:[ -]\p{Lu}[\w'’-]*|[ -]\d{1,2}(?!\d)){0,3}"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The unit, the one above it, and the stretches of the text that told it."""

    name: str
    parent: str | None
    spans: tuple[tuple[int, int], ...]
    parent_spans: tuple[tuple[int, int], ...] = ()


def printed_issuer(lines: list[HeadLine], text: str, place: str | None, *, joint: bool = False) -> Issuer | None:
    """The issuer printed in the head: the last unit above the number, its parent the unit above that.

    With `joint` (a thông tư liên tịch) all units issue together and none stands above another.
    """
    units = _units([head for head in lines if head.kind == "capitals"])
    if not units:
        units = _units([head for head in lines if head.kind == "words" and _is_letterhead(head.line.text)])
    if not units:
        return None
    printed = [written_unit(_unit_label().sub("", " ".join(head.line.text for head in unit))) for unit in units]
    names = [_joint(spelt_as_in_text(mended(name, place), text)) for name in printed]
    spans = [tuple((head.line.start, head.line.end) for head in unit) for unit in units]
    if joint and len(names) > 1:
        together = f"{', '.join(names[:-1])} và {names[-1]}"
        return Issuer(together, None, tuple(span for unit in spans for span in unit))
    parent = names[-2] if len(names) > 1 else None
    name = with_locality(names[-1], parent, text, place)
    return Issuer(name, parent, spans[-1], spans[-2] if parent else ())


@cache
def _unit_label() -> regex.Pattern[str]:
    return regex.compile(r"(?i)^(?:tên )?(?:đơn vị|cơ quan)\s?:\s?")


def _is_letterhead(words: str) -> bool:
    """Whether a line in small letters is a unit's name and no sentence."""
    return len(words) < 80 and words[0].isupper() and begins_unit(words) and words[-1] not in ".;:,"


def _units(lines: list[HeadLine]) -> list[list[HeadLine]]:
    """Lines of capitals gathered into units; the same unit printed twice (a gazette's heading) counts once."""
    units: list[list[HeadLine]] = []
    for head in lines:
        words = head.line.text.strip(" *_-–—.")
        if (
            units
            and not _ends_open(units[-1][-1].line.text)
            and begins_unit(words)
            and not _is_part_of(units[-1], words)
        ):
            units.append([head])
        elif units:
            units[-1].append(head)
        elif begins_unit(words):
            units.append([head])
    kept: list[list[HeadLine]] = []
    for unit in units:
        if kept and _same(kept[-1], unit):
            kept[-1] = unit
        else:
            kept.append(unit)
    return kept


def _same(one: list[HeadLine], other: list[HeadLine]) -> bool:
    first, second = (_NO_WORD.sub("", " ".join(h.line.text for h in unit)).lower() for unit in (one, other))
    return first == second or first.startswith(second) or second.startswith(first)


def _ends_open(words: str) -> bool:
    return words.rstrip(" _").endswith(("-", "–", ",", "&")) or words.upper().endswith(
        (" VÀ", " CỦA", " CÁC", " CÁC TRƯỜNG", " KHỐI")
    )


def _joint(name: str) -> str:
    """`A - B`, two units that issue together, as a person would say it: `A và B`."""
    parts = _BETWEEN_UNITS.split(name)
    if len(parts) < 2 or not all(begins_unit(part) for part in parts):
        return name
    return f"{', '.join(parts[:-1])} và {parts[-1]}"


def _is_part_of(unit: list[HeadLine], words: str) -> bool:
    """Whether `words` go on with a name that cannot end where its line does (`BAN CHỈ ĐẠO` / `PHÒNG CHÁY …`)."""
    above = " ".join(head.line.text for head in unit)
    if words.upper().startswith(("ỦY", "UỶ", "UBND")):
        return False
    above = bare(above).upper().strip(" *_-")
    front = above in ("UY BAN", "UY BAN TRUNG UONG") and bare(words).upper().startswith("MAT TRAN")
    return front or above in ("BAN CHI DAO", "BAN QUAN LY", "BAN TO CHUC")


def written_unit(words: str) -> str:
    """A unit's name in capitals or shortened, written out: `UBND TỈNH AN HÒA` → `Ủy ban nhân dân tỉnh An Hòa`."""
    tidied = " ".join(words.replace("*", " ").split()).strip(" _-–—.,;:")
    tidied = _kind_with_colon().sub(r"\1 ", tidied)
    cased = sentence_case(tidied)
    expanded = _AND.sub(" và ", expand(cased))
    return sentence_case(expanded.upper()) if expanded != cased and is_upper(tidied) else expanded


@cache
def _kind_with_colon() -> regex.Pattern[str]:
    """`TRƯỜNG: THCS HOA MAI`."""
    return regex.compile(r"(?i)^(trường|phòng|sở|ban|khoa|tổ|chi bộ|công đoàn|đoàn trường)\s?:\s?(?=\p{L})")


def spelt_as_in_text(name: str, text: str) -> str:
    """`name`, whose tones a typist or OCR may have got wrong, as the document spells it most often elsewhere."""
    text = text[:_NEAR]
    spelt = Counter(found.group() for found in with_any_tones(name).finditer(text.lower()))
    ranked = spelt.most_common(2)
    if not ranked or ranked[0][0] == name.lower() or spelt[name.lower()] >= ranked[0][1] or ranked[0][1] < 2:
        return name
    return sentence_case(ranked[0][0].upper())


def with_locality(name: str, parent: str | None, text: str, place: str | None) -> str:
    """`name` with its locality when every province (or district) has such a unit and the document tells which."""
    kind = _administration(name)
    if parent and (
        name in table("header")["offices"]["names"]
        or (name.startswith("Ban ") and parent.startswith("Hội đồng nhân dân"))
    ):
        above = "Trung ương" if parent.endswith("Chấp hành Trung ương") else parent
        return f"{name} {above}"
    open_level = _ends_in_level().search(name)
    if kind is None and open_level and parent:
        whole = _locality().search(parent)
        same_level = whole is not None and whole.group().startswith(open_level.group().strip())
        return f"{name[: open_level.start()]} {whole.group()}" if whole and same_level else name
    if kind is None or _has_locality(name) or _is_central(name):
        return name
    if parent:
        told = _locality().search(parent)
        if told:
            return f"{name} {told.group()}"
        if not _people_committee().match(parent):
            return name
    return _completed(name, kind, text, place)


def _completed(name: str, kind: str, text: str, place: str | None) -> str:
    """The locality from the name's own longer form elsewhere in the text, else from the place of issue."""
    levels = table("header")["administration"][kind]
    bare_level = _ends_in_level().search(name)
    if bare_level:
        name, levels = name[: bare_level.start()], [bare_level.group().strip()]
    longer = {found.group(1) for found in _longer_form(name, tuple(levels)).finditer(text)}
    if longer:
        return f"{name} {max(longer, key=lambda locality: (text.count(locality), locality))}"
    if place:
        place = place.removeprefix("Thành phố ")
        for level in levels:
            if regex.search(rf"\b{level} {regex.escape(place)}\b", text):
                return f"{name} {level} {place}"
        if bare_level and levels[0] == "tỉnh":
            return f"{name} tỉnh {province_of(place) or place}"
        return f"{name} {levels[0]} {place}" if bare_level else f"{name} {_placed(place, levels)}"
    units = Counter(found.group() for level in levels[:1] for found in _named_locality(level).finditer(text))
    return f"{name} {units.most_common(1)[0][0]}" if units and _is_clear(units) else name


def _placed(place: str, levels: list[str]) -> str:
    """The place of issue with its administrative word, where the tables know just one of these levels for it."""
    kinds = {known.kind for known in find_place(place)} & set(levels)
    return f"{next(iter(kinds))} {place}" if len(kinds) == 1 and find_place(place) else place


def _is_clear(units: Counter[str]) -> bool:
    ranked = units.most_common(2)
    return len(ranked) == 1 or ranked[0][1] > ranked[1][1]


def told_issuer(text: str, symbol: str | None, place: str | None, deciding: HeadLine | None = None) -> Issuer | None:
    """The issuer that the text itself tells where the head was lost.

    Told by the opening and closing sentences, the enacting words, the line that names who decides (`deciding`), the
    one signed for (`TM. …`) and the symbol, together.
    """
    votes: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    spans: dict[str, list[tuple[int, int]]] = {}

    def vote(name: str | None, weight: int, start: int, end: int) -> None:
        if name is None:
            return
        unit, level = _parted_level(_capital(expand(name)))
        votes[unit] += weight
        levels[level] += weight if level else 0
        spans.setdefault(unit, []).append((start, end))

    for pattern, weight, reach in ((_opening(), 2, _OPENING), (_closing(), 3, len(text)), (_enacting(), 9, _OPENING)):
        for found in pattern.finditer(text, 0, reach):
            vote(_trimmed(found.group(1)), weight, *found.span(1))
    if deciding is not None:
        vote(_without_position(deciding.line.text), 6, deciding.line.start, deciding.line.end)
    for found in _signed_for().finditer(text):
        vote(sentence_case(found.group(1).strip()), 3, *found.span(1))
    symbol_issuer = _issuer_of_symbol(symbol)
    if symbol_issuer is not None:
        letters = bare(symbol_issuer).lower()
        for name in votes:
            votes[name] += 6 if letters in bare(name).lower() else 0
        if not any(letters in bare(name).lower() for name in votes):
            votes[symbol_issuer] += 4
    if not votes:
        return None
    best = max(votes, key=lambda name: (votes[name], len(name)))
    level = max(levels, key=lambda known: (levels[known], known), default="") if _administration(best) else ""
    whole = f"{best} {level}" if level and not _has_locality(best) else best
    return Issuer(with_locality(whole, None, text, place), None, tuple(spans.get(best, ())))


def _parted_level(name: str) -> tuple[str, str]:
    """The name of a unit of administration without its locality, and the level of that (`tỉnh`, `huyện` …)."""
    name = _without_locality(name)
    told = _ends_in_level().search(name) if _administration(name) else None
    return (name[: told.start()], told.group().strip()) if told else (name, "")


def _without_position(words: str) -> str:
    """The unit in a line such as `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …`, which names the one who decides."""
    written = written_unit(words)
    found = _person_in_charge().match(written)
    unit = written[found.end() :].strip() if found else ""
    return _capital(unit) if unit and begins_unit(unit) else written


def _issuer_of_symbol(symbol: str | None) -> str | None:
    if symbol is None:
        return None
    known = issuer_of_symbol(symbol)
    if known is None and _COMMITTEE_OR_COUNCIL.search(symbol):
        return "Ủy ban nhân dân" if "UBND" in symbol else "Hội đồng nhân dân"
    return known


def _trimmed(name: str) -> str | None:
    name = " ".join(name.split()).strip(" ,.;:")
    return name if 1 < len(name.split()) <= 14 else None


def _without_locality(name: str) -> str:
    """The name of a unit of administration without its locality, which the whole document tells more surely."""
    if _administration(name) is None:
        return name
    told = _locality().search(name)
    if told is None or not told.start() or told.end() != len(name):
        return name
    return (
        name[: told.start()] + told.group().split(" ")[0]
        if not told.group().lower().startswith(("thành phố", "thị xã"))
        else name
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _administration(name: str) -> str | None:
    found = _kind_of_administration().match(name.lower().replace("uỷ", "ủy"))
    return found.group() if found else None


def _is_central(name: str) -> bool:
    """Whether the name tells that there is one such unit in the country (`Văn phòng Chính phủ`)."""
    return any(f" {word}" in name for word in table("header")["central"]["words"])


def _has_locality(name: str) -> bool:
    return _locality().search(name) is not None


@cache
def _kind_of_administration() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(table('header')['administration'])})(?!\w)")


@cache
def _locality() -> regex.Pattern[str]:
    return regex.compile(rf"{_LOCALITY} (?:{_PROPER}|\d{{1,2}})")


@cache
def _ends_in_level() -> regex.Pattern[str]:
    return regex.compile(rf" {_LOCALITY}$")


@cache
def _named_locality(level: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b{level} {_PROPER}")


@cache
def _people_committee() -> regex.Pattern[str]:
    return regex.compile(r"(?i)(?:ủy|uỷ) ban nhân dân|ubnd")


@cache
def _longer_form(name: str, levels: tuple[str, ...]) -> regex.Pattern[str]:
    any_level = "|".join(regex.escape(level) for level in levels)
    return regex.compile(rf"(?i:{regex.escape(name[0])}){regex.escape(name[1:])} ((?:(?:{any_level}) )?{_PROPER})")


@cache
def _unit() -> str:
    """The pattern of a unit's name in a sentence, which ends before its verb."""
    told = table("header")["told"]
    return (
        rf"((?:(?:{any_of(told['heads'])})"
        rf"(?: (?!(?:{any_of(told['not_in_a_name'])})(?!\w))[^\s,.;:()“”\"]{{1,20}}){{1,13}}?))"
    )


@cache
def _opening() -> regex.Pattern[str]:
    verbs = "|".join(regex.escape(verb) for verb in table("header")["opening"]["verbs"])
    return regex.compile(rf"(?:^|[,;.]\s)[ \t]*{_unit()} (?:{verbs})(?!\w)", regex.MULTILINE)


@cache
def _signed_for() -> regex.Pattern[str]:
    return regex.compile(r"(?:^|\n)[ \t*]{0,80}T[/.]?M[./]{1,2}[ ]?(\p{Lu}[\p{Lu} ]{5,60})(?=[ *]*(?:\n|$))")


@cache
def _person_in_charge() -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?:phó )?(?:{any_of(table('header')['in_charge']['words'])})\s")


@cache
def _enacting() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:^|\n)[ \t]*((?:Chính phủ|Quốc hội|Thủ tướng Chính phủ|Ủy ban [Tt]hường vụ Quốc hội"
        r"|Hội đồng nhân dân [^\n,;]{2,40}"
        r"|Ủy ban nhân dân [^\n,;]{2,40}|(?<=Bộ trưởng )Bộ [^\n;]{2,60}))\s+ban\s+hành\s+(?:Nghị|Luật|Bộ luật|Pháp"
        r"|Thông|Quyết|Quy)"
    )


@cache
def _closing() -> regex.Pattern[str]:
    return regex.compile(rf"Trên đây là [^\n.;]{{0,240}}?của {_unit()}(?=\s?[.,/;\n]|$| (?:về|năm|trong|đối|tại) )")
