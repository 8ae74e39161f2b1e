"""The notebooks run from top to bottom on a small warehouse and say what is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import small_warehouse

nbformat = pytest.importorskip("nbformat", reason="the notebooks' packages are not installed (extra `notebooks`)")
nbclient = pytest.importorskip("nbclient", reason="the notebooks' packages are not installed (extra `notebooks`)")
pytest.importorskip("ipykernel", reason="the notebooks' packages are not installed (extra `notebooks`)")

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = {
    "01_kham_pha_kho.ipynb": ("quyết định", "no_signature", "tệp bị cắt cụt"),
    "02_mang_luoi_can_cu.ipynb": ("12/KH-UBND → 45/QĐ-UBND → 72/2020/QH14", "4 lượt viện dẫn"),
    "03_thoi_han_va_trach_nhiem.ipynb": ("Trưởng các thôn", "hằng quý", "3 sự kiện trong thoi-han.ics"),
}


def test_all_notebooks_are_tested() -> None:
    assert {path.name for path in FOLDER.glob("*.ipynb")} == set(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_is_kept_without_outputs(name: str) -> None:
    notebook = nbformat.read(FOLDER / name, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") for cell in notebook.cells)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANBAN_DB", str(small_warehouse.build(tmp_path / "kho.duckdb")))
    monkeypatch.setenv("MPLBACKEND", "agg")
    notebook = nbformat.read(FOLDER / name, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    shown = "\n".join(_text(output) for cell in notebook.cells for output in cell.get("outputs", ()))
    for words in NOTEBOOKS[name]:
        assert words in shown
    calendar = tmp_path / "thoi-han.ics"
    if calendar.exists():
        _check_calendar(calendar.read_bytes())


def _text(output: dict[str, object]) -> str:
    data = output.get("data")
    return str(output.get("text", "")) + (str(data.get("text/plain", "")) if isinstance(data, dict) else "")


def _check_calendar(content: bytes) -> None:
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 for line in lines)
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert unfolded.count("BEGIN:VEVENT") == 3
    assert re.search(r"DTSTART;VALUE=DATE:20240420\r\nDTEND;VALUE=DATE:20240421", unfolded)
