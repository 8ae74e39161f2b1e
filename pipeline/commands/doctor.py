"""vanban doctor: what is installed and what is missing."""

from __future__ import annotations

import click

from pipeline.errors import MissingTool


@click.command()
def doctor() -> None:
    """Say what is installed, what is missing, and the next command."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from pipeline.doctor import examine

    checks = examine()
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Thành phần", "Tìm thấy", "Cần cho", "Việc cần làm"):
        table.add_column(heading, overflow="fold")
    for check in checks:
        table.add_row(check.name, check.found or "không có", check.needed_for, check.next_step or "")
    Console().print(table)
    missing = sorted({check.next_step for check in checks if check.next_step})
    if missing:
        click.echo("Lệnh tiếp theo: " + " ; ".join(missing))
        raise click.exceptions.Exit(MissingTool.exit_code)
    click.echo("Đủ mọi thành phần. Lệnh tiếp theo: vanban run THƯ_MỤC --out THƯ_MỤC_KẾT_QUẢ")
