"""Files for other programs: a module a format, found by its name; no list is edited to add one.

A module's `export(graph, out, title)` writes `out`, a file or a folder, and gives the files it wrote; `title` is what the
file says of itself. Its docstring's first
line is what `isthmus export --help` says of it, and `WHOLE` says that it writes every current record, in view or not.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from isthmus.graph.errors import BadQuestion

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from isthmus.graph.graph import Graph


class Format(Protocol):
    """What a module of a format has."""

    export: Callable[[Graph, Path, str], list[Path]]


def formats() -> list[str]:
    """Names of the formats, with "-" for "_"."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__) if not module.name.startswith("_"))


def says(name: str) -> str:
    """What a format is, in a line."""
    return (_module(name).__doc__ or "").strip().splitlines()[0]


def is_whole(name: str) -> bool:
    """Whether a format writes every current record, in view or not."""
    return bool(getattr(_module(name), "WHOLE", False))


def export(graph: Graph, name: str, out: Path, *, tlp: str | None = None, desk: bool = False) -> list[Path]:
    """Write the release of a graph in a format, or with `desk` all its names; gives the files that were written.

    Raises
    ------
    BadQuestion
        No such format, `out` is there already, or the graph shows records marked more strictly than `tlp`.
    BadCase
        A desk copy is asked for where the log cannot be written.
    """
    from isthmus.graph.disclosure.leaving import leaving
    from isthmus.graph.disclosure.marking import check_marking

    module = _module(name)
    check_marking(graph, tlp, whole=is_whole(name))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadQuestion(f"{out}: there is something already; choose another name")
    title = graph.file.path.stem
    graph, face = leaving(graph, "export", name, desk=desk)
    written: list[Path] = module.export(graph, out, f"{title}, {face}" if face else title)
    return written


def _module(name: str) -> Format:
    from isthmus.graph.suggestion import suggestion

    if name not in formats():
        raise BadQuestion(f"{name!r} is no format; {suggestion(name, formats())}")
    found: Format = import_module(f"isthmus.views.export.{name.replace('-', '_')}")
    return found
