"""Networks in layers: a table of nodes, one of ties, one of layers."""
