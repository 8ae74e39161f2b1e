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
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import olefile

from pipeline.errors import DamagedFile, EncryptedFile, LimitExceeded, ToolUnavailable
from pipeline.limits import Limits
from pipeline.sources.source import SourceDocument
from pipeline.sources.word import read_docx

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
_ENCRYPTED_BIT = 0x0100
_NEXT_STEP = "mở tệp bằng Word hoặc LibreOffice rồi lưu lại dưới dạng docx"


def read_doc(path: Path, limits: Limits) -> SourceDocument:
    """Read a Word 97–2003 document (or Word 2003 XML).

    Raises `EncryptedFile`, `ToolUnavailable` without LibreOffice, `DamagedFile` when nothing could be made of the
    file, `LimitExceeded` when it took too long.
    """
    if olefile.isOleFile(path):
        _check_password(path)
    return _read_converted(path, "doc", limits)


def read_rtf(path: Path, limits: Limits) -> SourceDocument:
    """Read Rich Text Format; raises as `read_doc` does, and `DamagedFile` for groups nested beyond all use."""
    content = np.frombuffer(path.read_bytes(), np.uint8)
    depth = np.cumsum((content == ord("{")).astype(np.int8) - (content == ord("}")).astype(np.int8), dtype=np.int32)
    if depth.size and depth.max() > _GROUPS_DEEP:
        raise DamagedFile(f"{path.name}: các nhóm RTF lồng nhau sâu {depth.max():,} tầng", _NEXT_STEP)
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
    settings = work / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [
        *program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(work / "converted"), str(source),
    ]  # fmt: skip
    output = _run(command, work, name, limits)
    made = work / "converted" / "source.docx"
    if not made.is_file():
        _LOG.warning("LibreOffice made nothing of %s: %s", name, output)
        if "password" in output.lower():
            raise EncryptedFile(f"{name}: tệp có mật khẩu", "gỡ mật khẩu rồi chạy lại")
        raise DamagedFile(f"{name}: LibreOffice không chuyển được tệp", _NEXT_STEP)
    return made


def _run(command: Sequence[str], work: Path, name: str, limits: Limits) -> str:
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
            output, _ = process.communicate(timeout=limits.convert_seconds)
        except subprocess.TimeoutExpired as error:
            raise LimitExceeded(
                f"{name}: LibreOffice chạy lâu hơn giới hạn convert_seconds = {limits.convert_seconds:g} giây",
                "nâng limits.convert_seconds trong params.yaml nếu tin tệp này",
            ) from error
        finally:
            _end_session(process)
    return output.decode("utf-8", errors="replace")


def _end_session(process: subprocess.Popen[bytes]) -> None:
    """End `process` and everything it started; soffice is a script whose child does the work."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
