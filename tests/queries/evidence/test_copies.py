from __future__ import annotations

import numpy as np
import pytest

from isthmus.queries.evidence.copies import copies

WORDS = [f"word{number}" for number in range(400)]


def story(random: np.random.Generator, length: int = 120) -> list[str]:
    return [str(word) for word in random.choice(WORDS, length)]


def edited(text: list[str], random: np.random.Generator, share: float) -> list[str]:
    """Words exchanged, as a desk does that reprints an agency's story."""
    other = list(text)
    for at in random.choice(len(text), round(share * len(text)), replace=False):
        other[at] = str(random.choice(WORDS))
    return other


def test_edited_copies_are_found_and_other_stories_are_not() -> None:
    random = np.random.default_rng(3)
    originals = [story(random) for _ in range(60)]
    texts = originals + [edited(text, random, 0.03) for text in originals] + [story(random) for _ in range(60)]
    day = np.full(len(texts), 735_000)
    found = {(pair.left, pair.right) for pair in copies(texts=[" ".join(t) for t in texts], first=day, last=day,
                                                        groups=[str(at) for at in range(len(texts))])}  # fmt: skip
    true = {(at, at + 60) for at in range(60)}
    assert len(found & true) / len(true) >= 0.9
    assert found <= true


@pytest.mark.parametrize(("apart", "expected"), [(0, 1), (3, 1), (4, 0)])
def test_only_within_72_hours(apart: int, expected: int) -> None:
    text = " ".join(story(np.random.default_rng(1)))
    day = np.array([735_000, 735_000 + apart])
    assert len(copies([text, text], day, day, ["a", "b"])) == expected


def test_a_source_is_no_copy_of_itself_and_rows_and_short_texts_say_nothing() -> None:
    text, row = (
        " ".join(story(np.random.default_rng(1))),
        "; ".join(f"field{at}: value number {at}" for at in range(20)),
    )
    day = np.zeros(2, dtype=np.int64)
    assert copies([text, text], day, day, ["a", "a"]) == []
    assert copies([row, row], day, day, ["a", "b"]) == []
    assert copies(["he was arrested in Athens"] * 2, day, day, ["a", "b"]) == []
    assert copies([text, text], day, day, ["a", "b"])[0].alike == 1
