"""The words in front of a point in time that tell how it binds: `trước`, `chậm nhất`, `đến hết`, `vào`, `trong`."""

from __future__ import annotations

from functools import cache

import regex

from extractors.grammar import table


def qualifier_at(text: str, at: int, end: int) -> tuple[str, int] | None:
    """The qualifier whose words stand at `at`, and where they end."""
    for qualifier, words in _qualifiers():
        match = words.match(text, at, end)
        if match:
            return qualifier, match.end()
    return None


@cache
def _qualifiers() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    rows = table("deadlines")["qualifiers"]
    return tuple((row["qualifier"], regex.compile(rf"(?:{row['words']})(?!\p{{L}})", regex.I)) for row in rows)
