"""The Global Terrorism Database, START: one incident a row."""
