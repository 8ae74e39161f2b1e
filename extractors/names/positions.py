"""Authority words (TM., KT., TL. …) and the titles of those who sign, printed in capitals or damaged by OCR."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractors.grammar import table
from extractors.names.capitals import sentence_case
from extractors.names.known_names import mended
from extractors.text.letters import bare, is_upper

_NO_LETTERS = re.compile(r"[^a-z ]")
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class TitleLine:
    """One line above a signature: an authority word with the one acted for, or a position, or both on one line.

    `authority` is the word without points; `acted_for` the rest of its line; `position` the signer's own title.
    """

    authority: str | None
    acted_for: str | None
    position: str | None


@lru_cache(maxsize=256)  # signatories and recipients ask for the same lines
def read_title(line: str) -> TitleLine | None:
    """What a line above a signature says; None when it is neither an authority line nor a title."""
    stripped = _bared(line)
    if not 2 <= len(stripped) <= _LONGEST_TITLE:
        return None
    found = _authority().match(stripped)
    if found:
        authority = _authority_words()[found.group(1).upper()]
        rest = stripped[found.end() :]
        acted_for, position = _parted(rest)
        if authority == "Q":
            return TitleLine("Q", None, written_title(rest)) if _head(rest) else None
        if not is_upper(rest) and not _head(rest):
            return None
        return TitleLine(authority, written_title(acted_for), written_title(position) if position else None)
    if _head(stripped) is None:
        stripped = _scrap_before().sub("", stripped) if is_upper(stripped) else ""
    if _head(stripped) is None:
        return None
    return TitleLine(None, None, written_title(stripped))


def may_name_authority(line: str) -> bool:
    """Whether the first letters of `line` can be an authority word: a cheap look before `read_title`."""
    word = line.lstrip("\"“*_.:;,-–—•+~|'’‘`()[]{} ")[:2]
    return word[:1] in _authority_letters() and not word[1:].islower()


@cache
def _authority_letters() -> frozenset[str]:
    return frozenset(word[0] for word in _authority_words())


def read_damaged_title(line: str) -> TitleLine | None:
    """A title in capitals of which OCR misread one letter (`HIỆU TRƯỞN`, `GIAM DOG`); None when none is that near.

    Scraps of the seal before it and glued to its end (`H HIỆU TRƯỞNGZ7`) do not count.
    """
    shown = _scrap_before().sub("", _bared(line))
    words = _NO_LETTERS.sub("", bare(shown).lower()).split()
    for length in range(len(words), 1, -1):
        start = " ".join(words[:length])
        if len(start) < 7:
            return None
        for letters, title in _titles_of_length(len(start)):
            if _one_letter_apart(start, letters):
                return TitleLine(None, None, title)
    return None


@cache
def _titles_of_length(length: int) -> list[tuple[str, str]]:
    """The titles whose bare letters are about as many, those of deputies too, each with how it is written."""
    titles = [
        form
        for letters, written in _positions().items()
        for form in ((letters, written), (f"pho {letters}", f"Phó {written}"))
    ]
    return [(letters, title) for letters, title in titles if abs(len(letters) - length) <= 1]


def _one_letter_apart(one: str, other: str) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[same + 1 :] == other[same + 1 :] or one[same:] == other[same + 1 :] or one[same + 1 :] == other[same:]


def goes_on(line: str) -> bool:
    """Whether `line` can continue the title of the line before it: capitals, no title of its own."""
    stripped = _without_rim(line)
    return (
        2 <= len(stripped) <= 80
        and is_upper(stripped)
        and len(stripped.split()) >= 2
        and _continuing().match(bare(stripped).lower()) is not None
    )


def is_title_start(line: str) -> bool:
    """Whether `line` begins with a title, whatever follows it."""
    return _head(_without_rim(line)) is not None


def _parted(rest: str) -> tuple[str, str | None]:
    """Split `CHỦ TỊCH PHÓ CHỦ TỊCH` (two lines run together) into the one acted for and the signer's title."""
    lowered = _plain(rest)
    for found in (
        _heads(True).finditer(lowered) if _heads(True).search(lowered) else _heads(False).finditer(bare(lowered))
    ):
        before = rest[: found.start()].rstrip()
        if not before or _binds().search(bare(before).lower()):
            continue
        if bare(before).lower().endswith("hoi dong") and bare(found.group()).lower() == "bo truong":
            continue  # the Council of Ministers
        return before, rest[found.start() :]
    return rest, None


def _head(text: str) -> regex.Match[str] | None:
    """The title at the head of `text`; letters that lost their tones count where no title fits with them."""
    lowered = _plain(text)
    return _heads(True).match(lowered) or _heads(False).match(bare(lowered))


def _plain(text: str) -> str:
    return text.lower().replace("uỷ", "ủy").replace("toà", "tòa").replace("ký", "ký")


def written_title(words: str) -> str:
    """A title printed in capitals as it is written in running text: `PHÓ CHÁNH VĂN PHÒNG` → `Phó Chánh Văn phòng`."""
    words = " ".join(words.split()).strip(" .,;:-–—")
    found = _head(words)
    if found is None:
        return mended(sentence_case(words))
    head = _positions()[bare(found.group("head"))] if found.group("head").isascii() else _titles()[found.group("head")]
    before = ""
    if found.group("deputy"):
        before += "Phó "
    if found.group("acting"):
        before = "Quyền " + before
    rest = words[found.end() :].strip()
    if not rest:
        return before + head
    if is_upper(rest):
        rest = mended(sentence_case(rest))
        if _small_start().match(rest):
            rest = rest[0].lower() + rest[1:]
    return f"{before}{head}{rest}" if rest.startswith(",") else f"{before}{head} {rest}"


def _bared(line: str) -> str:
    """A line without marks round it, and without the scraps of a seal at its end (`GIÁM ĐỐCy]`)."""
    bared = _without_rim(_signed().sub("", line) if "(" in line else line)
    if not bared.isupper() or not bared.replace(" ", "").isalpha():
        bared = _scrap_behind().sub("", bared)
    return bared.rstrip(" .,;:-–—")


def _without_rim(line: str) -> str:
    """A line without the marks before its first word and behind its last."""
    return line if line[:1].isalnum() and line[-1:].isalnum() else _rim().sub("", line)


@cache
def _signed() -> regex.Pattern[str]:
    return regex.compile(r"\s*\((?i:đã\s+k[ýy]|ký)[^()\n]{0,40}\)?\s*$")


@cache
def _scrap_before() -> regex.Pattern[str]:
    """A misread authority word or the edge of a seal in front of a title (`H HIỆU TRƯỞNG`)."""
    return regex.compile(r"^\p{Lu}{1,2}[ .]{1,2}(?=\p{Lu}{2})")


@cache
def _scrap_behind() -> regex.Pattern[str]:
    """What of a seal or signature was read behind a title: small letters, figures or signs, glued to it or apart."""
    return regex.compile(
        r"(?<=\p{Lu}{3})(?:\p{Ll}{1,2}|\p{Lu}?\d[\p{Lu}\d]{0,2}|\s+(?:\p{Ll}|\d){1,2}"
        r"|\s+(?![-–—&/,]\s?\p{Lu}{2}\p{Lu}*(?:\s|$))[^\w\s].{0,12})$"
    )


@cache
def _small_start() -> regex.Pattern[str]:
    words = "|".join(word[0].upper() + word[1:] for word in table("positions")["small_behind_a_title"]["words"])
    return regex.compile(rf"(?:{words})\b")


@cache
def _rim() -> regex.Pattern[str]:
    return regex.compile(r"^[^\w(“\"]+|[^\w)”\"]+$|^[\"“*_.\s-]+|[\"”*_\s]+$")


@cache
def _authority_words() -> dict[str, str]:
    return {word: name for name, row in table("positions")["authority"].items() for word in row["written"]}


@cache
def _authority() -> regex.Pattern[str]:
    words = "|".join(regex.escape(word) for word in sorted(_authority_words(), key=len, reverse=True))
    return regex.compile(rf"({words})(?:\s{{0,2}}[.:/,]{{1,3}}\s{{0,3}}|\s{{1,3}})(?=[^\W\d_])")


@cache
def _titles() -> dict[str, str]:
    return {written.lower(): written for written in table("positions")["positions"]}


@cache
def _positions() -> dict[str, str]:
    found: dict[str, str] = {}
    for written in table("positions")["positions"]:
        found.setdefault(bare(written).lower(), written)
    return found


@cache
def _heads(toned: bool) -> regex.Pattern[str]:
    words = _titles() if toned else _positions()
    heads = "|".join(regex.escape(head) for head in sorted(words, key=len, reverse=True))
    return regex.compile(
        rf"(?<!\w)(?P<acting>q\.|quyền |quyen )?\s?(?P<deputy>phó |pho |p\. ?)?(?P<head>{heads})(?!\w)"
    )


@cache
def _binds() -> regex.Pattern[str]:
    return regex.compile(r"(?:\b(?:kiem|va|cua|do|ban)|[-–,(/])\s*$")


@cache
def _continuing() -> regex.Pattern[str]:
    words = "|".join(bare(word) for word in table("positions")["goes_on"]["words"])
    return regex.compile(rf"(?:{words})\b")
