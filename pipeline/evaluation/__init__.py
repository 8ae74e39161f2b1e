"""Holds a warehouse against answers written by hand, and one state of the extractors against another.

    evaluation = evaluate(Path("answers"), Path("data/processed/vanban.duckdb"))
    evaluation.score("citations").recall
    write_evaluation(evaluation, Path("reports"))

docs/EVALUATION.md tells the form of the answers and how rows are paired.
"""

from __future__ import annotations

from pipeline.evaluation.changes import Change, changes_as_json, changes_as_table, compare
from pipeline.evaluation.outputs import metrics, write_evaluation, write_metrics
from pipeline.evaluation.reliability import Reliability, reliability
from pipeline.evaluation.reviewed import evaluate_reviewed
from pipeline.evaluation.revision import evaluate_revision
from pipeline.evaluation.run_figures import run_figures
from pipeline.evaluation.scores import Accuracy, Evaluation, Score, evaluate

__all__ = [
    "Accuracy",
    "Change",
    "Evaluation",
    "Reliability",
    "Score",
    "changes_as_json",
    "changes_as_table",
    "compare",
    "evaluate",
    "evaluate_reviewed",
    "evaluate_revision",
    "metrics",
    "reliability",
    "run_figures",
    "write_evaluation",
    "write_metrics",
]
