"""Titles of laws that a scan gives nearly right (`Luật 1 ồ chức Chính phủ`), put right by the table of laws.

A title is taken when it is nearer than any other to what stands after `Luật`, `Bộ luật` or `Pháp lệnh`, by two letters
at most. Words that were read rightly stay as they are, also where the table writes another letter large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.grammar import table
from pipeline.sources.compounds import syllable
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word, fold
from pipeline.sources.signature_names import distance

_HEADS = (("BO", "LUAT"), ("PHAP", "LENH"), ("LUAT",))
_LEAST_LETTERS = 12
_MOST_SLIPS = 2
_LETTERS_A_SLIP = 8
_EDGE = ".,;:()“”\"'"


@dataclass(frozen=True, slots=True)
class _Title:
    """A law's title without the word for its kind, its words and all their letters."""

    words: tuple[str, ...]
    letters: str


@dataclass(frozen=True, slots=True)
class _Match:
    """A title and how many words after the head were read for it, with how many letters wrong."""

    title: _Title
    count: int
    slips: int


def mend_law_titles(lines: Sequence[Line]) -> list[Line]:
    """The lines with the titles of laws in them as the laws' own; a title may go on in the next line."""
    words = [word for line in lines for word in line.words]
    letters = ["".join(c for c in fold(word.text) if c.isalnum()) for word in words]
    out: list[Word | None] = list(words)
    at = 0
    while at < len(words):
        head = next((head for head in _HEADS if tuple(letters[at : at + len(head)]) == head), ())
        start = at + len(head)
        match = _nearest(head, letters[start:]) if head else None
        if match is not None:
            out[start : start + match.count] = _mended(words[start : start + match.count], match.title.words)
            start += match.count
        at = max(start, at + 1)
    left = iter(out)
    kept = [tuple(word for word in (next(left) for _ in line.words) if word is not None) for line in lines]
    return [
        line if kept_words == line.words else replace(line, words=kept_words)
        for line, kept_words in zip(lines, kept, strict=True)
        if kept_words
    ]


def _nearest(head: tuple[str, ...], letters: Sequence[str]) -> _Match | None:
    """The one title that is near enough to the words after a head."""
    matches = [match for title in _titles()[head] for match in _matches(title, letters)]
    if not matches:
        return None
    best = min(matches, key=lambda match: (match.slips, -len(match.title.letters)))
    rivals = [
        match.title
        for match in matches
        if match.slips <= best.slips and not best.title.letters.startswith(match.title.letters)
    ]
    return best if not rivals else None


def _matches(title: _Title, letters: Sequence[str]) -> Iterator[_Match]:
    most = min(_MOST_SLIPS, len(title.letters) // _LETTERS_A_SLIP)
    read = ""
    for count, word in enumerate(letters, start=1):
        read += word
        if len(read) > len(title.letters) + most:
            return
        if len(read) >= len(title.letters) - most and _may_be_near(read, title.letters):
            slips = distance(read, title.letters)
            if slips <= most:
                yield _Match(title, count, slips)


def _may_be_near(read: str, title: str) -> bool:
    """Whether two words may differ by few letters only: one of their halves is nearly the same."""
    half = len(title) // 2
    return read[2:half] == title[2:half] or read[-half:-2] == title[-half:-2] or read[3 : half + 1] in title


def _mended(read: Sequence[Word], title: Sequence[str]) -> list[Word | None]:
    """A title as read with its words put right; words that are parts of one become it, with None after it."""
    same = _same_at_head(read, title)
    tail = _same_at_head(read[same:][::-1], title[same:][::-1])
    middle, right = read[same : len(read) - tail], title[same : len(title) - tail]
    if len(middle) == len(right):
        changed: list[Word | None] = [_in_place(word, text) for word, text in zip(middle, right, strict=True)]
    elif middle and right:
        text = " ".join(right)
        whole = middle[0]._replace(
            text=_cased(middle[0].text, text) + _after(middle[-1].text),
            right=middle[-1].right,
            raw=" ".join(word.text for word in middle),
        )
        changed = [whole, *[None] * (len(middle) - 1)]
    else:
        changed = list(middle)
    return [*read[:same], *changed, *read[len(read) - tail :]]


def _same_at_head(read: Sequence[Word], title: Sequence[str]) -> int:
    count = 0
    while count < min(len(read), len(title)) and _is_read(read[count], title[count]):
        count += 1
    return count


def _is_read(word: Word, right: str) -> bool:
    """Whether a word was read with the letters and marks it should have, whatever signs stand about them."""
    return syllable("".join(c for c in word.text if c.isalpha())) == syllable(right)


def _in_place(word: Word, right: str) -> Word:
    core = word.text.strip(_EDGE)
    if not core or _is_read(word, right):
        return word
    return word._replace(text=word.text.replace(core, _cased(core, right)), raw=word.raw or word.text)


def _cased(read: str, right: str) -> str:
    if read.isupper() and len(read) > 1:
        return right.upper()
    return right if read[:1].isdigit() else (right[0].upper() if read[:1].isupper() else right[0].lower()) + right[1:]


def _after(text: str) -> str:
    """The punctuation a word ends in."""
    return text[len(text.rstrip(_EDGE)) :]


@cache
def _titles() -> dict[tuple[str, ...], tuple[_Title, ...]]:
    """The titles of all laws by the letters of the word for their kind."""
    found: dict[tuple[str, ...], dict[str, _Title]] = {head: {} for head in _HEADS}
    for law in table("named_laws")["law"]:
        for name in (law["name"], *law.get("aliases", ())):
            words = tuple(word.strip(_EDGE) for word in name.split())
            head = next((head for head in _HEADS if tuple(map(fold, words[: len(head)])) == head), None)
            if head is None:
                continue
            title = words[len(head) :]
            letters = "".join(c for word in title for c in fold(word) if c.isalnum())
            if len(letters) >= _LEAST_LETTERS:
                found[head].setdefault(letters, _Title(title, letters))
    return {head: tuple(titles.values()) for head, titles in found.items()}
