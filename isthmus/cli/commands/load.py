"""`isthmus load`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isthmus.cli import completing
from isthmus.cli.options import case_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from isthmus.case import Case
    from isthmus.loaders import Fault, Loaded, Progress


@click.command()
@click.argument("source", metavar="SOURCE", shell_complete=completing.sources)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@case_option
@click.option("--check", is_flag=True, help="Only report what is wrong with the files; exit 1 if anything is.")
@click.option("--complete/--part", default=None, help="The files are a whole edition: records missing are withdrawn.")
@click.option("--any-count", is_flag=True, help="Load whatever the expected counts say.")
@click.option("--quarantine-share", metavar="SHARE", help="Largest share of rows that may be set aside, 0 to 1.")
@click.option("--recover", is_flag=True, help="Read a damaged XML file as far as it goes, and mark every claim so.")
@click.option("--namespace", metavar="NAME", help="Put this name before every id: another's p1 is not yours.")
@click.option("--same-ids", is_flag=True, help="Ids are those of the case, even where names or titles differ.")
@click.option("--encoding", metavar="NAME", help="Encoding of the files, where it is not found out.")
@click.option("--mapping", metavar="PATH", help="A saved mapping of columns, for `edges`.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="An option of the source's own loader.")
@click.option("--fold/--no-fold", default=True, help="Make a large case ready for questions, which takes a while.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(source: str, paths: tuple[Path, ...], case_path: Path, **given: Any) -> None:
    """Load files of SOURCE into the case, all or nothing. `isthmus sources` lists what can be loaded.

    `isthmus load auto PATH...` recognises which source a file is for, and asks on doubt. A case that isn't there is
    made. Loading again changes nothing; a newer edition supersedes the records it changes.
    """
    if source == "auto":
        source = _recognised(paths)
    options = _options(given)
    if given["check"]:
        from isthmus.loaders import check

        _print_faults(source, check(source, paths, options=options), as_json=given["as_json"])
        return
    with _CaseAt(case_path) as case:
        loaded = _loaded(case, source, paths, options, given["complete"])
    _print_loaded(source, loaded, as_json=given["as_json"])
    if given["fold"]:
        _fold(case_path)


def _loaded(
    case: Case, source: str, paths: Sequence[Path], options: dict[str, str], complete: bool | None
) -> Loaded:  # fmt: skip
    """Load; where ids of the case would become someone else's, ask on a terminal."""
    from isthmus.cli.printable import safe
    from isthmus.loaders import run
    from isthmus.loaders.clashes import OtherIds

    try:
        return run(source, paths, case.file, options=options, progress=_bar(), complete=complete)
    except OtherIds as clash:
        if not sys.stdin.isatty():
            raise
        click.echo(safe(str(clash)), err=True)
        if not click.confirm("Are they the same all the same", err=True):
            raise
    return run(source, paths, case.file, options={**options, "same_ids": "yes"}, progress=_bar(), complete=complete)


def _fold(path: Path) -> None:
    """Fold a large case now, so that the first question need not."""
    from isthmus.case import Case
    from isthmus.graph.fold.whole import waits
    from isthmus.graph.lens import Lens

    with Case.open(path) as case:
        if not waits(case.file, Lens()):
            return
        click.echo("folding the case, for questions to find it ready; it is loaded, and this may be stopped", err=True)
        case.graph.people()


class _CaseAt:
    """The case, made if it isn't there; one made for a load that failed is taken away again."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Case:
        from isthmus.case import Case
        from isthmus.graph.record.file import CaseFile

        file, self.fresh = CaseFile.ensure(self.path)
        self.case = Case(file)
        return self.case

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and self.fresh:
            self.case.file.discard()
        self.case.close()


def _options(given: dict[str, Any]) -> dict[str, str]:
    options = {}
    for setting in given["settings"]:
        key, equals, value = setting.partition("=")
        if not equals:
            raise click.UsageError(f"--set {setting!r}: write KEY=VALUE")
        options[key] = value
    for name in ("quarantine_share", "encoding", "mapping", "namespace"):
        if given[name] is not None:
            options[name] = given[name]
    for name in ("any_count", "recover", "same_ids"):
        if given[name]:
            options[name] = "yes"
    return options


def _recognised(paths: Sequence[Path]) -> str:
    """The source that the files are for; on doubt the one the user chooses, and without a terminal an error."""
    from isthmus.graph.errors import BadInput
    from isthmus.loaders.recognise import recognise

    found = recognise(list(paths))
    if not found:
        raise BadInput(f"no source is known whose files look like {paths[0]}; name it (isthmus sources lists them)")
    for name, reason in found:
        click.echo(f"{name}: {reason}", err=True)
    if len(found) == 1:
        return found[0][0]
    names = [name for name, _ in found]
    if not sys.stdin.isatty():
        raise BadInput(f"{paths[0]} could be for {', '.join(names)}; name one: isthmus load {names[0]} ...")
    return str(click.prompt("Which of them", type=click.Choice(names), default=names[0], err=True))


def _bar() -> Callable[[Progress], None] | None:
    """A line on a terminal: rows, rate, time left."""
    if not sys.stderr.isatty():
        return None

    def show(progress: Progress) -> None:
        rate = progress.rows / progress.seconds if progress.seconds else 0.0
        left = progress.seconds * (1 - progress.share) / progress.share if progress.share else 0.0
        line = f"{progress.rows:,} rows  {rate:,.0f}/s  {progress.share:.0%}  {left:,.0f} s left"
        click.echo(f"\r{line:<70}" + ("\n" if progress.share >= 1 else ""), nl=False, err=True)

    return show


def _print_faults(source: str, faults: list[Fault], *, as_json: bool) -> None:
    from isthmus.cli.printable import safe

    if as_json:
        click.echo(json.dumps({"source": source, "faults": [fault._asdict() for fault in faults]}, ensure_ascii=False))
    else:
        for fault in faults:
            click.echo(safe(": ".join(part for part in (fault.where, fault.message, fault.value) if part)))
        click.echo(f"{source}: {len(faults):,} faults" if faults else f"{source}: no fault found")
    if faults:
        sys.exit(1)


def _print_loaded(source: str, loaded: Loaded, *, as_json: bool) -> None:
    from isthmus.cli.printable import safe

    told = _told(source, loaded)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    rows = told["rows"]
    click.echo(
        f"{source}: {rows['read']:,} rows read: {rows['loaded']:,} loaded, {rows['quarantined']:,} set aside, "
        f"{rows['skipped']:,} skipped"
    )
    added = {name: count for name, count in told["added"].items() if count}
    click.echo("added " + (", ".join(f"{count:,} {name}" for name, count in added.items()) or "nothing new"))
    _print_effects(told)
    ended = {name: told[name] for name in ("superseded", "withdrawn", "restored") if told[name]}
    if ended:
        click.echo(", ".join(f"{count:,} records {name}" for name, count in ended.items()))
    for title in ("set_aside", "skipped", "columns_not_read", "notices"):
        for text, count in list(told[title].items())[:10]:
            click.echo(safe(f"  {title.replace('_', ' ')}: {text} ({count:,})"))
    for name, encoding in told["encodings"].items():
        if encoding not in {"utf-8", "utf-8-sig"}:
            click.echo(safe(f"  {name} was read as {encoding}"))
    if told["quarantine"]:
        click.echo(f"rows set aside are in {told['quarantine']}")


def _print_effects(told: dict[str, Any]) -> None:
    """What should be known of the load besides counts: how it is taken back, whose grade moved, who is kept apart."""
    from isthmus.cli.printable import safe

    if told["load"]:
        click.echo(f"this is load {told['load']}; isthmus withdraw {told['load']} takes it back")
    for one, (old, new) in told["regraded"].items():
        click.echo(safe(f"the grade of {one} {_moved(old, new)} from {old or 'none'} to {new or 'none'}"))
    for text in told["kept_apart"]:
        click.echo(safe(text))
    _print_door(told)


def _print_door(told: dict[str, Any]) -> None:
    """Whose names did not come in, and of how many people nobody says the age."""
    from isthmus.cli.printable import safe

    for one in told["door"]:
        place = f" ({one['place']})" if one["place"] else ""
        click.echo(safe(f"{one['handle']} is {one['verdict']}{place}: {one['reason']}"))
    if any(one["verdict"] == "held back" for one in told["door"]):
        click.echo("who is held back comes in with isthmus door admit HANDLE --why TEXT, and the same load again")
    if told["age_not_known"]:
        click.echo(f"age not known: {told['age_not_known']:,}")
    if not told["wiped"]:
        click.echo("another program has the case open and keeps traces of the names: close it and run isthmus door")


def _moved(old: str, new: str) -> str:
    """Grades run from A, the best."""
    return "fell" if new > old else "rose"


def _told(source: str, loaded: Loaded) -> dict[str, Any]:
    tally, report = loaded.tally, loaded.report
    return {
        "source": source,
        "rows": {"read": tally.read, "loaded": tally.loaded, "quarantined": tally.quarantined,
                 "skipped": tally.skipped},
        "load": report.load if report.changed else None,
        "added": dict(report.added),
        "regraded": report.regraded,
        "kept_apart": list(loaded.apart),
        "door": [entry._asdict() for entry in report.door.entries],
        "age_not_known": report.door.undated,
        "wiped": report.door.wiped,
        "superseded": report.superseded,
        "withdrawn": report.withdrawn,
        "restored": report.restored,
        "counts": loaded.counts,
        "set_aside": dict(tally.reasons.most_common()),
        "skipped": dict(tally.skips.most_common()),
        "columns_not_read": dict(tally.unread.most_common()),
        "notices": dict(tally.notices.most_common()),
        "encodings": tally.encodings,
        "quarantine": str(loaded.quarantine) if loaded.quarantine else None,
    }  # fmt: skip
