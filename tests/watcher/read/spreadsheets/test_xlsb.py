from __future__ import annotations

import io
import struct

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.watcher.read.made import parts, repacked, rows, unread, walked
from tests.watcher.read.sheets import cell12, record12, row12, wide, xlsb

COLUMN = record12(60, struct.pack("<4IH", 4, 4, 256 * 9, 0, 1))
STAFF = (
    COLUMN
    + row12(1)
    + cell12(7, 0, struct.pack("<I", 0))
    + cell12(6, 1, wide("Pay no"))
    + row12(2)
    + cell12(7, 0, struct.pack("<I", 1))
    + cell12(5, 1, struct.pack("<d", 44123.0), style=1)
    + cell12(2, 2, struct.pack("<I", 7 << 2 | 2))
    + cell12(6, 4, wide("Home"))
    + row12(3, hidden=True)
    + cell12(6, 0, wide("Bystander"))
    + cell12(4, 1, b"\1")
    + row12(4)
    + cell12(6, 0, wide("Ghost"), style=2)
    + record12(494, struct.pack("<4I", 0, 0, 0, 0) + wide("rId1") + wide("https://a.example/Lloyd"))
)
FONT = struct.pack("<3HH4B", 220, 0, 400, 0, 0, 0, 0, 0)
STYLES = (
    record12(44, struct.pack("<H", 164) + wide("000000"))
    + record12(43, FONT + bytes(8))
    + record12(43, FONT + b"\5\0\0\0\xff\xff\xff\xff")
    + record12(45, struct.pack("<I", 0) + bytes(16))
    + record12(617, struct.pack("<I", 3))
    + record12(47, struct.pack("<5H", 0, 0, 0, 0, 0) + bytes(6))
    + record12(47, struct.pack("<5H", 0, 164, 0, 0, 0) + bytes(6))
    + record12(47, struct.pack("<5H", 0, 0, 1, 0, 0) + bytes(6))
    + record12(618, b"")
)
BOOK = xlsb(
    {
        "Staff": (0, STAFF),
        "List": (1, row12(1) + cell12(6, 0, wide("Quill"))),
        "Old": (2, row12(4) + cell12(6, 2, wide("Ffion"))),
    },
    ["Surname", "Adebayo", "Deleted"],
    styles=STYLES,
    comments1=record12(637, wide("call Lloyd")),
)


def test_what_is_seen_and_what_is_not_are_apart() -> None:
    """Sheets, rows, columns and cells that nobody sees are marked; strings of all other records are read."""
    items = walked(BOOK)
    found = parts(items)
    assert rows(found["Staff"]) == [["Surname", "Pay no"], ["Adebayo", "044123", "7"]]
    assert rows(found["Staff (hidden rows)"]) == [["Bystander", "TRUE"]]
    assert rows(found["Staff (hidden columns)"]) == [["Adebayo", "044123", "7", "", "Home"]]
    assert rows(found["Staff (hidden cells)"]) == [["Ghost"]]
    assert rows(found["List (hidden)"]) == [["Quill"]]
    assert (found["Old (very hidden)"].first, found["Old (very hidden)"].hidden) == (4, True)
    assert found["xl/sharedStrings.bin (unused)"].text == "Deleted\n"
    assert found["xl/comments1.bin"].text == "call Lloyd\n"
    assert "https://a.example/Lloyd" in found["xl/worksheets/sheet1.bin"].text
    assert unread(items) == []


def test_another_tool_reads_the_same_cells() -> None:
    """The workbook made here is one, by calamine."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(BOOK))
    assert book.sheet_names == ["Staff", "List", "Old"]
    assert book.get_sheet_by_index(0).to_python()[:2] == [
        ["Surname", "Pay no", "", "", ""],
        ["Adebayo", 44123.0, 7, "", "Home"],
    ]


def test_a_sheet_that_no_one_names_is_hidden() -> None:
    """A worksheet beside those of the list is read; a torn one is told, and what came before is read."""
    lone = record12(145, b"") + row12(1) + cell12(6, 0, wide("Lone"))
    items = walked(repacked(BOOK, [("xl/worksheets/sheet9.bin", lone + b"\6\xff")]))
    found = parts(items)
    assert rows(found["xl/worksheets/sheet9.bin"]) == [["Lone"]]
    assert found["xl/worksheets/sheet9.bin"].hidden
    assert unread(items) == [("xl/worksheets/sheet9.bin", "broken")]


def test_cells_before_any_row_are_in_the_first() -> None:
    """Rows are numbered from 1."""
    lone = record12(145, b"") + cell12(6, 0, wide("Lone"))
    part = parts(walked(xlsb({"S": (0, lone)}, [])))["S"]
    assert (part.first, rows(part)) == (1, [["Lone"]])


def test_a_last_corner_costs_nothing() -> None:
    """A cell in the last corner of a sheet is one row."""
    corner = (
        row12(1) + cell12(6, 0, wide("first")) + row12(1_048_576) + cell12(6, 16_383, wide("last"))
    )
    items = walked(xlsb({"Corner": (0, corner)}, []))
    assert [rows(part)[0][-1] for part in items if getattr(part, "table", False)] == [
        "first",
        "last",
    ]  # type: ignore[arg-type]  # parts only


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from([*range(12), 19, 60, 62, 156, 617]), st.binary(max_size=40)))
)
def test_any_records_are_parts_or_unread(told: list[tuple[int, bytes]]) -> None:
    """Records of any size and content make no fault, wherever they stand."""
    noise = b"".join(record12(kind, data) for kind, data in told)
    walked(xlsb({"S": (0, row12(1) + noise)}, [], styles=noise, other=noise))
    walked(repacked(BOOK, [("xl/workbook.bin", noise), ("xl/sharedStrings.bin", noise)]))
