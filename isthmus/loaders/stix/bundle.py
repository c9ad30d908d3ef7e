"""A bundle as a whole: what its objects are, who made them, how they are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadInput, BadRow
from isthmus.graph.foreign_json import read_json
from isthmus.graph.schema import schema
from isthmus.loaders.stix.stated import Own

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.loaders.source import Source

LARGEST = 256 << 20  # bytes; a bundle is one JSON value, which is read as a whole
TLP_2 = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"

Thing = dict[str, Any]


def objects(source: Source, path: Path) -> list[Any]:
    """The objects of a bundle.

    Raises `BadInput` for a file that is no bundle, or too large to be read as a whole.
    """
    with source.open(path) as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise BadInput(f"{path}: more than {LARGEST >> 20} MB; split the bundle")
    try:
        found = read_json(raw)
    except ValueError as broken:
        raise BadInput(f"{path} is no JSON ({broken}); fetch the file again") from broken
    inside = found.get("objects") if isinstance(found, dict) and found.get("type") == "bundle" else None
    if not isinstance(inside, list):
        raise BadInput(f"{path} is no STIX bundle: no object of type 'bundle' with 'objects'")
    return inside


class Bundle:
    """Looks up other objects of the bundle by id."""

    def __init__(self, source: Source, found: list[Any]) -> None:
        self.source, self.meta = source, source.stated(Own)
        self.latest: dict[str, str] = {}  # id -> the newest `modified`
        self.kinds: dict[str, str] = {}  # id -> kind in the vocabulary
        self.countries: dict[str, str] = {}  # id of a location that is a country -> its code
        self.names: dict[str, str] = {}
        self.marks: dict[str, str] = dict(self.meta.tlp)
        for thing in found:
            if isinstance(thing, dict) and isinstance(thing.get("id"), str):
                self._note(thing["id"], thing)

    def _note(self, identity: str, thing: Thing) -> None:
        modified = str(thing.get("modified", ""))
        self.latest[identity] = max(self.latest.get(identity, ""), modified)
        self.names[identity] = str(thing.get("name", ""))
        if thing.get("type") == "marking-definition":
            self._mark(identity, thing)
        elif kind := self.kind(thing):
            self.kinds[identity] = kind
        if (code := country_alone(thing)) is not None:
            self.countries[identity] = code

    def _mark(self, identity: str, thing: Thing) -> None:
        stated = thing.get("definition")
        word = stated.get("tlp") if isinstance(stated, dict) else None
        extensions = thing.get("extensions")
        if isinstance(extensions, dict) and isinstance(extensions.get(TLP_2), dict):
            word = extensions[TLP_2].get("tlp_2_0")
        if isinstance(word, str) and word.lower() in self.meta.tlp_words:
            self.marks[identity] = self.meta.tlp_words[word.lower()]

    def kind(self, thing: Thing) -> str:
        """Kind in the vocabulary; empty where it has none.

        A class or level that STIX's open vocabulary doesn't have gives the kind of an unknown one.
        """
        type_ = thing.get("type")
        if type_ == "identity":
            classes = self.meta.identity_classes
            return str(classes.get(str(thing.get("identity_class", "")), classes["unknown"]))
        if type_ == "threat-actor":
            levels = self.meta.resource_levels
            return str(levels.get(str(thing.get("resource_level", "")), levels[""]))
        if type_ == "location":
            return "Country" if country_alone(thing) else "Place"
        return self.meta.types.get(str(type_), "")

    def entity(self, reference: str) -> str:
        """Our id of an object: a country's code, or its own id under the source's name."""
        return self.countries.get(reference) or f"{self.source.name}:{reference}"

    def tlp(self, thing: Thing) -> str:
        """The strictest TLP label of an object, a label of one of its parts counting for the whole; empty without one.

        Raises `BadRow` for a marking that nothing defines: what it forbids is not known.
        """
        references = list(thing.get("object_marking_refs", ()))
        references += [part["marking_ref"] for part in thing.get("granular_markings", ()) if "marking_ref" in part]
        labels = []
        for reference in references:
            if reference in self.marks:
                labels.append(self.marks[reference])
            elif reference not in self.latest:
                raise BadRow(f"the marking {reference} is not in the bundle: what it forbids is not known")
        return max(labels, key=schema().tlp.index, default="")


def country_alone(thing: Thing) -> str | None:
    """Code of a location that is a country and nothing closer."""
    closer = ("city", "administrative_area", "street_address", "latitude", "postal_code")
    country = thing.get("country")
    if thing.get("type") != "location" or not isinstance(country, str) or any(key in thing for key in closer):
        return None
    return None if country.isdigit() else country_code(country)
