"""Bombs, loops, deep nesting, cut-off and lying files end as their names say, and never in a crash of a reader."""

from __future__ import annotations

import shutil
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import DamagedFile, LimitExceeded, UnreadableFile
from pipeline.limits import Limits
from pipeline.parallel_documents import DocumentPool
from pipeline.sources.office import read_rtf
from pipeline.sources.page_image import read_image
from pipeline.sources.pdf_streams import check_streams
from pipeline.sources.registry import read_file
from scripts.hostile_files import Make, hostile_files, one_page, png, squeezed, stream

SMALL = dict(hostile_files(small=True))
DEADLY = {name for name in SMALL if "crashed" in name}
NEEDS_A_PROGRAM = {name for name in SMALL if name.endswith((".doc", ".rtf", ".tiff")) and "cut-off" not in name}


def outcome_of(path: Path) -> str:
    try:
        read_file(path, Limits())
    except UnreadableFile as error:
        return error.kind
    return "read"


@pytest.mark.parametrize(("name", "make"), [(n, m) for n, m in SMALL.items() if n not in DEADLY | NEEDS_A_PROGRAM])
def test_outcome(tmp_path: Path, name: str, make: Make) -> None:
    expected, _, what = name.partition("~")
    path = tmp_path / what
    path.write_bytes(make())
    assert outcome_of(path) in expected.split("+")


@pytest.mark.parametrize("name", sorted(DEADLY))
def test_what_kills_a_reader_costs_one_worker(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(SMALL[name]())
    with DocumentPool(workers=1, seconds=60, memory_bytes=Limits().worker_bytes) as pool:
        (outcome,) = pool.each(outcome_of, [path])
    assert outcome.error is not None and outcome.error.kind in name.partition("~")[0].split("+")


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", sorted(name for name in NEEDS_A_PROGRAM if name.endswith((".doc", ".rtf"))))
def test_outcome_in_libreoffice(tmp_path: Path, name: str) -> None:
    test_outcome(tmp_path, name, SMALL[name])


BLANKS = b" " * 1_000_000


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (squeezed(BLANKS[:90_000]), None),
        (squeezed(BLANKS), "content_bytes"),
        (stream(zlib.compress(zlib.compress(BLANKS)), filters=b"/Filter [/FlateDecode /FlateDecode]"), "content_bytes"),
        (squeezed(BLANKS, b"/Subtype /Image"), None),
        (squeezed(BLANKS * 3, b"/Subtype /Image"), "unpacked_bytes"),
        (squeezed(BLANKS)[:-300], "content_bytes"),
        (stream(BLANKS), None),
        (stream(b"x\x9c" + bytes(range(256)), filters=b"/Filter /FlateDecode"), None),
    ],
    ids=["small", "large", "twice", "picture", "large picture", "cut off", "not packed", "damaged"],
)
def test_streams_are_counted_before_they_are_unpacked(content: bytes, refused: str | None) -> None:
    limits = replace(Limits(), content_bytes=100_000, unpacked_bytes=2_000_000)
    if refused is None:
        check_streams(one_page(content), limits)
    else:
        with pytest.raises(LimitExceeded, match=refused):
            check_streams(one_page(content), limits)


@pytest.mark.parametrize(("width", "height", "error"), [(20_000, 20_000, LimitExceeded), (9_000, 9_000, LimitExceeded)])
def test_pixels_are_counted_from_the_header(tmp_path: Path, width: int, height: int, error: type[Exception]) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(width, height, rows=1))
    with pytest.raises(error, match="page_pixels"):
        read_image(path, Limits())


def test_groups_of_rtf_nested_beyond_use(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 " + b"{" * 5_000 + b"}" * 5_001)
    with pytest.raises(DamagedFile, match="lồng nhau"):
        read_rtf(path, Limits())
