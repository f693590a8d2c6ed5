"""Rows and cells of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.people.cutting import TABLE, Cut, sampled, separator
from watcher.api import CELL, ROW

PEOPLE = [("Golightly", "Imogen", "C5123456"), ("Inskip", "Fergus", "C5123457")] * 4


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_lines_cut_alike_are_rows(mark: str) -> None:
    cut = separator("\n".join(mark.join(row) for row in PEOPLE))
    assert cut == Cut(mark, "\n", quoted=True, usual=3)


def test_headings_make_a_table_of_two_lines() -> None:
    assert separator("Surname,Forename\nGolightly,Imogen") is not None
    assert separator("Golightly,Imogen\nInskip,Fergus") is None


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "one line, of, many, commas", "Golightly, Imogen\nInskip, Fergus\nOak, Ann",
     "It was, then,\nsaid of him that he, who\nhad come, left, and, as ever, was gone\nfor good"],
)  # fmt: skip
def test_other_lines_are_not(text: str) -> None:
    """`Surname, Forename` is a list of names: one comma says nothing."""
    assert separator(text) is None


def test_a_separator_in_quotes_cuts_nothing() -> None:
    cut = separator('Name,Pay No\n"Golightly, Imogen",C1\n"Inskip, Fergus",C2\n')
    assert cut is not None
    assert cut.usual == 2
    assert cut.cells('"Golightly, Imogen",C1') == ["Golightly, Imogen", "C1"]


def test_the_last_cell_of_a_table_ends_with_its_separator() -> None:
    assert TABLE.cells(f"a{CELL}b{CELL}") == ["a", "b"]
    assert TABLE.cells(f"a{CELL}{CELL}") == ["a", ""]
    assert TABLE.cells("") == [""]


def test_an_open_quote_is_no_error() -> None:
    assert Cut(",", "\n", quoted=True).cells('"a,b')


def test_a_sample_is_the_first_rows_and_some_of_all_others() -> None:
    """However long the table is."""
    rows = [f"row{i}" for i in range(5000)]
    plain = [cells[0] for cells, _ in sampled(ROW.join(rows), TABLE).rows]
    assert plain[:15] == rows[:15]
    assert plain == sorted(set(plain), key=rows.index)
    assert len(plain) < 300
    assert rows.index(plain[-1]) > 4900


@given(st.text("ab\x1e\x1f \n", max_size=60))
def test_a_sample_tells_its_width(text: str) -> None:
    """Cells of the longest row; folded cells beside the plain ones; no empty rows at the end."""
    sample = sampled(text, TABLE)
    assert sample.width == max((len(plain) for plain, _ in sample.rows), default=0)
    assert all(len(plain) == len(folded) for plain, folded in sample.rows)
    assert not sample.rows or any(cell.strip() for cell in sample.rows[-1][0])
