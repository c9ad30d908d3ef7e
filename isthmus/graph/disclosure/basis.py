"""Who may be named in what leaves a case: who has a basis, on the whole record, before any lens.

A basis is a status that `schema.yml` marks `named`, from a source with a title and a grade from A to D, that nothing
lifted; or one that an analyst declared for the person, or for the source that tells the status (`acts.basing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.fold import status
from isthmus.graph.fold.folding import fold
from isthmus.graph.lens import Lens
from isthmus.graph.record import bases, reading
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from isthmus.graph.fold.folded import Folded
    from isthmus.graph.fold.status import Change
    from isthmus.graph.record.file import CaseFile

GRADES = "ABCD"
"""Reliability of a source whose word is a basis; E is unreliable, and F says that nobody judged it."""


@dataclass(frozen=True)
class Bases:
    """The people of a case by whether they have a basis, each with all ids that are judged to be one.

    `missing` says of each person without one, by the id that stands for them, what would give it. `open` are the ids that
    may leave: of people with a basis, and of what is no person. Any other id may be a person's. `common` are those of places and organisations, which are called by common words.
    """

    named: dict[str, frozenset[str]]
    unnamed: dict[str, frozenset[str]]
    missing: dict[str, str]
    open: frozenset[str]
    common: frozenset[str]


def bases_of(file: CaseFile, besides: frozenset[str] = frozenset()) -> Bases:
    """Who of the people of a case may be named in what leaves; `besides` are ids of those who may not for all that."""
    whole = fold(file, Lens())
    founded, told = _founded(file, whole), status.changes(whole)
    declared = {whole.same.get(identity, identity) for identity in bases.declared(file, "people")}
    ids: dict[str, set[str]] = {}
    for one, root in whole.same.items():
        ids.setdefault(root, {root}).add(one)
    named, unnamed, missing, others, common = {}, {}, {}, set[str](), set[str]()
    kinds = set(schema().kinds) - {"Person"}
    for at, (identity, kind) in enumerate(zip(whole.ids.tolist(), whole.kinds.tolist(), strict=True)):
        own = frozenset(ids.get(identity, {identity}))
        if kind in kinds:  # what nothing says the kind of may be a person
            others |= own
            common |= own if kind in schema().kind_sets.common_names else set()
            continue
        why = "its acquittal is not in view" if own & besides else ""
        why = why or _missing(told[at], founded, declared=identity in declared)
        if why:
            unnamed[identity], missing[identity] = own, why
        else:
            named[identity] = own
    return Bases(named, unnamed, missing, frozenset(others.union(*named.values())), frozenset(common))


def _founded(file: CaseFile, whole: Folded) -> Callable[[Change], bool]:
    """Whether a source that is enough tells of a change."""
    titled, vouched = reading.titles(file), bases.declared(file, "sources")
    table = whole.claim_table
    enough = table.coded("source").of(lambda source: source in vouched, bool)
    enough |= table.coded("source").of(lambda source: source in titled, bool) & table.coded("grade").of(
        lambda grade: grade[:1] in GRADES and bool(grade), bool
    )
    return lambda change: bool(np.any(enough[list(change.claims)]))


def _missing(record: Sequence[Change], founded: Callable[[Change], bool], *, declared: bool) -> str:
    """What a person lacks to be named; "" for who may be."""
    codes = {change.code for change in record}
    if codes & schema().never_named:
        return "is never named: a minor or a victim"
    if declared:
        return ""
    naming = [change for change in record if status.declared(change.code).named]
    standing = [change for change in naming if not status.lifted(change, record)]
    if any(founded(change) for change in standing):
        return ""
    if standing:
        words = status.status_text(change.code for change in standing)
        return f"{words}, but from no source with a title and a grade from A to D: grade it, or `isthmus basis` it"
    if naming:
        return "released without a verdict: a verdict, or `isthmus basis PERSON`"
    words = status.status_text(codes)
    return f"{words}: a status that is a basis, such as convicted, from a graded source, or `isthmus basis PERSON`"


def acquittal_out_of_view(graph: Folded) -> frozenset[str]:
    """Who was acquitted at last, as the whole record says, where the lens of a graph shows no acquittal.

    They are named with the acquittal or not at all.
    """
    if not graph.lens.stated():
        return frozenset()
    found = set()
    for at, (record, seen) in enumerate(zip(status.on_record(graph), status.changes(graph), strict=True)):
        if not status.with_acquittal(record, status.known(graph, seen)):
            found.add(str(graph.ids[at]))
    return frozenset(found)
