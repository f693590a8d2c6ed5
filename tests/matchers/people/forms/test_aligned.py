"""Columns of fixed width."""

from __future__ import annotations

import pytest

from tests.matchers.people.forms.shown import read

LISTING = """Strength on 1 May

Surname          Forename      Rank        Pay No
-------------------------------------------------
Quigley          Ann Ottilie   Sergeant      4401
O'Callaghan-Lee  Bob                         4402
Inskip           Una           Constable     4403

Printed by the system
"""
ROWS = [
    ["Surname", "Forename", "Rank", "Pay No"],
    ["Quigley", "Ann Ottilie", "Sergeant", "4401"],
    ["O'Callaghan-Lee", "Bob", "", "4402"],
    ["Inskip", "Una", "Constable", "4403"],
]


def test_columns_are_told_by_their_headings_and_gaps() -> None:
    """Empty cells stay empty, numbers may stand right; what stands around stays."""
    found, rest = read(LISTING)
    assert found == [ROWS]
    assert rest.startswith("Strength on 1 May\n")
    assert rest.endswith("\nPrinted by the system\n")


def test_tabs_and_windows_line_ends_change_nothing() -> None:
    """A tab reaches to the next eighth column."""
    text = "Name            Rank    Unit\r\nAnn Quigley\tPC\tRoads\r\nBob Inskip\tPS\tDogs\r\n"
    (table,), _ = read(text)
    assert table == [
        ["Name", "Rank", "Unit"],
        ["Ann Quigley", "PC", "Roads"],
        ["Bob Inskip", "PS", "Dogs"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The name  of the officer  is not known.\nNothing  else\nis  here",
        "name      size   date\na.txt     10     today\nb.txt     20     today\n",
        "Surname   Rank\n\n\nnothing below",
    ],
)
def test_prose_and_listings_are_left_alone(text: str) -> None:
    """Two spaces are not a table."""
    assert read(text)[0] == []


def test_a_line_that_writes_across_a_gap_stays_a_line() -> None:
    """Cut at the gap its name would be another's."""
    lines = [f"Quigley{at:<10}Ann{at:<11}{4400 + at}" for at in range(40)]
    long = "Abercrombie-Fitzwilliam Una     4499"
    text = "\n".join(("Surname          Forename      Pay No", *lines[:20], long, *lines[20:]))
    (table,), rest = read(text)
    assert len(table) == 41
    assert rest.strip() == long
