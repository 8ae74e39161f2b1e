"""What the extractors of another revision find in the same texts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import MissingTool, UsageError, VanbanError
from pipeline.evaluation.answers import ReadDocument, read_answers
from pipeline.evaluation.keys import Row
from pipeline.evaluation.pairing import KINDS, Kind
from pipeline.evaluation.scores import Evaluation, evaluate_documents
from pipeline.parquet_files import read_rows
from pipeline.rows import block_of

PROJECT = Path(__file__).resolve().parents[2]
_RUNNER = Path(__file__).with_name("rerun.py")
_SECONDS = 1800.0


def evaluate_revision(gold_dir: Path, ingest_dir: Path, revision: str | None, project: Path = PROJECT) -> Evaluation:
    """Hold what the extractors of `revision` find in the ingested texts against the answers.

    `ingest_dir` holds documents.parquet and blocks.parquet. `revision` is anything git can name; None takes the
    files of `project` as they are. Only documents that have answers are read.

    Raises UsageError for an unknown revision or a project without git, StageInputMissing without ingested texts,
    FolderError without answers, VanbanError when the extractors of that revision fail.
    """
    answers = read_answers(gold_dir)
    documents = _ingested(ingest_dir, {answer.name for answer in answers})
    requests = [json.dumps(request, ensure_ascii=False) for request, _ in documents.values()]
    if revision is None:
        results = _run(project, requests)
    else:
        with _checked_out(project, revision) as tree:
            results = _run(tree, requests)
    read = {name: _document(name, documents[name], result) for name, result in results.items()}
    return evaluate_documents(answers, read)


_Ingested = tuple[dict[str, object], str]


def _ingested(folder: Path, names: set[str]) -> dict[str, _Ingested]:
    """By document: the request for the runner, and the medium."""
    documents: dict[str, _Ingested] = {}
    name_of: dict[str, str] = {}
    blocks: dict[str, list[dict[str, object]]] = {}
    for row in read_rows(folder, "documents", "ingest"):
        name = PurePosixPath(row["source_path"]).stem
        if name in names:
            name_of[row["doc_id"]] = name
            blocks[name] = []
            documents[name] = ({"name": name, "text": row["text"], "blocks": blocks[name]}, row["media"])
    for row in read_rows(folder, "blocks", "ingest"):
        if row["doc_id"] in name_of:
            blocks[name_of[row["doc_id"]]].append(asdict(block_of(row)))
    return documents


def _document(name: str, ingested: _Ingested, result: Mapping[str, Any]) -> ReadDocument:
    request, media = ingested
    rows: dict[Kind, tuple[Row, ...]] = {kind: tuple(map(_as_row, result[kind])) for kind in KINDS}
    rows["sections"] = tuple(row for row in rows["sections"] if row.get("label") is not None)
    header: Row = dict(result["header"])
    return ReadDocument(name, media, str(request["text"]), header, rows)


def _as_row(record: Row) -> Row:
    return {**record, "char_start": record.get("start"), "char_end": record.get("end")}


def _run(tree: Path, requests: list[str]) -> dict[str, Mapping[str, Any]]:
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_RUNNER)],
            input="".join(request + "\n" for request in requests),
            env={**os.environ, "PYTHONPATH": str(tree)},
            cwd=tree,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().rpartition("\n")[2]
        raise VanbanError(
            f"the extractors of that revision fail: {last}", "name a revision that has extractors.document.extract"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise VanbanError(f"the extractors took more than {_SECONDS:.0f} s", "name another revision") from error
    results = map(json.loads, filter(None, done.stdout.split("\n")))
    return {str(result["name"]): result for result in results}


@contextmanager
def _checked_out(project: Path, revision: str) -> Iterator[Path]:
    """The files of `revision` in a temporary folder, which goes when the block ends."""
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    with tempfile.TemporaryDirectory(prefix="vanban-revision-") as folder:
        tree = Path(folder, "tree")
        _git(project, "worktree", "add", "--detach", "--quiet", str(tree), commit)
        try:
            yield tree
        finally:
            _git(project, "worktree", "remove", "--force", str(tree))


def _git(project: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(project), *words], capture_output=True, encoding="utf-8", check=True)
    except FileNotFoundError as error:
        raise MissingTool("git is not installed", "install git") from error
    except subprocess.CalledProcessError as error:
        told = error.stderr.strip() or f"git knows no such revision ({' '.join(words[-1:])})"
        raise UsageError(told, "give a revision of the project's git repository, such as HEAD~1 or v0.1.0") from error
    return done.stdout.strip()
