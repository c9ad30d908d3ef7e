"""`isthmus view`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from isthmus.cli.options import case_option, desk_option, fold_options, open_graph, seed_option
from isthmus.graph.country_rules import COUNTRY_RULES


@click.command("view")
@case_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=Path("isthmus.html"), show_default=True,
              help="The page's file.")  # fmt: skip
@click.option("--quick", is_flag=True, help="The small pyvis page: network, countries as groups, claims on click.")
@click.option("--finding", "names", multiple=True, metavar="QUESTION",
              help="Put its finding into the page, such as 'gap table=matrix'; repeat for more.")  # fmt: skip
@click.option("--chart", "chart_path", type=click.Path(path_type=Path, dir_okay=False),
              help="Positions, hidden points and notes saved from a page.")  # fmt: skip
@click.option("--title", default=None, help="Heading of the page. Default: the case file's name.")
@click.option("--country-rule", type=click.Choice(COUNTRY_RULES),
              default="citizenship", show_default=True, help="What makes a country a person's.")  # fmt: skip
@click.option("--plain", is_flag=True, help="Leave the data readable, for filters that refuse packed text.")
@desk_option
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
@seed_option
@fold_options
def command(
    out: Path, quick: bool, names: tuple[str, ...], chart_path: Path | None, title: str | None,
    country_rule: Any, plain: bool, desk: bool, opened: bool, seed: int, **options: Any,
) -> None:  # fmt: skip
    """Write a page of the release that opens offline: network, map, timeline, table, findings."""
    from isthmus.graph.disclosure.leaving import leaving
    from isthmus.views.chart import read_chart
    from isthmus.views.findings import asked
    from isthmus.views.page import write

    case, graph = open_graph(options)
    graph, face = leaving(graph, "page", "page", desk=desk)
    shared = {
        "title": ", ".join(filter(None, [title or case.file.path.stem.replace("_", " "), face])),
        "country_rule": country_rule,
        "seed": seed,
    }
    if quick:
        from isthmus.views.quick import quick as make_quick

        text = make_quick(graph, **shared)
    else:
        from isthmus.views.explorer import explorer

        chart = read_chart(chart_path) if chart_path else None
        text = explorer(graph, asked(graph, names), chart=chart, plain=plain, **shared)
    write(out, text)
    click.echo(f"wrote {out} ({len(text.encode()) / 1e6:.1f} MB)", err=True)
    if opened:
        click.launch(str(out.resolve()))
