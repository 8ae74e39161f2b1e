"""The tables that the command prints for officers, in Vietnamese."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.corpus_run import RunReport

_COUNTED = (
    ("citations", "Văn bản được viện dẫn (lượt)"),
    ("instruments", "Văn bản khác nhau (được viện dẫn hoặc có trong kho)"),
    ("deadlines", "Thời hạn"),
    ("signatories", "Người ký"),
    ("recipients", "Nơi nhận"),
    ("units", "Cơ quan, đơn vị"),
    ("findings", "Điểm cần lưu ý"),
    ("quarantine", "Tệp bị cách ly"),
)
_QUERY = "SELECT told_by, who_must, by_when, due_date, report_to FROM obligations ORDER BY due_date NULLS LAST LIMIT 20"
_SHOWN_FILES = 20


def print_report(report: RunReport, console: Console) -> None:
    """What a run left: documents by type, rows a kind, quarantined files, the path and a query to try."""
    summary = Table(title="Kho văn bản", box=box.SIMPLE_HEAD, title_justify="left")
    summary.add_column("Nội dung")
    summary.add_column("Số lượng", justify="right")
    summary.add_row("Văn bản", str(report.rows["documents"]), style="bold")
    for doc_type, count in report.documents_by_type:
        summary.add_row(f"  {doc_type or 'chưa rõ loại'}", str(count))
    for name, label in _COUNTED:
        summary.add_row(label, str(report.rows[name]))
    console.print(summary)
    if report.quarantined:
        console.print(_quarantine_table(report))
        if len(report.quarantined) > _SHOWN_FILES:
            console.print(f"… và {len(report.quarantined) - _SHOWN_FILES} tệp nữa: SELECT * FROM quarantine")
    console.print(f"Kho dữ liệu: {report.database}", highlight=False, soft_wrap=True)
    console.print("Thử truy vấn:", highlight=False)
    console.print(f'  duckdb.connect("{report.database}", read_only=True).sql("""{_QUERY}""")', soft_wrap=True)


def _quarantine_table(report: RunReport) -> Table:
    table = Table(title="Tệp bị cách ly (không đọc được)", box=box.SIMPLE_HEAD, title_justify="left")
    for heading in ("Tệp", "Lỗi", "Lý do → việc cần làm"):
        table.add_column(heading, overflow="fold")
    for source_path, error, message in report.quarantined[:_SHOWN_FILES]:
        table.add_row(source_path, error, message)
    return table
