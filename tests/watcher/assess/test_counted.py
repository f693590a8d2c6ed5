"""The hits of a roll in the order of its rows."""

from __future__ import annotations

from tests.watcher.assess.tallies import roll
from watcher.assess.counted import Counted, Hush
from watcher.model import Tally


def test_misses_are_counted_before_each_hit() -> None:
    """Across windows, in the order of their rows, with the chances that were missed."""
    windows = [
        roll([0, 0, 1, 0], chance=0.5),
        roll([0, 1, 1, 0, 0], first=5, chance=0.25),
        roll([0] * 3, first=10, chance=0.125),
        roll([1], first=13),
    ]
    (whole,) = Tally.total(Tally(rolls=(each,)) for each in reversed(windows)).rolls
    counted = Counted.of(whole)
    assert counted.number.tolist() == [3, 6, 7, 13]
    assert counted.before.tolist() == [2, 4, 4, 9]
    assert counted.missing.tolist() == [1.0, 1.75, 1.75, 2.625]
    assert (counted.misses, counted.expected, counted.rows) == (9, 2.625, 13)
    assert (counted.first, counted.last, counted.entries) == (1, 13, 13)


def test_hits_tell_whom_they_mean() -> None:
    """Those without officers are hits of nobody in particular."""
    counted = Counted.of(roll([1, 1, 0, 1], officers=[(4, 9), (), (), (7,)]))
    assert list(counted.people(counted.within(1, 4))) == [(1, [4, 9]), (4, [7])]
    assert list(counted.people(counted.within(2, 3))) == []


def test_a_public_officer_goes_without_a_trace() -> None:
    """Alone, the row goes; with namesakes, they stay; where the row says why, nobody goes."""
    plain = roll([1, 1, 0, 1], officers=[(4,), (4, 9), (), (4,)])
    counted = Counted.of(plain, Hush(public=frozenset({4}), kept={4: frozenset({4})}))
    assert list(counted.people(counted.within(1, 4))) == [(2, [9]), (4, [4])]
    assert (counted.rows, counted.hits, counted.entries, counted.hushed) == (3, 2, 3, (1,))
    assert counted.before.tolist() == [0, 1]


def test_an_empty_roll_has_nothing() -> None:
    counted = Counted.of(roll([]))
    assert (counted.rows, counted.hits, counted.entries) == (0, 0, 0)
