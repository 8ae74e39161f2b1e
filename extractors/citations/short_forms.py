"""Which full citation a short form stands for: `Kế hoạch 22`, `(sau đây gọi tắt là Nghị định 30)`.

A short form has a number without a symbol. It stands for the citation before it that has the same type and number,
when there is exactly one; where several differ, their refs are its candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.records import Citation

_KNOWN = 0.07


def with_antecedents(rows: Sequence[Citation]) -> tuple[Citation, ...]:
    """The rows, in the same order, each short form with its `antecedent` or its `candidates`."""
    full: dict[tuple[str | None, str], list[int]] = {}
    out: list[Citation] = []
    for index, row in enumerate(rows):
        if row.number is None:
            out.append(row)
            continue
        key = (row.instrument_type, row.number.lstrip("0"))
        if row.symbol is None:
            out.append(_resolved(row, rows, full.get(key, [])))
            continue
        full.setdefault(key, []).append(index)
        out.append(row)
    return tuple(out)


def _resolved(row: Citation, rows: Sequence[Citation], places: list[int]) -> Citation:
    fitting = [at for at in places if row.date_year is None or rows[at].date_year in (None, row.date_year)]
    refs = list(dict.fromkeys(rows[at].ref_repaired or rows[at].ref or "" for at in fitting))
    if len(refs) == 1:
        return replace(row, antecedent=fitting[0], confidence=round(min(1.0, row.confidence + _KNOWN), 2))
    return replace(row, candidates=tuple(refs), confidence=round(row.confidence - _KNOWN, 2)) if refs else row
