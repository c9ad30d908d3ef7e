"""A list of ties of one gigabyte is read in little memory (`make soak`)."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ROWS, PEOPLE, LIMIT = 1_500_000, 200_000, 700  # megabytes
READ = """
import resource, sys
from isthmus.loaders import rows, source
reading = source("edges", [sys.argv[1]])
count = sum(1 for _ in reading.watch(rows(reading)))
print(reading.tally.read, reading.tally.loaded + reading.tally.skipped, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.soak
def test_a_gigabyte_of_ties_is_read_in_little_memory(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311  not for secrets
    path = tmp_path / "ties.csv"
    filler = "a remark of the publisher's " * 22
    with path.open("w", encoding="utf-8") as stream:
        stream.write("source,target,weight,date,note\n")
        for row in range(ROWS):
            ends = chance.randrange(PEOPLE), chance.randrange(PEOPLE)
            day = f"20{chance.randrange(10, 20)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            stream.write(f"person {ends[0]},person {ends[1]},{chance.randrange(1, 5)},{day},{filler}{row}\n")
    assert path.stat().st_size > 900 << 20
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    read, accounted, megabytes = map(int, done.stdout.split())
    assert read == accounted == ROWS
    assert megabytes < LIMIT
