"""What the commands that ask Cypher share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Command = Callable[..., Any]


def asking_options(command: Command) -> Command:
    """`--on`, `--seconds`, `--rows`."""
    for option in (
        click.option("--rows", type=click.IntRange(min=1), default=10_000, show_default=True, help="Most rows given."),
        click.option("--seconds", type=click.FloatRange(min=0.001), default=60.0, show_default=True,
                     help="Longest time a query may take."),
        on_option,
    ):  # fmt: skip
        command = option(command)
    return command


def on_option(command: Command) -> Command:
    """`--on URL`."""
    return click.option(
        "--on", metavar="URL",
        help="Ask this Neo4j server (bolt:// or neo4j://, +s for TLS); login from NEO4J_USERNAME and NEO4J_PASSWORD.",
    )(command)  # fmt: skip


def measuring_option(command: Command) -> Command:
    """`--on URL`, of a server that measures."""
    return click.option(
        "--on", metavar="URL",
        help="Measure with Graph Data Science on this Neo4j server; login from NEO4J_USERNAME and NEO4J_PASSWORD.",
    )(command)  # fmt: skip


def given(parameters: Iterable[str], *, read: bool = False) -> dict[str, Any]:
    """Parameters written NAME=VALUE; with `read`, a value that is JSON is taken as such: 3, true, ["FR", "BE"]."""
    found: dict[str, Any] = {}
    for written in parameters:
        name, sign, value = written.partition("=")
        if not sign or not name:
            raise click.UsageError(f"{written!r} isn't NAME=VALUE")
        found[name] = _json(value) if read else value
    return found


def _json(text: str) -> Any:
    from isthmus.graph.foreign_json import read_json

    try:
        return read_json(text)
    except ValueError:
        return text
