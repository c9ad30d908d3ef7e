"""The sources that can be loaded: one folder each, found by its `source.yml`; no list is edited to add one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput
from isthmus.graph.fold.identity import kept_apart
from isthmus.graph.record.writing import write
from isthmus.graph.suggestion import suggestion
from isthmus.graph.typed import typed
from isthmus.loaders.checking import check_rows
from isthmus.loaders.clashes import Clashes
from isthmus.loaders.namespace import Namespace
from isthmus.loaders.source import Fault, Progress, Source
from isthmus.loaders.stated import Stated, check_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from importlib.resources.abc import Traversable

    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.rows import Row
    from isthmus.graph.record.writing import LoadReport
    from isthmus.loaders.tally import Tally

__all__ = ["Fault", "Loaded", "Progress", "Source", "check", "rows", "run", "sources"]


@dataclass(frozen=True)
class Loaded:
    """What a load did: the case's own report, and the books of the rows read."""

    report: LoadReport
    tally: Tally
    counts: dict[str, int]
    quarantine: Path | None
    apart: tuple[str, ...] = ()
    """Judgements of this load that two are one which join nothing, each with the chain that keeps them apart."""


@cache
def sources() -> dict[str, Stated]:
    """What every source that can be loaded states of itself, by name.

    Raises `BadInput` for a key or value that its structure does not have, with the file and the path in it.
    """
    folders = sorted(files("isthmus.loaders").iterdir(), key=lambda item: item.name)
    return {
        folder.name: typed(text.read_text(encoding="utf-8"), _form(folder), f"loaders/{folder.name}/source.yml")
        for folder in folders
        if folder.is_dir() and (text := folder.joinpath("source.yml")).is_file()
    }


def _form(folder: Traversable) -> type[Stated]:
    """The structure of a source's `source.yml`: its own, where it states more than any source may."""
    if not folder.joinpath("stated.py").is_file():
        return Stated
    own: type[Stated] = import_module(f"isthmus.loaders.{folder.name}.stated").Own
    return own


def source(
    name: str,
    paths: Iterable[Path | str],
    *,
    options: dict[str, str] | None = None,
    quarantine_path: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    faults: list[Fault] | None = None,
) -> Source:
    """A source ready to be read.

    Raises `BadInput` for a name that no folder bears, an option that the source does not have, and for a path that
    isn't there.
    """
    meta = sources().get(name)
    if meta is None:
        raise BadInput(f"no source is called {name!r}; {suggestion(name, sources())} (`isthmus sources` lists them)")
    check_options(name, meta, options or {})
    found = [Path(path) for path in paths]
    for path in found:
        if not path.exists() and not any(parent.is_file() for parent in path.parents):
            raise BadInput(f"{path}: no such file; check the path")
    return Source(name, found, meta, dict(options or {}), quarantine_path, progress, faults)


def rows(source: Source) -> Iterator[Row]:
    """What a source's loader makes of its files."""
    load: Callable[[Source], Iterator[Row]] = import_module(f"isthmus.loaders.{source.name}.loader").load
    return load(source)


def run(
    name: str,
    paths: Iterable[Path | str],
    case_file: CaseFile,
    *,
    options: dict[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
    complete: bool | None = None,
) -> Loaded:
    """Load files into a case, all or nothing.

    `options`: `any_count` loads whatever `expect` says, `quarantine_share` (0..1) how many rows may be set aside,
    `encoding`, `namespace` a name before every id of these files, `same_ids` that what they call otherwise than the case
    is the same all the same; others are the loader's own. `complete` says that the files are a whole edition, so that records of
    the source that are missing from it are withdrawn; by default `source.yml` says it.

    Raises `BadInput` or `UnknownWord`, and `clashes.OtherIds` where an id of the case is given to another; the case is
    then as it was.
    """
    path = Path(f"{case_file.path}.{name}.quarantine.jsonl")
    reading = source(name, paths, options=options, quarantine_path=path, progress=progress)
    whole = reading.meta.complete if complete is None else complete
    path.unlink(missing_ok=True)
    made, own = reading.watch(rows(reading)), name
    if space := reading.options.get("namespace"):
        made, own = Namespace(space).rows(made), f"{space}:{name}"
    if not reading.options.get("same_ids"):
        made = Clashes(case_file, own).watch(made)
    report = write(case_file, made, source=own, loader=name, complete=whole, where=lambda: reading.where)
    apart = tuple(kept_apart(case_file, report.load)) if report.added["judgements"] else ()
    return Loaded(report, reading.tally, reading.counts, path if path.exists() else None, apart)


def check(name: str, paths: Iterable[Path | str], *, options: dict[str, str] | None = None) -> list[Fault]:
    """Everything wrong with files that `run` would load; no case is touched. No fault, an empty list."""
    faults: list[Fault] = []
    reading = source(name, paths, options=options, faults=faults)
    try:
        faults += check_rows(reading, reading.watch(rows(reading)))
    except BadInput as unusable:
        faults.append(Fault(reading.where, "", str(unusable)))
    return faults
