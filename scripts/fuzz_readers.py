"""Feeds mutated files to the readers, guided by the code they reach, until it is stopped or a reader crashes.

    pip install atheris
    python scripts/fuzz_readers.py docx -max_total_time=600      # 10 minutes; see libFuzzer for more options
    python scripts/fuzz_readers.py pdf corpus/ -max_len=200000   # seeds of your own in corpus/

Formats: docx, html, eml, txt, pdf, image. A crash is any exception but an `UnreadableFile`; the file that caused it is
left as `crash-…` in the working folder, and belongs into a test. Only the readers written in Python guide the search
(atheris instruments them); pdfium, libxml2 and Pillow are run as they are. OCR and LibreOffice are left out.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline", "extractors"]):
    from pipeline.errors import UnreadableFile
    from pipeline.limits import Limits
    from pipeline.sources import ocr
    from pipeline.sources.registry import READERS, detect_format, read_file

LIMITS = Limits(file_seconds=20, unpacked_bytes=20_000_000, content_bytes=5_000_000)
FORMATS = {"image": ("png", "jpg", "tiff", "gif", "bmp", "webp"), "html": ("html",)}
_NOT_TRIED = ("doc", "rtf", "odt")


def no_ocr(*_: object, **__: object) -> ocr.Scan:
    """A blank page: what is tried here is all that comes before Tesseract."""
    return ocr.Scan((), 1.0, 100.0, 100.0)


def reader_of(kind: str, path: Path) -> Callable[[bytes], None]:
    wanted = FORMATS.get(kind, (kind,))

    def read(data: bytes) -> None:
        path.write_bytes(data)
        try:
            if detect_format(path) in wanted:
                read_file(path, LIMITS)
        except UnreadableFile as error:
            if error.kind == "crashed":
                raise

    return read


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in {*READERS, *FORMATS} - {*_NOT_TRIED}:
        sys.stderr.write(__doc__ or "")
        return 2
    kind = sys.argv.pop(1)
    ocr.read_scan = no_ocr
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        atheris.Setup(sys.argv, reader_of(kind, Path(folder) / "a"))
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
