"""The statements of a fold: claims with the same subject, property and value, and what they amount to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.fold.columns import Columns, evidence, take

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.origins import Origins
    from isthmus.graph.fold.table import Coded


def by_statement(claims: Columns) -> Columns:
    """Claims in the order of subject, property, value and num, with their statement's row."""
    keys = [claims["subject_at"], *(_ranks(claims[part])[claims[part].codes] for part in ("property", "value"))]
    order = np.lexsort(keys[::-1])  # claims come in the order of num, and those of one statement stay so
    keys = [column[order] for column in keys]
    claims = take(claims, order)
    new = np.zeros(len(order), dtype=bool)
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    claims["statement"] = np.cumsum(new)
    return claims


def _ranks(texts: Coded) -> NDArray[np.int64]:
    """The place of each distinct text in their order."""
    order = np.argsort(texts.distinct, kind="stable")
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order))
    return found


def statements(claims: Columns, origins: Origins) -> tuple[Columns, NDArray[np.int64]]:
    """One row a statement, and where its claims begin and end."""
    starts = np.unique(claims["statement"], return_index=True)[1].astype(np.int64)
    offsets = np.append(starts, len(claims["statement"])).astype(np.int64)
    first = take({name: claims[name] for name in ("subject_at", "property", "value", "value_at")}, starts)
    columns: Columns = {
        "subject": first["subject_at"], "property": first["property"], "value": first["value"],
        "value_at": first["value_at"], **evidence(claims, offsets, origins)._asdict(),
        "role": roles(claims, len(starts)),
    }  # fmt: skip
    return columns, offsets


def roles(claims: Columns, length: int) -> NDArray[np.object_]:
    """The roles that the claims of each statement state, each once, joined by "; "."""
    found = np.full(length, "", dtype=object)
    stated = claims["qualifiers"].of(lambda text: json.loads(text).get("role", "") if '"role"' in text else "", object)
    for at in np.flatnonzero(stated != ""):
        row, role = claims["statement"][at], stated[at]
        if role not in found[row].split("; "):
            found[row] = f"{found[row]}; {role}" if found[row] else role
    return found
