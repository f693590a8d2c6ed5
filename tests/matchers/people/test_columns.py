"""What columns hold."""

from __future__ import annotations

from matchers.people.columns import Columns, find
from matchers.people.fold import fold
from tests.matchers.people.crowd import engine, people
from watcher.api import Field

CROWD = people(40)
LEXICON = engine(CROWD).lexicon


def columns(*rows: list[str], header: tuple[str, ...] = ()) -> Columns:
    return find([(row, [fold(cell) for cell in row]) for row in rows], header, LEXICON)


def test_by_headings_in_any_of_the_first_rows() -> None:
    found = columns(
        ["Strength return"], [""], ["Surname", "Initials", "Rank"], ["Smith", "J", "PC"]
    )
    assert found.of == {0: Field.SURNAME, 1: Field.INITIALS, 2: Field.RANK}
    assert (found.headed, found.body) == (True, 3)
    assert found.names() == ("surname", "initials", "rank")


def test_by_the_header_of_an_earlier_window() -> None:
    found = columns(["Smith", "J"], header=("Surname", "Initials"))
    assert (found.of[0], found.body) == (Field.SURNAME, 0)


def test_without_headings_by_what_they_hold() -> None:
    rows = [
        [person.surname, person.forename, "Sgt", person.numbers[1][1], person.emails[0], "MV"]
        for person in CROWD
    ]
    found = columns(*rows)
    assert found.of == {
        0: Field.SURNAME, 1: Field.FORENAME, 2: Field.RANK, 4: Field.EMAIL, 5: Field.VETTING,
    }  # fmt: skip
    assert found.guessed_ids == {3}
    assert not found.headed


def test_a_column_of_vetting_levels_is_one_whatever_its_heading() -> None:
    rows = [["Name", "Notes"], *([f"Una {person.surname}", "NPPV3"] for person in CROWD[:8])]
    assert columns(*rows).of[1] is Field.VETTING


def test_nothing_at_all() -> None:
    assert columns().of == {}
    assert columns([""], [""]).of == {}
