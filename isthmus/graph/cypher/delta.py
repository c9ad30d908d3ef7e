"""What differs between a projection and the one published last, found from fingerprints kept on this machine.

The fingerprints of the last publish lie in the user's cache under the token that the server's marker has: where the
token is another's, or they are gone, everything is published again. Nothing is trusted that the server did not keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.graph import places
from isthmus.graph.fold import kept
from isthmus.graph.fold.table import Coded, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from isthmus.graph.cypher.projection import Nodes, Projection, Ties

    Hashes = NDArray[np.uint64]

_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


@dataclass
class Prints:
    """Fingerprints of a projection: of what each node and tie is called, and of what it says.

    `names` are the labels and ids of the nodes, `ends` the type (a place in `types`), source and target of the ties.
    """

    nodes: Hashes
    node_says: Hashes
    ties: Hashes
    tie_says: Hashes
    names: list[str]
    types: list[str]
    ends: NDArray[np.int64]


@dataclass
class Delta:
    """Numbers of the nodes and places of the ties that are new or say something new; names of those that are gone."""

    new_nodes: NDArray[np.int64]
    changed_nodes: NDArray[np.int64]
    gone_nodes: list[tuple[str, str]]
    new_ties: NDArray[np.int64]
    changed_ties: NDArray[np.int64]
    gone_ties: list[tuple[str, str, str, str, str]]

    def __len__(self) -> int:
        """How many changes."""
        mine = (self.new_nodes, self.changed_nodes, self.gone_nodes, self.new_ties, self.changed_ties, self.gone_ties)
        return sum(len(part) for part in mine)


def fingerprints(made: Projection) -> Prints:
    """Fingerprints of a projection."""
    names = [f"{nodes.label}\t{identity}" for nodes in made.nodes for identity in nodes.columns["id"].cells()]
    keys = _texts(names)
    types = sorted({ties.type for ties in made.ties})
    kinds = np.concatenate([np.full(len(ties), types.index(ties.type)) for ties in made.ties] or [np.zeros(0, int)])
    source, target = (
        np.concatenate([getattr(ties, end) for ties in made.ties] or [np.zeros(0, np.int64)])
        for end in ("source", "target")
    )
    called = _texts(types)[kinds] if len(kinds) else np.zeros(0, np.uint64)
    with np.errstate(over="ignore"):
        ties = called * _MIX[0] + keys[source] * _MIX[1] + keys[target] * _MIX[2]
    return Prints(
        keys,
        _says(made.nodes),
        ties,
        _says(made.ties),
        names,
        types,
        np.stack([kinds, source, target]).astype(np.int64),
    )


def compare(old: Prints, new: Prints) -> Delta:
    """What must be done to turn one projection into the other."""
    fresh, changed, gone = _differ(old.nodes, old.node_says, new.nodes, new.node_says)
    tie_fresh, tie_changed, tie_gone = _differ(old.ties, old.tie_says, new.ties, new.tie_says)
    return Delta(
        fresh, changed, [_split(old.names[at]) for at in gone],
        tie_fresh, tie_changed,
        [
            (*_split(old.names[a]), old.types[kind], *_split(old.names[b]))
            for kind, a, b in old.ends[:, tie_gone].T.tolist()
        ],
    )  # fmt: skip


def save(scope: str, token: str, prints: Prints) -> None:
    """Keep the fingerprints of what was just published."""
    columns: dict[str, NDArray[Any]] = {
        "nodes": prints.nodes, "node_says": prints.node_says, "ties": prints.ties, "tie_says": prints.tie_says,
        "ends": prints.ends, "names": _bytes(prints.names), "types": _bytes(prints.types),
    }  # fmt: skip
    kept.keep(_place(scope), {name: Table({"all": column}) for name, column in columns.items()}, {"token": token})


def load(scope: str, token: str) -> Prints | None:
    """The fingerprints of the publish that left `token` on the server; None where this machine does not have them."""
    found = kept.read(_place(scope))
    if found is None or found[1]["token"] != token:
        return None
    columns: dict[str, Any] = {name: table["all"] for name, table in found[0].items()}
    return Prints(**columns | {name: _lines(columns[name]) for name in ("names", "types")})


def pick(groups: Iterable[Any], places: NDArray[np.int64]) -> Iterator[tuple[Any, NDArray[np.int64]]]:
    """The groups that hold any of the places in the groups one after another, and which rows those are."""
    first = 0
    for group in groups:
        inside = places[(places >= first) & (places < first + len(group))]
        if len(inside):
            yield group, inside - first
        first += len(group)


def _differ(
    old: Hashes, old_says: Hashes, new: Hashes, new_says: Hashes
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    order = np.argsort(old)
    at = np.searchsorted(old[order], new)
    at = np.minimum(at, max(len(old) - 1, 0))
    known = old[order][at] == new if len(old) else np.zeros(len(new), dtype=bool)
    same = np.zeros(len(new), dtype=bool)
    same[known] = old_says[order][at[known]] == new_says[known]
    gone = np.flatnonzero(~np.isin(old, new))
    return np.flatnonzero(~known), np.flatnonzero(known & ~same), gone


def _says(groups: list[Nodes] | list[Ties]) -> Hashes:
    parts = [_rows(group.columns, len(group)) for group in groups]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _rows(columns: dict[str, Coded], length: int) -> Hashes:
    total = np.zeros(length, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for name in sorted(columns):
            said = _texts([str(value) for value in columns[name].distinct]) * _texts([name])[0]
            total += np.append(said, np.uint64(0))[columns[name].codes]
    return total


def _texts(texts: list[str]) -> Hashes:
    return pd.util.hash_array(np.array(texts, dtype=object)) if texts else np.zeros(0, np.uint64)


def _split(name: str) -> tuple[str, str]:
    label, _, identity = name.partition("\t")
    return label, identity


def _place(scope: str) -> Path:
    return places.cache() / "published" / f"{places.family(scope)}.columns"


def _bytes(lines: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(kept: NDArray[np.uint8]) -> list[str]:
    text = kept.tobytes().decode()
    return text.split("\n") if text else []
