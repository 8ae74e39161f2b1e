"""The grammar as data: each table is a TOML file in this folder, read once on first use.

A table row carries its `examples` (texts that must be recognised) and, where it helps, `not` (texts that must not be).
The test of the module that reads a table holds its rows to both.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name`.toml of this folder, parsed."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
