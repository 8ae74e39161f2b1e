"""Where any of many words stands in a text: one pass over the text, however many words there are (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


class PhraseSearch:
    """Looks for any of a fixed set of words or phrases, letter for letter, also inside longer words.

    What a pattern with as many branches finds at a hundred nanoseconds a letter this finds at five: it makes a cheap
    first look, after which a pattern is matched only where something may stand.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._automaton = AhoCorasick(phrases, MatchKind.LeftmostLongest, implementation=Implementation.DFA)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """What stands in `text`, from left to right: the number of the phrase (from 0), its start and its end.

        None overlaps another; of several that begin at one place the longest counts.
        """
        return self._automaton.find_matches_as_indexes(text)

    def starts(self, text: str) -> list[int]:
        """Where a phrase begins, from left to right."""
        return [start for _, start, _ in self._automaton.find_matches_as_indexes(text)]
