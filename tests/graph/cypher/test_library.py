from __future__ import annotations

import pytest

from isthmus.graph.cypher.library import library, named, read
from isthmus.graph.errors import BadQuestion

HEAD = """// name: x
// question: What
//   is it?
// parameter: day date  a day
// parameter: many whole = 3  how many
// parameter: codes list = []  codes
// columns: a, b
RETURN 1
"""


def test_a_head_is_read() -> None:
    query = read(HEAD)
    assert (query.name, query.question, query.columns) == ("x", "What is it?", ("a", "b"))
    assert query.bind({"day": "2015-11", "codes": "FR, BE"}) == {"day": "2015-11-30", "many": 3, "codes": ["FR", "BE"]}


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, "day=VALUE"), ({"day": "2015", "mayn": "1"}, "'many'"), ({"day": "x"}, "no EDTF"),
     ({"day": "2015", "many": "x"}, "whole number")],
)  # fmt: skip
def test_wrong_parameters_are_told(given: dict[str, str], said: str) -> None:
    with pytest.raises(BadQuestion, match=said):
        read(HEAD).bind(given)


def test_every_query_says_what_it_is() -> None:
    for name, query in library().items():
        assert query.name == name
        assert query.question.endswith("?")
        assert query.not_shown.endswith("."), name
        assert all(parameter.says for parameter in query.parameters), name
        body = [line for line in query.text.splitlines() if not line.startswith("//")]
        assert "$case" in " ".join(body), f"{name} must ask of one case only"
        for parameter in query.parameters:
            assert f"${parameter.name}" in " ".join(body), f"{name} doesn't use {parameter.name}"


def test_an_unknown_query_names_the_nearest() -> None:
    with pytest.raises(BadQuestion, match="coordinators"):
        named("coordinator")


def test_vocabulary_is_that_of_the_schema() -> None:
    """Labels and types written in the queries are declared."""
    import re

    from isthmus.graph.cypher.vocabulary import labels, types

    known = {*labels(), *types()}
    for name, query in library().items():
        body = "\n".join(line for line in query.text.splitlines() if not line.strip().startswith("//"))
        body = re.sub(r"'[^']*'", "", body)
        words = {word for group in re.findall(r"[(\[]\w*:([A-Za-z_|]+)", body) for word in group.split("|")}
        assert words <= known, (name, words - known)
