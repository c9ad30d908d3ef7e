"""Reads the vocabulary of `schema.yml`."""

from __future__ import annotations

from functools import cache, cached_property
from pkgutil import get_data
from typing import TYPE_CHECKING, Any

import msgspec

from isthmus.graph import read_before
from isthmus.graph.declarations import (
    AliasType,
    Grades,
    Kind,
    KindSets,
    Layers,
    Property,
    Public,
    Qualifier,
    Status,
    Tie,
    Word,
    Worth,
)
from isthmus.graph.errors import BadInput, UnknownWord
from isthmus.graph.suggestion import choices
from isthmus.graph.typed import Typed, fitted, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_FILE = "schema.yml"


class Schema(Typed, frozen=True, dict=True):
    """The vocabulary, named as in the file."""

    version: int
    kinds: dict[str, Kind]
    kind_sets: KindSets
    event_kinds: tuple[str, ...]
    directions: tuple[str, ...]
    menacing: frozenset[str]
    object_kinds: tuple[str, ...]
    personal: frozenset[str]
    statuses: dict[str, Status]
    naming: frozenset[str]
    public: Public
    remarks: frozenset[str]
    labelling: frozenset[str]
    subkinds: tuple[str, ...]
    acts: tuple[str, ...]
    properties: dict[str, Property]
    ties: dict[str, Tie]
    between: dict[str, dict[str, str]]
    country_rules: dict[str, frozenset[str]]
    expected: dict[str, dict[str, str]]
    qualifiers: dict[str, Qualifier]
    bases: tuple[str, ...]
    never_a_basis_through: tuple[str, ...]
    co_presence: tuple[str, ...]
    grades: Grades
    layers: Layers
    alias_types: dict[str, AliasType]
    tlp: tuple[str, ...]

    @cached_property
    def words_of_claims(self) -> dict[str, Word]:
        """Properties and ties by name."""
        return {**self.properties, **self.ties}

    def those(self, fits: Callable[[Word], bool]) -> frozenset[str]:
        """Properties and ties whose declaration fits."""
        return frozenset(name for name, word in self.words_of_claims.items() if fits(word))

    def ties_that(self, fits: Callable[[Tie], bool]) -> frozenset[str]:
        """Ties whose declaration fits."""
        return frozenset(name for name, tie in self.ties.items() if fits(tie))

    @cached_property
    def placing(self) -> frozenset[str]:
        """Ties that say where their subject belongs or is."""
        return self.ties_that(lambda tie: bool(tie.country))

    def placed_by(self, *meanings: str) -> frozenset[str]:
        """Ties that say this of where their subject belongs or is, as `country` declares it."""
        return self.ties_that(lambda tie: tie.country in meanings)

    @cached_property
    def belonging(self) -> frozenset[str]:
        """Ties by which a person is of a country, wherever they are."""
        return self.placed_by(*self.country_rules["either"])

    @cached_property
    def lying(self) -> frozenset[str]:
        """Ties that say in which country the coordinates of their subject lie."""
        return self.ties_that(lambda tie: tie.lies)

    @cached_property
    def outright(self) -> frozenset[str]:
        """Ties that are a basis of a tie between two people."""
        return self.ties_that(lambda tie: bool(tie.basis))

    @cached_property
    def joined(self) -> tuple[str, ...]:
        """Bases by which two people are joined through what both are tied to."""
        joining = {tie.joins for tie in self.ties.values()}
        return tuple(basis for basis in self.bases if basis in joining)

    @cached_property
    def crossing(self) -> frozenset[str]:
        """Ties by which a person has a part in an event, there or from a distance."""
        return self.ties_that(lambda tie: tie.cross not in {"", "none"})

    @cached_property
    def parts(self) -> frozenset[str]:
        """Ties by which someone was in an event or had a part in it: they last no longer than it."""
        return self.crossing | self.ties_that(lambda tie: bool(tie.joins))

    @cached_property
    def remote(self) -> frozenset[str]:
        """Those of `crossing` by which the part is from a distance."""
        return self.ties_that(lambda tie: tie.cross == "remote")

    @cached_property
    def belonging_to_cells(self) -> frozenset[str]:
        """Ties that make a person a member of a cell."""
        return self.ties_that(lambda tie: tie.joins == "same cell")

    @cached_property
    def in_cells(self) -> frozenset[str]:
        """Ties by which a person has a part in a cell: as its member, or by what makes a part in an event."""
        cells = set(self.kind_sets.cells)
        return self.belonging_to_cells | {tie for tie in self.crossing if cells & set(self.ties[tie].targets)}

    @cached_property
    def timeless(self) -> frozenset[str]:
        """What was so all along, whenever it was learned."""
        return self.those(lambda word: word.timeless)

    @cached_property
    def ageless(self) -> frozenset[str]:
        """What counts whatever its date where holdings are asked for: what is timeless, and of which country one is."""
        return self.timeless | self.belonging

    @cached_property
    def of_event(self) -> frozenset[str]:
        """What is an event's own, and dated as it is."""
        return self.those(lambda word: word.of_event)

    def worth(self, value: Worth) -> frozenset[str]:
        """What bears on a value: a concern, a presence, a threat."""
        return self.those(lambda word: value in word.worth)

    @cached_property
    def threatening(self) -> frozenset[str]:
        """Ties by which their subject menaces a country, or what lies there."""
        return self.worth("threat") & self.ties.keys()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Properties that are spellings of a name, in the order of the file."""
        return tuple(name for name, said in self.properties.items() if said.names)

    @cached_property
    def looked_into(self) -> frozenset[str]:
        """Statuses by which a person's ties were looked into."""
        return frozenset(code for code, status in self.statuses.items() if status.looked_into)

    def layer_of(self, shows: str) -> str:
        """The layer that shows official levels, or fighters."""
        return next(name for name, layer in self.layers.names.items() if layer.shows == shows)

    @cached_property
    def never_named(self) -> frozenset[str]:
        """Statuses beside which no other lets a person be named."""
        return frozenset(code for code, status in self.statuses.items() if status.never)

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """The words that a property of type `code` may have, by the name of their list."""
        return {
            "statuses": frozenset(self.statuses),
            "event_kinds": frozenset(self.event_kinds),
            "directions": frozenset(self.directions),
            "object_kinds": frozenset(self.object_kinds),
        }

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the vocabulary, in lower case, ties as they read both ways too. A word names no one."""
        found = [*self.kinds, *self.properties, *self.ties, *self.qualifiers, *self.alias_types, *self.bases, *self.tlp]
        found += [self.reading(tie, backward=True) for tie in self.ties]
        found += [word for codes in self.codes.values() for word in codes] + [*self.layers.names]
        return frozenset(form.casefold() for word in found for form in (word, word.replace("_", " ")))

    def is_tie(self, name: str) -> bool:
        """Whether a property links two entities."""
        return name in self.ties

    def symmetric(self, tie: str) -> bool:
        """Whether a tie says the same of both its ends. Of any other the ends may never change places."""
        return self.ties[tie].symmetric

    def reading(self, tie: str, *, backward: bool = False) -> str:
        """How a tie reads from its source: by its own name; `backward`, from its target, as declared under `reads`.

        The one place that turns a tie round: "recruited" from the recruiter, "recruited by" from the recruit.
        """
        return self.ties[tie].reads if backward and not self.symmetric(tie) else tie

    def declared(self, name: str) -> Property | Tie:
        """What the file says of a property or tie.

        Raises
        ------
        UnknownWord
            Neither a property nor a tie bears this name; the message lists them.
        """
        declared = self.ties.get(name) or self.properties.get(name)
        if declared is None:
            known = [*self.properties, *self.ties]
            raise UnknownWord(f"property {name!r} isn't declared; {choices(known)}")
        return declared

    def subjects(self, name: str) -> tuple[str, ...]:
        """Kinds of which a property or tie may be said; none for a property of any kind."""
        declared = self.declared(name)
        return declared.sources if isinstance(declared, Tie) else declared.of

    def allowed_qualifiers(self, name: str) -> frozenset[str]:
        """Qualifiers that a claim of this property may carry."""
        return frozenset(self.qualifiers) | frozenset(self.declared(name).qualifiers)


def read(text: str, where: str = _FILE, *, kept: bool = False) -> Schema:
    """A vocabulary from its text, of which what it states is `kept` for the next start.

    Raises `BadInput` for a key that no part has, a value of another kind, and a word that is declared nowhere; the
    message has the path.
    """
    before = read_before.read(text) if kept else None
    stated_now = plain(text, where) if before is None else before
    vocabulary = fitted(stated_now, Schema, where)
    for path, words, known in _uses(vocabulary):
        for word in words:
            if word not in known:
                raise BadInput(f"{where}: {path}: {word!r} is declared nowhere; {choices(known)}")
    if kept and before is None:
        read_before.keep(text, stated_now)
    return vocabulary


def _uses(of: Schema) -> Iterator[tuple[str, Collection[str], Collection[str]]]:
    """Every place where one part names words of another, with the words there are."""
    for name, said in of.properties.items():
        yield f"properties.{name}.of", said.of, of.kinds
        yield f"properties.{name}.codes", {said.codes} - {""}, of.codes
    for name, word in of.words_of_claims.items():
        yield f"{name}.timeless_of", word.timeless_of, of.kinds
    for name, tie in of.ties.items():
        yield f"ties.{name}.from", tie.sources, of.kinds
        yield f"ties.{name}.to", tie.targets, of.kinds
        yield f"ties.{name}.basis", {tie.basis} - {""}, of.bases
        yield f"ties.{name}.acts", {tie.acts} - {""}, of.acts
        yield f"ties.{name}.joins", {tie.joins} - {""}, of.bases
    for kind, drawn in of.kinds.items():
        yield f"kinds.{kind}.lies", [drawn.lies], of.ties
    for name, kinds in stated(of.kind_sets).items():
        yield f"kind_sets.{name}", kinds, of.kinds
    for first, seconds in of.between.items():
        yield "between", [first], of.kinds
        yield f"between.{first}", seconds, of.kinds
        yield f"between.{first}", seconds.values(), of.ties
    for kind, words in of.expected.items():
        yield "expected", [kind], of.kinds
        yield f"expected.{kind}", words, {**of.properties, **of.ties}
    for name, layer in of.layers.names.items():
        yield f"layers.names.{name}.decided_on", layer.decided_on, of.event_kinds
    yield "menacing", of.menacing, of.event_kinds
    yield "personal", of.personal, of.object_kinds
    yield "subkinds", of.subkinds, of.properties
    yield "naming", of.naming, of.properties
    yield "public.kinds", of.public.kinds, of.event_kinds
    yield "public.properties", of.public.properties, of.words_of_claims
    yield (
        "remarks",
        of.remarks,
        {*of.qualifiers, *(name for word in of.words_of_claims.values() for name in word.qualifiers)},
    )
    yield "labelling", of.labelling, {**of.properties, **of.ties}
    yield "never_a_basis_through", of.never_a_basis_through, of.kinds
    yield "co_presence", of.co_presence, of.bases
    for at, rule in enumerate(of.layers.events):
        yield f"layers.events.{at}.event_kind", [rule.event_kind], of.event_kinds
        yield f"layers.events.{at}.direction", {rule.direction} - {""}, of.directions
        yield f"layers.events.{at}.layers", rule.layers, of.layers.names


def stated(word: msgspec.Struct) -> dict[str, Any]:
    """What the file states of a word, as plain values."""
    plain: dict[str, Any] = msgspec.to_builtins(word)
    return plain


@cache
def schema() -> Schema:
    """The vocabulary, read once."""
    return read((get_data("isthmus.graph", _FILE) or b"").decode(), kept=True)
