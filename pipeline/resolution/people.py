"""Signers: one row a person. The same name in the same unit is one person, in another unit another."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import regex

from extractors.text.letters import fold

Row = dict[str, Any]

_WORD = regex.compile(r"\w+")


@dataclass(slots=True)
class _Person:
    unit: str | None
    names: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None
    positions: dict[str, date] = field(default_factory=dict)


class People:
    """Every signer met so far."""

    def __init__(self) -> None:
        self._people: dict[str, _Person] = {}

    def person_id(
        self, name: str, unit: str | None, *, doc_id: str, signed: date | None = None, position: str | None = None
    ) -> str:
        """The person who signed a document of `unit` under `name`.

        Names are compared without case, tone-mark style and i/y. Where the issuer is not told, nobody can say that two
        documents have the same signer: the person is the document's own.
        """
        key = f"{' '.join(fold(word) for word in _WORD.findall(name))}|{unit or 'd' + doc_id}"
        person_id = "p" + hashlib.sha256(key.encode()).hexdigest()[:16]
        person = self._people.setdefault(person_id, _Person(unit))
        person.names[name] += 1
        person.documents.add(doc_id)
        if signed is not None:
            person.first = min(person.first or signed, signed)
            person.last = max(person.last or signed, signed)
        if position:
            person.positions[position] = min(person.positions.get(position, date.max), signed or date.max)
        return person_id

    def rows(self) -> Iterator[Row]:
        """Rows of the people table, by id."""
        for person_id, person in sorted(self._people.items()):
            yield {
                "person_id": person_id,
                "name": min(person.names, key=lambda name: (-person.names[name], name)),
                "unit_id": person.unit,
                "first_signed": person.first,
                "last_signed": person.last,
                "n_documents": len(person.documents),
                "positions": sorted(person.positions, key=lambda p: (person.positions[p], p)),
            }
