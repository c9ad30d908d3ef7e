from __future__ import annotations

import pycountry
import pytest

from isthmus.graph.countries import country_code, country_name, country_of_iso_number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Belgium", "BE"),
        ("be", "BE"),
        ("BEL", "BE"),
        ("  BELGIUM ", "BE"),
        ("Côte d’Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Tanzania, United Republic of", "TZ"),
        ("United Republic of Tanzania", "TZ"),
        ("Democratic Republic of Congo", "CD"),
        ("Republic of the Congo", "CG"),
        ("Bosnia-Herzegovina", "BA"),
        ("Macedonia, FYR", "MK"),
        ("Great Britain", "GB"),
        ("Türkiye", "TR"),
        ("St. Kitts and Nevis", "KN"),
        ("Kosovo", "XK"),
        ("XKX", "XK"),
        ("West Bank and Gaza Strip", "PS"),
        ("EU", "EU"),
        ("Norway", "NO"),
    ],
)
def test_names_and_codes_in_use(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Soviet Union", "SU"),
        ("suhh", "SU"),
        ("Yugoslavia", "YU"),
        ("East Germany (GDR)", "DD"),
        ("West Germany (FRG)", "DE"),
        ("Czechoslovakia", "CSHH"),
        ("Serbia-Montenegro", "CS"),
        ("SCG", "CS"),
        ("South Yemen", "YD"),
        ("Zaire", "CD"),
        ("Rhodesia", "ZW"),
        ("Burma", "MM"),
        ("Russia (Soviet Union)", "RU"),
        ("Vietnam (North Vietnam)", "VN"),
        ("Zimbabwe (Rhodesia)", "ZW"),
    ],
)
def test_a_state_that_ended_has_its_own_code_and_one_renamed_has_todays(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(("number", "code"), [("652", "SY"), ("2", "US"), ("365", "RU"), ("347", "XK"), ("265", "DD")])
def test_gleditsch_ward_numbers(number: str, code: str) -> None:
    assert country_code(number) == code


def test_iso_numbers_may_have_lost_their_leading_zeros() -> None:
    assert country_of_iso_number("4") == country_of_iso_number("004") == "AF"
    assert country_of_iso_number("376") == "IL"
    assert country_of_iso_number("375") is None


@pytest.mark.parametrize("text", ["", "  ", "International", "Multinational", "Hyderabad", "Arabs", "9999", "-9"])
def test_what_is_no_country_gives_none(text: str) -> None:
    assert country_code(text) is None


def test_every_iso_country_is_found_by_each_of_its_names_and_codes() -> None:
    for state in pycountry.countries:
        spellings = [state.alpha_2, state.alpha_3, state.name, getattr(state, "common_name", state.name)]
        assert {country_code(spelling) for spelling in spellings} == {state.alpha_2}, state.name


def test_every_code_names_itself_and_comes_back() -> None:
    for state in [*(each.alpha_2 for each in pycountry.countries), "XK", "EU", "SU", "YU", "CS", "CSHH", "DD", "YD"]:
        assert country_name(state) != state
        assert country_code(country_name(state)) == state
    assert country_name("QQ") == "QQ"
