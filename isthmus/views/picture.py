"""What the pages are fed with: the one place where a graph and findings become something to draw.

It draws the graph that it is given: what leaves is made of a release (`graph.disclosure.leaving`). Columns, not objects: ten thousand nodes stay a small file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.countries import country_name
from isthmus.graph.disclosure.marking import check_marking
from isthmus.graph.schema import schema
from isthmus.views.evidence import claim_columns, holding_columns, statement_columns
from isthmus.views.geography import geography
from isthmus.views.positions import positions
from isthmus.views.spans import columns, event_dates, published_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.declarations import Kind, Layer
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding

FORMAT = 1
CONFIRMED, CROSSES, DISPUTED = 1, 2, 4
RULES = {
    "crosses": "A tie lies across a border where the known countries of its two ends have none in common. "
    "Countries of a person by {rule}, of an event its scene, of a cell its field.",
    "confirmed": "A tie is confirmed where it is graded 1 or 2 (confirmed, or probably true), by a source that is "
    "usually reliable at least (A, B), and no source denies it.",
}
_COLOURS = ("light", "dark", "says")
_DRAWN = ("plural", "shape", *_COLOURS)


def picture(
    graph: Graph,
    findings: Sequence[Finding] = (),
    *,
    title: str = "Isthmus",
    tlp: str | None = None,
    country_rule: CountryRule = "citizenship",
    chart: dict[str, Any] | None = None,
    seed: int = 1,
) -> dict[str, Any]:
    """Plain values for a page, by column.

    `nodes` have id, label, kind, status, role and countries; `layouts` their positions; `ties` the ends, dates as
    ordinal days, grade, origins and flags; `statements`, `claims`, `sources` and `holdings` what each line rests
    on; `map` the verdicts of the six layers and the ranges of fighters.

    Raises
    ------
    BadQuestion
        A record that would be shown is marked more strictly than `tlp`, or the country rule is none.
    """
    marking = check_marking(graph, tlp, [finding.claims for finding in findings])
    countries = graph.countries(country_rule)
    nodes = _nodes(graph, countries)
    claims, records, sources = claim_columns(graph)
    parts = {
        "nodes": nodes,
        "ties": _ties(graph, countries),
        "statements": statement_columns(graph, nodes["named"]),
        "claims": claims,
        "records": records,
        "sources": sources,
        "holdings": holding_columns(graph),
        "map": geography(graph),
        "findings": [_finding(graph, finding) for finding in findings],
        "layouts": positions(graph, countries, seed),
    }
    return {
        "format": FORMAT,
        "meta": _meta(graph, title, marking, country_rule),
        "words": _words(parts),
        **parts,
        "chart": chart,
    }


def _finding(graph: Graph, finding: Finding) -> dict[str, Any]:
    """The finding with its claims as rows of the page's claims; those outside the graph are left out."""
    row = {identity: at for at, identity in enumerate(graph.claims["id"])}
    claims = [[row[identity] for identity in ids if identity in row] for ids in finding.claims]
    listed = finding.parameters.get("table")
    return {
        **finding.to_dict(),
        "claims": claims,
        "title": f"{finding.name}: {listed}" if listed else finding.name,
    }


def _meta(graph: Graph, title: str, tlp: str, rule: str) -> dict[str, Any]:
    given = [("lens", said)] if (said := graph.lens.in_words()) else []
    return {
        "title": title,
        "tlp": tlp,
        "version": f"{graph.file.id}.{graph.file.version}",
        "country_rule": rule,
        "arguments": [
            ("entities", str(len(graph.ids))),
            ("ties", str(len(graph.ties))),
            ("people whose age is not known", str(_ageless(graph))),
            *given,
        ],
        "left_out": {str(why): int(count) for why, count in graph.left_out.items() if count},
        "licences": "",
        "rules": {name: text.format(rule=rule) for name, text in RULES.items()},
    }


def _ageless(graph: Graph) -> int:
    """How many people in view have no birth, so that the door could not tell who of them was a minor."""
    born = np.zeros(len(graph.ids), dtype=bool)
    born[graph.statement_table["subject"][graph.rows_of("birth")]] = True
    return int(np.count_nonzero(graph.of_kind("Person") & ~born))


def _words(parts: dict[str, Any]) -> dict[str, Any]:
    declared = schema()
    seen = {code for text in parts["nodes"]["countries"] for code in text.split()}
    seen |= set(parts["holdings"]["country"]) | set(parts["holdings"]["from"]) | set(parts["map"]["countries"])
    grades, background = declared.grades, declared.kind_sets.background
    return {
        "kinds": [
            {**_said(name, kind, _DRAWN), "background": name in background} for name, kind in declared.kinds.items()
        ],
        "ties": [
            {"name": name, "reads": _passive(name), "symmetric": declared.symmetric(name)} for name in declared.ties
        ],
        "layers": [_said(name, layer, (*_COLOURS, "shows")) for name, layer in declared.layers.names.items()],
        "countries": {code: country_name(code) for code in sorted(seen) if code},
        "reliability": {letter: grade.says for letter, grade in grades.reliability.items()},
        "credibility": {digit: grade.says for digit, grade in grades.credibility.items()},
    }


def _said(name: str, word: Kind | Layer, parts: tuple[str, ...]) -> dict[str, Any]:
    return {"name": name, **{part: getattr(word, part) for part in parts}}


def _passive(tie: str) -> str:
    return schema().reading(tie, backward=True).replace("_", " ")


def _nodes(graph: Graph, countries: list[frozenset[str]]) -> dict[str, list[Any]]:
    number = {name: at for at, name in enumerate(schema().kinds)}
    person = graph.kinds == "Person"
    named = graph.shown["named"]
    aliases = _joined(graph, "alias")
    subkinds = [_best(graph, name) for name in schema().subkinds]
    return {
        "id": [str(identity) for identity in graph.ids],
        "label": [str(label) for label in graph.entities["label"]],
        "kind": [number[kind] for kind in graph.kinds],
        "sub": [next((word for word in words if word), "") for words in zip(*subkinds, strict=True)],
        "role": _best(graph, "role"),
        "status": graph.shown["status"].tolist(),
        "countries": [" ".join(sorted(codes)) for codes in countries],
        "aliases": [text if shown else "" for text, shown in zip(aliases, named, strict=True)],
        "named": [int(shown) for shown in named],
        "ranked": [int(may) for may in graph.shown["ranked"] & named & person],
        **columns(event_dates(graph)),
    }


def _best(graph: Graph, name: str) -> list[str]:
    """The best evidenced value of a property for each entity, or the empty text."""
    out = [""] * len(graph.ids)
    rows = graph.values(name).sort_values("probability", kind="stable")
    for at, value in zip(rows["subject"], rows["value"], strict=True):
        out[at] = str(value)
    return out


def _joined(graph: Graph, name: str) -> list[str]:
    found: list[list[str]] = [[] for _ in graph.ids]
    rows = graph.values(name)
    for at, value in zip(rows["subject"], rows["value"], strict=True):
        if value not in found[at]:
            found[at].append(str(value))
    return [", ".join(values) for values in found]


def _ties(graph: Graph, countries: list[frozenset[str]]) -> dict[str, list[Any]]:
    ties = graph.ties
    number = {name: at for at, name in enumerate(schema().ties)}
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    grade = ties["grade"].to_numpy(dtype=object)
    denied = ties["denied"].to_numpy() > 0
    good = np.array([len(text) == 2 and text[0] in "AB" and text[1] in "12" for text in grade], dtype=bool)
    crossing = np.array(
        [
            bool(a and b and not a & b)
            for a, b in ((countries[s], countries[t]) for s, t in zip(source, target, strict=True))
        ],
        dtype=bool,
    )
    flags = CONFIRMED * (good & ~denied) + CROSSES * crossing + DISPUTED * denied
    origins = np.where(ties["origins_known"].to_numpy(dtype=bool), ties["origins"].to_numpy(), -1)
    return {
        "source": source.tolist(),
        "target": target.tolist(),
        "kind": [number[kind] for kind in ties["kind"]],
        "role": [str(role) if isinstance(role, str) else "" for role in ties["role"]],
        "grade": [str(text) for text in grade],
        "origins": [int(value) for value in origins],
        "flags": [int(value) for value in flags],
        "statement": ties["statement"].tolist(),
        **columns(str(text) for text in ties["intervals"]),
        "published": published_days(graph)[ties["statement"].to_numpy()].tolist() if len(ties) else [],
    }
