"""Tables that lie on their side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.turning import upright
from tests.matchers.people.crowd import officers, people, recogniser, table

CROWD = people(12)
READER = recogniser(CROWD)


def test_people_in_columns_are_found() -> None:
    part = table(
        ("Surname", *(each.surname for each in CROWD)),
        ("Forename", *(each.forename for each in CROWD)),
        ("Pay No", *(each.numbers[0][1] for each in CROWD)),
    )
    assert officers(READER.match(part)) == set(range(len(CROWD)))


def test_rows_of_other_lengths_keep_their_columns() -> None:
    """A cell that is missing is an empty one."""
    turned = upright(table(("Surname", "A", "B", "C", "D"), ("Forename", "E"), ("Rank", "", "PC")))
    assert turned.text == table(
        ("Surname", "Forename", "Rank"), ("A", "E", ""), ("B", "", "PC"), ("C", "", ""), ("D", "", "")
    ).text  # fmt: skip
    assert [turned.text[at] for at in turned.rows] == ["S", "A", "B", "C", "D"]


@given(st.integers(min_value=1, max_value=30), st.integers(min_value=1, max_value=6))
def test_a_table_that_stands_is_left_as_it_is(people: int, fields: int) -> None:
    """A heading over each column, however few people follow."""
    names = ["Surname", "Forename", "Rank", "Pay No", "Unit", "Email"][:fields]
    part = table(names, *(["x"] * fields for _ in range(people)))
    assert upright(part) is part


def test_a_wide_row_of_data_is_no_heading() -> None:
    part = table(("Smith", *"abcdefgh"), ("Jones", *"abcdefgh"), ("1987", *"abcdefgh"))
    assert upright(part) is part
