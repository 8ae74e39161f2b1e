"""Labelled scenes: small corpora whose every mention carries the label of what it means.

A mention labelled `?` must stay open: it is the same as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

IdentityKind = Literal["instrument", "unit", "person"]
OPEN = "?"
"""The label of a mention that must stay open."""

_MARKS: Mapping[str, IdentityKind] = {"i": "instrument", "u": "unit", "p": "person"}


@dataclass(frozen=True, slots=True)
class Sight:
    """One mention: its words as written, and the label of what they mean. `position` is a signer's."""

    kind: IdentityKind
    label: str
    words: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class SceneDocument:
    """A document of a scene with its head and what it mentions. `unit` and `instrument` label its issuer and itself."""

    name: str
    issuer: str | None
    parent: str | None
    place: str | None
    issued: date | None
    ref: str | None
    doc_type: str | None
    unit: str
    instrument: str | None
    sights: tuple[Sight, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A small corpus of its own, and what is hard about it."""

    about: str
    documents: tuple[SceneDocument, ...]


def read_scenes(text: str) -> tuple[Scene, ...]:
    """Scenes from their table; the form is told at its head. Raises ValueError, naming the line, for one it cannot
    read."""
    scenes: list[tuple[str, list[tuple[str, list[Sight]]]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        mark, _, rest = line.partition(" ")
        if not line.strip() or mark == "#":
            continue
        if mark == "##":
            scenes.append((rest.strip(), []))
        elif mark == "@" and scenes:
            scenes[-1][1].append((rest, []))
        elif mark in _MARKS and scenes and scenes[-1][1] and " : " in rest:
            label, _, words = rest.partition(" : ")
            words, _, position = words.partition(" | ")
            scenes[-1][1][-1][1].append(Sight(_MARKS[mark], label.strip(), words.strip(), position.strip() or None))
        else:
            raise ValueError(f"line {number} is no line of a scene: {line!r}")
    return tuple(
        Scene(about, tuple(_document(head, sights) for head, sights in documents)) for about, documents in scenes
    )


def _document(head: str, sights: Iterable[Sight]) -> SceneDocument:
    fields, _, labels = head.partition("=>")
    name, issuer, parent, place, issued, ref, doc_type = (
        None if field.strip() == "-" else field.strip() for field in fields.split("|")
    )
    unit, _, instrument = labels.partition(";")
    return SceneDocument(
        name or "", issuer, parent, place, date.fromisoformat(issued) if issued else None, ref, doc_type,
        unit.strip(), instrument.strip() or None, tuple(sights),
    )  # fmt: skip
