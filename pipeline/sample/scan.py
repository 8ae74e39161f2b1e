"""A sample document as a scan: skewed, with a red seal over the signatory's name, blurred and speckled on request."""

from __future__ import annotations

import io
from collections.abc import Sequence
from random import Random
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from pipeline.sample.documents import SampleDocument
from pipeline.sample.page_setting import PAGE_HEIGHT, PAGE_WIDTH, Line, set_pages
from pipeline.sample.pdf_file import text_width

_PAPER, _INK, _SEAL, _PEN = (252, 251, 247), (24, 24, 28), (200, 30, 40), (40, 50, 150)
_SALT_GRAIN = 1500


def page_images(
    document: SampleDocument, random: Random, *, dpi: int = 200, noise: float = 0.0, skew: float = 0.4
) -> list[Image.Image]:
    """The pages in colour. `noise` 0..1 adds blur, speckles and more skew; `skew` is in degrees."""
    lines = set_pages(document, text_width)
    images = [_page(lines, page, dpi) for page in range(max(line.page for line in lines) + 1)]
    names = {block.name_line for block in document.signatures}
    for line in lines:
        if line.text in names:
            _seal(images[line.page], line, dpi / 72)
    return [_worn(image, random, noise, skew) for image in images]


def image_file(images: Sequence[Image.Image], file_type: Literal["PNG", "JPEG"], dpi: int = 200) -> bytes:
    """The first page as an image file."""
    out = io.BytesIO()
    images[0].save(out, file_type, dpi=(dpi, dpi), quality=60, optimize=True)
    return out.getvalue()


def scanned_pdf_file(images: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """All pages as a PDF of images without any text."""
    import pikepdf

    with pikepdf.new() as pdf:
        for image in images:
            page = pdf.add_blank_page(page_size=(round(image.width * 72 / dpi), round(image.height * 72 / dpi)))
            coded = io.BytesIO()
            image.save(coded, "JPEG", quality=55)
            picture = pikepdf.Stream(pdf, coded.getvalue())
            picture.Type, picture.Subtype, picture.Filter = (
                pikepdf.Name.XObject,
                pikepdf.Name.Image,
                pikepdf.Name.DCTDecode,
            )
            picture.Width, picture.Height, picture.BitsPerComponent = image.width, image.height, 8
            picture.ColorSpace = pikepdf.Name.DeviceRGB
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
            _, _, width, height = (float(edge) for edge in page.mediabox)
            page.Contents = pikepdf.Stream(pdf, f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode("ascii"))
        out = io.BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def _page(lines: Sequence[Line], page: int, dpi: int) -> Image.Image:
    scale = dpi / 72
    image = Image.new("RGB", (round(PAGE_WIDTH * scale), round(PAGE_HEIGHT * scale)), _PAPER)
    draw = ImageDraw.Draw(image)
    for line in lines:
        if line.page == page:
            draw.text(
                (line.x * scale, line.y * scale), line.text, _INK, _font(line.size * scale, line.bold), anchor="ls"
            )
    return image


def _font(pixels: float, bold: bool) -> ImageFont.FreeTypeFont:
    from importlib.resources import files

    name = "fonts/MauSerif-Bold.ttf" if bold else "fonts/MauSerif-Regular.ttf"
    content = files("pipeline.sample").joinpath(name).read_bytes()
    return ImageFont.truetype(io.BytesIO(content), round(pixels), layout_engine=ImageFont.Layout.BASIC)


def _seal(image: Image.Image, line: Line, scale: float) -> None:
    """A round red seal over the left third of the signature, and a stroke of the pen; print shows through both."""
    ink = Image.new("RGB", image.size, (255, 255, 255))
    draw = ImageDraw.Draw(ink)
    x, y, radius = (line.x + 8) * scale, (line.y - 30) * scale, 44 * scale
    for part, width in ((1.0, 3.0), (0.9, 1.0), (0.55, 1.0)):
        r = radius * part
        draw.ellipse((x - r, y - r, x + r, y + r), outline=_SEAL, width=max(1, round(width * scale)))
    draw.text((x, y), "*", _SEAL, _font(26 * scale, True), anchor="mm")
    pen = [(x + dx * scale, y + dy * scale) for dx, dy in ((20, 0), (45, -22), (52, 12), (80, -15), (120, 2))]
    draw.line(pen, _PEN, width=max(1, round(1.4 * scale)), joint="curve")
    image.paste(ImageChops.multiply(image, ink))


def _worn(image: Image.Image, random: Random, noise: float, skew: float) -> Image.Image:
    turned = image.rotate(skew * (1 + 2 * noise), Image.Resampling.BICUBIC, fillcolor=_PAPER)
    if noise <= 0:
        return turned
    blurred = turned.filter(ImageFilter.GaussianBlur(1.2 * noise))
    pixels = blurred.load()
    assert pixels is not None
    for _ in range(round(noise * image.width * image.height / _SALT_GRAIN)):
        shade = random.choice((0, 255))
        pixels[random.randrange(image.width), random.randrange(image.height)] = (shade, shade, shade)
    return blurred
