"""The command `isthmus`. A file in `commands/` is a command: no list is edited to add one."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import click

from isthmus.cli import commands
from isthmus.cli.printable import safe
from isthmus.graph.errors import IsthmusError
from isthmus.graph.version import __version__


@cache
def _names() -> list[str]:
    return sorted(module.name.replace("_", "-") for module in iter_modules(commands.__path__))


class Commands(click.Group):
    """Imports a command only when it is called, so that every one starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Names of the files in `commands/`."""
        return _names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"isthmus.cli.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, or a usage error that names the nearest one."""
        from isthmus.graph.suggestion import suggestion

        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            ctx.fail(f"no such command {args[0]!r}; {suggestion(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="isthmus")
@click.option("--case", "case_path", type=click.Path(dir_okay=False), help="The case file, for every command.")
def cli(case_path: str | None) -> None:  # noqa: ARG001  commands read it from the context
    """Who connects what across a border, and which country could have seen it.

    Start with `isthmus demo`. A case is one file, named by --case or ISTHMUS_CASE (./isthmus.case if neither is given).
    """
    from isthmus.cli.notes import told

    told()


def main() -> None:
    """Run the command; an error meant for the reader is one sentence and exit code 1."""
    try:
        code = cli.main(standalone_mode=False)
    except IsthmusError as error:
        click.echo(f"Error: {safe(str(error))}", err=True)
        sys.exit(1)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing was changed.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        click.echo(f"Error: {safe(str(error))}", err=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
