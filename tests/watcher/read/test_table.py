from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import rows
from watcher.model import CELL, ROW, Part
from watcher.read.table import Table
from watcher.read.text import WINDOW

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


def built(numbered: list[tuple[int, list[str]]], *, together: bool = False) -> list[Part]:
    table = Table("t")
    found: list[Part] = []
    if together:
        found.extend(table.extend(numbered[0][0], [row for _, row in numbered]))
    else:
        for number, row in numbered:
            found.extend(table.add(number, row))
    return [*found, *table.finish()]


def read_back(found: list[Part]) -> dict[int, list[str]]:
    return {part.first + at: row for part in found for at, row in enumerate(rows(part)) if any(row)}


@settings(max_examples=60)
@given(
    table=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=20),
    together=st.booleans(),
)
def test_every_cell_is_where_its_offsets_say(table: list[list[str]], *, together: bool) -> None:
    """Rows come back as they went in, at their numbers; only the two marks become blanks."""
    clean = [[cell.replace(CELL, " ").replace(ROW, " ") for cell in row] for row in table]
    found = built(list(enumerate(table, start=1)), together=together)
    assert [row for part in found for row in rows(part)] == clean


@settings(max_examples=40)
@given(numbers=st.sets(st.integers(1, 300), min_size=1))
def test_rows_keep_their_numbers_over_gaps(numbers: set[int]) -> None:
    """A missing row is an empty row, or a new window: `first` is right either way."""
    table = [(number, [f"r{number}"]) for number in sorted(numbers)]
    assert read_back(built(table)) == dict(table)


def test_windows_repeat_the_first_row_as_header() -> None:
    """Each window after the first carries the headings; none is beyond its size."""
    table = [(1, ["Name", "No"]), *((at, ["x" * 90, str(at)]) for at in range(2, 40_000))]
    for together in (False, True):
        found = built(table, together=together)
        assert len(found) > 3
        assert found[0].header == ()
        assert {part.header for part in found[1:]} == {("Name", "No")}
        assert max(len(part.text) for part in found) <= WINDOW
        assert [part.first + len(part.rows) for part in found[:-1]] == [p.first for p in found[1:]]


def test_a_row_beyond_a_window_keeps_its_columns() -> None:
    """A huge row comes in windows of its own number, each cell in its column."""
    row = ["a", "b" * (WINDOW * 2), "c" * (WINDOW // 3), "d" * (WINDOW // 3), "e" * WINDOW, "f"]
    found = built([(7, row), (8, ["next"])])
    columns: dict[int, int] = {}
    for part in found[:-1]:
        assert part.first == 7
        assert len(part.text) <= WINDOW + len(row) + 2
        for at, cell in enumerate(rows(part)[0]):
            columns[at] = columns.get(at, 0) + len(cell)
    assert all(columns[at] >= len(cell) for at, cell in enumerate(row))
    assert found[-1].first == 8


@given(numbers=st.sets(st.integers(1, 5000), min_size=1))
def test_sparse_rows_share_windows_and_keep_their_numbers(numbers: set[int]) -> None:
    """Rows picked out of a table stay together, each with its own number."""
    table = Table("t", sparse=True)
    found = [part for number in sorted(numbers) for part in table.add(number, [f"r{number}"])]
    (part,) = [*found, *table.finish()]
    told = part.numbers or tuple(range(part.first, part.first + len(part.rows)))
    assert told == tuple(sorted(numbers))
    assert [row[0] for row in rows(part)] == [f"r{number}" for number in told]


def test_a_table_may_go_on_under_another_heading() -> None:
    """It is repeated from the first window on."""
    table = Table("t")
    assert table.empty
    table.headed(["Surname"])
    (part,) = [*table.add(9, ["Quill"]), *table.finish()]
    assert (part.header, part.first, table.empty) == (("Surname",), 9, False)
