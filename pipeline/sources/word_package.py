"""Opens a .docx as a package of XML parts (ECMA-376 part 2) without trusting it.

A .docx from outside can be a zip bomb, nest entities, or point at other parts and hosts. The sizes the zip promises are
added up before anything is unpacked (`zipfile` never gives more than promised), entities are not expanded, nothing is
fetched, and small parts (styles, numbering, notes) are read only up to `_SMALL_PART` bytes. What remains: a document
within all limits may still cost `limits.file_seconds` and some hundred MB.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO

from lxml import etree

from pipeline.errors import DamagedFile, EncryptedFile, LimitExceeded
from pipeline.limits import Limits
from pipeline.sources.word_xml import STRICT_NAMES, parse_part
from pipeline.sources.zip_errors import BROKEN_ZIP

_SMALL_PART = 30_000_000
_PARTS = 20_000
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMBEDDED, _RELATED = _LINKS + "embed", _LINKS + "id"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_NEXT_STEP = "lấy lại tệp từ nguồn hoặc mở bằng Word rồi lưu lại"


class WordPackage:
    """An open .docx: its main part as a stream, its other parts as trees. Made by `open_package`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._relations: dict[str, list[tuple[str, str]]] = {}
        self.main_part = self._related("", "officeDocument") or "word/document.xml"
        if self.main_part not in self._names:
            raise DamagedFile("gói docx không có phần văn bản chính", _NEXT_STEP)

    @property
    def main_bytes(self) -> int:
        """The size of the main document part once unpacked."""
        return self._archive.getinfo(self.main_part).file_size

    def main_tree(self) -> etree._Element:
        """The root of the main document part; for a part that is small enough to be held whole."""
        return parse_part(self._read(self.main_part))

    def main_stream(self) -> IO[bytes]:
        """The bytes of the main document part."""
        with self._archive.open(self.main_part) as stream:
            head = stream.read(4096)
            if not any(strict in head for strict, _ in STRICT_NAMES):
                return self._archive.open(self.main_part)
            whole = head + stream.read()
        return BytesIO(_transitional(whole))

    def part(self, kind: str) -> etree._Element | None:
        """The root of the part that the main part relates to as `kind` (`styles`, `numbering`, `footnotes` …)."""
        name = self._related(self.main_part, kind)
        return None if name is None else self._tree(name)

    def part_bytes(self, kind: str) -> bytes | None:
        """The bytes of the part that the main part relates to as `kind`, not parsed."""
        name = self._related(self.main_part, kind)
        return None if name is None else self._read(name)

    def parts(self, kind: str) -> Iterator[etree._Element]:
        """The roots of all parts the main part relates to as `kind` (`header` …), in the order of their names."""
        for name in sorted(set(self._all_related(self.main_part, kind))):
            tree = self._tree(name)
            if tree is not None:
                yield tree

    def pictures(self) -> Iterator[bytes]:
        """The pictures that stand in the main part, in their order, each once."""
        folder, file = posixpath.split(self.main_part)
        relations = self._tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        targets = {} if relations is None else {r.get("Id"): r.get("Target", "") for r in relations.iter(_RELATIONSHIP)}
        seen = set()
        for element in self.main_tree().iter(_BLIP, _IMAGE_DATA):
            target = targets.get(element.get(_EMBEDDED) or element.get(_RELATED))
            if target is None or target in seen:
                continue
            seen.add(target)
            name = _part_name(folder, target)
            if name in self._names:
                yield self._archive.read(name)

    def _related(self, part: str, kind: str) -> str | None:
        return next(self._all_related(part, kind), None)

    def _all_related(self, part: str, kind: str) -> Iterator[str]:
        if part not in self._relations:
            self._relations[part] = list(self._read_relations(part))
        return (name for relation, name in self._relations[part] if relation == kind)

    def _read_relations(self, part: str) -> Iterator[tuple[str, str]]:
        folder, file = posixpath.split(part)
        relations = self._tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in () if relations is None else relations.iter(_RELATIONSHIP):
            if relation.get("TargetMode") == "External":
                continue
            name = _part_name(folder, relation.get("Target", ""))
            if name in self._names:
                yield relation.get("Type", "").rsplit("/", 1)[-1], name

    def _tree(self, name: str) -> etree._Element | None:
        return None if name not in self._names else parse_part(self._read(name))

    def _read(self, name: str) -> bytes:
        if self._archive.getinfo(name).file_size > _SMALL_PART:
            raise LimitExceeded(f"phần {name} của gói docx quá lớn", _NEXT_STEP)
        return _transitional(self._archive.read(name))


@contextmanager
def open_package(path: Path, limits: Limits) -> Iterator[WordPackage]:
    """Open `path` for reading; every way in which zip or XML can be broken inside the block becomes `DamagedFile`.

    Raises `LimitExceeded` when it would unpack to more than `limits.unpacked_bytes`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise EncryptedFile(f"{path.name}: gói zip có mật khẩu", "gỡ mật khẩu rồi chạy lại")
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > limits.unpacked_bytes or len(entries) > _PARTS:
                raise LimitExceeded(
                    f"{path.name}: giải nén ra {unpacked:,} byte, {len(entries):,} phần; quá giới hạn "
                    f"unpacked_bytes = {limits.unpacked_bytes:,}",
                    "nâng limits.unpacked_bytes trong params.yaml nếu tin tệp này",
                )
            yield WordPackage(archive)
    except (*BROKEN_ZIP, etree.XMLSyntaxError, KeyError) as error:
        raise DamagedFile(f"{path.name}: tệp docx hỏng ({type(error).__name__}: {error})", _NEXT_STEP) from error


@lru_cache(maxsize=1_000)
def _part_name(folder: str, target: str) -> str:
    """The name of the part that a relation of a part in `folder` points at; the same few in all documents."""
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def _transitional(content: bytes) -> bytes:
    for strict, transitional in STRICT_NAMES:
        if strict in content:
            content = content.replace(strict, transitional)
    return content
