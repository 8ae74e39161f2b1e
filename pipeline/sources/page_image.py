"""Reads page images (PNG, JPEG, TIFF of several pages, BMP, GIF, WebP) by OCR."""

from __future__ import annotations

import io
import logging
import math
import struct
import time
import warnings
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractors.records import Finding
from pipeline.errors import DamagedFile, LimitExceeded
from pipeline.limits import Limits
from pipeline.sources import ocr
from pipeline.sources.read_pages import ReadPage, assemble
from pipeline.sources.reflow import LaidOutPage
from pipeline.sources.source import SourceDocument

logger = logging.getLogger(__name__)

_POINTS_PER_INCH = 72.0
_A4_WIDTH_INCHES = 8.27
_PLAUSIBLE_DPI = (70.0, 700.0)
_ENOUGH_PIXELS = 25_000_000
"""More than an A4 page at 500 dots per inch; OCR reads at 300 at most."""
_DAMAGED = (
    UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError, KeyError, TypeError, IndexError, struct.error,
    AssertionError, ArithmeticError,
)  # fmt: skip
"""What Pillow throws over damaged files."""
_PAGE_PIXELS = 500
"""A smaller picture inside a document is a drawing and no page."""
_ROWS_AT_ONCE = 256
_LEAST_PIXELS = 24
"""No smaller picture holds a line of text."""
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def read_image(path: Path, limits: Limits) -> SourceDocument:
    """The text of a scanned page or of all pages of a TIFF.

    Raises DamagedFile, EmptyDocument, LimitExceeded, and ToolUnavailable without Tesseract. A page that cannot be
    read is a finding; the numbers of the others stay.
    """
    deadline = time.monotonic() + limits.file_seconds
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(path, formats=_FORMATS)
        with image:
            count = int(getattr(image, "n_frames", 1))
            if count > limits.pages:
                raise _over(path.name, f"{count} trang, quá giới hạn pages = {limits.pages}", "pages")
            pages = []
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if time.monotonic() > deadline:
                    raise _over(path.name, f"quá {limits.file_seconds:.0f} giây ở trang {number}", "file_seconds")
                pages.append(_read_frame(frame, number, path.name, limits, is_last=number == count))
            file_format = (image.format or "png").lower()
    except Image.DecompressionBombError as error:
        raise _over(path.name, "nhiều điểm ảnh hơn giới hạn page_pixels", "page_pixels") from error
    except _DAMAGED as error:
        raise DamagedFile(
            f"{path.name}: tệp ảnh hỏng hoặc bị cắt cụt ({error})", "quét lại trang hoặc lấy lại tệp"
        ) from error
    return assemble("jpg" if file_format == "jpeg" else file_format, pages, (), path.name)


def read_pictures(pictures: Iterable[bytes], file_format: str, name: str, limits: Limits) -> SourceDocument | None:
    """The text of the pictures of pages that a file of `file_format` holds; None when none is as large as a page.

    Raises LimitExceeded, EmptyDocument when no page holds text, and ToolUnavailable without Tesseract.
    """
    deadline = time.monotonic() + limits.file_seconds
    pages: list[ReadPage] = []
    for content in pictures:
        if len(pages) >= limits.pages:
            raise _over(name, f"hơn {limits.pages} trang ảnh, quá giới hạn pages", "pages")
        if time.monotonic() > deadline:
            raise _over(name, f"quá {limits.file_seconds:.0f} giây ở trang ảnh {len(pages) + 1}", "file_seconds")
        try:
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                if min(image.size) >= _PAGE_PIXELS:
                    pages.append(_read_frame(image, len(pages) + 1, name, limits, is_last=True))
        except (*_DAMAGED, Image.DecompressionBombError) as error:
            logger.warning("%s: a picture cannot be read: %s", name, error)
    return assemble(file_format, pages, (), name) if pages else None


def _over(name: str, what: str, limit: str) -> LimitExceeded:
    return LimitExceeded(f"{name}: {what}", f"giảm kích thước tệp hoặc tăng limits.{limit} trong params.yaml")


def _read_frame(frame: Image.Image, number: int, name: str, limits: Limits, *, is_last: bool) -> ReadPage:
    """One page of the image file; what goes wrong becomes a finding. The last frame is closed as soon as it is read."""
    width, height = frame.size
    if width * height > limits.page_pixels:
        raise _over(name, f"trang {number} có {width} × {height} điểm ảnh, quá giới hạn page_pixels", "page_pixels")
    page = ReadPage(number, source="ocr")
    if min(width, height) < _LEAST_PIXELS:
        page.laid_out = LaidOutPage(number, page.width, page.height, ())
        return page
    try:
        dpi = _dots_per_inch(frame)
        held = _reduced(frame)
        dpi *= held.width / width
        upright = _upright(held)
        if is_last:
            frame.close()
        colour = _on_white(upright)
        del held, upright
        page.width, page.height = (side * _POINTS_PER_INCH / dpi for side in colour.size)
        scan = ocr.read_scan(colour, number, page.width, page.height, limits)
    except (*_DAMAGED, LimitExceeded) as error:
        logger.warning("%s, page %d: %s", name, number, error)
        page.findings.append(Finding("page_unreadable", "error", f"Không đọc được trang {number}: {error}", None, None))
        return page
    page.confidence = scan.confidence
    page.findings += scan.findings
    page.width, page.height = scan.width, scan.height
    page.laid_out = LaidOutPage(number, scan.width, scan.height, scan.lines)
    return page


def _reduced(frame: Image.Image) -> Image.Image:
    """The picture at a whole fraction of its size where it has more pixels than reading needs, without a full copy."""
    factor = math.ceil(math.sqrt(frame.width * frame.height / _ENOUGH_PIXELS))
    if factor < 2:
        return frame
    wanted = frame.width // factor
    frame.draft(frame.mode, (wanted, frame.height // factor))  # a JPEG is unpacked at a fraction of its size
    factor = frame.width // max(wanted, 1)
    if factor < 2:
        return frame
    mode = frame.mode if frame.mode in ("L", "RGB", "RGBA", "CMYK") else "L" if frame.mode == "1" else "RGB"
    small = Image.new(mode, (math.ceil(frame.width / factor), math.ceil(frame.height / factor)))
    for row in range(0, small.height, _ROWS_AT_ONCE):
        strip = frame.crop((0, row * factor, frame.width, min((row + _ROWS_AT_ONCE) * factor, frame.height)))
        small.paste(strip.convert(mode).reduce(factor), (0, row))
    exif = frame.getexif()
    small.info = {key: value for key, value in frame.info.items() if key != "exif"}
    small.getexif().update(exif)
    return small


def _upright(image: Image.Image) -> Image.Image:
    """A copy of the picture as its EXIF data tells to show it."""
    copy = image.convert("RGBA" if "transparency" in image.info else image.mode)
    ImageOps.exif_transpose(copy, in_place=True)
    return copy


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in grey or in colour, on white where it is transparent."""
    if image.mode in ("RGBA", "LA", "PA"):
        rgba = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", rgba.size, (255, 255, 255, 255)), rgba).convert("RGB")
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("RGB")
    if image.mode in ("L", "RGB"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _dots_per_inch(image: Image.Image) -> float:
    """The resolution the file tells, or that of an A4 page where it tells none or an impossible one."""
    told = image.info.get("dpi", (0.0, 0.0))
    dpi = float(told[0]) if told else 0.0
    width_inches = image.width / dpi if dpi else 0.0
    if _PLAUSIBLE_DPI[0] <= dpi <= _PLAUSIBLE_DPI[1] and 5 < width_inches < 18:
        return dpi
    return min(image.size) / _A4_WIDTH_INCHES
