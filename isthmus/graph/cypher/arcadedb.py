"""ArcadeDB in this process as an engine: nothing to install, no server, one folder in the cache a projection."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

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
# What a query itself can bring about; anything else speaks of damaged files.
_OF_QUERY = ("Parsing", "Semantic", "Parameter", "Arithmetic", "NotIdempotent", "Timeout", "CommandExecution",
             "IllegalArgument", "ClassCast", "NumberFormat", "UnsupportedOperation", "ArcadeDBError", "TypeError",
             "DateTime", "Validation", "Function", "OutOfMemory", "Security")  # fmt: skip


class ArcadeEngine:
    """An embedded projection. Build one with `open_engine`."""

    name = "arcadedb"

    def __init__(
        self, package: Any, place: Path, scope: str, *, private: bool, rebuild: Callable[[], Projection]
    ) -> None:
        self.package, self.place, self.scope, self.private = package, place, scope, private
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
            if _of_query(error):
                raise self._question_error(text, error, limits) from None
        self._build_again()
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
        said = str(error)
        message = said.split("Exception: ", 1)[-1].splitlines()[0].strip()
        if "NotIdempotent" in said or "update clauses" in said:
            return refuse("write")
        if "LOAD CSV" in said and "disabled" in said:
            return refuse("read a file or an address (LOAD CSV)")
        if "Timeout" in said:
            return BadQuestion(
                f"the query ran longer than {limits.seconds:g} s and was stopped; narrow it, or raise --seconds"
            )
        if "ParameterMissing" in said:
            return BadQuestion(f"{message}; give each as NAME=VALUE")
        if "OutOfMemory" in said:
            return BadQuestion(f"the query needs more memory than {jvm.HEAP} allows; narrow it, or raise that")
        name = _QUOTED.search(message)
        if name is not None and jvm.has_java(self.package):
            from isthmus.graph.cypher.parsed import place_of

            place = place_of(text, name.group(1))
            if place is not None:
                return at_place(text, *place, message)
        return BadQuestion(message)

    def _build_again(self) -> None:
        """The files are damaged: build the projection again."""
        with suppress(Exception):
            self.database.close()
        cache.drop(self.place)
        made = cache.scratch()
        counts = build(self.package, made / "db", self._rebuild())
        self.place = cache.complete(self.place, made, counts)
        self._open()

    def close(self) -> None:
        """Close the files, and delete them if they are this process's own."""
        if self.database.is_open():
            self.database.close()
        if self.private:
            cache.drop(self.place)

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
    place = cache.entry(scope, state, evidence)
    counts = cache.counts(place)
    if counts is not None:
        found = _opened(package, place, scope, make, counts)
        if found is not None:
            cache.used(place)
            return found
    made = cache.scratch()
    try:
        with jvm.enough():
            counts = build(package, made / "db", make())
        kept = cache.complete(place, made, counts)
        engine = ArcadeEngine(package, kept, scope, private=kept != place, rebuild=make)
    except BaseException:
        cache.drop(made)
        raise
    cache.prune(place)
    return engine


def _opened(
    package: Any, place: Path, scope: str, make: Callable[[], Projection], counts: dict[str, Any]
) -> ArcadeEngine | None:
    """The engine over an entry; None if another process has it, or if it is damaged, which deletes it."""
    try:
        engine = ArcadeEngine(package, place, scope, private=False, rebuild=make)
    except package.ArcadeDBError as error:
        with jvm.enough():
            if jvm.exhausted(error):
                raise
        if "lock" not in str(error).lower():
            cache.drop(place)
        return None
    try:
        found = {label: engine.database.count_type(label) for label in counts}
    except package.ArcadeDBError:
        found = {}
    if found == counts:
        return engine
    with suppress(Exception):
        engine.database.close()
    cache.drop(place)
    return None


def build(package: Any, path: Path, made: Projection) -> dict[str, int]:
    """Fill a new database; gives how many nodes and relationships there are of each type."""
    try:
        database = package.create_database(str(path))
    except package.ArcadeDBError as error:
        if jvm.exhausted(error):
            raise
        raise BadCase(f"{path}: the Cypher projection can't be written here ({error}); is the disk full?") from None
    with database:
        _schema(database, made)
        fill(package, database, made)
        types = [*(nodes.label for nodes in made.nodes), *(ties.type for ties in made.ties)]
        return {name: int(database.count_type(name)) for name in types}


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


def _of_query(error: Exception) -> bool:
    said = str(error)
    return any(word in said for word in _OF_QUERY)
