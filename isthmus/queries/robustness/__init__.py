"""Would a finding survive missing, false, merged or split people and ties? The card that every ranking carries."""

from __future__ import annotations

from isthmus.queries.robustness.cards import Card, card
from isthmus.queries.robustness.errors import ERRORS, MODELS

__all__ = ["ERRORS", "MODELS", "Card", "card"]
