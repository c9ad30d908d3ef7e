"""What a shell completes: names of the case, as its analyst has them, and sources that can be loaded.

Nothing is kept for it: the names are read from the case file at each touch of the key. A minor's or a victim's is not
among them.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import click

    from isthmus.graph.record.file import CaseFile

MOST = 200
"""Names offered; nobody chooses among more."""
_SPECIAL = re.compile(r"([^\w.@%+:,/-])")


def names(context: click.Context, argument: click.Parameter, begun: str) -> list[str]:  # noqa: ARG001  click's signature
    """Names, aliases and ids of the case that begin so, in any case and without regard to accents; none without a case."""
    from isthmus.graph.errors import IsthmusError
    from isthmus.graph.record.file import CaseFile

    try:
        with CaseFile.open(_path(context)) as file:
            return [_typed(name) for name in sorted(set(_begun(file, begun)))[:MOST]]
    except IsthmusError:
        return []


def sources(context: click.Context, argument: click.Parameter, begun: str) -> list[str]:  # noqa: ARG001  click's signature
    """Sources that can be loaded, and `auto`."""
    from importlib.resources import files

    folders = files("isthmus").joinpath("loaders").iterdir()
    known = [folder.name for folder in folders if folder.is_dir() and folder.joinpath("source.yml").is_file()]
    return sorted(name for name in ["auto", *known] if name.startswith(begun))


def _begun(file: CaseFile, begun: str) -> Iterator[str]:
    """Names that may be offered and begin so."""
    from isthmus.graph.fold.identity import merged
    from isthmus.graph.names import NEVER_NAMED, plain
    from isthmus.graph.record import history, reading

    same = merged(file)
    never = {same.get(who, who) for who, status in history.ever_said(file, "status") if status in NEVER_NAMED}
    wanted = plain(begun)
    for who, name in reading.names_standing(file):
        if same.get(who, who) not in never:
            yield from (text for text in (name, who) if _may_begin(text, wanted) and plain(text).startswith(wanted))


def _may_begin(text: str, wanted: str) -> bool:
    """Whether a look at the first sign leaves it open; what is no text for a terminal never does."""
    first = text[:1]
    plainly_other = bool(wanted) and first.isascii() and first.isalnum() and first.lower() != wanted[0]
    return text.isprintable() and not plainly_other


def _path(context: click.Context) -> Path:
    """The case of `--case`, wherever it stands; click fills in no defaults while it completes."""
    from pathlib import Path

    given = context.params.get("case_path") or context.find_root().params.get("case_path")
    return Path(given or os.environ.get("ISTHMUS_CASE") or "isthmus.case")


def _typed(name: str) -> str:
    """A name as it is put on the line: bash puts it there as it comes, other shells quote it themselves."""
    return _SPECIAL.sub(r"\\\1", name) if os.environ.get("_ISTHMUS_COMPLETE") == "bash_complete" else name
