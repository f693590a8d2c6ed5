"""How likely numbers are those of the people beside them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.people.accidents import by_bits, in_rows
from matchers.people.kernel import arrays
from matchers.people.kernel.rows import added, rows
from watcher.api import Tally


def filled(*names: tuple[int, int, int]) -> list[float]:
    """The chances of rows (row of names, first number, stop); numbers of 1, 2 and 3 bits."""
    held, found, numbers = rows(8, 8), arrays.names(8, 8, 8), arrays.numbers(8)
    found.start[:3], found.stop[:3] = (0, 0, 1), (0, 1, 4)  # nobody, one officer, three
    numbers.bits[:3], numbers.count[0] = (1.0, 2.0, 3.0), 3
    for at, (name, first, stop) in enumerate(names):
        row = added(held, at, 0, 0)
        held.name[row], held.ids[0, row], held.ids[1, row] = name, first, stop
    return [float(p) for p in in_rows(held, found, numbers)]


def test_a_number_beside_a_name_of_ours_is_one_of_theirs_by_chance() -> None:
    """The more people carry the name, and the fewer numbers there are, the likelier."""
    assert filled((1, 1, 2)) == [pytest.approx(1 / 4)]
    assert filled((2, 1, 2)) == [pytest.approx(3 / 4)]
    assert filled((1, 2, 3)) == [pytest.approx(1 / 8)]


def test_each_number_of_a_row_is_a_chance() -> None:
    assert filled((1, 0, 3)) == [pytest.approx(1 / 2 + 1 / 4 + 1 / 8)]


def test_rows_without_a_name_of_ours_or_a_number_say_nothing() -> None:
    assert filled((0, 0, 3), (-1, 0, 3), (1, 2, 2)) == []
    assert filled() == []


@given(st.lists(st.floats(min_value=1e-15, max_value=50.0), max_size=20))
def test_many_are_summed_by_their_bits_as_one_by_one(chances: list[float]) -> None:
    assert by_bits(np.array(chances)) == pytest.approx(Tally.by_bits(chances))


@given(st.lists(st.floats(min_value=1e-15, max_value=50.0), max_size=20))
def test_a_share_of_them_weighs_less_and_is_no_rarer(chances: list[float]) -> None:
    """What happens in one record of four is as improbable when it does: it keeps its place."""
    whole = by_bits(np.array(chances))
    assert by_bits(np.array(chances), 0.25) == pytest.approx(whole / 4)
