"""`isthmus export`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from isthmus.cli.options import case_option, desk_option, fold_options, open_graph


class _Formats(click.Command):
    """Lists the formats in its help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The formats, a line each."""
        from isthmus.views.export import formats, says

        with formatter.section("Formats"):
            formatter.write_dl([(name, says(name)) for name in formats()])


@click.command(cls=_Formats)
@click.argument("form", metavar="FORMAT")
@case_option
@fold_options
@desk_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File or folder to write.")
def command(form: str, out: Path, desk: bool, **options: Any) -> None:
    """Write the release of the case in FORMAT, for another program."""
    from isthmus.loaders.terms import withheld
    from isthmus.views.export import export, is_whole

    _, graph = open_graph(options)
    for name in withheld(graph, whole=is_whole(form)):
        click.echo(f"Warning: the terms of {name} forbid passing its rows on; keep these files to yourself.", err=True)
    written = export(graph, form, out, desk=desk)
    click.echo(f"wrote {written[0] if len(written) == 1 else f'{len(written)} files into {out}'}")
