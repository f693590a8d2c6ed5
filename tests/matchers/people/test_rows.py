"""Rows of tables taken apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people import People
from matchers.people.columns import Columns
from matchers.people.fold import fold
from matchers.people.rows import Layout, Row, RowReader
from matchers.people.tools import Tools
from tests.matchers.people.crowd import KEY, people
from watcher.api import Field, Watch

SHAPES = Tools.open(People(Watch()).enrol(people(40), KEY), KEY).identifiers.shapes
STAFF = Columns(
    of=dict(enumerate((
        Field.SURNAME, Field.FORENAME, Field.KNOWN_AS, Field.INITIALS, Field.MIDDLE,
        Field.RANK, Field.COLLAR_NUMBER, Field.EMAIL, Field.UNIT, Field.VETTING,
    )))
)  # fmt: skip


def reader(columns: Columns = STAFF) -> RowReader:
    return RowReader(Layout(columns, 12), SHAPES)


def read(*cells: str, columns: Columns = STAFF) -> Row:
    return reader(columns).row(1, list(cells), [fold(cell) for cell in cells])


def names(row: Row) -> set[str]:
    return {f"{first.decode()} {last.decode()}" for first, last in row.spelled.main}


def test_each_column_says_its_own() -> None:
    row = read("Golightly", "Imogen", "Immy", "IR", "Rhys", "Sgt", "4471", "i@a.example", "x", "DV")
    assert names(row) == {"imogen golightly", "immy golightly"}
    assert (b"rhys", b"golightly") in row.spelled.narrowing
    assert row.rank == "Sgt"
    assert [(column, number.core) for column, number in row.ids] == [(6, b"4471")]
    assert [address.whole for address in row.addresses] == [b"i@a.example"]


def test_initials_name_where_nothing_better_does() -> None:
    assert names(read("Golightly", "", "", "JM")) == {"j golightly"}


def test_of_two_columns_of_ranks_the_one_that_names_a_rank() -> None:
    columns = Columns(of={0: Field.RANK, 1: Field.RANK})
    assert read("Team lead", "Sergeant", columns=columns).rank == "Sergeant"
    assert read("Sergeant", "Team lead", columns=columns).rank == "Sergeant"


def test_a_name_in_one_cell_with_what_stands_beside_it() -> None:
    row = read("PC 4471 Imogen Golightly", columns=Columns(of={0: Field.NAME}))
    assert "imogen golightly" in names(row)
    assert row.rank == "constable"


def test_a_layout_knows_which_columns_nobody_explained() -> None:
    layout = Layout(STAFF, 12)
    assert layout.free == [10, 11]
    assert layout.places == [("unit", 8), ("vetting", 9)]
    assert layout.headed_ids == {6}


@given(st.lists(st.lists(st.text("aBé1 .-'@", max_size=9), max_size=12), max_size=6))
def test_what_was_read_before_changes_nothing(rows: list[list[str]]) -> None:
    """Rows of any length; a cell means the same whether it was met before or not."""
    memory = reader()
    for cells in [*rows, *rows]:
        folded = [fold(cell) for cell in cells]
        assert memory.row(1, cells, folded) == reader().row(1, cells, folded)
