"""Organs of state, Party and unions: their names written out, their capitals, their symbols."""

from __future__ import annotations


def sentence_case(name: str) -> str:
    """`name` with the capitals of Nghị định 30/2020, phụ lục II."""
    return name[:1].upper() + name[1:].lower() if name.isupper() else name


def expand(name: str) -> str:
    """`name` with its abbreviations written out."""
    return name
