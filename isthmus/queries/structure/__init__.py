"""Measures of a network as a whole, on arrays."""
