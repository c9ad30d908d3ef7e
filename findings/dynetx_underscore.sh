#!/usr/bin/env bash
# dynetx 0.3.2 (Python): time_respecting_paths and all_time_respecting_paths on people whose ids hold an underscore.
# Good guess: ids are opaque; "abu_omar" and "abu" are two people.
# Seen: while it builds paths the library glues id and time to "abu_omar_1" and takes the text before the FIRST
#   underscore as the person. After nadir met abu_omar it goes on with the ties of "abu", another man: it finds the path
#   nadir, abu_omar, karim, although abu_omar never met karim, and does not find nadir, abu_omar, salim, which is in the
#   data. The paths are printed under the right names (the last underscore is used there), so nothing shows the mix-up.
#   With hyphens in place of underscores both answers are right.
# Why it matters: given_family is the commonest way to write an id. A tie of a third person becomes evidence against a man
#   who has none, and his own is lost. Not in the documentation; no issue found.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"; "$work/env/bin/pip" install -q --disable-pip-version-check dynetx==0.3.2
"$work/env/bin/python" - <<'PY'
import dynetx
from dynetx.algorithms import time_respecting_paths


def paths(sign, target):
    graph = dynetx.DynGraph()
    graph.add_interaction("nadir", f"abu{sign}omar", t=1)
    graph.add_interaction(f"abu{sign}omar", "salim", t=2)
    graph.add_interaction("abu", "karim", t=2)
    found = time_respecting_paths(graph, "nadir", target, start=1, end=2)
    return [list(path) for some in found.values() for path in some]


for sign in "_-":
    for target in ("karim", "salim"):
        print(f"ids with {sign!r}, nadir to {target}:", paths(sign, target))
assert paths("_", "karim") == [[("nadir", "abu_omar", 1), ("abu_omar", "karim", 2)]]
assert paths("_", "salim") == []
assert paths("-", "karim") == [] and paths("-", "salim") == [[("nadir", "abu-omar", 1), ("abu-omar", "salim", 2)]]
print("as described")
PY
