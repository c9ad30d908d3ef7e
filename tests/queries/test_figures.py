"""Numbers as people read them."""

from __future__ import annotations

import pytest

from isthmus.queries.figures import figure


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1,234.5"),
        (12_345.678, "12,345.7"),
        (999.96, "1,000"),
        (123.45, "123.5"),
        (99.96, "100"),
        (12.0, "12"),
        (12.34, "12.3"),
        (9.996, "10"),
        (1.5, "1.5"),
        (2 / 3, "0.667"),
        (0.0333, "0.0333"),
        (0.0576, "0.0576"),
        (0.00012, "0.00012"),
        (0.0000123, "1.23e-05"),
        (-1234.5, "-1,234.5"),
        (0.0, "0"),
        (2015, "2015"),
        (32_761, "32,761"),
        (1e6, "1,000,000"),
        (float("inf"), "inf"),
    ],
)
def test_whole_numbers_are_whole_and_none_is_a_power_of_ten_for_its_size(value: float, text: str) -> None:
    assert figure(value) == text
