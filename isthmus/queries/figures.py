"""Numbers as people read them."""

from __future__ import annotations

from math import floor, isfinite, log10

_YEARS = 10_000
"""Whole numbers below stand without a comma: 2015 is more often a year than a count."""
_SMALL = 1e-4


def figure(value: float) -> str:
    """A number in figures: whole ones whole, others with three significant digits at least and one decimal at most.

    >>> figure(1234.5), figure(0.03334), figure(999.96), figure(20.0), figure(1250000)
    ('1,234.5', '0.0333', '1,000', '20', '1,250,000')
    """
    if not isfinite(value):
        return str(value)
    if value == int(value):
        return f"{int(value):,}" if abs(value) >= _YEARS else str(int(value))
    size = abs(value)
    if size < _SMALL:
        return f"{value:.2e}"
    places = 1 if size >= 10 else 2 - floor(log10(size))
    return f"{value:,.{places}f}".rstrip("0").rstrip(".")
