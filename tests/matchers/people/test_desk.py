"""One thread's arrays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.desk import Full
from matchers.people.kernel.arrays import POLICE
from tests.matchers.people.crowd import DOMAIN, engine, officers, people, recogniser, table
from watcher.api import Part

CROWD = people(20)
ENGINE = engine(CROWD)
SOMEBODY = CROWD[0]
NAMED = f"{SOMEBODY.forename} {SOMEBODY.surname}"
PAY = SOMEBODY.numbers[0][1]
PARTS = (
    Part(where="", text=f"Then PC {PAY} {NAMED} knocked, said the police."),
    Part(where="", text=f"{NAMED}\nUna Nobody\n{SOMEBODY.surname}, A\nUgo Noone\n"),
    Part(where="", text=f"{PAY}@{DOMAIN}\n{SOMEBODY.emails[0]}:hunter22\na@b.example\nx@y.example"),
    table(("Rank", "Pay No"), ("PC", PAY), ("Sgt", "C5999999")),
    table(("Email", "Grade"), (f"{PAY}@{DOMAIN}", "")),
    table(("Name", "Unit"), *([NAMED, "CID"] for _ in range(12))),
    table(("Menu", "Welcome to the page"), ("Home", f"PC {PAY} {NAMED} left.")),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=5))
def test_what_was_read_before_changes_nothing(parts: list[Part]) -> None:
    """Arrays are used again for each window: nothing stays in them."""
    reader = recogniser(CROWD)
    for part in parts:
        assert reader.match(part) == ALONE[PARTS.index(part)]


ALONE = [recogniser(CROWD).match(part) for part in PARTS]


def test_a_window_of_any_size_fits() -> None:
    """Rows, words, numbers and addresses beyond the room that there is at first."""
    rows = [
        f"{person.forename} {person.surname} {person.numbers[0][1]} {person.emails[0]} Xy{i}zzy"
        for i, person in enumerate(CROWD * 500)
    ]
    tally = recogniser(CROWD).match(Part(where="", text="\n".join(rows)))
    assert officers(tally) == set(range(20))
    assert {roll.entries for roll in tally.rolls} == {len(rows)}
    again = table(("Name", "Pay No"), *((f"{p.forename} {p.surname}", PAY) for p in CROWD * 500))
    assert {roll.entries for roll in recogniser(CROWD).match(again).rolls} == {len(rows)}


def test_work_is_done_again_until_it_fits() -> None:
    """With twice the room each time, and everything empty."""
    desk = ENGINE.desk()
    rooms: list[int] = []

    def work() -> int:
        assert not desk.rows.count[0]
        rooms.append(desk.rows.number.size)
        desk.rows.count[0] = 7
        desk.rows.full[0] = len(rooms) < 3
        return len(rooms)

    assert desk.until_it_fits(work) == 3
    assert rooms == [rooms[0], 2 * rooms[0], 4 * rooms[0]]
    assert desk.counted.key.size >= rooms[-1]


def test_what_does_not_fit_is_left_at_once() -> None:
    """Nothing is read any more from arrays that are filled in part: their rows still hold requests."""
    desk = ENGINE.desk()
    turns: list[int] = []

    def work() -> int:
        turns.append(1)
        desk.names.full[0] = len(turns) < 3
        desk.ask()
        return len(turns)

    assert desk.until_it_fits(work) == 3
    desk.names.full[0] = 1
    for step in (desk.ask, lambda: desk.settle(desk.numbers), lambda: desk.lay_out(NAMED)):
        with pytest.raises(Full):
            step()


def test_a_text_laid_out() -> None:
    """Folded, and its addresses, numbers and words in their order."""
    desk = ENGINE.desk()
    desk.begin()
    text = f"Then somebody wrote\nto {SOMEBODY.emails[0]} of {PAY}"
    cls = desk.lay_out(text)
    assert cls.size == len(text)
    assert (desk.mails.count[0], desk.numbers.count[0]) == (1, 1)
    assert desk.tokens.start[0] == 0
    assert not desk.says(POLICE)
    pieces, lines = desk.pieces(cls)
    assert (list(pieces.start), list(lines)) == ([0, 20, len(text)], [0, 1])


def test_police_is_said() -> None:
    desk = ENGINE.desk()
    desk.begin()
    desk.lay_out("the police said so")
    assert desk.says(POLICE)


def test_more_lines_than_there_is_room_for() -> None:
    desk = ENGINE.desk()
    desk.begin()
    text = "a\n" * 50_000
    pieces, lines = desk.pieces(desk.lay_out(text))
    assert pieces.start.size == len(lines) + 1 == 50_002
