"""Writes the figures where `dvc metrics` and `dvc plots` read them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.evaluation.pairing import KINDS
from pipeline.evaluation.reliability import reliability
from pipeline.evaluation.report import report_page
from pipeline.evaluation.scores import ALL, Evaluation, Score

Figures = dict[str, int | float]


def write_evaluation(evaluation: Evaluation, folder: Path) -> None:
    """Write metrics.json, scores.csv, fields.csv, reliability.csv and report.html into `folder`, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    write_metrics(metrics(evaluation), folder / "metrics.json")
    _write_table(
        folder / "scores.csv",
        ("group", "kind", "match", "precision", "recall", "f1", "matched", "gold", "found"),
        _score_rows(evaluation),
    )
    _write_table(
        folder / "fields.csv", ("group", "kind", "field", "accuracy", "right", "support"), _field_rows(evaluation)
    )
    _write_table(
        folder / "reliability.csv",
        ("kind", "low", "high", "confidence", "share_right", "support"),
        [
            (curve.kind, b.low, b.high, _rounded(b.confidence), _rounded(b.share_right), b.support)
            for curve in reliability(evaluation)
            for b in curve.bins
        ],
    )
    (folder / "report.html").write_text(report_page(evaluation), encoding="utf-8")


def write_metrics(figures: Mapping[str, int | float], path: Path) -> None:
    """Write flat figures as JSON, in a stable order."""
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def metrics(evaluation: Evaluation) -> Figures:
    """Every figure under a flat name: `citations.f1`, `scanned.citations.f1`, `citations.field.issuer` …

    Figures over all documents carry no group; a share stands beside its support (`.gold`, `.found`, `.support`).
    """
    figures: Figures = {"documents": len(evaluation.documents)}
    for group in evaluation.groups:
        prefix = "" if group == ALL else group + "."
        if group != ALL:
            figures[prefix + "documents"] = len(evaluation.of(group))
        overall = evaluation.document_fields_overall(group)
        figures[f"{prefix}header.accuracy"] = _rounded(overall.share)
        figures[f"{prefix}header.support"] = overall.support
        for field, accuracy in evaluation.document_fields(group).items():
            figures[f"{prefix}header.field.{field}"] = _rounded(accuracy.share)
        for kind in KINDS:
            figures |= _score_figures(f"{prefix}{kind}", evaluation.score(kind, group))
            figures[f"{prefix}{kind}.relaxed.f1"] = _rounded(evaluation.score(kind, group, relaxed=True).f1)
            for field, accuracy in evaluation.fields(kind, group).items():
                figures[f"{prefix}{kind}.field.{field}"] = _rounded(accuracy.share)
    for curve in reliability(evaluation):
        figures[f"{curve.kind}.calibration_error"] = _rounded(curve.expected_error)
        figures[f"{curve.kind}.brier"] = _rounded(curve.brier)
    return figures


def _score_figures(name: str, score: Score) -> Figures:
    return {
        f"{name}.precision": _rounded(score.precision),
        f"{name}.recall": _rounded(score.recall),
        f"{name}.f1": _rounded(score.f1),
        f"{name}.gold": score.wanted,
        f"{name}.found": score.found,
    }


def _score_rows(evaluation: Evaluation) -> Iterable[Sequence[str | int | float]]:
    for group in evaluation.groups:
        for kind in KINDS:
            for relaxed in (False, True):
                score = evaluation.score(kind, group, relaxed=relaxed)
                shares = (_rounded(score.precision), _rounded(score.recall), _rounded(score.f1))
                match = "relaxed" if relaxed else "exact"
                yield group, kind, match, *shares, score.matched, score.wanted, score.found


def _field_rows(evaluation: Evaluation) -> Iterable[Sequence[str | int | float]]:
    for group in evaluation.groups:
        named = [("header", evaluation.document_fields(group))]
        named += [(kind, evaluation.fields(kind, group)) for kind in KINDS]
        for kind, fields in named:
            for field, accuracy in fields.items():
                yield group, kind, field, _rounded(accuracy.share), accuracy.right, accuracy.support


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)


def _rounded(share: float) -> float:
    return round(share, 4)
