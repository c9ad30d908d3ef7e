"""The case file: what was read, and what was said about it. All SQL over it stands here; it knows no graph."""
