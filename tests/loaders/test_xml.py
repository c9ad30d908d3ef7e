"""XML streamed: what a node holds, what is refused, what a large file costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders.source import Source
from isthmus.loaders.xml import entries, is_xml, leaves, root, take, take_all, take_nodes

if TYPE_CHECKING:
    from isthmus.loaders.xml import Node

STATUS = Path("/proc/self/status")


def nodes(path: Path, *, recover: bool = False) -> tuple[list[Node], Source]:
    source = Source("x", [path])
    return list(entries(source, path, ("e",), recover=recover)), source


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_fields_are_taken_out_of_a_node(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xml",
        '<l xmlns="u"><e id="7"><n> A \n B </n><n>C</n><p q="1"><s>D</s></p><empty/></e><!-- x --><e><n>E</n></e></l>',
    )
    (node, _), source = nodes(path)
    assert source.tally.read == 2
    assert list(leaves(node)) == [("@id", "7"), ("n", "A B"), ("n", "C"), ("p/@q", "1"), ("p/s", "D")]
    assert take(node, "@id") == "7"
    assert take(node, "nothing") == ""
    assert take_all(node, "n") == ["A B", "C"]
    (part,) = take_nodes(node, "p")
    assert (take(part, "@q"), take(part, "s")) == ("1", "D")
    assert not list(leaves({name: items for name, items in node.items() if name != "p"}))


def test_the_root(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", '\ufeff<?xml version="1.0"?><list day="2015"><e/></list>')
    assert root(Source("x", [path]), path) == ("list", {"day": "2015"})
    assert is_xml(Source("x", [path]), path)
    other = write(tmp_path / "a.csv", "a,b\n")
    assert not is_xml(Source("x", [other]), other)
    with pytest.raises(BadInput, match="holds no XML"):
        root(Source("x", [other]), other)


@pytest.mark.parametrize("recover", [False, True])
def test_entities_and_outside_files_are_never_read(tmp_path: Path, recover: bool) -> None:
    secret = write(tmp_path / "secret", "SECRET")
    declared = write(
        tmp_path / "a.xml", f'<!DOCTYPE l [<!ENTITY s SYSTEM "{secret.as_uri()}">]><l><e><n>&s;</n></e></l>'
    )
    with pytest.raises(BadInput, match="declares entities"):
        nodes(declared, recover=recover)
    outside = write(tmp_path / "b.xml", f'<!DOCTYPE l SYSTEM "{secret.as_uri()}"><l><e><n>A</n></e></l>')
    assert [take(node, "n") for node in nodes(outside, recover=recover)[0]] == ["A"]


def test_damage_names_line_and_column(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", "<l>\n<e><n>A</n></e>\n<e><n>B</e>\n</l>")
    with pytest.raises(BadInput, match=r"line 3, column 12: .*--recover"):
        nodes(path)
    found, source = nodes(path, recover=True)
    assert [take(node, "n") for node in found] == ["A", "B"]
    assert source.tally.skipped == 0


def test_what_damage_took_is_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", "<l><e><n>A</n></e>\n<X><n>B</n></e>\n<e><n>C</n></e><e ")
    found, source = nodes(path, recover=True)
    assert [take(node, "n") for node in found] == ["A", "C", ""]
    assert (source.tally.read, source.tally.skips) == (4, {"lost in the damaged file": 1})


def test_bytes_of_no_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<l><e><n>Caf\xe9 \x19 \xc3\xa9 & <</n></e></l>")
    (node,), _ = nodes(path, recover=True)
    assert take(node, "n") == "Café \ufffd é & <"


@pytest.mark.skipif(not STATUS.exists(), reason="measured by Linux's /proc")
@pytest.mark.parametrize("recover", [False, True])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, recover: bool) -> None:
    path = tmp_path / "a.xml"
    one = "<e>" + "".join(f"<f{at}>{'word ' * 20}</f{at}>" for at in range(10)) + "</e>\n"
    with path.open("w") as stream:
        stream.write("<l>\n")
        stream.writelines(one for _ in range(10_000))
        stream.write("</l>\n")
    source = Source("x", [path])
    before = highest()
    assert sum(1 for _ in entries(source, path, ("e",), recover=recover)) == 10_000
    assert path.stat().st_size > 10e6
    assert highest() - before < 8


def highest() -> float:
    """Highest memory so far, in MB."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return float(line.split()[1]) / 1024
