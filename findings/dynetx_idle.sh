#!/usr/bin/env bash
# dynetx 0.3.2 (Python): time_respecting_paths between two people, and a meeting of two others.
# Good guess: who met b on day 1 can hear on day 3 from b, who then met c, whatever strangers do on day 2.
# Seen: a-b on day 1 and b-c on day 3 give the path a, b, c. Add x-y on day 2, who know none of the three: no path. On a day of
#   the record on which a person has no tie he is dropped from those who can carry the news on; days on which nobody at all met do
#   not count. So waiting is allowed or not by what others do, and the source of a path may wait, those between may not.
# Why it matters: couriers are idle most days. The larger the network that is loaded, the fewer paths any two people have: with
#   one more file of calls a chain that was found is gone, without a word. Not in the documentation; no issue found.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv env; env/bin/pip install -q --disable-pip-version-check dynetx==0.3.2
env/bin/python - <<'PY'
import dynetx
from dynetx.algorithms import time_respecting_paths


def graph(meetings):
    made = dynetx.DynGraph()
    for one, other, day in sorted(meetings, key=lambda meeting: meeting[2]):
        made.add_interaction(one, other, t=day)
    return made


CHAIN, STRANGERS = [("a", "b", 1), ("b", "c", 3)], [("x", "y", 2)]
alone, with_strangers = (dict(time_respecting_paths(graph(ties), "a", "c")) for ties in (CHAIN, CHAIN + STRANGERS))
print("a to c:", alone, "| with x and y meeting on day 2:", with_strangers)
assert list(alone) == [("a", "c")] and with_strangers == {}

busy = {gap: {day: len(time_respecting_paths(graph([("a", "b", 1), ("b", "c", gap), ("x", "y", day)]), "a", "c")) for day in range(1, gap + 1)}
        for gap in (2, 5)}
print("paths from a to c if x and y meet on day:", busy)
assert busy == {2: {1: 1, 2: 1}, 5: {1: 1, 2: 0, 3: 0, 4: 0, 5: 1}}
waits = dict(time_respecting_paths(graph([("x", "y", 2), ("a", "b", 1), ("a", "b", 3), ("b", "c", 4)]), "a", "c", start=1))
print("the source itself may wait over day 2:", waits)
assert list(waits) == [("a", "c")]
print("as described")
PY
