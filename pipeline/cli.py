"""The command `vanban`: finds the command that is called, and turns errors into one line and an exit code."""

from __future__ import annotations

import errno
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NoReturn

import click

from pipeline.errors import FolderError, VanbanError

_EXIT_CODES = """
\b
Exit codes
  0  done (files that could not be read are listed in `quarantine`)
  1  an error nobody foresaw
  2  the command's words do not fit
  3  a folder cannot be read or written, or the disk is full
  4  a program that the work needs is not installed
  5  the warehouse is open for writing in another program
  6  a stage was run before the one that makes its input
  7  `vanban extract`: a file cannot be read
  8  the stages' rows do not belong together
"""

COMMANDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Make the warehouse": ("run", "stage", "report", "doctor"),
        "Ask it": ("ask", "search", "query", "cascade", "coverage", "deadlines", "findings", "show"),
        "Hand it on": ("export",),
        "Judge and mend": ("review", "extract", "evaluate", "sample"),
    }
)
"""The commands under the headings of the help; each is a function of its name in pipeline/commands/<name>.py."""


class CommandsByName(click.Group):
    """Imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All commands, in the order of the help."""
        return [name for names in COMMANDS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = getattr(import_module(f"pipeline.commands.{cmd_name}"), cmd_name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help's list of commands, one paragraph a heading."""
        for heading, names in COMMANDS.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(heading):
                formatter.write_dl([(name, command.get_short_help_str(200)) for name, command in found if command])


@click.group(cls=CommandsByName, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vanban")
@click.option("-v", "--verbose", is_flag=True, help="Tell more of what is going on, on standard error.")
def vanban(verbose: bool) -> None:
    """Vietnamese administrative documents as a DuckDB warehouse.

    Reads công văn, kế hoạch, báo cáo, quyết định … (PDF, scans, .docx, .doc, text) and finds who told whom to do what,
    by when, and on whose authority.

    \b
    vanban run FOLDER --out DIR     all documents of a folder → DIR/vanban.duckdb
    vanban ask                      ten questions to ask it
    vanban show 33/CT-TTg --open    one document with everything found marked on it
    """
    import logging

    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )


def main() -> NoReturn:
    """Entry point of the program."""
    sys.exit(call(*sys.argv[1:]))


def call(*words: str) -> int:
    """Run the command of these words; errors become one line on standard error and the exit code returned."""
    try:
        # Outside standalone mode click hands the code of its Exit back instead of raising it.
        code = vanban(list(words), standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng.", err=True)
        return 130
    except VanbanError as error:
        click.echo(f"vanban: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        next_step = (
            "free some space, then run again" if error.errno == errno.ENOSPC else "check the path and your rights"
        )
        click.echo(f"vanban: {FolderError(str(error), next_step)}", err=True)
        return FolderError.exit_code
    return code if isinstance(code, int) else 0
