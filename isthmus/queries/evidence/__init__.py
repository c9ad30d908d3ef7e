"""Evidence on ties, joined by origin, and the paths that it carries.

`steps` reads the ties of a graph; the other modules take arrays and give arrays.
"""
