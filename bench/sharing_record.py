"""Writes docs/sharing-gap.md: the record as case study, and what a gap has to be to be found.

python bench/sharing_record.py [FILE]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.case import Case
from isthmus.data import load_shipped
from isthmus.graph.dates import iso
from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.lens import Lens
from isthmus.graph.record.handles import handle
from isthmus.queries.sharing import coverage, spread
from isthmus.queries.sharing.caveats import NOT_SHOWN
from isthmus.queries.sharing.chains import chains, saturation
from isthmus.queries.sharing.credit_shares import standing
from isthmus.queries.sharing.hindsight import as_now
from isthmus.queries.sharing.power import Plan, sweep
from isthmus.queries.sharing.record import SORTS, Documented, documented
from isthmus.queries.sharing.replay import Replayed, interval, replay, sign_flips
from isthmus.queries.sharing.rules import RULES
from isthmus.queries.sharing.setting import setting
from isthmus.queries.sharing.tables import TABLES
from isthmus.queries.sharing.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from isthmus.graph.graph import Graph
    from isthmus.queries.sharing.setting import Setting

EVE = "2015-11-12"
DRAWS = 200
SURE = 0.05
QUESTIONS = {
    "mechanism": "mechanism (own row kept)", "foresight": "foresight (own row and its sources left out)",
    "chance": "chance",
    "mechanism_hindsight": "mechanism, in hindsight", "foresight_hindsight": "foresight, in hindsight",
    "by_ties_hindsight": "baseline, in hindsight: ties across a border", "by_nationals_hindsight": "baseline, in hindsight: nationals",
    "chance_hindsight": "chance, in hindsight",
}  # fmt: skip


LOOKS = ("mechanism", "foresight", "mechanism_hindsight", "foresight_hindsight")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    return "\n".join([*lines, *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)])


def page(case: Case) -> str:
    """The whole page."""
    graph = case.graph
    cases = documented(graph)
    eve = setting(as_now(case.file, Lens.of(known_by=EVE)), known_by=EVE)
    eligible = [found for found in cases if found.sort == "eligible"]
    replayed = [run for found in eligible for run in replay(case.file, found, RULES)]
    parts = [
        HEAD, DEFINITIONS, _declared(eve), _eve(eve), _sorted(cases), _replay(graph, replayed), _claim(replayed),
        _controls(graph, cases), _power(), _limits(),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


HEAD = """# The sharing gap

`isthmus gap` lists what one country held, another lacked and would have wanted to know; `isthmus knowable DATE` shows
what some countries could see on a day. This page says what the words mean, how the method does on the documented cases
of the shipped case, and how large a gap has to be to be found. It is written by `bench/sharing_record.py`; every
figure on it is computed.

```console
$ isthmus gap --known-by 2015-11-12                                    # exchanges, the largest first
$ isthmus gap --known-by 2015-11-12 --table statements                 # each opened into its statements
$ isthmus gap --known-by 2015-11-12 --toward "Salah Abdeslam" --needer FR
$ isthmus gap --known-by 2015-11-12 --among BE,FR,DE,TR --exchanges 3  # greedy list, and the exact best set
$ isthmus knowable 2015-11-12 --holders FR --toward paris-attacks-2015 --hindsight
```"""

DEFINITIONS = """## Words

- **Holding**: what a country, or a body of it, collected or was told. Where none is declared, a named rule gives one.
  `arresting`: the state that arrests or tries someone holds, from that day, what is said of that person and had
  certainly begun. `territory`: a country holds, from its end, what is said of an event on its soil and of those in it.
  `each-side`: each side's country holds a fact across a border with chance *q*, and surely what lies within it.
  `declared` adds nothing. `nationality` closes gaps by construction: an upper bound, never a headline. A declared
  *not held* by a country is stronger than a rule. A shared membership is seen by who holds both; two may pool it.
- **Interest**: a country would want to know of its nationals, its residents, people it already holds, and threats on
  its territory that have begun. `--need all` lifts the limit.
- **By a day**: what was held then, whenever it became public. A date given as a month counts from its last day; an
  undated holding counts at no day. Identities are those known by then.
- **Exchange a → b**: facts that a holds, b does not, on someone b would want to know of, bearing on a value: `concern`
  (status, membership, direction, travel), `presence` (in a country), `threat`; or `pairs` of people across a border
  joined within `--within` steps. Beside it: `exclusive` (no third country has it), `yield` (relevant facts over all
  that would be handed over), `balanced` (over the square root of both holdings), `hits` (share that comparing
  pseudonyms alone would find: people of whom both hold something). Equals share their ranks.
- **Four parts**: of each want (one country, one item): seen by itself, only by exchange, by nobody, rule silent. Of
  pairs: by one country, only by pooling, by nobody, rule silent.
- **Credit**: Shapley value; exact to 12 parties and for items at any number, sampled beyond with its error."""


def _declared(eve: Setting) -> str:
    rows = list(coverage.declared(eve.ledger).items())
    top = coverage.sources(eve)[:8]
    return "\n\n".join(
        [
            "## How little is declared",
            "Of the record as it is now, on the eve of 13 November 2015:",
            table(["holdings", "cover"], rows),
            "Sources by country: facts on its nationals, residents and territory, and the languages of the sources.",
            table(["country", "facts", "sources", "languages"], [list(row.values()) for row in top]),
        ]
    )


def _eve(eve: Setting) -> str:
    words = Words(eve.facts)
    columns, _ = TABLES["exchanges"](eve, words, 1)
    names = ["rank", "from", "to", "gain", "declared", "exclusive", "yield", "hits", "people"]
    first = zip(*(columns[name][:10] for name in names), strict=True)
    outcomes = spread.side_by_side(eve, draws=10)
    parties = len(eve.parties)
    credit = standing(eve)
    order = np.argsort(-credit.credit.value)[:6]
    reached = [f"{saturation(chains(eve), steps):.0%} within {steps}" for steps in (1, 2, 3, 4)]
    correlation = float(np.corrcoef(credit.credit.value, credit.share)[0, 1])
    return "\n\n".join(
        [
            "## The eve of 13 November 2015",
            f"{len(columns['rank'])} of {parties * (parties - 1)} exchanges between {parties} countries are not zero under rule "
            "arresting with declared holdings, in the record as it is now (`--hindsight`). The first ten:",
            table(names, [[_cell(value) for value in row] for row in first]),
            f"Every rule on the same facts ({spread.rule_of_first(outcomes, 'arresting')}):",
            table(
                ["rule", "not zero", "first (gain)", "seen by itself", "by exchange", "by nobody", "rule silent"],
                [[o.rule, _cell(o.not_zero), f"{o.first} ({o.gain:.3g})", *(f"{share:.0%}" for share in
                  (o.seen, o.pooling, o.nobody, o.silent))] for o in outcomes],
            ),
            f"Of the connected pairs across a border, {', '.join(reached)} steps: above 90 % pairs measure size.",
            f"Credit mostly repeats the share of holdings (correlation {correlation:.2f}), so it never stands alone:",
            table(["country", "credit (items)", "share of credit", "share of holdings"],
                  [[eve.parties[i], f"{credit.credit.value[i]:.1f}",
                    f"{credit.credit.value[i] / credit.credit.value.sum():.0%}", f"{credit.share[i]:.0%}"]
                   for i in order]),
        ]
    )  # fmt: skip


def _cell(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _sorted(cases: list[Documented]) -> str:
    across = [found for found in cases if found.sort not in ("internal", "positive control")]
    rows = []
    for sort in SORTS:
        mine = [found for found in cases if found.sort == sort]
        rows.append([sort, len(mine), ", ".join(f"{f.holder} → {f.needer}" for f in mine) or "none"])
    eligible = sum(found.sort == "eligible" for found in cases)
    internal = sum(found.sort == "internal" for found in cases)
    failures = len(cases) - sum(found.sort == "positive control" for found in cases)
    return "\n\n".join(
        [
            "## The documented cases, sorted first",
            "Only a case with a gap, a named person, and knowledge before the outcome can be replayed. Sorted by what "
            "each record says and by nothing else; the rule was set after a first look at a replay, and setting it moved one "
            "case out that had ranked first and one in that had not. A case whose sharing the record calls unclear counts as not shared.",
            table(["sort", "cases", "holder → needer"], rows),
            f"{eligible} of {len(across)} failures across a border are eligible. {internal} of {failures} failures lay "
            "inside one country, between its bodies: no exchange between countries would have helped.",
        ]
    )


def _replay(graph: Graph, replayed: list[Replayed]) -> str:
    main = [run for run in replayed if run.rule == "arresting"]
    pairs = Counter((run.case.holder, run.case.needer) for run in main)
    (pair, count) = min(pairs.items(), key=lambda item: (-item[1], item[0]))
    without = [run for run in main if (run.case.holder, run.case.needer) != pair]
    release = released_graph(graph)  # this page leaves: who has no basis stands by role and country
    labels = release.entities["label"]
    by_rule = [
        [rule, *(_mean([run for run in replayed if run.rule == rule], name) for name in LOOKS)] for rule in RULES
    ]
    return "\n\n".join(
        [
            "## Replay: does the documented holder come first?",
            "Each eligible case is asked on the eve of its outcome (on the day, if it was known only then): given the "
            "needer and the people, whom should it ask? The figure is the expected reciprocal rank of the documented "
            "holder. Mechanism keeps the case's own row: it shows that the machinery reads holdings, and no more. "
            "Foresight leaves out its row and every statement that rests only on its sources.",
            "Each is looked at twice: through the lens of that day (what was declared held or public by then), and in the "
            "record as it is now, in columns that end in _hindsight, the baselines too. Through the lens much of what a "
            "rule would presume held is out of view, since its sources came later.",
            table(["holder → needer", "on", "people", *QUESTIONS],
                  [[f"{run.case.holder} → {run.case.needer}", iso(run.case.day),
                    ", ".join(_shown(release, graph, person, labels) for person in run.case.people),
                    *(f"{getattr(run, name):.2f}" for name in QUESTIONS)] for run in main]),
            f"Mean reciprocal rank with a 95 % bootstrap interval over cases; n = {len(main)}, and n = {len(without)} "
            f"without the commonest pair ({pair[0]} → {pair[1]}, {count} cases).",
            table(["ranked by", "all", f"without {pair[0]} → {pair[1]}"],
                  [[text, _mean(main, name), _mean(without, name)] for name, text in QUESTIONS.items()]),
            "The same under every rule:",
            table(["rule", *LOOKS], by_rule),
            "What each case without its own row teaches, in hindsight:",
            "\n".join(f"- {run.case.holder} → {run.case.needer}, {iso(run.case.day)}: {run.lesson_hindsight}." for run in main),
        ]
    )  # fmt: skip


def _shown(release: Graph, graph: Graph, person: str, labels: Any) -> str:
    at = release.place(person)
    at = release.index(handle(graph.file, person)) if at is None else at
    return str(labels[at]).partition(" [")[0]


def _values(runs: list[Replayed], name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([getattr(run, name) for run in runs], dtype=float)


def _mean(runs: list[Replayed], name: str) -> str:
    values = _values(runs, name)
    low, high = interval(values)
    return f"{values.mean():.2f} ({low:.2f}–{high:.2f})"


def _claim(replayed: list[Replayed]) -> str:
    """What the intervals allow to be said."""
    main = [run for run in replayed if run.rule == "arresting"]
    rows = []
    for name in ("by_nationals_hindsight", "by_ties_hindsight", "chance_hindsight"):
        gained = _values(main, "foresight_hindsight") - _values(main, name)
        (low, high), flips = interval(gained), sign_flips(gained)
        shown = (low > 0 or high < 0) and flips < SURE
        verdict = ("better" if low > 0 else "worse") if shown else "not shown to differ"
        rows.append([QUESTIONS[name].removeprefix("baseline, in hindsight: "), f"{gained.mean():+.2f}", f"{low:+.2f} to {high:+.2f}",
                     f"{flips:.2f}", verdict])  # fmt: skip
    return "\n\n".join(
        [
            "## What may be claimed",
            f"In hindsight, with n = {len(main)}, foresight less each baseline in mean reciprocal rank, paired by case. A bootstrap "
            "interval over so few cases is too narrow, so a difference counts as shown only if the exact test by "
            f"flipping signs is under {SURE} too.",
            table(["foresight less", "difference", "95 % interval", "sign flips", "so"], rows),
            "Where no difference is shown the method orders questions and predicts nothing. Where nothing but the "
            "case's own row says that a country held something, no method that reads holdings can find it.",
        ]
    )


def _controls(graph: Graph, cases: list[Documented]) -> str:
    rows = []
    for found in cases:
        if found.sort == "positive control":
            mine = graph.holdings[(graph.holdings["group"] == found.id) & (graph.holdings["country"] == found.needer)]
            certain, possible = mine["start"].min() <= found.outcome, mine["start_first"].min() <= found.outcome_last
            seen = "yes" if certain else "possibly: the day is given as a year or month" if possible else "no"
            rows.append([f"{found.holder} → {found.needer}", iso(found.outcome_last), found.category, seen])
    counts = Counter(row[-1].split(":")[0] for row in rows)
    return "\n\n".join(
        [
            "## Positive controls",
            f"Cases in which sharing worked: of {len(rows)}, {counts['yes']} come out as seen by the needer by the day of "
            f"the outcome, {counts['possibly']} possibly, {counts['no']} not.",
            table(["holder → needer", "outcome", "category", "seen in time"], rows),
        ]
    )


def _power() -> str:
    plan = Plan()
    names = {"size": "facts in the hidden channel", "missing": "share of facts missing",
             "wrong": "share of holdings given to the wrong country",
             "value": "share of the channel that bears on the value"}  # fmt: skip
    rows = [
        [names[name], _cell(float(level)), f"{found.first:.0%} ± {1.96 * found.error:.0%}", f"{found.reciprocal:.2f}"]
        for name, level, found in sweep(plan, draws=DRAWS)
    ]
    return "\n\n".join(
        [
            "## Power: how large a gap has to be",
            f"Made-up cases of {plan.people} people, {plan.countries} countries and {plan.facts} facts, with one hidden "
            f"channel of {plan.size} facts unless varied; {DRAWS} draws a row. Found means that it ranks first of "
            f"{plan.countries * (plan.countries - 1)} exchanges. The made-up holdings are simpler than real ones: read "
            "the slope, not the level.",
            table(["varied", "level", "found", "mean reciprocal rank"], rows),
        ]
    )


def _limits() -> str:
    return "\n\n".join(
        [
            "## What it does not show",
            "\n".join(
                f"- {text.removeprefix('What it does not show: ')[:1].upper()}{text.removeprefix('What it does not show: ')[1:]}"
                for text in NOT_SHOWN
            ),
        ]
    )


def main() -> None:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs" / "sharing-gap.md")
    with tempfile.TemporaryDirectory() as folder, Case.create(Path(folder) / "shipped.case") as case:
        load_shipped(case.file)
        target.write_text(page(case), encoding="utf-8")


if __name__ == "__main__":
    main()
