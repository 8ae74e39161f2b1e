"""How long, and in how much memory, a million citations are resolved.

    python benchmarks/resolve_scale.py OUT --documents 100000

OUT is the folder that `vanban run` wrote for a corpus of any size (the generator's: `vanban sample DIR --documents
2000`). Its extracted rows are repeated under new document ids until there are enough: two numbers in three differ from
copy to copy, so that instruments grow with the corpus while some are cited ever more often, and every fifth copy comes
from units of other names. The resolve stage then runs in a process of its own, of which CPU seconds and the greatest
resident memory are told.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console

from pipeline.settings import Settings
from pipeline.stages.resolve import resolve
from pipeline.stages.stage import StageRun
from pipeline.text_likeness import FUNCTIONS, read_sketch

_TABLES = (
    ("ingest", "documents"),
    ("ingest", "text_sketches"),
    ("ingest", "digital_signatures"),
    ("review", "headers"),
    ("review", "citations"),
    ("review", "recipients"),
    ("review", "signatories"),
)


def multiplied(source: Path, target: Path, documents: int) -> int:
    """Write the rows of `source` as often as gives `documents` documents; returns the number of citations."""
    there = pq.read_metadata(source / "review" / "headers.parquet").num_rows
    copies = max(1, round(documents / there))
    for stage, name in _TABLES:
        (target / stage).mkdir(parents=True, exist_ok=True)
        table = pq.read_table(source / stage / f"{name}.parquet")
        if name == "documents":
            table = table.set_column(table.schema.get_field_index("text"), "text", pa.array([""] * len(table)))
        with pq.ParquetWriter(target / stage / f"{name}.parquet", table.schema, compression="zstd") as out:
            for copy in range(copies):
                out.write_table(_copied(table, copy))
    return pq.read_metadata(target / "review" / "citations.parquet").num_rows


def _copied(table: pa.Table, copy: int) -> pa.Table:
    def sha(doc_id: str) -> str:
        return hashlib.sha256(f"{doc_id}{copy}".encode()).hexdigest()

    def part_id(found: str) -> str:
        return sha(found.partition("-")[0])[:20] + "-" + found.partition("-")[2]

    def number(written: str) -> str:
        digits = written[: len(written) - len(written.lstrip("0123456789"))]
        if not digits or int(digits) % 3 == 0:
            return written
        return f"{int(digits) + 7 * copy}{written[len(digits) :]}"

    def issuer(written: str) -> str:
        return f"{written} {copy}" if copy % 5 == 4 and written.startswith("Trường") else written

    mask = np.random.default_rng(copy).integers(0, 2**32, FUNCTIONS, dtype=np.uint32)

    def sketch(letters: str) -> str:  # a copy's text is like no other's
        return base64.b64encode((read_sketch(letters) ^ mask).astype("<u4").tobytes()).decode("ascii")

    changed: dict[str, Callable[[str], str]] = {
        "doc_id": sha, "citation_id": part_id, "antecedent_id": part_id, "number": number, "ref": number,
        "ref_repaired": number, "sketch": sketch,
    }  # fmt: skip
    if "place" in table.schema.names:
        changed["issuer"] = issuer
    for name, change in changed.items():
        if name in table.schema.names:
            at = table.schema.get_field_index(name)
            values = [None if value is None else change(value) for value in table[name].to_pylist()]
            table = table.set_column(at, table.schema.field(at), pa.array(values, table.schema.field(at).type))
    return table


def measured(folder: Path) -> str:
    """Resolve the rows of `folder` in this process and tell what it cost."""
    started = time.process_time()
    resolve(StageRun(folder, Settings.load(None), Console(file=io.StringIO())))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"resolve: {time.process_time() - started:.1f} CPU seconds, {peak:.0f} MB at most"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        sys.stdout.write(measured(given.out) + "\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        citations = multiplied(given.out, Path(folder), given.documents)
        sys.stdout.write(f"{citations:,} citations\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, __file__, folder, "--measure"], check=True)
        rows = pq.read_metadata(Path(folder) / "resolve" / "instruments.parquet").num_rows
        units = pq.read_metadata(Path(folder) / "resolve" / "units.parquet").num_rows
        sys.stdout.write(f"{rows:,} instruments, {units:,} units\n")


if __name__ == "__main__":
    main()
