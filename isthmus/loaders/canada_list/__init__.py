"""Canada's list of terrorist entities."""
