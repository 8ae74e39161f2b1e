"""Figures of small invented warehouses and answers, worked out by hand."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from pipeline.errors import FolderError, StageInputMissing, UsageError, VanbanError
from pipeline.evaluation import (
    changes_as_json,
    changes_as_table,
    compare,
    evaluate,
    evaluate_revision,
    metrics,
    reliability,
    run_figures,
    write_evaluation,
)
from pipeline.evaluation.keys import citation_keys, folded, same_field, toneless
from pipeline.evaluation.pairing import pair_rows
from pipeline.evaluation.places import Place, nearest_line, places_in_order
from pipeline.evaluation.report import report_page
from pipeline.evaluation.revision import PROJECT
from tests import small_warehouse

CITED = "Quyết định số 45/QĐ-UBND ngày 20/02/2024 của UBND huyện Sông Lam"
PLAN: dict[str, Any] = {
    "doc": "ke-hoach",
    "document": {
        "doc_type": "kế hoạch",
        "number": "12",
        "symbol": "KH-UBND",
        "ref": "12/KH-UBND",
        "issued_year": 2024,
        "issued_month": 3,
        "issued_day": 7,
        "place": "Suối Bạc",
        "issuer": "Uỷ ban nhân dân xã Suối Bạc",
        "issuer_parent": "Ủy ban nhân dân huyện Sông Lam",
        "subject": "Vệ sinh đường làng năm 2024.",
    },
    "sections": [
        {"label": "I", "level": 1, "title": "MỤC ĐÍCH", "role": "mục đích yêu cầu"},
        {"label": "II", "level": 2, "title": "TỔ CHỨC THỰC HIỆN", "role": "tổ chức thực hiện"},
        {"label": "III", "level": 1, "title": "KINH PHÍ", "role": None},
    ],
    "citations": [
        {
            "quote": CITED,
            "kind": "numbered",
            "instrument_type": "quyết định",
            "number": "45",
            "symbol": "QĐ-UBND",
            "ref": "45/QĐ-UBND",
            "ref_repaired": None,
            "date": "2024-02-20",
            "issuer": "UBND huyện Sông Lam",
            "relation": "thực hiện",
            "pinpoint": None,
            "title": None,
        },
        {
            "quote": "Công văn số 88/PTNMT ngày 01/3/2024",
            "kind": "numbered",
            "instrument_type": "công văn",
            "number": "88",
            "symbol": "PTNMT-MT",
            "ref": "88/PTNMT-MT",
            "ref_repaired": None,
            "date": "2024-03-01",
            "issuer": None,
            "relation": "thực hiện",
            "pinpoint": None,
            "title": None,
        },
    ],
    "deadlines": [],
    "signatories": [
        {"name": "LÒ VĂN THỬ", "position": "Chủ tịch", "authority": "TM", "on_behalf_of": "Ủy ban nhân dân"},
    ],
    "recipients": [
        {"role": "nơi nhận", "name": "UBND huyện", "purpose": "báo cáo", "refers_to_addressees": False},
    ],
}  # fmt: skip


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return small_warehouse.build(tmp_path / "kho.duckdb")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return _write_answers(tmp_path / "dap-an", PLAN)


def _write_answers(folder: Path, *documents: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for document in documents:
        (folder / f"{document['doc']}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Uỷ ban  nhân dân", "Ủy ban nhân dân"),
        ("“Vì nước sạch”", "vì nước sạch"),
        ("12/ÐA–UBND.", "12/đa-ubnd"),
        (None, ""),
        ("*Hội đồng* hoà giải", "hội đồng hòa giải"),
    ],
)
def test_folding_leaves_out_what_does_not_count(left: str | None, right: str) -> None:
    assert folded(left) == folded(right)


@pytest.mark.parametrize(
    ("row", "keys"),
    [
        ({"ref": "05 /QĐ-UBND", "ref_repaired": None}, ["#5/qđ-ubnd"]),
        ({"ref": "33/CTTTg", "ref_repaired": "33/CT-TTg"}, ["#33/ctttg", "#33/ct-ttg"]),
        ({"ref": "06", "number": "06", "instrument_type": "kế hoạch"}, ["#6", "#6@kế hoạch"]),
        ({"kind": "named", "quote": "Luật Đất đai năm 2013"}, ["=luật đất đai"]),
        ({"kind": "dated", "instrument_type": "công văn", "date": "2022-05"}, ["~công văn2022-05"]),
        ({"kind": "dated", "instrument_type": "công văn", "date_year": 2022, "date_month": 5}, ["~công văn2022-05"]),
        ({"ref": "/", "kind": "dated", "instrument_type": "công văn"}, ["~công văn"]),
    ],
)
def test_citation_keys(row: dict[str, Any], keys: list[str]) -> None:
    assert citation_keys(row) == keys


def test_fields_are_compared_by_their_nature() -> None:
    assert same_field("number", "06", "6")
    assert not same_field("number", "06", "60")
    assert not same_field("level", 1, 2)
    assert same_field("due_date", None, "")
    assert toneless("Đường  Lê-Lợi") == "duong le loi"


def test_places_follow_each_other() -> None:
    text = "một hai\nba. một hai ba"
    assert places_in_order(text, ["hai ba", "một hai ba"]) == [Place(4, 10), Place(12, 22)]
    assert places_in_order(text, ["hai ba.", "một", "không có", None]) == [Place(4, 11), Place(12, 15), None, None]
    assert nearest_line("một hai\nba bốn năm", "ba bốn sáu") == Place(8, 18)
    assert nearest_line("một hai", "ba bốn") is None


def test_relaxed_pairs_overlap_or_are_alike() -> None:
    name = {"name": "Trần Thị Thử", "role": "nơi nhận"}
    misread = {"name": "Trân Thi Thử", "role": "nơi nhận"}
    assert [p.match for p in pair_rows("signatories", [name], [misread], [None])] == ["relaxed"]
    far = {"name": "Lê Văn Khác", "role": "nơi nhận"}
    assert [p.match for p in pair_rows("signatories", [name], [far], [None])] == ["missed", "extra"]
    wanted = {"due_date": "2024-05-01", "quote": "trước ngày 01/5/2024"}
    found = {"due_date": "2024-05-10", "quote": "ngày 01/5/2024", "char_start": 16, "char_end": 30}
    assert [p.match for p in pair_rows("deadlines", [wanted], [found], [Place(10, 30)])] == ["relaxed"]
    assert [p.match for p in pair_rows("deadlines", [wanted], [found], [Place(40, 60)])] == ["missed", "extra"]


def test_figures(answers: Path, warehouse: Path) -> None:
    evaluation = evaluate(answers, warehouse)
    assert evaluation.groups == ("all", "born_digital")
    sections = evaluation.score("sections")
    assert (sections.matched, sections.wanted, sections.found) == (2, 3, 2)
    assert sections.precision == 1.0
    assert sections.recall == pytest.approx(2 / 3)
    assert sections.f1 == pytest.approx(0.8)
    assert asdict(evaluation.fields("sections")["level"]) == {"right": 1, "support": 2}
    citations = evaluation.score("citations")
    assert (citations.matched, citations.wanted, citations.found) == (1, 2, 2)
    assert evaluation.score("citations", relaxed=True).matched == 2
    assert evaluation.fields("citations")["relation"].share == 0.0
    assert evaluation.fields("citations")["date"].share == 1.0
    deadlines = evaluation.score("deadlines")
    assert (deadlines.precision, deadlines.recall, deadlines.f1) == (0.0, 1.0, 0.0)
    assert evaluation.score("signatories").f1 == 1.0
    assert evaluation.score("recipients").precision == pytest.approx(1 / 3)
    header = evaluation.document_fields_overall()
    assert (header.right, header.support) == (9, 10)
    assert not evaluation.document_fields()["issuer_parent"].right


def test_a_document_that_is_not_in_the_warehouse_is_all_missed(tmp_path: Path, warehouse: Path) -> None:
    folder = _write_answers(tmp_path / "khac", {**PLAN, "doc": "vang-mat"})
    evaluation = evaluate(folder, warehouse)
    assert evaluation.groups == ("all", "absent")
    assert evaluation.score("citations").recall == 0.0
    assert evaluation.document_fields_overall().right == 0


def test_reliability_bins_hold_every_row_with_a_confidence(answers: Path, warehouse: Path) -> None:
    curves = {curve.kind: curve for curve in reliability(evaluate(answers, warehouse))}
    assert set(curves) == {"citations", "deadlines", "signatories", "recipients"}
    recipients = curves["recipients"]
    assert recipients.support == 3
    (only,) = recipients.bins
    assert (only.low, only.support, only.share_right) == (0.9, 3, 0.0)
    assert recipients.expected_error == pytest.approx(0.9)
    assert recipients.brier == pytest.approx(0.81)


def test_written_files(answers: Path, warehouse: Path, tmp_path: Path) -> None:
    write_evaluation(evaluate(answers, warehouse), tmp_path / "bao-cao")
    figures = json.loads((tmp_path / "bao-cao/metrics.json").read_text(encoding="utf-8"))
    assert figures["sections.f1"] == 0.8
    assert figures["sections.gold"] == 3
    assert figures["born_digital.citations.relaxed.f1"] == 1.0
    assert all(isinstance(value, int | float) for value in figures.values())
    scores = (tmp_path / "bao-cao/scores.csv").read_text(encoding="utf-8").splitlines()
    assert scores[0] == "group,kind,match,precision,recall,f1,matched,gold,found"
    assert "all,sections,exact,1.0,0.6667,0.8,2,3,2" in scores
    assert (tmp_path / "bao-cao/reliability.csv").read_text(encoding="utf-8").startswith("kind,low,high,")
    assert "all,header,issuer_parent,0.0,0,1" in (tmp_path / "bao-cao/fields.csv").read_text(encoding="utf-8")


def test_report_shows_each_error_in_its_context(answers: Path, warehouse: Path) -> None:
    page = report_page(evaluate(answers, warehouse))
    assert f"<mark>{CITED}</mark>" in page
    assert "Căn cứ <mark>" in page
    assert "đáp án: “thực hiện”; đọc được: “căn cứ”" in page
    assert '<li class="missed">' in page
    assert '<li class="extra">' in page
    assert '<li class="relaxed">' in page
    assert "<svg" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "$" not in page


class _Balance(HTMLParser):
    """Fails on an element that is closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "path", "polyline", "circle"):
            self.open.append(tag)
        assert tag != "svg" or "aria-label" in dict(attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "path", "polyline", "circle"):
            assert self.open.pop() == tag


def test_report_is_well_formed(answers: Path, warehouse: Path) -> None:
    balance = _Balance()
    balance.feed(report_page(evaluate(answers, warehouse)))
    assert balance.open == []


def test_report_escapes_the_documents_text(answers: Path, warehouse: Path) -> None:
    evaluation = evaluate(answers, warehouse)
    (document,) = evaluation.documents
    hostile = replace(document, name="<script>alert(1)</script>")
    assert "<script>" not in report_page(replace(evaluation, documents=(hostile,)))


def test_comparison_names_gains_and_losses(tmp_path: Path, answers: Path, warehouse: Path) -> None:
    after = evaluate(answers, warehouse)
    (document,) = after.documents
    worse = {**PLAN, "doc": "vang-mat"}
    before = replace(
        evaluate(_write_answers(tmp_path / "khac", worse), warehouse),
    )
    before = replace(before, documents=(replace(before.documents[0], name=document.name),))
    changes = compare(before, after)
    assert compare(after, after) == ()
    gains = [c for c in changes if c.effect == "gain"]
    assert ("citations", CITED, None) in {(c.kind, c.what, c.field) for c in gains}
    assert "đọc được, sai quan hệ" in {c.after for c in gains}
    assert ("header", "number") in {(c.kind, c.field) for c in gains}
    assert [c.effect for c in compare(after, before)].count("loss") == len(gains)
    assert changes[0].effect == "loss"
    assert {c.after for c in changes if c.effect == "loss"} == {"thừa"}
    assert json.loads(changes_as_json(changes))[0]["document"] == "ke-hoach"
    console = Console(width=200, record=True, file=(tmp_path / "bang.txt").open("w", encoding="utf-8"))
    console.print(changes_as_table(changes))
    assert "Được" in console.export_text()


def test_run_figures_without_answers(warehouse: Path) -> None:
    figures = run_figures(warehouse)
    assert figures["documents"] == 3
    assert figures["documents.media.scanned"] == 1
    assert figures["citations.type.quyết định"] == 2
    assert figures["findings.no_signature"] == 1
    assert figures["quarantine.damaged"] == 1
    assert figures["documents.without_signatory"] == 1
    assert figures["citations.short_forms_unresolved"] == 0


def test_errors_say_what_is_missing(tmp_path: Path, answers: Path, warehouse: Path) -> None:
    with pytest.raises(StageInputMissing):
        evaluate(answers, tmp_path / "khong-co.duckdb")
    with pytest.raises(StageInputMissing):
        run_figures(tmp_path / "khong-co.duckdb")
    with pytest.raises(FolderError):
        evaluate(tmp_path, warehouse)
    (answers / "hong.json").write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(FolderError, match=r"hong\.json"):
        evaluate(answers, warehouse)


@pytest.fixture
def ingested(tmp_path: Path) -> Path:
    folder = tmp_path / "ingest"
    folder.mkdir()
    documents = [
        {"doc_id": name, "source_path": f"xa/{name}.txt", "media": "born_digital", "text": text}
        for name, text in small_warehouse.texts()
    ]
    pq.write_table(pa.Table.from_pylist(documents), folder / "documents.parquet")
    columns = ("char_start", "char_end", "page_no", "column_no")
    block = {
        "doc_id": "ke-hoach", "kind": "line", "row_no": None, "bold": None, "centred": None, "ocr_confidence": None,
        "box_left": None, "box_top": None, "box_right": None, "box_bottom": None,
        **dict(zip(columns, (0, 29, 1, 0), strict=True)),
    }  # fmt: skip
    pq.write_table(pa.Table.from_pylist([block]), folder / "blocks.parquet")
    return folder


def test_another_revision_is_run_on_the_same_texts(tmp_path: Path, answers: Path, ingested: Path) -> None:
    project = tmp_path / "du-an"
    package = project / "extractors"
    package.mkdir(parents=True)
    for path in (PROJECT / "extractors").rglob("*"):
        if path.suffix in (".py", ".toml"):
            target = package / path.relative_to(PROJECT / "extractors")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    finder = package / "signatories.py"
    whole = finder.read_text(encoding="utf-8")
    finder.write_text(
        whole + "\n\ndef find_signatories(reading, context=None):\n    return Found(())\n", encoding="utf-8"
    )
    _git(project, "init", "--quiet")
    _git(project, "add", ".")
    _git(project, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "blind")
    finder.write_text(whole, encoding="utf-8")
    before = evaluate_revision(answers, ingested, "HEAD", project)
    after = evaluate_revision(answers, ingested, None, project)
    assert before.documents[0].media == "born_digital"
    assert before.score("signatories").found == 0
    kinds = {change.kind for change in compare(before, after)}
    assert kinds <= {"signatories"}
    assert metrics(before)["documents"] == 1
    assert _git(project, "worktree", "list").count("\n") == 1
    with pytest.raises(UsageError):
        evaluate_revision(answers, ingested, "khong-co", project)
    _git(project, "rm", "-r", "--quiet", "--cached", "extractors")
    _git(project, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "empty")
    with pytest.raises(VanbanError, match="no extractors"):
        evaluate_revision(answers, ingested, "HEAD", project)


def _git(project: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(project), *words], capture_output=True, encoding="utf-8", check=True)
    return done.stdout
