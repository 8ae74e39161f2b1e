"""Findings about the whole text, and the page that lists every kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors import extract
from extractors.findings import check_document
from extractors.reading import Reading
from extractors.records import Extraction, Finding, Header

ROOT = Path(__file__).parent.parent
EMPTY = Extraction(Header(), (), (), (), (), (), ())


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Phong trào “Sạch làng, đẹp ngõ do xã phát động.", ["“Sạch làng"]),
        ("Phong trào “Sạch làng”, cuộc vận động “Ba không.", ["“Ba không."]),
        ("“Trong “ngoài” ngoặc.", ["“Trong"]),
        ("Phong trào “Sạch làng, đẹp ngõ”.", []),
        ("Không có dấu ngoặc.", []),
    ],
)
def test_unclosed_quotes(text: str, quoted: list[str]) -> None:
    findings = check_document(Reading.of(text), EMPTY).findings
    assert [finding.kind for finding in findings] == ["unclosed_quote"] * len(quoted)
    for finding, start in zip(findings, quoted, strict=True):
        assert finding.start is not None
        assert text[finding.start :].startswith(start)


def test_findings_stand_in_reading_order() -> None:
    early, late = Finding("b", "info", "…", 3, 4), Finding("a", "info", "…", 90, 91)
    whole = Finding("c", "info", "…", None, None)
    found = Extraction(Header(), (), (), (), (), (), (late, early, whole))
    assert check_document(Reading.of("x"), found).findings == (whole, early, late)


def test_no_finding_is_told_twice() -> None:
    head = "Số:       /UBND-NV\nLạc Xuyên, ngày    tháng 3 năm 2021\n\n"
    text = head + "KẾ HOẠCH\nKiểm tra hồ sơ\n\nI. NỘI DUNG\n1. Làm việc.\n"
    kinds = [finding.kind for finding in extract(Reading.of(text)).findings]
    assert len(kinds) == len(set(kinds))


def test_every_kind_in_the_code_is_on_the_page() -> None:
    listed = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs" / "FINDINGS.md").read_text(encoding="utf-8"), re.MULTILINE))
    call = re.compile(r"(?:Finding|_finding|remark)\(\s*(?:\w+,\s*)?\"(\w+)\"")
    written = {
        kind
        for folder in ("extractors", "pipeline")
        for path in (ROOT / folder).rglob("*.py")
        for kind in call.findall(path.read_text(encoding="utf-8"))
    }
    assert written
    assert written == listed
