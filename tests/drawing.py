"""How generated tests draw: from one fixed seed in `make test`, from fresh ones in `make fuzz`.

What a fresh draw finds is kept as an `@example` beside its test, so that the fixed run holds it from then on.
"""

from __future__ import annotations

from typing import Any

from hypothesis import settings

FIXED, FRESH = "fixed", "fresh"
MORE = 20  # fresh draws for one of the fixed
settings.register_profile(FIXED, derandomize=True, deadline=None)  # tests hold no timings
settings.register_profile(FRESH, max_examples=100 * MORE, deadline=None, print_blob=True)


def drawn(count: int, **others: Any) -> settings:
    """Settings of a test that is too slow for a hundred examples: `count` of them, in a fresh run `MORE` times that."""
    fresh = settings.get_current_profile_name() == FRESH
    return settings(max_examples=count * MORE if fresh else count, **others)
