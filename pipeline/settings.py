"""Parameters of a run, from params.yaml or the defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import UsageError
from pipeline.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """`workers` None means one a processor; `memory` (`4GB`) None means four fifths of the machine's, for DuckDB.

    `passwords` are tried on files under a password; they are never shown.
    """

    workers: int | None = None
    memory: str | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def load(cls, path: Path | None) -> Settings:
        """Read a YAML file of the form of params.yaml; None gives the defaults. Unknown names are a UsageError."""
        if path is None:
            return cls()
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except (OSError, yaml.YAMLError) as error:
            raise UsageError(f"{path} cannot be read: {error}", "give a YAML file in the form of params.yaml") from None
        ingest = _section(raw, "ingest", {"workers", "limits", "passwords"}, path)
        known = {f.name: f.type for f in fields(Limits)}
        limits = ingest.get("limits") or {}
        wrong = set(limits) - set(known)
        if wrong:
            raise UsageError(f"{path}: unknown limits {sorted(wrong)}", f"use {', '.join(sorted(known))}")
        for name, value in limits.items():
            if not isinstance(value, int | float) or value <= 0:
                raise UsageError(f"{path}: limits.{name} is {value!r}", "give a positive number")
        memory = _section(raw, "load", {"memory"}, path).get("memory")
        if memory is not None and not re.fullmatch(r"\d+(\.\d+)? ?[KMGT]i?B", str(memory)):
            raise UsageError(f"{path}: load.memory is {memory!r}", "give a size such as 4GB")
        passwords = ingest.get("passwords")
        return cls(
            workers=ingest.get("workers"),
            passwords=read_passwords(None if passwords is None else path.parent / str(passwords)),
            memory=memory,
            limits=Limits(**limits),
        )


def _section(raw: Any, name: str, known: set[str], path: Path) -> dict[str, Any]:
    section = (raw.get(name) if isinstance(raw, dict) else None) or {}
    wrong = set(section) - known
    if wrong:
        raise UsageError(f"{path}: unknown names {sorted(wrong)} in {name}", f"use {', '.join(sorted(known))}")
    return dict(section)


def read_passwords(path: Path | None) -> tuple[str, ...]:
    """The passwords of a file, one a line, blank lines left out. UsageError when it cannot be read."""
    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}", "give a UTF-8 text file with one password a line") from None
    return tuple(dict.fromkeys(line for line in lines if line.strip()))
