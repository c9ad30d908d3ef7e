"""The explorer: network, map, timeline, table and findings in one page, on one shared filter."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from isthmus.graph.countries import country_code, country_of_iso_number
from isthmus.graph.errors import MissingExtra
from isthmus.views.packing import compact
from isthmus.views.page import page, write
from isthmus.views.picture import picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding


def explorer(
    graph: Graph,
    findings: Sequence[Finding] = (),
    *,
    title: str = "Isthmus",
    tlp: str | None = None,
    country_rule: CountryRule = "citizenship",
    chart: dict[str, Any] | None = None,
    plain: bool = False,
    seed: int = 1,
) -> str:
    """The page's text; see `picture` for what goes in.

    Raises
    ------
    MissingExtra
        The package was installed without its built front end.
    BadQuestion
        What would be shown is marked more strictly than `tlp`.
    """
    parts = picture(graph, findings, title=title, tlp=tlp, country_rule=country_rule, chart=chart, seed=seed)
    return from_picture(parts, plain=plain)


def write_page(
    graph: Graph, out: Path, *, findings: Sequence[Finding] = (), title: str = "Isthmus", **options: Any
) -> Path:
    """Write the page to `out`, whole or not at all; `options` as of `explorer`. Gives the path."""
    write(out, explorer(graph, findings, title=title, **options))
    return out


def from_picture(parts: dict[str, Any], *, plain: bool = False) -> str:
    """The page of a picture that was made before."""
    data = {**compact(parts), "world": world(), "meta": {**parts["meta"], "licences": bundled("LICENSES.txt")}}
    return page(str(parts["meta"]["title"]), bundled("explorer.css"), bundled("explorer.js"), data, plain=plain)


@cache
def bundled(name: str) -> str:
    """A file of the built front end."""
    path = files("isthmus.views").joinpath("bundle", name)
    if not path.is_file():
        raise MissingExtra(
            f"the explorer's front end ({name}) is not in this installation; `pip install .` in the source builds it "
            "(with Node from the path or from PyPI), and `isthmus view --quick` works without it"
        )
    return path.read_text(encoding="utf-8")


@cache
def world() -> dict[str, Any]:
    """The map's countries with ISO alpha-2 codes in place of Natural Earth's numbers; no code where ISO has none."""
    topology: dict[str, Any] = json.loads(bundled("world.json"))
    for country in topology["objects"]["countries"]["geometries"]:
        country["id"] = country_of_iso_number(str(country["id"])) or country_code(str(country["id"])) or ""
    return topology
