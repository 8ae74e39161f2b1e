"""Vietnamese written in ASCII (VIQR, RFC 1456): `Co^.ng ho`a xa~ ho^.i chu? nghi~a` in old mail and exports.

A mark follows its vowel: `^ ( +` make another letter, `' ` ? ~ .` are tones, `dd` is đ, a backslash keeps a mark a
mark. A point or question mark that ends a line, or follows a word that already has a tone, is punctuation.
"""

from __future__ import annotations

import unicodedata

import regex

from pipeline.sources.legacy_fonts import vietnamese_share

_BENT = {"^": "\u0302", "(": "\u0306", "+": "\u031b"}
_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_LETTER = regex.compile(
    r"\\(?P<kept>[\^(+'`?~.d\\])|(?P<d>[dD][dD])"
    r"|(?P<vowel>[aA](?=[\^(])|[eE](?=\^)|[oO](?=[\^+])|[uU](?=\+)|[aeiouyAEIOUY])"
    r"(?P<bent>(?<=[aeoAEO])\^|(?<=[aA])\(|(?<=[ouOU])\+)?(?P<tone>['`?~.](?!\.|[ \t]*(?:\n|$)))?"
)
_WORD = regex.compile(r"[A-Za-z\^(+'`?~.\\]+")
_BENT_WORD = regex.compile(r"[aeoAEO]\^|[aA]\(|[ouOU]\+|\b[dD][dD][aeiouyAEIOUY]")
_LEAST_WORDS = 8
_LEAST_SHARE = 0.85


def looks_like_viqr(text: str) -> bool:
    """Whether ASCII text is VIQR: many of its words hold marks of letters, and become syllables when decoded."""
    if not text.isascii():
        return False
    words = [word for word in _WORD.findall(text) if any(c.isalpha() for c in word)]
    bent = [word for word in words if _BENT_WORD.search(word)]
    if len(bent) < _LEAST_WORDS or len(bent) * 5 < len(words):
        return False
    return vietnamese_share(decode_viqr(" ".join(bent) + " ")) >= _LEAST_SHARE


def decode_viqr(text: str) -> str:
    """VIQR text as Unicode NFC."""
    return regex.sub(r"\S+", lambda word: _decoded_word(word.group(), text, word.end()), text)


def _decoded_word(word: str, text: str, end: int) -> str:
    toned = False

    def letter(found: regex.Match[str]) -> str:
        nonlocal toned
        if found["kept"]:
            return str(found["kept"])
        if found["d"]:
            return "đ" if found["d"][0] == "d" else "Đ"
        bent = _BENT[found["bent"]] if found["bent"] else ""
        tone = found["tone"]
        if tone and toned:
            return unicodedata.normalize("NFC", found["vowel"] + bent) + str(tone)
        toned = toned or bool(tone)
        return unicodedata.normalize("NFC", found["vowel"] + bent + (_TONES[tone] if tone else ""))

    ends_line = end == len(text) or text[end] == "\n"
    if ends_line:
        return _LETTER.sub(letter, word)
    return _LETTER.sub(letter, word + "\0").rstrip("\0")
