"""The notebooks run from top to bottom on a small warehouse and say what is in it."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from tests import small_warehouse

nbformat = pytest.importorskip("nbformat", reason="the notebooks' packages are not installed (extra `notebooks`)")
pytest.importorskip("nbclient", reason="the notebooks' packages are not installed (extra `notebooks`)")
pytest.importorskip("ipykernel", reason="the notebooks' packages are not installed (extra `notebooks`)")

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = {
    "01_tong_quan.ipynb": ("quyết định: 1", "Ủy ban nhân dân huyện sông lam: 1", "Đinh Thị Mẫu", "tệp bị cắt cụt"),
    "02_mang_luoi.ipynb": ("4 văn bản, 4 viện dẫn", "45/QĐ-UBND: 2", "Văn bản viện dẫn 45/QĐ-UBND", "88/PTNMT"),
    "03_trien_khai.ipynb": ("45/QĐ-UBND được triển khai", "– 88/PTNMT   công văn", "xa/ke-hoach.pdf"),
    "04_thoi_han.ipynb": ("Xét ngày **15/04/2024**", "Trưởng các thôn: 20/04/2024", "Đã ghi 4 thời hạn"),
    "05_so_sanh_don_vi.ipynb": ("văn bản đã ban hành: 1", "72/2020/QH14 luật"),
    "06_chat_luong.ipynb": ("không thấy chữ ký: 1", "Lò Văn Thử", "45/QĐ-UBND ngày 20/02/2024"),
}
CHOSEN = {
    "02_mang_luoi.ipynb": {"TEP_HTML": "mang-luoi.html"},
    "03_trien_khai.ipynb": {"VAN_BAN": "45/QĐ-UBND"},
    "04_thoi_han.ipynb": {"NGAY": "2024-04-15", "TEP_LICH": "thoi-han.ics"},
    "05_so_sanh_don_vi.ipynb": {"DON_VI": "Ủy ban nhân dân huyện Sông Lam", "NAM": 2024},
    "06_chat_luong.ipynb": {"NGUONG": 0.96},
}


def test_all_notebooks_are_tested() -> None:
    assert {path.name for path in FOLDER.glob("*.ipynb")} == set(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_is_kept_without_outputs(name: str) -> None:
    notebook = nbformat.read(FOLDER / name, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_reader_chooses_in_the_first_cell_of_code(name: str) -> None:
    notebook = nbformat.read(FOLDER / name, as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert first.metadata.tags == ["parameters"]
    assert all(" = " in line and "  # " in line for line in first.source.splitlines())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_runs(name: str, tmp_path: Path) -> None:
    from pipeline.notebooks.pages import executed

    warehouse = small_warehouse.build_with_views(tmp_path / "kho.duckdb")
    chosen: dict[str, object] = CHOSEN.get(name, {})
    node = executed(FOLDER / name, warehouse, tmp_path, chosen)
    assert all((tmp_path / str(chosen[file])).is_file() for file in ("TEP_HTML", "TEP_LICH") if file in chosen)
    shown = "\n".join(_text(output) for cell in node.cells for output in cell.get("outputs", ()))
    for words in NOTEBOOKS[name]:
        assert words in shown, shown


def _text(output: dict[str, object]) -> str:
    data = output.get("data")
    return str(output.get("text", "")) + (
        "\n".join(str(data.get(kind, "")) for kind in ("text/plain", "text/markdown")) if isinstance(data, dict) else ""
    )


def test_charts_have_every_vietnamese_letter() -> None:
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    font = FT2Font(findfont("DejaVu Sans"))
    letters = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    )
    assert [letter for letter in letters if not font.get_char_index(ord(letter))] == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2021, 11, 5), "05/11/2021"), (None, ""), (float("nan"), ""), (True, "có"), (2021, "2021"),
        (12345, "12.345"), (0.5, "0,5"), (3.0, "3"), (["a", "b"], "a; b"),
    ],
)  # fmt: skip
def test_values_as_an_officer_writes_them(value: object, words: str) -> None:
    from pipeline.notebooks.tables import written

    assert written(value) == words
