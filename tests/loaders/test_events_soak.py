"""A table of a gigabyte is loaded in little memory (`make soak`)."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench.loaders import generate

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 1_050_000  # of 135 columns: a gigabyte
MEGABYTES = 700
LOAD = """
import resource, sys
from isthmus import loaders
from isthmus.case import Case
with Case.create(sys.argv[2]) as case:
    loaders.run("gtd", [sys.argv[1]], case.file, options={"any_count": "1", "quarantine_share": "1"})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def megabytes_to_load(folder: Path, rows: int) -> int:
    """Highest memory of a process that loads a generated table into a case."""
    path = folder / f"gtd_{rows}.csv"
    generate(path, rows)
    command = [sys.executable, "-c", LOAD, str(path), str(folder / f"{rows}.case")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout)


@pytest.mark.soak
def test_a_gigabyte_is_loaded_within_700_megabytes(tmp_path: Path) -> None:
    assert megabytes_to_load(tmp_path, ROWS) < MEGABYTES
