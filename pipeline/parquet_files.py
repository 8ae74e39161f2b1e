"""Parquet between the stages: written in batches, whole or not at all, with the declared schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import StageInputMissing
from pipeline.warehouse.tables import table

Row = Mapping[str, Any]
_BATCH_ROWS = 20_000


class StageWriter:
    """Writes the Parquet files of one stage into `folder`, one file a table.

    Files are written beside their final names and renamed when the stage ends well, so that a crash leaves the
    previous ones. Rows may lack columns (NULL) but not have unknown ones. `schemas` gives tables that are not the
    warehouse's own.
    """

    def __init__(self, folder: Path, names: Iterable[str], schemas: Mapping[str, pa.Schema] | None = None) -> None:
        self._folder = folder
        self._schemas = {name: (schemas or {}).get(name) or table(name).arrow_schema for name in names}
        self._pending: dict[str, list[Row]] = {name: [] for name in self._schemas}
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> StageWriter:
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, schema in self._schemas.items():
            self._writers[name] = pq.ParquetWriter(self._partial(name), schema, compression="zstd")
        return self

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Append rows to a table, in the order given."""
        pending = self._pending[name]
        for row in rows:
            pending.append(row)
            if len(pending) >= _BATCH_ROWS:
                self._flush(name)

    def add_batch(self, name: str, batch: pa.RecordBatch, filled: Mapping[str, Sequence[object]]) -> None:
        """Append the columns of `batch` and those `filled` to a table, after the rows added so far."""
        self._flush(name)
        schema = self._schemas[name]
        columns = [
            pa.array(filled[field.name], field.type)
            if field.name in filled
            else batch.column(field.name)
            if field.name in batch.schema.names
            else pa.nulls(batch.num_rows, field.type)
            for field in schema
        ]
        self._writers[name].write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))

    def _flush(self, name: str) -> None:
        rows = self._pending[name]
        if rows:
            schema = self._schemas[name]
            unknown = set().union(*rows[:1]) - set(schema.names)
            if unknown:
                raise KeyError(f"{name} has no column {sorted(unknown)}")
            self._writers[name].write_table(pa.Table.from_pylist(rows, schema=schema))
            rows.clear()

    def _partial(self, name: str) -> Path:
        return self._folder / f".{name}.parquet.partial"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, writer in self._writers.items():
            if kind is None:
                self._flush(name)
            writer.close()
            if kind is None:
                self._partial(name).replace(self._folder / f"{name}.parquet")
            else:
                self._partial(name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Some columns of one table of a stage, to be gone through as often as needed without holding them all.

    Equal texts of neighbouring rows are one object, so that what is kept of a million rows stays small.
    """

    file: Path
    columns: tuple[str, ...]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        shared: dict[Any, Any] = {}
        for batch in read_batches(self.file, self.columns):
            for values in zip(*(_values(column, shared) for column in batch.columns), strict=True):
                yield dict(zip(self.columns, values, strict=True))


def read_batches(file: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """A table of a stage by columns, in batches, in order."""
    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches(batch_size=_BATCH_ROWS, columns=columns):
            yield batch.select(columns) if columns is not None else batch


def _values(column: pa.Array, shared: dict[Any, Any]) -> list[Any]:
    if not (pa.types.is_string(column.type) or pa.types.is_date(column.type)):
        return list(column.to_pylist())
    encoded = column.dictionary_encode()
    values = encoded.dictionary.to_pylist()
    if 2 * len(values) < len(column):
        values = [shared.setdefault(value, value) for value in values]
    return [None if at is None else values[at] for at in encoded.indices.to_pylist()]


def read_rows(folder: Path, name: str, made_by: str) -> Iterator[dict[str, Any]]:
    """The rows of one table of a stage, in order.

    Raises StageInputMissing, naming the stage `made_by`, when the file is not there.
    """
    with pq.ParquetFile(stage_file(folder, name, made_by)) as file:
        for batch in file.iter_batches(batch_size=2_000):
            yield from batch.to_pylist()


def count_rows(folder: Path, name: str, made_by: str) -> int:
    """Number of rows of one table of a stage."""
    return int(pq.read_metadata(stage_file(folder, name, made_by)).num_rows)


def stage_file(folder: Path, name: str, made_by: str) -> Path:
    """The Parquet file of one table; StageInputMissing, naming the stage `made_by`, when it is not there."""
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise StageInputMissing(f"{path} is missing", f"run `vanban stage {made_by}` first")
    return path


def grouped_by_document(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Neighbouring rows of one document together, as (doc_id, rows)."""
    current: str | None = None
    group: list[dict[str, Any]] = []
    for row in rows:
        if row["doc_id"] != current:
            if current is not None:
                yield current, group
            current, group = row["doc_id"], []
        group.append(row)
    if current is not None:
        yield current, group
