"""What `schema.yml` may state of each word: one structure for each part of it."""

from __future__ import annotations

from typing import Literal

from isthmus.graph.typed import Typed

Worth = Literal["concern", "presence", "threat"]


class Kind(Typed, frozen=True):
    """A kind of entity: how several are called, how it is drawn, what it is."""

    plural: str
    shape: Literal["circle", "hexagon", "square", "diamond", "triangle", "star"]
    light: str
    dark: str
    says: str
    section: str = "cells"
    lies: str = "located_in"


class KindSets(Typed, frozen=True):
    """Sets of kinds, by what is done with them."""

    cells: tuple[str, ...]
    across: tuple[str, ...]
    acted_in: tuple[str, ...]
    groups: tuple[str, ...]
    through: tuple[str, ...]
    background: tuple[str, ...]
    holdable: tuple[str, ...]
    sides: tuple[str, ...]
    always: tuple[str, ...]
    aims: tuple[str, ...]
    common_names: tuple[str, ...]


class Public(Typed, frozen=True):
    """What anyone could know of an event from its day on: of which kinds, and which properties."""

    kinds: tuple[str, ...]
    properties: tuple[str, ...]


class Status(Typed, frozen=True):
    """A legal status: whether who has it may be named, and enter a ranking."""

    named: bool
    never: bool = False
    ranked: bool = True
    looked_into: bool = False
    died: bool = False
    verdict: bool = False
    lifts: tuple[str, ...] = ()
    on_list: bool = False
    says: str = ""


class Word(Typed, frozen=True, kw_only=True):
    """What may be declared of a property and of a tie alike."""

    qualifiers: tuple[str, ...] = ()
    says: str = ""
    timeless: bool = False
    timeless_of: tuple[str, ...] = ()
    of_event: bool = False
    held: bool = True
    worth: tuple[Worth, ...] = ()
    section: str = ""
    identifies: bool = False
    plain: bool = False
    acted: bool = False


class Property(Word, frozen=True, kw_only=True):
    """What is said of an entity in a value of its own. No `of`: of any kind."""

    type: Literal["text", "number", "range", "date", "code", "point", "kind"]
    of: tuple[str, ...] = ()
    codes: str = ""
    once: bool = False
    single: bool = False
    names: bool = False
    projected: bool = True


class Tie(Word, frozen=True, kw_only=True, rename={"sources": "from", "targets": "to"}):
    """What links two entities; `basis`, `joins`, `country` and `cross` are empty where it is none."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    reads: str
    symmetric: bool = False
    basis: str = ""
    joins: str = ""
    country: Literal["", "citizenship", "residence", "activity", "operation", "scene", "state"] = ""
    cross: Literal["", "part", "remote", "none"] = ""
    acts: str = ""
    custody: bool = False
    lies: bool = False


class Qualifier(Typed, frozen=True):
    """What any claim may carry beside its value."""

    says: str
    bare: bool = False
    plain: bool = False


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

    shows: Literal["events", "levels", "fighters"]
    light: str
    dark: str
    says: str
    decided_on: tuple[str, ...] = ()
    where: Literal["", "threatened"] = ""


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
