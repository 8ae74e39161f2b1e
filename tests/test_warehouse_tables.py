"""The tables' one definition, and everything that is made from it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import duckdb
import pytest

from pipeline.stages.load import MADE_BY
from pipeline.warehouse.keys import broken_keys
from pipeline.warehouse.tables import tables
from pipeline.warehouse.views import DERIVED, create_views

ROOT = Path(__file__).parent.parent
CONTRACT = ROOT.parent / "shared" / "contract" / "schema.sql"


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    for table in tables().values():
        db.execute(table.create_statement)
        for statement in table.comment_statements:
            db.execute(statement)
    create_views(db)
    return db


def test_tables_can_be_created_in_their_order_with_comments(warehouse: duckdb.DuckDBPyConnection) -> None:
    uncommented = warehouse.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL "
        "AND table_name IN (SELECT table_name FROM duckdb_tables())"
    ).fetchall()
    assert uncommented == []


def test_every_table_has_a_stage_that_makes_it() -> None:
    assert {*MADE_BY, *DERIVED} == set(tables())


def test_a_check_refuses_what_the_dictionary_forbids(warehouse: duckdb.DuckDBPyConnection) -> None:
    doc_id = "0" * 64
    warehouse.execute(
        "INSERT INTO documents (doc_id, source_path, file_format, media, text) VALUES (?, 'a.txt', 'txt', ?, '')",
        [doc_id, "born_digital"],
    )
    with pytest.raises(duckdb.ConstraintException):
        warehouse.execute("INSERT INTO sections (doc_id, section_id, zone) VALUES (?, 's', 'đâu đó')", [doc_id])


def test_keys_are_held_in_bulk(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert list(broken_keys(warehouse)) == []
    warehouse.execute("INSERT INTO pages (doc_id, page_no) VALUES ('nobody', 1)")
    warehouse.execute("INSERT INTO units (unit_id, name) VALUES ('u', 'Một'), ('u', 'Hai')")
    assert list(broken_keys(warehouse)) == [
        "pages.doc_id = 'nobody' is not in documents",
        "units: key (\"unit_id\") stands twice: ('u',)",
    ]


def test_data_dictionary_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("data_dictionary", ROOT / "scripts" / "data_dictionary.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text(encoding="utf-8") == module.dictionary(), "run `make docs`"


@pytest.mark.corpus
@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract (../shared/contract) is not beside this checkout")
def test_every_column_of_the_contract_is_there() -> None:
    for name, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\);", CONTRACT.read_text(encoding="utf-8"), re.DOTALL):
        lines = re.sub(r"--.*", "", body)
        wanted = {part.split()[0] for part in lines.split(",") if part.split()}
        assert wanted <= {column.name for column in tables()[name].columns}, name
