"""What leaves a case is made of its release, which is kept in the user's cache for the state of the case it was made of.

A desk copy is made of the case itself: it has all names, says so on its face, and is not made unless the log tells of it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from isthmus.graph import places
from isthmus.graph.disclosure.basis import acquittal_out_of_view, bases_of
from isthmus.graph.disclosure.release import released
from isthmus.graph.errors import BadCase
from isthmus.graph.graph import Graph
from isthmus.graph.record import log
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.rows import digest
from isthmus.graph.version import __version__

if TYPE_CHECKING:
    from typing import Literal

    Act = Literal["page", "export", "publish"]

FORMAT = "1"
"""Grows when a release is made otherwise than before."""
_SUPERSEDED = 3_600  # seconds after which the release of a former state goes
_ENDS = ("", "-wal", "-shm", ".log")


class Leaving(NamedTuple):
    """What an output is made of, and what it has to say on its face ("" where that is nothing)."""

    graph: Graph
    face: str


def leaving(graph: Graph, act: Act, form: str, *, desk: bool = False) -> Leaving:
    """The graph that a page, an export or a publication is made of, and a line in the log that it is.

    Where the log cannot be written, because the case lies on a disk that nothing is written to, there is no desk copy.

    Raises
    ------
    BadCase
        A desk copy is asked for, and the log cannot be written.
    """
    if not desk:
        with suppress(BadCase):
            log.note(graph.file, act, form=form)
        return Leaving(released_graph(graph), "")
    count = len(bases_of(graph.file).unnamed)
    log.note(graph.file, "desk-copy", form=form, people=count)
    return Leaving(graph, desk_copy(count))


def desk_copy(count: int) -> str:
    """What a desk copy says of itself."""
    return f"desk copy, {count:,} {'person' if count == 1 else 'people'} without a basis"


def released_graph(graph: Graph) -> Graph:
    """The same graph, of the release of its case; through the same lens."""
    return Graph.of(_released(graph), graph.lens)


def folder() -> Path:
    """Where releases are kept; it can be deleted at any time."""
    return places.cache() / "releases"


def _released(graph: Graph) -> CaseFile:
    file, asked = graph.file, graph.lens.recorded_by
    besides = acquittal_out_of_view(graph)
    state = digest("released", file.state, asked or "", __version__, FORMAT, *sorted(besides))
    place = folder() / f"{digest(file.id)}-{state}.case"
    if file.state and place.exists():
        with suppress(BadCase):
            return CaseFile.open(place)
    if not file.state:
        place = Path(mkdtemp(prefix="isthmus-")) / place.name
    beside = places.folder(place.parent) / f".{uuid4().hex[:8]}.case"
    try:
        with released(file, beside, recorded_by=asked, besides=besides) as made:
            made.stand_for(file, state)
        _drop(place)
        beside.rename(place)
    finally:
        _drop(beside)
    _prune(place)
    return CaseFile.open(place)


def _drop(case: Path) -> None:
    for end in _ENDS:
        Path(f"{case}{end}").unlink(missing_ok=True)


def _prune(kept: Path) -> None:
    """Delete what was released of former states of the same case."""
    family, now = kept.name.split("-")[0], time.time()
    for place in kept.parent.glob(f"{family}-*.case"):
        with suppress(OSError):
            if place != kept and now - place.stat().st_mtime > _SUPERSEDED:
                _drop(place)
