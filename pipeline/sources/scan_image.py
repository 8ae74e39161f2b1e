"""Makes a page image readable: seal and shadow out, straight, without black borders; and finds its ruled lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter

from pipeline.sources.page_words import Rule
from pipeline.sources.specks import without_grains, without_specks

Pixels = npt.NDArray[np.uint8]

_COARSE = 900
"""Longer side, in pixels, of the small image on which skew is measured."""
_COLUMN = 8
"""Width, in pixels of that image, of the columns of ink that are moved to find a nearly right angle."""
_DARK = 130
_BORDER = 0.035
_LEAN = 0.04


@dataclass(frozen=True, slots=True)
class CleanScan:
    """A page made straight: `colour` as scanned, `grey` without red (seals, stamps) and on an even white ground."""

    colour: Image.Image
    grey: Image.Image
    angle: float
    is_colour: bool


def clean_scan(image: Image.Image) -> CleanScan:
    """Straighten the page, take out red ink, shadows, specks and the black borders a scanner leaves."""
    colour = without_grains(image.convert("RGB"))
    grey = _flat(_without_red(colour))
    angle = skew_angle(grey)
    if abs(angle) >= 0.1:
        colour = colour.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        grey = _flat(_without_red(colour))
    return CleanScan(colour, without_specks(_without_borders(grey)), angle, _is_colour(colour))


def _is_colour(image: Image.Image) -> bool:
    """Whether a noticeable part of the page is coloured (a seal, a stamp, blue ink)."""
    small = np.asarray(image.resize((max(1, image.width // 8), max(1, image.height // 8)))).astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    return bool((spread > 60).mean() > 0.0005)


def is_blank(grey: Image.Image) -> bool:
    """Whether a clean page holds next to no ink (the back of a sheet, specks, a seal that shows through)."""
    small = np.asarray(grey.reduce(4))
    height, width = small.shape
    inner = small[height // 20 : -height // 20, width // 20 : -width // 20]
    return bool((inner < 140).mean() < 0.0006)


def _without_red(image: Image.Image) -> Image.Image:
    """The red channel, with red ink made as bright as paper; black and blue ink stay dark.

    Seal ink is often a dark crimson that the red channel alone shows grey: what is redder than it is green and blue is
    brightened by as much again.
    """
    red, green, blue = image.split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    return ImageChops.add(red, redness.point([2 * max(level - 12, 0) for level in range(256)]))


def _flat(grey: Image.Image) -> Image.Image:
    """`grey` divided by its own paper tone, so that shadows and yellowed paper become white."""
    shrunk = grey.resize((max(1, grey.width // 8), max(1, grey.height // 8)), Image.Resampling.BOX)
    paper = shrunk.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(6))
    ground = np.asarray(paper.resize(grey.size, Image.Resampling.BILINEAR)).astype(np.uint16)
    return Image.fromarray(_levels_on_ground().take((ground << 8) | np.asarray(grey)))


@cache
def _levels_on_ground() -> Pixels:
    """For each tone of the paper, 256 levels: what a level becomes where that paper is made white."""
    levels = np.arange(256, dtype=np.float32)
    ground = np.maximum(levels, 60.0)[:, None]
    return np.clip(levels / ground * np.float32(255.0), 0, 255).astype(np.uint8).ravel()


def skew_angle(grey: Image.Image) -> float:
    """The angle in degrees (-3 … 3) by which to turn the page so that its lines lie level; 0 where none stands out."""
    factor = max(grey.size) / _COARSE
    small = grey.resize((max(1, int(grey.width / factor)), max(1, int(grey.height / factor))), Image.Resampling.BOX)
    ink = Image.fromarray(((255 - np.asarray(small)) * (np.asarray(small) < 200)).astype(np.uint8))
    margin = int(0.06 * min(small.size))
    ink = ink.crop((margin, margin, ink.width - margin, ink.height - margin))

    @cache
    def contrast(step: int) -> float:
        turned = ink if step == 0 else ink.rotate(step / 10, resample=Image.Resampling.BILINEAR)
        return _contrast(np.asarray(turned).astype(np.float32).sum(axis=1))

    nearly = _nearly_level(np.asarray(ink))
    best = max(range(nearly - 1, nearly + 2), key=contrast)
    return best / 10 if contrast(best) > 1.03 * contrast(0) else 0.0


def _nearly_level(ink: Pixels) -> int:
    """The turn, in tenths of a degree (-34 … 34), that levels the lines, when columns of ink are only moved up or down.

    That takes a fiftieth of the time of turning the picture.
    """
    height, width = ink.shape
    if height < 2 or width < _COLUMN:
        return 0
    columns = ink[:, : width - width % _COLUMN].reshape(height, -1, _COLUMN).sum(axis=2, dtype=np.float32)
    number = np.arange(columns.shape[1])
    away = (number + 0.5) * _COLUMN - width / 2
    rows = np.arange(height)[:, None]

    def contrast(step: int) -> float:
        place = rows + away * math.tan(math.radians(step / 10))
        row = np.clip(np.floor(place).astype(np.intp), 0, height - 2)
        part = np.clip(place - row, 0.0, 1.0).astype(np.float32)
        return _contrast((columns[row, number] * (1 - part) + columns[row + 1, number] * part).sum(axis=1))

    best = max(range(-30, 31, 5), key=contrast)
    return max(range(best - 4, best + 5), key=contrast)


def _contrast(profile: npt.NDArray[np.float32]) -> float:
    """How sharply rows full of ink and empty ones follow each other."""
    return float(np.square(np.diff(profile)).sum())


def _without_borders(grey: Image.Image) -> Image.Image:
    """`grey` with the dark strips along its edges painted white."""
    pixels = np.array(grey)
    height, width = pixels.shape
    for axis, length in ((1, height), (0, width)):
        lines = pixels if axis == 1 else pixels.T
        reach = int(_BORDER * length)
        for start in (range(reach), range(length - 1, length - 1 - reach, -1)):
            black = [n for n in start if (lines[n] < _DARK).mean() > 0.35]
            if black:
                first, last = sorted((start[0], black[-1]))
                band = slice(max(0, first - 3), last + 4)
                if axis == 1:
                    pixels[band, :] = 255
                else:
                    pixels[:, band] = 255
    return Image.fromarray(pixels)


def scaled(grey: Image.Image, factor: float) -> Image.Image:
    """`grey` at another size, its edges sharpened: Tesseract reads the marks of small Vietnamese letters better so."""
    size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
    return grey.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.UnsharpMask(2, 150, 0))


def find_rules(grey: Image.Image, points_per_pixel: float) -> tuple[Rule, ...]:
    """Long straight lines on a clean page image, in points: table borders and underlines."""
    step = max(1, round(1.0 / points_per_pixel / 2))
    small = grey.reduce(step)
    dark = np.asarray(small) < 160
    scale = points_per_pixel * step
    level = _runs(dark, round(36 / scale))
    upright = _runs(dark.T, round(14 / scale))
    rules = [Rule(a * scale, row * scale, b * scale, (row + thick) * scale) for row, thick, a, b in level]
    rules += [Rule(row * scale, a * scale, (row + thick) * scale, b * scale) for row, thick, a, b in upright]
    return tuple(rules)


def _runs(dark: npt.NDArray[np.bool_], least: int) -> list[tuple[int, int, int, int]]:
    """Unbroken level runs of at least `least` pixels, as (row, thickness, start, end); neighbouring rows are one."""
    bridged = dark | np.roll(dark, 1, axis=0) | np.roll(dark, -1, axis=0)
    found: list[list[int]] = []
    for row in np.flatnonzero(bridged.sum(axis=1) >= least):
        line = np.concatenate(([0], bridged[row].astype(np.int8), [0]))
        edges = np.flatnonzero(np.diff(line))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end - start < least:
                continue
            for run in found:
                if run[0] + run[1] >= row - 1 and run[2] < end and start < run[3]:
                    run[1] = int(row) - run[0] + 1
                    run[2], run[3] = min(run[2], int(start)), max(run[3], int(end))
                    break
            else:
                found.append([int(row), 1, int(start), int(end)])
    return [(r[0], r[1], r[2], r[3]) for r in found if r[1] <= max(6, _LEAN * (r[3] - r[2]))]
