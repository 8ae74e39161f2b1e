"""The program that reads pictures with Tesseract for one worker; pipeline/sources/tesseract.py starts and ends it.

    python tesseract_process.py DESCRIPTOR LIBRARY FOLDER

It calls the system's libtesseract through its C interface (capi.h) and keeps its models in memory from one picture to
the next. A request is a JSON object and then the picture's grey pixels; an answer is one JSON object.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from ctypes import POINTER, byref, c_char_p, c_float, c_int, c_void_p
from multiprocessing.connection import Connection
from typing import Any

_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "Create": (c_void_p, ()),
    "Init2": (c_int, (c_void_p, c_char_p, c_char_p, c_int)),
    "SetPageSegMode": (None, (c_void_p, c_int)),
    "SetImage": (None, (c_void_p, c_char_p, c_int, c_int, c_int, c_int)),
    "Recognize": (c_int, (c_void_p, c_void_p)),
    "GetTsvText": (c_void_p, (c_void_p, c_int)),
    "GetBoxText": (c_void_p, (c_void_p, c_int)),
    "DetectOrientationScript": (
        c_int,
        (c_void_p, POINTER(c_int), POINTER(c_float), POINTER(c_char_p), POINTER(c_float)),
    ),
    "Clear": (None, (c_void_p,)),
}
_DEFAULT_ENGINE = 3


class Tesseract:
    """The library, with the models of one folder."""

    def __init__(self, library: str, folder: str) -> None:
        loaded = ctypes.CDLL(library)
        self._folder = folder
        self._models: dict[str, int] = {}
        self._delete_text = loaded.TessDeleteText
        self._delete_text.argtypes = (c_void_p,)
        self._call = {name: getattr(loaded, f"TessBaseAPI{name}") for name in _FUNCTIONS}
        for name, (result, arguments) in _FUNCTIONS.items():
            self._call[name].restype, self._call[name].argtypes = result, arguments

    def read(self, request: dict[str, Any], pixels: bytes) -> dict[str, Any]:
        """What the request wants of the picture, or the error that Tesseract met."""
        model = self._model(request["language"])
        if model is None:
            return {"error": f"{request['language']} cannot be loaded from {self._folder}"}
        width = request["width"]
        self._call["SetPageSegMode"](model, request["mode"])
        self._call["SetImage"](model, pixels, width, len(pixels) // width, 1, width)
        try:
            if request["wanted"] == "orientation":
                return self._orientation(model)
            if self._call["Recognize"](model, None) != 0:
                return {"error": "the picture was not read"}
            text = self._call["GetTsvText" if request["wanted"] == "words" else "GetBoxText"](model, 0)
            try:
                return {"text": ctypes.string_at(text).decode()}
            finally:
                self._delete_text(text)
        finally:
            self._call["Clear"](model)

    def _orientation(self, model: int) -> dict[str, Any]:
        degrees, sure, script, script_sure = c_int(), c_float(), c_char_p(), c_float()
        self._call["DetectOrientationScript"](model, byref(degrees), byref(sure), byref(script), byref(script_sure))
        return {"degrees": degrees.value, "confidence": sure.value}

    def _model(self, name: str) -> int | None:
        if name not in self._models:
            model = self._call["Create"]()
            if self._call["Init2"](model, self._folder.encode(), name.encode(), _DEFAULT_ENGINE) != 0:
                return None
            self._models[name] = model
        return self._models[name]


def serve(connection: Connection, tesseract: Tesseract) -> None:
    """Answer requests until the other side is gone."""
    while True:
        try:
            request = json.loads(connection.recv_bytes())
            pixels = connection.recv_bytes()
        except EOFError:
            return
        connection.send_bytes(json.dumps(tesseract.read(request, pixels)).encode())


def main() -> None:
    """Serve the connection whose file descriptor is the first argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the worker, whose end ends this program
    os.environ["OMP_THREAD_LIMIT"] = "1"
    serve(Connection(int(sys.argv[1])), Tesseract(*sys.argv[2:]))


if __name__ == "__main__":
    main()
