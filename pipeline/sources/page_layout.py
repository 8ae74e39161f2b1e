"""From the words of a page to lines in reading order: columns of header and signature page, tables, body.

The layout is that of Nghị định 30/2020/NĐ-CP, phụ lục I: issuer and number left, quốc hiệu, place and date right; at
the end Nơi nhận left and the signature block right. A left column stands wholly before the right one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Literal

import regex

from pipeline.sources.page_tables import Grid, find_grids
from pipeline.sources.page_words import PageWords, Word, fold, merge_words

Role = Literal["body", "column", "cell"]

_STATE_MOTTO = frozenset(["CONG", "HOA", "XA", "HOI", "CHU", "NGHIA", "VIET", "NAM"])
_PARTY_MOTTO = frozenset(["DANG", "CONG", "SAN", "VIET", "NAM"])
_DATE_LINE = regex.compile(r"\bNGAY\b.*\bTHANG\b|\bTHANG\b.*\bNAM\b")
_RECIPIENTS = regex.compile(r"\W{0,2}N[OA0][IL1]\s*NH[AO]N")
_ADDRESSEES = regex.compile(r"KINH\s+GUI")
_AUTHORITY = regex.compile(r"(?:T/?M|K/?T|T/?L|T/?U/?Q|Q)\.?\s+\p{Lu}{2,}")
_UNITS_OF_MEASURE = frozenset(("m", "dm", "cm", "mm", "km", "ha"))
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENDS_IN_SYMBOL = regex.compile(r"[/-][A-ZĐ][A-ZĐ-]*\d{0,2}$")
_LEAST_OF_MOTTO = 4
_COLUMN_GAP = 1.5
_WIDE_GAP = 3.0
_ROWS_OF_LIST = 8
_MARK_REACH = 0.6
_BASELINE_AND_LEFT = itemgetter(Word._fields.index("baseline"), Word._fields.index("left"))
_LEFT = itemgetter(Word._fields.index("left"))


@dataclass(frozen=True)
class Line:
    """Words on one printed line of one column, left to right; at least one.

    `left`, `right`, `top` and `bottom` are its edges in points, `baseline` the middle one of the words' baselines,
    `size` the font size of most words, `text` the words with one blank between. `bold` tells whether most of it is
    bold, None where unknown; `confidence` is that of the least sure word, None without OCR; `is_repaired` tells whether
    a word was read otherwise first. They are taken once, all together, so that it has no slots.

    `column` is 0 for the whole width, 1, 2 … where text stands side by side. `row` is the table row of a cell.
    `region` numbers the stretches of one column or one cell on the page: lines of different regions are never one
    paragraph.
    """

    words: tuple[Word, ...]
    page: int
    role: Role = "body"
    column: int = 0
    row: int | None = None
    region: int = 0

    left: float = field(init=False, repr=False, compare=False)
    right: float = field(init=False, repr=False, compare=False)
    top: float = field(init=False, repr=False, compare=False)
    bottom: float = field(init=False, repr=False, compare=False)
    baseline: float = field(init=False, repr=False, compare=False)
    size: float = field(init=False, repr=False, compare=False)
    text: str = field(init=False, repr=False, compare=False)
    bold: bool | None = field(init=False, repr=False, compare=False)
    confidence: float | None = field(init=False, repr=False, compare=False)
    is_repaired: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        texts, lefts, tops, rights, bottoms, baselines, sizes, bolds, confidences, raws = zip(*self.words, strict=True)
        count = len(texts)
        known = count - bolds.count(None)
        unsure = confidences.count(None) < count
        self.__dict__.update(
            left=lefts[0],
            right=max(rights),
            top=min(tops),
            bottom=max(bottoms),
            baseline=_middle_of(baselines),
            size=_middle_of(sizes),
            text=" ".join(texts),
            bold=bolds.count(True) * 2 > known if known else None,
            confidence=min(sure for sure in confidences if sure is not None) if unsure else None,
            is_repaired=raws.count(None) < count,
        )

    @property
    def folded(self) -> str:
        """The text in capitals without marks."""
        return folded(self.words)


def _middle_of(values: Sequence[float]) -> float:
    first = values[0]
    return first if values.count(first) == len(values) else sorted(values)[len(values) // 2]


def lay_out(page: PageWords) -> list[Line]:
    """The page's lines in reading order."""
    grids = find_grids(page)
    in_cells, free = _share_out(page.words, grids)
    rows = rows_of(free)
    regions = _Regions(page.page_no, page.width, [motto_left(row) for row in rows])
    at = 0
    while at < len(rows):
        end = regions.take_header(rows, at) or regions.take_side_by_side(rows, at)
        if end is None:
            regions.take_body(rows[at])
            end = at + 1
        at = end
    for grid, cells in zip(grids, in_cells, strict=True):
        regions.insert_table(grid, cells)
    return regions.lines


def rows_of(words: Iterable[Word]) -> list[tuple[Word, ...]]:
    """Words standing on one height, each row left to right, rows from the top.

    Small raised or lowered words (footnote marks, exponents) join the row of the word they stand beside.
    """
    known = sorted(words, key=_BASELINE_AND_LEFT)
    if not known:
        return []
    sizes = sorted([word.size for word in known])
    least = 0.75 * sizes[len(sizes) // 2]
    rows: list[list[Word]] = []
    for word in known if sizes[0] >= least else [word for word in known if word.size >= least]:
        for row in rows[:-4:-1]:
            if row[-1].baseline == word.baseline or _same_height(row[-1], word):
                row.append(word)
                break
        else:
            rows.append([word])
    if sizes[0] < least:
        _join_small(rows, [word for word in known if word.size < least])
    settled = [_settled(sorted(row, key=_LEFT)) for row in rows]
    return sorted(settled, key=_height)


def _height(row: Sequence[Word]) -> float:
    """The baseline of the highest word that is not small."""
    least = 0.75 * row[-1].size
    return min([word.baseline for word in row if word.size >= least])


def _join_small(rows: list[list[Word]], small: Iterable[Word]) -> None:
    """Put each small word into the row of the word it stands beside, else into one of its height, else into its own."""
    reaches = [_reach(row) for row in rows]
    for mark in sorted(small, key=lambda word: (-round(word.size), word.baseline, word.left)):
        near = (n for n, (top, bottom) in enumerate(reaches) if top <= mark.baseline <= bottom)
        beside = next((n for n in near if any(_is_beside(word, mark) for word in rows[n])), None)
        if beside is None:
            beside = next((n for n in reversed(range(len(rows))) if _same_height(rows[n][-1], mark)), None)
        if beside is None:
            rows.append([mark])
            reaches.append(_reach([mark]))
        else:
            rows[beside].append(mark)
            reaches[beside] = _reach(rows[beside])


def _reach(row: Iterable[Word]) -> tuple[float, float]:
    """Between which heights the baseline of a mark beside a word of the row is."""
    return (
        min([word.baseline - _MARK_REACH * word.size for word in row]) - 0.01,
        max([word.baseline + _MARK_REACH * word.size for word in row]) + 0.01,
    )


def _same_height(first: Word, second: Word) -> bool:
    return abs(first.baseline - second.baseline) < 0.3 * max(first.size, second.size)


def _is_beside(word: Word, mark: Word) -> bool:
    """Whether `mark` is a small raised or lowered word straight after or before `word`."""
    if mark.size >= 0.8 * word.size or abs(mark.baseline - word.baseline) > _MARK_REACH * word.size:
        return False
    return min(abs(mark.left - word.right), abs(word.left - mark.right)) < 0.5 * word.size


def _settled(words: list[Word]) -> tuple[Word, ...]:
    """One row without raised footnote marks, and with the pieces of a word that were drawn apart put together.

    Behind a number and symbol (`95/2025/QH15¹`) the mark stays: its note often tells the articles that are cited.
    """
    if all(map(_stand_apart, words, words[1:])):
        return tuple(words)
    out: list[Word] = []
    mark_left_out = False
    for word in words:
        before = out[-1] if out else None
        if before is None or (not mark_left_out and _stand_apart(before, word)):
            out.append(word)
        elif _is_raised(before, word):
            mark_left_out = before.text not in _UNITS_OF_MEASURE and not (
                word.text.isdigit() and _ENDS_IN_SYMBOL.search(before.text)
            )
            if not mark_left_out:
                out[-1] = merge_words(before, word._replace(text=word.text.translate(_SUPERSCRIPT)))
            continue
        elif _is_torn_off(before, word) or (mark_left_out and word.text[0] in ",.;:)"):
            out[-1] = merge_words(before, word)
        else:
            out.append(word)
        mark_left_out = False
    return tuple(out)


def _stand_apart(before: Word, word: Word) -> bool:
    """Whether two words stand as most do: the second neither raised nor torn off."""
    return word.size >= 0.8 * before.size and word.left - before.right >= 0.08 * word.size


def _is_torn_off(before: Word, word: Word) -> bool:
    """Whether `word` is the rest of `before`, drawn apart from it in a text layer."""
    if word.confidence is not None or not -0.3 * word.size < word.left - before.right < 0.08 * word.size:
        return False
    last, first = before.text[-1], word.text[0]
    return last != ":" and not (last.isdigit() and first.isalpha()) and not (last.isalpha() and first.isdigit())


def _is_raised(before: Word, word: Word) -> bool:
    small = word.size < 0.8 * before.size and word.baseline < before.baseline - 0.1 * before.size
    near = word.left - before.right < 0.3 * before.size
    return small and near and word.text.strip("()[],*").isdigit()


def _share_out(words: Sequence[Word], grids: Sequence[Grid]) -> tuple[list[list[Word]], list[Word]]:
    """The words that stand in each grid, and the words that stand in none."""
    if not grids:
        return [], list(words)
    inside: list[list[Word]] = [[] for _ in grids]
    free: list[Word] = []
    for word in words:
        for number, grid in enumerate(grids):
            if grid.holds(word):
                inside[number].append(word)
                break
        else:
            free.append(word)
    return inside, free


def _text(words: Iterable[Word]) -> str:
    return " ".join([word.text for word in words])


def folded(words: Iterable[Word]) -> str:
    """The words' text in capitals without marks, with one blank between."""
    return " ".join(map(fold, [word.text for word in words]))


def motto_left(row: Sequence[Word]) -> float | None:
    """The left edge of the quốc hiệu (or of ĐẢNG CỘNG SẢN VIỆT NAM) when `row` holds it."""
    if len(row) < _LEAST_OF_MOTTO:
        return None
    bare = list(map(fold, [word.text for word in row]))
    for motto, least in ((_STATE_MOTTO, 5), (_PARTY_MOTTO, _LEAST_OF_MOTTO)):
        hits = [n for n, word in enumerate(bare) if word in motto]
        if len(hits) >= least:
            start = _run_start(bare, hits, motto)
            return row[start].left
    return None


def _run_start(bare: Sequence[str], hits: Sequence[int], motto: frozenset[str]) -> int:
    """Where the last unbroken run of the motto's words begins; one misread word in between is allowed."""
    start = hits[-1]
    for number in reversed(hits[:-1]):
        if start - number > 2:
            break
        start = number
    opening = "CONG" if "HOA" in motto else "DANG"
    inside = [n for n in range(start, hits[-1]) if bare[n] == opening]
    return inside[0] if inside else start


class _Regions:
    """Collects the lines of one page region by region; `mottos` tells for each row where a quốc hiệu begins in it."""

    def __init__(self, page_no: int, width: float, mottos: Sequence[float | None]) -> None:
        self.lines: list[Line] = []
        self._page = page_no
        self._width = width
        self._region = 0
        self._mottos = mottos

    def take_body(self, row: Sequence[Word]) -> None:
        """A row over the whole width."""
        self.lines.append(Line(tuple(row), self._page, region=self._region))

    def take_header(self, rows: Sequence[tuple[Word, ...]], at: int) -> int | None:
        """The two columns of a header that begins at row `at`; the row after it, None when none begins there."""
        motto = next((n for n in range(at, min(at + 3, len(rows))) if self._mottos[n] is not None), None)
        if motto is None:
            return None
        gutter = self._mottos[motto] or 0.0
        if gutter < 0.25 * self._width or not _is_header_start(rows[at : motto + 1], gutter):
            return None
        left: list[tuple[Word, ...]] = []
        right: list[tuple[Word, ...]] = []
        dated = False
        end = at
        for row in rows[at:]:
            halves = _halves(row, gutter, end > motto)
            if halves is None or not _belongs(halves, left, right, dated, end <= motto):
                break
            if halves[0]:
                left.append(halves[0])
            if halves[1]:
                right.append(halves[1])
                dated = dated or _DATE_LINE.search(folded(halves[1])) is not None
            end += 1
        self._take_columns([left, right])
        return end

    def take_side_by_side(self, rows: Sequence[tuple[Word, ...]], at: int) -> int | None:
        """Nơi nhận beside a signature block, or two signature blocks; the row after them, None when none begins."""
        anchor = self._anchor(rows, at)
        if anchor is None:
            return None
        free = [(0.2 * self._width, 0.8 * self._width)]
        end = at
        while end < len(rows):
            narrower = _narrowed(free, rows[end])
            if not narrower or (end > anchor and _ends_signatures(rows[end], self._width)):
                break
            free = narrower
            end += 1
        if end <= anchor:
            return None
        gutter = _best_gutter(free, rows[at:end])
        if gutter is None:
            return None
        columns: list[list[tuple[Word, ...]]] = [[], []]
        for row in rows[at:end]:
            for column, words in enumerate(_split_at(row, gutter)):
                if words:
                    columns[column].append(words)
        self._take_columns(columns)
        return end

    def _anchor(self, rows: Sequence[tuple[Word, ...]], at: int) -> int | None:
        """The row that shows that columns begin at `at`: itself, or a Nơi nhận below signature lines on the right."""
        for number in range(at, min(at + 5, len(rows))):
            row = rows[number]
            if row[0].left < 0.45 * self._width and _RECIPIENTS.match(folded(row[:3])):
                return number
            if number == at and (_has_two_titles(row) or (at == 0 and _goes_on_with_list(rows))):
                return number
            if row[0].left < 0.4 * self._width:
                return None
        return None

    def _take_columns(self, columns: Sequence[Sequence[tuple[Word, ...]]]) -> None:
        for number, column in enumerate(columns, start=1):
            if column:
                self._region += 1
                self.lines += [Line(row, self._page, "column", number, region=self._region) for row in column]
        self._region += 1

    def insert_table(self, grid: Grid, words: Sequence[Word]) -> None:
        """The cells of a ruled table, row by row, where the table stands on the page."""
        cells = grid.cells(words)
        if not cells:
            return
        lines: list[Line] = []
        for cell in cells:
            self._region += 1
            lines += [Line(row, self._page, "cell", cell.column, cell.row, self._region) for row in rows_of(cell.words)]
        place = sum(1 for line in self.lines if line.baseline <= grid.top + 2)
        while place < len(self.lines) and self.lines[place].role == "column" and self.lines[place].top < grid.top:
            place += 1
        self._region += 1
        after = [replace(line, region=line.region + 10_000) for line in self.lines[place:]]
        self.lines = [*self.lines[:place], *lines, *after]


def _is_header_start(rows: Sequence[tuple[Word, ...]], gutter: float) -> bool:
    """Whether the rows above the quốc hiệu are the issuer's, standing close above it in the left column."""
    motto = rows[-1]
    return all(
        max(word.right for word in row) < gutter and motto[0].baseline - row[0].baseline < 3 * motto[0].size
        for row in rows[:-1]
    )


def _halves(row: tuple[Word, ...], gutter: float, may_shift: bool) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """A header row cut between its columns; None when a word stands across the cut.

    The place and date may reach further left than the quốc hiệu: the widest gap near the gutter is the cut then.
    """
    halves = _split_at(row, gutter)
    if not halves[0] or not halves[1]:
        return halves if _clear_of(row, gutter) or not may_shift else None
    if not may_shift:
        return halves
    gaps = [
        (second.left - first.right, number)
        for number, (first, second) in enumerate(itertools.pairwise(row), start=1)
        if second.left > gutter - 110 and first.right < gutter + 40
    ]
    widest, number = max(gaps, default=(0.0, 0))
    if widest < 0.8 * row[0].size:
        return None
    return row[:number], row[number:]


def _clear_of(row: Sequence[Word], gutter: float) -> bool:
    return not any(word.left < gutter - 1 and word.right > gutter + 1 for word in row)


def _split_at(row: Sequence[Word], gutter: float) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    return tuple(w for w in row if w.middle < gutter), tuple(w for w in row if w.middle >= gutter)


def _belongs(
    halves: tuple[tuple[Word, ...], tuple[Word, ...]],
    left: Sequence[tuple[Word, ...]],
    right: Sequence[tuple[Word, ...]],
    dated: bool,
    before_motto: bool,
) -> bool:
    """Whether a cut row still belongs to the header above it."""
    if before_motto:
        return True
    if halves[0] and _ADDRESSEES.match(folded(halves[0])):
        return False
    near = left or right
    size = (halves[0] or halves[1])[0].size
    last = max(row[0].baseline for column in (left, right) for row in column[-1:])
    if (halves[0] or halves[1])[0].baseline - last > 4.5 * size:
        return False
    if halves[0] and not _is_under(halves[0], left):
        return False
    if halves[1] and (dated or not _is_under(halves[1], right)):
        return False
    return bool(near)


def _is_under(words: Sequence[Word], column: Sequence[tuple[Word, ...]]) -> bool:
    """Whether `words` stand centred under the lines of `column`, or within their width."""
    if not column:
        return True
    left = min(row[0].left for row in column)
    right = max(row[-1].right for row in column)
    middle = (words[0].left + words[-1].right) / 2
    return abs(middle - (left + right) / 2) < max(40.0, 0.25 * (right - left))


def _has_two_titles(row: Sequence[Word]) -> bool:
    """Whether two signature blocks begin in this row: two pieces in capitals, far apart."""
    if not _text(row).isupper():
        return False
    pieces = _pieces(row, _WIDE_GAP)
    if len(pieces) < 2:
        return False
    texts = [_text(piece) for piece in pieces]
    return all(text.isupper() for text in texts) and any(_AUTHORITY.match(text) for text in texts)


def _goes_on_with_list(rows: Sequence[tuple[Word, ...]]) -> bool:
    """Whether the page begins inside a Nơi nhận that stands beside a signature block: items left, capitals right."""
    if not _text(rows[0]).startswith(("-", "–")):
        return False
    beside = (_pieces(row, _WIDE_GAP) for row in rows[:_ROWS_OF_LIST])
    return any(len(pieces) == 2 and _text(pieces[1]).isupper() for pieces in beside)


def _pieces(row: Sequence[Word], gap: float) -> list[tuple[Word, ...]]:
    pieces: list[list[Word]] = []
    for word in row:
        if pieces and word.left - pieces[-1][-1].right < gap * max(word.size, pieces[-1][-1].size):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return [tuple(piece) for piece in pieces]


def _narrowed(free: Sequence[tuple[float, float]], row: Sequence[Word]) -> list[tuple[float, float]]:
    """The free strips of the page that `row` leaves free too."""
    left: list[tuple[float, float]] = list(free)
    for piece in _pieces(row, _COLUMN_GAP / 2):
        start, end = piece[0].left, max(word.right for word in piece)
        left = [strip for a, b in left for strip in ((a, min(b, start)), (max(a, end), b)) if strip[1] - strip[0] > 6]
    return left


def _best_gutter(free: Sequence[tuple[float, float]], rows: Sequence[tuple[Word, ...]]) -> float | None:
    """The middle of the free strip with words on both sides that is widest."""
    words = [word for row in rows for word in row]
    between = [
        (b - a, (a + b) / 2)
        for a, b in free
        if any(w.right <= a + 1 for w in words) and any(w.left >= b - 1 for w in words)
    ]
    return max(between)[1] if between else None


def _ends_signatures(row: Sequence[Word], width: float) -> bool:
    """Whether an appendix or another document begins with this row."""
    text = folded(row)
    centred = abs((row[0].left + row[-1].right) / 2 - width / 2) < 0.08 * width
    return centred and regex.match(r"PHU LUC|DANH SACH|MAU SO|BIEU", text) is not None
