"""Labels and relationship types, from `schema.yml`: nothing of a query's vocabulary is declared anywhere else."""

from __future__ import annotations

from isthmus.graph.cypher.evidence import EVIDENCE
from isthmus.graph.schema import schema

EVIDENCE_TYPES = ("STATED_IN", "IN_SOURCE")
VERDICT = "Verdict"


def labels() -> list[str]:
    """Every label that a projection may have."""
    return sorted({*schema().kinds, *EVIDENCE, VERDICT})


def types() -> list[str]:
    """Every relationship type that a projection may have."""
    return sorted({*(kind.upper() for kind in schema().ties), *EVIDENCE_TYPES})


def mentions_evidence(text: str) -> bool:
    """Whether a text has any of those names in it; where a query cannot be parsed, this errs on the larger side."""
    return any(name in text for name in (*EVIDENCE, *EVIDENCE_TYPES))


def names_evidence(names: set[str]) -> bool:
    """Whether a query names what only a projection with the evidence has."""
    return bool(names & {*EVIDENCE, *EVIDENCE_TYPES})
