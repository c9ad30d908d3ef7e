"""What is in a case: rows by table, entities by kind, dates, sources with what must be cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from isthmus.graph.record.force import in_force
from isthmus.queries.finding import Finding

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile

_TABLES = (
    "source",
    "record",
    "claim",
    "source_assessment",
    "claim_assessment",
    "holding",
    "judgement",
    "marking",
    "load",
)


def info(case_file: CaseFile, *, sources: bool = False) -> Finding:
    """Counts of a case; with `sources` one row a source, with its reliability, licence and number of claims."""
    return _sources(case_file) if sources else _counts(case_file)


def _counts(case_file: CaseFile) -> Finding:
    rows: list[tuple[str, object]] = [("case", case_file.id), ("version", case_file.version)]
    ask = case_file.connection.execute
    rows += [(f"{table} rows", ask(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _TABLES]
    rows.append(("records not current", ask("SELECT count(*) FROM record WHERE NOT current").fetchone()[0]))
    kinds = ask(
        "SELECT value, count(DISTINCT subject) FROM claim c JOIN record r ON r.num = c.record "
        "WHERE r.current AND property = 'kind' GROUP BY value ORDER BY value"
    )
    rows += [(f"{kind} entities", count) for kind, count in kinds]
    last = ask("SELECT max(at) FROM load").fetchone()[0]
    rows.append(("last load", last or "never"))
    return Finding(
        name="info",
        table=pd.DataFrame(rows, columns=["measure", "value"]),
        method="Counts of the case file's tables; entities by the kinds that current records claim.",
        parameters={"case": case_file.path.name},
    )


def _sources(case_file: CaseFile) -> Finding:
    rows = case_file.connection.execute(
        "SELECT s.id, s.title, s.publisher, s.published, coalesce((SELECT grade FROM source_assessment a "
        f"WHERE a.source = s.id AND a.{in_force(case_file.connection)} ORDER BY a.at DESC, a.load DESC LIMIT 1), 'F'), s.language, s.extent_seen, "
        "s.derived_from, s.licence, s.locator, (SELECT count(*) FROM claim c JOIN record r ON r.num = c.record "
        "WHERE r.source = s.id AND r.current) FROM source s ORDER BY s.id"
    ).fetchall()
    columns = ["source", "title", "publisher", "published", "reliability", "language", "extent_seen", "derived_from",
               "licence", "locator", "claims"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return Finding(
        name="info: sources",
        table=table,
        method="One row a source. Reliability is the latest assessment, F where there is none.",
        parameters={"case": case_file.path.name, "sources": True},
        caveats=_terms(table),
    )


def _terms(table: pd.DataFrame) -> tuple[str, ...]:
    """What the licences ask for, each once."""
    used = table[table["claims"] > 0]
    licences = sorted({str(text) for text in used["licence"] if text})
    unknown = int((used["licence"] == "").sum())
    terms = [f"To be cited and kept to: {text}" for text in licences]
    if unknown:
        terms.append(f"{unknown} sources state no licence: facts are restated, ask before passing rows on")
    return tuple(terms)
