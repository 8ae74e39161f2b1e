"""Mutated files of every format end in a text or a typed error, never in a crash.

scripts/fuzz_readers.py does the same for as long as it is let, guided by what the mutations reach.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import ReaderCrashed, ToolUnavailable, UnreadableFile
from pipeline.limits import Limits
from pipeline.sources.registry import read_file
from scripts.hostile_files import (
    SHOW,
    TEXT,
    document,
    docx,
    looping_tiff,
    nested_tables,
    ole,
    one_page,
    paragraph,
    squeezed,
)

Mutation = tuple[str, float, bytes, float]
LIMITS = Limits(file_seconds=20, ocr_page_seconds=5, convert_seconds=5, unpacked_bytes=20_000_000)


def small_picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("L", (20, 20), 255).save(out, kind)  # too small for OCR, which is not what is tried here
    return out.getvalue()


MAIL = (
    "From: a@b.vn\nSubject: V/v\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    f"Content-Type: text/plain; charset=utf-8\n\n{TEXT}\n--x--\n"
)
PAGE = f"<html><body><table><tr><td>{TEXT}</td></tr></table><p>{TEXT}</p></body></html>"
SEEDS: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: one_page(squeezed(SHOW * 3)),
    "docx": lambda: docx(document(paragraph() * 3)),
    "tables.docx": lambda: nested_tables(5),
    "txt": (TEXT * 5).encode,
    "utf16.txt": lambda: (TEXT * 5).encode("utf-16"),
    "png": lambda: small_picture("PNG"),
    "jpg": lambda: small_picture("JPEG"),
    "gif": lambda: small_picture("GIF"),
    "bmp": lambda: small_picture("BMP"),
    "tiff": looping_tiff,
    "html": PAGE.encode,
    "eml": MAIL.encode,
    "ole": lambda: ole(size=4_000),
}
TOKENS = (
    b"\x00", b"\xff" * 4, b"\x80\x00\x00\x00", b"-1", b"99999999999", b"<<", b">>", b"[", b"(", b"obj", b"endstream",
    b"PK\x01\x02", b"<w:p>", b"</w:p>", b"<w:tbl>", b"&a;", b"]]>", b"<!DOCTYPE", b"/Kids [2 0 R]", b"1 0 R",
    b"Content-Transfer-Encoding: base64\n",
)  # fmt: skip


@cache
def seed(name: str) -> bytes:
    return SEEDS[name]()


def mutated(content: bytes, mutations: list[Mutation]) -> bytes:
    for kind, where, token, length in mutations:
        at, span = int(where * len(content)), 1 + int(length * 40)
        match kind:
            case "put in":
                content = content[:at] + token + content[at:]
            case "put over":
                content = content[:at] + token + content[at + len(token) :]
            case "take out":
                content = content[:at] + content[at + span :]
            case "repeat":
                content = content[:at] + content[at : at + span] * 8 + content[at + span :]
            case _:
                content = content[: max(at, 4)]
    return content


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(("put in", "put over", "take out", "repeat", "cut off")),
        st.floats(0, 1, exclude_max=True),
        st.one_of(st.sampled_from(TOKENS), st.binary(min_size=1, max_size=6)),
        st.floats(0, 1),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", SEEDS)
@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(mutations=MUTATIONS)
def test_mutated_files(tmp_path: Path, name: str, mutations: list[Mutation]) -> None:
    path = tmp_path / f"a.{name}"
    path.write_bytes(mutated(seed(name), mutations))
    try:
        assert read_file(path, LIMITS).text.strip()
    except ToolUnavailable:
        return
    except ReaderCrashed as error:
        raise AssertionError(f"a reader crashed: {error}") from error
    except UnreadableFile as error:
        assert error.next_step


def test_seeds_are_read(tmp_path: Path) -> None:
    for name in ("pdf", "docx", "tables.docx", "txt", "utf16.txt", "html"):
        path = tmp_path / f"a.{name}"
        path.write_bytes(seed(name))
        assert "12/KH-UBND" in read_file(path, LIMITS).text, name
