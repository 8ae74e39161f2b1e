"""Notebooks, run and written as pages for officers who have no Jupyter: text, tables and charts without the code.

A page is one file and fetches nothing; the notebook itself stays without outputs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert.exporters import HTMLExporter

_SECONDS_A_CELL = 600


def executed(
    notebook: Path, warehouse: Path, folder: Path, chosen: Mapping[str, object] | None = None
) -> nbformat.NotebookNode:
    """The notebook with the outputs of a run over `warehouse`, with `folder` as its working folder.

    `chosen` gives values to names of its cell of parameters; names that it does not have are left alone.
    Raises nbclient's CellExecutionError when a cell fails.
    """
    node: nbformat.NotebookNode = nbformat.read(notebook, as_version=4)
    parameters = next(cell for cell in node.cells if "parameters" in cell.metadata.get("tags", ()))
    given = chosen or {}
    lines = [(line, line.partition(" = ")[0]) for line in parameters.source.splitlines()]
    parameters.source = "\n".join(f"{name} = {given[name]!r}" if name in given else line for line, name in lines)
    NotebookClient(
        node, timeout=_SECONDS_A_CELL, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute(env={**os.environ, "VANBAN_DB": str(warehouse.resolve())})
    return node


def page(node: nbformat.NotebookNode, title: str) -> str:
    """An executed notebook as one HTML file."""
    exporter = HTMLExporter(
        template_name="page",
        extra_template_basedirs=[str(Path(__file__).parent)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        language_code="vi",
    )
    body, _ = exporter.from_notebook_node(node, {"metadata": {"name": title}})
    return str(body).replace('.ipynb"', '.html"')


def write_pages(
    notebooks: Path, warehouse: Path, folder: Path, chosen: Mapping[str, object] | None = None
) -> list[Path]:
    """Run every notebook of a folder and write its page to `folder`, under the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for notebook in sorted(notebooks.glob("*.ipynb")):
        node = executed(notebook, warehouse, folder, chosen)
        heading = node.cells[0].source.partition("\n")[0].lstrip("# ")
        path = folder / f"{notebook.stem}.html"
        path.write_text(page(node, heading), encoding="utf-8")
        written.append(path)
    return written
