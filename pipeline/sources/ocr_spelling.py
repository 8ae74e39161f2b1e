"""Puts right what OCR read nearly: marks (`thâm quyền` → `thẩm quyền`) and signs of numbers (`tháng 0]` → `tháng 01`).

Of words only marks change, never letters; but for one office (`Chủ lịch UBND`). A word is changed when it forms no
known word with its neighbours, exactly one reading of its letters does, and Tesseract was not quite sure of it. Two
capitalised words side by side may be a name and stay as read. `compounds` tells which words are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import takewhile

import regex

from extractors.grammar import table
from pipeline.sources.compounds import compounds, syllable
from pipeline.sources.page_words import Word, fold

_EDGE = ".,;:!?()[]“”\"'…"
_SURE = 0.97
_SURE_ALONE = 0.93
_USUAL_WORDS = (
    "và của các có là được trong cho theo với đến từ để này khi do số ngày năm tháng bộ sở ban tại về đã đó trên tỉnh"
    " huyện xã thành phố không những một như phải cần sẽ việc người cơ quan đơn vị nhận khác thay bà ông nơi hoặc"
    " nếu thì mà vào ra lên sau trước cùng đối hạn mỗi gồm bao cả đang mới chưa ngay sự cuộc đạt thuộc hằng dùng mức"
    " nền quỹ nghề"
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
_SYMBOL_AND_POINT = regex.compile(r"\d+/\S*-[\p{Lu}-]+\.")
_NEARLY_SUBMISSION = regex.compile(r"(?<=/)T[TIl1]r-?(?=\p{Lu}{2})")
_GHOST = regex.compile(r"Y?Ÿ|Ï|⁄/?")
_GHOSTS = {"Ÿ": "Y", "Ï": "I", "⁄": "/"}
"""Signs that Vietnamese does not have, and what is printed where Tesseract sees them."""
_DOCTOR = regex.compile(r"[1Il]S\.")
_QUARTER = regex.compile(r"[\]|l](?=/\d{4}|[,.;]?$)")
_LABEL_AND_POINTS = regex.compile(r"\d{1,2}(?:\.{2,}|[.,:]{2,3})")
_LABEL_AND_COMMA = regex.compile(r"\d{1,2},")
_NEARLY_ROMAN = regex.compile(r"(?=[Il1|]*H)[IHl1|]{1,3}(?P<end>[.–-])")
_SPECK = regex.compile(r"\p{Ll}{3,}\.")
_COMMA_OF_DOMAIN = regex.compile(r"(?<=\.(?:edu|gov|com|org|net)),(?=vn\b)")
_NEARLY_VT = regex.compile(r"(?:V[IỊÍÌ1FY]|YT|VÏ)(?=[,.;]|$)")
_NEARLY_TO_DO = regex.compile(r"th(?=\)[.;,]?$)")
_NO_CHAIR = frozenset(("quốc", "hộ", "đối", "tĩnh", "ẩn", "trầm", "mất", "tịnh"))
_HELD_OFFICE = frozenset(("hội", "hôi", "ủy", "uỷ", "ubnd", "hđnd", "ubmttq", "nước"))
_NEARLY_ACRONYM = regex.compile(r"(?P<head>[B-DĐF-HJ-NP-TV-X]{2,})[ƠÔO]")
_ABOUT = regex.compile(r"[VYW][/|\[][vxwyYN]")

_Phrases = dict[tuple[str, ...], tuple[str, ...]]
"""Phrases by their bare letters."""


def mend_marks(words: Sequence[Word]) -> list[Word]:
    """The words in reading order, those with wrong marks put right."""
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
        better = _better(out, at)
        if better is not None:
            out[at] = word._replace(text=word.text.replace(core, _in_case_of(core, better)))
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
    the point, `V/x` → `V/v`, `12/TIrUBND` → `12/TTr-UBND`, `YŸ tế` → `Y tế`, `TTHƠ` → `TTHC` where
    the page has that too.
    """
    out: list[Word] = []
    acronyms = {core for word in words if (core := _core(word)).isupper()}
    for number, word in enumerate(words):
        after = words[number + 1] if number + 1 < len(words) else None
        text = _LOST_TAIL_OF_Q.sub(r"\1QĐ-", word.text)
        text = _NEARLY_SUBMISSION.sub("TTr-", _GHOST.sub(lambda found: _GHOSTS[found.group().strip("Y/")], text))
        if _LABEL_AND_POINTS.fullmatch(text):
            text = text.rstrip(".,:") + "."
        if _LABEL_AND_COMMA.fullmatch(text) and _opens_item(words, number):
            text = text[:-1] + "."
        before = out[-1].text if out else ""
        if before.lower() == "quý":
            text = _QUARTER.sub("I", text)
        if before.lower().strip(",;(") in _BEFORE_FIGURES and _NEARLY_FIGURES.fullmatch(text):
            text = text.translate(_FIGURES)
        if after is not None and after.text == "ngày" and _SYMBOL_AND_POINT.fullmatch(text):
            text = text[:-1]
        if before.endswith("-") and "/" in before and text[:1] == "-" and len(text) > 1:
            text = text[1:]
        acronym = _NEARLY_ACRONYM.fullmatch(_core(word))
        if acronym and acronym["head"] + "C" in acronyms:
            text = text.replace(_core(word), acronym["head"] + "C")
        if _ABOUT.fullmatch(text):
            text = "V/v"
        if text[:1] == "'" and text[1:2].isupper() and not _is_closed(words, number):
            text = text[1:]
        if _DOCTOR.fullmatch(text):
            text = "TS."
        if after is not None and _SPECK.fullmatch(text) and after.text[:1].islower() and _stand_level(word, after):
            text = text[:-1]
        text = _COMMA_OF_DOMAIN.sub(".", text.replace("—", "–"))
        if before.strip("-:;,. ") in ("Lưu", "Luu", "Lưú"):
            text = _NEARLY_VT.sub("VT", text)
        if before.lower() in ("(để", "(đề", "(đê"):
            text = _NEARLY_TO_DO.sub("t/h", text)
        out.append(word if text == word.text else word._replace(text=text))
    return out


def _opens_item(words: Sequence[Word], at: int) -> bool:
    """Whether a word stands at the head of a line, after a heading or the end of a sentence and before a capital."""
    if at + 1 >= len(words) or not words[at + 1].text[:1].isupper() or not _stand_level(words[at], words[at + 1]):
        return False
    if at == 0:
        return True
    before = words[at - 1]
    ends = before.text[-1] in ".;:" or (before.text.isalpha() and before.text.isupper())
    return ends and not _stand_level(before, words[at])


def _is_closed(words: Sequence[Word], start: int) -> bool:
    """Whether the quotation mark `'` before a word is closed on its line of print."""
    line = takewhile(lambda word: _stand_level(words[start], word), words[start + 1 :])
    return "'" in words[start].text[1:] or any("'" in word.text for word in line)


def _stand_level(word: Word, after: Word) -> bool:
    """Whether two words following each other stand on one line of print."""
    return abs(word.baseline - after.baseline) < 0.5 * word.size


def mend_numeral(words: Sequence[Word]) -> tuple[Word, ...]:
    """A line whose Roman numeral was read as letters: `H. YÊU CẦU` → `II. YÊU CẦU`; only before a line in capitals."""
    title = "".join(word.text for word in words[1:])
    numeral = _NEARLY_ROMAN.fullmatch(words[0].text) if words else None
    if numeral is None or not title.isupper():
        return tuple(words)
    strokes = sum(2 if sign == "H" else 1 for sign in words[0].text[:-1])
    return (words[0]._replace(text="I" * min(strokes, 3) + numeral["end"]), *words[1:])


def _better(words: Sequence[Word], at: int) -> str | None:
    """The one reading of the word's letters that makes a known word with a neighbour, None when it needs none.

    A neighbour that makes a known word with its other neighbour says nothing: `hồ sơ đang lưu` holds no `sơ đẳng`.
    """
    here = _core(words[at])
    own = syllable(here)
    if at + 1 < len(words) and _names_division(words[at], words[at + 1]):
        return None
    known = compounds()
    before, after = _beside(words, at, -1), _beside(words, at, 1)
    if known.holds(before, here) or known.holds(here, after) or _is_name_like(words, at):
        return None
    doubtful = (words[at].confidence or 0.0) < _SURE_ALONE
    left = known.written_like(before, here, rare=doubtful)
    right = known.written_like(here, after, rare=doubtful)
    if known.are_word(_beside(words, at - 1, -1), before):
        left = set()
    if known.are_word(after, _beside(words, at + 1, 1)):
        right = set()
    options = {second for first, second in left if first == syllable(before)}
    options |= {first for first, second in right if second == syllable(after)}
    if not options and doubtful and not here[0].isupper():
        options = {first for first, _ in right} if len(right) == 1 else set()
        options |= {second for _, second in left} if len(left) == 1 else set()
    options = {option for option in options if not (own[0].startswith("đ") and option[0].startswith("d"))}
    if len(options) > 1:
        options = {option for option in options if option[0] == own[0]} or options
    return known.written[options.pop()] if len(options) == 1 else None


def _beside(words: Sequence[Word], at: int, step: int) -> str:
    """The word before (-1) or after (1) in the same phrase, empty at its end."""
    other = at + step
    if not (0 <= at < len(words) and 0 <= other < len(words)) or _ends_phrase(words[min(at, other)]):
        return ""
    return _core(words[other])


def _is_name_like(words: Sequence[Word], at: int) -> bool:
    """Whether the word is capitalised beside another capitalised one: it may be a part of a name."""
    return _core(words[at]).istitle() and any(_beside(words, at, step).istitle() for step in (-1, 1))


def _core(word: Word) -> str:
    core = word.text.strip(_EDGE)
    return core if core.isalpha() else ""


def _ends_phrase(word: Word) -> bool:
    return word.text[-1] in ".,;:!?)”"


def _in_case_of(model: str, text: str) -> str:
    if model.isupper():
        return text.upper()
    return text[0].upper() + text[1:] if model[0].isupper() else text
