"""Countries and peoples in eight languages, brackets behind a name, and letters that nobody wrote."""

from __future__ import annotations

import pytest

from isthmus.graph.countries import candidates, countries, country_code, several
from isthmus.graph.country_tables import rows_of, tables

LANGUAGES = ("en", "fr", "de", "nl", "es", "it", "tr", "ar")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "BE",
            "Belgian, belge, belges, belgisch, Belgischer, Belgier, Belgierin, Belgisch, Belg, Belgen, belga, Belçikalı, بلجيكي, بلجيكية",
        ),
        (
            "MA",
            "Moroccan, marocain, Marocaine, marokkanische, Marokkanerin, Marokkaans, Marokkaanse, Marokkaan, marroquí, marroquíes, marocchino, marocchina, marocchini, Faslı, مغربي",
        ),
        (
            "DE",
            "Deutschland, Allemagne, Duitsland, Alemania, Germania, Almanya, ألمانيا, German, Germans, deutsche, allemande, alemana, tedesca",
        ),
        (
            "SY",
            "Syrie, Syrien, Syrië, Siria, Suriye, سوريا, Syrian, syrienne, Syrerin, syrische, sirio, siriana, Suriyeli, سورية",
        ),
        (
            "TR",
            "Türkei, Turquie, Turkije, Turquía, Turchia, Türkiye, تركيا, Turk, Turks, Turkish, turque, türkische, Türke, turca",
        ),
        (
            "FR",
            "Frankreich, Francia, Fransa, Frankrijk, فرنسا, français, FRANCAISE, Franzose, Französin, Frans, francés, francesa, francese, Fransız",
        ),
        ("XK", "Kosovar, Kosovan, kosovare, Kosovaars, Kosovalı, Kosova, كوسوفو"),
        ("NE", "Nigerien, nigérienne, nigrisch, nigerino, Nijerli"),
        ("NG", "Nigerian, nigériane, nigerianisch, nigeriana, Nijeryalı"),
        ("BA", "Bosnien und Herzegowina, Bosnie-Herzégovine, Bosnia y Herzegovina, Bosna-Hersek, Bosnian, bosnisch"),
    ],
)
def test_a_country_and_its_people_are_read_in_every_language_of_the_field(code: str, words: str) -> None:
    assert {word: country_code(word) for word in words.split(", ")} == dict.fromkeys(words.split(", "), code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_every_country_is_read_in_each_language(language: str) -> None:
    told = {row[language]: row["code"] for row in rows_of("country_names.csv") if row[language]}
    wrong = {name: (country_code(name), code) for name, code in told.items() if country_code(name) != code}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_for_a_people_is_read_as_its_country_or_asked_about(language: str) -> None:
    for row in rows_of("nationalities.csv"):
        for word in filter(None, row[language].split(";")):
            assert country_code(word) == row["code"] or row["code"] in candidates(word), word


def test_a_word_used_of_two_countries_is_asked_about() -> None:
    assert {word: candidates(word) for word in ("Congolese", "congolaise", "Korean", "Guinean", "Dominican")} == {
        "Congolese": ("CD", "CG"), "congolaise": ("CD", "CG"), "Korean": ("KP", "KR"),
        "Guinean": ("GN", "GQ", "GW"), "Dominican": ("DM", "DO"),
    }  # fmt: skip
    assert country_code("Congolese") is None
    assert candidates("Belgian") == candidates("nobody's") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sudan (South)", "SS"), ("Yemen (South)", "YD"), ("Ireland (Northern)", "GB"), ("Samoa (American)", "AS"),
        ("Guinea (Equatorial)", "GQ"), ("Germany (East)", "DD"), ("Korea (North)", "KP"),
        ("China (Taiwan)", None), ("China (Hong Kong)", None), ("Georgia (US)", None), ("Cyprus (Northern)", None),
        ("Bahrain (citizenship revoked in 2015)", None), ("FR (BE)", None), ("Sudan (South) (previous)", None),
        ("Afghanistan (previous)", "AF"), ("Libya (in prison)", "LY"), ("Indonesia (as at Dec. 2003)", "ID"),
        ("Russia (Soviet Union)", "RU"), ("Vietnam (North Vietnam)", "VN"), ("Myanmar (Burma)", "MM"),
    ],
)  # fmt: skip
def test_a_bracket_is_part_of_the_name_or_a_known_remark_or_no_country(text: str, code: str | None) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("letters", ["CT", "FX", "MI", "PU", "PZ", "WK", "HV", "DY", "RH"])
def test_letters_that_iso_withdrew_and_nobody_in_the_field_wrote_are_no_country(letters: str) -> None:
    assert country_code(letters) is None


def test_every_code_that_is_given_is_read() -> None:
    assert [code for code in tables().names if country_code(code) != code] == []


def test_a_double_nationality_is_two_countries() -> None:
    assert several("French-Algerian") == ("FR", "DZ")
    assert countries("Belgian/Moroccan, suisse und deutsch".replace(" und ", ";")) == ("BE", "MA", "CH", "DE")
    assert several("Franco-Algerian") == several("Congolese-French") == ()
