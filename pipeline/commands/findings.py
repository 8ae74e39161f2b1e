"""vanban findings: what a careful clerk would point out."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import answer_options, unit_option

_FINDINGS = """
SELECT
    documents.source_path,
    documents.ref,
    units.name AS unit,
    findings.kind,
    CASE findings.severity WHEN 'error' THEN 'sai' WHEN 'warning' THEN 'lưu ý' ELSE 'thông tin' END AS severity,
    findings.message,
    coalesce(
        (
            SELECT max(page_no) FROM pages
            WHERE pages.doc_id = findings.doc_id AND pages.char_start <= findings.char_start
        ),
        1
    ) AS page_no,
    CASE WHEN findings.char_start IS NOT NULL
        THEN substr(documents.text, findings.char_start + 1, least(findings.char_end - findings.char_start, 120))
    END AS words,
    findings.doc_id
FROM findings
JOIN documents USING (doc_id)
LEFT JOIN units ON units.unit_id = documents.issuer_unit_id
WHERE ($kind IS NULL OR findings.kind = $kind)
  AND (
      $unit IS NULL
      OR contains(replace(strip_accents(lower(coalesce(units.name, documents.issuer))), 'đ', 'd'), $unit)
  )
  AND ($severity IS NULL OR findings.severity = $severity)
ORDER BY
    CASE findings.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    findings.kind, documents.source_path, findings.char_start
"""
_HEADINGS = {
    "severity": "Mức", "message": "Nội dung", "unit": "Cơ quan ban hành", "ref": "Số, ký hiệu", "source_path": "Tệp",
    "page_no": "Trang", "kind": "Loại",
}  # fmt: skip


@click.command()
@click.option("--kind", help="Only findings of this kind (docs/FINDINGS.md).")
@unit_option
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only findings of this severity.")
@answer_options
def findings(
    kind: str | None, unit: str | None, severity: str | None,
    db: Path, csv: bool, json: bool, parquet: Path | None, limit: int,
) -> None:  # fmt: skip
    """List what a careful clerk would point out, the graver first."""
    from pipeline.query_answers import AnswerForm, Wording, give_answer
    from pipeline.warehouse.naming import bare_words
    from pipeline.warehouse.opening import open_warehouse

    wording = Wording("Điểm cần lưu ý", _HEADINGS, "Không có điểm nào cần lưu ý.")
    with open_warehouse(db) as connection:
        parameters = {"kind": kind, "unit": unit and bare_words(unit), "severity": severity}
        give_answer(connection, _FINDINGS, parameters, AnswerForm(csv, json, parquet, limit), wording)
