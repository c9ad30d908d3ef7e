"""Text that a terminal shows and does not obey."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Text without control characters: nothing from the data commands the terminal."""
    return text if text.isprintable() else _CONTROL.sub("�", text)
