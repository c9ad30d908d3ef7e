"""Reads the vocabulary of `schema.yml`."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from isthmus.graph.errors import BadInput, UnknownWord
from isthmus.graph.suggestion import choices
from isthmus.graph.typed import Typed, typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_FILE = "schema.yml"


class Kind(Typed, frozen=True):
    """A kind of entity: how several are called, how it is drawn, what it is."""

    plural: str
    shape: Literal["circle", "hexagon", "square", "diamond", "triangle", "star"]
    light: str
    dark: str
    says: str


class Status(Typed, frozen=True):
    """A legal status: whether who has it may be named, and enter a ranking."""

    named: bool
    ranked: bool = True
    says: str = ""


class Property(Typed, frozen=True):
    """What is said of an entity in a value of its own. No `of`: of any kind."""

    type: Literal["text", "number", "range", "date", "code", "point", "kind"]
    of: tuple[str, ...] = ()
    codes: str = ""
    once: bool = False
    qualifiers: tuple[str, ...] = ()
    says: str = ""


class Tie(Typed, frozen=True, rename={"sources": "from", "targets": "to"}):
    """What links two entities; `basis`, `joins`, `country` and `cross` are empty where it is none."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    reads: str
    symmetric: bool = False
    basis: str = ""
    joins: str = ""
    country: Literal["", "citizenship", "residence", "activity", "operation", "scene", "state"] = ""
    cross: Literal["", "part", "remote", "none"] = ""
    qualifiers: tuple[str, ...] = ()
    says: str = ""


class Qualifier(Typed, frozen=True):
    """What any claim may carry beside its value."""

    says: str


class Reliability(Typed, frozen=True):
    """A grade of a source: the factor on a claim's chance, and what a reader should allow for."""

    says: str
    factor: float | None
    low: float
    high: float


class Credibility(Typed, frozen=True):
    """A grade of a claim: the chance that it is so, and what a reader should allow for."""

    says: str
    p: float | None
    low: float
    high: float


class Unknown(Typed, frozen=True):
    """What stands for a grade that is not known, where claims are ranked among each other."""

    factor: float
    p: float


class Grades(Typed, frozen=True):
    """Admiralty grades, by letter and by digit."""

    reliability: dict[str, Reliability]
    credibility: dict[str, Credibility]
    unknown: Unknown


class Layer(Typed, frozen=True):
    """One of the six layers: its colours, and what stands in it."""

    light: str
    dark: str
    says: str


class LayerRule(Typed, frozen=True):
    """What an event of a kind and direction says of the layers; without `direction`, one of any other."""

    event_kind: str
    layers: dict[str, Literal["yes", "possible"]]
    direction: str = ""


class Layers(Typed, frozen=True):
    """The layers, the rules that decide on them, and the countries of the map."""

    names: dict[str, Layer]
    events: tuple[LayerRule, ...]
    countries: tuple[str, ...]
    fighter_countries: tuple[str, ...]


class AliasType(Typed, frozen=True):
    """What sort of name an alias is; a weak one never makes two people one."""

    weak: bool = False


class Schema(Typed, frozen=True, dict=True):
    """The vocabulary, named as in the file."""

    version: int
    kinds: dict[str, Kind]
    event_kinds: tuple[str, ...]
    directions: tuple[str, ...]
    object_kinds: tuple[str, ...]
    statuses: dict[str, Status]
    naming: frozenset[str]
    properties: dict[str, Property]
    ties: dict[str, Tie]
    qualifiers: dict[str, Qualifier]
    bases: tuple[str, ...]
    never_a_basis_through: tuple[str, ...]
    co_presence: tuple[str, ...]
    grades: Grades
    layers: Layers
    alias_types: dict[str, AliasType]
    tlp: tuple[str, ...]

    @cached_property
    def placing(self) -> frozenset[str]:
        """Ties that say where their subject belongs or is."""
        return frozenset(name for name, tie in self.ties.items() if tie.country)

    @cached_property
    def outright(self) -> frozenset[str]:
        """Ties that are a basis of a tie between two people."""
        return frozenset(name for name, tie in self.ties.items() if tie.basis)

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


def read(text: str, where: str = _FILE) -> Schema:
    """A vocabulary from its text.

    Raises `BadInput` for a key that no part has, a value of another kind, and a word that is declared nowhere; the
    message has the path.
    """
    vocabulary = typed(text, Schema, where)
    for path, words, known in _uses(vocabulary):
        for word in words:
            if word not in known:
                raise BadInput(f"{where}: {path}: {word!r} is declared nowhere; {choices(known)}")
    return vocabulary


def _uses(of: Schema) -> Iterator[tuple[str, Collection[str], Collection[str]]]:
    """Every place where one part names words of another, with the words there are."""
    for name, said in of.properties.items():
        yield f"properties.{name}.of", said.of, of.kinds
        yield f"properties.{name}.codes", {said.codes} - {""}, of.codes
    for name, tie in of.ties.items():
        yield f"ties.{name}.from", tie.sources, of.kinds
        yield f"ties.{name}.to", tie.targets, of.kinds
        yield f"ties.{name}.basis", {tie.basis} - {""}, of.bases
        yield f"ties.{name}.joins", {tie.joins} - {""}, of.bases
    yield "naming", of.naming, of.properties
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
    return read(files("isthmus.graph").joinpath(_FILE).read_text(encoding="utf-8"))
