"""Reads a file of YAML into a declared structure: a misspelt key, and a value of another kind, are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from isthmus.graph.errors import BadInput
from isthmus.graph.suggestion import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
_PLACE = re.compile(r" - at (?:`key` in )?`\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]|(\[\.\.\.\])")
_PLAIN = {"`object`": "a mapping", "`array`": "a list", "`str`": "text", "`null`": "nothing", "`bool`": "true or false"}
_WORDS = re.compile("|".join(_PLAIN))
_UNKNOWN = re.compile(r"unknown field `(.+)`$")


class Typed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A structure of the fields that a file may state, and no other."""


def typed(text: str, form: type[T], where: str) -> T:
    """What a text in YAML states, as a `form`.

    Raises
    ------
    BadInput
        No YAML, or a key or value that the form does not have; the message names the file (`where`), the path in
        it and, for a key, the one that was likely meant.
    """
    return fitted(plain(text, where), form, where)


def plain(text: str, where: str) -> Any:
    """What a text in YAML states, as plain values. Raises `BadInput` where it is no YAML."""
    import yaml

    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506  both are safe loaders
    except yaml.YAMLError as broken:
        raise BadInput(f"{where}: {broken}") from broken


def fitted(stated: Any, form: type[T], where: str) -> T:
    """What was read, as a `form`. Raises `BadInput` as `typed` does."""
    try:
        return msgspec.convert(stated, form)
    except msgspec.ValidationError as wrong:
        raise BadInput(f"{where}: {_told(stated, form, str(wrong))}") from None


def _told(stated: Any, form: type[Any], message: str) -> str:
    """The path of the fault, what is wrong, and what a key may be called."""
    said = _PLACE.sub(", a key" if "`key` in" in message else "", message)
    said = _WORDS.sub(lambda word: _PLAIN[word[0]], said)
    path = list(_path(stated, form, message))
    if said.endswith("got true or false"):
        said += "; put the word in quotes, for YAML reads yes and no as such"
    if key := _UNKNOWN.search(said):
        fields = _fields(form, path)
        return f"{'.'.join([*path, key[1]])}: the key is not known; {suggestion(key[1], fields)}"
    return f"{'.'.join(path)}: {said}" if path else said


def _path(stated: Any, form: type[Any], message: str) -> Iterator[str]:
    """The steps to the fault. msgspec leaves out the keys of free mappings: they are the ones that fail alone."""
    found = _PLACE.search(message)
    whole, at = stated, stated
    for name, number, free in _STEP.findall(found["path"] if found else ""):
        if free:
            step = next((key for key in at if _fails(whole, at, key, form, message)), "...")
        else:
            step = int(number) if number else name
        yield str(step)
        at = at[step] if step != "..." else {}


def _fails(whole: Any, within: dict[Any, Any], key: Any, form: type[Any], message: str) -> bool:
    """Whether the fault is still there when `within`, a mapping in `whole`, has this one key alone."""

    def cut(part: Any) -> Any:
        if part is within:
            return {key: within[key]}
        if isinstance(part, dict):
            return {name: cut(value) for name, value in part.items()}
        return [cut(value) for value in part] if isinstance(part, list) else part

    try:
        msgspec.convert(cut(whole), form)
    except msgspec.ValidationError as wrong:
        return str(wrong) == message
    return False


def _fields(form: type[Any], path: list[str]) -> list[str]:
    """The keys that the structure at the end of a path may have."""
    kinds: list[Any] = [msgspec.inspect.type_info(form)]
    for step in path:
        kinds = [inner for kind in kinds for inner in _inner(kind, step)]
    return [field.encode_name for kind in _open(kinds) for field in getattr(kind, "fields", ())]


def _inner(kind: Any, step: str) -> list[Any]:
    """What stands in a type at one step."""
    return [
        inner
        for one in _open([kind])
        for inner in (
            [field.type for field in getattr(one, "fields", ()) if field.encode_name == step]
            or [getattr(one, name) for name in ("value_type", "item_type") if hasattr(one, name)]
        )
    ]


def _open(kinds: list[Any]) -> list[Any]:
    """Types, a union as those it is of."""
    return [one for kind in kinds for one in (kind.types if isinstance(kind, msgspec.inspect.UnionType) else [kind])]
