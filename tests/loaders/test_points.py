from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.record.rows import DENIED, Claim
from isthmus.loaders import run
from isthmus.loaders.points import doubts, odd
from tests.cli.run import isthmus
from tests.loaders.direct import read

if TYPE_CHECKING:
    from isthmus.case import Case

FIELD = Path(__file__).parents[1] / "field"


@pytest.mark.parametrize(
    ("lat", "lon", "codes"),
    [(48.85, 2.35, ["FR"]), (51.22, 2.9, ["BE"]),  # Ostend, on the coast
     (35.29, -2.94, ["ES"]),  # Melilla
     (4.92, -52.31, ["FR"]), (28.46, -16.25, ["ES"]),  # Cayenne, the Canaries
     (44.95, 34.1, ["UA"]), (44.95, 34.1, ["RU"]), (42.66, 21.17, ["RS"]), (42.66, 21.17, ["XK"]),
     (27.15, -13.2, ["MA"]), (27.15, -13.2, ["EH"]), (-18.14, 178.44, ["FJ"]), (66.0, -171.0, ["RU"]),
     (50.6, 5.6, ["FR", "BE"]),  # in one of two
     (2.35, 48.85, []), (2.35, 48.85, ["SU"])],  # no country, or a state without a box
)  # fmt: skip
def test_points_in_order(lat: float, lon: float, codes: list[str]) -> None:
    assert odd(lat, lon, codes) == ""


@pytest.mark.parametrize(
    ("lat", "lon", "codes", "says"),
    [(2.35, 48.85, ["FR"], "48.85,2.35 would: are latitude and longitude exchanged"),
     (34.02, 6.83, ["MA"], "34.02,-6.83 would: is a sign lost"),
     (33.3, 44.4, ["FR", "BE"], "does not lie in France or Belgium; correct"),
     (0, 0, [], "stands for none"), (0, 0, ["FR"], "stands for none"),
     (51.5, -0.1, ["RU"], "does not lie in Russia")],
)  # fmt: skip
def test_odd_points(lat: float, lon: float, codes: list[str], says: str) -> None:
    assert says in odd(lat, lon, codes)


def test_a_denied_place_and_another_subject_say_nothing() -> None:
    point = Claim("r", "e", "coordinates", "48.85,2.35")
    away = Claim("r", "e", "occurred_in", "IQ")
    assert [doubt.subject for doubt in doubts([point, away])] == ["e"]
    assert not list(doubts([point, away._replace(polarity=DENIED)]))
    assert not list(doubts([point, away._replace(subject="other")]))


def test_points_are_told_by_name_and_kept(case: Case) -> None:
    done = run("tables", [FIELD / "map_places" / "data"], case.file, options={"quarantine_share": "0.5"})
    told = [notice for notice in done.tally.notices if "point" in notice]
    assert [notice.partition(":  ")[0][:15] for notice in told] == [f"events.csv:{line}: e" for line in (5, 6, 7)]
    assert done.tally.quarantined == 5
    points = {row.subject: row.value for row in case.rows("claims") if row.property == "coordinates"}
    assert points["e4"] == "2.35,48.85"
    assert sorted(points) == ["e1", "e2", "e3", "e4", "e5", "e6"]


def test_checking_names_every_odd_point(tmp_path: Path) -> None:
    done = isthmus("load", "tables", FIELD / "map_places" / "data", "--check", "--case", tmp_path / "x.case")
    assert done.returncode == 1
    faults = done.stdout.splitlines()
    for line, name in ((5, "exchanged"), (6, "stands for none"), (7, "sign lost"), (10, "outside the earth"),
                       (12, "outside the earth")):  # fmt: skip
        assert any(fault.startswith(f"events.csv:{line}: ") and name in fault for fault in faults)


def test_a_point_outside_the_earth_is_set_aside() -> None:
    found = read("acled", FIELD / "acled_swapped" / "data" / "acled.csv")
    assert (found.tally.loaded, found.tally.quarantined) == (61, 1)
    assert list(found.tally.reasons) == ["latitude 142.95, longitude 14.8 lie outside the earth"]
    assert not [notice for notice in found.tally.notices if "point" in notice]


def test_many_odd_points_are_counted(tmp_path: Path, case: Case) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for name in ("events.csv", "sources.csv"):
        (folder / name).write_text((FIELD / "map_places" / "data" / name).read_text("utf-8"), "utf-8")
    with (folder / "events.csv").open(newline="", encoding="utf-8") as stream:
        head, *rows = csv.reader(stream)
    with (folder / "events.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([head, *([f"x{at}", *rows[3][1:]] for at in range(30))])
    notices = run("tables", [folder], case.file).tally.notices
    assert sum("does not lie" in notice for notice in notices) == 10
    assert notices["further rows with a point in doubt"] == 20


@pytest.mark.external
def test_real_points_raise_no_alarm_and_exchanged_ones_do(external: Path, tmp_path: Path) -> None:
    path = external / "acled_world_may_2020" / "acled.csv"
    assert not [notice for notice in read("acled", path).tally.notices if "point" in notice]
    turned = tmp_path / "acled.csv"
    with path.open(newline="", encoding="utf-8") as source, turned.open("w", newline="", encoding="utf-8") as out:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(out, rows.fieldnames or [])
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "latitude": row["longitude"], "longitude": row["latitude"]})
    tally = read("acled", turned, quarantine_share="1").tally
    told = sum(count for notice, count in tally.notices.items() if "point" in notice)
    assert told + tally.quarantined > 0.9 * tally.read
