"""A stretch of a document's wording together with the answers that it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text, and its citations and deadlines in the gold form, in reading order."""

    text: str
    citations: tuple[Answer, ...] = ()
    deadlines: tuple[Answer, ...] = ()


def joined(*parts: str | Phrase) -> Phrase:
    """The parts one after another."""
    phrases = [part for part in parts if isinstance(part, Phrase)]
    return Phrase(
        "".join(part if isinstance(part, str) else part.text for part in parts),
        tuple(answer for phrase in phrases for answer in phrase.citations),
        tuple(answer for phrase in phrases for answer in phrase.deadlines),
    )


def capitalised(phrase: Phrase) -> Phrase:
    """The phrase as a sentence begins; a quote that opens it is capitalised with it."""
    text = phrase.text[:1].upper() + phrase.text[1:]
    deadlines = tuple(
        {**answer, "quote": text[: len(answer["quote"])]} if phrase.text.startswith(answer["quote"]) else answer
        for answer in phrase.deadlines
    )
    return Phrase(text, phrase.citations, deadlines)
