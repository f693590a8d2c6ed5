"""Tables drawn with signs."""

from __future__ import annotations

import pytest

from matchers.people.forms import tables
from tests.matchers.people.forms.shown import read
from watcher.api import Part

ROWS = [["Surname", "Rank", "Pay No"], ["Quigley", "PC", "4401"], ["O'Neil", "", "4402"]]


@pytest.mark.parametrize(
    "text",
    [
        "| Surname | Rank | Pay No |\n|:---|:---:|---|\n| Quigley | PC | 4401 |\n| O'Neil | | 4402 |",
        "Surname | Rank | Pay No\n--- | --- | ---\nQuigley | PC | 4401\nO'Neil | | 4402",
        (
            "+---------+------+--------+\n| Surname | Rank | Pay No |\n+---------+------+--------+\n"
            "| Quigley | PC   |   4401 |\n| O'Neil  |      |   4402 |\n+---------+------+--------+\n2 rows in set"
        ),
        " Surname | Rank | Pay No \n---------+------+--------\n Quigley | PC   |   4401\n O'Neil  |      |   4402\n(2 rows)",
        (
            "┌─────────┬──────┬────────┐\n│ Surname │ Rank │ Pay No │\n├─────────┼──────┼────────┤\n"
            "│ Quigley │ PC   │ 4401   │\n│ O'Neil  │      │ 4402   │\n└─────────┴──────┴────────┘"
        ),
    ],
    ids=["markdown", "bare", "mysql", "postgresql", "drawn"],
)
def test_one_table_however_it_is_drawn(text: str) -> None:
    """Rules and borders are no rows; what stands around stays."""
    found, rest = read(f"before\n\n{text}\n\nafter")
    assert found == [ROWS]
    assert rest.startswith("before\n")
    assert rest.endswith("\nafter")


def test_rows_keep_their_lines_and_columns() -> None:
    """An empty cell is a cell."""
    text = "x\n| Surname | Rank |\n|---|---|\n| Quigley | PC |\n|---|---|\n| Inskip | PS |\n"
    (table,), _ = tables(Part(where="", text=text))
    assert table.numbers[1:] == (4, 6)


@pytest.mark.parametrize(
    "text",
    ["cat name | sort | uniq\nls | wc", "a || b\n-----\nc | d", "| x | y |\n|---|---|\n| 1 | 2 |"],
)
def test_programs_and_other_tables_are_left_alone(text: str) -> None:
    """Nobody is named in them."""
    part = Part(where="", text=text)
    assert tables(part) == ([], part)
