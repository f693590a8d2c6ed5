from __future__ import annotations

from tests.watcher.read.made import rows
from watcher.model import Part
from watcher.read.office.grid import FULL, Grid
from watcher.read.table import COLUMNS


def row(grid: Grid, *cells: str, repeat: bool = False) -> list[Part]:
    grid.begin()
    for text in cells:
        grid.cell().add("", text)
    return list(grid.ended(repeat=repeat))


def test_rows_are_a_table_and_one_row_is_layout() -> None:
    """The first row is held until a second comes."""
    grid = Grid("table 1", hidden=True)
    assert row(grid, "Surname", "Pay no") == []
    assert grid.layout() == ["Surname", "Pay no"]
    assert row(grid, " Ade \n bayo ", "4400123") == []
    [part] = grid.finish()
    assert rows(part) == [["Surname", "Pay no"], ["Ade bayo", "4400123"]]
    assert (part.where, part.hidden, grid.layout()) == ("table 1", True, [])


def test_a_cell_that_stands_for_several_keeps_the_others_in_their_columns() -> None:
    """Empty beside it, or the same again where a format says so."""
    for repeat, beside in ((False, ""), (True, "a")):
        grid = Grid("", hidden=False)
        for _ in range(2):
            grid.begin()
            grid.cell().add("", "a")
            grid.widen(2)
            grid.cell().add("", "b")
            list(grid.ended(repeat=repeat))
        [part] = grid.finish()
        assert rows(part) == [["a", beside, "b"]] * 2


def test_what_is_hidden_in_cells_is_a_line_of_its_own() -> None:
    """For each channel; it is no cell."""
    grid = Grid("", hidden=False)
    grid.begin()
    for text, veiled in (("Adebayo", "Bevan"), ("4400123", "Carew")):
        box = grid.cell()
        box.add("", text)
        box.add("hidden text", veiled)
    assert list(grid.apart()) == [("hidden text", "Bevan\tCarew")]
    list(grid.ended(repeat=False))
    assert grid.layout() == ["Adebayo", "4400123"]


def test_a_row_is_held_up_to_a_limit() -> None:
    """Columns beyond those that there can be are the last one; a cell and a row are full."""
    grid = Grid("", hidden=False)
    grid.begin()
    boxes = [grid.cell() for _ in range(COLUMNS + 5)]
    assert boxes[-1] is boxes[COLUMNS - 1]
    assert not grid.full(boxes[-1])
    grid.begin()
    for _ in range(5):
        box = grid.cell()
        assert not grid.full(box) or _ == 4
        box.add("", "x" * FULL)
        assert grid.full(box)
