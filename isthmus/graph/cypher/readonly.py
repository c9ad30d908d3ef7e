"""What a query may do: read. Decided on an engine's own parse tree or plan, never by searching the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable

PROCEDURES = frozenset(
    {
        "db.labels", "db.relationshiptypes", "db.propertykeys", "db.schema.visualization",
        "db.schema.nodetypeproperties", "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships",
    }
)  # fmt: skip
"""Procedures that only read the graph; names in lower case, as both engines take them in any."""

CLAUSES = frozenset(
    {
        "MatchClause", "UnwindClause", "WithClause", "ReturnClause", "WhereClause", "OrderByClause", "CallClause",
        "SubqueryClause", "FinishClause", "FilterClause", "LetClause", "OrderBySkipLimitClause", "SkipClause",
        "LimitClause",
    }
)  # fmt: skip
"""Clauses of the Cypher 25 grammar that do nothing but read."""


def refuse(what: str) -> BadQuestion:
    """The error for a query that would do more than read."""
    return BadQuestion(f"this query would {what}; Cypher here only reads. Change a case with `isthmus add` or `load`")


def check_plan(plan: str) -> None:
    """Refuse by the plan that the embedded engine makes, where its grammar is out of reach.

    A plan doesn't show what stands in subqueries: there the engine itself allows no write, and no file.

    Raises
    ------
    BadQuestion
        The plan has no steps, as that of a schema command, or calls a procedure outside the list.
    """
    if "No execution steps" in plan:
        raise refuse("change the schema or administer the engine")
    check_procedures(re.findall(r"^\s*\+ CALL ([\w.]+)\(", plan, re.MULTILINE))


def check_procedures(names: Iterable[str]) -> None:
    """Refuse procedures that are not known to do nothing but read.

    Raises
    ------
    BadQuestion
        One of `names` is outside the list.
    """
    for name in names:
        if name.lower() not in PROCEDURES:
            allowed = ", ".join(sorted(PROCEDURES))
            raise BadQuestion(f"procedure {name!r} isn't among those that a query may call: {allowed}")
