"""The tables that the command prints for officers, in Vietnamese."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.run_report import RunReport
from pipeline.warehouse.opening import WAREHOUSE

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
_NEXT = (
    ("vanban ask", "mười câu hỏi thường gặp"),
    ("vanban deadlines", "việc sắp đến hạn"),
    ('vanban query "FROM obligations"', "SQL; --list cho biết hỏi được những gì"),
)
_OWN_COMMAND = Path(".venv/bin/vanban")
_USUAL_PLACE = Path("data/processed") / WAREHOUSE
_SHOWN_FILES = 20


def print_report(report: RunReport, console: Console) -> None:
    """What a run left: documents by type, rows a kind, quarantined files, where it is and what to ask first."""
    if not report.rows["documents"] and not report.quarantined:
        console.print("Không có tệp nào để đọc: chép văn bản vào thư mục rồi chạy lại.", highlight=False)
        return
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
            rest = len(report.quarantined) - _SHOWN_FILES
            console.print(f'… và {rest} tệp nữa: vanban query "FROM quarantine"', highlight=False)
    console.print(f"Kho dữ liệu: {report.database}", highlight=False, soft_wrap=True)
    place = "" if report.database == _USUAL_PLACE else f" --db {shlex.quote(str(report.database))}"
    unopened = _OWN_COMMAND.exists() and "VIRTUAL_ENV" not in os.environ
    first = f" (trước đó, một lần: . {_OWN_COMMAND.with_name('activate')})" if unopened else ""
    console.print(f"Hỏi kho{first}:", highlight=False)
    for command, told in _NEXT:
        console.print(f"  {command}{place}  ({told})", highlight=False, soft_wrap=True)


def _quarantine_table(report: RunReport) -> Table:
    table = Table(title="Tệp bị cách ly (không đọc được)", box=box.SIMPLE_HEAD, title_justify="left")
    for heading in ("Tệp", "Lý do → việc cần làm", "Mã lỗi"):
        table.add_column(heading, overflow="fold")
    for source_path, error, message in report.quarantined[:_SHOWN_FILES]:
        table.add_row(escape(source_path), escape(message), error)
    return table
