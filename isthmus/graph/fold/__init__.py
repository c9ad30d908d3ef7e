"""Rows and a lens make the columns of a graph."""
