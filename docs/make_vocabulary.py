"""Writes docs/vocabulary.md from isthmus/graph/schema.yml: python docs/make_vocabulary.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.graph.schema import schema, stated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.graph.declarations import Credibility, Reliability
    from isthmus.graph.schema import Schema

PAGE = Path(__file__).with_name("vocabulary.md")


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines] + [""]


def _grade(code: str, said: Reliability | Credibility, chance: float | None) -> list[str]:
    return [code, said.says, str(chance or "unknown"), f"{said.low}–{said.high}"]


def _codes(found: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(found))


def _sets(words: Schema) -> dict[str, frozenset[str]]:
    """Sets of properties and ties that rules go by."""
    return {
        "timeless: so all along, whenever it was learned": words.timeless,
        "an event's own, dated as it is": words.of_event,
        "bears on a concern": words.worth("concern"),
        "bears on a presence": words.worth("presence"),
        "bears on a threat": words.worth("threat"),
        "a part in an event": words.crossing,
        "a part from a distance": words.remote,
        "a part in a cell": words.in_cells,
        "custody": words.ties_that(lambda tie: tie.custody),
        "nobody holds it: it names, describes, or was written afterwards": words.those(lambda word: not word.held),
    }


def page() -> str:
    """The reference page."""
    words = schema()
    lines = [
        "# Vocabulary",
        "",
        "Made from `isthmus/graph/schema.yml` by `docs/make_vocabulary.py`; change it there.",
        "",
    ]
    lines += ["## Kinds of entity", ""]
    lines += table(["kind", "what it is"], [[kind, said.says] for kind, said in words.kinds.items()])
    lines += [
        "## Ties",
        "",
        "A basis joins two people outright; `joins` joins those who are tied to the same thing.",
        "",
    ]
    lines += table(
        ["tie", "from", "to", "read backwards", "basis", "joins"],
        [
            [
                f"`{name}`",
                ", ".join(said.sources),
                ", ".join(said.targets),
                said.reads,
                said.basis,
                said.joins,
            ]
            for name, said in words.ties.items()
        ],
    )
    lines += ["## Properties", ""]
    lines += table(
        ["property", "of", "value", "qualifiers"],
        [
            [f"`{name}`", ", ".join(said.of or ["any"]), said.type, ", ".join(said.qualifiers)]
            for name, said in words.properties.items()
        ],
    )
    lines += ["## What rules go by", ""]
    lines += table(["what", "properties and ties"], [[what, _codes(found)] for what, found in _sets(words).items()])
    lines += table(
        ["kinds", "which"], [[name.replace("_", " "), ", ".join(of)] for name, of in stated(words.kind_sets).items()]
    )
    lines += ["## Legal status", ""]
    lines += table(
        ["status", "shown by name", "note"],
        [[name, "yes" if said.named else "no", said.says] for name, said in words.statuses.items()],
    )
    lines += [
        "## Grades",
        "",
        "The chances are the project's own: no official mapping exists. F and 6 mean that nothing can be said.",
        "",
    ]
    lines += table(
        ["grade", "meaning", "chance or factor", "interval"],
        [
            *(_grade(code, said, said.factor) for code, said in words.grades.reliability.items()),
            *(_grade(code, said, said.p) for code, said in words.grades.credibility.items()),
        ],
    )
    lines += ["## The six layers", ""]
    lines += table(["layer", "meaning"], [[name, said.says] for name, said in words.layers.names.items()])
    lines += table(
        ["kind of event", "direction", "layers"],
        [
            [
                rule.event_kind,
                rule.direction or "any other",
                ", ".join(f"{k}: {v}" for k, v in rule.layers.items()) or "none",
            ]
            for rule in words.layers.events
        ],
    )
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
