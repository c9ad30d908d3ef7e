"""An analyst's sheets, in CSV or Excel, and a case written out as tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from isthmus.loaders.tables.exact import Exact
from isthmus.loaders.tables.finding import Sheet, sheets
from isthmus.loaders.tables.stated import Own
from isthmus.loaders.tables.wide import Wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source


def load(source: Source) -> Iterator[Row]:
    """Yield the rows of every sheet: publications, then records each before its claims."""
    found = sheets(source, source.stated(Own).sheets)
    wide, exact = Wide(source), Exact(source, {sheet.name for sheet in found if sheet.exact})
    for sheet in found:
        make: Callable[[dict[str, str]], Iterator[Row]]
        if sheet.exact:
            make = partial(exact.row, sheet.name)
        elif sheet.name == "sources":
            make = wide.publication
        elif sheet.name == "holdings":
            make = wide.holding
        else:
            make = partial(wide.statements, sheet.name)
        yield from source.each(_rows(source, sheet), make)


def _rows(source: Source, sheet: Sheet) -> Iterator[dict[str, str]]:
    if sheet.exact:
        yield from (
            source.csv_rows(sheet.path, raw=True) if not sheet.page else source.excel_rows(sheet.path, sheet=sheet.page)
        )
        return
    stated = source.stated(Own).sheets[sheet.name]
    required = stated.required
    known = [*stated.columns, *(source.stated(Own).evidence if sheet.name != "sources" else ())]
    if sheet.name != "sources":
        required = [*required, "sources"]
    if sheet.page:
        yield from source.excel_rows(sheet.path, sheet=sheet.page, required=required, known=known)
    else:
        yield from source.csv_rows(sheet.path, required=required, known=known)
