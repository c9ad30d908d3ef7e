"""Folds the claims of a case into the columns of a graph, through a lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.fold.identity import resolved
from isthmus.graph.fold.view import through
from isthmus.graph.fold.whole import whole

if TYPE_CHECKING:
    from isthmus.graph.fold.folded import Folded
    from isthmus.graph.lens import Lens
    from isthmus.graph.record.file import CaseFile


def fold(file: CaseFile, lens: Lens, *, same: dict[str, str] | None = None) -> Folded:
    """The claims of a case, seen through a lens; `same` replaces the identities that it would give."""
    with file.snapshot():  # what is kept under a state is of that state
        identity = resolved(file, lens) if lens.known_by or lens.published_by else None
        record = whole(file, lens, identity, same=same)
        return record.whole if lens == lens.of_record else through(record, lens)
