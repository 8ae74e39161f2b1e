"""Load and questions at size: a million citations of a hundred thousand documents, on two cores and 4 GB.

python benchmarks/warehouse_size.py [--documents 100000] [--folder DIR] [--memory 4GB] [--threads 2]

The rows are made straight into the stages' Parquet (warehouse_rows.sql), so that only the load stage and the questions
are timed. A folder that already holds the rows is used as it is.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from rich.console import Console

from pipeline.sample.vocabulary import vocabulary
from pipeline.settings import Settings
from pipeline.stages.load import MADE_BY, load
from pipeline.stages.stage import StageRun
from pipeline.warehouse.tables import tables

QUESTIONS = (
    ("1 citers", "SELECT level, province, count(*) FROM citers((SELECT instrument_id FROM often)) GROUP BY ALL"),
    ("2 coverage", "FROM coverage((SELECT instrument_id FROM told)) WHERE NOT answered"),
    ("3 deadlines next month", "FROM deadlines_between('2025-12-01', '2025-12-31')"),
    ("4 signing for the head", "FROM signing_for() LIMIT 20"),
    ("5 cascade, often cited", "SELECT level, median(days_from_start) FROM cascade((FROM often)) GROUP BY ALL"),
    ("5 cascade, of a province", "FROM cascade((SELECT instrument_id FROM told))"),
    ("6 cited after replaced", "FROM cited_after_replaced(2025)"),
    ("7 series gaps of a unit", "FROM series_gaps((SELECT unit_id FROM busy), 2020)"),
    ("8 disagreements", "FROM disagreements()"),
    ("9 unlike peers", "FROM unlike_peers((SELECT unit_id FROM busy)) WHERE n_peers_citing = 0"),
    ("10 where said", "FROM where_said((SELECT instrument_id FROM seldom))"),
    ("10 where said, often cited", "FROM where_said((SELECT instrument_id FROM often))"),
    ("coverage of a level", "FROM coverage_of((SELECT instrument_id FROM often), NULL, 'huyện')"),
    ("overdue on a day", "FROM overdue('2020-06-30') LIMIT 100"),
    ("obligations", "FROM obligations ORDER BY due_date LIMIT 100"),
    ("obligations by unit", "FROM obligations_by_unit ORDER BY n_deadlines DESC LIMIT 20"),
    ("citation edges of a year", "SELECT citing_unit_id, cited FROM citation_edges WHERE year(citing_date) = 2020"),
    ("unit × instrument", "FROM unit_instruments ORDER BY n_documents DESC LIMIT 20"),
    ("co-citation", "FROM co_citation ORDER BY n_documents DESC LIMIT 20"),
    ("co-cited with one", "FROM co_cited((SELECT instrument_id FROM often)) LIMIT 20"),
    ("most cited by level and year", "FROM most_cited WHERE rank <= 10"),
    ("half-life", "FROM citation_half_life"),
    ("series", "FROM series ORDER BY n_missing DESC LIMIT 20"),
    ("data quality by unit", "FROM data_quality_by_unit ORDER BY n_documents DESC LIMIT 20"),
    ("signatory activity", "FROM signatory_activity ORDER BY n_documents DESC LIMIT 20"),
    ("search, phrase", "FROM search_text('\"khao sat thuc te\"')"),
    ("search, rare word", "FROM search_text('khảo')"),
    ("citation in context", "FROM citations_in_context WHERE instrument_id = (SELECT instrument_id FROM seldom)"),
)  # fmt: skip
"""One example of every view and macro; `often`, `seldom`, `told` are instruments, `busy` a unit of the corpus."""

EXAMPLES = """
CREATE TEMP TABLE often AS SELECT instrument_id FROM instruments ORDER BY n_citing_documents DESC, 1 LIMIT 1;
CREATE TEMP TABLE seldom AS SELECT instrument_id FROM instruments WHERE n_citing_documents = 3 ORDER BY 1 LIMIT 1;
CREATE TEMP TABLE told AS
SELECT instrument_id FROM instruments JOIN units ON unit_id = issuer_unit_id
WHERE doc_id IS NOT NULL AND kind = 'ủy ban nhân dân' AND level = 'tỉnh' ORDER BY n_citing_documents DESC, 1 LIMIT 1;
CREATE TEMP TABLE busy AS SELECT issuer_unit_id AS unit_id FROM documents JOIN units ON unit_id = issuer_unit_id
WHERE level = 'huyện' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1;
"""


def write_rows(folder: Path, documents: int) -> None:
    """Write the stages' Parquet of an invented corpus of `documents` documents."""
    syllables = sorted({word for word in re.findall(r"\w+", str(vocabulary())) if word.islower()})
    with duckdb.connect() as db:
        db.execute("SET VARIABLE documents = ?", [documents])
        db.execute("SET VARIABLE syllables = ?", [syllables])
        for table in tables().values():
            columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
            db.execute(f"CREATE TABLE {table.name} ({columns})")
        db.execute((Path(__file__).parent / "warehouse_rows.sql").read_text(encoding="utf-8"))
        for name, stages in MADE_BY.items():
            for at, stage in enumerate(stages):
                (folder / stage).mkdir(parents=True, exist_ok=True)
                rows = name if at == 0 else f"(FROM {name} LIMIT 0)"
                db.execute(f"COPY {rows} TO '{folder / stage / name}.parquet' (FORMAT parquet, COMPRESSION zstd)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument(
        "--folder", type=Path, help="where the rows and the warehouse lie; a temporary folder without it"
    )
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(arguments.folder or Path(temporary), arguments.documents, arguments.memory, arguments.threads)
    return 0


def measure(folder: Path, documents: int, memory: str, threads: int) -> None:
    """Print the time of the load, the sizes, and the time of every question."""
    if not (folder / "resolve" / "citations.parquet").exists():
        with Timed("rows made"):
            write_rows(folder, documents)
    with Timed("load"):
        database = load(StageRun(folder, Settings(workers=threads, memory=memory), Console(file=io.StringIO())))
    parquet = sum(path.stat().st_size for path in (folder / "tables").glob("*.parquet"))
    say(f"{'database':32}{database.stat().st_size / 1e6:9.0f} MB = {database.stat().st_size / parquet:.2f} × Parquet")
    with duckdb.connect(str(database), read_only=True, config={"memory_limit": memory, "threads": threads}) as db:
        for name in ("documents", "citations", "edges"):
            say(f"{name:32}{db.table(name).count('*').fetchall()[0][0]:12,}")
        db.execute(EXAMPLES)
        for name, sql in QUESTIONS:
            with Timed(name):
                rows = len(db.execute(sql).fetchall())
            say(f"{'':32}{rows:12,} rows")


class Timed:
    """Prints the wall and processor seconds of a block."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        say(f"{self._name:32}{wall:9.2f} s  {cpu:8.2f} s of processor")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
