"""The words that sample documents are made of, read once from vocabulary.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@cache
def vocabulary() -> dict[str, Any]:
    """The whole table as TOML gives it."""
    return tomllib.loads(files("pipeline.sample").joinpath("vocabulary.toml").read_text("utf-8"))


def pick(random: Random, table: str, name: str) -> str:
    """One word of `[table] name`."""
    return str(random.choice(vocabulary()[table][name]))


def pick_row(random: Random, table: str) -> dict[str, Any]:
    """One row of the table array `[[table]]`."""
    row: dict[str, Any] = random.choice(vocabulary()[table])
    return row


def person(random: Random) -> str:
    """An invented full name."""
    return " ".join(pick(random, "people", part) for part in ("family", "middle", "given"))
