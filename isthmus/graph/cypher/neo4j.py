"""A Neo4j server as an engine: the official driver, read access, and the plan before the query."""

from __future__ import annotations

import logging
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from isthmus.graph.cypher.engine import Answer, Limits, at_place
from isthmus.graph.cypher.plain import plain
from isthmus.graph.cypher.readonly import check_procedures, refuse
from isthmus.graph.errors import BadQuestion, ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from neo4j import Driver

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
OLDEST = (5, 26)
_PLACE = re.compile(r"\(line (\d+), column (\d+)")
_TIMED_OUT = tuple(f"Neo.ClientError.Transaction.TransactionTimedOut{end}" for end in ("", "ClientConfiguration"))
_UNBOUND = "01N60"  # GQLSTATUS of a parameter without a value
_NO_MEMORY = tuple(
    f"Neo.TransientError.General.{end}"
    for end in (
        "OutOfMemoryError",
        "MemoryPoolOutOfMemoryError",
        "TransactionMemoryLimit",
        "TransactionOutOfMemoryError",
    )
)
_UNKNOWN = "Neo.DatabaseError.General.UnknownError"
_HEAP_WORDS = ("OutOfMemoryError", "Java heap space", "GC overhead limit")
_LOGIN = {
    "Neo.ClientError.Security.AuthenticationRateLimit": "too many wrong passwords; the server wants some seconds of quiet",
    "Neo.ClientError.Security.CredentialsExpired": "the server wants this user's password changed first",
    "Neo.ClientError.Security.Forbidden": "this user may not do that on the server",
}


def connect(url: str) -> Driver:
    """A driver for the server at `url`, with the user and password of NEO4J_USERNAME and NEO4J_PASSWORD.

    Raises
    ------
    ServerError
        The address is none, has a password in it, or the server is down, refuses, or is older than 5.26.
    """
    from neo4j import GraphDatabase

    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ServerError(f"{parts.scheme or 'an address without a scheme'!r}: use one of {', '.join(SCHEMES)}://HOST")
    if "@" in parts.netloc:
        raise ServerError("a password doesn't belong in an address; set NEO4J_USERNAME and NEO4J_PASSWORD instead")
    password = os.environ.get("NEO4J_PASSWORD")
    user = os.environ.get("NEO4J_USERNAME", "neo4j")
    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # errors are raised; nothing is printed beside them
    with clear(url):
        driver = GraphDatabase.driver(
            url,
            auth=(user, password) if password is not None else None,
            connection_timeout=10,
            max_transaction_retry_time=10,
            notifications_min_severity="OFF",
            user_agent="isthmus",
        )
        try:
            agent = str(driver.get_server_info().agent)
        except BaseException:
            driver.close()
            raise
    _check_version(driver, url, agent)
    return driver


def _check_version(driver: Driver, url: str, agent: str) -> None:
    numbers = re.search(r"(\d+)\.(\d+)", agent)
    found = (int(numbers.group(1)), int(numbers.group(2))) if numbers else (0, 0)
    if not agent.startswith("Neo4j/") or found < OLDEST:
        driver.close()
        raise ServerError(f"{url}: the server says it is {agent!r}; Neo4j {OLDEST[0]}.{OLDEST[1]} or newer is needed")


@contextmanager
def clear(url: str) -> Iterator[None]:
    """Turns the driver's exceptions into sentences; nothing of the login is ever in them."""
    from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError

    try:
        yield
    except AuthError as error:
        raise ServerError(f"{url}: {_login_words(str(error.code))}") from None
    except (DriverError, ConfigurationError, OSError) as error:
        raise ServerError(f"{url}: the server can't be reached, or the connection broke ({_first(error)})") from None
    except Neo4jError as error:
        code = str(error.code)
        if _no_memory(code, str(error.message)):
            raise ServerError(
                f"{url}: the server ran out of memory; give it more (server.memory.heap.max_size, "
                "db.memory.transaction.max), or use a smaller --batch"
            ) from None
        raise ServerError(f"{url}: the server refused ({code}: {_first(error)})") from None


def _no_memory(code: str, message: str) -> bool:
    """Whether a server's memory is used up: it has codes for it, but where its heap ends in the middle of something it
    gives the code for what it does not know, with Java's words alone.
    """
    return code in _NO_MEMORY or (code == _UNKNOWN and any(word in message for word in _HEAP_WORDS))


def _login_words(code: str) -> str:
    if code in _LOGIN:
        return _LOGIN[code]
    given = "refused" if os.environ.get("NEO4J_PASSWORD") else "wanted, and NEO4J_PASSWORD isn't set"
    return f"user and password were {given}; set NEO4J_USERNAME and NEO4J_PASSWORD"


def _first(error: BaseException) -> str:
    lines = str(getattr(error, "message", None) or error).splitlines()
    return lines[0] if lines else type(error).__name__


class Neo4jEngine:
    """The published projection `scope` on the server at `url`."""

    name = "neo4j"

    def __init__(self, url: str, scope: str, driver: Driver | None = None) -> None:
        self.url, self.scope = url, scope
        self.driver = driver or connect(url)
        self.notes: list[str] = []

    def read(self, text: str, parameters: dict[str, Any], limits: Limits) -> Answer:
        """See `Engine.read`."""
        from neo4j.exceptions import ClientError

        bound = {**parameters, "case": self.scope}
        self._explained(text, bound)
        with clear(self.url):
            try:
                return self._rows(text, bound, limits)
            except ClientError as error:
                raise _question_error(text, error, limits, shift=0) from None

    def plan(self, text: str, parameters: dict[str, Any]) -> str:
        """See `Engine.plan`."""
        return "\n".join(_plan_lines(self._explained(text, {**parameters, "case": self.scope}), 0))

    def uses_case(self, text: str, parameters: dict[str, Any]) -> bool:
        """Whether a query has the parameter `$case`, as the server reads it."""
        bound = {name: value for name, value in parameters.items() if name != "case"}
        with clear(self.url), self.driver.session(notifications_min_severity="WARNING") as session:
            said = session.run("EXPLAIN\n" + text, bound).consume().gql_status_objects
        # The status has a code, but which parameter it is stands in its words alone.
        return any(status.gql_status == _UNBOUND and "$`case`" in status.status_description for status in said)

    def _rows(self, text: str, bound: dict[str, Any], limits: Limits) -> Answer:
        with (
            self.driver.session(default_access_mode="READ", fetch_size=1000) as session,
            session.begin_transaction(timeout=limits.seconds) as transaction,
        ):
            result = transaction.run(text, bound)
            columns = list(result.keys())
            rows: list[dict[str, Any]] = []
            for record in result:
                if len(rows) == limits.rows:
                    return Answer(columns, rows, cut=True, notes=self.notes)
                rows.append({name: plain(record[name]) for name in columns})
        return Answer(columns, rows, notes=self.notes)

    def _explained(self, text: str, bound: dict[str, Any]) -> dict[str, Any]:
        """The plan of a query that only reads; the query is not run.

        The prefix stands on a line of its own, so that places in the server's messages are those of the query.
        """
        from neo4j.exceptions import ClientError

        with clear(self.url), self.driver.session(default_access_mode="READ") as session:
            try:
                summary = session.run("EXPLAIN\n" + text, bound).consume()
            except ClientError as error:
                raise _question_error(text, error, Limits(), shift=1) from None
        plan: dict[str, Any] = summary.plan or {}
        operators = list(_operators(plan))
        if any(name.startswith("LoadCSV") for name, _ in operators):
            raise refuse("read a file or an address (LOAD CSV)")
        if summary.query_type != "r":
            raise refuse("change the schema or the server" if summary.query_type == "s" else "write")
        check_procedures(details.split("(")[0].strip() for name, details in operators if "ProcedureCall" in name)
        if not plan or any(name.startswith(("Show", "AdministrationCommand", "Terminate")) for name, _ in operators):
            raise refuse("administer the server")
        return plan

    def close(self) -> None:
        """Close the connections."""
        self.driver.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()


def _operators(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if plan:
        name = str(plan.get("operatorType", "")).split("@")[0]
        yield name, str(plan.get("args", {}).get("Details", ""))
        for child in plan.get("children", ()):
            yield from _operators(child)


def _plan_lines(plan: dict[str, Any], depth: int) -> Iterator[str]:
    arguments = plan.get("args", {})
    rows = arguments.get("EstimatedRows")
    estimate = f"  (about {rows:.0f} rows)" if isinstance(rows, float) else ""
    yield f"{'  ' * depth}{str(plan.get('operatorType', '')).split('@')[0]}  {arguments.get('Details', '')}{estimate}"
    for child in plan.get("children", ()):
        yield from _plan_lines(child, depth + 1)


def _question_error(text: str, error: Any, limits: Limits, shift: int) -> BadQuestion:
    code, message = str(error.code), str(error.message or "")
    if code in _TIMED_OUT:
        return BadQuestion(
            f"the query ran longer than {limits.seconds:g} s and was stopped; narrow it, or raise --seconds"
        )
    if code == "Neo.ClientError.Statement.AccessMode":
        return refuse("write")
    if code == "Neo.ClientError.Statement.ParameterMissing":
        return BadQuestion(f"{message.splitlines()[0]}; give each as NAME=VALUE")
    place = _PLACE.search(message)
    sentence = _PLACE.split(message)[0].splitlines()[0].strip().rstrip("(").strip() if message else code
    if place is None:
        return BadQuestion(sentence)
    return at_place(text, int(place.group(1)) - shift, int(place.group(2)), sentence)
