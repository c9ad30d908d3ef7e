"""The rules by which a person is of a country, as a type: what each takes is in `schema.yml`."""

from __future__ import annotations

from typing import Literal, get_args

CountryRule = Literal["citizenship", "residence", "either", "activity"]
COUNTRY_RULES: tuple[CountryRule, ...] = get_args(CountryRule)
