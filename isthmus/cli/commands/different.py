"""`isthmus different`."""

from isthmus.cli.hand import judging

command = judging("different", "Judge that LEFT and RIGHT are different entities")
