"""What is installed, what is missing, the limits in force, and the next command."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields

from pipeline.limits import Limits

APT_PACKAGES = ("tesseract-ocr", "tesseract-ocr-script-viet", "libreoffice-writer-nogui")
APT_LINE = f"sudo apt-get install -y {' '.join(APT_PACKAGES)}"
_LIBRARIES = ("duckdb", "pyarrow", "pypdfium2", "pikepdf", "lxml", "regex", "spacy", "underthesea")
_TOOL_SECONDS = 30
_LIMITED = {
    "file_bytes": "cỡ một tệp",
    "unpacked_bytes": "cỡ một gói (.docx, .xlsx, .zip, thư) sau khi giải nén, một ảnh trong PDF",
    "content_bytes": "cỡ một luồng nén khác trong PDF sau khi giải nén",
    "xml_tags": "thẻ XML của một đoạn hay một bảng trong .docx",
    "members": "số tệp trong một gói",
    "pages": "số trang một tệp",
    "page_bytes": "bộ nhớ để đọc một trang PDF",
    "page_pixels": "điểm ảnh một trang",
    "characters": "số ký tự một văn bản",
    "file_seconds": "thời gian cho một tệp",
    "ocr_page_seconds": "thời gian nhận dạng một trang quét",
    "convert_seconds": "thời gian LibreOffice đổi một tệp",
    "worker_bytes": "bộ nhớ một tiến trình",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked for. `next_step` is what mends it, None when it is there."""

    name: str
    found: str | None
    needed_for: str
    next_step: str | None


def examine() -> tuple[Check, ...]:
    """Look for the interpreter, the libraries and the outside programs."""
    python = platform.python_version()
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return (
        Check("Python", python, "tất cả", None if supported else "dùng Python 3.11–3.13"),
        *(_library(name) for name in _LIBRARIES),
        _program("tesseract", ("tesseract", "--version"), "bản quét, ảnh", _first_line),
        _program("mô hình tiếng Việt của tesseract", ("tesseract", "--list-langs"), "bản quét, ảnh", _vietnamese_model),
        _program(
            "LibreOffice",
            ("soffice", "--version"),
            ".odt; .doc, .rtf với bảng và số thứ tự (không có: chỉ đọc chữ)",
            _first_line,
        ),
    )


def limits_in_force(limits: Limits) -> tuple[tuple[str, str, str], ...]:
    """Name, value with its unit, and what it limits, of every limit."""
    return tuple((f.name, _with_unit(f.name, getattr(limits, f.name)), _LIMITED[f.name]) for f in fields(limits))


def _with_unit(name: str, value: float) -> str:
    if name.endswith("_seconds"):
        return f"{value:g} s"
    return f"{value / 1_000_000:g} MB" if name.endswith("_bytes") else f"{value:,}".replace(",", ".")


def _library(name: str) -> Check:
    try:
        return Check(name, importlib.metadata.version(name), "tất cả", None)
    except importlib.metadata.PackageNotFoundError:
        return Check(name, None, "tất cả", "make setup")


def _program(name: str, command: tuple[str, ...], needed_for: str, read: Callable[[str], str | None]) -> Check:
    found = None
    if shutil.which(command[0]) is not None:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_TOOL_SECONDS, check=False)
            found = read(done.stdout + done.stderr)
        except (OSError, subprocess.TimeoutExpired):
            found = None
    return Check(name, found, needed_for, None if found else APT_LINE)


def _first_line(output: str) -> str | None:
    return output.strip().splitlines()[0] if output.strip() else None


def _vietnamese_model(output: str) -> str | None:
    models = [line for line in output.splitlines() if line in {"script/Vietnamese", "vie", "Vietnamese"}]
    return ", ".join(models) or None
