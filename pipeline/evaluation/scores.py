"""How much of the answers was found, how much of what was found is in the answers, and how right each field is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluation.answers import Answers, ReadDocument, read_answers, read_warehouse
from pipeline.evaluation.keys import Value, incomplete_date, same_field
from pipeline.evaluation.pairing import KINDS, RULES, Kind, Pair, pair_rows
from pipeline.evaluation.places import Place, places_in_order

DOCUMENT_FIELDS = (
    "doc_type",
    "number",
    "symbol",
    "issued_year",
    "issued_month",
    "issued_day",
    "place",
    "issuer",
    "issuer_parent",
    "subject",
)
ALL = "all"
ABSENT = "absent"
"""The medium of a document that has answers but is not in the warehouse: all its rows count as missed."""


@dataclass(frozen=True, slots=True)
class Score:
    """Rows `matched`, of `wanted` rows in the answers and `found` rows in the warehouse."""

    matched: int
    wanted: int
    found: int

    @property
    def precision(self) -> float:
        """Share of the found rows that are wanted; 1 when nothing was found and nothing was wanted."""
        if not self.found:
            return 0.0 if self.wanted else 1.0
        return self.matched / self.found

    @property
    def recall(self) -> float:
        """Share of the wanted rows that were found; 1 when nothing was wanted."""
        return self.matched / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often a field is right, among `support` rows that were paired exactly."""

    right: int
    support: int

    @property
    def share(self) -> float:
        """Share right; 1 without support."""
        return self.right / self.support if self.support else 1.0


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """One field of a paired row, or of the document itself."""

    name: str
    wanted: Value
    found: Value
    right: bool


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row of the answers, or one that was found beside them, with the fields that were compared."""

    pair: Pair
    fields: tuple[FieldCheck, ...]

    @property
    def right(self) -> bool:
        """Paired exactly, and every field is right."""
        return self.pair.match == "exact" and all(check.right for check in self.fields)


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document of the answers."""

    name: str
    media: str
    text: str
    header: tuple[FieldCheck, ...]
    rows: Mapping[Kind, tuple[RowResult, ...]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All documents of the answers. Figures are micro-averaged: every row counts the same, whatever its document."""

    documents: tuple[DocumentResult, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """`all`, then the media that occur."""
        return (ALL, *sorted({document.media for document in self.documents}))

    def of(self, group: str) -> tuple[DocumentResult, ...]:
        """The documents of a medium, or all."""
        return tuple(d for d in self.documents if group in (ALL, d.media))

    def score(self, kind: Kind, group: str = ALL, *, relaxed: bool = False) -> Score:
        """Precision, recall and F1 of a kind; `relaxed` also counts rows that overlap or are much alike."""
        pairs = [row.pair for document in self.of(group) for row in document.rows[kind]]
        good = ("exact", "relaxed") if relaxed else ("exact",)
        return Score(
            matched=sum(pair.match in good for pair in pairs),
            wanted=sum(pair.wanted is not None for pair in pairs),
            found=sum(pair.found is not None for pair in pairs),
        )

    def fields(self, kind: Kind, group: str = ALL) -> dict[str, Accuracy]:
        """How right each field of a kind is, among the rows that were paired exactly."""
        rows = [row for document in self.of(group) for row in document.rows[kind] if row.pair.match == "exact"]
        return _accuracies(check for row in rows for check in row.fields)

    def document_fields(self, group: str = ALL) -> dict[str, Accuracy]:
        """How right the documents' own fields are."""
        return _accuracies(check for document in self.of(group) for check in document.header)

    def document_fields_overall(self, group: str = ALL) -> Accuracy:
        """All the documents' own fields in one figure."""
        fields = self.document_fields(group).values()
        return Accuracy(sum(a.right for a in fields), sum(a.support for a in fields))


def evaluate(gold_dir: Path, database: Path) -> Evaluation:
    """Hold a warehouse against the answers in `gold_dir`; a document is found by the stem of its file's name.

    Documents of the warehouse without answers are left out. Raises FolderError or StageInputMissing.
    """
    return evaluate_documents(read_answers(gold_dir), read_warehouse(database))


def evaluate_documents(answers: Iterable[Answers], read: Mapping[str, ReadDocument]) -> Evaluation:
    """Hold what was read against the answers."""
    return Evaluation(tuple(_judge(answer, read.get(answer.name)) for answer in answers))


def _judge(answers: Answers, read: ReadDocument | None) -> DocumentResult:
    header = tuple(
        FieldCheck(
            name,
            answers.header.get(name),
            read.header.get(name) if read else None,
            read is not None and same_field(name, answers.header.get(name), read.header.get(name)),
        )
        for name in DOCUMENT_FIELDS
    )
    text = read.text if read else ""
    rows: dict[Kind, tuple[RowResult, ...]] = {}
    for kind in KINDS:
        wanted = answers.rows[kind]
        places = _places(text, kind, answers)
        found = read.rows[kind] if read else ()
        rows[kind] = tuple(RowResult(pair, _checks(kind, pair)) for pair in pair_rows(kind, wanted, found, places))
    return DocumentResult(answers.name, read.media if read else ABSENT, text, header, rows)


def _places(text: str, kind: Kind, answers: Answers) -> list[Place | None]:
    shown = [row.get(RULES[kind].shown) for row in answers.rows[kind]]
    return places_in_order(text, [value if isinstance(value, str) else None for value in shown])


def _checks(kind: Kind, pair: Pair) -> tuple[FieldCheck, ...]:
    if pair.match != "exact" or pair.wanted is None or pair.found is None:
        return ()
    checks = []
    for name in RULES[kind].fields:
        wanted, found = pair.wanted.get(name), pair.found.get(name)
        if name == "date":
            found = incomplete_date(pair.found)
        checks.append(FieldCheck(name, wanted, found, same_field(name, wanted, found)))
    return tuple(checks)


def _accuracies(checks: Iterable[FieldCheck]) -> dict[str, Accuracy]:
    right: dict[str, int] = {}
    support: dict[str, int] = {}
    for check in checks:
        support[check.name] = support.get(check.name, 0) + 1
        right[check.name] = right.get(check.name, 0) + check.right
    return {name: Accuracy(right[name], n) for name, n in support.items()}
