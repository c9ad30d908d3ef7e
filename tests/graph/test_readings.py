"""How ties read: each reading names one tie and one direction, so that no sentence can be read backwards."""

from __future__ import annotations

from collections import Counter

from isthmus.graph.schema import schema


def test_every_reading_names_one_tie_in_one_direction() -> None:
    ways = [(tie, back) for tie in schema().ties for back in (False, True) if not (back and schema().symmetric(tie))]
    words = Counter(schema().reading(tie, backward=back).replace("_", " ") for tie, back in ways)
    assert [word for word, count in words.items() if count > 1] == []
    assert len(ways) > len(schema().ties) + 30


def test_a_symmetric_tie_reads_the_same_from_both_ends() -> None:
    symmetric = [tie for tie in schema().ties if schema().symmetric(tie)]
    assert len(symmetric) > 15
    for tie in symmetric:
        assert schema().reading(tie, backward=True) == schema().reading(tie) == tie
        assert schema().ties[tie].reads == tie.replace("_", " ")
