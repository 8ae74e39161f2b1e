"""From lines in reading order to one text, one paragraph a line, and its blocks.

What ends a paragraph is seen from the page: the next line's first word would still have fitted, the next line is
indented, begins with a label or a dash, stands centred, or stands apart. Page numbers and running heads are left out.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from extractors.reading import Block, BlockKind, normalise
from extractors.records import Finding
from pipeline.sources.page_layout import Line
from pipeline.sources.page_words import Word

_LABEL = regex.compile(
    r"(?:[-+*•–—▪◦●]\s?\p{L}|[-+*•–—▪●]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)](?:\s|(?=\p{Lu}))|\d{1,2}\s?[-–/]\s?(?=\p{Lu})|[a-zđ][.)]\s|[a-zđ]\)"
    r"|\(\d{1,2}\)\s|[IVX]{1,5}[.)/]\s"
    r"|(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Tiểu mục)\s+(?:\d+|[IVX]+|thứ)\b"
    r"|(?:Nơi nhận|Kính gửi|KÍNH GỬI|Căn cứ|CĂN CỨ|Xét|Theo đề nghị|Số)\b\s?:?)"
)
_STRONG_LABEL = regex.compile(
    r"(?:[-+•▪●]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ]\)\s|[IVX]{1,5}\.\s|(?:Nơi nhận|Kính gửi)\b|Điều\s+\d+\.)"
)
_PART_ALONE = regex.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:(?:thứ|THỨ)\s+\p{L}+|\d+|[IVX]+)[.:]?$")
_NUMBERED = regex.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\s?[-–/.)]\s?\p{Lu}|[a-zđ][.)]\s?\p{Lu}")
_BULLET = regex.compile(r"[-+•*~–—_]\s?\p{L}|Lưu\b|Nơi nhận|Kính gửi")
_ABOUT = regex.compile(r"(?:V/v|v/v|V/V|Vv|Về việc)\b")
_ENDS_ITEM = regex.compile(r"[.;:]['\"”)]*$|/\.$")
_ENDS_SENTENCE = regex.compile(r"[.;:!?]['\"”)]*$|/\.?$")
_PAGE_NUMBER = regex.compile(r"(?:[-–—]\s*)?(?:Trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—.])?", regex.IGNORECASE)
_GAZETTE_HEAD = regex.compile(r"CONG BAO\s*/?\s*SO|\bCONG BAO/")
_FIGURES = regex.compile(r"\d+")
_FOOTNOTE = regex.compile(r"\d{1,3}\s+\S|\*\s")
_MARGIN_BAND = 0.09
_INDENT = 10.0


@dataclass(frozen=True, slots=True)
class LaidOutPage:
    """The lines of one page in reading order, and the page's size in points."""

    page_no: int
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FlowedText:
    """The document's text, its blocks, the stretch of the text each page holds, and what was left out."""

    text: str
    blocks: tuple[Block, ...]
    spans: tuple[tuple[int, int], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Repair:
    """What OCR read, what was written instead (empty: nothing was read before), and where it stands in the text."""

    raw: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Margins:
    """The body's left and right edge on a page and its usual line height, in points."""

    left: float
    right: float
    pitch: float
    size: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line] = field(default_factory=list)

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def opening(self) -> str:
        return self.lines[0].text


def reflow(pages: Sequence[LaidOutPage]) -> FlowedText:
    """One text of all pages; a paragraph goes on over a page's end."""
    kept, findings = _without_furniture(pages)
    writer = _Writer()
    waiting: list[_Paragraph] = []
    for page in kept:
        margins = _margins(page)
        body, notes = _split_footnotes(page, margins)
        writer.begin_page(page.page_no)
        paragraphs = _paragraphs(body, margins)
        if paragraphs and writer.goes_on_with(paragraphs[0], margins):
            writer.append(paragraphs.pop(0), margins)
        for note in waiting:
            writer.write(note, margins)
        for paragraph in paragraphs:
            writer.write(paragraph, margins)
        waiting = _paragraphs(notes, margins)
        writer.margins = margins
    for note in waiting:
        writer.write(note, writer.margins)
    return writer.finish(len(pages), findings)


class _Writer:
    """Puts paragraphs into one text and remembers where every line went."""

    def __init__(self) -> None:
        self.margins = _Margins(0.0, 0.0, 0.0, 0.0)
        self._text: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._starts: dict[int, int] = {}
        self._repairs: list[_Repair] = []
        self._page = 0
        self._last: Line | None = None

    def begin_page(self, page_no: int) -> None:
        self._page = page_no

    def goes_on_with(self, paragraph: _Paragraph, margins: _Margins) -> bool:
        """Whether the first paragraph of a page continues the last one of the page before."""
        last, first = self._last, paragraph.lines[0]
        if last is None or last.role != "body" or first.role != "body" or _LABEL.match(first.text):
            return False
        if _is_centred(first, margins) or first.left > margins.left + _INDENT:
            return False
        if first.text[0].islower():
            return not _ENDS_SENTENCE.search(last.text) or last.text[-1] == ";"
        return not _would_have_fitted(last, first, self.margins.right) and not last.text.endswith("./.")

    def append(self, paragraph: _Paragraph, margins: _Margins) -> None:
        """Write lines on into the paragraph that stands last."""
        for line in paragraph.lines:
            self._put(line, margins, _glue(self._text[-1], line.text))

    def write(self, paragraph: _Paragraph, margins: _Margins) -> None:
        """Write a new paragraph."""
        for number, line in enumerate(paragraph.lines):
            glue = _glue(paragraph.lines[number - 1].text, line.text) if number else "\n" if self._length else ""
            self._put(line, margins, glue)

    def _put(self, line: Line, margins: _Margins, glue: str) -> None:
        text = line.text
        self._text += [glue, text]
        start = self._length + len(glue)
        self._length = start + len(text)
        self._starts.setdefault(self._page, start)
        if line.is_repaired:
            self._repairs += _repairs_in(line, start)
        box = (line.left, line.top, line.right, line.bottom)
        before = self._blocks[-1] if self._blocks else None
        last = self._last
        sure = _least(line.confidence)
        if line.role == "cell" and before and last and (last.region, last.page) == (line.region, line.page):
            self._blocks[-1] = Block(
                before.start,
                self._length,
                line.page,
                "cell",
                _around(before.box, box),
                line.column,
                line.row,
                before.bold,
                ocr_confidence=_least(before.ocr_confidence, sure),
            )
        else:
            kind: BlockKind = "cell" if line.role == "cell" else "line"
            centred = _is_centred(line, margins) if line.role == "body" else None
            self._blocks.append(
                Block(start, self._length, line.page, kind, box, line.column, line.row, line.bold, centred, sure)
            )
        self._last = line

    def finish(self, pages: int, findings: Sequence[Finding]) -> FlowedText:
        """The text in the form all offsets count in."""
        written = "".join(self._text)
        text, origins = normalise(written)
        blocks, starts, repairs = self._blocks, self._starts, self._repairs
        if origins is not None:
            blocks = [replace(b, start=bisect_left(origins, b.start), end=bisect_left(origins, b.end)) for b in blocks]
            starts = {page: bisect_left(origins, start) for page, start in starts.items()}
            repairs = [
                replace(r, start=bisect_left(origins, r.start), end=bisect_left(origins, r.end)) for r in repairs
            ]
        spans: list[tuple[int, int]] = []
        end = len(text)
        for page in range(pages, 0, -1):
            start = starts.get(page, end)
            spans.append((start, end))
            end = start
        return FlowedText(text, tuple(blocks), tuple(reversed(spans)), (*findings, *_told(repairs)))


def _repairs_in(line: Line, start: int) -> Iterator[_Repair]:
    """The repaired words of a line that begins at `start`; a name that was read apart from the rest is one of them."""
    at = start
    apart: list[tuple[int, Word]] = []
    for word in line.words:
        if word.raw == "":
            apart.append((at, word))
        elif word.raw is not None:
            yield _Repair(word.raw, word.text, at, at + len(word.text))
        at += len(word.text) + 1
    if apart:
        (first, _), (last, word) = apart[0], apart[-1]
        yield _Repair("", " ".join(w.text for _, w in apart), first, last + len(word.text))


def _told(repairs: Sequence[_Repair]) -> Iterator[Finding]:
    """One finding a distinct repair, at the first of its places."""
    places: dict[tuple[str, str], list[_Repair]] = {}
    for repair in repairs:
        places.setdefault((repair.raw, repair.text), []).append(repair)
    for (raw, text), found in places.items():
        more = f" ({len(found)} chỗ)" if len(found) > 1 else ""
        message = (
            f"OCR đọc là «{raw}», ghi lại là «{text}»{more}." if raw else f"«{text}» đọc riêng từ ảnh; cần đối chiếu."
        )
        yield Finding("ocr_repaired", "info", message, found[0].start, found[0].end)


def _least(*confidences: float | None) -> float | None:
    """The least of the confidences that are known, None where none is."""
    known = [confidence for confidence in confidences if confidence is not None]
    return round(min(known), 4) if known else None


def _around(
    first: tuple[float, float, float, float] | None, second: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    if first is None:
        return second
    return min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3])


def _glue(before: str, after: str) -> str:
    """What joins two lines of a paragraph: nothing where a symbol or a number was broken at its dash or slash."""
    broken = len(before) > 1 and before[-1] in "-/" and before[-2].isalnum() and after[0].isalnum()
    return "" if broken or (after[0] == "/" and before[-1:].isdigit()) else " "


def _paragraphs(lines: Sequence[Line], margins: _Margins) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    for line in lines:
        if paragraphs and _continues(paragraphs[-1], line, margins):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(_Paragraph([line]))
    return paragraphs


def _continues(paragraph: _Paragraph, line: Line, margins: _Margins) -> bool:
    last = paragraph.last
    if (last.role, last.column, last.region) != (line.role, line.column, line.region):
        return False
    if line.role == "body":
        return _continues_body(paragraph, line, margins)
    if line.role == "column":
        return _continues_column(paragraph, line)
    return not _LABEL.match(line.text)


def _continues_column(paragraph: _Paragraph, line: Line) -> bool:
    last = paragraph.last
    if _glue(last.text, line.text) == "":
        return True
    if _BULLET.match(line.text):
        return False
    if _ABOUT.match(paragraph.opening):
        return not line.text.isupper()
    if line.text[0].islower() or line.text[0] in "(&":
        return not _ENDS_ITEM.search(last.text)
    is_item = _BULLET.match(paragraph.opening) is not None and not paragraph.opening.startswith("Nơi")
    return is_item and not _ENDS_ITEM.search(last.text)


def _continues_body(paragraph: _Paragraph, line: Line, margins: _Margins) -> bool:
    last = paragraph.last
    apart = line.baseline - last.baseline > 1.4 * max(margins.pitch, last.size)
    if apart and line.baseline - last.baseline > 1.9 * margins.pitch:
        return False
    if _is_centred(line, margins):
        return _continues_centred(paragraph, line, margins, apart)
    if _is_centred(last, margins) and not _is_full(last, margins):
        return False
    fitted = _would_have_fitted(last, line, margins.right)
    if _is_in_brackets(paragraph) and not fitted and line.left < margins.left + _INDENT:
        return True
    if _LABEL.match(line.text) and (fitted or line.left > margins.left + _INDENT or _STRONG_LABEL.match(line.text)):
        return False
    if _PART_ALONE.match(line.text) or (_NUMBERED.match(line.text) and _ENDS_SENTENCE.search(last.text)):
        return False
    if line.text[0].islower() and not _ENDS_SENTENCE.search(last.text):
        return True
    if fitted or apart:
        return False
    return not _is_indented(paragraph, line, margins)


def _is_in_brackets(paragraph: _Paragraph) -> bool:
    """Whether the whole paragraph so far stands in one bracket that is still open."""
    if not paragraph.opening.startswith("("):
        return False
    text = "".join(line.text for line in paragraph.lines)
    return text.count("(") > text.count(")")


def _continues_centred(paragraph: _Paragraph, line: Line, margins: _Margins, apart: bool) -> bool:
    last = paragraph.last
    if apart or _LABEL.match(line.text) or last.bold != line.bold or _ENDS_SENTENCE.search(last.text):
        return False
    if last.text.isupper() or line.text.isupper():
        return last.text.isupper() and line.text.isupper() and _is_full(last, margins)
    if _is_centred(last, margins):
        return True
    first_of_page = abs((last.left + last.right) / 2 - margins.middle) < 12
    return first_of_page and _is_full(last, margins) and bool(last.bold or len(paragraph.lines) == 1)


def _is_full(line: Line, margins: _Margins) -> bool:
    return line.right - line.left > 0.8 * (margins.right - margins.left)


def _is_centred(line: Line, margins: _Margins) -> bool:
    off = abs((line.left + line.right) / 2 - margins.middle)
    return off < 14 and line.left > margins.left + 18 and line.right < margins.right - 18


def _is_indented(paragraph: _Paragraph, line: Line, margins: _Margins) -> bool:
    """Whether `line` begins further in than the paragraph's lines go on."""
    if line.left <= margins.left + _INDENT:
        return False
    rest = paragraph.lines[1:]
    if rest:
        return line.left - rest[-1].left > 6
    hangs = _LABEL.match(paragraph.opening) is not None and line.left > paragraph.lines[0].left + 4
    return not hangs


def _would_have_fitted(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of `line` would still have had room on the line before."""
    word = line.words[0]
    return last.right + 0.3 * last.size + (word.right - word.left) < right - 0.4 * last.size


def _margins(page: LaidOutPage) -> _Margins:
    body = [line for line in page.lines if line.role == "body"]
    long = [line for line in body if line.right - line.left > 0.5 * page.width] or body
    if not long:
        return _Margins(0.1 * page.width, 0.95 * page.width, 18.0, 13.0)
    lefts = sorted(line.left for line in long)
    rights = sorted(line.right for line in long)
    steps = sorted(b.baseline - a.baseline for a, b in itertools.pairwise(long) if 0 < b.baseline - a.baseline < 60)
    size = sorted(line.size for line in long)[len(long) // 2]
    pitch = steps[len(steps) // 2] if steps else 1.3 * size
    return _Margins(lefts[len(lefts) // 10], rights[(len(rights) * 9) // 10], pitch, size)


def _split_footnotes(page: LaidOutPage, margins: _Margins) -> tuple[list[Line], list[Line]]:
    """The body and the footnotes at the page's foot, which stand in small type and begin with their number."""
    lines = list(page.lines)
    start = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if line.role != "body" or line.size > 0.88 * margins.size or line.words[0].confidence is not None:
            break
        if _FOOTNOTE.match(line.text):
            start = number
    return lines[:start], lines[start:]


def _without_furniture(pages: Sequence[LaidOutPage]) -> tuple[list[LaidOutPage], list[Finding]]:
    """The pages without page numbers and running heads and feet."""
    repeated = Counter(
        key for page in pages for key in {_head_key(line) for line in page.lines if _in_margin(line, page)}
    )
    removed: Counter[str] = Counter()
    kept: list[LaidOutPage] = []
    for page in pages:
        lines = []
        for line in page.lines:
            if _is_page_number(line, page):
                continue
            if _is_running_head(line, page, repeated):
                removed[line.text] += 1
                continue
            lines.append(line)
        kept.append(LaidOutPage(page.page_no, page.width, page.height, tuple(lines)))
    findings = []
    if removed:
        message = f"Đã bỏ tiêu đề chạy trang khỏi văn bản: «{next(iter(removed))}» ({removed.total()} dòng)."
        findings.append(Finding("running_head_removed", "info", message, None, None))
    return kept, findings


def _is_running_head(line: Line, page: LaidOutPage, repeated: Counter[str]) -> bool:
    in_margin = _in_margin(line, page)
    if not in_margin and len(line.words) >= 12:
        return False
    if in_margin and len(key := _head_key(line)) > 4 and repeated[key] > 1:
        return True
    return len(line.words) < 12 and "CONG BAO" in line.folded and _GAZETTE_HEAD.search(_head_key(line)) is not None


def _head_key(line: Line) -> str:
    return _FIGURES.sub("#", line.folded)


def _in_margin(line: Line, page: LaidOutPage) -> bool:
    return line.bottom < _MARGIN_BAND * page.height or line.top > (1 - _MARGIN_BAND) * page.height


def _is_page_number(line: Line, page: LaidOutPage) -> bool:
    if not (line.bottom < 0.12 * page.height or line.top > 0.9 * page.height) or line.role == "cell":
        return False
    return _PAGE_NUMBER.fullmatch(line.text) is not None and line is not _only(page)


def _only(page: LaidOutPage) -> Line | None:
    return page.lines[0] if len(page.lines) == 1 else None
