"""Isthmus: a knowledge-graph explorer for jihadist networks."""
