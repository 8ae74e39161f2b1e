"""ingest: bytes → pages → normalised text and blocks.

Reads every file below the raw folder into `ingest/*.parquet`. Files with the same bytes are one document with several
copies. What cannot be read is a row of quarantine. Hidden files (`.name`) are no documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.limits import Limits
from pipeline.parquet_files import StageWriter
from pipeline.raw_files import RawFile, files_below, printable, sha256_of
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

    Raises FolderError when `raw` cannot be listed. What cannot be read goes to quarantine.
    """
    contents: dict[str, RawContent] = {}
    copies: dict[str, list[str]] = {}
    unopened: list[dict[str, str | None]] = []
    for file in files_below(raw, run.settings.limits):
        try:
            if file.refused is not None:
                raise file.refused
            sha256 = sha256_of(file.path)
        except OSError as error:
            refused = UnreadableFile(f"không mở được tệp: {error.strerror}", "kiểm tra quyền đọc tệp rồi chạy lại")
            unopened.append(_refusal(file, refused))
        except UnreadableFile as error:
            unopened.append(_refusal(file, error))
        else:
            contents.setdefault(sha256, RawContent(file.path, sha256, run.settings.limits))
            copies.setdefault(sha256, []).append(file.source_path)
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


def _refusal(file: RawFile, error: UnreadableFile) -> dict[str, str | None]:
    return {
        "source_path": file.source_path,
        "sha256": None,
        "stage": "ingest",
        "error": error.kind,
        "message": printable(str(error)),
    }


def _key(content: RawContent) -> str:
    return content.sha256


def _read(content: RawContent) -> Tables:
    document = read_file(content.path, content.limits)
    sketched = {"doc_id": content.sha256, "n_characters": len(document.text), "sketch": sketch(document.text)}
    return {**source_rows(content.sha256, document), TEXT_SKETCHES.name: [sketched]}
