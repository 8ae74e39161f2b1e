"""The scores of an evaluation as a table for officers, in Vietnamese."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.evaluation import Evaluation, reliability
from pipeline.evaluation.pairing import KINDS
from pipeline.wording import GROUP_NAMES, KIND_NAMES, field_name

_KIND_HEADINGS = {
    "sections": "Bố cục",
    "citations": "Viện dẫn",
    "deadlines": "Thời hạn",
    "signatories": "Người ký",
    "recipients": "Nơi nhận",
}


def print_scores(evaluation: Evaluation, console: Console) -> None:
    """Precision, recall and F1 (exact, and relaxed F1) a kind and medium, with the support beside each figure."""
    for group in evaluation.groups:
        console.rule(f"{GROUP_NAMES.get(group, group)} · {len(evaluation.of(group))} văn bản", align="left")
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column("Nội dung", no_wrap=True)
        for heading in ("Đáp án", "Tìm thấy", "Khớp", "Chính xác", "Độ phủ", "F1", "F1 lỏng"):
            table.add_column(heading, justify="right", no_wrap=True)
        shares = {KIND_NAMES["header"]: evaluation.document_fields(group)}
        for kind in KINDS:
            score, relaxed = evaluation.score(kind, group), evaluation.score(kind, group, relaxed=True)
            counts = (str(score.wanted), str(score.found), str(score.matched))
            figures = (score.precision, score.recall, score.f1, relaxed.f1)
            table.add_row(_KIND_HEADINGS[kind], *counts, *(f"{figure:.3f}" for figure in figures))
            shares[KIND_NAMES[kind]] = evaluation.fields(kind, group)
        console.print(table)
        for name, fields in shares.items():
            told = " · ".join(
                f"{field_name(field)} {a.share:.2f} ({a.right}/{a.support})" for field, a in fields.items()
            )
            console.print(f"{name}: {told or '–'}", highlight=False)
    for curve in reliability(evaluation):
        sure = [b for b in curve.bins if b.low >= 0.9]
        support = sum(b.support for b in sure)
        if support:
            right = sum((b.share_right or 0.0) * b.support for b in sure) / support
            console.print(
                f"{KIND_NAMES[curve.kind]}: dòng có độ tin cậy ≥ 0,9 đúng {right:.1%} ({support} dòng)", highlight=False
            )
