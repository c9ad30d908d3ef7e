"""The whole record of a case, folded: what every lens looks at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.fold import kept
from isthmus.graph.fold.claims import as_one, read
from isthmus.graph.fold.columns import take
from isthmus.graph.fold.entities import entities
from isthmus.graph.fold.folded import Folded
from isthmus.graph.fold.identity import resolved
from isthmus.graph.fold.moments import by_event, event_dates
from isthmus.graph.fold.origins import origins_of
from isthmus.graph.fold.passing import Ground
from isthmus.graph.fold.statements import by_statement, statements
from isthmus.graph.fold.table import Table
from isthmus.graph.record import markings
from isthmus.graph.record.rows import digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.fold.identity import Identity
    from isthmus.graph.lens import Lens
    from isthmus.graph.record.file import CaseFile


def whole(
    file: CaseFile, lens: Lens, identity: Identity | None = None, *, same: dict[str, str] | None = None
) -> Ground:
    """The record as the case said it by `lens.recorded_by`, of records that `lens.tlp` lets be read.

    `identity` is who is one; by default what the judgements say that stood then. `same` replaces it. It is held in
    memory while the file is open and stays as it is.
    """
    lens = lens.of_record
    if same is not None:
        return Ground(_fold(file, lens, same, {}, None))
    plain = resolved(file, lens)
    who = plain if identity is None or identity.same == plain.same else identity
    asked = lens.stated() | ({} if who is plain else {"same": digest(json.dumps(who.same, sort_keys=True))})
    state = file.state
    place = kept.entry(file, asked)
    if not state:
        return Ground(_fold(file, lens, who.same, _apart(who), place))
    key = json.dumps(["fold", state, asked])
    ground = file.held.get(key)
    if not isinstance(ground, Ground):
        for old in [old for old in file.held if json.loads(old)[:2] != ["fold", state]]:
            del file.held[old]
        ground = file.held[key] = Ground(_fold(file, lens, who.same, _apart(who), place))
    return ground


def waits(file: CaseFile, lens: Lens) -> bool:
    """Whether the record, seen so, would be kept folded and is not yet: the next question folds it, which takes a while."""
    return kept.waits(file, lens.of_record.stated())


def _apart(identity: Identity) -> dict[str, int]:
    return {"judgements that would join what is judged different": len(identity.apart)} if identity.apart else {}


def _fold(file: CaseFile, lens: Lens, same: dict[str, str], left_out: dict[str, int], place: Path | None) -> Folded:
    tables, said = kept.part(place, "graph", lambda: _tables(file, lens, same, left_out))
    return Folded(
        file, lens, tables["entities"], tables["statements"], tables["claims"], tables["offsets"],
        said["left_out"], said["same"], place,
    )  # fmt: skip


def _tables(
    file: CaseFile, lens: Lens, same: dict[str, str], apart: dict[str, int]
) -> tuple[dict[str, Table], dict[str, Any]]:
    left_out = markings.left_out(file, lens.tlp)
    claims = read(file, lens.recorded_by, lens.tlp, left_out)
    left_out |= apart
    is_tie = claims["property"].among(schema().ties)
    if same:
        claims["subject"] = as_one(claims["subject"], same, np.ones(len(is_tie), dtype=bool))
        claims["value"] = as_one(claims["value"], same, is_tie)
    known = entities(claims, is_tie, left_out)
    at = {identity: position for position, identity in enumerate(known["id"].tolist())}
    subject = claims["subject"].of(lambda text: at.get(text, -2), np.int32)
    value = np.where(is_tie, claims["value"].of(lambda text: at.get(text, -2), np.int32), np.int32(-1))
    claims |= {"subject_at": subject, "value_at": value}
    lost = (subject == -2) | (value == -2)
    if lost.any():
        left_out["claims on an entity without a kind"] = int(lost.sum())
        claims = take(claims, ~lost)
    claims = by_statement(claims)
    told, offsets = statements(claims, origins_of(file))
    events = np.isin(known["kind"], ["Event"])
    told = by_event(told, event_dates(told, events))
    columns = {"entities": known, "statements": told, "claims": claims, "offsets": {"offset": offsets}}
    return {name: Table(made) for name, made in columns.items()}, {"left_out": left_out, "same": same}
