from __future__ import annotations

import pytest

from watcher.assess.case import Piece, Row
from watcher.assess.places import columns_to, distinct, extent, overlapping, places_of, scattered

SHEET = Piece(where="list.xlsx!/Sheet1 (hidden)", columns=("a",) * 6, cells=True)
TABLE = Piece(where="list.csv", columns=("name", "rank"))
TEXT = Piece(where="")


@pytest.mark.parametrize(
    ("count", "letters"), [(1, "A"), (6, "F"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_columns_have_letters(count: int, letters: str) -> None:
    assert columns_to(count) == letters


def test_a_sheet_has_cells() -> None:
    """The row of headings belongs to the range of a whole list."""
    assert extent(SHEET, 2, 801, heading=True) == "list.xlsx!/Sheet1 (hidden)!A1:F801"
    assert extent(SHEET, 17, 17) == "list.xlsx!/Sheet1 (hidden)!A17:F17"
    assert extent(Piece(where="S", cells=True), 2, 9, heading=True) == "S!2:9"
    assert extent(Piece(where="", columns=("a",), cells=True), 1, 9, heading=True) == "A1:A9"


def test_tables_have_rows_and_text_has_lines() -> None:
    assert extent(TABLE, 3, 801) == "list.csv, rows 3-801"
    assert extent(TEXT, 3, 40) == "lines 3-40"
    assert extent(TEXT, 17, 17) == "line 17"


def test_neighbours_are_one_range() -> None:
    assert scattered(TEXT, [9, 3, 4, 5, 3]) == ("lines 3-5", "line 9")
    assert scattered(TEXT, range(1, 100, 3)) == ("lines 1-97",)


def test_rows_are_told_piece_after_piece() -> None:
    rows = [
        Row(where=where, number=number, matches=(), signs=frozenset(), identities=())
        for where, number in [("list.csv", 9), ("", 2), ("list.csv", 8)]
    ]
    pieces = {"": TEXT, "list.csv": TABLE}
    assert places_of(pieces, rows) == ("line 2", "list.csv, rows 8-9")


def test_a_range_within_another_is_not_told_again() -> None:
    """The list's range, heading included, stands for the rows in it; other pieces stay."""
    whole = extent(SHEET, 2, 801, heading=True)
    inside = scattered(SHEET, range(2, 802))
    elsewhere = extent(TEXT, 5, 9)
    assert distinct([whole, *inside, elsewhere, whole]) == (whole, elsewhere)
    assert distinct(["plan.pdf", *inside]) == ("plan.pdf", *inside)


def test_places_that_share_a_row_overlap() -> None:
    one, two, three = (extent(TEXT, *rows) for rows in [(1, 9), (9, 12), (10, 12)])
    assert overlapping([one], [two])
    assert not overlapping([one], [three])
    assert not overlapping([one], [extent(TABLE, 1, 9)])
    assert overlapping(["plan.pdf"], ["plan.pdf"])
    assert not overlapping([], [one])
