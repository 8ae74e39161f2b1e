"""Reads the answers (one JSON file a document) and the rows they are held against.

An answer file tells `doc` (the stem of the document's file), `document` (its own fields) and a list of rows for each
kind, quotes letter for letter from the text. docs/EVALUATION.md describes the form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import duckdb

from pipeline.errors import FolderError, StageInputMissing
from pipeline.evaluation.keys import Row
from pipeline.evaluation.pairing import KINDS, Kind

_ROWS_OF = {
    "sections": "SELECT * FROM sections WHERE label IS NOT NULL ORDER BY doc_id, char_start",
    "citations": "SELECT * FROM citations ORDER BY doc_id, char_start",
    "deadlines": "SELECT * FROM deadlines ORDER BY doc_id, char_start",
    "signatories": "SELECT * FROM signatories ORDER BY doc_id, ordinal",
    "recipients": "SELECT * FROM recipients ORDER BY doc_id, ordinal",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person found in one document."""

    name: str
    header: Row
    rows: Mapping[Kind, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What the pipeline found in one document: its text, its own fields, and rows as in the warehouse."""

    name: str
    media: str
    text: str
    header: Row
    rows: Mapping[Kind, tuple[Row, ...]]


def read_answers(folder: Path) -> tuple[Answers, ...]:
    """All answer files of `folder`, by name.

    Raises FolderError when there is none or one is not of the form.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise FolderError(
            f"{folder} holds no answers (*.json)",
            "give the folder of answers with --gold, or leave --gold out for the figures of the run",
        )
    return tuple(_read_answer(path) for path in paths)


def _read_answer(path: Path) -> Answers:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        rows: dict[Kind, tuple[Row, ...]] = {kind: tuple(dict(row) for row in told.get(kind, ())) for kind in KINDS}
        return Answers(path.stem, dict(told["document"]), rows)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FolderError(
            f"{path.name} is not of the form of answers: {error}", "mend it after docs/EVALUATION.md"
        ) from error


def read_warehouse(database: Path) -> dict[str, ReadDocument]:
    """Every document of a warehouse, by the stem of its file's name.

    Raises StageInputMissing when there is no warehouse.
    """
    if not database.is_file():
        raise StageInputMissing(f"{database} is missing", "run `vanban run` first")
    with duckdb.connect(str(database), read_only=True) as connection:
        headers = _rows(connection, "SELECT * FROM documents")
        by_document: dict[Kind, dict[str, list[Row]]] = {}
        for kind in KINDS:
            grouped: dict[str, list[Row]] = {}
            for row in _rows(connection, _ROWS_OF[kind]):
                grouped.setdefault(str(row["doc_id"]), []).append(row)
            by_document[kind] = grouped
    documents: dict[str, ReadDocument] = {}
    for header in headers:
        name = PurePosixPath(str(header["source_path"])).stem
        doc_id = str(header["doc_id"])
        documents[name] = ReadDocument(
            name=name,
            media=str(header["media"]),
            text=str(header["text"]),
            header=header,
            rows={kind: tuple(by_document[kind].get(doc_id, ())) for kind in KINDS},
        )
    return documents


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
