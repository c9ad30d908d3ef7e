"""Profiles of Individual Radicalization in the United States, START: one anonymous person a row."""
