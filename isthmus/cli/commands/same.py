"""`isthmus same`."""

from isthmus.cli.hand import judging

command = judging("same", "Judge that LEFT and RIGHT are the same entity")
