"""Writes docs/france-2015-11-12.md: the README's own example, printed and read.

    python docs/make_eve.py

Every name, status, day and figure comes from the shipped case through the lens; the reading after the table is by hand.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.case import Case
from isthmus.data import load_shipped
from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.record import reading

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph

DAY, HOLDER = "2015-11-12", "FR"
HEAD = """# France on 12 November 2015

```python
case.through(known_by="2015-11-12", holders=["FR"]).graph
```

What France held by that day, as sources tell, and what anyone could read by then; nothing that was learned later about what
someone *did*. Names, citizenship, birth, kin and places come along whenever they were published. Each status is that of the day."""
READING = """## Is it what the inquiries say?

Of the ten who carried out the attacks of the next day, or drove to them, three are there, as the accounts in the case have it:
Ismael Omar Mostefai, of whom Turkey wrote twice; Samy Amimour, who had breached his duty to report and was wanted; Abdelhamid
Abaaoud, of whom Reda Hame had told in August that he intended an attack on a concert hall. None of the three is called killed,
and none has a tie to the attacks. The other seven are not there. Of Salah and Brahim Abdeslam, Bilal Hadfi and Chakib Akrouh Belgium
held something, Austria of the first and Spain of the second too; of the other three no source says that anyone did. What was
missing lay between services of several countries, as the accounts describe it.

What a reader will miss, and why:

- *status not known* stands where neither a declared holding nor a source of that day tells the status. Amedy Coulibaly had been
  killed in January, Mehdi Nemmouche arrested in 2014, Ayoub El Khazzani in August; what the case has of them was published later.
  A status is not among what is public from its day, so it waits for its source.
- Who was named in public before, and is not there, has in the case no source of before that day.
- Who is there without a tie was held by one fact that is no tie: an arrest, a journey, a warning.

The view is poor where the sources of the shipped case are late: it leaves out what was known, and says nothing that was not.
"""


def main() -> None:
    """Write the page."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "france-2015-11-12.md")
    with tempfile.TemporaryDirectory() as folder, Case.create(Path(folder) / "shipped.case") as case:
        load_shipped(case.file)
        target.write_text(page(case), encoding="utf-8")


def page(case: Case) -> str:
    """The whole page."""
    graph = released_graph(case.through(known_by=DAY, holders=[HOLDER]).graph)
    people = graph.of_kind("Person")
    counts = (
        f"{int(people.sum())} people, {int(graph.of_kind('Event').sum())} events and {len(graph.ties)} ties are in view, of "
        f"{int(case.graph.of_kind('Person').sum())}, {int(case.graph.of_kind('Event').sum())} and {len(case.graph.ties)}."
    )
    held = _held(graph)
    labels, status = graph.entities["label"], graph.shown["status"]
    rows = [
        f"| {str(labels[at]).partition(' [')[0]} | {status[at]} | {'; '.join(held.get(at, ['public only']))} |"
        for at in sorted(people.nonzero()[0].tolist(), key=lambda at: (at not in held, str(labels[at])))
    ]
    table = "\n".join(["| person | status that day | what France held, and since when |", "| --- | --- | --- |", *rows])
    return "\n\n".join([HEAD, counts, table, READING])


def _held(graph: Graph) -> dict[int, list[str]]:
    """What was held of each person in view, with its day and its sources."""
    rows = graph.holdings
    sources = {record.id: record.source for record in reading.rows(graph.file, "records")}
    found: dict[int, dict[str, list[str]]] = {}
    for row in rows[(rows["state"] == "held") & (rows["statement"] >= 0)].itertuples():
        at, place = graph.place(row.subject), graph.place(row.value)
        what = str(graph.entities["label"][place]).partition(" [")[0] if place is not None else row.value
        said = f"{row.property.replace('_', ' ')} {what}, {row.valid.split('/')[0] or 'day not stated'}"
        if at is not None:
            found.setdefault(at, {}).setdefault(said, []).append(sources[row.record])
    return {
        at: [f"{said} ({', '.join(dict.fromkeys(told))})" for said, told in facts.items()]
        for at, facts in found.items()
    }


if __name__ == "__main__":
    main()
