from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from isthmus.graph.countries import countries, country, country_code, country_name, country_of_iso_number
from isthmus.graph.errors import BadQuestion

STATES = list(csv.DictReader((files("isthmus.graph") / "iso_3166.csv").read_text("utf-8").splitlines()))


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
        ("Italian Republic", "IT"),
        ("Republic of Italy", "IT"),
        ("the State of Eritrea", "ER"),
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
    for state in STATES:
        spellings = [state[field] for field in ("alpha_2", "alpha_3", "name", "formal") if state[field]]
        assert {country_code(spelling) for spelling in spellings} == {state["alpha_2"]}, state["name"]


def test_the_table_is_iso_s_by_a_second_reader() -> None:
    """Codes, numbers and names of the package iso3166, which has Kosovo beside ISO's 249."""
    second = pytest.importorskip("iso3166")
    told = {state.alpha2: (state.alpha3, state.numeric, state.name) for state in second.countries}
    assert {state["alpha_2"]: (state["alpha_3"], state["number"], state["name"]) for state in STATES} == {
        code: state for code, state in told.items() if code != "XK"
    }
    for code, (_, number, name) in told.items():
        assert country_code(name) == code
        assert code == "XK" or country_of_iso_number(number) == code


def test_every_code_names_itself_and_comes_back() -> None:
    for state in [*(each["alpha_2"] for each in STATES), "XK", "EU", "SU", "YU", "CS", "CSHH", "DD", "YD"]:
        assert country_name(state) != state
        assert country_code(country_name(state)) == state
    assert country_name("QQ") == "QQ"


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("FR", ["FR"]),
        ("fr", ["FR"]),
        (" France ", ["FR"]),
        ("FRA", ["FR"]),
        (["FR"], ["FR"]),
        (("France", "be"), ["FR", "BE"]),
        ({"TR", "FR"}, ["FR", "TR"]),
        (["FR;BE", "Turkey", "fr"], ["FR", "BE", "TR"]),
        ("FR,BE", ["FR", "BE"]),
        ("FR;BE", ["FR", "BE"]),
        ("be/fr", ["BE", "FR"]),
        ("BE|FR", ["BE", "FR"]),
        ("BE-FR", ["BE", "FR"]),
        ("fr be", ["FR", "BE"]),
        ("FR\nBE", ["FR", "BE"]),
        ("FR,,BE,", ["FR", "BE"]),
        ("France and Belgium", ["FR", "BE"]),
        ("FR AND BE & DE", ["FR", "BE", "DE"]),
        ("FR,AND", ["FR", "AD"]),
        ("AND", ["AD"]),
        ("Korea, Republic of", ["KR"]),
        ("Korea, Republic of, FR", ["KR", "FR"]),
        ("Bosnia and Herzegovina, France", ["BA", "FR"]),
        ("Trinidad and Tobago and France", ["TT", "FR"]),
        ("Bosnia-Herzegovina", ["BA"]),
        ("Guinea-Bissau FR", ["GW", "FR"]),
        ("United States France", ["US", "FR"]),
        (None, []),
        ((), []),
    ],
)
def test_one_reader_takes_every_form(given: list[str] | str | None, codes: list[str]) -> None:
    assert list(countries(given)) == codes


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ("XX", "'XX'"),
        ("FR;XX", "'XX'"),
        ("Frankenreich", "'Frankenreich'"),
        ("Congolese", "DR Congo .CD. or Congo-Brazzaville .CG."),
        ("FR, Dominican", "Dominica .DM. or Dominican Republic .DO."),
        ("FR and", "'and'"),
        ("220", "'220'"),  # France for Gleditsch and Ward, nobody's for ISO
        ("FR,220", "'220'"),
        ("Congo (DRC)", "DRC"),
        ("FR (BE)", "BE"),
        ("FR Bosnia and Herzegovina", "'Herzegovina'"),
        (";", "';'"),
        ("", "''"),
        (["FR", ""], "''"),
    ],
)
def test_a_part_that_is_no_country_is_refused(given: str, part: str) -> None:
    with pytest.raises(BadQuestion, match=part.replace("(", r"\(")):
        countries(given)


def test_one_country_is_one() -> None:
    assert country("Türkiye") == "TR"
    with pytest.raises(BadQuestion, match="2 countries"):
        country("FR,BE")
