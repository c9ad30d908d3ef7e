"""How a finding leaves the command: a table for people, JSON or CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from isthmus.cli.printable import safe
from isthmus.cli.sentences import sentence
from isthmus.graph.disclosure.marking import strictest
from isthmus.queries.clocks import through, undated
from isthmus.queries.figures import figure
from isthmus.queries.finding import plain_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 80
_SHARED = {str, int}  # values that many rows have; True is no 1
_MOST = 500  # rows that anyone reads on a terminal


def emit(
    finding: Finding, graph: Graph, form: str | None = None, out: Path | None = None, lead: Sequence[str] = ()
) -> None:
    """Print a finding, or write it to `out`. `form` is json, csv, or nothing for a table.

    What a CSV has no place for, and what stands in a file that nobody may have opened yet, goes to standard error:
    the lens, what was left out, and the caveats, of which a cut is one; and the marking. JSON has them. The first line
    of a text says the lens; `lead` are lines before its table.
    """
    marking = strictest(graph, [finding.claims], about=finding.about)
    if form == "csv":
        text = _csv(finding)
    elif form == "json":
        said = {
            "lens": graph.arguments,
            "undated": undated(graph),
            **finding.to_dict(),
            "tlp": marking or None,
        }
        text = json.dumps(said, ensure_ascii=False, indent=2)
    else:
        text = _table(finding, graph, lead) + (f"\n\nMarking: TLP:{marking}" if marking else "")
    if out is not None:
        out.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")
        click.echo(f"wrote {out}", err=True)
    else:
        click.echo(text.rstrip("\n"))
    if form == "csv" or (out is not None and form is None):
        for line in through(graph):
            click.echo(line, err=True)
        for line in _doubts(finding, cut=form is None):
            click.echo(line, err=True)
        if marking:
            click.echo(f"Marking: TLP:{marking}", err=True)


def _doubts(finding: Finding, *, cut: bool) -> list[str]:
    """Lines on what an output does not show; `cut` where it has no more rows than anyone reads."""
    lines = [_more(len(finding)).strip()] if cut and len(finding) > _MOST else []
    lines += _notes("Left out", _counts(finding.left_out), _WIDTH)
    lines += _notes("Caveats", list(finding.caveats), _WIDTH)
    return [line for line in lines if line]


def _counts(left_out: dict[str, int]) -> list[str]:
    return [f"{count:,} {reason}" for reason, count in left_out.items()]


def _more(count: int) -> str:
    return f"  … and {count - _MOST:,} more; --csv and --json give them all"


def head(finding: Finding, rows: int) -> str:
    """The first rows of a finding as text, without its notes."""
    plain = finding.head(rows).to_dict()
    if finding.sentence:
        lines = _sentences(plain["rows"], finding, _WIDTH)
    else:
        lines = _grid(plain["columns"], plain["rows"], _WIDTH) if plain["rows"] else []
    more = len(finding) - rows
    return "\n".join([*lines, f"  … and {more} more" if more > 0 else ""]).rstrip()


def cell(value: object) -> str:
    """A value as CSV text that no spreadsheet runs as a formula."""
    if isinstance(value, list):
        return cell("; ".join(str(item) for item in value))
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    text = safe(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(finding: Finding) -> str:
    """Column by column, so that a text that many rows share is made safe once."""
    columns = [_shown(column) for column in finding.cells()]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(finding.columns)
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue()


def _shown(column: list[Any]) -> list[str]:
    shown: dict[Any, str] = {}
    for value in column:
        if type(value) in _SHARED and value not in shown:
            shown[value] = cell(value)
    return [shown[value] if type(value) in _SHARED else cell(plain_value(value)) for value in column]


def _table(finding: Finding, graph: Graph, lead: Sequence[str] = ()) -> str:
    width = max(_WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else _WIDTH
    count = len(finding)
    plain = finding.head(_MOST).to_dict()
    lines = [*through(graph), *lead, safe(f"{plain['finding']}: {count:,} row{'' if count == 1 else 's'}"), ""]
    if finding.sentence:
        lines += _sentences(plain["rows"], finding, width)
    elif plain["rows"]:
        lines += _grid(plain["columns"], plain["rows"], width)
    if count > _MOST:
        lines += ["", _more(count)]
    asked = {key: value for key, value in plain["parameters"].items() if value not in (None, "", [])}
    notes: dict[str, list[str]] = {
        "How": [plain["method"]],
        "Asked": [f"{key} = {_short(value)}" for key, value in asked.items()],
        "Robustness": [f"{key}: {_short(_counted(value))}" for key, value in plain["robustness"].items()],
        "Left out": _counts(plain["left_out"]),
        "Caveats": plain["caveats"],
    }
    for title, said in notes.items():
        lines += _notes(title, [str(note) for note in said if note], width)
    return "\n".join(lines)


def _sentences(rows: list[dict[str, Any]], finding: Finding, width: int) -> list[str]:
    """Rows as sentences under headings; what a row lacks leaves no empty brackets behind."""
    lines: list[str] = []
    said: object = None
    for row in rows:
        if finding.heading and row[finding.heading] != said:
            said = row[finding.heading]
            lines += ["", safe(str(said)).upper()] if lines else [safe(str(said)).upper()]
        texts = {key: safe(_short(value)) for key, value in row.items()}
        missing = finding.without and row.get("value") is None
        for at, part in enumerate((finding.without if missing else finding.sentence).split("\n")):
            indent = "  " if at == 0 else "      "
            lines += textwrap.wrap(sentence(part, texts), width, initial_indent=indent, subsequent_indent="      ")
    return lines


def _notes(title: str, said: list[str], width: int) -> list[str]:
    indent = " " * (len(title) + 2)
    lines = [""] if said else []
    for at, note in enumerate(said):
        start = f"{title}: " if at == 0 else indent
        lines += textwrap.wrap(safe(note), width, initial_indent=start, subsequent_indent=indent)
    return lines


def _counted(value: object) -> object:
    """A table within a finding as the number of its rows: `--json` has them."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"{len(value)} rows, see --json"
    return value


def _short(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return figure(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_short(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_short(item)}" for key, item in value.items())
    return "" if value is None else str(value)


def _grid(columns: list[str], rows: list[dict[str, Any]], width: int) -> list[str]:
    """Columns shrunk to `width`; what is too long is wrapped within its column."""
    texts = [[safe(_short(row[column])) for column in columns] for row in rows]
    widths = [max([len(column), *(len(row[at]) for row in texts)]) for at, column in enumerate(columns)]
    room = width - 2 * (len(columns) - 1)
    while sum(widths) > room and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    lines = [*_wrapped(columns, widths), "  ".join("-" * size for size in widths)]
    for row in texts:
        lines += _wrapped(row, widths)
    return lines


def _wrapped(cells: list[str], widths: list[int]) -> list[str]:
    parts = [textwrap.wrap(text, size) or [""] for text, size in zip(cells, widths, strict=True)]
    height = max(len(part) for part in parts)
    filled = [part + [""] * (height - len(part)) for part in parts]
    return [
        "  ".join(text.ljust(size) for text, size in zip(line, widths, strict=True)).rstrip()
        for line in zip(*filled, strict=True)
    ]
