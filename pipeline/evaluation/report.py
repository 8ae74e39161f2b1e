"""One self-contained page that shows every miss, extra and wrong field where it stands in its document."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from pipeline.evaluation.keys import Row, Value
from pipeline.evaluation.pairing import KINDS, RULES, Kind
from pipeline.evaluation.places import Place, nearest_line
from pipeline.evaluation.reliability import Bin, Reliability, reliability
from pipeline.evaluation.scores import Accuracy, DocumentResult, Evaluation, FieldCheck, RowResult
from pipeline.wording import GROUP_NAMES, KIND_NAMES, MATCH_NAMES, field_name

_AROUND = 160
_PLOT = 240
_MARGIN = 40


def report_page(evaluation: Evaluation) -> str:
    """The page as HTML; it needs no network and no script."""
    template = Template(files("pipeline.evaluation").joinpath("report.html").read_text(encoding="utf-8"))
    wrong = sum(_count(document) for document in evaluation.documents)
    return template.substitute(
        title="Đối chiếu với đáp án",
        lead=f"{len(evaluation.documents)} văn bản có đáp án; {wrong} chỗ bỏ sót, thừa hoặc sai.",
        scores="".join(_score_table(evaluation, group) for group in evaluation.groups),
        fields="".join(_field_table(evaluation, kind) for kind in ("header", *KINDS)),
        plots="".join(_plot(curve) for curve in reliability(evaluation)) or "<p>Không có dòng nào ghi độ tin cậy.</p>",
        items="".join(_document(document) for document in evaluation.documents) or "<p>Không có văn bản nào.</p>",
    )


def _count(document: DocumentResult) -> int:
    rows = sum(not row.right for kind in KINDS for row in document.rows[kind])
    return rows + sum(not check.right for check in document.header)


def _table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        "<tr>"
        + "".join(f'<th scope="row">{c}</th>' if i == 0 else f"<td>{c}</td>" for i, c in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _score_table(evaluation: Evaluation, group: str) -> str:
    rows = []
    for kind in KINDS:
        exact, loose = evaluation.score(kind, group), evaluation.score(kind, group, relaxed=True)
        rows.append(
            (
                escape(KIND_NAMES[kind]),
                f"{_percent(exact.precision)} ({exact.found})",
                f"{_percent(exact.recall)} ({exact.wanted})",
                _percent(exact.f1),
                _percent(loose.precision),
                _percent(loose.recall),
                _percent(loose.f1),
            )
        )
    columns = ("Loại", "Chính xác", "Phủ", "F1", "Chính xác (lỏng)", "Phủ (lỏng)", "F1 (lỏng)")
    caption = f"{GROUP_NAMES.get(group, group)}: {len(evaluation.of(group))} văn bản"
    return _table(caption, columns, rows)


def _field_table(evaluation: Evaluation, kind: str) -> str:
    of_group = {group: _fields_of(evaluation, kind, group) for group in evaluation.groups}
    names = list(of_group[evaluation.groups[0]])
    if not names:
        return ""
    rows = [[escape(field_name(name)), *(_share(fields.get(name)) for fields in of_group.values())] for name in names]
    columns = ("Trường", *(GROUP_NAMES.get(group, group) for group in of_group))
    return _table(KIND_NAMES[kind], columns, rows)


def _fields_of(evaluation: Evaluation, kind: str, group: str) -> dict[str, Accuracy]:
    for name in KINDS:
        if name == kind:
            return evaluation.fields(name, group)
    return evaluation.document_fields(group)


def _share(accuracy: Accuracy | None) -> str:
    return "–" if accuracy is None else f"{_percent(accuracy.share)} ({accuracy.right}/{accuracy.support})"


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".replace(".", ",") + "%"


def _document(document: DocumentResult) -> str:
    parts = [_header(document)] if any(not check.right for check in document.header) else []
    for kind in KINDS:
        wrong = [row for row in document.rows[kind] if not row.right]
        if wrong:
            items = "".join(_item(document, kind, row) for row in wrong)
            parts.append(f'<h3>{escape(KIND_NAMES[kind])} ({len(wrong)})</h3><ol class="items">{items}</ol>')
    medium = GROUP_NAMES.get(document.media, document.media)
    summary = f"{escape(document.name)} – {escape(medium)} – {_count(document)} chỗ sai"
    body = "".join(parts) or "<p>Không có chỗ sai.</p>"
    return f"<details><summary>{summary}</summary>{body}</details>"


def _header(document: DocumentResult) -> str:
    checks = "".join(f"<div>{_check(check)}</div>" for check in document.header if not check.right)
    return (
        f'<h3>{escape(KIND_NAMES["header"])}</h3><ol class="items"><li class="exact"><dl>{checks}</dl>'
        f"{_context(document.text, Place(0, 0), _AROUND * 3)}</li></ol>"
    )


def _item(document: DocumentResult, kind: Kind, row: RowResult) -> str:
    pair = row.pair
    shown = RULES[kind].shown
    lines = [f'<p><span class="verdict">{escape(MATCH_NAMES[pair.match])}</span> {escape(_shown(kind, row))}</p>']
    if pair.match == "relaxed" and pair.wanted is not None and pair.found is not None:
        checks = [FieldCheck(shown, pair.wanted.get(shown), pair.found.get(shown), False)]
        checks += [c for c in _differing(kind, pair.wanted, pair.found) if c.name != shown]
    else:
        checks = [check for check in row.fields if not check.right]
    if checks:
        lines.append("<dl>" + "".join(f"<div>{_check(check)}</div>" for check in checks) + "</dl>")
    lines.append(_place(document, pair.place, _shown(kind, row)))
    return f'<li class="{pair.match}">{"".join(lines)}</li>'


def _differing(kind: Kind, wanted: Row, found: Row) -> list[FieldCheck]:
    names = ("ref", "label", *RULES[kind].fields)
    return [
        FieldCheck(n, wanted.get(n), found.get(n), False) for n in names if n in wanted and wanted[n] != found.get(n)
    ]


def _shown(kind: Kind, row: RowResult) -> str:
    told = row.pair.wanted if row.pair.wanted is not None else row.pair.found
    if told is None:
        return ""
    label = f"{told.get('label')} " if kind == "sections" else ""
    role = f" [{told.get('role')}]" if kind == "recipients" else ""
    return f"{label}{told.get(RULES[kind].shown) or ''}{role}"


def _check(check: FieldCheck) -> str:
    values = f"đáp án: {_value(check.wanted)}; đọc được: {_value(check.found)}"
    return f"<dt>{escape(field_name(check.name))}</dt><dd>{values}</dd>"


def _value(value: Value) -> str:
    return '<span class="note">(trống)</span>' if value is None or value == "" else f"“{escape(str(value))}”"


def _place(document: DocumentResult, place: Place | None, quote: str) -> str:
    if place is not None:
        return _context(document.text, place, _AROUND)
    near = nearest_line(document.text, quote)
    if near is None:
        return '<p class="note">Không thấy nguyên văn trong văn bản đã đọc.</p>'
    return '<p class="note">Không thấy nguyên văn; dòng gần giống nhất:</p>' + _context(document.text, near, 0)


def _context(text: str, place: Place, around: int) -> str:
    before = text[max(0, place.start - around) : place.start]
    after = text[place.end : place.end + around]
    marked = f"<mark>{escape(text[place.start : place.end])}</mark>" if place.end > place.start else ""
    head = "…" if place.start > around else ""
    tail = "…" if place.end + around < len(text) else ""
    return f'<p class="context">{head}{escape(before)}{marked}{escape(after)}{tail}</p>'


def _plot(curve: Reliability) -> str:
    size = _PLOT + 2 * _MARGIN
    name = KIND_NAMES[curve.kind]
    points = [(_MARGIN + b.confidence * _PLOT, _MARGIN + (1 - b.share_right) * _PLOT, b) for b in curve.bins]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    dots = "".join(
        f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{_told(b)}</title></circle>'
        f'<text x="{x + 6:.1f}" y="{y + 14:.1f}">{b.support}</text>'
        for x, y, b in points
    )
    ticks = "".join(
        f'<text x="{_MARGIN + t * _PLOT - 8:.0f}" y="{size - _MARGIN + 16}">{_tick(t)}</text>'
        f'<text x="{_MARGIN - 28}" y="{_MARGIN + (1 - t) * _PLOT + 4:.0f}">{_tick(t)}</text>'
        for t in (0.0, 0.5, 1.0)
    )
    low, high = _MARGIN, size - _MARGIN
    described = escape("; ".join(_told(b) for b in curve.bins), quote=True)
    return (
        f'<figure><svg viewBox="0 0 {size} {size}" width="{size}" height="{size}" role="img" '
        f'aria-label="{escape(name, quote=True)}: {described}">'
        f'<path class="axis" d="M{low} {low}V{high}H{high}" fill="none"/>'
        f'<path class="ideal" d="M{low} {high}L{high} {low}" fill="none"/>'
        f'<polyline class="curve" points="{line}"/>{dots}{ticks}</svg>'
        f"<figcaption>{escape(name)}: {curve.support} dòng; "
        f"lệch trung bình {_percent(curve.expected_error)}</figcaption></figure>"
    )


def _tick(share: float) -> str:
    return f"{share:g}".replace(".", ",")


def _told(b: Bin) -> str:
    return f"tin cậy {_percent(b.confidence)}, đúng {_percent(b.share_right)}, {b.support} dòng"
