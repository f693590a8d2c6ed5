"""Rolls, counted."""

from __future__ import annotations

from matchers.people.rolls import Count
from watcher.api import Family, Part


def test_one_place_for_each_row_and_equal_rows_have_equal_keys() -> None:
    count = Count(Family.NAME)
    count.add(b"john smith", 0.5, 3, hit=True)
    count.add(b"una inskip", 0.0, 4, hit=False)
    count.add(b"john smith", 0.5, 9, hit=True)
    roll = count.roll(Part(where="w", text="", hidden=True, echo=True), (1, 2), ("name",))
    assert roll is not None
    assert roll.keys[0] == roll.keys[2] != roll.keys[1]
    assert (list(roll.chance), list(roll.hit), list(roll.numbers)) == (
        [0.5, 0.0, 0.5], [1, 0, 1], [3, 4, 9],
    )  # fmt: skip
    assert (roll.where, roll.columns, roll.hidden, roll.echo) == ("w", ("name",), True, True)


def test_keys_are_keyed() -> None:
    count = Count(Family.NAME)
    count.add(b"john smith", 0.5, 3, hit=True)
    part = Part(where="", text="")
    one, two = count.roll(part, (1, 2)), count.roll(part, (1, 3))
    assert one is not None
    assert two is not None
    assert one.keys != two.keys


def test_nothing_counted_is_no_roll() -> None:
    assert Count(Family.MAIL).roll(Part(where="", text=""), (1, 2)) is None
