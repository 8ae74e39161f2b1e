"""Which document of the warehouse is meant by a path, the beginning of an id, or a number and symbol."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import duckdb

from pipeline.errors import UsageError

_ID_BEGINNING = re.compile(r"[0-9a-f]{6,64}")
_SHOWN = 5

# Each line is a way to name a document; the first that fits any decides.
_WAYS = (
    "SELECT DISTINCT doc_id FROM document_copies WHERE source_path = $name",
    "SELECT DISTINCT doc_id FROM documents WHERE source_path = $name",
    "SELECT doc_id FROM documents WHERE $beginning AND starts_with(doc_id, $name)",
    "SELECT doc_id FROM documents WHERE upper($ref) IN (upper(ref), upper(ref_repaired))",
    "SELECT doc_id FROM documents WHERE ends_with(source_path, '/' || $name)",
    "SELECT doc_id FROM documents WHERE contains(lower(source_path), lower($name))",
)


def choose_document(db: duckdb.DuckDBPyConnection, name: str) -> str:
    """The doc_id of the document that `name` means.

    `name` is a path below the raw folder or its end, the path of a file that was read, the first six or more digits of
    a doc_id, or a ref. Raises UsageError when none fits, or several do.
    """
    parameters = {
        "name": name,
        "beginning": _ID_BEGINNING.fullmatch(name) is not None,
        "ref": re.sub(r"\s+", "", name),
    }
    for way in _WAYS:
        named = {key: value for key, value in parameters.items() if f"${key}" in way}
        found = [str(doc_id) for (doc_id,) in db.execute(way, named).fetchall()]
        if len(found) > 1:
            raise UsageError(f"{len(found)} documents fit {name!r}: {_told(db, found)}", "name one by its id or path")
        if found:
            return found[0]
    path = Path(name)
    if path.is_file():
        with path.open("rb") as file:
            doc_id = hashlib.file_digest(file, "sha256").hexdigest()
        if db.execute("SELECT 1 FROM documents WHERE doc_id = ?", [doc_id]).fetchall():
            return doc_id
        raise UsageError(f"{name} is not in this warehouse", "put it into the raw folder and run again")
    raise UsageError(
        f"no document fits {name!r}", 'see them with: vanban query "SELECT source_path, ref, doc_id FROM documents"'
    )


def _told(db: duckdb.DuckDBPyConnection, doc_ids: list[str]) -> str:
    rows = db.execute(
        "SELECT doc_id, source_path FROM documents WHERE list_contains(?, doc_id) ORDER BY source_path LIMIT ?",
        [doc_ids, _SHOWN],
    ).fetchall()
    more = ", …" if len(doc_ids) > _SHOWN else ""
    return ", ".join(f"{doc_id[:12]} ({path})" for doc_id, path in rows) + more
