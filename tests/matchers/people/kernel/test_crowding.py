"""How dense enrolled numbers are around one."""

from __future__ import annotations

import random

from matchers.people.kernel.compile import i8
from matchers.people.kernel.crowding import BLOCK, NEIGHBOURS, crowd, crowded
from tests.matchers.people.kernel.windows import numbered, otherwise


def agree(count: int, dice: random.Random) -> None:
    """
    The share of the sixteen on either side that are enrolled, those below 0 being 0.

    Whatever was asked before, where the number of digits changes, and where two
    blocks of numbers would be remembered in one place.
    """
    values = {*range(50_000, 50_200), 90_000, 3, 0, *range(9_990, 10_020, 3), 99, 100, 10**14 - 1}
    values |= {dice.randrange(10 ** dice.randrange(1, 15)) for _ in range(100)}
    known, remembered = numbered(*map(str, values)), crowd()
    far = remembered.block.size * BLOCK
    near = sorted(values)
    for _ in range(count):
        core = max(0, dice.choice(near) + dice.randrange(-40, 40) + far * dice.choice((0, 0, 1)))
        steps = [max(0, core + step) for step in range(-NEIGHBOURS, NEIGHBOURS + 1) if step]
        expected = sum(each in values for each in steps) / (2 * NEIGHBOURS)
        assert crowded(known, remembered, i8(core)) == expected, core
        assert crowded(known, crowd(), i8(core)) == expected, core
    assert crowded(known, remembered, i8(-1)) == 0


def test_neighbours_show_how_dense_it_is() -> None:
    agree(1000, random.Random(1))


def test_the_same_interpreted() -> None:
    otherwise(__name__, 20, NUMBA_DISABLE_JIT="1")


def test_within_bounds() -> None:
    otherwise(__name__, 200, NUMBA_BOUNDSCHECK="1")
