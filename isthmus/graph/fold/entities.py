"""The entities of a fold: what kind each is, and the best graded of its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph import grading
from isthmus.graph.countries import country_name
from isthmus.graph.fold.columns import Columns, take
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray


def entities(claims: Columns, is_tie: NDArray[np.bool_], left_out: dict[str, int]) -> Columns:
    """One row an entity, in order of id: its kind, and the best graded of its names."""
    kinds, names = (best(claims, name) for name in ("kind", "name"))
    inferred = _inferred_kinds(claims, is_tie, kinds)
    guessed = sum(kind != "Country" for kind in inferred.values())
    if guessed:
        left_out["entities whose kind is inferred from a tie"] = guessed
    kinds |= inferred
    ids = sorted(kinds)
    by_date = described(claims, [i for i in ids if kinds[i] == "Event" and i not in names])
    shown = [names.get(i) or by_date.get(i) or (country_name(i) if kinds[i] == "Country" else i) for i in ids]
    return {
        "id": np.array(ids, dtype=object),
        "kind": np.array([kinds[identity] for identity in ids], dtype=object),
        "name": np.array(shown, dtype=object),
    }


def described(claims: Columns, events: list[str]) -> dict[str, str]:
    """What stands for the name of an event that no source names: its kind, town and date."""
    if not events:
        return {}
    attack, kind, city, date = (best(claims, name) for name in ("attack_type", "event_kind", "city", "date"))
    return {
        event: ", ".join(
            filter(None, [attack.get(event) or kind.get(event) or "event", city.get(event), date.get(event)])
        )
        for event in events
        if event in date or event in city
    }


def best(claims: Columns, name: str) -> dict[str, str]:
    """Best graded affirmed value of a property for each subject; among equals the first recorded."""
    rows = np.flatnonzero(claims["property"].among({name}) & claims["polarity"].among({"affirmed"}))
    worst_first = np.lexsort((claims["num"][rows], claims["grade"].of(grading.rank, np.int64)[rows]))[::-1]
    subject, value = (claims[part].texts(rows[worst_first]) for part in ("subject", "value"))
    return dict(zip(subject.tolist(), value.tolist(), strict=True))


def _inferred_kinds(claims: Columns, is_tie: NDArray[np.bool_], known: dict[str, str]) -> dict[str, str]:
    """Countries need no claim of their kind; another end of a tie has it where only one kind can stand there."""
    found: dict[str, str] = {}
    for end, side, rows in (("to", "value", take(claims, is_tie)), ("from", "subject", claims)):
        unknown = set(rows[side].used()) - known.keys()
        if not unknown:
            continue
        chosen = take(rows, rows[side].among(unknown))
        pairs = np.unique(np.stack([chosen[side].codes, chosen["property"].codes]), axis=1)
        for identity, name in sorted((chosen[side].distinct[i], chosen["property"].distinct[p]) for i, p in pairs.T):
            allowed = schema().ties[name].targets if end == "to" else schema().subjects(name)
            if "Country" in allowed and country_name(identity) != identity:
                found[identity] = "Country"
            elif len(allowed) == 1 and identity not in found:
                found[identity] = allowed[0]
    return found
