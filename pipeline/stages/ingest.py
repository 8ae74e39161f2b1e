"""ingest: bytes → pages → normalised text and blocks.

Reads every file below the raw folder into `ingest/*.parquet`. Files with the same bytes are one document with several
copies. What cannot be read is a row of quarantine. Hidden files (`.name`) are no documents.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FolderError
from pipeline.limits import Limits
from pipeline.parquet_files import StageWriter
from pipeline.result_cache import code_version
from pipeline.rows import source_rows
from pipeline.sources.registry import read_file
from pipeline.stages.stage import StageRun, Tables
from pipeline.text_likeness import sketch
from pipeline.warehouse.tables import HEADER_COLUMNS, Column, Table, table

TABLES = ("documents", "document_copies", "pages", "blocks", "digital_signatures", "findings", "quarantine")
_READING_CODE = ("pipeline.sources", "extractors.reading", "pipeline.rows", "pipeline.text_likeness")
TEXT_SKETCHES = Table(
    "text_sketches",
    "Of each text its length and its sketch (pipeline.text_likeness), by which variants are found.",
    (
        Column("doc_id", "VARCHAR", "The document.", required=True),
        Column("n_characters", "INTEGER", "Length of the text.", required=True),
        Column("sketch", "VARCHAR", "128 values, as letters.", required=True),
    ),
    ("doc_id",),
)


@dataclass(frozen=True, slots=True)
class RawContent:
    """One content to read: a file that holds it, its hash, and what reading it may cost."""

    path: Path
    sha256: str
    limits: Limits


def ingest(raw: Path, run: StageRun) -> None:
    """Read all files below `raw` into the stage's folder.

    Raises FolderError when `raw` cannot be listed. A file that cannot be read goes to quarantine.
    """
    contents: dict[str, RawContent] = {}
    copies: dict[str, list[str]] = {}
    unopened: list[dict[str, str | None]] = []
    for path in files_below(raw):
        source_path = path.relative_to(raw).as_posix()
        try:
            sha256 = _sha256(path)
        except OSError as error:
            message = f"không mở được tệp: {error.strerror} → kiểm tra quyền đọc tệp rồi chạy lại"
            unopened.append(
                {"source_path": source_path, "sha256": None, "stage": "ingest", "error": "unreadable",
                 "message": message}
            )  # fmt: skip
            continue
        contents.setdefault(sha256, RawContent(path, sha256, run.settings.limits))
        copies.setdefault(sha256, []).append(source_path)
    cache = run.cache("ingest", code_version(_READING_CODE, (repr(run.settings.limits),)))
    schemas = {
        "documents": table("documents").schema_without(*HEADER_COLUMNS, "issuer_unit_id"),
        TEXT_SKETCHES.name: TEXT_SKETCHES.arrow_schema,
    }
    with (
        StageWriter(run.folder("ingest"), (*TABLES, TEXT_SKETCHES.name), schemas) as out,
        run.progress("Đọc tệp", len(contents)) as progress,
    ):
        out.add("quarantine", unopened)
        for content, rows in run.work_through("ingest", contents.values(), _key, _read, cache):
            paths = copies[content.sha256]
            for problem in rows.pop("quarantine", ()):
                out.add("quarantine", [{**problem, "source_path": path, "sha256": content.sha256} for path in paths])
            for document in rows.get("documents", ()):
                document["source_path"] = paths[0]
                out.add("document_copies", [{"doc_id": content.sha256, "source_path": path} for path in paths])
            for name, some in rows.items():
                out.add(name, some)
            progress.advance(failed="documents" not in rows)
    cache.close(drop_other_versions=True)


def files_below(raw: Path) -> list[Path]:
    """Every file below a folder but hidden ones, in the order of their names.

    Raises FolderError when a folder cannot be listed.
    """

    def fail(error: OSError) -> None:
        raise FolderError(f"{error.filename} cannot be listed: {error.strerror}", "give a folder that you may read")

    if not raw.is_dir():
        raise FolderError(f"{raw} is no folder", "give the folder that holds the documents")
    found: list[Path] = []
    for folder, folders, names in os.walk(raw, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in names if not name.startswith(".")]
    return sorted(found, key=lambda path: path.relative_to(raw).as_posix())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key(content: RawContent) -> str:
    return content.sha256


def _read(content: RawContent) -> Tables:
    document = read_file(content.path, content.limits)
    sketched = {"doc_id": content.sha256, "n_characters": len(document.text), "sketch": sketch(document.text)}
    return {**source_rows(content.sha256, document), TEXT_SKETCHES.name: [sketched]}
