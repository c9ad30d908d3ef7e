"""Sheets that an analyst fills in, and a case written out as tables."""
