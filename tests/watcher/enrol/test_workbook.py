"""A workbook's windows become rows with their own numbers."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from watcher.config.settings import Read
from watcher.enrol.workbook import looks_like, sheets


def data(*names: str, rows: int = 3, hidden: str = "", filling: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in names:
        sheet = book.create_sheet(name)
        if name == hidden:
            sheet.sheet_state = "hidden"
        for row in range(rows):
            sheet.append([f"{name}-{row}", "", row if row else "n", *filling])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_it_is_known_by_its_first_bytes() -> None:
    """A zip or an old office file; text is neither."""
    assert looks_like(data("a"))
    assert looks_like(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more")
    assert not looks_like(b"Surname,Rank\n")


async def test_visible_sheets_come_first_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    """Cells as text, every row as wide as the widest."""
    found = await sheets(data("one", "two", hidden="one"), "r.xlsx", Read(workers=1))
    assert [rows[0].cells[0] for rows in found] == ["two-0", "one-0"]
    assert [row.line for row in found[0]] == [1, 2, 3]
    assert [row.cells for row in found[0]] == [
        ("two-0", "", "n"),
        ("two-1", "", "1"),
        ("two-2", "", "2"),
    ]


async def test_no_row_is_lost_or_doubled_between_windows() -> None:
    """A sheet longer than one window is read whole, each row once."""
    found = await sheets(data("long", rows=5_000, filling=("x" * 500,)), "r.xlsx", Read(workers=1))
    assert [row.line for row in found[0]] == list(range(1, 5_001))
    assert found[0][-1].cells == ("long-4999", "", "4999", "x" * 500)


async def test_what_is_hidden_inside_a_sheet_is_part_of_the_roster() -> None:
    """A hidden column and a filtered row come as the file has them, in their places."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Surname", "Pay no"], ["Adebayo", 44123], ["Quill", 44124], ["Lloyd", 44125]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    out = io.BytesIO()
    book.save(out)
    (rows,) = await sheets(out.getvalue(), "r.xlsx", Read(workers=1))
    assert [(row.line, row.cells) for row in rows] == [
        (1, ("Surname", "Pay no")),
        (2, ("Adebayo", "44123")),
        (3, ("Quill", "44124")),
        (4, ("Lloyd", "44125")),
    ]
