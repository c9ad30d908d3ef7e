"""The Uppsala Conflict Data Program: events (GED) and years of dyads."""
