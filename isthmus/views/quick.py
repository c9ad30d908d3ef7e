"""The quick view: a pyvis page from Python alone, hardened. It needs no built front end.

As it comes, pyvis 0.3.2 asks content delivery networks for bootstrap, runs script from the heading, from node ids in
its menu and from titles, and lets the browser run the physics. Here pyvis is given numbers for ids, positions, and no
titles or heading; of its page only the scripts and styles are kept, under a policy that names each by its hash.
"""

from __future__ import annotations

import html
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from isthmus.graph.disclosure.marking import in_words
from isthmus.graph.errors import MissingExtra
from isthmus.graph.schema import schema
from isthmus.views.page import packed, policy
from isthmus.views.picture import CONFIRMED, CROSSES, picture

if TYPE_CHECKING:
    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.graph import Graph

_SHAPES = {"circle": "dot", "hexagon": "hexagon", "square": "square", "diamond": "diamond", "triangle": "triangle",
           "star": "star"}  # fmt: skip
_TIE, _CROSS = "#9a9fa6", "#b8480a"
_FONT = {"face": "sans-serif", "size": 13, "color": "#1d2126", "strokeWidth": 3, "strokeColor": "#fbfaf7"}
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "keyboard": {"enabled": True}},
    "edges": {"smooth": False, "arrowStrikethrough": False},
    # A label shows once it is this tall on the screen: vis-network moves none out of another's way.
    "nodes": {"scaling": {"label": {"enabled": False, "drawThreshold": 11}}, "font": _FONT},
}
_SHELL = """<!DOCTYPE html>
<html lang="en" data-made-by="isthmus">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
{styles}
</head>
<body>
<header><span class="tlp">{tlp}</span><h1>{title}</h1><p id="legend"></p></header>
<main><div id="mynetwork" role="img" aria-label="network"></div><aside id="panel" aria-live="polite"></aside></main>
<script id="isthmus-data" type="application/json">{data}</script>
{scripts}
</body>
</html>
"""


def quick(
    graph: Graph,
    *,
    title: str = "Isthmus",
    tlp: str | None = None,
    country_rule: CountryRule = "citizenship",
    seed: int = 1,
) -> str:
    """The page's text: countries as groups, ties across a border drawn apart, a panel with claims and sources.

    Raises
    ------
    BadQuestion
        What would be shown is marked more strictly than `tlp`.
    """
    return quick_from_picture(picture(graph, title=title, tlp=tlp, country_rule=country_rule, seed=seed))


def quick_from_picture(parts: dict[str, Any]) -> str:
    """The quick page of a picture that was made before."""
    scripts, styles = _pyvis(parts)
    scripts.append(_own("quick.js"))
    styles.append(_own("quick.css"))
    shown = {
        name: parts[name] for name in ("meta", "words", "nodes", "ties", "statements", "claims", "records", "sources")
    }
    shown["layout"] = parts["layouts"]["country"]
    return _SHELL.format(
        policy=policy(scripts, styles),
        title=html.escape(str(parts["meta"]["title"])),
        tlp=html.escape(in_words(str(parts["meta"]["tlp"]))),
        styles="\n".join(f"<style>{style}</style>" for style in styles),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
        data=packed(shown),
    )


def _own(name: str) -> str:
    return files("isthmus.views").joinpath(name).read_text(encoding="utf-8")


def _pyvis(parts: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Scripts and styles of the page that pyvis makes; what its page asks of the network is not among them."""
    try:
        from pyvis.network import Network  # type: ignore[import-untyped]
    except ImportError as missing:
        raise MissingExtra(
            f"the quick page is drawn by pyvis, which is not installed here ({missing}): pip install pyvis; "
            "`isthmus view` without --quick works without it"
        ) from None

    net = Network(height="100%", width="100%", directed=True, cdn_resources="in_line", heading="")
    drawn = [kind["name"] not in schema().kind_sets.background for kind in parts["words"]["kinds"]]
    # The lists are filled directly: `add_node` and `add_edge` search them every time.
    net.nodes = _nodes(parts, drawn)
    net.node_ids = [node["id"] for node in net.nodes]
    net.edges = _edges(parts, drawn)
    net.options = _OPTIONS
    text = net.generate_html(notebook=False)
    scripts = [script for script in re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL) if script.strip()]
    styles = [style for style in re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL) if style.strip()]
    return scripts, styles


def _nodes(parts: dict[str, Any], drawn: list[bool]) -> list[dict[str, Any]]:
    kinds, nodes, layout = parts["words"]["kinds"], parts["nodes"], parts["layouts"]["country"]
    degree = [0] * len(nodes["id"])
    for end in (*parts["ties"]["source"], *parts["ties"]["target"]):
        degree[end] += 1
    far = _read_from_afar(degree, layout)
    out = []
    for at, kind in enumerate(nodes["kind"]):
        if drawn[kind]:
            label, status = nodes["label"][at], nodes["status"][at]
            out.append(
                {
                    "id": at, "label": f"{_short(label)}\n{status}" if status else _short(label),
                    "x": layout["x"][at], "y": layout["y"][at], "size": 6 + min(12.0, 1.6 * degree[at] ** 0.5),
                    "shape": _SHAPES[kinds[kind]["shape"]], "color": kinds[kind]["light"],
                    "font": {"size": 25 if at in far else 13},
                }
            )  # fmt: skip
    return out


def _read_from_afar(degree: list[int], layout: dict[str, list[Any]], most: int = 16) -> set[int]:
    """The best-tied nodes whose large labels do not meet; the others' labels appear on zooming in."""
    chosen: list[int] = []
    for at in sorted(range(len(degree)), key=lambda at: (-degree[at], at)):
        x, y = layout["x"][at], layout["y"][at]
        apart = [abs(x - layout["x"][one]) > 380 or abs(y - layout["y"][one]) > 90 for one in chosen]
        if layout["group"][at] >= 0 and all(apart):
            chosen.append(at)
        if len(chosen) == most:
            break
    return set(chosen)


def _short(text: str, most: int = 32) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _edges(parts: dict[str, Any], drawn: list[bool]) -> list[dict[str, Any]]:
    ties, kind_of = parts["ties"], parts["nodes"]["kind"]
    symmetric = [tie["symmetric"] for tie in parts["words"]["ties"]]
    out = []
    for at, (source, target, kind) in enumerate(zip(ties["source"], ties["target"], ties["kind"], strict=True)):
        if not (drawn[kind_of[source]] and drawn[kind_of[target]]):
            continue
        flags = ties["flags"][at]
        edge = {
            "id": at, "from": source, "to": target, "width": min(3, max(1, ties["origins"][at])),
            "color": _CROSS if flags & CROSSES else _TIE, "dashes": not flags & CONFIRMED,
        }  # fmt: skip
        if symmetric[kind]:
            edge["arrows"] = ""
        out.append(edge)
    return out
