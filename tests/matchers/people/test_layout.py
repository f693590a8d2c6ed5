"""Where in a table what stands."""

from __future__ import annotations

from matchers.people.columns import Columns
from matchers.people.cutting import TABLE, Cut, Sample
from matchers.people.layout import Layout, grouping
from watcher.api import Field, Sign

STAFF = Columns(
    of=dict(enumerate((
        Field.SURNAME, Field.FORENAME, Field.KNOWN_AS, Field.INITIALS, Field.MIDDLE,
        Field.RANK, Field.COLLAR_NUMBER, Field.EMAIL, Field.UNIT, Field.VETTING,
    )))
)  # fmt: skip


def test_each_column_says_its_own() -> None:
    layout = Layout.of(STAFF, 12, TABLE)
    kernel = layout.kernel
    assert (list(kernel.surname), list(kernel.middle), list(kernel.whole)) == ([0], [4], [])
    assert dict(zip(kernel.forename.tolist(), kernel.initials.tolist(), strict=True)) == {
        1: 0, 2: 0, 3: 1,
    }  # fmt: skip
    assert (list(kernel.number), list(kernel.mail)) == ([6], [7])
    assert layout.ranks == (5,)
    assert layout.headed_ids == {6}
    assert layout.places == (("unit", 8), ("vetting", 9))
    assert (9, Sign.VETTING) in layout.signs
    assert layout.free == (10, 11)
    assert layout.starts.size == layout.ends.size == 8


def test_a_surname_without_a_forename_may_be_a_whole_name() -> None:
    """`Name` beside `First name` is a surname; `Surname` alone often holds both."""
    alone = Layout.of(Columns(of={0: Field.SURNAME, 1: Field.RANK}), 2, TABLE).kernel
    assert (list(alone.whole), list(alone.surname)) == ([0], [0])
    beside = Layout.of(Columns(of={0: Field.NAME, 1: Field.FORENAME}), 2, TABLE).kernel
    assert (list(beside.surname), list(beside.whole)) == ([0], [])


def test_guessed_numbers_are_no_ids_by_heading() -> None:
    layout = Layout.of(Columns(of={0: Field.NAME}, guessed_ids={2}), 3, TABLE)
    assert list(layout.kernel.number) == [2]
    assert layout.headed_ids == frozenset()


def test_a_line_with_more_than_half_of_the_cells_is_a_row() -> None:
    """One with fewer is text; all rows of a table are rows."""
    columns = Columns(of={0: Field.SURNAME, 5: Field.FORENAME})
    assert Layout.of(columns, 6, Cut(",", "\n", quoted=True, usual=6)).kernel.ends[3] == 4
    assert Layout.of(columns, 6, TABLE).kernel.ends[3] == 0


def rows(*columns: list[str]) -> Sample:
    cells = [list(row) for row in zip(*columns, strict=True)]
    return Sample([(row, [cell.encode() for cell in row]) for row in cells], len(columns))


def test_rows_are_grouped_by_few_values_that_come_again() -> None:
    """Never by what says who somebody is, and by the unit first."""
    names, rank = [f"n{i}" for i in range(12)], ["PC", "Sgt"] * 6
    town, unit = ["Leeds", "York", "Hull", "Ripon"] * 3, ["a", "b", "c"] * 4
    same, empty = ["x"] * 12, [""] * 12
    columns = Columns(of={0: Field.NAME, 1: Field.RANK, 3: Field.UNIT})
    assert grouping(columns, rows(names, rank, town, unit, names, empty)) == (3, 2)
    assert grouping(columns, rows(names, rank, same)) == (2,)
    assert grouping(Columns(), rows(["x"] * 7)) == ()
