"""What the compressed streams of a PDF unpack to, counted before pdfium unpacks them into memory.

A stream of 300 KB can unpack to 300 MB, and the drawing instructions in it cost pdfium some hundred times their size.
Deflate gives at most 1,032 bytes for one, so that short streams need no look; the others are unpacked piece by piece
and thrown away.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from pipeline.errors import LimitExceeded
from pipeline.limits import Limits

_PICTURE_OR_FONT = re.compile(rb"/Subtype\s*/Image\b|/Length1\b")
_DICTIONARY = 2_000
_MOST_FOR_ONE = 1_032
_PIECE = 65_536
_INNER = 1_000_000
_FILTERS_DEEP = 4


def check_streams(data: bytes, limits: Limits) -> None:
    """Raise LimitExceeded when a stream unpacks to more than a limit: `unpacked_bytes` for a picture or font,
    else `content_bytes`. Filters upon filters are followed; damaged streams are counted as far as they go."""
    for start, end in _streams(data):
        if not _is_deflated(data[start : start + 2]):
            continue
        dictionary = data[max(0, start - _DICTIONARY) : start]
        dictionary = dictionary[max(0, dictionary.rfind(b" obj")) :]
        name = "unpacked_bytes" if _PICTURE_OR_FONT.search(dictionary) else "content_bytes"
        most = getattr(limits, name)
        if (end - start) * _MOST_FOR_ONE <= most and dictionary.count(b"FlateDecode") < 2:
            continue
        if _unpacks_to_more(memoryview(data)[start:end], most, _FILTERS_DEEP):
            raise LimitExceeded(
                f"một luồng nén của tệp PDF giải nén ra hơn giới hạn {name} = {most:,} byte",
                f"nâng limits.{name} trong params.yaml nếu tin tệp này",
            )


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the bytes of each stream begin and end. (A pattern takes twenty times as long to find them.)"""
    at = data.find(b"stream")
    while at >= 0:
        start = at + 6
        if data[at - 3 : at] != b"end":
            start += 2 if data[start : start + 2] == b"\r\n" else 1
            end = data.find(b"endstream", start)
            yield start, end if end >= 0 else len(data)
            start = max(start, end)
        at = data.find(b"stream", start)


def _is_deflated(head: bytes | bytearray) -> bool:
    """Whether the bytes open a zlib stream (RFC 1950)."""
    return len(head) == 2 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0


def _unpacks_to_more(content: memoryview | bytes, most: int, deep: int) -> bool:
    unpacker = zlib.decompressobj()
    waiting: memoryview | bytes = content
    counted = 0
    inner = bytearray()
    try:
        while waiting and not unpacker.eof:
            piece = unpacker.decompress(waiting, _PIECE)
            waiting = unpacker.unconsumed_tail
            counted += len(piece)
            if counted > most:
                return True
            if not piece:
                break
            if counted <= _INNER:
                inner += piece
    except zlib.error:
        return counted > most
    # A second filter upon the first: what came out is a small compressed stream itself.
    return deep > 0 and counted <= _INNER and _is_deflated(inner[:2]) and _unpacks_to_more(bytes(inner), most, deep - 1)
