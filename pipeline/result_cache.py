"""What was worked out once is kept, by content and by version of the code that worked it out.

One SQLite file a stage. Only the parent process writes. Results are JSON, compressed; nothing that is read back can
run code. Rows of another code version are dropped when a run ends well.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


class ResultCache:
    """Results of one stage for one version of its code. A broken or read-only file only costs the cache."""

    def __init__(self, path: Path, version: str) -> None:
        self._version = version
        self._db: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS results (key TEXT, version TEXT, value BLOB, PRIMARY KEY (key, version))"
            )
        except sqlite3.DatabaseError as error:
            log.warning("cache %s is not usable (%s); working without it", path, error)
            self._db = None

    def get(self, key: str) -> Any | None:
        """The kept result, None when there is none."""
        if self._db is None:
            return None
        try:
            found = self._db.execute(
                "SELECT value FROM results WHERE key = ? AND version = ?", (key, self._version)
            ).fetchone()
            return None if found is None else json.loads(zlib.decompress(found[0]), object_hook=_decode)
        except (sqlite3.DatabaseError, zlib.error, ValueError) as error:
            log.warning("a cached result could not be read (%s); doing the work again", error)
            return None

    def holds(self, key: str) -> bool:
        """Whether a result is kept."""
        if self._db is None:
            return False
        try:
            found = self._db.execute("SELECT 1 FROM results WHERE key = ? AND version = ?", (key, self._version))
            return found.fetchone() is not None
        except sqlite3.DatabaseError:
            return False

    def put(self, key: str, value: Any) -> None:
        """Keep a result made of lists, dicts with string keys, strings, numbers, dates, times and None."""
        if self._db is None:
            return
        blob = zlib.compress(json.dumps(value, ensure_ascii=False, default=_encode).encode(), 3)
        try:
            self._db.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", (key, self._version, blob))
        except sqlite3.DatabaseError as error:
            log.warning("a result could not be cached (%s)", error)

    def commit(self) -> None:
        """Make what was put so far last."""
        if self._db is not None:
            self._db.commit()

    def close(self, *, drop_other_versions: bool) -> None:
        """End the use of the cache; with `drop_other_versions` forget what older code made."""
        if self._db is None:
            return
        if drop_other_versions:
            self._db.execute("DELETE FROM results WHERE version <> ?", (self._version,))
        self._db.commit()
        self._db.close()


def _encode(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"__datetime__": value.isoformat()}
    if isinstance(value, date):
        return {"__date__": value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be cached")


def _decode(value: dict[str, Any]) -> Any:
    if value.keys() == {"__date__"}:
        return date.fromisoformat(value["__date__"])
    return datetime.fromisoformat(value["__datetime__"]) if value.keys() == {"__datetime__"} else value


@cache
def code_version(packages: tuple[str, ...], extra: tuple[str, ...] = ()) -> str:
    """A hash over the source and data files of `packages` (dotted names of packages, modules, tables) and `extra`."""
    digest = hashlib.sha256()
    for name in packages:
        for label, content in _source_files(name):
            digest.update(label.encode() + b"\0" + content + b"\0")
    for text in extra:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:24]


def _source_files(name: str) -> Iterable[tuple[str, bytes]]:
    parent, _, last = name.rpartition(".")
    if parent:
        for ending in ("py", "toml"):
            file = files(parent).joinpath(f"{last}.{ending}")
            if file.is_file():
                return [(name, file.read_bytes())]
    return list(_below(files(name), name))


def _below(folder: Traversable, label: str) -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _below(entry, f"{label}.{entry.name}")
        elif entry.name.endswith((".py", ".toml")):
            yield f"{label}.{entry.name}", entry.read_bytes()
