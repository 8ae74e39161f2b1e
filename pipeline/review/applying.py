"""Corrections of one document applied to its rows, each with what became of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.review.corrections import QUOTE, Correction
from pipeline.review.fields import Kind, columns_of, shown, tidy
from pipeline.rows import Places

Row = dict[str, Any]
Status = Literal[
    "applied", "moved", "already_gone", "superseded", "text_changed", "not_found", "ambiguous", "invalid_value",
    "document_missing", "unreadable",
]  # fmt: skip

_ID_DIGITS = 20
_NEAR = 400
_REQUIRED: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    "headers": (),
    "citations": (),
    "deadlines": (("kind", "Dạng"),),
    "signatories": (("name", "Họ tên"),),
    "recipients": (("role", "Vai trò"), ("name", "Tên nơi nhận")),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction. `start` and `end` are where the extractors' row stood, None when they had none."""

    status: Status
    message: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class DocumentRows:
    """The extractors' rows of one document, which corrections change in place."""

    doc_id: str
    text: str
    places: Places
    header: Row
    rows: dict[Kind, list[Row]] = field(default_factory=dict)

    def apply(self, correction: Correction) -> Outcome:
        """Apply one correction, or tell why it cannot be."""
        try:
            if correction.kind.kind == "headers":
                return self._header(correction)
            if correction.verdict == "thêm":
                return self._added(correction)
            return self._changed(correction)
        except ValueError as error:
            return Outcome("invalid_value", str(error))

    def settle(self) -> None:
        """Put rows in reading order, number those that are numbered, and drop what points at a row that is gone."""
        for kind in ("signatories", "recipients"):
            rows = self.rows[kind]
            if any(row["ordinal"] is None for row in rows):
                rows.sort(key=lambda row: (row["char_start"], row["ordinal"] or 0))
            for ordinal, row in enumerate(rows, start=1):
                row["ordinal"] = ordinal
        citations = self.rows["citations"]
        citations.sort(key=lambda row: row["char_start"])
        self.rows["deadlines"].sort(key=lambda row: row["char_start"])
        known = {row["citation_id"] for row in citations}
        for row in citations:
            if row["antecedent_id"] not in known:
                row["antecedent_id"] = None

    def _header(self, correction: Correction) -> Outcome:
        if correction.verdict in ("xóa", "thêm"):
            raise ValueError("thông tin đầu văn bản chỉ có thể “đúng” hoặc “sửa”")
        self.header.update(self._values(correction, self.header))
        self.header.update(reviewed=True, header_confidence=1.0)
        return Outcome("applied")

    def _changed(self, correction: Correction) -> Outcome:
        key = correction.key
        assert key is not None
        place = self._place(key.start, key.end, key.quote, correction.before, correction.after)
        if place is None:
            return Outcome("text_changed", f"văn bản không còn chữ “{_short(key.quote)}” ở chỗ này")
        row = self._standing_at(correction.kind.kind, *place)
        stood = (None, None) if row is None else (row["char_start"], row["char_end"])
        status: Status = "applied" if place == (key.start, key.end) else "moved"
        if correction.verdict == "xóa":
            if row is None:
                return Outcome("already_gone", "chương trình không còn đọc ra dòng này")
            self.rows[correction.kind.kind].remove(row)
            return Outcome(status, "", *stood)
        if QUOTE in correction.edited:
            wanted = self._nearest(correction.edited[QUOTE], place)
            if wanted is None:
                return Outcome("not_found", f"không thấy “{_short(correction.edited[QUOTE])}” gần chỗ đang soát")
            place = wanted
        self._write(correction, row, place)
        return Outcome(status, "", *stood)

    def _added(self, correction: Correction) -> Outcome:
        found = self._occurrences(correction.quote)
        if len(found) > 1:
            on_page = [place for place in found if self._page_no(place[0]) == correction.page_no]
            fitting = [place for place in found if self._stands_between(place, correction.before, correction.after)]
            found = fitting if len(fitting) == 1 else on_page if len(on_page) == 1 else found
        if not correction.quote or not found:
            return Outcome("not_found", f"không thấy “{_short(correction.quote)}” trong văn bản; chép đúng nguyên văn")
        if len(found) > 1:
            return Outcome(
                "ambiguous", f"“{_short(correction.quote)}” có ở {len(found)} chỗ; ghi thêm chữ đứng trước, đứng sau"
            )
        row = next(
            (
                row
                for row in self.rows[correction.kind.kind]
                if (row["char_start"], row["char_end"]) == found[0] and not row["reviewed"]
            ),
            None,
        )
        self._write(correction, row, found[0])
        return Outcome("applied", "", *((None, None) if row is None else found[0]))

    def _write(self, correction: Correction, row: Row | None, place: tuple[int, int]) -> None:
        """Give a row (a new one where there is none) its place and its values; it is then sure and reviewed."""
        kind = correction.kind.kind
        values = self._values(correction, row)
        made = {**(row or self._blank(kind, place)), **values}
        for column, title in _REQUIRED[kind]:
            if made.get(column) is None:
                raise ValueError(f"thiếu “{title}”")
        if kind == "citations" and row is None:
            made["kind"] = "numbered" if made.get("ref") else "dated" if made.get("date_year") else "named"
        start, end = place
        made.update(char_start=start, char_end=end, page_no=self._page_no(start), confidence=1.0, reviewed=True)
        if kind in ("citations", "deadlines"):
            made.update(quote=self.text[start:end], section_id=self.places.section(start))
        if row is None:
            self.rows[kind].append(made)
        else:
            row.update(made)

    def _values(self, correction: Correction, row: Row | None) -> Row:
        """The columns a correction sets: what the person saw and what they changed, where `row` says otherwise."""
        seen = correction.key.values if correction.key and correction.verdict != "thêm" else {}
        values: Row = {}
        for of_title in correction.kind.fields:
            text = correction.edited.get(of_title.title, seen.get(of_title.title))
            if text is not None and (row is None or tidy(text) != shown(of_title, row)):
                values.update(columns_of(of_title, text))
        return values

    def _blank(self, kind: Kind, place: tuple[int, int]) -> Row:
        row: Row = {"doc_id": self.doc_id}
        if kind == "citations":
            row |= {
                "citation_id": f"{self.doc_id[:_ID_DIGITS]}-c@{place[0]}", "antecedent_id": None, "candidates": [],
                "relation": "dẫn chiếu",
            }  # fmt: skip
        elif kind == "deadlines":
            row["deadline_id"] = f"{self.doc_id[:_ID_DIGITS]}-d@{place[0]}"
        else:
            row["ordinal"] = None
            if kind == "recipients":
                row["refers_to_addressees"] = False
        return row

    def _standing_at(self, kind: Kind, start: int, end: int) -> Row | None:
        """The row at a place: the one of the same span, else the one that shares most of it."""
        best, most = None, 0.5
        for row in self.rows[kind]:
            shared = min(end, row["char_end"]) - max(start, row["char_start"])
            share = shared / max(1, max(end, row["char_end"]) - min(start, row["char_start"]))
            if share >= most and not (row["reviewed"] and share < 1):
                best, most = row, share
        return best

    def _place(self, start: int | None, end: int | None, quote: str, before: str, after: str) -> tuple[int, int] | None:
        """Where the words of a correction stand now: where they stood, or where they stand once between the same."""
        if start is not None and end is not None and self.text[start:end].split() == quote.split():
            return start, end
        found = self._occurrences(quote)
        if len(found) == 1:
            return found[0]
        fitting = [place for place in found if self._stands_between(place, before, after)]
        return fitting[0] if len(fitting) == 1 else None

    def _nearest(self, quote: str, place: tuple[int, int]) -> tuple[int, int] | None:
        found = [
            other for other in self._occurrences(quote) if other[0] < place[1] + _NEAR and place[0] < other[1] + _NEAR
        ]
        return min(found, key=lambda other: abs(other[0] - place[0]), default=None)

    def _occurrences(self, quote: str) -> list[tuple[int, int]]:
        words = quote.split()
        if not words:
            return []
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        return [found.span() for found in pattern.finditer(self.text)]

    def _stands_between(self, place: tuple[int, int], before: str, after: str) -> bool:
        left = " ".join(self.text[max(0, place[0] - _NEAR) : place[0]].split())
        right = " ".join(self.text[place[1] : place[1] + _NEAR].split())
        told_before, told_after = before.strip(" …").split(), after.strip(" …").split()
        return left.endswith(" ".join(told_before)) and right.startswith(" ".join(told_after))

    def _page_no(self, offset: int) -> int | None:
        page = self.places.page(offset)
        return None if page is None else page.page_no


def superseded(corrections: Sequence[Correction]) -> set[int]:
    """Positions of corrections that a later one is about the same row as: the later file, and row, counts."""
    last: dict[tuple[object, ...], int] = {}
    for at, correction in enumerate(corrections):
        if correction.key is not None and correction.verdict != "thêm":
            key = correction.key
            last[(correction.kind.kind, key.doc_id, key.start, key.end, key.quote)] = at
    counted = set(last.values())
    return {
        at
        for at, correction in enumerate(corrections)
        if correction.key is not None and correction.verdict != "thêm" and at not in counted
    }


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:59] + "…"
