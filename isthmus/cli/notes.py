"""What the library logs, such as that a damaged file was made again, as a line beside the answer."""

from __future__ import annotations

import logging
from functools import cache

import click

from isthmus.cli.printable import safe


class Notes(logging.Handler):
    """Writes to the standard error stream, which answers never go to."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        click.echo(f"Note: {safe(record.getMessage())}", err=True)


@cache
def told() -> None:
    """From now on they are told, each once."""
    logging.getLogger("isthmus").addHandler(Notes(logging.WARNING))
