"""Charts: what a reader arranged in a page and saved, read back as outside input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import BadInput
from isthmus.graph.foreign_json import read_json

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 20_000_000


def read_chart(path: Path) -> dict[str, Any]:
    """The chart in a file that a page saved. Unknown ids and fields in it are ignored by the page.

    Raises
    ------
    BadInput
        There is no such file, or it is no chart.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(f"{path}: larger than {_LARGEST // 1_000_000} MB, so no chart; choose one saved from a page")
        chart = read_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}; choose a chart saved from a page") from error
    except ValueError as error:
        raise BadInput(f"{path}: no JSON ({error}); choose a chart saved from a page") from error
    if not isinstance(chart, dict) or chart.get("chart") != 1:
        raise BadInput(f"{path}: no chart of version 1; choose a file that a page's Save menu wrote")
    return chart
