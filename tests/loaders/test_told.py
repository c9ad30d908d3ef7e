"""A row joins what several publications have told; none of them told of a time after it."""

from __future__ import annotations

import pytest

from isthmus.loaders.tables.making import Said
from isthmus.loaders.tables.told import could_tell


def test_a_text_that_names_a_later_year_is_left_to_the_later_publication() -> None:
    one = Said("c1", "description", "six men held in 2014, convicted in 2017")
    assert could_tell(one, "2014-05-30", ["2017-07-11"]) is None
    assert could_tell(one, "2017-07-11", ["2014-05-30"]) == one
    assert could_tell(one, "2014-05-30", ["2016"]) == one, "no publication of the row is late enough: the row is wrong"
    assert could_tell(one, "", ["2018"]) == one, "nobody says when it was published"


def test_a_remark_of_a_later_year_is_left_to_the_later_publication() -> None:
    one = Said("p1", "birth", "1987", qualifiers={"basis": "derived from age 29 in 2016-11"})
    assert could_tell(one, "2015-11-19", ["2016-11-08"]) == one._replace(qualifiers={})
    assert could_tell(one, "2016-11-08", ["2015-11-19"]) == one


@pytest.mark.parametrize(
    ("valid", "published", "told"),
    [("2015-01-07/2016-12-01", "2015-01", "2015-01-07/.."), ("2015-01-07/2015-06", "2016", "2015-01-07/2015-06"),
     ("2014/", "2014-05", "2014/"), ("2014/..", "2013", "2014/.."), ("../2016", "2015", "../2016"),
     ("2014/2015", "2015-03", "2014/2015"), ("2014/2017", "", "2014/2017")],
)  # fmt: skip
def test_an_end_that_was_still_to_come_is_open(valid: str, published: str, told: str) -> None:
    one = Said("p1", "member_of", "c1", valid)
    assert could_tell(one, published, []) == one._replace(valid=told)


def test_what_began_later_is_left_to_the_later_publication() -> None:
    one = Said("c1", "operates_in", "SY", "2015/")
    assert could_tell(one, "2014-05-18", ["2018-05"]) is None
    assert could_tell(one, "2014-05-18", []) == one
