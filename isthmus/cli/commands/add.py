"""`isthmus add`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli import completing
from isthmus.cli.hand import hand_options, new_option, open_case


@click.command()
@click.argument("subject", shell_complete=completing.names)
@click.argument("prop", metavar="PROPERTY")
@click.argument("value")
@hand_options
@new_option
@click.option("--valid", default="", metavar="DATE", help="When it was so, such as 2015-08/2015-11-18.")
@click.option("--grade", default="", metavar="1-6", help="Credibility of the claim.")
@click.option("--denied", is_flag=True, help="Claim that it was not so.")
@click.option("--with", "pairs", multiple=True, metavar="KEY=TEXT", help="A qualifier; repeat for more.")
def command(subject: str, prop: str, value: str, pairs: tuple[str, ...], **options: Any) -> None:
    """Claim that SUBJECT has PROPERTY with VALUE, as your own record. It is checked as a file is."""
    from isthmus.cli.printable import safe
    from isthmus.graph.acts import claims
    from isthmus.graph.errors import BadQuestion

    case = open_case(options).file
    if any("=" not in pair for pair in pairs):
        raise BadQuestion(f"a qualifier is written KEY=TEXT, and {pairs[0]!r} isn't")
    qualifiers = dict(pair.split("=", 1) for pair in pairs)
    done = claims.add(case, subject, prop, value, qualifiers=qualifiers, **options)
    click.echo(safe(done.says))
    if done.id:
        click.echo(f"added claim {done.id}")
