"""`isthmus publish`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.options import case_option, desk_option, fold_options, open_graph


@click.command()
@click.argument("url")
@case_option
@click.option("--title", help="What the server calls the case; its file's name if not given.")
@click.option("--batch", type=click.IntRange(min=1), default=5_000, show_default=True, help="Rows a statement.")
@click.option("--parallel", type=click.IntRange(1, 64), default=2, show_default=True, help="Statements at a time.")
@click.option("--beside", is_flag=True, help="Also where the database holds other data, which stays.")
@desk_option
@fold_options
def command(url: str, title: str | None, batch: int, parallel: int, beside: bool, desk: bool, **options: Any) -> None:
    """Publish the release of the case to the Neo4j server at URL (bolt://, neo4j://; +s for TLS).

    The login is read from NEO4J_USERNAME and NEO4J_PASSWORD. The new generation becomes visible when it is complete;
    until then, and if anything fails, the former one answers. What others hung on published nodes is carried along; a
    publish that would take away what it hangs on is refused.
    """
    from isthmus.graph.cypher.publish import Described, publish
    from isthmus.graph.disclosure.leaving import leaving
    from isthmus.graph.disclosure.marking import check_marking
    from isthmus.queries.cypher.asking import whole_projection

    case, graph = open_graph(options)
    check_marking(graph, whole=True)
    graph, face = leaving(graph, "publish", "neo4j", desk=desk)
    said = Described(
        ", ".join(filter(None, [title or case.file.path.stem, face])),
        case.file.version,
        "; ".join(f"{k}={v}" for k, v in graph.arguments.items()),
    )
    made = whole_projection(graph, evidence=True)
    done = publish(made, url, said, size=batch, parallel=parallel, beside=beside)
    click.echo(
        f"published {said.title}, generation {done.generation}: {done.nodes:,} nodes and {done.ties:,} relationships "
        f"in {done.seconds:.1f} s{'' if done.changed is None else f' ({done.changed:,} changed)'}"
    )
