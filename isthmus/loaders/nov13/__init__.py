"""Nov13: the Islamic State network in Europe, as its authors entered it."""
