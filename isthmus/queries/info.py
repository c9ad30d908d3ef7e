"""What is in a case: rows by table, entities by kind, dates, sources with what must be cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.given import word
from isthmus.graph.record import reading
from isthmus.graph.record.markings import left_out
from isthmus.graph.schema import schema
from isthmus.queries.finding import Finding, columned

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile


def info(case_file: CaseFile, *, sources: bool = False, tlp: str | None = None) -> Finding:
    """Counts of a case; with `sources` one row a source, with its reliability, licence and number of claims, of records up to `tlp`."""
    return (
        _sources(case_file, word(tlp, schema().tlp, "TLP marking") if tlp else None) if sources else _counts(case_file)
    )


def _counts(case_file: CaseFile) -> Finding:
    rows: list[tuple[str, object]] = [("case", case_file.id), ("version", case_file.version)]
    rows += reading.counts(case_file).items()
    rows += [(f"{kind} entities", count) for kind, count in reading.kinds(case_file)]
    rows.append(("last load", reading.last_load(case_file) or "never"))
    return Finding(
        name="info",
        table=columned(["measure", "value"], rows),
        method="Counts of the case file's tables; entities by the kinds that current records claim.",
        parameters={"case": case_file.path.name},
    )


def _sources(case_file: CaseFile, tlp: str | None) -> Finding:
    columns = ["source", "title", "publisher", "published", "reliability", "language", "extent_seen", "derived_from",
               "licence", "locator", "claims"]  # fmt: skip
    table = columned(columns, reading.sources_listed(case_file, tlp))
    return Finding(
        name="info: sources",
        table=table,
        method="One row a source. Reliability is the latest assessment, F where there is none.",
        parameters={"case": case_file.path.name, "sources": True, "tlp": tlp},
        left_out=left_out(case_file, tlp),
        caveats=_terms(table),
    )


def _terms(table: dict[str, list[Any]]) -> tuple[str, ...]:
    """What the licences ask for, each once."""
    used = [licence for licence, claims in zip(table["licence"], table["claims"], strict=True) if claims > 0]
    licences, unknown = sorted({text for text in used if text}), used.count("")
    terms = [f"To be cited and kept to: {text}" for text in licences]
    if unknown:
        terms.append(f"{unknown} sources state no licence: facts are restated, ask before passing rows on")
    return tuple(terms)
