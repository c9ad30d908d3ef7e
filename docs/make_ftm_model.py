"""Writes isthmus/loaders/ftm/model.json, what the loader needs of FollowTheMoney's model: python docs/make_ftm_model.py.

The model is published as YAML, a schema a file, in the package `followthemoney` (MIT), which must be installed; its
code is not run. Of each schema are kept: what it extends, the names of its own properties, and the two that are the
ends of an edge.
"""

from __future__ import annotations

import json
from importlib.metadata import files, version
from pathlib import Path
from typing import Any

import yaml

MODEL = Path(__file__).parents[1] / "isthmus" / "loaders" / "ftm" / "model.json"


def schemata() -> dict[str, dict[str, Any]]:
    """The published schemata by name."""
    found: dict[str, dict[str, Any]] = {}
    for path in files("followthemoney") or []:
        if path.parent.name == "schema" and path.suffix in (".yaml", ".yml"):
            found |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def text() -> str:
    """The file's text: a schema a line."""
    lines = []
    for name, said in sorted(schemata().items()):
        kept: dict[str, Any] = {"extends": said.get("extends", []), "properties": sorted(said.get("properties", {}))}
        if edge := said.get("edge"):
            kept["edge"] = [edge["source"], edge["target"]]
        lines.append(f"  {json.dumps(name)}: {json.dumps(kept)}")
    head = f'{{\n "version": {json.dumps(version("followthemoney"))},\n "schemata": {{\n'
    return head + ",\n".join(lines) + "\n }\n}\n"


if __name__ == "__main__":
    MODEL.write_text(text(), encoding="utf-8")
