"""Reads the vocabulary of `schema.yml`."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from isthmus.graph.errors import UnknownWord
from isthmus.graph.suggestion import choices


class Schema:
    """The vocabulary as plain dictionaries and lists, named as in the file."""

    def __init__(self, declared: dict[str, Any]) -> None:
        self.kinds: dict[str, dict[str, Any]] = declared["kinds"]
        self.properties: dict[str, dict[str, Any]] = declared["properties"]
        self.ties: dict[str, dict[str, Any]] = declared["ties"]
        self.qualifiers: dict[str, dict[str, Any]] = declared["qualifiers"]
        self.statuses: dict[str, dict[str, Any]] = declared["statuses"]
        self.alias_types: dict[str, dict[str, Any]] = declared["alias_types"]
        self.grades: dict[str, dict[str, Any]] = declared["grades"]
        self.layers: dict[str, Any] = declared["layers"]
        self.naming = frozenset[str](declared["naming"])
        self.placing = frozenset(name for name, said in self.ties.items() if "country" in said)
        self.bases: list[str] = declared["bases"]
        self.co_presence: list[str] = declared["co_presence"]
        self.never_a_basis_through: list[str] = declared["never_a_basis_through"]
        self.tlp: list[str] = declared["tlp"]
        self.codes: dict[str, frozenset[str]] = {
            name: frozenset(declared[name]) for name in ("statuses", "event_kinds", "directions", "object_kinds")
        }

    def is_tie(self, name: str) -> bool:
        """Whether a property links two entities."""
        return name in self.ties

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the vocabulary, in lower case, ties as they read both ways too. A word names no one."""
        found = [*self.kinds, *self.properties, *self.ties, *self.qualifiers, *self.alias_types, *self.bases, *self.tlp]
        found += [self.reading(tie, backward=True) for tie in self.ties]
        found += [word for codes in self.codes.values() for word in codes] + [*self.layers["names"]]
        return frozenset(form.casefold() for word in found for form in (word, word.replace("_", " ")))

    def symmetric(self, tie: str) -> bool:
        """Whether a tie says the same of both its ends. Of any other the ends may never change places."""
        return bool(self.ties[tie].get("symmetric"))

    def reading(self, tie: str, *, backward: bool = False) -> str:
        """How a tie reads from its source: by its own name; `backward`, from its target, as declared under `reads`.

        The one place that turns a tie round: "recruited" from the recruiter, "recruited by" from the recruit.
        """
        return str(self.ties[tie]["reads"]) if backward and not self.symmetric(tie) else tie

    def declared(self, name: str) -> dict[str, Any]:
        """What the file says of a property or tie.

        Raises
        ------
        UnknownWord
            Neither a property nor a tie bears this name; the message lists them.
        """
        found = self.ties.get(name) or self.properties.get(name)
        if found is None:
            known = [*self.properties, *self.ties]
            raise UnknownWord(f"property {name!r} isn't declared; {choices(known)}")
        return found

    def allowed_qualifiers(self, name: str) -> frozenset[str]:
        """Qualifiers that a claim of this property may carry."""
        return frozenset(self.qualifiers) | frozenset(self.declared(name).get("qualifiers", ()))


@cache
def schema() -> Schema:
    """The vocabulary, read once."""
    import yaml

    text = files("isthmus.graph").joinpath("schema.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Schema(yaml.load(text, Loader=loader))  # noqa: S506  both are safe loaders
