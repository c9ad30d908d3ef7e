"""What a query is made of, read from the parse tree of the embedded engine's own Cypher grammar."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from isthmus.graph.cypher.engine import at_place
from isthmus.graph.cypher.readonly import CLAUSES, check_procedures, refuse

_GRAMMAR = "com.arcadedb.query.opencypher.grammar.Cypher25"
_RUNTIME = "org.antlr.v4.runtime"
_WORDS = {"LoadCSVClause": "read a file or an address (LOAD CSV)", "UseClause": "ask another database (USE)"}


@dataclass
class Parsed:
    """Kinds of clause and command, procedures, and names of labels and types in a query."""

    clauses: set[str] = field(default_factory=set)
    commands: set[str] = field(default_factory=set)
    procedures: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    in_transactions: bool = False

    def check(self) -> None:
        """Refuse what does more than read.

        Raises
        ------
        BadQuestion
            It writes, reads a file, administers, or calls a procedure outside the list.
        """
        if self.commands:
            raise refuse("change the schema or administer the engine")
        for clause in sorted(self.clauses - CLAUSES):
            raise refuse(_WORDS.get(clause, f"write ({clause.removesuffix('Clause').upper()})"))
        if self.in_transactions:
            raise refuse("write in transactions of its own")
        check_procedures(self.procedures)


@lru_cache(maxsize=256)
def parse(text: str) -> Parsed:
    """The parts of a query; the Java machine must be running.

    Raises
    ------
    BadQuestion
        The text is no Cypher; the message shows the place.
    """
    tokens, parser = _parser(text)
    tree = parser.statements()
    if parser.getNumberOfSyntaxErrors():
        raise _syntax_error(text, tokens)
    found = Parsed()
    _walk(tree, found)
    return found


def place_of(text: str, name: str) -> tuple[int, int] | None:
    """Line and column, from 1, of the first token that is `name`."""
    tokens, _ = _parser(text)
    tokens.fill()
    for token in tokens.getTokens():
        if str(token.getText()) == name:
            return int(token.getLine()), int(token.getCharPositionInLine()) + 1
    return None


def _parser(text: str) -> tuple[Any, Any]:
    import jpype

    stream = jpype.JClass(f"{_RUNTIME}.CharStreams").fromString(text)
    lexer = jpype.JClass(f"{_GRAMMAR}Lexer")(stream)
    lexer.removeErrorListeners()
    tokens = jpype.JClass(f"{_RUNTIME}.CommonTokenStream")(lexer)
    parser = jpype.JClass(f"{_GRAMMAR}Parser")(tokens)
    parser.removeErrorListeners()
    return tokens, parser


def _syntax_error(text: str, tokens: Any) -> Exception:
    """The grammar stops at the first token that it has no use for."""
    import jpype

    _, parser = _parser(text)
    parser.setErrorHandler(jpype.JClass(f"{_RUNTIME}.BailErrorStrategy")())
    try:
        parser.statements()
    except jpype.JException as error:
        cause = error.getCause()
        token = cause.getOffendingToken() if cause is not None else None
        if token is not None:
            word = "the end of the query" if token.getType() == -1 else repr(str(token.getText()))
            place = int(token.getLine()), int(token.getCharPositionInLine()) + 1
            return at_place(text, *place, f"this is no Cypher: {word} isn't expected here")
    last = tokens.LT(1)
    place = int(last.getLine()), int(last.getCharPositionInLine()) + 1
    return at_place(text, *place, f"this is no Cypher: {str(last.getText())!r} isn't expected here")


def _walk(node: Any, found: Parsed) -> None:
    kind = str(node.getClass().getSimpleName()).removesuffix("Context")
    if kind.endswith("Clause") and kind != "Clause":
        found.clauses.add(kind)
    elif kind == "Command" or kind.endswith("Command"):
        found.commands.add(kind)
    elif kind == "ProcedureName":
        found.procedures.append(str(node.getText()))
    elif kind.startswith("SubqueryInTransactions"):
        found.in_transactions = True
    elif kind in ("LabelName", "SymbolicNameString"):
        found.names.add(str(node.getText()).strip("`"))
    for at in range(node.getChildCount()):
        _walk(node.getChild(at), found)
