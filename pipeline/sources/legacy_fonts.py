"""Text set in Vietnamese fonts older than Unicode: TCVN3 (`.VnTime`: `Céng hoµ`), VNI (`VNI-Times`: `Coäng hoøa`),
VISCII and VPS.

A program that knows nothing of these fonts shows Latin-1 letters. A run of text is turned to Unicode by its font's
name; text without fonts by how many of its words become Vietnamese syllables. The tables are legacy_fonts.toml.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex

from extractors.records import Finding

_UNICODE_VIETNAMESE = regex.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_WORD = regex.compile(r"[^\s\d.,;:/()\[\]\"“”?!+*_-]+")
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_RHYME = (
    "(?:"
    "(?:a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|oa|oă|oe|oo|uâ|uê|uô|uơ|ươ|iê|yê|uy|uyê|ua|uă|ue)(?:ch|ng|nh|[cmnpt])"
    "|a[iouy]?|â[uy]|eo?|êu?|i[au]?|iêu|o[aei]?|oa[iyo]|oeo|ô[i]?|ơ[i]?|u[aiyêơ]?|uây|uô[i]?|uy[au]?|ư[aiu]?|ươ[iu]|yê?u?"
    ")"
)
_SYLLABLE = regex.compile(f"{_ONSET}{_RHYME}")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_LEAST_WORDS = 4
_LEAST_SHARE = 0.75
_HALF_CAPITALS = regex.compile(r"(?<!\p{L})(?=\p{L}*\p{Lu}\p{L}*\p{Lu})(?=\p{L}*\p{Ll})\p{L}+")
_LOST_U = regex.compile(r"(?<=\p{L})(?<![ưƯ])[ơờớởỡợ](?=(?:ng|c|u)(?!\p{L}))")


@dataclass(frozen=True, slots=True)
class LegacyEncoding:
    """One encoding: which fonts use it, and the letter meant for each shown letter or pair of letters."""

    name: str
    fonts: regex.Pattern[str]
    capital_fonts: regex.Pattern[str]
    letters: Mapping[str, str]
    pattern: regex.Pattern[str]
    examples: tuple[tuple[str, str], ...]

    def decode(self, text: str, capitals: bool = False) -> str:
        """`text` in Unicode NFC; all capitals when it was set in a capital font."""
        decoded = self.pattern.sub(lambda shown: self._meant(shown.group()), text)
        return decoded.upper() if capitals else _HALF_CAPITALS.sub(_capitals, decoded)

    def _meant(self, shown: str) -> str:
        found = self.letters.get(shown)
        return found if found is not None else "".join(self.letters.get(letter, letter) for letter in shown)


@dataclass(frozen=True, slots=True)
class Detected:
    """The encoding of a text without fonts; `confidence` is the share of its words that then are syllables."""

    encoding: LegacyEncoding
    confidence: float


@cache
def encodings() -> tuple[LegacyEncoding, ...]:
    """The encodings of legacy_fonts.toml, in its order."""
    data = tomllib.loads(files("pipeline.sources").joinpath("legacy_fonts.toml").read_text(encoding="utf-8"))
    return tuple(_encoding(row) for row in data["encoding"])


def _encoding(row: Mapping[str, object]) -> LegacyEncoding:
    match row:
        case {
            "name": str(name),
            "fonts": str(fonts),
            "capital_fonts": str(capital_fonts),
            "letters": dict(letters),
            "examples": list(examples),
        }:
            meant = {str(shown): str(letter) for shown, letter in letters.items()}
            for shown in [pair for pair in meant if len(pair) == 2]:
                meant.setdefault(shown[0] + shown[1].swapcase(), meant[shown])
            return LegacyEncoding(
                name,
                regex.compile(fonts, regex.IGNORECASE),
                regex.compile(capital_fonts),
                meant,
                _letters_pattern(meant),
                tuple((str(shown), str(printed)) for shown, printed in examples),
            )
        case _:
            raise ValueError("legacy_fonts.toml: an encoding lacks a field")


@cache
def encoding_of_font(font: str) -> tuple[LegacyEncoding, bool] | None:
    """The encoding that `font` calls for and whether it prints capitals only; None for a Unicode font."""
    for encoding in encodings():
        if encoding.fonts.search(font):
            return encoding, encoding.capital_fonts.search(font) is not None
    return None


def decode_run(text: str, font: str) -> tuple[str, LegacyEncoding | None]:
    """`text` of a run in `font` as Unicode, and the encoding it was in (None when it is left alone).

    A run that names an old font but already holds Unicode Vietnamese, or reads better as it stands, is left alone.
    """
    found = encoding_of_font(font)
    if found is None or _UNICODE_VIETNAMESE.search(text):
        return text, None
    encoding, capitals = found
    decoded = encoding.decode(text, capitals)
    if decoded == text:
        return text, None
    if vietnamese_share(text) > vietnamese_share(encoding.decode(text)):
        return text, None
    return decoded, encoding


def detect(text: str) -> Detected | None:
    """The old encoding of a text whose fonts are unknown, None when it is Unicode, another language or too short."""
    counts = [(times, *_accented(piece)) for piece, times in Counter(text.split()).items() if not piece.isascii()]
    if sum(times * len(old) for times, _, old in counts) < _LEAST_WORDS:
        return None
    if sum(times * (2 * len(old) - accented) for times, accented, old in counts) < 0:
        return None
    old = [word for times, _, words in counts for word in words * times]
    as_it_stands = _share(old)
    best: Detected | None = None
    for encoding in encodings():
        share = _share([encoding.decode(word) for word in old])
        if share >= _LEAST_SHARE and share > as_it_stands + 0.2 and (best is None or share > best.confidence):
            best = Detected(encoding, share)
    return best


@lru_cache(maxsize=20_000)
def _accented(piece: str) -> tuple[int, tuple[str, ...]]:
    """How many words of `piece` have a letter outside ASCII, and those of them without a letter of Vietnamese alone."""
    accented = [word for word in _WORD.findall(piece) if not word.isascii()]
    return len(accented), tuple(word for word in accented if not _UNICODE_VIETNAMESE.search(word))


def decode_text(text: str, encoding: LegacyEncoding) -> str:
    """`text`, found to be in `encoding`, in Unicode; paragraphs that already hold Unicode Vietnamese are left alone.

    The letter ư of TCVN3 is the soft hyphen and is often lost on the way: it is put back where no syllable exists
    without it (`trờng` → `trường`).
    """
    decoded = "".join(
        paragraph if _UNICODE_VIETNAMESE.search(paragraph) else encoding.decode(paragraph)
        for paragraph in text.splitlines(keepends=True)
    )
    return _LOST_U.sub(lambda vowel: "ư" + vowel.group(), decoded) if encoding.name == "TCVN3" else decoded


def vietnamese_share(text: str) -> float:
    """The share (0..1) of the words with a letter outside ASCII that are Vietnamese syllables; 0 without such words."""
    return _share([word for word in _WORD.findall(text) if not word.isascii()])


def _capitals(word: regex.Match[str]) -> str:
    """A word in capitals whose marked letters are small, for want of capitals in the old table: `CộNG` → `CỘNG`."""
    found = str(word.group())
    return found if any(c.islower() and c.isascii() for c in found) else found.upper()


def legacy_font_finding(names: Iterable[str]) -> Finding:
    """What a clerk is told when text was converted from the encodings `names`."""
    listed = ", ".join(sorted(set(names)))
    return Finding(
        "legacy_font", "info", f"Văn bản dùng phông chữ cũ ({listed}); chữ đã được chuyển sang Unicode.", None, None
    )


def _share(words: list[str]) -> float:
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _letters_pattern(letters: Iterable[str]) -> regex.Pattern[str]:
    """Finds every letter of a table and everything that looks like one of its pairs."""
    singles = "".join(shown for shown in letters if len(shown) == 1)
    pairs = [shown for shown in letters if len(shown) == 2]
    if not pairs:
        return regex.compile(f"[{singles}]")
    first, second = ("".join(sorted({pair[place] for pair in pairs})) for place in (0, 1))
    return regex.compile(f"[{first}][{second}]|[{singles}]")


@lru_cache(maxsize=20_000)
def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    letters = unicodedata.normalize("NFD", word.strip("'’‘").lower())
    toneless = unicodedata.normalize("NFC", letters.translate(_TONES))
    tones = sum(letters.count(chr(tone)) for tone in _TONES)
    return tones <= 1 and _SYLLABLE.fullmatch(toneless) is not None
