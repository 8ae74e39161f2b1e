"""Spreadsheets: rows and cells as blocks, sheets as pages, values as an office writes them, limits."""

from __future__ import annotations

import random
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import DamagedFile, LimitExceeded, ReaderCrashed, UnreadableFile
from pipeline.limits import Limits
from pipeline.sources import office
from pipeline.sources.registry import read_file
from tests.container_files import Value, workbook

TASKS: list[list[Value]] = [
    ["UBND XÃ SUỐI BẠC", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [],
    ["PHỤ LỤC NHIỆM VỤ"],
    ["STT", "Nhiệm vụ", "Kinh phí", "Tỷ lệ"],
    [1, "Rà soát hộ nghèo", 1250000, 0.5],
    ["I", "Nhóm hai"],
    [2, "Báo cáo kết quả", 3.25, None],
]


def test_rows_are_read_across(tmp_path: Path) -> None:
    document = read_file(workbook(tmp_path / "a.xlsx", {"Sheet1": TASKS}), Limits())
    assert document.file_format == "xlsx"
    assert document.text.split("\n") == [
        "UBND XÃ SUỐI BẠC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "PHỤ LỤC NHIỆM VỤ", "STT", "Nhiệm vụ", "Kinh phí",
        "Tỷ lệ", "1", "Rà soát hộ nghèo", "1250000", "0,5", "I", "Nhóm hai", "2", "Báo cáo kết quả", "3,25",
    ]  # fmt: skip
    by_text = {document.text[block.start : block.end]: block for block in document.blocks}
    cost, task = by_text["1250000"], by_text["Rà soát hộ nghèo"]
    assert (cost.kind, cost.row, cost.column) == ("cell", task.row, task.column + 1)
    assert by_text["Báo cáo kết quả"].column == task.column


def test_sheets_are_pages_and_hidden_ones_are_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Quý I": [["a", "b"]], "Ẩn": [["c"]], "Quý II": [["d", "e"]]}, hidden=["Ẩn"])
    document = read_file(path, Limits())
    assert document.text.split("\n") == ["Quý I", "a", "b", "Quý II", "d", "e"]
    assert [page.page_no for page in document.pages] == [1, 2]


def test_cells_far_apart_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": [["a"]]})
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    wide = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(wide, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if "sheet1" in name else old.read(name))
    with pytest.raises(LimitExceeded):
        read_file(wide, Limits())


def test_limits_and_damage(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": TASKS})
    for limits in (replace(Limits(), unpacked_bytes=1_000), replace(Limits(), characters=20)):
        with pytest.raises(LimitExceeded):
            read_file(path, limits)
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + b"\0" * 60 + whole[260:])
    with pytest.raises(DamagedFile):
        read_file(path, Limits())


def test_a_workbook_with_broken_bytes_is_damaged_or_read(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", {"S": TASKS}).read_bytes()
    chance = random.Random(2)
    path = tmp_path / "b.xlsx"
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(chance.choice((1, 2, 8))):
            broken[chance.randrange(4, len(broken))] = chance.randrange(256)
        path.write_bytes(bytes(broken))
        try:
            read_file(path, Limits())
        except UnreadableFile as error:
            assert not isinstance(error, ReaderCrashed)


@pytest.mark.office
@pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_other_formats_read_alike(tmp_path: Path, ending: str) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Sheet1": TASKS})
    program = office.find_program()
    assert program is not None
    command = [program, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    subprocess.run([*command, "--convert-to", ending, "--outdir", str(tmp_path), str(path)], check=True,
                   capture_output=True, timeout=120)  # fmt: skip
    if not (tmp_path / f"a.{ending}").exists():
        pytest.skip("this LibreOffice has no spreadsheet module")
    document = read_file(tmp_path / f"a.{ending}", Limits())
    assert document.file_format == ending
    assert document.text == read_file(path, Limits()).text
