"""Every face that prints a tie, against the claims: each tie is found there, in the direction in which it is printed.

A tie is directed if `schema.yml` does not call it symmetric. Each test says how many directed ties its face printed
(`pytest -rP tests/directions`).
"""
