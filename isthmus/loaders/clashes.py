"""Before rows are written: ids of the case that they give to someone else, and sources that are another publication.

Two analysts number their people from p1. Where the names under an id share no word with those that the case has under
it, or a source has another title, the load is refused until someone says that they are the same, or names them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.errors import BadInput
from isthmus.graph.names import folded, plain
from isthmus.graph.record import reading
from isthmus.graph.record.rows import Claim, SourceRow
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.rows import Row

_COMMON = frozenset(folded(word) for word in ("abu", "umm", "ibn", "bin", "ben", "bint", "the", "of"))
_LISTED = 5  # of each, in the message


class Clash(NamedTuple):
    """What an id is called in the case, and what the rows call it."""

    id: str
    case: str
    here: str


class OtherIds(BadInput):
    """Rows give an id of the case to someone or something else; `people` and `sources` say which."""

    def __init__(self, people: list[Clash], sources: list[Clash]) -> None:
        self.people, self.sources = people, sources
        told = [*people[:_LISTED], *(clash._replace(id=f"source {clash.id}") for clash in sources[:_LISTED])]
        said = "; ".join(f"{clash.id} is {clash.case!r} in the case and {clash.here!r} here" for clash in told)
        more = len(people) + len(sources) - len(told)
        super().__init__(
            f"{said}{f'; and {more:,} more' if more else ''}. Nothing was loaded: --namespace NAME keeps them apart, "
            "--same-ids says that they are the same"
        )


class Clashes:
    """Looks at the rows of one load as they pass. `own` is the source that stands for the loader, titled by us."""

    def __init__(self, file: CaseFile, own: str) -> None:
        self.own = own
        self.titles = reading.titles(file)
        self.names: dict[str, list[str]] = {}
        for subject, name in reading.names(file):
            self.names.setdefault(subject, []).append(name)
        self._current = set(reading.sources_with_records(file))
        self._like: set[str] = set()
        self._unlike: dict[str, str] = {}
        self._sources: dict[str, Clash] = {}

    def watch(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass rows on; at the end, raise `OtherIds` if there is a clash."""
        for row in rows:
            if isinstance(row, Claim):
                if row.property in schema().names and row.subject in self.names and row.subject not in self._like:
                    self._compare(row)
            elif isinstance(row, SourceRow):
                self._title(row)
            yield row
        people = [Clash(one, self.names[one][0], name) for one, name in sorted(self._unlike.items())]
        people = [clash for clash in people if clash.id not in self._like]
        if people or self._sources:
            raise OtherIds(people, [self._sources[one] for one in sorted(self._sources)])

    def _compare(self, row: Claim) -> None:
        known = self.names[row.subject]
        if row.value in known or _words(row.value) & set().union(*map(_words, known)):
            self._like.add(row.subject)
        elif row.property == "name":  # an alias alone need not resemble anything
            self._unlike.setdefault(row.subject, row.value)

    def _title(self, row: SourceRow) -> None:
        known = self.titles.get(row.id, "")
        if row.id != self.own and row.id in self._current and known and row.title and plain(row.title) != plain(known):
            self._sources[row.id] = Clash(row.id, known, row.title)


def _words(name: str) -> set[str]:
    """Words of a name by which two can be told to be alike: no initials, nothing that stands in every second name."""
    words = set(folded(name).split())
    return {word for word in words if len(word) > 1} - _COMMON or words
