"""Takes out the dirt of a strewn page: grains of single pixels, and the specks that photocopiers and faxes leave.

A page is strewn when it holds more of them than dust on a scanner's glass explains; on any other page nothing changes.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_GRAIN = 60
"""A grain is this many levels darker or brighter than every one of its eight neighbours."""
_STREWN_WITH_GRAINS = 1 / 20_000
_STRIPS, _STRIP = 12, 48
_BANDS = 6
_DARK = 150
_PAGE_WIDTH = 210.0
"""Millimetres; the pages are taken for A4."""
_SPECK, _ROOM = 0.45, 0.8
"""Millimetres: no speck is larger, and nothing is printed so near to it; full stops stand nearer to letters."""
_TINY, _TINY_ROOM = 0.25, 0.15
"""Smaller than the dot of any letter; such a speck may stand between letters."""
_MOST_SPECKS = 150
"""On a page that is not strewn; on eleven real scans 0 to 89."""


def without_grains(image: Image.Image) -> Image.Image:
    """The image without single pixels far darker or brighter than all about them, where it is strewn with them.

    Such a pixel gets the level of the nearest of its neighbours, so strokes and dots of two pixels stay as they are.
    """
    if _share_of_grains(np.asarray(image.getchannel("G"))) < _STREWN_WITH_GRAINS:
        return image
    return Image.merge(image.mode, [Image.fromarray(_between_neighbours(np.asarray(band))) for band in image.split()])


def without_specks(grey: Image.Image) -> Image.Image:
    """A page as wide as A4 without the small spots that stand alone, where it is strewn with them."""
    pixels = np.asarray(grey)
    dark = pixels < _DARK
    millimetre = grey.width / _PAGE_WIDTH
    size, room = max(1, round(_SPECK * millimetre)), max(1, round(_ROOM * millimetre))
    if not _is_strewn(dark, size, room):
        return grey
    spots = _lone_spots(dark, size, room)
    size, room = max(1, round(_TINY * millimetre)), max(1, round(_TINY_ROOM * millimetre))
    spots |= _lone_spots(dark & ~spots, size, room)
    edges = np.asarray(Image.fromarray(spots).convert("L").filter(ImageFilter.MaxFilter(3))) > 0
    return Image.fromarray(np.where(edges & (spots | ~dark), 255, pixels).astype(np.uint8))


def _share_of_grains(pixels: Pixels) -> float:
    """How many of the pixels are grains, looked for in strips across the page."""
    starts = np.linspace(0, max(0, pixels.shape[0] - _STRIP), _STRIPS).astype(int)
    strips = [pixels[start : start + _STRIP] for start in starts]
    away = [np.abs(strip.astype(np.int16) - _between_neighbours(strip)) for strip in strips]
    return float(np.mean([(strip > _GRAIN).mean() for strip in away]))


def _between_neighbours(pixels: Pixels) -> Pixels:
    """The pixels, none of them darker or brighter than all of the eight about it."""
    height, width = pixels.shape
    framed = np.pad(pixels, 1, mode="edge")
    darkest, brightest = np.full_like(pixels, 255), np.zeros_like(pixels)
    for row, column in ((r, c) for r in range(3) for c in range(3) if (r, c) != (1, 1)):
        beside = framed[row : row + height, column : column + width]
        np.minimum(darkest, beside, out=darkest)
        np.maximum(brightest, beside, out=brightest)
    return np.clip(pixels, darkest, brightest)


def _lone_squares(dark: Mask, size: int, room: int) -> Mask:
    """By its upper left corner, which squares hold all the ink of a wider square with `room` pixels more on each side.

    The result is wider and higher than `dark` by `size` - 1: squares may begin that far above and left of it.
    """
    framed = np.pad(dark, size - 1 + room)
    inner = _ink_of_squares(framed, size)[room : -room or None, room : -room or None]
    lone: Mask = (inner > 0) & (inner == _ink_of_squares(framed, size + 2 * room))
    return lone


def _ink_of_squares(dark: Mask, size: int) -> npt.NDArray[np.int32]:
    """How many pixels are dark in each square of `size`, by its upper left corner."""
    sums = np.zeros((dark.shape[0] + 1, dark.shape[1] + 1), np.int32)
    np.cumsum(np.cumsum(dark, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    return sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]


def _lone_spots(dark: Mask, size: int, room: int) -> Mask:
    """The dark pixels that lie in a square of `size` about which nothing is dark for `room` pixels on all sides."""
    squares = _lone_squares(dark, size, room)
    height, width = dark.shape
    rows = np.logical_or.reduce([squares[n : n + height] for n in range(size)])
    spots: Mask = dark & np.logical_or.reduce([rows[:, n : n + width] for n in range(size)])
    return spots


def _is_strewn(dark: Mask, size: int, room: int) -> bool:
    """Whether there are too many lone spots for a clean page, by those in bands across it."""
    high = dark.shape[0] // (4 * _BANDS)
    bands = [dark[start : start + high] for start in range(0, dark.shape[0] - high, 4 * high)]
    squares = [_lone_squares(band, size, room)[size - 1 :] for band in bands]
    first = sum(int((lone[1:, 1:] & ~lone[:-1, 1:] & ~lone[1:, :-1]).sum()) for lone in squares)
    return 4 * first > _MOST_SPECKS
