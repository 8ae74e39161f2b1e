"""ingest: bytes → pages → normalised text and blocks.

Reads every file below the raw folder into `ingest/*.parquet`. Files with the same bytes are one document with several
copies. Files that hold files (.zip, mail, PDF portfolios) are opened one level deep; each member is a document of its
own, at `container!/member`. What cannot be read is a row of quarantine. Hidden files (`.name`) are no documents.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

from pipeline.errors import EmptyDocument, NestedContainer, UnreadableFile
from pipeline.limits import Limits
from pipeline.parallel_documents import DocumentPool
from pipeline.parquet_files import StageWriter
from pipeline.raw_files import RawFile, files_below, printable, sha256_of
from pipeline.result_cache import ResultCache, code_version
from pipeline.rows import Row, source_rows
from pipeline.sources.containers import CONTAINERS, SEPARATOR, Member, list_members, unpacked
from pipeline.sources.office import convert_together, read_converted
from pipeline.sources.registry import check_size, detect_format, office_format, read_file
from pipeline.sources.tesseract import engine_version
from pipeline.sources.word_binary import SIMPLE_READER
from pipeline.stages.stage import StageRun, Tables
from pipeline.stages.stage_schemas import TEXT_SKETCHES, of_ingest
from pipeline.text_likeness import sketch

TABLES = ("documents", "document_copies", "pages", "blocks", "digital_signatures", "findings", "quarantine")
READING_CODE = (
    "pipeline.sources", "pipeline.rows", "pipeline.text_likeness", "extractors.reading", "extractors.records",
    "extractors.text", "extractors.grammar.family_names", "extractors.grammar.header",
    "extractors.grammar.named_laws", "extractors.grammar.ocr_phrases", "extractors.grammar.organs",
    "extractors.grammar.positions", "extractors.grammar.provinces",
)  # fmt: skip
"""Code and tables that what is read depends on; a change of them reads everything anew."""
_MEMBERS = "members"
_OFFICE_FILES = 25


@dataclass(frozen=True, slots=True)
class RawContent:
    """One content to read: a file that holds it, its hash, and what reading it may cost.

    A member of a container has the container's `path`, its format and the member's position in it. `converted` is the
    .docx that LibreOffice made of it beforehand.
    """

    path: Path
    sha256: str
    limits: Limits
    passwords: tuple[str, ...] = field(default=(), repr=False)
    container: str | None = None
    position: int = 0
    converted: Path | None = None


@dataclass(frozen=True, slots=True)
class OfficeBatch:
    """Files for one start of LibreOffice, each with its format, and the folder that the .docx go to."""

    formats: dict[Path, str]
    folder: Path
    limits: Limits


def ingest(raw: Path, run: StageRun) -> None:
    """Read all files below `raw`, and those in containers among them, into the stage's folder.

    Raises FolderError when `raw` cannot be listed. What cannot be read goes to quarantine.
    """
    limits, passwords = run.settings.limits, run.settings.passwords
    contents: dict[str, RawContent] = {}
    paths: dict[str, list[str]] = {}
    refusals: list[Row] = []
    for file in files_below(raw, limits):
        try:
            if file.refused is not None:
                raise file.refused
            sha256 = sha256_of(file.path)
        except OSError as error:
            refusals.append(_refusal(file, UnreadableFile.unopened(error)))
        except UnreadableFile as error:
            refusals.append(_refusal(file, error))
        else:
            contents.setdefault(sha256, RawContent(file.path, sha256, limits, passwords))
            paths.setdefault(sha256, []).append(file.source_path)
    cache = run.cache("ingest", code_version(READING_CODE, (repr(limits), engine_version())))
    with StageWriter(run.folder("ingest"), (*TABLES, TEXT_SKETCHES.name), of_ingest()) as out:
        out.add("quarantine", refusals)
        reading = _Reading(run, cache, out)
        opened = reading.read("Đọc tệp", contents, paths)
        inner, inner_paths = reading.members(opened, contents, paths)
        nested = reading.read("Đọc tệp trong gói", inner, inner_paths)
        for sha256, members in nested.items():
            for found_at, member in product(inner_paths[sha256], members):
                message = "gói trong gói không được mở → giải nén gói ngoài rồi chạy lại"
                problem = _problem(
                    f"{found_at}{SEPARATOR}{member['name']}", member["sha256"], "nested_container", message
                )
                out.add("quarantine", [problem])
    cache.close(drop_other_versions=True)


class _Reading:
    """Reads contents and writes their rows; remembers what became of each."""

    def __init__(self, run: StageRun, cache: ResultCache, out: StageWriter) -> None:
        self._run = run
        self._cache = cache
        self._out = out
        self._problems: dict[str, list[Row]] = {}
        self._read: set[str] = set()

    def read(
        self, label: str, contents: Mapping[str, RawContent], paths: Mapping[str, list[str]]
    ) -> dict[str, list[Row]]:
        """Read `contents`, found under `paths`; returns the members of those that are containers."""
        containers: dict[str, list[Row]] = {}
        if not contents:
            return containers
        with (
            self._run.progress(label, len(contents)) as progress,
            tempfile.TemporaryDirectory(prefix="vanban-office-") as folder,
        ):
            ready = self._converted(contents, Path(folder))
            for content, rows in self._run.work_through("ingest", ready, _key, _read, self._cache, _is_lasting):
                sha256 = content.sha256
                if members := rows.pop(_MEMBERS, []):
                    containers[sha256] = members
                self._problems[sha256] = rows.pop("quarantine", [])
                for document in rows.get("documents", ()):
                    document["source_path"] = paths[sha256][0]
                    self._read.add(sha256)
                for name, some in rows.items():
                    self._out.add(name, some)
                self._found_at(sha256, paths[sha256])
                progress.advance(failed="documents" not in rows and not members)
        return containers

    def _converted(self, contents: Mapping[str, RawContent], folder: Path) -> list[RawContent]:
        """The contents, those that LibreOffice must open with what one start of it made of many."""
        batches: list[OfficeBatch] = []
        for content in contents.values():
            if content.container is None and not self._cache.holds(content.sha256):
                file_format = office_format(content.path)
                if file_format is not None:
                    if not batches or len(batches[-1].formats) == _OFFICE_FILES:
                        batches.append(OfficeBatch({}, folder, content.limits))
                    batches[-1].formats[content.path] = file_format
        if sum(len(batch.formats) for batch in batches) < 2:
            return list(contents.values())
        made: dict[Path, Path] = {}
        limits = self._run.settings.limits
        seconds = limits.convert_seconds * 2 + limits.file_seconds
        with DocumentPool(workers=self._run.workers, seconds=seconds, memory_bytes=limits.worker_bytes) as pool:
            for outcome in pool.each(_convert, batches):
                made |= outcome.result or {}
        return [replace(content, converted=made.get(content.path)) for content in contents.values()]

    def members(
        self, containers: Mapping[str, list[Row]], contents: Mapping[str, RawContent], paths: Mapping[str, list[str]]
    ) -> tuple[dict[str, RawContent], dict[str, list[str]]]:
        """What the containers hold and nothing has read yet, and the paths it is found under."""
        inner: dict[str, RawContent] = {}
        inner_paths: dict[str, list[str]] = {}
        for container, members in containers.items():
            for path, member in product(paths[container], members):
                source_path, sha256 = f"{path}{SEPARATOR}{member['name']}", member["sha256"]
                if sha256 is None:
                    self._out.add("quarantine", [_problem(source_path, None, member["error"], member["message"])])
                elif sha256 in contents:
                    self._found_at(sha256, [source_path])
                else:
                    whole = contents[container]
                    inner.setdefault(
                        sha256, replace(whole, sha256=sha256, container=member["format"], position=member["position"])
                    )
                    inner_paths.setdefault(sha256, []).append(source_path)
        return inner, inner_paths

    def _found_at(self, sha256: str, paths: list[str]) -> None:
        """Write where a content that has been read, or could not be, was found."""
        for path in paths:
            for problem in self._problems[sha256]:
                message = _without_name(problem["message"], paths)
                self._out.add("quarantine", [{**problem, "source_path": path, "sha256": sha256, "message": message}])
            if sha256 in self._read:
                self._out.add("document_copies", [{"doc_id": sha256, "source_path": path}])


def _without_name(message: str, paths: Iterable[str]) -> str:
    """A reader's message without the file's name in front: the same bytes may stand under several names."""
    for path in paths:
        message = message.removeprefix(f"{path.rpartition(SEPARATOR)[2].rpartition('/')[2]}: ")
    return message


def _problem(source_path: str, sha256: str | None, error: str, message: str) -> Row:
    return {"source_path": source_path, "sha256": sha256, "stage": "ingest", "error": error, "message": message}


def _refusal(file: RawFile, error: UnreadableFile) -> Row:
    return _problem(file.source_path, None, error.kind, printable(str(error)))


def _key(content: RawContent) -> str:
    return content.sha256


def _is_lasting(rows: Tables) -> bool:
    """Whether the rows may be kept: what was read for want of LibreOffice is read again once it is there."""
    return all(finding["kind"] != SIMPLE_READER.kind for finding in rows.get("findings", ()))


def _convert(batch: OfficeBatch) -> dict[Path, Path]:
    return convert_together(batch.formats, batch.folder, batch.limits)


def _read(content: RawContent) -> Tables:
    if content.container is None:
        return _read_at(content.path, content)
    with unpacked(content.path, content.container, content.position, content.limits) as path:
        return _read_at(path, content)


def _read_at(path: Path, content: RawContent) -> Tables:
    """The rows of one content; a container has its members as rows too, and need not have a text of its own."""
    limits = content.limits
    check_size(path, limits)
    file_format = detect_format(path)
    if file_format == "zip" and content.container is not None:
        raise NestedContainer(f"{path.name}: gói nén trong gói không được mở", "giải nén gói ngoài rồi chạy lại")
    rows: Tables = {}
    problem: UnreadableFile | None = None
    if file_format != "zip":
        try:
            if content.converted is not None:
                document = read_converted(content.converted, file_format, limits)
            else:
                document = read_file(path, limits, content.passwords)
            sketched = {"doc_id": content.sha256, "n_characters": len(document.text), "sketch": sketch(document.text)}
            rows = {**source_rows(content.sha256, document), TEXT_SKETCHES.name: [sketched]}
        except UnreadableFile as error:
            problem = error
    members = list_members(path, file_format, limits) if file_format in CONTAINERS and problem is None else []
    if problem is not None and not (members := _members_of_empty(path, file_format, limits, problem)):
        raise problem
    if file_format == "zip" and not members:
        raise EmptyDocument(f"{path.name}: gói nén không có tệp nào", "lấy lại gói từ nguồn")
    if members:
        rows[_MEMBERS] = [_member_row(member, file_format) for member in members]
    return rows


def _members_of_empty(path: Path, file_format: str, limits: Limits, problem: UnreadableFile) -> list[Member]:
    """The attachments of a mail or a portfolio without a text of its own."""
    return list_members(path, file_format, limits) if isinstance(problem, EmptyDocument) else []


def _member_row(member: Member, file_format: str) -> Row:
    return {
        "position": member.position,
        "name": member.name,
        "format": file_format,
        "sha256": member.sha256,
        "error": member.error.kind if member.error else None,
        "message": str(member.error) if member.error else None,
    }
