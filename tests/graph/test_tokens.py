from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.graph.tokens import tie_token, token

SIGNS = st.text(st.sampled_from("abx_0Ž·-: \U0001f600\x00é"), max_size=8)


def _read(text: str) -> str:
    return re.sub(r"_x([0-9A-F]{4,6})_", lambda found: chr(int(found[1], 16)), text)


@given(st.one_of(SIGNS, st.text(max_size=8)).filter(bool))
def test_a_token_can_be_read_back_and_has_no_sign_that_xml_refuses(identity: str) -> None:
    assert _read(token(identity)) == identity
    assert re.fullmatch(r"[A-Za-z0-9._:-]+", token(identity))


@pytest.mark.parametrize(
    ("identity", "shown"),
    [("abdelhamid-abaaoud", "abdelhamid-abaaoud"), ("gtd:2015", "gtd:2015"), ("Žan T", "_x017D_an_x0020_T"),
     ("a_x0020_b", "a_x005F_x0020_b"), ("\U0001f600", "_x1F600_")],
)  # fmt: skip
def test_what_needs_no_change_stays(identity: str, shown: str) -> None:
    assert token(identity) == shown


@given(st.tuples(SIGNS, st.sampled_from(["met", "recruited"]), SIGNS), st.tuples(SIGNS, st.just("met"), SIGNS))
def test_ties_that_differ_have_other_ids(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    apart = one != other and all(part for part in (*one, *other))
    assert (tie_token(*one) != tie_token(*other)) or not apart
