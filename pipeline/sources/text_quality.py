"""How far a text is Vietnamese as it is written: tells a good text layer from one that lies.

Scanners add text layers without Vietnamese letters (`BO GIAO Dl)C`), printers lose the map from glyphs to letters
(`B? GIÁO D?C`), font fallback tears syllables apart (`Th c hi n`). A word is checked against the build of the
Vietnamese syllable (onset, rime, tone); a text of right syllables without tone marks is no Vietnamese text either.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

GOOD_TEXT = 0.6
"""From this score a text layer is believed: good pages score 0.95 and more, lying and torn ones below 0.2."""

_TONES = {0x300, 0x301, 0x303, 0x309, 0x323}
_STOPPED_TONES = {0x301, 0x323}
_SYLLABLE = regex.compile(
    r"(?:ngh|ng|nh|n|ch|c|gh|gi|g|kh|k|ph|p|qu|th|tr|t|b|d|đ|h|l|m|r|s|v|x)?"
    r"(?:uyê|uyu|uya|oai|oay|oao|oeo|uây|uôi|ươi|ươu|iêu|yêu|iê|yê|uô|ươ|uâ|uê|uy|uơ|oa|oă|oe|oo|ia|ya|ua|ưa|ai|ao|au|ay"
    r"|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])?"
    r"(ch|nh|ng|c|m|n|p|t)?"
)
_VOWEL = regex.compile(r"[aăâeêioôơuưy]")
_EDGE = ".,;:!?()[]{}\"'“”‘’«»…/-–—+*•_"
_NO_WORD = regex.compile(r"[\d/@&_\-–—.,:;%()]")
_LETTERS = regex.compile(r"\p{L}+")
_ONE_LETTER_WORDS = frozenset(["ở", "ý", "à", "ạ", "y", "ô", "ư", "ơ", "ồ", "ừ"])
_USUAL_SHARE_OF_MARKED = 0.55
_LEAST_WORDS = 4
_TELLS_NOTHING, _WRONG, _UNMARKED, _MARKED = range(4)


def text_quality(text: str) -> float:
    """0..1: the share of words that are Vietnamese syllables, lowered where they lack their marks.

    A text of fewer than four words tells nothing and scores 0.
    """
    verdicts = list(map(_verdict_on, text.split()))
    marked = verdicts.count(_MARKED)
    right = marked + verdicts.count(_UNMARKED)
    wrong = verdicts.count(_WRONG)
    if right + wrong < _LEAST_WORDS:
        return 0.0
    share = right / (right + wrong)
    marks = marked / right if right else 0.0
    return round(share * share * min(1.0, marks / _USUAL_SHARE_OF_MARKED), 4)


@lru_cache(maxsize=20_000)
def _verdict_on(printed: str) -> int:
    """`_verdict` on a word as printed; a right one bears Vietnamese letters or not."""
    word = printed.strip(_EDGE)
    verdict = _verdict(word, printed)
    if verdict is None:
        return _TELLS_NOTHING
    if not verdict:
        return _WRONG
    return _UNMARKED if word.isascii() else _MARKED


def _verdict(word: str, printed: str) -> bool | None:
    """Whether `word` is a Vietnamese syllable; None for what tells nothing (numbers, symbols, abbreviations)."""
    if not word or not any(c.isalpha() for c in word):
        return None
    if len(word) == 1:
        if word.lower() in _ONE_LETTER_WORDS:
            return True
        return None if printed != word or word.isupper() else False
    if _LETTERS.fullmatch(word):
        if is_syllable(word):
            return True
        return None if word.isupper() and len(word) <= 8 else False
    if any(c.isdigit() for c in word):
        return None
    if _NO_WORD.search(word):
        parts = [part for part in _LETTERS.findall(word) if len(part) > 1]
        return None if all(part.isupper() or is_syllable(part) for part in parts) and "(" not in word[1:-1] else False
    return False


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` is built like a Vietnamese syllable and written in one of the usual cases.

    >>> is_syllable("Nghiêng"), is_syllable("vA"), is_syllable("quýt"), is_syllable("strong")
    (True, False, True, False)
    """
    if not word or not (word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())):
        return False
    bare, tones = _without_tones(word.lower())
    if len(tones) > 1 or _VOWEL.search(bare) is None:
        return False
    match = _SYLLABLE.fullmatch(bare)
    if match is None:
        return False
    stopped = match.group(1) in ("ch", "c", "p", "t")
    return not (stopped and tones and tones[0] not in _STOPPED_TONES)


def _without_tones(word: str) -> tuple[str, list[int]]:
    letters = unicodedata.normalize("NFD", word)
    tones = [ord(c) for c in letters if ord(c) in _TONES]
    return unicodedata.normalize("NFC", "".join(c for c in letters if ord(c) not in _TONES)), tones
