"""Parquet between the stages is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import StageInputMissing
from pipeline.parquet_files import (
    StageWriter,
    StoredRows,
    count_rows,
    grouped_by_document,
    read_batches,
    read_rows,
    stage_file,
)


def finding(doc_id: str, kind: str) -> dict[str, str]:
    return {"doc_id": doc_id, "kind": kind, "severity": "info", "message": "…"}


def test_rows_come_back_in_order_with_the_declared_columns(tmp_path: Path) -> None:
    with StageWriter(tmp_path, ["findings"]) as out:
        out.add("findings", [finding("a", "x")])
        out.add("findings", [finding("a", "y"), finding("b", "z")])
    rows = list(read_rows(tmp_path, "findings", "extract"))
    assert [row["kind"] for row in rows] == ["x", "y", "z"]
    assert rows[0]["char_start"] is None
    assert count_rows(tmp_path, "findings", "extract") == 3
    assert [(doc_id, len(group)) for doc_id, group in grouped_by_document(iter(rows))] == [("a", 2), ("b", 1)]


def test_columns_pass_through_and_the_missing_ones_are_filled(tmp_path: Path) -> None:
    with StageWriter(tmp_path / "one", ["findings"]) as out:
        out.add("findings", [finding("a", "x"), finding("b", "y")])
    with StageWriter(tmp_path / "two", ["findings"]) as out:
        out.add("findings", [finding("0", "first")])
        for batch in read_batches(stage_file(tmp_path / "one", "findings", "extract")):
            out.add_batch("findings", batch.drop_columns(["char_end"]), {"message": ["m", "n"]})
    rows = list(read_rows(tmp_path / "two", "findings", "extract"))
    assert [(row["kind"], row["message"], row["char_end"]) for row in rows] == [
        ("first", "…", None),
        ("x", "m", None),
        ("y", "n", None),
    ]


def test_stored_rows_can_be_gone_through_again_and_share_equal_texts(tmp_path: Path) -> None:
    with StageWriter(tmp_path, ["findings"]) as out:
        out.add("findings", [finding(doc_id, "x") for doc_id in "abcdef"])
    rows = StoredRows(stage_file(tmp_path, "findings", "extract"), ("kind", "doc_id", "char_start"))
    assert (
        [tuple(row.values()) for row in rows]
        == [("x", doc_id, None) for doc_id in "abcdef"]
        == [tuple(row.values()) for row in rows]
    )
    assert len({id(row["kind"]) for row in list(rows)}) == 1


def test_a_crash_leaves_the_previous_file(tmp_path: Path) -> None:
    with StageWriter(tmp_path, ["findings"]) as out:
        out.add("findings", [finding("a", "before")])
    with pytest.raises(RuntimeError), StageWriter(tmp_path, ["findings"]) as out:
        out.add("findings", [finding("a", "after")])
        raise RuntimeError
    assert [row["kind"] for row in read_rows(tmp_path, "findings", "extract")] == ["before"]
    assert [path.name for path in tmp_path.iterdir()] == ["findings.parquet"]


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="colour"), StageWriter(tmp_path, ["findings"]) as out:
        out.add("findings", [{**finding("a", "x"), "colour": "red"}])


def test_a_missing_input_names_the_stage_to_run(tmp_path: Path) -> None:
    with pytest.raises(StageInputMissing, match="vanban stage ingest"):
        list(read_rows(tmp_path, "documents", "ingest"))
