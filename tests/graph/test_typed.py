"""A file of the vocabulary, of a source or of a mapping states what its structure has, and nothing else."""

from __future__ import annotations

from importlib.resources import files

import msgspec
import pytest

from isthmus.graph.errors import BadInput
from isthmus.graph.schema import read, schema
from isthmus.graph.typed import Typed, typed

VOCABULARY = files("isthmus.graph").joinpath("schema.yml").read_text(encoding="utf-8")


class Inner(Typed, frozen=True):
    """What stands in `Outer`."""

    name: str
    size: int = 0


class Outer(Typed, frozen=True):
    """A structure with mappings and lists in it."""

    inners: dict[str, Inner] = msgspec.field(default_factory=dict)
    lists: tuple[dict[str, Inner | str], ...] = ()


def test_what_a_text_states_stands_in_the_structure() -> None:
    assert typed("inners: {a: {name: x}}", Outer, "f.yml") == Outer(inners={"a": Inner("x")})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("inner: {}", "f.yml: inner: the key is not known; did you mean 'inners'?"),
        ("inners: {a: {name: x}, b: {nane: x}}", "f.yml: inners.b.nane: the key is not known; did you mean 'name'?"),
        ("inners: {a: {name: x}, b: {name: 1}}", "f.yml: inners.b.name: Expected text, got `int`"),
        ("inners: {a: {name: x}, b: {}}", "f.yml: inners.b: Object missing required field `name`"),
        ("lists: [{a: x}, {b: {name: x, size: big}}]", "f.yml: lists.1.b.size: Expected `int`, got text"),
        ("lists: [{a: x, c: {name: x, sise: 1}}]", "f.yml: lists.0.c.sise: the key is not known; did you mean 'size'?"),
        ("- 1", "f.yml: Expected a mapping, got a list"),
        ("", "f.yml: Expected a mapping, got nothing"),
        ("inners: {1: {name: x}}", "f.yml: inners: Expected text, got `int`, a key"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_path(text: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        typed(text, Outer, "f.yml")
    assert str(refused.value) == told


def test_what_is_no_yaml_is_refused_with_its_file() -> None:
    with pytest.raises(BadInput, match=r"^f\.yml: while parsing"):
        typed("inners: [", Outer, "f.yml")


@pytest.mark.parametrize(
    ("was", "is_", "told"),
    [
        ("reads: sibling of, basis: kin", "reads: sibling of, basiss: kin",
         "schema.yml: ties.sibling_of.basiss: the key is not known; did you mean 'basis'?"),
        ("reads: child of, basis: kin", "reads: child of, basis: kinship",
         "schema.yml: ties.parent_of.basis: 'kinship' is declared nowhere; choose from"),
        ("reads: child of, basis: kin", "reads: child of, basis: [kin]",
         "schema.yml: ties.parent_of.basis: Expected text, got a list"),
        ("birth:           {of: [Person]", "birth:           {of: [Persons]",
         "schema.yml: properties.birth.of: 'Persons' is declared nowhere; choose from"),
        ("codes: statuses", "codes: status", "schema.yml: properties.status.codes: 'status' is declared nowhere"),
        ("charged:                 {named: true", "charged:                 {rank: no, named: yes",
         "schema.yml: statuses.charged.rank: the key is not known; did you mean 'ranked'?"),
        ("{event_kind: raid, layers: {targets:", "{event_kind: raids, layers: {targets:",
         "schema.yml: layers.events.8.event_kind: 'raids' is declared nowhere"),
        ("naming: [kind,", "naming: [kinds,", "schema.yml: naming: 'kinds' is declared nowhere"),
        ("C: {says: fairly reliable, factor: 0.85,", "C: {says: fairly reliable, factor: high,",
         "schema.yml: grades.reliability.C.factor: "),
    ],
)  # fmt: skip
def test_a_slip_in_the_vocabulary_is_refused_with_its_path(was: str, is_: str, told: str) -> None:
    assert VOCABULARY.count(was) == 1
    with pytest.raises(BadInput) as refused:
        read(VOCABULARY.replace(was, is_))
    assert str(refused.value).startswith(told)


def test_the_vocabulary_itself_is_read() -> None:
    assert read(VOCABULARY) == schema()
