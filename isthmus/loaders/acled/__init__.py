"""Armed Conflict Location & Event Data: one event a row, with its sides."""
