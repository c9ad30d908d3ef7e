"""The words of the vocabulary stand in lists in `schema.yml` and nowhere else: neither in Python nor in the page's code.

A literal (list, tuple, set, keys or values of a dictionary, arguments of a call, a chain of comparisons; in TypeScript
the texts of one statement) that holds two or more words of one vocabulary is a list of its own. What is no such list
is written down below, with its reason.
"""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.country_rules import COUNTRY_RULES
from isthmus.graph.names import NEVER_NAMED
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CODE = Path(__file__).parents[1] / "isthmus"
PAGE = CODE / "views" / "frontend" / "src"

TYPE = "a type: what mypy checks cannot be read from data; a test or the reading of schema.yml holds it to the file"
COLUMNS = "columns of a table or keys of a file, some of which are called like a property"
TAKEN = "columns of a publisher's file, taken out of its row"
NAMED = "each is put under a name of its own in the same line"
PUBLISHERS = "a publisher's words to ours: the table of its own loader"
DRAWN = "how each shape is drawn, in the words of the drawing library"

EXCEPTIONS = {
    # file, and the words
    ("graph/country_rules.py", "activity citizenship residence"): TYPE,
    ("graph/declarations.py", "circle diamond hexagon square star triangle"): TYPE,
    ("graph/declarations.py", "activity citizenship operation residence scene state"): TYPE,
    ("graph/declarations.py", "none part remote"): TYPE,
    ("graph/declarations.py", "date kind"): "types of value, called like a property",
    ("graph/names.py", "minor victim"): "completion of names starts without reading the vocabulary; held to it below",
    ("graph/cypher/library.py", "date event_kind"): "types of a query's parameters, called like a property",
    ("graph/fold/holdings.py", "note used"): COLUMNS,
    ("graph/fold/entities.py", "kind name"): NAMED,
    ("graph/fold/view.py", "kind name"): COLUMNS,
    ("graph/fold/entities.py", "attack_type city date event_kind"): NAMED,
    ("queries/layers.py", "date direction event_kind"): NAMED,
    ("queries/show.py", "direction status"): "headings of a dossier's sections, in their order",
    ("queries/find.py", "kind name status"): COLUMNS,
    ("queries/borders/crossing_rows.py", "kind status"): COLUMNS,
    (
        "queries/cypher/twins/lists.py",
        "Cell Event Network Organisation Person",
    ): "the labels that the query's text names",
    ("cli/commands/sources.py", "attribution name"): COLUMNS,
    ("views/picture.py", "kind role status"): COLUMNS,
    ("views/picture.py", "kind role"): COLUMNS,
    ("views/quick.py", "circle diamond hexagon square star triangle"): DRAWN,
    ("views/quick.py", "diamond hexagon square star triangle"): DRAWN,
    ("graph/disclosure/release.py", "date kind"): "types of property",
    ("loaders/tables/making.py", "date status"): COLUMNS,
    ("loaders/edges/loader.py", "layer weight"): COLUMNS,
    ("loaders/eu_list/entry.py", "Organisation Person"): PUBLISHERS,
    ("loaders/eu_list/loader.py", "city region"): TAKEN,
    ("loaders/eu_list/rows.py", "address birth name"): TAKEN,
    ("loaders/ftm/things.py", "description gender role"): "the headings of `texts` in its source.yml",
    ("loaders/ofac/loader.py", "Object Organisation Person"): PUBLISHERS,
    ("loaders/ofac/loader.py", "address city"): TAKEN,
    ("loaders/ofac/markup.py", "Object Organisation Person"): PUBLISHERS,
    ("loaders/ofsi/loader.py", "Object Organisation Person"): PUBLISHERS,
    ("loaders/un_list/loader.py", "Organisation Person"): PUBLISHERS,
    (
        "loaders/tables/making.py",
        "attribution direction note target_type",
    ): "columns of a sheet that are called as what they fill",
    ("loaders/tables/making.py", "killed wounded"): "columns of a sheet that are called as what they fill",
    (
        "loaders/tables/making.py",
        "end_bound note role start_bound",
    ): "columns of a sheet that are called as what they fill",
    ("loaders/tables/making.py", "note role"): "columns of a sheet that are called as what they fill",
    ("frontend/marks.ts", "circle diamond square triangle"): DRAWN,
    ("frontend/filters.ts", "hexagon star"): DRAWN,
    ("frontend/paint.ts", "hexagon square triangle"): DRAWN,
    ("frontend/out.ts", "kind role status"): COLUMNS,
    ("frontend/out.ts", "kind role"): COLUMNS,
}


def vocabularies() -> dict[str, frozenset[str]]:
    """Every set of words that `schema.yml` declares."""
    words = schema()
    sets: dict[str, Iterable[str]] = {
        "kinds": words.kinds, "properties": [*words.properties, *words.ties], "qualifiers": words.qualifiers,
        **words.codes, "bases": words.bases, "tlp": words.tlp, "alias types": words.alias_types,
        "layers": words.layers.names, "acts": words.acts, "shapes": {kind.shape for kind in words.kinds.values()},
        "country": {tie.country for tie in words.ties.values()} - {""},
        "cross": {tie.cross for tie in words.ties.values()} - {""},
    }  # fmt: skip
    return {name: frozenset(found) for name, found in sets.items()}


def literals(tree: ast.AST) -> Iterator[list[str]]:
    """The texts of each literal that could be a list of words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield _texts(node.elts)
        elif isinstance(node, ast.Dict):
            yield _texts(node.keys)
            yield _texts(node.values)
        elif isinstance(node, ast.Call):
            yield _texts(node.args)
        elif isinstance(node, ast.BoolOp):
            compared = [value for value in node.values if isinstance(value, ast.Compare)]
            yield _texts(chain.from_iterable(one.comparators for one in compared))


def _texts(nodes: Iterable[ast.expr | None]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/                     # comments
    |(?:(?<=[(,=:\[!&|?{};])|(?<=[(,=:\[!&|?{};]\s)|(?<=return\s)|(?<==>\s))/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n*])+/   # patterns
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<mark>[;`{}])|.""",
    re.DOTALL | re.VERBOSE,
)
TEMPLATE = re.compile(r"(?:\\.|[^`\\$]|\$(?!\{))*(`|\$\{|$)")  # the text of one, up to its end or to code within
MARKUP = re.compile(r"\b(?:h|s)\(\"[\w-]+\"|[\w\"-]+:\s*\"[^\"]*\"")  # elements and attributes of HTML and SVG


def statements(source: str) -> Iterator[list[str]]:
    """The texts of each statement of TypeScript, but for the names of elements and what attributes are."""
    source, at = MARKUP.sub("0", source), 0
    found: list[str] = []
    depths: list[int] = [0]  # of braces, for each template that this stands in
    while token := TOKEN.match(source, at):
        at, mark = token.end(), token["mark"]
        if token["text"]:
            found.append(token["text"][1:-1])
        elif mark == ";":
            yield found
            found = []
        elif mark in ("{", "}"):
            depths[-1] += 1 if mark == "{" else -1
        if mark == "`" or depths[-1] < 0:
            if depths[-1] < 0:
                depths.pop()
            within = TEMPLATE.match(source, at)
            at = within.end() if within else at
            if within and within[1] == "${":
                depths.append(0)
    yield found


def lists(name: str, literal: list[str]) -> Iterator[tuple[str, str]]:
    """The file and the words, for each vocabulary of which a literal holds two words or more."""
    for words in vocabularies().values():
        met = words.intersection(literal)
        if len(met) > 1:
            yield name, " ".join(sorted(met))


def found() -> set[tuple[str, str]]:
    """Every list of words outside `schema.yml`."""
    python = {path.relative_to(CODE).as_posix(): list(literals(ast.parse(path.read_text("utf-8"))))
              for path in CODE.rglob("*.py")}  # fmt: skip
    page = {f"frontend/{path.name}": list(statements(path.read_text("utf-8"))) for path in PAGE.glob("*.ts")}
    assert len(python) > 300
    assert len(page) > 20
    return {one for name, made in (python | page).items() for literal in made for one in lists(name, literal)}


def test_the_words_of_the_vocabulary_stand_in_lists_in_one_place() -> None:
    assert sorted(found() - EXCEPTIONS.keys()) == []


def test_every_exception_is_met() -> None:
    assert sorted(EXCEPTIONS.keys() - found()) == []


@pytest.mark.parametrize(
    "code",
    ['x = ["Person", "Cell"]', 'x = {"member_of", "birth"}', 'x = {"minor": 1, "victim": 2}', 'f("Cell", "Network")',
     'y = x == "attack" or x == "plot"', 'x = {"a": "kin", "b": "direct"}', 'x: Literal["RED", "GREEN"]'],
)  # fmt: skip
def test_a_list_is_seen_in_python(code: str) -> None:
    assert [one for literal in literals(ast.parse(code)) for one in lists("x", literal)]


@pytest.mark.parametrize(
    "code",
    ['const a = ["Person", "Cell"];', "const a = k.name === 'Country' || k.name === \"Source\";",
     'const LEVELS = "heightened threat levels", FIGHTERS = "foreign-fighter sources";',
     'const a = `<a b="${ks.map((k) => `"Person"${k}`)}">` + ["Person", /["`]/, "Cell"];',
     'return /["]/.test("Person") || "Cell";'],
)  # fmt: skip
def test_a_list_is_seen_in_typescript(code: str) -> None:
    assert [one for literal in statements(code) for one in lists("x", literal)]


def test_a_single_word_a_comment_and_an_attribute_are_no_list() -> None:
    code = 'const a = "Person"; // "Cell", "Network"\nh("div", { role: "status", class: "role" }, b);'
    assert not [one for literal in statements(code) for one in lists("x", literal)]


def test_what_is_written_as_a_type_or_for_completion_is_what_the_vocabulary_says() -> None:
    assert set(COUNTRY_RULES) == schema().country_rules.keys()
    assert schema().never_named == NEVER_NAMED
