"""The documents as the ingest stage left them, for the stages that work through them one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from extractors.reading import Block
from pipeline.parquet_files import StageWriter, count_rows, grouped_by_document, read_rows
from pipeline.rows import block_of
from pipeline.stages.stage import StageRun, Tables


@dataclass(frozen=True, slots=True)
class IngestedText:
    """One document as the ingest stage left it."""

    doc_id: str
    source_path: str
    text: str
    blocks: tuple[Block, ...]

    @property
    def content_key(self) -> str:
        """The document and a hash over what was read of it."""
        content = hashlib.sha256(self.text.encode())
        content.update(repr(self.blocks).encode())
        return f"{self.doc_id}:{content.hexdigest()[:24]}"


def ingested_texts(run: StageRun) -> Iterator[IngestedText]:
    """All documents of the ingest stage with their blocks, in its order."""
    folder = run.folder("ingest")
    blocks = grouped_by_document(read_rows(folder, "blocks", "ingest"))
    ahead = next(blocks, None)
    for row in read_rows(folder, "documents", "ingest"):
        own: list[Block] = []
        if ahead is not None and ahead[0] == row["doc_id"]:
            own = [block_of(b) for b in ahead[1]]
            ahead = next(blocks, None)
        yield IngestedText(row["doc_id"], row["source_path"], row["text"], tuple(own))


def count_documents(run: StageRun) -> int:
    """Number of documents the ingest stage left."""
    return count_rows(run.folder("ingest"), "documents", "ingest")


def write_document_rows(out: StageWriter, doc_id: str, source_path: str, rows: Tables) -> None:
    """Write one document's rows; problems get the document's path and hash."""
    problems = [{**problem, "source_path": source_path, "sha256": doc_id} for problem in rows.pop("quarantine", ())]
    for name, some in chain(rows.items(), [("quarantine", problems)]):
        out.add(name, some)
