"""A small network that reads one handwritten, stamped or printed digit; its weights are in digit_model.npz.

Two convolutions and one dense layer over a 28 × 28 picture; the eleventh class is "no digit". Built by
`python scripts/train_digits.py` (see there for its data).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from PIL import Image

SIDE = 28
NO_DIGIT = 10
Floats = npt.NDArray[np.float32]


@cache
def weights() -> dict[str, Floats]:
    """The trained weights, read once."""
    with files("pipeline.sources").joinpath("digit_model.npz").open("rb") as stored, np.load(stored) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def digit_probabilities(pictures: Floats) -> Floats:
    """For each picture (n, 28, 28; 0 paper … 1 ink) the probabilities of 0 … 9 and of no digit (n, 11)."""
    return forward(pictures, weights())


def forward(pictures: Floats, model: dict[str, Floats]) -> Floats:
    """The network itself, for weights that are given."""
    hidden = pictures[:, None, :, :]
    for layer in ("1", "2"):
        hidden = pool(np.maximum(convolve(hidden, model["k" + layer], model["b" + layer]), 0.0))
    flat = hidden.reshape(len(hidden), -1)
    dense = np.maximum(flat @ model["w3"] + model["b3"], 0.0)
    scores = dense @ model["w4"] + model["b4"]
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def patches(images: Floats, side: int) -> Floats:
    """All `side` × `side` windows of (n, c, h, w) as (n, h', w', c · side · side)."""
    windows = np.lib.stride_tricks.sliding_window_view(images, (side, side), axis=(2, 3))
    n, c, h, w = windows.shape[:4]
    return np.ascontiguousarray(windows.transpose(0, 2, 3, 1, 4, 5)).reshape(n, h, w, c * side * side)


def convolve(images: Floats, kernel: Floats, bias: Floats) -> Floats:
    """Valid convolution of (n, c, h, w) with a kernel (c · 25, out)."""
    result: Floats = (patches(images, 5) @ kernel + bias).transpose(0, 3, 1, 2)
    return result


def pool(images: Floats) -> Floats:
    """The greatest of each 2 × 2 field."""
    n, c, h, w = images.shape
    result: Floats = images.reshape(n, c, h // 2, 2, w // 2, 2).max(axis=(3, 5))
    return result


def as_picture(ink: npt.NDArray[np.uint8]) -> Floats:
    """A cut-out (0 paper … 255 ink) as the network wants it: 20 pixels at its longer side, its weight in the middle."""
    height, width = ink.shape
    factor = 20.0 / max(height, width, 1)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = np.asarray(
        Image.fromarray(ink).resize(size, Image.Resampling.BOX if factor < 1 else Image.Resampling.BICUBIC)
    )
    level = small.astype(np.float32) / max(float(small.max()), 1.0)
    total = float(level.sum()) or 1.0
    rows, columns = np.indices(level.shape)
    top = round(SIDE / 2 - float((level * rows).sum()) / total - 0.5)
    left = round(SIDE / 2 - float((level * columns).sum()) / total - 0.5)
    top = min(max(top, 0), SIDE - level.shape[0])
    left = min(max(left, 0), SIDE - level.shape[1])
    picture = np.zeros((SIDE, SIDE), dtype=np.float32)
    picture[top : top + level.shape[0], left : left + level.shape[1]] = level
    return picture
