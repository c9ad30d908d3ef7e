from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.graph.foreign_json import DEEPEST, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES, st.booleans())
def test_what_is_json_is_read_as_ever(value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert read_json(text) == read_json(text.encode()) == json.loads(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_encodings_that_json_may_have(encoding: str) -> None:
    assert read_json('{"name": "Köln"}'.encode(encoding)) == {"name": "Köln"}


@pytest.mark.parametrize("pair", ["[]", '{"a":}'])
def test_depth_is_bounded_before_parsing(pair: str) -> None:
    middle = len(pair) - 1
    for levels in (DEEPEST + 1, 1_000_000):
        with pytest.raises(ValueError, match=f"nested {levels:,} levels deep"):
            read_json(pair[:middle] * levels + "1" + pair[middle:] * levels)
    assert read_json(pair[:middle] * DEEPEST + "1" + pair[middle:] * DEEPEST)


def test_brackets_in_texts_are_no_levels() -> None:
    many = ["[" * 1000, 'a \\" [[[' * 300, "\\", "[{" * 500]
    assert read_json(json.dumps(many)) == many
    assert read_json(json.dumps([[number] for number in range(1000)]))[-1] == [999]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1,]", "NaN", "[Infinity]", "-Infinity", '"\\ud800"', '{"\\udfff": 1}', '["open', '["[[[[[[', "9" * 5000,
     b"\xff\xfe\x00", b'"\xff"'],
)  # fmt: skip
def test_what_is_none_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(text)


_BESIDE_JAVA = """
import sys
from pathlib import Path
from isthmus.graph.cypher import jvm
from isthmus.graph.foreign_json import read_json
jvm.start(Path(sys.argv[1]))
for text in ("[" * 2_000_000, '{"a":' * 2_000_000, "[" * 256 + "]" * 256):
    try:
        print(type(read_json(text)).__name__)
    except ValueError as error:
        print(error)
"""


def test_a_hostile_text_beside_a_java_machine_ends_no_process(tmp_path: object) -> None:
    if find_spec("arcadedb_embedded") is None:
        pytest.skip("needs the extra cypher")
    command = [sys.executable, "-c", _BESIDE_JAVA, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["nested 2,000,000 levels deep, where 256 may be"] * 2 + ["list"]
