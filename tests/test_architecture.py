"""Data flows one way: what each room may know stands in docs/ARCHITECTURE.md, what a stage depends on in dvc.yaml."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pytest
import yaml

from pipeline.stages.ingest import READING_CODE

ROOT = Path(__file__).parent.parent
FOUNDATION = {f"pipeline/{name}.py" for name in ("errors", "limits", "levels", "wording", "worker_memory")}
"""Words and figures that every room may use."""
MACHINERY = FOUNDATION | {
    "pipeline/parallel_documents.py", "pipeline/parquet_files.py", "pipeline/progress.py", "pipeline/result_cache.py",
    "pipeline/settings.py", "pipeline/stages/stage.py", "pipeline/warehouse/tables.py",
}  # fmt: skip
"""How work is run, which changes no result; what it needs itself does not count."""


@cache
def modules() -> dict[str, Path]:
    """Path below the root of every module, by its dotted name; packages as their folder's __init__.py."""
    paths = [path.relative_to(ROOT) for room in ("pipeline", "extractors") for path in (ROOT / room).rglob("*.py")]
    return {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def known_to(path: Path) -> tuple[Path, ...]:
    """The modules of the project that a module imports, wherever in its text."""
    return tuple(dict.fromkeys(_imports(ast.parse((ROOT / path).read_text(encoding="utf-8")))))


def _imports(tree: ast.Module) -> Iterator[Path]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                found = modules().get(f"{node.module}.{name.name}") or modules().get(node.module)
                if found is not None:
                    yield found


def reached(starts: list[Path]) -> set[Path]:
    """The modules that `starts` need, themselves among them."""
    found: set[Path] = set()
    while starts:
        path = starts.pop()
        if path not in found:
            found.add(path)
            starts += () if path.as_posix() in MACHINERY else known_to(path)
    return found


def rooms() -> dict[str, set[str]]:
    """The rooms of docs/ARCHITECTURE.md and the rooms that each knows of."""
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text[text.index("| room |") : text.index("## What flows")]
    found: dict[str, set[str]] = {}
    for line in table.splitlines()[2:]:
        if line.startswith("|"):
            names, _, knows = (cell.strip() for cell in line.strip("|").split("|"))
            above = set(found) if "all of the above" in knows else set()
            for name in re.findall(r"`([\w/.]+)`", names):
                found[name] = above | set(re.findall(r"`([\w/.]+)`", knows))
    return found


def room_of(path: Path) -> str:
    """The innermost room that holds a module, its own path if none does."""
    name = path.as_posix()
    return max((room for room in rooms() if name.startswith(room)), key=len, default=name)


def test_no_two_rooms_know_of_each_other() -> None:
    graph = nx.DiGraph((room_of(path), room_of(other)) for path in modules().values() for other in known_to(path))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    assert list(nx.simple_cycles(graph)) == []


@pytest.mark.parametrize("room", rooms())
def test_a_room_knows_what_its_line_says(room: str) -> None:
    allowed = (*rooms()[room], *FOUNDATION)
    inside = [path for path in modules().values() if room_of(path) == room]
    assert inside
    strangers = {
        f"{path} → {other}"
        for path in inside
        for other in known_to(path)
        if room_of(other) != room and not other.as_posix().startswith(allowed)
    }
    assert strangers == set()


def test_the_reading_cache_depends_on_all_that_reads() -> None:
    watched = tuple(name.replace(".", "/") for name in READING_CODE)
    reading = reached([*(ROOT / "pipeline/sources").glob("*.py"), ROOT / "pipeline/rows.py"])
    missed = {
        name
        for name in (path.relative_to(ROOT).as_posix() if path.is_absolute() else path.as_posix() for path in reading)
        if not name.startswith(watched) and name not in MACHINERY and not name.endswith("__init__.py")
    }
    assert missed == set()
    tables = {
        name
        for path in (ROOT / "pipeline/sources").glob("*.py")
        for name in re.findall(r'\btable\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert {f"extractors.grammar.{name}" for name in tables} <= set(READING_CODE)


@pytest.mark.parametrize("stage", ["ingest", "segment", "extract", "review", "resolve", "load"])
def test_a_stage_runs_again_when_its_code_changes(stage: str) -> None:
    told = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"][stage]["deps"]
    needed = {path.as_posix() for path in reached([Path(f"pipeline/stages/{stage}.py")])}
    missed = {name for name in needed if not name.startswith(tuple(told)) and not name.endswith("__init__.py")}
    assert missed - MACHINERY == set()
    assert all((ROOT / name).exists() for name in told if not name.startswith(("data/", "${")))
