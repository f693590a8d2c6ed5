"""The near names of one word."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.nearby import SURNAME, close


def counted(held: list[tuple[bool, int]], exact: tuple[int, int]) -> tuple[list[int], list[float]]:
    """The list that is left, and [forenames, surnames, their people, the greatest rate]."""
    near = np.array([name | SURNAME if last else name for last, name in held], dtype=np.int32)
    carriers = np.arange(100, dtype=np.uint32)
    rates = np.arange(100, dtype=np.float32) / 100
    of_fore, of_sur = np.zeros(2, np.int32), np.zeros(2, np.int32)
    people = np.zeros((2, 2), np.int64)
    rate = np.zeros(2, np.float32)
    end = close(
        near, np.array(exact, dtype=np.int32), carriers, carriers, rates, 0, near.size, 1,
        of_fore, of_sur, people[0], people[1], rate,
    )  # fmt: skip
    return near[:end].tolist(), [of_fore[1], of_sur[1], people[0, 1], people[1, 1], float(rate[1])]


names = st.lists(st.tuples(st.booleans(), st.integers(0, 99)), max_size=300)


@settings(max_examples=200, deadline=None)
@given(names, st.tuples(st.integers(-1, 99), st.integers(-1, 99)))
def test_forenames_then_surnames_rising_each_once(
    held: list[tuple[bool, int]], exact: tuple[int, int]
) -> None:
    """Without the exact ones; people and rates are those of what is left."""
    fore = sorted({name for last, name in held if not last} - {exact[0]})
    sur = sorted({name for last, name in held if last} - {exact[1]})
    left, counts = counted(held, exact)
    assert left == fore + sur
    assert counts[:4] == [len(fore), len(sur), sum(fore), sum(sur)]
    assert abs(counts[4] - max(sur, default=0) / 100) < 1e-6


def test_long_lists_are_sorted() -> None:
    dice = random.Random(1)
    held = [(dice.random() < 0.5, dice.randrange(100)) for _ in range(5000)]
    left, _ = counted(held, (-1, -1))
    assert left == [*range(100), *range(100)]
