"""Numbers and days that were written or stamped by hand into a scan's number and date line.

The gap between `Số:` and the symbol, and those between `ngày`, `tháng` and `năm`, are cut from the page, split into
signs and read with the digit network. Figures that are not sure are left blank, with a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import regex
from PIL import Image

from extractors.records import Finding
from pipeline.sources.digit_model import Floats, as_picture, digit_probabilities
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word, fold
from pipeline.sources.scan_image import CleanScan

Ink = npt.NDArray[np.uint8]
SignReader = Callable[[Image.Image, float], list[Word]]
"""Reads the signs of a picture of one line, in which a pixel is so many points wide, one `Word` a sign."""

_NUMBER_LINE = regex.compile(r"S[O0]\s?[:;./\d]|S[O0]\s(?!(?:\p{Lu}+(?:,?\s+(?:-\s+)?|$)){2,}$)")
"""`Số:` in letters without marks; a line of capital words alone is a department's (`SỞ XÂY DỰNG`)."""
_SYMBOL = regex.compile(r"(?:(?<=/)(?:19|20)\d\d/)?[A-ZĐƯ][A-ZĐƯa-zđ&.\-–]*$|(?<=[-–])\p{Lu}{1,6}/\p{Lu}[\p{L}&.\-–]*$")
"""`QĐ-UBND`, `2020/NĐ-CP`, and the Party's `NQ/TU`, which stands after a dash (`71-NQ/TU`)."""
SURE = 0.7
"""From this share for its least sure figure the network is believed alone."""
_SURE_WITH_TESSERACT = 0.35
_DAYS = tuple(f"{day:02d}" for day in range(1, 32))
_MONTHS = (*(f"{month:02d}" for month in range(1, 13)), *"3456789")
"""Days below 10 and the months 1 and 2 are written with a nought (Nghị định 30/2020, phụ lục I)."""
_TESSERACT_SURE = 0.9
_UNSURE = 0.3
_CUT = 0.5
_RIVAL = 0.5
_FAINTEST_INK = (80, 130)
_AGREEMENT = 1.3
_LEAST_HEIGHT = 0.34
_MOST_FIGURES = 5


@dataclass(frozen=True, slots=True)
class WrittenNumbers:
    """The page's lines with the written numbers set in, and what could not be read."""

    lines: Sequence[Line]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What the digit network reads in a gap; `confidence` is that of the least sure figure, 0 where nothing fits."""

    text: str
    confidence: float
    has_ink: bool


def read_written_numbers(
    lines: Sequence[Line], clean: CleanScan, points: float, read_signs: SignReader
) -> WrittenNumbers:
    """Read the number line and the date line of a first page again."""
    out = list(lines)
    findings: list[Finding] = []
    for index, line in enumerate(lines):
        folded = fold(line.text)
        if line.role != "column":
            continue
        if line.column == 1 and _NUMBER_LINE.match(folded) and regex.search(r"\p{Lu}{2}", line.text):
            out[index] = _NumberLine(line, clean, points, read_signs).renewed(findings)
        elif line.column > 1 and "NAM" in folded and ("NGAY" in folded or "THANG" in folded):
            out[index] = _DateLine(line, clean, points, read_signs).renewed(findings)
    return WrittenNumbers(out, tuple(findings))


class _WrittenLine:
    """A header line, the signs Tesseract sees on it, and its picture."""

    def __init__(self, line: Line, clean: CleanScan, points: float, read_signs: SignReader) -> None:
        self.line = line
        self.size = line.size
        self._grey = clean.grey
        self._points = points
        top, bottom = line.baseline - 1.25 * self.size, line.baseline + 0.5 * self.size
        left, right = line.left - 0.6 * self.size, line.right + 0.6 * self.size
        self._top = top
        picture = self._cut(left, top, right, bottom)
        self.signs = [
            sign._replace(left=sign.left + left, right=sign.right + left) for sign in read_signs(picture, points)
        ]
        self.text = "".join(sign.text for sign in self.signs)

    def _cut(self, left: float, top: float, right: float, bottom: float) -> Image.Image:
        box = tuple(round(side / self._points) for side in (left, top, right, bottom))
        return self._grey.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1)))

    def figures(self, left: float, right: float, allowed: Sequence[str] | None = None) -> Figures:
        """The figures between two positions, one of `allowed` where that is given."""
        if right - left < 0.25 * self.size:
            return Figures("", 0.0, False)
        picture = self._cut(left, self.line.baseline - 1.3 * self.size, right, self.line.baseline + 0.55 * self.size)
        return read_figures(picture, self.size / self._points, allowed)

    def between(self, left: float, right: float) -> list[Word]:
        """Tesseract's words of the line that stand between two positions."""
        return [word for word in self.line.words if left - 1 <= word.middle <= right + 1]

    def find(self, wanted: str, start: int = 0) -> int:
        """Where a word without marks begins among the signs, -1 where it is not."""
        folded = "".join(fold(sign.text)[:1] or "?" for sign in self.signs)
        return folded.find(wanted, start)


class _NumberLine(_WrittenLine):
    """`Số: 12/QĐ-UBND`."""

    def renewed(self, findings: list[Finding]) -> Line:
        """The line with its figures read again; as it was where label and symbol cannot be told apart."""
        label = self.find("SO")
        symbol = _SYMBOL.search(self.text)
        if label < 0 or label > 3 or symbol is None or sum(c.isupper() for c in symbol.group()) < 2:
            return self.line
        first = self.signs[symbol.start()]
        left = self.signs[label + 1].right + 0.28 * self.size
        right = first.left - 0.27 * self.size
        mark = "-" if "/" in symbol.group() and not symbol.group()[0].isdigit() else "/"
        before = self.signs[symbol.start() - 1]
        if before.text == mark == "/":
            right = max(right, before.left)
        elif before.text in "-–":
            right = before.left - 0.05 * self.size
        figures = self.figures(left, right)
        printed = self.text[label + 2 : symbol.start()].strip(":;./-– ")
        chosen = _chosen(figures, printed, [w for w in self.between(left, right) if w.text.isdigit()])
        if not chosen and figures.has_ink:
            message = f"Không đọc chắc được số viết tay hoặc đóng dấu trước «{mark}{symbol.group()}»; để trống."
            findings.append(Finding("unread_number", "warning", message, None, None))
        words = [_at(self.line, "Số:", self.line.left, left, 0.9)]
        if chosen:
            words.append(_chosen_word(self.line, chosen, printed, left, right, figures))
        after = [word for word in self.line.words if word.left > self.signs[-1].right]
        words += [_at(self.line, mark + symbol.group().rstrip(".-"), right, self.signs[-1].right, 0.9), *after]
        return replace(self.line, words=tuple(words))


class _DateLine(_WrittenLine):
    """`Cần Thơ, ngày 05 tháng 3 năm 2020`."""

    def renewed(self, findings: list[Finding]) -> Line:
        """The line with day and month read again; as it was where its words cannot be found."""
        year = self.find("NAM", max(0, self.find("THANG")))
        month = self.find("THANG")
        day = self.find("NGAY")
        if min(year, month, day) < 0 or not day < month < year:
            return self.line
        words = [word for word in self.line.words if word.right < self.signs[day].left + 1]
        words.append(self._word("ngày", day, 4))
        words += self._part(day + 4, month, _DAYS, "ngày", findings)
        words.append(self._word("tháng", month, 5))
        words += self._part(month + 5, year, _MONTHS, "tháng", findings)
        words.append(self._word("năm", year, 3))
        words += [word for word in self.line.words if word.middle > self.signs[year + 2].right]
        return replace(self.line, words=tuple(words))

    def _word(self, text: str, start: int, length: int) -> Word:
        return _at(self.line, text, self.signs[start].left, self.signs[start + length - 1].right, 0.9)

    def _part(self, start: int, end: int, allowed: Sequence[str], what: str, findings: list[Finding]) -> list[Word]:
        left = min(self.signs[start - 1].right, self.signs[start - 2].right + 0.55 * self.size) + 0.03 * self.size
        narrow = 0.32 if what == "ngày" else 0.55
        right = max(self.signs[end].left, self.signs[end + 1].left - narrow * self.size) - 0.03 * self.size
        figures = self.figures(left, right, allowed)
        printed = self.text[start:end].strip("., ")
        seen = [word for word in self.between(left, right) if word.text in allowed]
        chosen = _chosen(figures, printed if printed in allowed else "", seen)
        if chosen:
            return [_chosen_word(self.line, chosen, printed, left, right, figures)]
        if figures.has_ink:
            message = f"Không đọc chắc được {what} viết tay hoặc đóng dấu ở dòng ngày tháng; để trống."
            findings.append(Finding("unread_number", "warning", message, None, None))
        return []


def _chosen(figures: Figures, printed: str, seen: Sequence[Word]) -> str:
    """The figures that are sure: the network's, or Tesseract's, or what both read; empty otherwise."""
    tesseract = {printed, *(word.text for word in seen)} - {""}
    if figures.text and (
        figures.confidence >= SURE or (figures.text in tesseract and figures.confidence >= _SURE_WITH_TESSERACT)
    ):
        return figures.text
    sure = [word.text for word in seen if (word.confidence or 0.0) >= _TESSERACT_SURE and word.text == printed]
    return sure[0] if sure and figures.confidence < 0.5 else ""


def _at(line: Line, text: str, left: float, right: float, confidence: float, raw: str | None = None) -> Word:
    return line.words[0]._replace(text=text, left=left, right=max(right, left + 1), confidence=confidence, raw=raw)


def _chosen_word(line: Line, text: str, printed: str, left: float, right: float, figures: Figures) -> Word:
    """Figures in their gap, with what Tesseract had read there."""
    raw = None if text == printed else printed
    return _at(line, text, left, right, max(figures.confidence, _SURE_WITH_TESSERACT), raw)


def read_figures(picture: Image.Image, size: float, allowed: Sequence[str] | None = None) -> Figures:
    """The figures on a grey picture in which letters are `size` pixels high; one of `allowed` where that is given.

    Handwriting leans and fades: the picture is read upright and pushed back by two angles, with and without faint ink.
    The surest reading counts; where the readings differ it is not sure.
    """
    ink: Ink = (255 - np.asarray(picture)).astype(np.uint8)
    readings = [
        _read_upright(_slanted(ink, slant), faintest, size, allowed)
        for slant in (0.0, -0.25, -0.45)
        for faintest in _FAINTEST_INK
    ]
    best = max(readings, key=lambda reading: reading.confidence)
    same = sum(reading.confidence for reading in readings if reading.text == best.text)
    other = sum(reading.confidence for reading in readings if reading.text != best.text)
    if same <= _AGREEMENT * other:
        return replace(best, confidence=min(best.confidence, _UNSURE))
    return best


def _read_upright(ink: Ink, faintest: int, size: float, allowed: Sequence[str] | None) -> Figures:
    dark = ink > faintest
    atoms, is_cut = _atoms(dark, size)
    if not atoms:
        return Figures("", 0.0, bool(dark.mean() > 0.03))
    pieces, spans = [], []
    for first in range(len(atoms)):
        for last in range(first, min(first + 3, len(atoms))):
            columns = slice(atoms[first][0], atoms[last][1])
            part = np.where(dark[:, columns], ink[:, columns], 0).astype(np.uint8)
            rows = np.flatnonzero(part.max(axis=1) > 0)
            if len(rows) < _LEAST_HEIGHT * size or columns.stop - columns.start > 1.1 * len(rows):
                continue
            pieces.append(part[rows[0] : rows[-1] + 1])
            spans.append((first, last))
    if not pieces:
        return Figures("", 0.0, True)
    tall = [_is_tall(dark[:, start:end], size) for start, end in atoms]
    text, confidence = _best_path(atoms, tall, spans, _shares(pieces), allowed)
    return Figures(text, min(confidence, _CUT) if is_cut else confidence, True)


def _is_tall(dark: npt.NDArray[np.bool_], size: float) -> bool:
    rows = np.flatnonzero(dark.any(axis=1))
    return len(rows) > 0 and int(rows[-1] - rows[0]) > 0.5 * size


def _shares(pieces: Sequence[Ink]) -> Floats:
    """The network's answer for each piece, the mean over the piece upright and slanted either way."""
    views = [as_picture(_slanted(piece, slant)) for piece in pieces for slant in (-0.2, 0.0, 0.2)]
    answers = digit_probabilities(np.stack(views)).reshape(len(pieces), 3, -1)
    mean: Floats = answers.mean(axis=1)
    return mean


def _slanted(piece: Ink, slant: float) -> Ink:
    """The piece with its upper part pushed right (`slant` > 0) or left."""
    if slant == 0:
        return piece
    image = Image.fromarray(piece)
    push = round(abs(slant) * image.height)
    shift = -push if slant > 0 else 0
    size = (image.width + push, image.height)
    place = (1, slant, shift, 0, 1, 0)
    turned = np.asarray(image.transform(size, Image.Transform.AFFINE, place, Image.Resampling.BILINEAR))
    columns = np.flatnonzero(turned.max(axis=0) > 60)
    return turned[:, columns[0] : columns[-1] + 1] if len(columns) else piece


def _atoms(dark: npt.NDArray[np.bool_], size: float) -> tuple[list[tuple[int, int]], bool]:
    """Column stretches that hold one sign or a part of one, and whether a sign is cut off at a side of the picture.

    Connected ink makes a stretch; wide ones are cut where they are thin. Specks, rules, leader dots, the ends of
    printed letters at the sides and the slash before the symbol are left out.
    """
    kept = np.zeros_like(dark)
    is_cut = False
    last_column = dark.shape[1] - 1
    for part in _components(dark):
        rows, columns = np.nonzero(part)
        tall, wide = int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1
        at_edge = rows.min() == 0 or rows.max() == dark.shape[0] - 1
        at_side = columns.min() == 0 or columns.max() == last_column
        if tall < 0.2 * size or (at_edge and tall < 0.5 * size) or wide > 4 * tall or len(rows) < 0.02 * size * size:
            continue
        if (at_side and wide < 0.25 * size) or (columns.max() > last_column - 0.4 * size and _is_slash(part)):
            continue
        is_cut = is_cut or at_side
        kept |= part
    dark &= kept
    profile = dark.sum(axis=0)
    filled = np.concatenate(([0], (profile > 0).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(filled))
    atoms: list[tuple[int, int]] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        atoms += _cut_thin(profile, int(start), int(end), size)
    return atoms, is_cut


def _is_slash(part: npt.NDArray[np.bool_]) -> bool:
    """Whether a piece of ink is one straight even stroke that leans right."""
    rows, columns = np.nonzero(part)
    height = int(rows.max() - rows.min()) + 1
    slope, start = np.polyfit(rows, columns, 1)
    away = np.abs(columns - (slope * rows + start))
    return -0.7 < slope < -0.12 and float(away.max()) < 0.13 * height


def _cut_thin(profile: npt.NDArray[np.int64], start: int, end: int, size: float) -> list[tuple[int, int]]:
    """A stretch cut at its thinnest columns as long as it is wider than a figure."""
    least = int(0.22 * size)
    if end - start < 0.62 * size or end - start <= 2 * least:
        return [(start, end)]
    inner = profile[start + least : end - least]
    cut = start + least + int(inner.argmin())
    return [*_cut_thin(profile, start, cut, size), *_cut_thin(profile, cut, end, size)]


def _components(dark: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.bool_]]:
    """The connected pieces of ink."""
    left = dark.copy()
    parts = []
    while left.any():
        part = np.zeros_like(left)
        start = np.unravel_index(int(left.argmax()), left.shape)
        part[start] = True
        while True:
            grown = part.copy()
            grown[1:] |= part[:-1]
            grown[:-1] |= part[1:]
            grown[:, 1:] |= grown[:, :-1]
            grown[:, :-1] |= grown[:, 1:]
            grown &= left
            if (grown == part).all():
                break
            part = grown
        left &= ~part
        parts.append(part)
    return parts


def _best_path(
    atoms: Sequence[tuple[int, int]],
    tall: Sequence[bool],
    spans: Sequence[tuple[int, int]],
    shares: Floats,
    allowed: Sequence[str] | None,
) -> tuple[str, float]:
    """The likeliest way to read all atoms as figures; an atom may be left out as a stray stroke at a price.

    A reading that leaves out a stroke as tall as a figure is never sure.
    """
    count = len(atoms)
    paths: list[list[tuple[float, str, float]]] = [[] for _ in range(count + 1)]
    paths[0] = [(0.0, "", 1.0)]
    whole = sum(end - start for start, end in atoms)
    for at in range(count):
        best = sorted(paths[at], reverse=True)[:40]
        stray = (atoms[at][1] - atoms[at][0]) / whole
        most = _UNSURE if tall[at] else 1.0
        paths[at + 1] += [(score - 2.5 * stray - 0.3, text, min(sure, most)) for score, text, sure in best]
        for (first, last), row in zip(spans, shares, strict=True):
            if first != at:
                continue
            weight = (atoms[last][1] - atoms[first][0]) / whole
            for digit in np.argsort(row[:10])[::-1][:4]:
                share = float(row[digit])
                gain = weight * float(np.log(max(share, 1e-6)))
                paths[last + 1] += [
                    (score + gain, text + str(digit), min(sure, share))
                    for score, text, sure in best
                    if len(text) < _MOST_FIGURES
                ]
    finished = [path for path in paths[count] if path[1] and (allowed is None or path[1] in allowed)]
    if not finished:
        return "", 0.0
    _, text, sure = max(finished)
    rival = max((other for _, figures, other in finished if len(figures) != len(text)), default=0.0)
    return text, min(sure, _UNSURE) if rival > _RIVAL else sure
