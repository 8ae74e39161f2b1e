"""vanban doctor: what is installed, what is missing, and what a file may cost."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import params_option, read_settings
from pipeline.errors import MissingTool

_USUAL_PARAMS = Path("params.yaml")


@click.command()
@params_option
def doctor(params: Path | None) -> None:
    """Say what is installed, what is missing, the limits in force, and the next command.

    The limits are those of --params, else of ./params.yaml where there is one, else the defaults.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from pipeline.doctor import examine, limits_in_force

    if params is None and _USUAL_PARAMS.is_file():
        params = _USUAL_PARAMS
    settings = read_settings(params, None)
    checks = examine()
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Thành phần", "Tìm thấy", "Cần cho", "Việc cần làm"):
        table.add_column(heading, overflow="fold")
    for check in checks:
        table.add_row(check.name, check.found or "không có", check.needed_for, check.next_step or "")
    console = Console()
    console.print(table)
    limits = Table(box=box.SIMPLE_HEAD)
    for heading in ("Giới hạn", "Giá trị", "Ý nghĩa"):
        limits.add_column(heading, justify="right" if heading == "Giá trị" else "left", overflow="fold")
    for row in limits_in_force(settings.limits):
        limits.add_row(*row)
    console.print(limits)
    console.print(f"Giới hạn lấy từ {params or 'mặc định'} (ingest.limits).", highlight=False)
    missing = sorted({check.next_step for check in checks if check.next_step})
    if missing:
        click.echo("Lệnh tiếp theo: " + " ; ".join(missing))
        raise click.exceptions.Exit(MissingTool.exit_code)
    click.echo("Đủ mọi thành phần. Lệnh tiếp theo: vanban run THƯ_MỤC --out THƯ_MỤC_KẾT_QUẢ")
