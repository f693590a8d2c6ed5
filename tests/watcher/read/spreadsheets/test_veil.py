from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import parts, rows
from watcher.model import Part, Why
from watcher.read.budget import Trouble
from watcher.read.spreadsheets.veil import CELLS, COLUMNS, ROWS, Veil, tabled

HEAD = ["Surname", "Pay no", "Rank"]
STAFF = [(1, HEAD), (2, ["Adebayo", "44123", "PC"]), (3, ["Quill", "44124", "Sgt"])]


def test_what_is_hidden_is_apart_and_whole() -> None:
    """Hidden rows leave the sheet; of a row with a hidden cell what is seen stays, and all is told again."""
    veil = Veil(rows={3}, columns=[(1, 1)])
    found = parts(tabled("Staff", iter(STAFF), veil))
    assert rows(found["Staff"]) == [["Surname", "", "Rank"], ["Adebayo", "", "PC"]]
    assert rows(found["Staff" + ROWS]) == [STAFF[2][1]]
    assert rows(found["Staff" + COLUMNS]) == [HEAD, STAFF[1][1]]
    flags = {where: (part.hidden, part.echo) for where, part in found.items()}
    assert flags == {
        "Staff": (False, False),
        "Staff" + ROWS: (True, False),
        "Staff" + COLUMNS: (True, True),
    }


def test_hidden_rows_stand_under_the_heading_of_their_sheet() -> None:
    """The first row of the sheet is the header of what is hidden further down."""
    found = parts(tabled("Staff", iter(STAFF), Veil(rows={3}, cells={2: {0}})))
    assert found["Staff" + ROWS].header == tuple(HEAD)
    assert found["Staff" + CELLS].header == tuple(HEAD)
    assert (found["Staff" + ROWS].first, found["Staff" + CELLS].first) == (3, 2)


def test_a_sheet_with_nothing_hidden_is_as_it_was() -> None:
    """Without a veil, with an empty one, or in a hidden sheet, all rows are one table."""
    for where, veil in (("Staff", None), ("Staff", Veil()), ("List (hidden)", Veil(rows={1, 2}))):
        (part,) = tabled(where, iter(STAFF), veil)
        assert rows(part) == [row for _, row in STAFF]
        assert part.hidden == where.endswith("hidden)")


def test_what_came_before_a_fault_is_told() -> None:
    """The rows that were read are given, in both tables, before the fault goes on."""

    def torn() -> Iterator[tuple[int, list[str]]]:
        yield from STAFF
        raise Trouble(Why.BROKEN)

    found: list[Part] = []
    with pytest.raises(Trouble):
        found.extend(tabled("Staff", torn(), Veil(rows={3})))
    assert [part.where for part in found] == ["Staff", "Staff" + ROWS]


ROW = st.lists(st.sampled_from(["", "x", "Quill"]), min_size=1, max_size=4).filter(any)


@given(
    st.dictionaries(st.integers(1, 200), ROW, max_size=30),
    st.sets(st.integers(1, 200)),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3))),
    st.dictionaries(st.integers(1, 200), st.sets(st.integers(0, 3)), max_size=30),
)
def test_no_cell_is_lost_and_none_told_twice(
    table: dict[int, list[str]],
    away: set[int],
    columns: list[tuple[int, int]],
    cells: dict[int, set[int]],
) -> None:
    """Each cell stands at its place in what is seen or in what is hidden; only echoes repeat."""
    veil = Veil(rows=away, columns=columns, cells=cells)
    seen: dict[tuple[int, int], str] = {}
    hidden: dict[tuple[int, int], str] = {}
    for part in tabled("S", iter(sorted(table.items())), veil):
        for at, row in enumerate(rows(part)):
            number = part.numbers[at] if part.numbers else part.first + at
            told = {(number, c): value for c, value in enumerate(row) if value}
            if not part.echo:
                assert seen.keys().isdisjoint(told)
                seen |= told
            hidden |= told
    whole = {(n, c): value for n, row in table.items() for c, value in enumerate(row) if value}
    assert hidden | seen == whole
    assert not any(n not in away and c in cells.get(n, ()) for n, c in seen)
