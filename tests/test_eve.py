"""The README's own example: France on the eve of the attacks in Paris, as it is printed and read."""

from __future__ import annotations

import importlib.util
import re
from typing import TYPE_CHECKING, Any

from tests.test_project import ROOT

if TYPE_CHECKING:
    from isthmus.case import Case

TOOK_PART = [
    "abdelhamid-abaaoud", "ahmad-al-mohammad", "bilal-hadfi", "brahim-abdeslam", "chakib-akrouh", "foued-mohamed-aggad",
    "ismael-omar-mostefai", "mohammad-al-mahmod", "salah-abdeslam", "samy-amimour",
]  # fmt: skip


def test_the_page_is_what_its_script_writes(shipped: Case) -> None:
    spec = importlib.util.spec_from_file_location("make_eve", ROOT / "docs" / "make_eve.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = (ROOT / "docs" / "france-2015-11-12.md").read_text(encoding="utf-8")
    assert script.page(shipped) == written, "run python docs/make_eve.py"


def test_what_is_read_of_it_is_so(shipped: Case) -> None:
    graph = shipped.through(known_by="2015-11-12", holders=["FR"]).graph
    there = [identity for identity in TOOK_PART if graph.place(identity) is not None]
    assert there == ["abdelhamid-abaaoud", "ismael-omar-mostefai", "samy-amimour"]
    for identity in there:
        assert graph.shown["status"][graph.place(identity)] == "status not known"
    whole = shipped.graph.holdings
    held = whole[(whole["state"] == "held") & (whole["start"] <= 735914)]
    by = {
        identity: set(held[held["subject"] == identity]["country"]) for identity in TOOK_PART if identity not in there
    }
    assert {identity: countries for identity, countries in by.items() if countries} == {
        "salah-abdeslam": {"AT", "BE"}, "brahim-abdeslam": {"BE", "ES"}, "bilal-hadfi": {"BE"}, "chakib-akrouh": {"BE"},
    }  # fmt: skip


def test_the_readme_runs(shipped: Case) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^case\.(?!.*open)[^#]*", text, flags=re.MULTILINE)
    assert len(lines) == 3
    found: list[Any] = [eval(line, {"case": shipped}) for line in lines]  # noqa: S307  our own README
    assert len(found[0]) >= 3
    assert len(found[1]) > 20
    assert sum(data["kind"] == "Person" for _, data in found[2].nodes(data=True)) == 32
