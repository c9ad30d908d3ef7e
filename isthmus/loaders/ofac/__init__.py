"""The lists of the United States' Office of Foreign Assets Control."""
