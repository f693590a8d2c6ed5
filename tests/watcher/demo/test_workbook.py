"""The hand-made workbook, read by two libraries that had no part in it."""

from __future__ import annotations

import io

import openpyxl
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from watcher.demo.workbook import Sheet, column, workbook

ROWS = (("Surname", "Service No"), ("O'Neill & <Sons>", 191919), ("  Król", 160001))


def test_both_readers_see_the_cells_and_the_hidden_state() -> None:
    """Text comes back to the letter, numbers as numbers, states as given."""
    made = workbook(
        Sheet(title="Strength", rows=(("Rank", "Headcount"), ("Sergeant", 95))),
        Sheet(title='Down "load" (2)', rows=ROWS, state="hidden"),
        Sheet(title="Deep", rows=ROWS, state="veryHidden"),
    )
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden", "veryHidden"]
    assert tuple(book['Down "load" (2)'].values) == ROWS

    other = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert [sheet.visible for sheet in other.sheets_metadata] == [
        SheetVisibleEnum.Visible,
        SheetVisibleEnum.Hidden,
        SheetVisibleEnum.VeryHidden,
    ]
    cells = other.get_sheet_by_index(1).to_python()
    assert [tuple(row) for row in cells] == [
        tuple(float(cell) if isinstance(cell, int) else cell for cell in row) for row in ROWS
    ]


def test_the_same_rows_give_the_same_bytes() -> None:
    """No clock in the file: evidence of it has one digest."""
    assert workbook(Sheet(title="A", rows=ROWS)) == workbook(Sheet(title="A", rows=ROWS))


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    """A follows Z with two letters."""
    assert [column(number) for number in (1, 26, 27, 52, 53, 702, 703)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
