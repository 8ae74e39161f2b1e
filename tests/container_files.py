"""Workbooks, mails and archives for the tests, written by hand; all names and numbers are invented."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_BOOK = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Value = str | int | float | None


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Value]]], hidden: Sequence[str] = ()) -> Path:
    """An .xlsx of `sheets`: name → rows of cells."""
    listed, links, types = "", "", ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, rows) in enumerate(sheets.items(), 1):
            state = ' state="hidden"' if name in hidden else ""
            listed += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="r{number}"/>'
            links += f'<Relationship Id="r{number}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
            types += f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}"/>'
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows))
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        types += f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
        rels = "application/vnd.openxmlformats-package.relationships+xml"
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
            f"{types}</Types>",
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{_LINKS}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>')
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_BOOK}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>'
        )
    return path


def _sheet(rows: Sequence[Sequence[Value]]) -> str:
    written = ""
    for number, row in enumerate(rows, 1):
        cells = ""
        for at, value in enumerate(row):
            place = f"{chr(65 + at)}{number}"
            if isinstance(value, str):
                cells += f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            elif value is not None:
                cells += f'<c r="{place}"><v>{value}</v></c>'
        written += f'<row r="{number}">{cells}</row>'
    return f'<worksheet xmlns="{_BOOK}"><sheetData>{written}</sheetData></worksheet>'


def ole_file(path: Path, streams: Mapping[str, bytes]) -> Path:
    """An OLE file of streams at `storage/stream` paths; short ones are filled with zeros to 4,096 bytes."""
    streams = {name: content.ljust(4_096, b"\0") for name, content in streams.items()}
    names: list[tuple[str, ...]] = []
    for written in streams:
        parts = tuple(written.split("/"))
        for depth in range(1, len(parts) + 1):
            if parts[:depth] not in names:
                names.append(parts[:depth])
    chains: list[list[int]] = []
    body = b""
    directory_sectors = -(-(len(names) + 1) * 128 // _SECTOR)
    next_sector = 1 + directory_sectors
    starts: dict[tuple[str, ...], int] = {}
    for written, content in streams.items():
        count = max(1, -(-len(content) // _SECTOR))
        starts[tuple(written.split("/"))] = next_sector
        chains.append(list(range(next_sector, next_sector + count)))
        body += content.ljust(count * _SECTOR, b"\0")
        next_sector += count
    table = [_FREE] * (_SECTOR // 4)
    table[0] = _FAT
    for chain in (list(range(1, 1 + directory_sectors)), *chains):
        for sector, following in zip(chain, [*chain[1:], _END], strict=True):
            table[sector] = following
    directory = _entry("Root Entry", 5, _first(names, ()), _FREE, _END, 0)
    for name in names:
        held = "/".join(name)
        beside = [other for other in names if other[:-1] == name[:-1]]
        after = beside.index(name) + 1
        right = names.index(beside[after]) + 1 if after < len(beside) else _FREE
        kind = 2 if held in streams else 1
        start, size = (starts[name], len(streams[held])) if kind == 2 else (0, 0)
        directory += _entry(name[-1], kind, _first(names, name), right, start, size)
    directory = directory.ljust(directory_sectors * _SECTOR, b"\0")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 0,
        _END, 0, _END, 0, 0,
    )  # fmt: skip
    header += b"\xff" * (_SECTOR - len(header))
    path.write_bytes(header + struct.pack(f"<{len(table)}I", *table) + directory + body)
    return path


def _first(names: Sequence[tuple[str, ...]], parent: tuple[str, ...]) -> int:
    return next((at for at, name in enumerate(names, 1) if name[:-1] == parent), _FREE)


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", written, len(written), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size
    )


def outlook_mail(path: Path, subject: str, body: str, attachments: Mapping[str, bytes]) -> Path:
    """A .msg from Lò Văn Thử to the commune's office."""
    sent = (133_537_248_000_000_000).to_bytes(8, "little")
    streams = {
        "__properties_version1.0": b"\0" * 32 + b"\x40\x00\x39\x00" + b"\x06\0\0\0" + sent,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Lò Văn Thử".encode("utf-16-le"),
        "__substg1.0_5D01001F": "thu@suoibac.gov.vn".encode("utf-16-le"),
        "__substg1.0_0E04001F": "Văn phòng UBND xã".encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for number, (name, content) in enumerate(attachments.items()):
        storage = f"__attach_version1.0_#{number:08X}"
        streams[f"{storage}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{storage}/__substg1.0_37010102"] = content
    return ole_file(path, streams)
