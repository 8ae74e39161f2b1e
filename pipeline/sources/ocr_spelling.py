"""Puts right what OCR read nearly: marks (`thâm quyền` → `thẩm quyền`) and signs of numbers (`tháng 0]` → `tháng 01`).

Of words only marks change, never letters; but for one office (`Chủ lịch UBND`). A word is changed when it forms no
known word with its neighbours, exactly one reading of its letters does, and Tesseract was not quite sure of it. The
known words are those of the dictionary that comes with underthesea (Viet74K); without it nothing is changed.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import regex

from extractors.grammar import table
from pipeline.sources.page_words import Word, fold

_DICTIONARY = Path("corpus") / "data" / "Viet74K.txt"
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_EDGE = ".,;:!?()[]“”\"'…"
_SURE = 0.97
_SURE_ALONE = 0.93
_USUAL_WORDS = (
    "và của các có là được trong cho theo với đến từ để này khi do số ngày năm tháng bộ sở ban tại về đã đó trên tỉnh"
    " huyện xã thành phố không những một như phải cần sẽ việc người cơ quan đơn vị nhận khác thay bà ông nơi hoặc"
    " nếu thì mà vào ra lên sau trước cùng đối hạn mỗi gồm bao cả"
)
_USUAL = frozenset(_USUAL_WORDS.split())
"""Words so frequent that they stand beside any other; they are read rightly too often to be doubted."""

_DIVISIONS = frozenset(("tỉnh", "quận", "huyện", "xã", "phường", "thôn", "ấp", "phố", "đường"))
_NEVER_WRITTEN = {"sô": "số", "vê": "về"}
_NEARLY_PROVINCE = frozenset(("tình", "tĩnh", "tịnh", "tính"))
_LOST_TAIL_OF_Q = regex.compile(r"(\d/(?:\d{4}/)?)(?:[OÔƠ0]Đ|QĐĐ)-")
_NEARLY_FIGURES = regex.compile(r"[\dlI|\]OoØ]{1,4}[,.;]?")
_FIGURES = str.maketrans("lI|]OoØ", "1111000")
_BEFORE_FIGURES = frozenset(("ngày", "tháng", "năm", "khoản", "điều"))
_SYMBOL_AND_POINT = regex.compile(r"\d+/\S*-[\p{Lu}-]+[.,]")
_LABEL_AND_POINTS = regex.compile(r"\d{1,2}(?:\.{2,}|[.,:]{2,3})")
_NEARLY_ROMAN = regex.compile(r"(?=[Il1|]*H)[IHl1|]{1,3}\.")
_SPECK = regex.compile(r"\p{Ll}{3,}\.")
_COMMA_OF_DOMAIN = regex.compile(r"(?<=\.(?:edu|gov|com|org|net)),(?=vn\b)")
_NEARLY_VT = regex.compile(r"(?:V[IỊÍÌ1FY]|YT|VÏ)(?=[,.;]|$)")
_NEARLY_TO_DO = regex.compile(r"th(?=\)[.;,]?$)")
_NO_CHAIR = frozenset(("quốc", "hộ", "đối", "tĩnh", "ẩn", "trầm", "mất", "tịnh"))
_HELD_OFFICE = frozenset(("hội", "hôi", "ủy", "uỷ", "ubnd", "hđnd", "ubmttq", "nước"))
_ABOUT = regex.compile(r"[VYW][/|\[][vxwyYN]")

_Phrases = dict[tuple[str, ...], tuple[str, ...]]
"""Phrases by their bare letters."""

Syllable = tuple[str, str]
"""A syllable as (letters without tone, tone): the same wherever the tone mark is put (ủy, uỷ)."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Neighbouring syllables of the dictionary's words, by their bare letters, and how each syllable is written."""

    by_letters: dict[tuple[str, str], frozenset[tuple[Syllable, Syllable]]]
    written: dict[Syllable, str]


def mend_marks(words: Sequence[Word]) -> list[Word]:
    """The words in reading order, those with wrong marks put right."""
    pairs = _pairs()
    out, settled = mend_phrases(words)
    for at, word in enumerate(out):
        if at in settled:
            continue
        core = word.text.strip(_EDGE)
        around = [_core(out[n]) if 0 <= n < len(out) else "" for n in (at - 1, at + 1, at + 2)]
        certain = _certain(core, around[1])
        right = _in_case_of(core, certain) if certain is not None else _of_chair(core, *around)
        if right is not None:
            out[at] = word._replace(text=word.text.replace(core, right))
            continue
        if not core.isalpha() or len(core) < 2 or core.lower() in _USUAL or (word.confidence or 0.0) >= _SURE:
            continue
        better = _better(out, at, pairs)
        if better is not None:
            out[at] = word._replace(text=word.text.replace(core, _in_case_of(core, pairs.written[better])))
    return out


def mend_phrases(words: Sequence[Word]) -> tuple[list[Word], set[int]]:
    """The words with the phrases of official documents (`ocr_phrases`) marked rightly, and which words those are."""
    phrases, longest = _phrases()
    out = list(words)
    settled: set[int] = set()
    letters = [fold(_core(word)) for word in words]
    at = 0
    while at < len(words):
        run = 1
        while run < longest and at + run < len(words) and letters[at + run] and not _ends_phrase(words[at + run - 1]):
            run += 1
        starts_high = _core(words[at])[:1].isupper()
        length = next((n for n in range(run, 1, -1) if _is_phrase(phrases, letters[at : at + n], starts_high)), 0)
        if length == 2 and _core(words[at]).istitle() and _core(words[at + 1]).istitle():
            length = 0  # two capitalised words may be a person's name
        if length and _changes_division(words[at : at + length + 1], phrases[tuple(letters[at : at + length])]):
            length = 0
        for number, right in enumerate(phrases[tuple(letters[at : at + length])] if length else (), start=at):
            core = _core(words[number])
            if syllable(core) != syllable(right):
                text = words[number].text.replace(core, _in_case_of(core, right))
                out[number] = words[number]._replace(text=text)
            settled.add(number)
        at += max(1, length)
    return out, settled


def _changes_division(words: Sequence[Word], phrase: Sequence[str]) -> bool:
    """Whether the phrase would change a division's word that stands before its name: `PHƯỜNG AN KHÁNH`, `phương án`."""
    return any(
        _names_division(word, after) and syllable(_core(word)) != syllable(right)
        for word, after, right in zip(words, words[1:], phrase, strict=False)
    )


def _names_division(word: Word, after: Word) -> bool:
    first = after.text[:1]
    return _core(word).lower() in _DIVISIONS and (first.isupper() or first.isdigit())


def _is_phrase(phrases: _Phrases, letters: Sequence[str], starts_high: bool) -> bool:
    """Whether the letters are a phrase's; one written with a capital must begin with one."""
    phrase = phrases.get(tuple(letters))
    return phrase is not None and (starts_high or phrase[0].islower())


@cache
def _phrases() -> tuple[_Phrases, int]:
    """The phrases, and the longer ones that are to be told apart from them, and how many words the longest has."""
    rows = table("ocr_phrases")
    phrases = {tuple(fold(word) for word in words): words for words in map(_words, (*rows["phrases"], *rows["apart"]))}
    return phrases, max(map(len, phrases))


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


def _certain(core: str, after: str) -> str | None:
    """What a word must be in an official document whatever stands around it, None for most."""
    lowered = core.lower()
    if lowered in _NEVER_WRITTEN:
        return _NEVER_WRITTEN[lowered]
    if lowered in _NEARLY_PROVINCE and after[:1].isupper() and (after.isupper() or not core.isupper()):
        return "tỉnh"
    return None


def _of_chair(core: str, before: str, after: str, behind: str) -> str | None:
    """`TH tịch Hội Nông dân`, `Chủ lịch HĐND`: one word of the office is sure."""
    if after.lower() == "tịch" and behind.lower() in _HELD_OFFICE and core[:1].isupper():
        if core.lower() in _NO_CHAIR or core.lower() == "chủ":
            return None
        return "CHỦ" if after.isupper() else "Chủ"
    if before == "Chủ" and core == "lịch" and after.lower() in _HELD_OFFICE:
        return "tịch"
    return None


def mend_signs(words: Sequence[Word]) -> list[Word]:
    """The words with signs put right that OCR mistakes in numbers and symbols.

    `129/OĐ-UBND` → `129/QĐ-UBND`, `tháng 0]` → `tháng 01`, `8/QĐ- -UBND` → `8/QĐ- UBND`, `5/2020/NĐ-CP. ngày` → without
    the point, `V/x` → `V/v`.
    """
    out: list[Word] = []
    for word, after in zip(words, [*words[1:], None], strict=True):
        text = _LOST_TAIL_OF_Q.sub(r"\1QĐ-", word.text)
        if _LABEL_AND_POINTS.fullmatch(text):
            text = text.rstrip(".,:") + "."
        before = out[-1].text if out else ""
        if before.lower().strip(",;(") in _BEFORE_FIGURES and _NEARLY_FIGURES.fullmatch(text):
            text = text.translate(_FIGURES)
        if after is not None and after.text == "ngày" and _SYMBOL_AND_POINT.fullmatch(text):
            text = text[:-1]
        if before.endswith("-") and "/" in before and text[:1] == "-" and len(text) > 1:
            text = text[1:]
        if _ABOUT.fullmatch(text):
            text = "V/v"
        if after is not None and _SPECK.fullmatch(text) and after.text[:1].islower():
            text = text[:-1]
        text = _COMMA_OF_DOMAIN.sub(".", text)
        if before.strip("-:;,. ") in ("Lưu", "Luu", "Lưú"):
            text = _NEARLY_VT.sub("VT", text)
        if before.lower() in ("(để", "(đề", "(đê"):
            text = _NEARLY_TO_DO.sub("t/h", text)
        out.append(word if text == word.text else word._replace(text=text))
    return out


def mend_numeral(words: Sequence[Word]) -> tuple[Word, ...]:
    """A line whose Roman numeral was read as letters: `H. YÊU CẦU` → `II. YÊU CẦU`; only before a line in capitals."""
    title = "".join(word.text for word in words[1:])
    if len(words) < 2 or not title.isupper() or not _NEARLY_ROMAN.fullmatch(words[0].text):
        return tuple(words)
    strokes = sum(2 if sign == "H" else 1 for sign in words[0].text.rstrip("."))
    return (words[0]._replace(text="I" * min(strokes, 3) + "."), *words[1:])


def _better(words: Sequence[Word], at: int, pairs: _Pairs) -> Syllable | None:
    """The one reading of the word's letters that makes a known word with a neighbour, None when it needs none."""
    here = _core(words[at])
    before = _core(words[at - 1]) if at and not _ends_phrase(words[at - 1]) else ""
    after = _core(words[at + 1]) if at + 1 < len(words) and not _ends_phrase(words[at]) else ""
    own = syllable(here)
    if at + 1 < len(words) and _names_division(words[at], words[at + 1]):
        return None
    left = pairs.by_letters.get((fold(before), fold(here)), frozenset()) if before else frozenset()
    right = pairs.by_letters.get((fold(here), fold(after)), frozenset()) if after else frozenset()
    if (syllable(before), own) in left or (own, syllable(after)) in right:
        return None
    is_capitalised = here[0].isupper() and not here.isupper()
    is_name_like = is_capitalised and not before[:1].isupper()
    options = set() if is_name_like else {second for first, second in left if first == syllable(before)}
    options |= {first for first, second in right if second == syllable(after)}
    if not options and not is_capitalised and (words[at].confidence or 0.0) < _SURE_ALONE:
        options = {first for first, _ in right} if len(right) == 1 else set()
        options |= {second for _, second in left} if len(left) == 1 else set()
    options = {option for option in options if not (own[0].startswith("đ") and option[0].startswith("d"))}
    if len(options) > 1:
        options = {option for option in options if option[0] == own[0]} or options
    return options.pop() if len(options) == 1 else None


def _core(word: Word) -> str:
    core = word.text.strip(_EDGE)
    return core if core.isalpha() else ""


def _ends_phrase(word: Word) -> bool:
    return word.text[-1] in ".,;:!?)”"


def _in_case_of(model: str, text: str) -> str:
    if model.isupper():
        return text.upper()
    return text[0].upper() + text[1:] if model[0].isupper() else text


@lru_cache(maxsize=50_000)
def syllable(text: str) -> Syllable:
    """The lower-case letters of a syllable without its tone, and the tone."""
    letters = unicodedata.normalize("NFD", text.lower())
    tone = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)), tone


@cache
def _pairs() -> _Pairs:
    spec = find_spec("underthesea")
    roots = list(spec.submodule_search_locations or ()) if spec else []
    path = next((Path(root) / _DICTIONARY for root in roots if (Path(root) / _DICTIONARY).is_file()), None)
    known: dict[tuple[str, str], set[tuple[Syllable, Syllable]]] = defaultdict(set)
    written: dict[Syllable, str] = {}
    if path is not None:
        for entry in path.read_text(encoding="utf-8").splitlines():
            parts = unicodedata.normalize("NFC", entry).lower().split()
            for first, second in pairwise(parts):
                if first.isalpha() and second.isalpha():
                    known[fold(first), fold(second)].add((syllable(first), syllable(second)))
            for part in parts:
                written.setdefault(syllable(part), part)
    return _Pairs({letters: frozenset(found) for letters, found in known.items()}, written)
