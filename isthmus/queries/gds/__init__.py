"""Measures that Graph Data Science has too, taken on a Neo4j server instead of here."""
