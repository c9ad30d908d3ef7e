"""The projection that Cypher is asked of, and its two engines: embedded ArcadeDB, and a Neo4j server."""
