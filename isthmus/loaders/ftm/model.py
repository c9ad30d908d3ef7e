"""FollowTheMoney's model, as far as lines are read by it: which schemata and properties there are, and what joins what.

`model.json` is made from the published schemata by docs/make_ftm_model.py.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Schema(NamedTuple):
    """A kind of entity. `ends` are the properties that an edge runs between, empty for what is no edge."""

    name: str
    properties: frozenset[str]
    ends: tuple[str, str]


@cache
def model() -> dict[str, Schema]:
    """The schemata by name; properties of those that one extends are its own."""
    told: dict[str, dict[str, Any]] = _told()["schemata"]
    return {name: Schema(name, frozenset(_properties(told, name)), _ends(told, name)) for name in told}


def version() -> str:
    """The release of FollowTheMoney whose model this is."""
    return str(_told()["version"])


@cache
def _told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("isthmus.loaders.ftm") / "model.json").read_text("utf-8"))
    return found


def _properties(told: dict[str, dict[str, Any]], name: str) -> set[str]:
    return {*told[name]["properties"], *(one for above in told[name]["extends"] for one in _properties(told, above))}


def _ends(told: dict[str, dict[str, Any]], name: str) -> tuple[str, str]:
    if "edge" in told[name]:
        source, target = told[name]["edge"]
        return source, target
    above = (_ends(told, each) for each in told[name]["extends"])
    return next((ends for ends in above if ends[0]), ("", ""))
