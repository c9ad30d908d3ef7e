"""Evidence on ties, joined by origin, and the paths that it carries. Arrays in, arrays out: no case is read here."""
