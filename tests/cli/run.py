"""Runs the command as a user does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def isthmus(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`isthmus` with these arguments; what it printed, and its exit code."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "isthmus", *map(str, arguments)],
        capture_output=True, text=True, timeout=120, check=False, env={**os.environ, **environment},
    )  # fmt: skip
