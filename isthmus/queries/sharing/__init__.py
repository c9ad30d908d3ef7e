"""Who could have seen what: holdings, interests, and the worth of putting them together.

The modules below `reach` and `credit` work on plain arrays; `rules`, `interest` and `visible` make those arrays
from a graph; `exchanges`, `toward`, `ladder` and `coalition` answer the questions.
"""
