"""Tesseract in a process of its own: killed when a picture takes too long, and one that dies costs one picture.

The process keeps its model in memory: a program start and a model load for each picture cost many times what it costs
to read the cut of a line. Engine and models are those of the system; nothing is fetched.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from multiprocessing import Pipe, util
from pathlib import Path
from threading import Lock
from typing import Any, Literal, NamedTuple

import regex
from PIL import Image

from extractors.reading import normalise
from pipeline.errors import LimitExceeded, ToolUnavailable
from pipeline.sources.page_words import Word

_MODELS = ("script/Vietnamese", "Vietnamese", "vie")
_ORIENTATION = "osd"
_PROGRAM = Path(__file__).with_name("tesseract_process.py")
_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_LIBRARIES = ("libtesseract.so.5", "libtesseract.so.4")
_INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-script-viet"
_LONGEST_SIDE = 32_000
"""Tesseract refuses larger pictures."""
_DESCENDING = regex.compile(r"[gjpqyQ,;()\[\]/|ạẹịọụậệộợựặỵẠẸỊỌỤẬỆỘỢỰẶỴ]")


class Model(NamedTuple):
    """A model of Tesseract's: the folder it lies in, and its name there."""

    folder: Path
    name: str

    @property
    def path(self) -> Path:
        """The model's file."""
        return self.folder / f"{self.name}.traineddata"


class Library(NamedTuple):
    """Tesseract's library: the name it is loaded by, and its version."""

    name: str
    version: str


@cache
def library() -> Library:
    """The library installed here. Raises ToolUnavailable when there is none."""
    for name in _LIBRARIES:
        try:
            version = ctypes.CDLL(name).TessVersion
        except OSError:
            continue
        version.restype = ctypes.c_char_p
        return Library(name, version().decode())
    raise ToolUnavailable("Chưa cài Tesseract (nhận dạng chữ trong ảnh quét)", _INSTALL)


@cache
def vietnamese() -> Model:
    """The Vietnamese model installed here; `TESSDATA_PREFIX` names a folder that comes before the usual ones.

    Raises ToolUnavailable when there is none, or no Tesseract.
    """
    library()
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(named)] if named else []
    for pattern in _FOLDERS:
        folders += sorted(Path("/").glob(pattern.removeprefix("/")), reverse=True)
    for folder in folders:
        for name in _MODELS:
            if (model := Model(folder, name)).path.is_file():
                return model
    raise ToolUnavailable("Tesseract chưa có tiếng Việt", _INSTALL)


def engine_version() -> str:
    """What readings depend on: the version of the engine and the bytes of the model, empty where there is none."""
    try:
        version, model = library().version, vietnamese()
    except ToolUnavailable:
        return ""
    return f"Tesseract {version}, {model.name} {hashlib.sha256(model.path.read_bytes()).hexdigest()}"


def read_words(grey: Image.Image, points: float, mode: int, seconds: float) -> list[Word]:
    """The words of an image in which one pixel is `points` points wide, line after line.

    `mode` is one of Tesseract's page segmentation modes. Raises LimitExceeded after `seconds`, ValueError where
    Tesseract fails, ToolUnavailable without its Vietnamese.
    """
    lines: dict[tuple[str, ...], list[_Box]] = {}
    for row in _ask("words", vietnamese().name, grey, mode, seconds)["text"].splitlines():
        cells = row.split("\t")
        text, confidence = cells[11].strip(), int(float(cells[10]))  # whole percents: finer ones let noise choose
        if text and confidence >= 0:
            left, top, width, height = map(int, cells[6:10])
            box = _Box(normalise(text)[0], left, top, left + width, top + height, confidence / 100)
            lines.setdefault(tuple(cells[2:5]), []).append(box)
    return [word for line in lines.values() for word in _line(line, points)]


def read_signs(grey: Image.Image, points: float, seconds: float) -> list[Word]:
    """The single signs of a picture of one line in which a pixel is `points` points wide, from the left; raises as
    `read_words`.
    """
    return list(_signs(_ask("signs", vietnamese().name, grey, 7, seconds)["text"], points))


def turned_by(grey: Image.Image, seconds: float) -> int:
    """The angle (90, 180, 270) against the clock by which to turn the picture upright, 0 where Tesseract cannot tell.

    Raises as `read_words`.
    """
    if not Model(vietnamese().folder, _ORIENTATION).path.is_file():
        return 0
    told = _ask("orientation", _ORIENTATION, grey, 0, seconds)
    return int(told["degrees"]) if told["confidence"] > 1.0 else 0


class _Box(NamedTuple):
    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


def _line(boxes: Sequence[_Box], points: float) -> Iterator[Word]:
    """The words of one line. Its letters stand on the middle lower edge of those without descending letters."""
    standing = [box for box in boxes if not _DESCENDING.search(box.text)] or boxes
    baseline = float(sorted(box.bottom for box in standing)[len(standing) // 2])
    for box in boxes:
        size = max(4.0, (baseline - box.top) * points / 0.8)
        left, top, right, bottom = (edge * points for edge in box[1:5])
        yield Word(box.text, left, top, right, bottom, baseline * points, size, None, box.confidence)


def _signs(told: str, points: float) -> Iterator[Word]:
    for row in told.splitlines():
        sign, left, _, right, *_ = row.split(" ")
        yield Word(normalise(sign)[0], int(left) * points, 0.0, int(right) * points, 1.0, 1.0, 1.0)


def _ask(
    wanted: Literal["words", "signs", "orientation"], model: str, grey: Image.Image, mode: int, seconds: float
) -> dict[str, Any]:
    if not 0 < max(grey.size) <= _LONGEST_SIDE:
        raise ValueError(f"Tesseract: {grey.width} × {grey.height}")
    request = {"wanted": wanted, "language": model, "width": grey.width, "mode": mode}
    answer = _process(os.getpid()).answer(request, grey.convert("L").tobytes(), seconds)
    if "error" in answer:
        raise ValueError(f"Tesseract: {answer['error']}")
    return answer


@cache
def _process(_: int) -> _Process:
    """The process that reads for this one; a copy of this process has one of its own."""
    return _Process(library().name, vietnamese().folder)


class _Process:
    """Starts the program with the first request, and anew after it was killed or died."""

    def __init__(self, library: str, folder: Path) -> None:
        self._library = library
        self._folder = folder
        self._lock = Lock()
        self._program: subprocess.Popen[bytes] | None = None
        util.Finalize(None, self.end, exitpriority=10)  # also at the end of a worker process, where atexit is not run

    def answer(self, request: dict[str, Any], pixels: bytes, seconds: float) -> dict[str, Any]:
        """What the program answers within `seconds`."""
        with self._lock:
            if self._program is None:
                self._start()
            try:
                self._connection.send_bytes(json.dumps(request).encode())
                self._connection.send_bytes(pixels)
                if not self._connection.poll(seconds):
                    raise LimitExceeded(
                        f"OCR một trang quá {seconds:.0f} giây (ocr_page_seconds)",
                        "tăng limits.ocr_page_seconds trong params.yaml",
                    )
                answer: dict[str, Any] = json.loads(self._connection.recv_bytes())
            except (EOFError, ConnectionError) as error:
                self.end()
                raise ValueError("Tesseract: the process died") from error
            except BaseException:
                self.end()  # what it still answers must not be taken for an answer to the next request
                raise
        return answer

    def _start(self) -> None:
        self._connection, theirs = Pipe()
        with theirs:
            self._program = subprocess.Popen(
                [sys.executable, "-P", str(_PROGRAM), str(theirs.fileno()), self._library, str(self._folder)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def end(self) -> None:
        """Kill the program."""
        if self._program is not None:
            self._connection.close()
            self._program.kill()
            self._program.wait()
            self._program = None
