"""Vietnamese letters and syllables: what is left of a word that OCR has robbed of its tones, and what can be a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

import regex

_TONED = (
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
)


@cache
def _bare_letters() -> dict[int, str]:
    return {ord(c): "d" if c == "đ" else "D" if c == "Đ" else unicodedata.normalize("NFD", c)[0] for c in _TONED}


@lru_cache(maxsize=1024)  # the same titles and units are asked for again and again
def bare(text: str) -> str:
    """`text` (NFC) without tones and diacritics, letter for letter: the length does not change."""
    return text if text.isascii() else text.translate(_bare_letters())


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case and without the place of its tone mark: `Hoà` and `hòa` are one, `lý` and `lí` too."""
    base: list[str] = []
    tones: list[str] = []
    for mark in unicodedata.normalize("NFD", word.casefold()):
        (tones if mark in "\u0300\u0301\u0303\u0309\u0323" else base).append(mark)
    return unicodedata.normalize("NFC", "".join(base)).replace("y", "i") + "".join(sorted(tones))


@lru_cache(maxsize=65536)
def letters_only(word: str) -> str:
    """A word without any diacritic, as a bad scan leaves it."""
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).replace("đ", "d").replace("y", "i")


@lru_cache(maxsize=256)
def with_any_tones(words: str) -> re.Pattern[str]:
    """A pattern of whole `words`, each letter with any tone or diacritic; for texts in small letters."""
    letters = [_variants().get(letter) or re.escape(letter) for letter in bare(words.lower())]
    first, others = "".join(letters[:1]), "".join(letters[1:])
    return re.compile(rf"{first}(?<!\w.){others}(?!\w)")  # with a letter in front `re` is fast over all the others


@cache
def _variants() -> dict[str, str]:
    """For each letter the class of those that `bare` makes it of, itself included."""
    variants: dict[str, str] = {}
    for letter in filter(str.islower, _TONED):
        variants[bare(letter)] = variants.get(bare(letter), bare(letter)) + letter
    return {letter: f"[{letters}]" for letter, letters in variants.items()}


@cache
def _syllable() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:ngh|ng|gh|gi|kh|nh|ph|th|tr|ch|qu|[bcdghklmnprstvxfjwz])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
    )


def is_syllable(word: str) -> bool:
    """Whether `word` can be one Vietnamese syllable."""
    return _syllable().fullmatch(bare(word).lower()) is not None


@lru_cache(maxsize=1024)
def is_upper(text: str) -> bool:
    """Whether most letters of `text` are capitals, as in a printed title; a small letter or two may be stray."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) >= 0.8 * letters


_DIPHTHONGS = (("òóỏõọ", "a", "àáảãạ"), ("òóỏõọ", "e", "èéẻẽẹ"), ("ùúủũụ", "y", "ỳýỷỹỵ"))


@cache
def _tone_places() -> tuple[tuple[str, str], ...]:
    """Each pair of vowels with the tone mark where it is now usual (`òa`, `ủy`), and where it was before."""
    pairs = [
        (marked + second, bare(marked) + second_marked)
        for firsts, second, seconds in _DIPHTHONGS
        for marked, second_marked in zip(firsts, seconds, strict=True)
    ]
    return tuple(pairs + [(new.capitalize(), old.capitalize()) for new, old in pairs])


def either_tone_place(pattern: str) -> str:
    """A pattern (or plain words) that also matches the older place of the tone mark: `Đảng ủy` → `Đảng (?:ủy|uỷ)`."""
    for new, old in _tone_places():
        pattern = regex.sub(rf"{new}(?!\p{{L}})", f"(?:{new}|{old})", pattern)
    return pattern


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of `words`, the longer ones tried first."""
    return "|".join(regex.escape(word) for word in sorted(set(words), key=len, reverse=True))
