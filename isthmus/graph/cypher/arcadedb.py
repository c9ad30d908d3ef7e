"""ArcadeDB in this process as an engine: nothing to install, no server, one folder in the cache a projection."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from isthmus.graph import places
from isthmus.graph.cypher import cache, jvm
from isthmus.graph.cypher.bulk import fill
from isthmus.graph.cypher.engine import Answer, Limits, at_place
from isthmus.graph.cypher.plain import plain
from isthmus.graph.cypher.readonly import check_plan, refuse
from isthmus.graph.errors import BadCase, BadQuestion

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from isthmus.graph.cypher.projection import Projection

_INDEXED = 1_000  # nodes
_QUOTED = re.compile(r"(?:Variable|Unknown function|function|property)[^'`]*['`]([^'`]+)['`]")


class ArcadeEngine:
    """An embedded projection. Build one with `open_engine`."""

    name = "arcadedb"

    def __init__(
        self, package: Any, entry: Path, place: Path, scope: str, *, rebuild: Callable[[], Projection]
    ) -> None:
        self.package, self.entry, self.place, self.scope = package, entry, place, scope
        self._rebuild = rebuild
        self._open()

    def _open(self) -> None:
        self.database = self.package.open_database(str(self.place / "db"))
        for way in ("allowFileUrls", "allowRemoteUrls"):
            self.database.command("sql", f"ALTER DATABASE `arcadedb.opencypher.loadCsv.{way}` false")
        self._seconds = 0.0

    def read(self, text: str, parameters: dict[str, Any], limits: Limits) -> Answer:
        """See `Engine.read`."""
        self._check(text)
        bound = {**parameters, "case": self.scope}
        try:
            return self._rows(text, bound, limits)
        except self.package.ArcadeDBError as error:
            why = cache.doubt(self.place, self.entry.name)
            if not why:
                raise self._question_error(text, error, limits) from None
        self._build_again(why)
        try:
            return self._rows(text, bound, limits)
        except self.package.ArcadeDBError as error:
            raise self._question_error(text, error, limits) from None

    def plan(self, text: str, parameters: dict[str, Any]) -> str:
        """See `Engine.plan`."""
        self._check(text)
        try:
            return self._plan(text, {**parameters, "case": self.scope})
        except self.package.ArcadeDBError as error:
            raise self._question_error(text, error, Limits()) from None

    def _plan(self, text: str, bound: dict[str, Any]) -> str:
        rows = self.database.query("opencypher", f"EXPLAIN {text}", bound).to_list()
        return str(rows[0].get("executionPlanAsString", "")) if rows else ""

    def _rows(self, text: str, bound: dict[str, Any], limits: Limits) -> Answer:
        if self._seconds != limits.seconds:
            self.database.command(
                "sql", f"ALTER DATABASE `arcadedb.command.timeout` {max(1, int(limits.seconds * 1000))}"
            )
            self._seconds = limits.seconds
        result = self.database.query("opencypher", text, bound)
        rows: list[dict[str, Any]] = []
        cut = False
        for row in result.iter_dicts():
            if len(rows) == limits.rows:
                cut = True
                break
            rows.append({str(name): plain(value) for name, value in row.items()})
        return Answer(list(rows[0]) if rows else [], rows, cut)

    def _check(self, text: str) -> None:
        """Refuse what does more than read: by the parse tree, or where there is none to be had by the plan.

        The engine's own `query` refuses writes again, and its settings files and addresses.
        """
        if jvm.has_java(self.package):
            from isthmus.graph.cypher.parsed import parse

            parse(text).check()
            return
        try:
            check_plan(self._plan(text, {"case": self.scope}))
        except self.package.ArcadeDBError as error:
            raise self._question_error(text, error, Limits()) from None

    def _question_error(self, text: str, error: Exception, limits: Limits) -> BadQuestion:
        kinds = jvm.classes(error)
        message = str(error).split("Exception: ", 1)[-1].splitlines()[0].strip()
        # A write within a subquery is an error of syntax to the engine: there its words alone tell what it was.
        if "QueryNotIdempotentException" in kinds or "cannot contain update clauses" in message:
            return refuse("write")
        if "SecurityException" in kinds:  # of files and addresses, the only thing that it is thrown for here
            return refuse("read a file or an address (LOAD CSV)")
        if "TimeoutException" in kinds:
            return BadQuestion(
                f"the query ran longer than {limits.seconds:g} s and was stopped; narrow it, or raise --seconds"
            )
        if "CommandParameterMissingException" in kinds:
            return BadQuestion(f"{message}; give each as NAME=VALUE")
        if jvm.exhausted(error):
            return BadQuestion(f"the query needs more memory than {jvm.HEAP} allows; narrow it, or raise that")
        name = _QUOTED.search(message)
        if name is not None and jvm.has_java(self.package):
            from isthmus.graph.cypher.parsed import place_of

            place = place_of(text, name.group(1))
            if place is not None:
                return at_place(text, *place, message)
        return BadQuestion(message)

    def _build_again(self, why: str) -> None:
        """The files are damaged: build the projection again."""
        cache.say_doubt(self.place, why)
        with suppress(Exception):
            self.database.close()
        cache.drop(self.place)
        self.place = _build(self.package, self.entry, self._rebuild)
        self._open()

    def close(self) -> None:
        """Close the files, and delete them if they are this process's own."""
        if self.database.is_open():
            self.database.close()
        if self.place != self.entry:
            cache.drop(self.place)
        else:
            places.close_off(self.place)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files."""
        self.close()


def open_engine(scope: str, state: str, *, evidence: bool, make: Callable[[], Projection]) -> ArcadeEngine:
    """The embedded projection of a scope: from the cache, or built with `make` if missing, damaged or taken.

    One process owns the files of a projection; a second builds its own, which goes when it ends.
    """
    package = jvm.start(cache.folder())  # already running where the query was parsed
    entry = cache.entry(scope, state, evidence, package.__version__)
    if entry.exists():
        found = _opened(package, entry, scope, make)
        if found is not None:
            cache.used(entry)
            return found
    with jvm.enough():
        place = _build(package, entry, make)
    try:
        engine = ArcadeEngine(package, entry, place, scope, rebuild=make)
    except BaseException:
        cache.drop(place)
        raise
    cache.prune(entry)
    return engine


def _opened(package: Any, entry: Path, scope: str, make: Callable[[], Projection]) -> ArcadeEngine | None:
    """The engine over an entry; None if another process has it, or if it is damaged, which deletes it."""
    judged = entry.stat().st_ino
    why = cache.doubt(entry, entry.name)
    if not why:
        cache.put_back(entry, entry.name)
        try:
            return ArcadeEngine(package, entry, entry, scope, rebuild=make)
        except package.ArcadeDBError as error:
            with jvm.enough():
                if jvm.exhausted(error):
                    raise
            if "LockException" in jvm.classes(error):
                return None
            why = str(error)
    with suppress(OSError):
        if entry.stat().st_ino == judged:  # not what another process has built meanwhile
            cache.say_doubt(entry, why)
            cache.drop(entry)
    return None


def _build(package: Any, entry: Path, make: Callable[[], Projection]) -> Path:
    """Build a projection and keep it as `entry`; gives where it lies, which is elsewhere if another was first."""
    made = cache.scratch()
    try:
        build(package, made / "db", make())
        return cache.complete(entry, made)
    except BaseException:
        cache.drop(made)
        raise


def build(package: Any, path: Path, made: Projection) -> None:
    """Fill a new database, and close it."""
    try:
        database = package.create_database(str(path))
    except package.ArcadeDBError as error:
        if jvm.exhausted(error):
            raise
        raise BadCase(f"{path}: the Cypher projection can't be written here ({error}); is the disk full?") from None
    with database:
        _schema(database, made)
        fill(package, database, made)


def _schema(database: Any, made: Projection) -> None:
    """Labels and types; in one script, which is nine times as fast as one by one.

    Ids are indexed where a label has enough nodes for the index to be worth the time that making it takes.
    """
    script = []
    for label in made.labels():
        script.append(f"CREATE VERTEX TYPE {label} BUCKETS 1")
        if sum(len(nodes) for nodes in made.nodes if nodes.label == label) >= _INDEXED:
            script += [f"CREATE PROPERTY {label}.id STRING", f"CREATE INDEX ON {label} (id) UNIQUE"]
            for name in ("statement", "subject") if label == "Claim" else ():
                script += [f"CREATE PROPERTY Claim.{name} STRING", f"CREATE INDEX ON Claim ({name}) NOTUNIQUE"]
    script += [f"CREATE EDGE TYPE {kind} BUCKETS 1" for kind in sorted({ties.type for ties in made.ties})]
    if script:
        database.command("sqlscript", ";\n".join(script) + ";")
