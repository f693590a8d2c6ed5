"""Where cells lie."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.cutting import TABLE, Cut
from matchers.people.kernel.cells import row_at
from matchers.people.kernel.folding import fold
from tests.matchers.people.kernel.desks import i4

SEPARATED = Cut(",", "\n", quoted=True)
_cells = st.text(st.sampled_from("abC1 ,;'\"é"), max_size=6)


def cut(text: str, how: Cut, room: int = 16) -> list[list[str]]:
    """All rows of a text, each the text of its cells."""
    cls = fold(text)
    starts, ends = i4(*[0] * room), i4(*[0] * room)
    at, found = 0, []
    while at < cls.size:
        count, at = row_at(cls, at, cls.size, ord(how.cell), ord(how.row), how.quoted, starts, ends)
        found.append([text[starts[i] : ends[i]] for i in range(min(count, room))])
    return found


def written(cells: list[str]) -> str:
    """One row of separated values as RFC 4180 has it: quoted where it must be."""
    return ",".join(
        '"{}"'.format(cell.replace('"', '""')) if set(cell) & set(',"') else cell for cell in cells
    )


@settings(deadline=None)  # the first call may compile
@given(st.lists(st.lists(_cells, min_size=1, max_size=5), min_size=1, max_size=4))
def test_rows_are_cut_as_they_were_written(rows: list[list[str]]) -> None:
    """Any cells, quoted where they must be (RFC 4180); a doubled quote stays as it stands."""
    text = "\n".join(written(cells) for cells in rows) + "\n"
    assert cut(text, SEPARATED) == [[cell.replace('"', '""') for cell in cells] for cells in rows]


@settings(deadline=None)
@given(st.lists(_cells, min_size=1, max_size=6))
def test_a_row_is_cut_as_it_is_for_a_closer_look(cells: list[str]) -> None:
    """Or the record of a row would tell of other columns than the kernel read."""
    row = written(cells)
    assert [cell.replace('""', '"') for cell in cut(row + "\n", SEPARATED)[0]] == SEPARATED.cells(
        row
    )


@pytest.mark.parametrize(
    ("text", "cells"),
    [('"Smith, John",12\n', ["Smith, John", "12"]), ('"Smith, John\n', ['"Smith', " John"]),
     ('"a"b,c\n', ['"a"b', "c"]), ('5" pipe,c\n', ['5" pipe', "c"]), (",,\n", ["", "", ""]),
     ("A,B", ["A", "B"]), ('""', [""])],
)  # fmt: skip
def test_a_quote_that_closes_nothing_is_a_character(text: str, cells: list[str]) -> None:
    assert cut(text, SEPARATED)[0] == cells


def test_tables_end_cells_with_characters_of_their_own() -> None:
    """A quote in them is a character like any other."""
    text = 'Smith\x1f"John\x1f\x1eJones\x1f\x1f\x1e'
    assert cut(text, TABLE) == [["Smith", '"John', ""], ["Jones", "", ""]]


def test_cells_without_room_are_counted() -> None:
    starts, ends = i4(0, 0), i4(0, 0)
    cls = fold("a,b,c,d\n")
    assert row_at(cls, 0, cls.size, ord(","), ord("\n"), True, starts, ends) == (4, 8)
    assert (starts.tolist(), ends.tolist()) == ([0, 2], [1, 3])
