"""What a `source.yml` may state, and which options a source has."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput
from isthmus.graph.schema import schema
from isthmus.graph.typed import typed
from isthmus.loaders import run, sources
from isthmus.loaders.stated import Listing, Stated

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

MINE = "title: T\npublisher: {name: P}\nlicence: L\nfiles: [x.csv]\n"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("licence_: L", "s.yml: licence_: the key is not known; did you mean 'licence'?"),
        ("publisher: {name: P, land: fr}", "s.yml: publisher.land: the key is not known; choose from name, country"),
        ("expect: {Person: [1]}", "s.yml: expect.Person: Expected a list of length 2, got 1"),
        ("redistribute: perhaps", "s.yml: redistribute: Expected `bool | null`, got text"),
        ("recognise: [{columns: [a]}, {column: [b]}]",
         "s.yml: recognise.1.column: the key is not known; did you mean 'columns'?"),
        ("options: {id: {takes: a name, say: what}}", "s.yml: options.id.say: the key is not known; did you mean 'says'?"),
    ],
)  # fmt: skip
def test_a_slip_is_refused_with_its_path(more: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        typed(MINE + more, Stated, "s.yml")
    assert str(refused.value).startswith(told)


def test_a_key_of_a_loaders_own_is_refused_where_it_is_misspelt() -> None:
    for name, stated in sources().items():
        text = files("isthmus.loaders").joinpath(name, "source.yml").read_text(encoding="utf-8")
        with pytest.raises(BadInput, match=r"^s\.yml: misspelt: the key is not known"):
            typed(text + "\nmisspelt: 1\n", type(stated), "s.yml")


def test_why_a_listing_is_graded_is_read_whole() -> None:
    for name in ("canada_list", "eu_list", "ofac", "ofsi", "un_list"):
        stated = sources()[name]
        assert isinstance(stated, Listing)
        assert (
            stated.credibility["particulars"].why == "stated by the authority that lists, whose record is not published"
        )


def test_an_option_that_a_source_does_not_have_is_refused_with_those_it_has(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target\na,b\n", encoding="utf-8")
    with pytest.raises(
        BadInput, match=r"edges has no option 'dat'; .*dates=dmy or mdy: how 03/04/2015 is meant.*any_count"
    ):
        run("edges", [path], case.file, options={"dat": "dmy"})
    with pytest.raises(BadInput, match=r"edges has no option 'recover'"):
        run("edges", [path], case.file, options={"recover": "yes"})
    with pytest.raises(BadInput, match=r"tables has no option 'kinds'; it has none of its own"):
        run("tables", [path], case.file, options={"kinds": "Person"})
    assert not list(case.rows("claims"))


def test_the_options_that_loaders_read_are_those_they_declare() -> None:
    """A loader reads an option by name; each name is declared by a source, or by all."""
    import re

    from isthmus.loaders.stated import COMMON

    folder = files("isthmus.loaders")
    for name, stated in sources().items():
        text = "".join(one.read_text("utf-8") for one in folder.joinpath(name).iterdir() if one.name.endswith(".py"))
        read = set(re.findall(r"""options(?:\.get\(|\[)"(\w+)\"""", text))
        assert read <= stated.options.keys() | COMMON.keys(), name


def test_words_that_a_source_gives_the_vocabulary_are_declared() -> None:
    ftm = sources()["ftm"]
    own = import_module("isthmus.loaders.ftm.stated").Own
    assert isinstance(ftm, own)
    assert {edge.tie for edge in [*ftm.edges.values(), *ftm.family.values()]} <= schema().ties.keys()
