"""Signers whose names a seal or a script face hides, known from other documents of the same corpus.

Where a scan's signature block has a title and no legible name, the holder of that office is taken from the documents
that the same unit issued in the same, the last or the next year, when they name exactly one and what can be read of the
name does not speak against it. Only holders in their own right count: there is one `CHỦ TỊCH` and there are several
deputies. Such a row says so in its confidence and in a
finding (`signer_from_other_documents`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractors.names.positions import read_damaged_title, read_title
from extractors.text.letters import fold, is_syllable

Row = dict[str, Any]

_FOR_ANOTHER = ("KT", "TL", "TUQ")
_LEAST_CONFIDENCE = 0.4
_CONFIDENCE = 0.4
_MOST_YEARS = 1
_REACH_OF_NAME = 80
_LEGIBLE = 2


@dataclass(frozen=True, slots=True)
class Title:
    """Who signs by the title lines alone."""

    position: str
    authority: str | None
    acted_for: str | None


@dataclass(frozen=True, slots=True)
class _Holder:
    name: str
    year: int
    document: str


class OfficeHolders:
    """Who signed for which unit in which office and year."""

    def __init__(
        self, signatories: Iterable[Row], headers: Mapping[str, Row], issuers: Mapping[str, str | None]
    ) -> None:
        self._headers = headers
        self._issuers = issuers
        self._holders: dict[tuple[str, str], list[_Holder]] = defaultdict(list)
        for row in signatories:
            header = headers[row["doc_id"]]
            unit, year, position = issuers.get(row["doc_id"]), header["issued_year"], row["position"]
            if not unit or not year or not position or row["confidence"] < _LEAST_CONFIDENCE:
                continue
            if row["authority"] not in _FOR_ANOTHER and not position.startswith("Phó"):
                self._holders[unit, fold(position)].append(_Holder(row["name"], year, _told(header)))

    def signer(self, doc_id: str, title: Title) -> tuple[str, str] | None:
        """The name of the one who held the office when the document was issued, and the document that tells it."""
        unit, year = self._issuers.get(doc_id), self._headers[doc_id]["issued_year"]
        if unit is None or year is None:
            return None
        near = [h for h in self._holders[unit, fold(title.position)] if abs(h.year - year) <= _MOST_YEARS]
        if len({fold(holder.name) for holder in near}) != 1:
            return None
        holder = min(near, key=lambda h: (abs(h.year - year), h.document, h.name))
        return holder.name, holder.document


def title_in(text: str) -> Title | None:
    """The title told by the lines of a signature block; None for a deputy or one who signs for another."""
    authority = acted_for = position = None
    for line in text.splitlines():
        title = read_title(line) or read_damaged_title(line)
        if title is None:
            continue
        if title.authority:
            authority, acted_for = title.authority, title.acted_for
        position = title.position or position
    if position is None or authority in _FOR_ANOTHER or position.startswith("Phó"):
        return None
    return Title(position, authority, acted_for)


def inferred_rows(unread: Iterable[Row], texts: Mapping[str, str], holders: OfficeHolders) -> Iterator[tuple[Row, Row]]:
    """For each `no_signature` finding whose title names an office with a known holder: its signatory and finding."""
    for finding in unread:
        doc_id, start, end = finding["doc_id"], finding["char_start"], finding["char_end"]
        title = title_in(texts[doc_id][start:end])
        told = holders.signer(doc_id, title) if title else None
        if title is None or told is None or _names_another(texts[doc_id][end : end + _REACH_OF_NAME], told[0]):
            continue
        name, document = told
        message = (
            f"Không đọc được họ tên dưới chức danh “{title.position}”; “{name}” lấy theo {document} của cùng cơ quan."
        )
        place = {"doc_id": doc_id, "char_start": start, "char_end": end}
        yield (
            {
                **place,
                "ordinal": 1,
                "name": name,
                "position": title.position,
                "authority": title.authority,
                "on_behalf_of": title.acted_for,
                "honorific": None,
                "confidence": _CONFIDENCE,
            },
            _finding("signer_from_other_documents", {**place, "severity": "warning", "message": message}),
        )


def _names_another(below: str, name: str) -> bool:
    """Whether a line below the title holds two legible syllables of a name and none of `name` (`'1ô Bá Tâm`)."""
    known = set(map(fold, name.split()))
    for line in below.splitlines():
        read = [word for word in line.split() if len(word) > 1 and word.istitle() and is_syllable(word)]
        if len(read) >= _LEGIBLE and known.isdisjoint(map(fold, read)):
            return True
    return False


def _finding(kind: str, fields: Row) -> Row:
    return {"kind": kind, **fields}


def _told(header: Row) -> str:
    """A document as one would name it in a sentence."""
    return " ".join(part for part in (header["doc_type"], header["ref"]) if part) or "văn bản khác"
