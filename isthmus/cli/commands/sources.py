"""`isthmus sources`."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from isthmus.loaders.stated import Stated


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, as_json: bool) -> None:
    """List the sources that can be loaded, with their licence and what must be cited."""
    from isthmus.loaders import sources

    rows = [_row(name, meta) for name, meta in sources().items()]
    if as_json:
        click.echo(json.dumps({"finding": "sources", "columns": list(rows[0]), "rows": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['name']}  {row['title']}")
        for field in ("publisher", "files", "licence", "attribution"):
            if row[field]:
                click.echo(textwrap.fill(row[field], 76, initial_indent=f"    {field}: ", subsequent_indent="      "))


def _row(name: str, meta: Stated) -> dict[str, str]:
    return {
        "name": name,
        "title": meta.title,
        "publisher": meta.publisher.name,
        "files": ", ".join(meta.files),
        "licence": meta.licence,
        "attribution": meta.attribution,
    }
