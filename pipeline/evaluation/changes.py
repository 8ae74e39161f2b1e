"""What a change of the extractors gained and lost, item by item."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from rich.table import Table

from pipeline.evaluation.keys import Row, Value, folded
from pipeline.evaluation.pairing import KINDS, RULES, Kind
from pipeline.evaluation.scores import DocumentResult, Evaluation, FieldCheck, RowResult
from pipeline.wording import KIND_NAMES, field_name

Effect = Literal["gain", "loss", "other"]

_EFFECT_NAMES: dict[Effect, str] = {"gain": "được", "loss": "mất", "other": "khác"}
_FOUND, _MISSED, _EXTRA = "đọc được", "bỏ sót", "thừa"
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """One row or field whose outcome is not what it was.

    `what` names the row, `field` the field (None for the row as a whole), `before` and `after` the outcome or value
    in words. `other` is a field that was wrong and is wrong in another way.
    """

    document: str
    kind: str
    effect: Effect
    what: str
    field: str | None
    before: str
    after: str


def compare(before: Evaluation, after: Evaluation) -> tuple[Change, ...]:
    """Gains and losses, losses first, in the order of documents and kinds.

    Both evaluations must rest on the same answers; a document that only one of them has is left out.
    """
    earlier = {document.name: document for document in before.documents}
    changes = [
        change
        for document in after.documents
        if document.name in earlier
        for change in _document_changes(earlier[document.name], document)
    ]
    order: dict[Effect, int] = {"loss": 0, "gain": 1, "other": 2}
    return tuple(sorted(changes, key=lambda change: order[change.effect]))


def changes_as_table(changes: Sequence[Change]) -> Table:
    """For the terminal."""
    counts = Counter(change.effect for change in changes)
    table = Table(title=f"Được {counts['gain']} · mất {counts['loss']} · khác {counts['other']}", title_justify="left")
    for column in ("", "Văn bản", "Loại", "Mục", "Trường", "Trước", "Sau"):
        table.add_column(column, overflow="fold")
    for change in changes:
        table.add_row(
            _EFFECT_NAMES[change.effect],
            change.document,
            KIND_NAMES[change.kind],
            change.what,
            field_name(change.field) if change.field else "",
            change.before,
            change.after,
            style="red" if change.effect == "loss" else None,
        )
    return table


def changes_as_json(changes: Sequence[Change]) -> str:
    """For programs: a list of objects with the fields of `Change`."""
    return json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=1)


def _document_changes(before: DocumentResult, after: DocumentResult) -> list[Change]:
    changes = _field_changes(after.name, "header", "", before.header, after.header)
    for kind in KINDS:
        changes += _wanted_changes(after.name, kind, before.rows[kind], after.rows[kind])
        changes += _extra_changes(after.name, kind, before.rows[kind], after.rows[kind])
    return changes


def _wanted_changes(document: str, kind: Kind, before: Sequence[RowResult], after: Sequence[RowResult]) -> list[Change]:
    earlier = {row.pair.at: row for row in before if row.pair.at is not None}
    changes: list[Change] = []
    for row in after:
        if row.pair.wanted is None or row.pair.at not in earlier:
            continue
        was = earlier[row.pair.at]
        what = _named(kind, row.pair.wanted)
        if was.pair.match == "exact" and row.pair.match == "exact":
            changes += _field_changes(document, kind, what, was.fields, row.fields)
        elif row.pair.match == "exact":
            changes.append(Change(document, kind, "gain", what, None, _outcome(kind, was), _outcome(kind, row)))
        elif was.pair.match == "exact":
            changes.append(Change(document, kind, "loss", what, None, _outcome(kind, was), _outcome(kind, row)))
    return changes


def _extra_changes(document: str, kind: Kind, before: Sequence[RowResult], after: Sequence[RowResult]) -> list[Change]:
    was, now = _unwanted(kind, before), _unwanted(kind, after)
    gone = [Change(document, kind, "gain", what, None, _EXTRA, _NOTHING) for what in (was - now).elements()]
    new = [Change(document, kind, "loss", what, None, _NOTHING, _EXTRA) for what in (now - was).elements()]
    return gone + new


def _unwanted(kind: Kind, rows: Sequence[RowResult]) -> Counter[str]:
    """Rows found that are in no answer."""
    return Counter(
        _named(kind, row.pair.found) for row in rows if row.pair.match == "extra" and row.pair.found is not None
    )


def _field_changes(
    document: str, kind: str, what: str, before: Sequence[FieldCheck], after: Sequence[FieldCheck]
) -> list[Change]:
    changes = []
    for was, now in zip(before, after, strict=True):
        if was.right == now.right and (now.right or folded(was.found) == folded(now.found)):
            continue
        effect: Effect = "other" if was.right == now.right else "gain" if now.right else "loss"
        changes.append(Change(document, kind, effect, what, now.name, _value(was.found), _value(now.found)))
    return changes


def _named(kind: Kind, row: Row) -> str:
    label = f"{row.get('label')}. " if kind == "sections" else f"{row.get('role')}: " if kind == "recipients" else ""
    return label + " ".join(str(row.get(RULES[kind].shown) or "").split())


def _outcome(kind: Kind, row: RowResult) -> str:
    if row.pair.match == "missed" or row.pair.found is None:
        return _MISSED
    if row.pair.match == "relaxed":
        return f"gần đúng: {_named(kind, row.pair.found)}"
    wrong = [field_name(check.name) for check in row.fields if not check.right]
    return f"{_FOUND}, sai {', '.join(wrong)}" if wrong else f"{_FOUND}, đúng"


def _value(value: Value) -> str:
    return _NOTHING if value is None or value == "" else str(value)
