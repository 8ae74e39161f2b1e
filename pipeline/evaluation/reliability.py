"""Whether a row's `confidence` is what it says: the probability that the whole row is right."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.evaluation.pairing import KINDS, Kind
from pipeline.evaluation.scores import ALL, Evaluation

BIN_COUNT = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Found rows whose confidence is in [low, high): their mean confidence, and the share that is wholly right."""

    low: float
    high: float
    confidence: float
    share_right: float
    support: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """The curve of one kind. `expected_error` is the mean distance between confidence and share right, weighted by
    support (expected calibration error); `brier` the mean squared distance between confidence and outcome.
    """

    kind: Kind
    bins: tuple[Bin, ...]
    expected_error: float
    brier: float

    @property
    def support(self) -> int:
        """How many rows the curve rests on."""
        return sum(b.support for b in self.bins)


def reliability(evaluation: Evaluation, group: str = ALL) -> tuple[Reliability, ...]:
    """A curve for each kind whose rows carry a confidence."""
    curves = (_curve(kind, _outcomes(evaluation, kind, group)) for kind in KINDS)
    return tuple(curve for curve in curves if curve.bins)


def _outcomes(evaluation: Evaluation, kind: Kind, group: str) -> list[tuple[float, bool]]:
    outcomes = []
    for document in evaluation.of(group):
        for row in document.rows[kind]:
            confidence = row.pair.found.get("confidence") if row.pair.found is not None else None
            if isinstance(confidence, int | float):
                outcomes.append((float(confidence), row.right))
    return outcomes


def _curve(kind: Kind, outcomes: list[tuple[float, bool]]) -> Reliability:
    filled: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in outcomes:
        filled.setdefault(min(BIN_COUNT - 1, int(confidence * BIN_COUNT)), []).append((confidence, right))
    bins = tuple(
        Bin(
            low=index / BIN_COUNT,
            high=(index + 1) / BIN_COUNT,
            confidence=sum(c for c, _ in members) / len(members),
            share_right=sum(right for _, right in members) / len(members),
            support=len(members),
        )
        for index, members in sorted(filled.items())
    )
    total = max(1, len(outcomes))
    return Reliability(
        kind=kind,
        bins=bins,
        expected_error=sum(abs(b.confidence - b.share_right) * b.support for b in bins) / total,
        brier=sum((confidence - right) ** 2 for confidence, right in outcomes) / total,
    )
