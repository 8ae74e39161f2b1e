"""A sample document as a PDF with text; also as one signed the Vietnamese way, number and day in signature widgets.

Needs the extra `sample` (reportlab). The bytes do not change from run to run: fixed ids and dates.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.errors import MissingTool
from pipeline.sample.documents import SampleDocument
from pipeline.sample.page_setting import PAGE_HEIGHT, PAGE_WIDTH, Line, set_pages

if TYPE_CHECKING:
    import pikepdf

_REGULAR, _BOLD = "MauSerif-Regular", "MauSerif-Bold"


def pdf_file(document: SampleDocument, running_head: str | None = None) -> bytes:
    """The bytes of a PDF whose text layer is right, with a Công báo's running head on request."""
    return _drawn(set_pages(document, text_width, running_head))


def text_width(text: str, size: float, bold: bool) -> float:
    """Width in points."""
    _register_fonts()
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _BOLD if bold else _REGULAR, size))


def _drawn(lines: list[Line]) -> bytes:
    _register_fonts()
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
    page = 0
    for line in lines:
        if line.page != page:
            canvas.showPage()
            page = line.page
        canvas.setFont(_BOLD if line.bold else _REGULAR, line.size)
        canvas.drawString(line.x, PAGE_HEIGHT - line.y, line.text)
    canvas.save()
    return buffer.getvalue()


def signed_pdf_file(document: SampleDocument, number: str, day: str, signer: str) -> bytes:
    """A PDF whose number and day stand in the appearance of two signature fields over the gaps in the text.

    The number and date lines of `document` must hold a run of blanks. The signature dictionaries name the signer but
    hold no certificate: nothing in a sample can be mistaken for a valid signature.
    """
    import pikepdf

    lines = set_pages(document, text_width)
    number_line = next(line for line in lines if line.text == document.head.number_line)
    date_line = next(line for line in lines if line.text == document.head.date_line)
    with pikepdf.open(io.BytesIO(_drawn(lines))) as pdf:
        page = pdf.pages[0]
        fields = [
            _signature_field(pdf, page, _gap(number_line), number, signer),
            _signature_field(pdf, page, _gap(date_line), day, signer),
        ]
        page.Annots = pdf.make_indirect(pikepdf.Array(fields))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields), SigFlags=3)
        out = io.BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def _gap(line: Line) -> tuple[float, float, float, float]:
    """The box of the run of blanks in `line`, in PDF coordinates."""
    blanks = line.text.index("    ")
    end = blanks + len(line.text[blanks:]) - len(line.text[blanks:].lstrip(" "))
    left = line.x + text_width(line.text[:blanks], line.size, line.bold)
    right = line.x + text_width(line.text[:end], line.size, line.bold)
    bottom = PAGE_HEIGHT - line.y - 3
    return left, bottom, right, bottom + line.size + 3


def _signature_field(
    pdf: pikepdf.Pdf, page: pikepdf.Page, box: tuple[float, float, float, float], text: str, signer: str
) -> pikepdf.Object:
    import pikepdf

    left, bottom, right, top = box
    width, height = right - left, top - bottom
    appearance = pikepdf.Stream(
        pdf, f"q BT /F1 13 Tf 1 0 0 1 {(width - 6.5 * len(text)) / 2:.2f} 3 Tm ({text}) Tj ET Q".encode("ascii")
    )
    appearance.Type, appearance.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    appearance.BBox = pikepdf.Array([0, 0, round(width, 2), round(height, 2)])
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman"))
    appearance.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    signature = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig,
        Filter=pikepdf.Name("/Adobe.PPKLite"),
        SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
        Name=pikepdf.String(signer),
        M=pikepdf.String("D:20250108091500+07'00'"),
        ByteRange=pikepdf.Array([0, 0, 0, 0]),
        Contents=pikepdf.String(b"\0" * 64),
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String(f"Sig{text}"),
            F=132,
            Rect=pikepdf.Array([round(edge, 2) for edge in box]),
            P=page.obj,
            AP=pikepdf.Dictionary(N=pdf.make_indirect(appearance)),
            V=pdf.make_indirect(signature),
        )
    )


@cache
def _register_fonts() -> None:
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
    except ImportError as error:
        raise MissingTool("Chưa cài reportlab để viết PDF mẫu", "Chạy: pip install 'vanban[sample]'") from error
    for name in (_REGULAR, _BOLD):
        content = files("pipeline.sample").joinpath(f"fonts/{name}.ttf").read_bytes()
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(content)))
