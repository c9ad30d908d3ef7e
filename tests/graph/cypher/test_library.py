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
// parameter: from since = ""  from then on
// parameter: to until = ""  up to then
// columns: a, b
RETURN 1
"""


def test_a_head_is_read() -> None:
    query = read(HEAD)
    assert (query.name, query.question, query.columns) == ("x", "What is it?", ("a", "b"))
    given = {"day": "2015-11-13", "codes": "FR, BE"}
    assert query.bind(given) == {"day": "2015-11-13", "many": 3, "codes": ["FR", "BE"], "from": "", "to": ""}


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [("2015", "2015-01-01", "2015-12-31"), ("2015-01", "2015-01-01", "2015-01-31"), ("2015-11-13",) * 3,
     ("[2014,2016]", "2014-01-01", "2016-12-31"), ("../2014", "", "2014-12-31"), ("2014/..", "2014-01-01", "")],
)  # fmt: skip
def test_since_counts_from_the_first_day_and_until_to_the_last(given: str, first: str, last: str) -> None:
    bound = read(HEAD).bind({"day": "2015-11-13", "from": given, "to": given})
    assert (bound["from"], bound["to"]) == (first, last)


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, "day=VALUE"), ({"day": "2015-11-13", "mayn": "1"}, "'many'"), ({"day": "x"}, "no EDTF"),
     ({"day": "2015-11-13", "many": "x"}, "whole number"), ({"day": "2015-11"}, "no single day"), ({"day": "2015-11-13", "from": "x"}, "from: 'x'")],
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
