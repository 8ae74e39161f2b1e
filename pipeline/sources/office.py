"""Reads .doc, .rtf and .odt: LibreOffice makes a .docx of them, which is then read as one.

LibreOffice runs without a window, with a profile of its own that is thrown away afterwards: no macro runs, no link is
followed, nothing is fetched (every address goes to a proxy that is not there), and nothing of the user's settings is
touched. It is killed with all it started when it takes longer than
`limits.convert_seconds`. What remains: its import filters are large and read untrusted bytes with the user's rights.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import olefile

from pipeline.errors import DamagedFile, EncryptedFile, LimitExceeded, ToolUnavailable, UnreadableFile
from pipeline.limits import Limits
from pipeline.sources.rich_text import read_rich_text
from pipeline.sources.source import SourceDocument
from pipeline.sources.word import read_docx
from pipeline.sources.word_binary import read_word_text

PROGRAMS = ("soffice", "libreoffice")
"""The names LibreOffice's program goes by; the first that is found is used."""
INSTALL_LINE = "sudo apt-get install -y --no-install-recommends libreoffice-writer-nogui"
"""What installs it on Debian and Ubuntu; shown when it is missing."""

_LOG = logging.getLogger(__name__)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Save/Document">
<prop oor:name="WarnAlienFormat" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
_GROUPS_DEEP = 2_000
"""Documents nest a few dozen groups; LibreOffice takes 600 MB for 200,000."""
_CONVERTED = "converted"
_SECONDS_MORE = 5.0
_ENCRYPTED_BIT = 0x0100
_NEXT_STEP = "mở tệp bằng Word hoặc LibreOffice rồi lưu lại dưới dạng docx"


def read_doc(path: Path, limits: Limits) -> SourceDocument:
    """Read a Word 97–2003 document (or Word 2003 XML).

    Without LibreOffice the text alone is read (word_binary.py), and a finding says so.

    Raises `EncryptedFile`, `ToolUnavailable` for XML without LibreOffice, `DamagedFile` when nothing could be made of
    the file, `LimitExceeded` when it took too long.
    """
    if olefile.isOleFile(path):
        _check_password(path)
        if find_program() is None:
            return read_word_text(path, limits)
    return _read_converted(path, "doc", limits)


def read_rtf(path: Path, limits: Limits) -> SourceDocument:
    """Read Rich Text Format; raises as `read_doc` does, and `DamagedFile` for groups nested beyond all use."""
    _check_groups(path)
    if find_program() is None:
        return read_rich_text(path, limits)
    return _read_converted(path, "rtf", limits)


def read_odt(path: Path, limits: Limits) -> SourceDocument:
    """Read an OpenDocument text; raises as `read_doc` does."""
    return _read_converted(path, "odt", limits)


def find_program() -> str | None:
    """The path of LibreOffice's program, None when it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name)) is not None), None)


def _check_password(path: Path) -> None:
    with olefile.OleFileIO(path) as container:
        if not container.exists("WordDocument"):
            return
        with container.openstream("WordDocument") as stream:
            head = stream.read(12)
    if len(head) == 12 and int.from_bytes(head[10:12], "little") & _ENCRYPTED_BIT:
        raise EncryptedFile(f"{path.name}: tệp Word có mật khẩu", "gỡ mật khẩu rồi chạy lại")


def convert_together(sources: Mapping[Path, str], folder: Path, limits: Limits) -> dict[Path, Path]:
    """Make .docx of many files with one start of LibreOffice; `sources` has the format of each.

    Returns the .docx in `folder` of each that could be converted in time; the others are to be read alone, which
    tells what is wrong with them.
    """
    program = find_program()
    if program is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="vanban-office-") as name:
        work = Path(name)
        copies = {}
        for number, (path, file_format) in enumerate(sources.items()):
            copies[path] = work / f"{number:04}.{file_format}"
            shutil.copyfile(path, copies[path])
        seconds = limits.convert_seconds + _SECONDS_MORE * len(copies)
        try:
            _run(_command((program,), work, list(copies.values())), work, f"{len(copies)} tệp", seconds)
        except LimitExceeded as error:
            _LOG.warning("%s", error)
            return {}
        made = {}
        for path, copy in copies.items():
            converted = work / _CONVERTED / f"{copy.stem}.docx"
            if converted.is_file():
                made[path] = Path(shutil.move(converted, folder / f"{path.name}-{copy.stem}.docx"))
    return made


def read_converted(made: Path, file_format: str, limits: Limits) -> SourceDocument:
    """Read a .docx that `convert_together` made of a file of `file_format`."""
    return replace(read_docx(made, limits), file_format=file_format)


def is_convertible(path: Path, file_format: str) -> bool:
    """Whether a file may be given to LibreOffice together with others: not under a password, not nested beyond use."""
    try:
        if file_format == "doc" and olefile.isOleFile(path):
            _check_password(path)
        elif file_format == "rtf":
            _check_groups(path)
    except UnreadableFile:
        return False
    return True


def _check_groups(path: Path) -> None:
    content = np.frombuffer(path.read_bytes(), np.uint8)
    depth = np.cumsum((content == ord("{")).astype(np.int8) - (content == ord("}")).astype(np.int8), dtype=np.int32)
    if depth.size and depth.max() > _GROUPS_DEEP:
        raise DamagedFile(f"{path.name}: các nhóm RTF lồng nhau sâu {depth.max():,} tầng", _NEXT_STEP)


def _read_converted(path: Path, file_format: str, limits: Limits) -> SourceDocument:
    program = find_program()
    if program is None:
        raise ToolUnavailable(f"{path.name}: cần LibreOffice để đọc tệp {file_format}", INSTALL_LINE)
    with tempfile.TemporaryDirectory(prefix="vanban-office-") as folder:
        work = Path(folder)
        source = work / f"source.{file_format}"
        shutil.copyfile(path, source)
        made = _convert(source, (program,), path.name, limits)
        document = read_docx(made, limits)
    return replace(document, file_format=file_format)


def _convert(source: Path, program: Sequence[str], name: str, limits: Limits) -> Path:
    """Make a .docx beside `source`, a copy under a plain name with a true ending of the file called `name`."""
    work = source.parent
    output = _run(_command(program, work, [source]), work, name, limits.convert_seconds)
    made = work / _CONVERTED / "source.docx"
    if not made.is_file():
        _LOG.warning("LibreOffice made nothing of %s: %s", name, output)
        if "password" in output.lower():
            raise EncryptedFile(f"{name}: tệp có mật khẩu", "gỡ mật khẩu rồi chạy lại")
        raise DamagedFile(f"{name}: LibreOffice không chuyển được tệp", _NEXT_STEP)
    return made


def _command(program: Sequence[str], work: Path, sources: Sequence[Path]) -> list[str]:
    """The call that converts `sources` in `work`, with a new profile there."""
    settings = work / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    return [
        *program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(work / _CONVERTED), *map(str, sources),
    ]  # fmt: skip


def _run(command: Sequence[str], work: Path, name: str, seconds: float) -> str:
    environment = {**os.environ, "HOME": str(work), "SAL_USE_VCLPLUGIN": "svp", "http_proxy": "", "https_proxy": ""}
    with subprocess.Popen(
        command,
        cwd=work,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise LimitExceeded(
                f"{name}: LibreOffice chạy lâu hơn {seconds:g} giây (giới hạn convert_seconds)",
                "nâng limits.convert_seconds trong params.yaml nếu tin tệp này",
            ) from error
        finally:
            _end_session(process)
    return output.decode("utf-8", errors="replace")


def _end_session(process: subprocess.Popen[bytes]) -> None:
    """End `process` and everything it started; soffice is a script whose child does the work."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
