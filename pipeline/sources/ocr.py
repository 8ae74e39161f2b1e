"""OCR of page images with Tesseract: two readings at different sizes, and for each word the surer one."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import regex
from PIL import Image

from extractors.records import Finding
from pipeline.limits import Limits
from pipeline.sources.arrival_stamps import without_arrival_stamps
from pipeline.sources.law_titles import mend_law_titles
from pipeline.sources.number_line import SURE, WrittenNumbers, read_figures, read_written_numbers
from pipeline.sources.ocr_spelling import mend_marks, mend_numeral, mend_signs
from pipeline.sources.page_layout import Line, lay_out
from pipeline.sources.page_words import PageWords, Word, fold
from pipeline.sources.roman_numerals import count_numerals
from pipeline.sources.scan_image import CleanScan, clean_scan, find_rules, is_blank, scaled
from pipeline.sources.signature_names import read_names
from pipeline.sources.signature_titles import read_titles
from pipeline.sources.tesseract import read_signs, read_words, turned_by
from pipeline.sources.text_quality import is_syllable, text_quality
from pipeline.sources.urgency_stamps import read_stamps

logger = logging.getLogger(__name__)

_READINGS = (200.0, 225.0)
"""Dots per inch of the two readings of a page; words are read best a good deal below 300."""
_ARRIVAL_STAMP = regex.compile(
    r"(?:CONG VAN )?DEN\s*(?:SO|NGAY|GIO)?\s*[:.]|CONG VAN DEN\b|CHUYEN\s*:|SO VA KY HIEU HS"
)
_LEAST_CONFIDENCE = 0.3
_MOST_DPI = 300.0
_UPRIGHT_QUALITY = 0.25
_SPECK = regex.compile(r"[^\p{L}\p{N}]{1,3}")
_KEPT_MARKS = frozenset(("-", "–", "—", "+", "*", "•", "./.", "/.", ":", ";", "/", "“", "”", "&", "%"))

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Scan:
    """The lines read on a page image in reading order, and how sure Tesseract is of them (0..1).

    `width` and `height` are those of the page in points as it is read, upright.
    """

    lines: tuple[Line, ...]
    confidence: float
    width: float
    height: float
    findings: tuple[Finding, ...] = ()


def read_scan(image: Image.Image, page_no: int, width: float, height: float, limits: Limits) -> Scan:
    """Read a page image that stands for a page of `width` × `height` points.

    Raises ToolUnavailable without Tesseract, LimitExceeded after `limits.ocr_page_seconds`.
    """
    image = _at_most(image, width, _MOST_DPI)
    clean = clean_scan(image)
    if is_blank(clean.grey):
        return Scan((), 1.0, width, height)
    points = width / clean.grey.width
    words = _read_twice(clean, points, limits)
    if _looks_turned(words):
        angle = turned_by(clean.grey, limits.ocr_page_seconds)
        if angle:
            clean = clean_scan(image.rotate(angle, expand=True, fillcolor="white"))
            width, height = (height, width) if angle in (90, 270) else (width, height)
            points = width / clean.grey.width
            words = _read_twice(clean, points, limits)
    rules = find_rules(clean.grey, points)
    words, arrivals = without_arrival_stamps(words, clean, points)
    laid_out = lay_out(PageWords(page_no, width, height, tuple(words), rules))
    lines, findings = _without_scrawl(count_numerals(_mended(laid_out), clean, points))
    signs = partial(_read_line_signs, seconds=limits.ocr_page_seconds)
    written = read_written_numbers(lines, clean, points, signs) if page_no == 1 else WrittenNumbers(lines)
    read_cut = partial(_read_cut, seconds=limits.ocr_page_seconds)
    stamped = read_stamps(written.lines, clean, points, read_cut) if page_no == 1 else written.lines
    signed = read_names(read_titles(stamped, clean, points, read_cut), clean, points, read_cut)
    known = [word for word in words if word.confidence is not None and any(c.isalnum() for c in word.text)]
    letters = sum(len(word.text) for word in known)
    confidence = sum((word.confidence or 0.0) * len(word.text) for word in known) / letters if letters else 0.0
    told = (*arrivals, *findings, *written.findings)
    return Scan(tuple(signed), round(confidence, 4), width, height, told)


def _read_cut(picture: Image.Image, points: float, psm: int, seconds: float) -> list[Word]:
    """The words of a cut from a page in which a pixel is `points` points wide."""
    factor = _READINGS[0] * points / 72.0
    try:
        return read_words(scaled(picture, factor), points / factor, psm, seconds)
    except ValueError as error:
        logger.warning("a cut of the page was not read again: %s", error)
        return []


def _read_line_signs(line: Image.Image, points: float, seconds: float) -> list[Word]:
    """The single signs of a picture of one line in which a pixel is `points` points wide."""
    factor = _READINGS[0] * points / 72.0
    try:
        return read_signs(scaled(line, factor), points / factor, seconds)
    except ValueError as error:
        logger.warning("a line of the page was not read again: %s", error)
        return []


def _at_most(image: Image.Image, width: float, dpi: float) -> Image.Image:
    """The image made smaller where it is finer than `dpi`."""
    factor = dpi * width / 72.0 / image.width
    if factor > 0.9:
        return image
    return image.resize((max(1, round(image.width * factor)), max(1, round(image.height * factor))))


def _looks_turned(words: Sequence[Word]) -> bool:
    """Whether so little of what was read is Vietnamese that the page may lie on its side or on its head."""
    return text_quality(" ".join(word.text for word in words)) < _UPRIGHT_QUALITY


def _mended(lines: Sequence[Line]) -> list[Line]:
    """The lines with the marks of nearly read words put right."""
    mended = iter(mend_signs(mend_marks([word for line in lines for word in line.words])))
    right = [replace(line, words=mend_numeral([next(mended) for _ in line.words])) for line in lines]
    return mend_law_titles(
        [
            replace(line, words=tuple(_told(word, read) for word, read in zip(line.words, before.words, strict=True)))
            for line, before in zip(right, lines, strict=True)
        ]
    )


def _told(word: Word, read: Word) -> Word:
    """The word with what was read first, where that was something else."""
    return word if word.text == read.text else word._replace(raw=read.text)


def _without_scrawl(lines: Sequence[Line]) -> tuple[list[Line], list[Finding]]:
    """The lines without those that signatures, initials and arrival stamps leave; stamps become a finding."""
    kept: list[Line] = []
    findings: list[Finding] = []
    for line in lines:
        if _ARRIVAL_STAMP.match(fold(line.text)) and len(line.words) < 8:
            findings.append(
                Finding("arrival_stamp", "info", f"Dấu đến «{line.text}», không thuộc văn bản.", None, None)
            )
            continue
        words = _without_end_scrawl(line.words)
        if words and not _is_scrawl(words):
            kept.append(replace(line, words=words))
    return kept, findings


def _is_scrawl(words: Sequence[Word]) -> bool:
    """Whether none of the words was read with any certainty as a word or a number."""
    return not any(
        (word.confidence or 0.0) > _LEAST_CONFIDENCE
        and (
            is_syllable(core := word.text.strip(".,;:()“”\"'")) or core.isdigit() or len(core) > 3 or word.text in "*-"
        )
        for word in words
    )


def _without_end_scrawl(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """A line without unsure scraps that stand apart after its end, as initials do."""
    end = len(words)
    while end > 1:
        word, before = words[end - 1], words[end - 2]
        apart = word.left - before.right > 0.9 * word.size or before.text.endswith("./.")
        if not apart or len(word.text) > 4 or (word.confidence or 0.0) > 0.6:
            break
        end -= 1
    return words[:end]


def _read_twice(clean: CleanScan, points: float, limits: Limits) -> list[Word]:
    dpi = 72.0 / points
    first, second = (
        read_words(scaled(clean.grey, reading / dpi), points * dpi / reading, 4, limits.ocr_page_seconds)
        for reading in _READINGS
    )
    return _level(_without_specks(_surer(first, second)))


def _surer(first: Sequence[Word], second: Sequence[Word]) -> list[Word]:
    """For each word of `first` the surer of the two readings; words that only `second` saw surely are added."""
    out: list[Word] = []
    used: set[int] = set()
    for word in first:
        rival = next((n for n, other in enumerate(second) if n not in used and _same_place(word, other)), None)
        if rival is None:
            out.append(word)
            continue
        used.add(rival)
        other = second[rival]
        better = other if _standing(other) > _standing(word) else word
        out.append(better._replace(baseline=word.baseline, size=word.size))
    for number, other in enumerate(second):
        if number in used or (other.confidence or 0.0) < 0.7:
            continue
        if not any(_overlap(other, word) > 0.2 for word in out):
            out.append(other)
    return out


def _standing(word: Word) -> float:
    """How much a reading counts: its confidence, more where it is a Vietnamese syllable or a plain number."""
    bare = word.text.strip(".,;:()“”\"'")
    usual = bool(bare) and (is_syllable(bare) or bare.isdigit() or "/" in bare)
    return (word.confidence or 0.0) + (0.15 if usual else 0.0)


def _same_place(a: Word, b: Word) -> bool:
    return _overlap(a, b) > 0.6


def _overlap(a: Word, b: Word) -> float:
    """The shared area of two word boxes as a part of the area both cover."""
    wide = min(a.right, b.right) - max(a.left, b.left)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    if wide <= 0 or high <= 0:
        return 0.0
    shared = wide * high
    whole = (a.right - a.left) * (a.bottom - a.top) + (b.right - b.left) * (b.bottom - b.top) - shared
    return shared / whole


def _without_specks(words: Iterable[Word]) -> list[Word]:
    """The words without specks, edges of stamps and rules that were read as marks."""
    return [
        word
        for word in words
        if not (_SPECK.fullmatch(word.text) and (word.text not in _KEPT_MARKS or (word.confidence or 0.0) < 0.4))
    ]


def _level(words: Sequence[Word]) -> list[Word]:
    """The words with one size: box heights depend on the marks of the letters and tell little."""
    if not words:
        return []
    usual = sorted(word.size for word in words)[len(words) // 2]
    return [word._replace(size=usual) for word in words]


def read_fields(image: Image.Image, width: float, boxes: Iterable[Box], row: Sequence[Word]) -> list[Word]:
    """Numbers and days that signature fields show as images over the words of `row`.

    `image` is the page of `width` points with its fields drawn, `boxes` the fields. Only sure figures are returned.
    """
    points = width / image.width
    grey = image.convert("L")
    words: list[Word] = []
    for left, top, right, bottom in boxes:
        cut = grey.crop((round(left / points), round(top / points), round(right / points), round(bottom / points)))
        beside = _nearest(row, (left + right) / 2)
        figures = read_figures(cut, beside.size / points)
        if figures.text and figures.confidence >= SURE:
            words.append(beside._replace(text=figures.text, left=left, right=right, confidence=figures.confidence))
    return words


def _nearest(row: Sequence[Word], middle: float) -> Word:
    return min(row, key=lambda word: abs(word.middle - middle))
