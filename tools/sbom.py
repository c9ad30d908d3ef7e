"""Completes a CycloneDX list of the Python packages with what they and the page carry inside: Java and JavaScript.

`sbom.py ENVIRONMENT.cdx.json` in the environment that the list was made of; prints the whole.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import files
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

INSTALLERS = ("pip", "setuptools")
ENGINE = "arcadedb-embedded"

Component = dict[str, Any]


def javascript() -> list[Component]:
    """The npm packages of which code or data is in the page: those whose licences it carries."""
    licences = (resources("isthmus.views") / "bundle" / "LICENSES.txt").read_text(encoding="utf-8")
    return [
        {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:npm/{name}@{version}",
            "licenses": [{"expression": licence}],
        }
        for name, version, licence in re.findall(r"^(\S+) (\d\S*) \((.+)\)$", licences, re.MULTILINE)
    ]


def java() -> list[Component]:
    """The Java runtime and the jars in the engine's wheel."""
    inside = [path for path in files(ENGINE) or [] if "arcadedb_embedded" in path.parts]
    release = next(path for path in inside if path.name == "release").read_text()
    (version,) = re.findall(r'^JAVA_VERSION="(.+)"$', release, re.MULTILINE)
    runtime = {
        "type": "platform",
        "name": "OpenJDK runtime",
        "version": version,
        "licenses": [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}],
    }
    return [runtime, *(_jar(path.stem) for path in inside if path.suffix == ".jar")]


def _jar(stem: str) -> Component:
    name, version = re.fullmatch(r"(.+?)(?:-(\d.*))?", stem).groups()  # type: ignore[union-attr]  # matches any stem
    return {"type": "library", "name": name} | ({"version": version} if version else {})


def whole(environment: dict[str, Any]) -> dict[str, Any]:
    """The list with those parts, and without the installer's own packages."""
    kept = [component for component in environment["components"] if component["name"] not in INSTALLERS]
    for component in kept:
        if component["name"] == ENGINE:
            component["components"] = java()
    return environment | {"components": kept + javascript()}


if __name__ == "__main__":
    print(json.dumps(whole(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), indent=1))  # noqa: T201
