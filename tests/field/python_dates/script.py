import datetime

import isthmus

case = isthmus.open("out/isis_europe.case")
day = datetime.date(2015, 11, 12)
for ask in (
    lambda: case.through(known_by=day, holders=["FR"]).graph,
    lambda: case.through(valid=2015).graph,
    lambda: case.gap(known_by=day),
    lambda: case.knowable(day),
    lambda: case.cross_border(valid=day),
    lambda: case.changes(since=day),
    lambda: case.query("ties_valid_on", day=day),
):
    try:
        print("ok", type(ask()).__name__)
    except Exception as error:
        print(type(error).__name__, error)
