"""What a window counted."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.counting import MOST_VALUES, Rolls
from matchers.people.desk import Desk
from matchers.people.kernel import lines
from tests.matchers.people.crowd import OTHER, engine, people, recogniser
from watcher.api import Family, Part

CROWD = people(40)
ENGINE = engine(CROWD)
NAMES = [f"{person.forename} {person.surname}" for person in CROWD]
STRANGERS = [f"Una Nobody{one}{two}ham" for one in "bcdfg" for two in "klmnp"]


def laid_out(*entries: str) -> Desk:
    """A desk with a list of these."""
    desk = ENGINE.desk()

    def work() -> None:
        cls = desk.lay_out("\n".join(entries))
        pieces, _ = desk.pieces(cls)
        lines.shapes(
            pieces, desk.words, desk.tokens, desk.public, desk.numbers, desk.mails, desk.chosen[0],
            desk.rank, desk.wanted,
        )  # fmt: skip
        lines.listed(pieces)
        lines.read(pieces, 0, desk.tokens, desk.numbers, desk.mails, desk.wanted, desk.rows)
        desk.ask()
        desk.settle(desk.numbers)

    desk.until_it_fits(work)
    return desk


@pytest.mark.parametrize(("ours", "others", "promising"), [(12, 0, True), (12, 20, True), (1, 20, False), (0, 20, False)])  # fmt: skip
def test_a_list_of_ours_promises(ours: int, others: int, promising: bool) -> None:
    """More than chance would: not one of ours among strangers."""
    desk = laid_out(*STRANGERS[:others], *NAMES[:ours])
    rolls = Rolls(ENGINE, desk, Part(where="", text=""))
    rolls.names(desk.rows)
    assert rolls.promising is promising
    (roll,) = rolls.found
    assert (roll.family, roll.entries) == (Family.NAME, ours + others)


def test_what_is_not_there_is_no_roll() -> None:
    desk = laid_out(*NAMES[:9])
    rolls = Rolls(ENGINE, desk, Part(where="", text=""))
    rolls.mails(desk.rows)
    rolls.numbers(desk.rows, desk.numbers, -2)
    assert rolls.found == ()
    assert not rolls.promising


def test_rows_are_grouped_by_the_value_of_a_column() -> None:
    """Each hit's value, and how many distinct rows without a match had each."""
    desk = laid_out(*NAMES[:3], *STRANGERS[:5], STRANGERS[0])
    values = np.array([7, 7, 0, 7, 8, 8, 8, 0, 7], dtype=np.uint64) << np.uint64(32)
    rolls = Rolls(ENGINE, desk, Part(where="", text=""), values={4: values})
    rolls.names(desk.rows)
    (segment,) = rolls.found[0].segments
    (group,) = segment.groups
    assert group.column == 4
    assert [value >> 32 for value in group.values] == [7, 7, 0]
    told = {value >> 32: count for value, count in zip(group.missed, group.misses, strict=True)}
    assert told == {7: 1, 8: 3}


def test_a_column_of_too_many_values_groups_nothing() -> None:
    many = [
        f"Una Nobody{i:b}ham".replace("0", "k").replace("1", "m")
        for i in range(4096, 2 * 4096 + 99)
    ]
    desk = laid_out(*many)
    assert desk.rows.count[0] == len(many) > MOST_VALUES
    values = np.arange(1, len(many) + 1, dtype=np.uint64) << np.uint64(21)
    rolls = Rolls(ENGINE, desk, Part(where="", text=""), values={0: values})
    rolls.names(desk.rows)
    assert rolls.found[0].segments[0].groups == ()


def test_rows_are_known_by_keyed_hashes() -> None:
    """Equal rows of two windows have equal keys; under another key they have others."""
    part = Part(where="", text="\n".join(NAMES[:9]))
    once, again = (recogniser(CROWD).match(part).rolls[0].segments[0] for _ in range(2))
    other = recogniser(CROWD, OTHER).match(part).rolls[0].segments[0]
    assert once.keys == again.keys
    assert not set(once.keys) & set(other.keys)


def test_what_lists_hold_and_what_text_holds_is_counted_in_the_order_of_the_text() -> None:
    """Addresses and numbers too: a list's first row stands before its last."""
    said = "Somebody then wrote to {} about the pay number {} and got no answer from them at all."
    lines = [said.format(person.emails[0], person.numbers[0][1]) for person in CROWD[:6]]
    listed = [f"{person.emails[0]}, {person.numbers[0][1]}" for person in CROWD[6:18]]
    text = "\n\n".join(lines[:3]) + "\n\n" + "\n".join(listed) + "\n\n" + "\n\n".join(lines[3:])
    rolls = {roll.family: roll for roll in recogniser(CROWD).match(Part(where="", text=text)).rolls}
    for family in (Family.MAIL, Family.NUMBER):
        (segment,) = rolls[family].segments
        numbers = list(segment.numbers)
        assert len(numbers) == 18
        assert numbers == sorted(numbers)
        assert segment.first <= numbers[0] <= numbers[-1] <= segment.last
