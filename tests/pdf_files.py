"""PDFs and page images for the tests, drawn on the spot; all names and numbers are invented."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.sources.tesseract import engine_version

needs_tesseract = pytest.mark.skipif(not engine_version(), reason="the Vietnamese model of Tesseract is missing")
FONT_FILE = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
NUMBER_GAP = (125.0, 722.0, 150.0, 738.0)

HEADER = (
    (90, 770, "UBND HUYỆN AN BÌNH"),
    (290, 770, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (100, 755, "PHÒNG NỘI VỤ"),
    (340, 755, "Độc lập - Tự do - Hạnh phúc"),
    (100, 725, "Số:         /PNV-TC"),
    (310, 725, "An Bình, ngày 05 tháng 3 năm 2021"),
    (210, 680, "Kính gửi: Các trường học trực thuộc"),
    (110, 650, "Thực hiện Kế hoạch số 17/KH-UBND ngày 02/3/2021 của Ủy ban nhân dân"),
    (80, 635, "huyện, Phòng Nội vụ đề nghị các trường rà soát biên chế và báo cáo kết quả"),
    (80, 620, "về Phòng trước ngày 20/3/2021."),
    (80, 560, "Nơi nhận:"),
    (380, 560, "TRƯỞNG PHÒNG"),
    (80, 545, "- Như trên;"),
    (80, 530, "- Lưu: VT."),
    (385, 490, "Lê Văn Thử"),
)

Placed = tuple[float, float, str]


def typed_pdf(path: Path, *pages: Sequence[Placed]) -> Path:
    """A typed PDF: lines at (x, y) in points from the lower left corner."""
    pdfmetrics.registerFont(TTFont("Serif", str(FONT_FILE)))
    canvas = Canvas(str(path), pagesize=A4)
    for lines in pages:
        canvas.setFont("Serif", 11)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return path


def with_number_field(path: Path, number: str, stamp: str) -> Path:
    """The PDF with two signature fields: a number over the gap, and a signer's stamp in the upper corner."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        font = page.Resources.Font[next(iter(page.Resources.Font.keys()))]
        simple = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        del font
        fields = [_field(pdf, simple, NUMBER_GAP, number, 11), _field(pdf, simple, (400, 800, 580, 830), stamp, 7)]
        page.Annots = pdf.make_indirect(pikepdf.Array(fields))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields), SigFlags=3)
        pdf.save(path)
    return path


def _field(
    pdf: pikepdf.Pdf, font: pikepdf.Object, box: tuple[float, float, float, float], text: str, size: int
) -> pikepdf.Object:
    left, bottom, right, top = box
    shown = pdf.make_stream(f"BT /F0 {size} Tf 2 4 Td ({text}) Tj ET".encode("latin-1"))
    shown.Type, shown.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    shown.BBox = pikepdf.Array([0, 0, right - left, top - bottom])
    shown.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String(text[:5]),
            F=132,
            Rect=pikepdf.Array(list(box)),
            AP=pikepdf.Dictionary(N=shown),
        )
    )


def page_picture(lines: Sequence[Placed], *, dpi: int = 200, seal: tuple[float, float] | None = None) -> Image.Image:
    """A page as a scanner would give it, with a red seal at a point if wanted."""
    scale = dpi / 72
    image = Image.new("RGB", (round(A4[0] * scale), round(A4[1] * scale)), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT_FILE), round(12 * scale))
    for x, y, text in lines:
        draw.text((x * scale, (A4[1] - y) * scale), text, fill=(25, 25, 25), font=font, anchor="ls")
    if seal is not None:
        x, y = seal[0] * scale, (A4[1] - seal[1]) * scale
        for radius in (30, 38):
            reach = radius * scale
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=(200, 40, 70), width=round(2.5 * scale))
        text_over = next(line for line in lines if line[2].startswith("Lê"))
        draw.text(
            (text_over[0] * scale, (A4[1] - text_over[1]) * scale),
            text_over[2],
            fill=(25, 25, 25),
            font=font,
            anchor="ls",
        )
    return image


def scanned_pdf(path: Path, picture: Image.Image, hidden_text: str = "") -> Path:
    """A PDF whose page is a picture, with a hidden text layer if given."""
    pdfmetrics.registerFont(TTFont("Serif", str(FONT_FILE)))
    held = io.BytesIO()
    picture.save(held, "PNG")
    held.seek(0)
    from reportlab.lib.utils import ImageReader

    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawImage(ImageReader(held), 0, 0, *A4)
    if hidden_text:
        text = canvas.beginText(60, 780)
        text.setFont("Serif", 11)
        text.setTextRenderMode(3)
        for line in hidden_text.splitlines():
            text.textLine(line)
        canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return path
