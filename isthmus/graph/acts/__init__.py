"""Acts of an analyst: found, checked, said, and taken back. They stand on the graph and on the case file."""
