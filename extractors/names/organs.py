"""Organs of the state, the Party and the mass organisations: names written out, letters of symbols, kinds.

The facts are in grammar/organs.toml; extractors.names.capitals writes names that are printed in capitals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import regex

from extractors.grammar import table
from extractors.text.letters import fold, letters_only

System = Literal["nhà nước", "đảng", "đoàn thể"]

NAME_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’]+(?:&[\p{L}\p{N}]+)*")
"""A word of a unit's name; letters joined by `&` are one (`GD&ĐT`)."""

_LONGEST_BEGINNING = 14
_LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class UnitKind:
    """What a unit is, by the words its name begins with. `level` and `system` are None where the words do not tell."""

    kind: str
    level: str | None
    system: System | None


def folded_name(name: str) -> str:
    """The words of a unit's name folded, by which the tables are looked up."""
    return " ".join(fold(word) for word in NAME_WORD.findall(name))


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
    return dict(reversed(abbreviation_rows()))


@cache
def _short_form() -> regex.Pattern[str]:
    shorts = sorted(_long_forms(), key=len, reverse=True)
    whole = r"(?![\p{L}\p{N}]|&\p{L})"
    forms = "|".join(regex.escape(short) + ("" if short.endswith(".") else whole) for short in shorts)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}&])({forms})")


@cache
def abbreviation_rows() -> tuple[tuple[str, str], ...]:
    """Short forms with what they stand for, the surest first."""
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
    words = [fold(word) for word in NAME_WORD.findall(name)]
    for length in range(min(len(words), _LONGEST_BEGINNING), 0, -1):
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
    key = folded_name(name)
    if key in _organ_names():
        return _organ_names()[key]
    words = NAME_WORD.findall(name)
    return _organ_letters().get(" ".join(letters_only(word) for word in words)) if len(words) > 2 else None


def with_known_capitals(name: str) -> str:
    """A unit's name whose first words, as far as the table knows them, are spelled as there: `Ban chấp hành` …"""
    found = list(NAME_WORD.finditer(name))
    for length in range(min(len(found), _LONGEST_BEGINNING), 1, -1):
        known = _known_beginnings().get(" ".join(fold(m.group()) for m in found[:length]))
        if known is not None:
            return known + name[found[length - 1].end() :]
    return name


@cache
def _known_beginnings() -> dict[str, str]:
    prefixes = [prefix for row in table("organs")["unit"] for prefix in row["prefixes"]]
    return {folded_name(prefix): prefix for prefix in prefixes} | _organ_names()


@cache
def _organ_names() -> dict[str, str]:
    rows = table("organs")
    names = [row["name"] for row in rows["organ"]]
    names += [f"{head} {row['name']}" for row in rows["field"] for head in row["heads"]]
    names += [name for name in rows["capitals"]["terms"] if unit_kind(name) is not None]
    return {folded_name(name): name for name in names}


@cache
def _organ_letters() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name in _organ_names().values():
        found.setdefault(" ".join(letters_only(word) for word in NAME_WORD.findall(name)), []).append(name)
    return {letters: names[0] for letters, names in found.items() if len(names) == 1}


@cache
def _unit_prefixes() -> dict[str, UnitKind]:
    rows = table("organs")
    prefixes = {folded_name(r["name"]): UnitKind(r["kind"], r.get("level"), r["system"]) for r in rows["organ"]}
    for row in rows["unit"]:
        for prefix in row["prefixes"]:
            prefixes.setdefault(folded_name(prefix), UnitKind(row["kind"], row.get("level"), row.get("system")))
    return prefixes


@cache
def _not_units() -> frozenset[str]:
    return frozenset(folded_name(name) for row in table("organs")["unit"] for name in row.get("not", ()))
