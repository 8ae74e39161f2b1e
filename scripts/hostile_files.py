"""Writes the set of hostile files that readers are tried with: bombs, loops, deep nesting, cut-off and lying files.

    python scripts/hostile_files.py DIR [--small]

Each file is named `EXPECTED~what-it-is.ending`, where EXPECTED are the outcomes that are right, joined with `+`: `read`, or
a typed error of docs/ERRORS.md. `--small` leaves out those that take seconds to write. All bytes are made here.
"""

from __future__ import annotations

import argparse
import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "Số: 12/KH-UBND. Ủy ban nhân dân xã lập kế hoạch vệ sinh đường làng, ngõ xóm trong tháng 3 năm 2024 như sau."
MEGABYTE = 1_000_000

Make = Callable[[], bytes]


def document(body: str, opening: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{opening}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def paragraph(text: str = TEXT) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(main: bytes, *more: tuple[str, bytes]) -> bytes:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{relation}" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr("word/document.xml", main)
        for name, content in more:
            archive.writestr(name, content)
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO(docx(document(paragraph())))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/media/a.bin", "w") as part,
    ):
        for _ in range(450):
            part.write(bytes(MEGABYTE))
    return out.getvalue()


def lying_zip() -> bytes:
    """A main part that says it is 5,000 bytes long and unpacks to 50 MB."""
    content = docx(document(paragraph() + " " * 50 * MEGABYTE))
    size = struct.pack("<I", len(document(paragraph() + " " * 50 * MEGABYTE)))
    return content.replace(size, struct.pack("<I", 5_000))


def overlapping_zip(entries: int = 30_000) -> bytes:
    """Thousands of entries that all point at the same 1 MB of zeros."""
    name = b"word/document.xml"
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(MEGABYTE)) + packed.flush()
    sizes = struct.pack("<III", zlib.crc32(bytes(MEGABYTE)), len(body), MEGABYTE)
    local = (
        b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", len(name), 0) + name + body
    )
    central = bytearray()
    for number in range(entries):
        entry = b"word/%05d.xml" % number
        central += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        central += struct.pack("<HHHHHII", len(entry), 0, 0, 0, 0, 0, 0) + entry
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, entries, entries, len(central), len(local), 0)
    return local + central + end


def nested_zip(depth: int = 20) -> bytes:
    content = TEXT.encode() * 100
    for level in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(3):
                archive.writestr(f"{level}-{number}.zip" if level else f"{number}.txt", content)
        content = out.getvalue()
    return content


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return docx(document(paragraph("&l11;"), f'<!DOCTYPE d [<!ENTITY l0 "cười">{entities}]>'))


def quadratic() -> bytes:
    return docx(document(paragraph("&a;" * 50_000), f'<!DOCTYPE d [<!ENTITY a "{"a" * 100_000}">]>'))


def external() -> bytes:
    return docx(
        document(
            paragraph("&a;" + TEXT),
            '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d" [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        )
    )


def nested_tables(depth: int) -> bytes:
    body = "<w:tbl><w:tr><w:tc>" * depth + paragraph() + "</w:tc></w:tr></w:tbl>" * depth
    return docx(document(body))


def pdf(*objects: bytes, trailer: bytes = b"", start: int | None = None) -> bytes:
    """A PDF of numbered objects, the first one its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer.replace(b"@", b"%d" % at))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % (at if start is None else start)


def stream(content: bytes, more: bytes = b"", filters: bytes = b"") -> bytes:
    return b"<< /Length %d %s %s >>\nstream\n%s\nendstream" % (len(content), filters, more, content)


def squeezed(content: bytes, more: bytes = b"") -> bytes:
    return stream(zlib.compress(content, 9), more, b"/Filter /FlateDecode")


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SHOW = b"BT /F 12 Tf 60 700 Td (So: 12/KH-UBND nam 2024) Tj ET\n"


def page(more: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> >>"
        % (box, more)
    )


def one_page(content: bytes, *objects: bytes, more: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    return pdf(CATALOGUE, PAGES, page(more, box), content, FONT, *objects)


def deep_page_tree(depth: int = 20_000) -> bytes:
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(2, depth)]
    return pdf(CATALOGUE, *nodes, b"<< /Type /Page /MediaBox [0 0 595 842] >>")


def looping_xref() -> bytes:
    return pdf(CATALOGUE, PAGES, page(), stream(SHOW), FONT, trailer=b"/Prev @")


def looping_object_streams() -> bytes:
    held = stream(b"3 0 << /Type /Page /Parent 2 0 R >>", b"/Type /ObjStm /N 1 /First 4 /Extends 4 0 R")
    return pdf(CATALOGUE, PAGES, page(), held, FONT)


def bomb(size: int = 1_000) -> bytes:
    packed = zlib.compressobj(9)
    content = b"".join(packed.compress(b" " * MEGABYTE) for _ in range(size)) + packed.flush()
    return one_page(stream(content, filters=b"/Filter /FlateDecode"))


def double_bomb() -> bytes:
    content = zlib.compress(zlib.compress(b" " * 200 * MEGABYTE, 9), 9)
    return one_page(stream(content, filters=b"/Filter [/FlateDecode /FlateDecode]"))


def png(width: int, height: int, rows: int | None = None, bits: int = 1, more: bytes = b"") -> bytes:
    """A white PNG whose header tells `width` × `height` and that holds `rows` rows."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packed = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((width * bits + 7) // 8)
    body = b"".join(packed.compress(row) for _ in range(height if rows is None else rows)) + packed.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def text_chunk() -> bytes:
    content = b"a\x00\x00" + zlib.compress(bytes(200 * MEGABYTE), 9)
    return struct.pack(">I", len(content)) + b"zTXt" + content + struct.pack(">I", zlib.crc32(b"zTXt" + content))


def looping_tiff() -> bytes:
    """A TIFF whose first directory says that the next one is itself."""
    out = io.BytesIO()
    Image.new("1", (16, 16)).save(out, "TIFF")
    content = bytearray(out.getvalue())
    at = struct.unpack_from("<I", content, 4)[0]
    entries = struct.unpack_from("<H", content, at)[0]
    struct.pack_into("<I", content, at + 2 + 12 * entries, at)
    return bytes(content)


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((600, 800), 80).save(out, kind)
    return out.getvalue()


def ole(seed: int = 1, size: int = 200_000) -> bytes:
    """An OLE head before noise: sector tables that lead anywhere, also back."""
    chance = random.Random(seed)
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", head, 44, 1, 1, 0, 4096, 0, 1, 0, 0)
    struct.pack_into("<I", head, 76, 0)
    table = b"".join(struct.pack("<I", chance.choice((0, 1, 2, 3))) for _ in range(128))
    return bytes(head) + table + chance.randbytes(size)


def looping_ole() -> bytes:
    """A directory whose entries are each other's siblings, and sector chains that run in circles."""
    entry = "WordDocument".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 26, 2, 1)
    entry += struct.pack("<III", 1, 1, 1) + bytes(36) + struct.pack("<IQ", 0, 1 << 30)
    root = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 22, 5, 1)
    root += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1) + bytes(36) + struct.pack("<IQ", 0, 1 << 30)
    content = bytearray(ole()[:1024])
    struct.pack_into("<I", content, 48, 1)
    struct.pack_into("<III", content, 512, 0xFFFFFFFD, 1, 0)
    return bytes(content) + (root + entry) * 2 + bytes(4096)


def cut(content: bytes, share: float = 0.6) -> bytes:
    return content[: int(len(content) * share)]


def hostile_files(small: bool = False) -> Iterator[tuple[str, Make]]:
    """(name, maker) of every file of the set; with `small` only those that are made and read in no time."""
    text = TEXT.encode()
    yield from {
        "damaged~zip-that-lies-about-sizes.docx": lying_zip,
        "limit_exceeded+damaged+unknown_format~zip-of-overlapping-entries.docx": overlapping_zip,
        "read+unknown_format+limit_exceeded+empty+damaged~zip-in-zip-20-deep.zip": nested_zip,
        "read+damaged+empty~billion-laughs.docx": laughs,
        "read+damaged+empty~quadratic-entities.docx": quadratic,
        "read+empty~external-entities.docx": external,
        "damaged~xml-nested-100000-deep.docx": lambda: docx(document("<w:ins>" * 100_000 + "</w:ins>" * 100_000)),
        "read+damaged~tables-nested-80-deep.docx": lambda: nested_tables(80),
        "damaged~tables-nested-5000-deep.docx": lambda: nested_tables(5_000),
        "damaged~cut-off.docx": lambda: cut(docx(document(paragraph() * 500))),
        "damaged~no-main-part.docx": lambda: docx(document(paragraph())).replace(b"word/document.xml", b"word/documant.xml"),
        "read~page-tree-loop.pdf": lambda: pdf(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", page(), stream(SHOW), FONT),
        "damaged+empty~page-tree-only-loop.pdf": lambda: pdf(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "damaged+empty~page-tree-20000-deep.pdf": deep_page_tree,
        "read~xref-loop.pdf": looping_xref,
        "read+empty+damaged~object-stream-loop.pdf": looping_object_streams,
        "crashed+out_of_memory~form-that-draws-itself.pdf": lambda: one_page(
            stream(b"/X Do " + SHOW), stream(b"/X Do " * 5, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"),
            more=b"/XObject << /X 6 0 R >>"),
        "limit_exceeded~100000-pages.pdf": lambda: pdf(CATALOGUE, b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % (b"3 0 R " * 100_000), page(), stream(SHOW), FONT),
        "limit_exceeded+damaged+empty+read~two-billion-pages.pdf": lambda: pdf(CATALOGUE, PAGES.replace(b"/Count 1", b"/Count 2147483647"), page(), stream(SHOW), FONT),
        "read~page-as-large-as-a-house.pdf": lambda: one_page(stream(SHOW), box=b"0 0 2000000 2000000"),
        "read+empty~page-of-no-size.pdf": lambda: one_page(stream(SHOW), box=b"0 0 0 0"),
        "limit_exceeded~stream-in-stream-bomb.pdf": double_bomb,
        "read+empty~graphics-states-nested.pdf": lambda: one_page(squeezed(b"q " * 200_000 + SHOW)),
        "read+empty+damaged~arrays-nested.pdf": lambda: one_page(squeezed(b"[" * 200_000 + b"]" * 200_000 + b" TJ " + SHOW)),
        "read~script-and-launch.pdf": lambda: pdf(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) /Next << /S /Launch /F (/bin/sh) >> >> >>",
            PAGES, page(), stream(SHOW), FONT),
        "damaged+empty+read~cut-off.pdf": lambda: cut(one_page(squeezed(SHOW * 500))),
        "damaged~only-a-head.pdf": lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(50_000),
        "empty+damaged~one-pixel.png": lambda: png(1, 1),
        "limit_exceeded+damaged~gigapixel.png": lambda: png(60_000, 60_000, rows=10),
        "damaged+limit_exceeded~says-two-billion-wide.png": lambda: png(2_000_000_000, 1, rows=0),
        "empty+damaged+limit_exceeded~text-chunk-bomb.png": lambda: png(8, 8, more=text_chunk()),
        "damaged+empty+limit_exceeded~directory-loop.tiff": looping_tiff,
        "damaged+empty+read~cut-off.png": lambda: cut(picture("PNG"), 0.1),
        "damaged~cut-off.jpg": lambda: cut(picture("JPEG"), 0.01),
        "damaged~cut-off.tiff": lambda: cut(picture("TIFF"), 0.3),
        "damaged+unknown_format~noise-after-the-head.doc": ole,
        "damaged+unknown_format~directory-loop.doc": looping_ole,
        "unknown_format~noise.bin": lambda: random.Random(2).randbytes(100_000),
        "damaged+unknown_format+read~half-letters.txt": lambda: b"\xff\xfe" + b"\x00\xd8" * 20 + TEXT.encode("utf-16-le") * 40,
        "read~one-line-of-five-million.txt": lambda: text * 50_000,
        "read~brackets.txt": lambda: ("(" * 20_000 + TEXT).encode(),
    }.items()  # fmt: skip
    if small:
        return
    yield from {
        "limit_exceeded~zip-bomb.docx": zip_bomb,
        "limit_exceeded~four-million-paragraphs.docx": lambda: docx(document("<w:p/>" * 4_000_000)),
        "limit_exceeded~one-paragraph-of-millions-of-runs.docx": lambda: docx(document(f"<w:p>{'<w:r/>' * 4_000_000}</w:p>")),
        "limit_exceeded~gigabyte-of-blanks.pdf": bomb,
        "crashed+out_of_memory+limit_exceeded~two-million-lines.pdf": lambda: one_page(squeezed(b"0 0 m 9 9 l S\n" * 2_000_000 + SHOW)),
        "read+limit_exceeded~a-million-words.pdf": lambda: one_page(squeezed(SHOW * 60_000)),
        "limit_exceeded~gigapixel-whole.png": lambda: png(40_000, 40_000),
        "empty~seventy-megapixels.png": lambda: png(8_400, 8_400),
        "limit_exceeded~endless-text.txt": lambda: text * 300_000,
        "damaged~nested-braces.rtf": lambda: b"{\\rtf1 " + b"{" * 200_000 + text + b"}" * 200_001,
        "read+damaged+empty+limit_exceeded~binary-bomb.rtf": lambda: b"{\\rtf1 {\\*\\objdata " + b"00" * 10 * MEGABYTE + b"}" + b"Ke hoach }",
        "read+damaged+empty+limit_exceeded~nested-divs.html": lambda: b"<html><body>" + b"<div>" * 50_000 + text + b"</div>" * 50_000,
        "read+damaged+empty~remote-parts.html": lambda: b"<html><head><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><link rel=stylesheet href='http://127.0.0.1:9/a.css'></head><body><img src='http://127.0.0.1:9/a.png'><p>" + text,
    }.items()  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, make in hostile_files(arguments.small):
        path = arguments.folder / name
        path.write_bytes(make())
        sys.stdout.write(f"{path.stat().st_size:>11,}  {name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
