"""Pictures of a document's pages as data: URIs, as many as fit into a budget of bytes."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps, ImageSequence

from pipeline.document_page.contents import ShownDocument, ShownPage
from pipeline.sources.scan_image import clean_scan

WIDTH = 1100
"""Pixels of a page's width: fine print can be read, and a page costs about 150 kB."""
_QUALITY = 55
_IMAGES = ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp")


def find_raw_file(raw: Path, doc_id: str, paths: Iterable[str]) -> Path | None:
    """The file with the document's bytes among its copies' `paths` below `raw`; None when none has them any more."""
    for name in paths:
        path = raw / name
        if path.is_file():
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == doc_id:
                    return path
    return None


def page_pictures(path: Path, document: ShownDocument, budget: int) -> dict[int, str]:
    """A data: URI for each page, by page number, until `budget` bytes are used up.

    Pages that were read by OCR are shown straightened, as they were read. Empty for formats without pages.
    """
    pictures: dict[int, str] = {}
    sized = {page.page_no: page for page in document.pages if page.size is not None}
    for page_no, image in _images(path, sized):
        shown = clean_scan(image).colour if sized[page_no].by_ocr else image
        stored = io.BytesIO()
        shown.save(stored, "WEBP", quality=_QUALITY, method=2)
        budget -= stored.tell() * 4 // 3
        if budget < 0:
            break
        pictures[page_no] = "data:image/webp;base64," + base64.b64encode(stored.getvalue()).decode()
    return pictures


def _images(path: Path, pages: dict[int, ShownPage]) -> Iterator[tuple[int, Image.Image]]:
    try:
        if path.suffix.lower().lstrip(".") in _IMAGES:
            with Image.open(path) as file:
                for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                    if number in pages:
                        yield number, _of_width(ImageOps.exif_transpose(frame).convert("RGB"))
        elif pages:
            with pdfium.PdfDocument(path) as pdf:
                pdf.init_forms()
                for number in range(1, len(pdf) + 1):
                    if number in pages:
                        page = pdf[number - 1]
                        scale = WIDTH / page.get_width()
                        yield number, page.render(scale=scale).to_pil().convert("RGB")
    except (pdfium.PdfiumError, Image.DecompressionBombError, OSError, ValueError):
        return  # a page that cannot be shown is left out; its text is on the page


def _of_width(image: Image.Image) -> Image.Image:
    height = max(1, round(image.height * WIDTH / image.width))
    return image if image.width <= WIDTH else image.resize((WIDTH, height), Image.Resampling.LANCZOS)
