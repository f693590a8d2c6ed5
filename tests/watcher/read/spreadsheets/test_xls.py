from __future__ import annotations

import datetime
import io
import struct
from typing import Any

import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.watcher.read.made import BOUNDS, parts, rows, unread, walked
from tests.watcher.read.sheets import ROWS, compound, record, xls
from watcher.model import Part
from watcher.read.budget import Budget
from watcher.read.spreadsheets.xls import Workbook, sealed


def _filled(book: Any) -> None:
    six, white = xlwt.easyxf(num_format_str="000000"), xlwt.easyxf("font: colour white")
    sheet = book.add_sheet("Staff")
    for number, row in enumerate(ROWS):
        for at, value in enumerate(row):
            sheet.write(number, at, value, *([six] if isinstance(value, int) else []))
    sheet.write(3, 0, "Bystander")
    sheet.row(3).hidden = True
    sheet.write(1, 4, "Home")
    sheet.col(4).hidden = True
    sheet.write(4, 0, "Ghost", white)
    sheet.write(5, 0, datetime.date(2020, 1, 2), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    sheet.write(6, 0, xlwt.Formula('"Said Lloyd"&"x"'))
    sheet.header_str = b"&LHeading"
    hidden = book.add_sheet("List")
    hidden.visibility = 1
    hidden.write(0, 0, "Quill")
    old = book.add_sheet("Old")
    old.visibility = 2
    old.write(3, 2, "Siân O’Connor")


def test_what_is_seen_and_what_is_not_are_apart() -> None:
    """Sheets, rows, columns and cells that nobody sees are marked; other words are lines."""
    items = walked(xls(_filled))
    found = parts(items)
    assert rows(found["Staff"])[:3] == [
        ROWS[0],
        ["Adebayo", "044123", "PC"],
        ["Quill", "044124", "Sgt"],
    ]
    assert rows(found["Staff"])[3] == ["2020-01-02"]
    assert rows(found["Staff (hidden rows)"]) == [["Bystander"]]
    assert rows(found["Staff (hidden columns)"]) == [["Adebayo", "044123", "PC", "", "Home"]]
    assert rows(found["Staff (hidden cells)"]) == [["Ghost"]]
    assert rows(found["List (hidden)"]) == [["Quill"]]
    assert rows(found["Old (very hidden)"]) == [["", "", "Siân O’Connor"]]
    assert "Heading" in found["beside the cells"].text
    assert "Said Lloyd" in found["behind the cells"].text
    assert found["behind the cells"].hidden
    assert unread(items) == []


def test_values_are_those_that_another_tool_reads() -> None:
    """Thousands of strings over the ends of records, and numbers of every kind, as calamine has them."""

    def fill(book: Any) -> None:
        sheet = book.add_sheet("S")
        for number in range(4000):
            sheet.write(
                number,
                0,
                f"string {number} é’" * (number % 3 + 1) if number % 2 else f"plain {number}",
            )
            sheet.write(number, 1, (number - 2000) * 1001)
            sheet.write(number, 2, (number - 2000) / 7)
            sheet.write(number, 3, number / 100)
            sheet.write(number, 4, number % 3 == 0)

    body = xls(fill)
    other = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    found = [
        row for part in walked(body) if isinstance(part, Part) and part.table for row in rows(part)
    ]
    assert len(found) == len(other)
    for mine, theirs in zip(found, other, strict=True):
        assert mine[0] == theirs[0]
        assert [float(each) for each in mine[1:4]] == [float(str(each)) for each in theirs[1:4]]
        assert mine[4] == str(theirs[4]).upper()


def _book5() -> bytes:
    """A workbook of 1995 (BIFF5): strings in a code page stand in their cells."""

    def label(row: int, column: int, text: bytes) -> bytes:
        return record(0x204, struct.pack("<4H", row, column, 0, len(text)) + text)

    begin = record(0x809, struct.pack("<4H", 0x500, 5, 0, 0)) + record(
        0x42, struct.pack("<H", 1250)
    )
    sheet = record(0x809, struct.pack("<4H", 0x500, 0x10, 0, 0))
    sheet += label(0, 0, "Łukasz".encode("cp1250")) + record(
        0x203, struct.pack("<3Hd", 0, 1, 0, 44123.0)
    )
    sheet += record(0x208, struct.pack("<3H3H2H", 1, 0, 2, 255, 0, 0, 0x20, 0)) + label(
        1, 0, b"Bystander"
    )
    sheet += record(0x1C, struct.pack("<3H", 0, 0, 10) + b"call Lloyd") + record(0x0A, b"")
    name = b"Staff"
    bound = struct.pack("<IBBB", len(begin) + 4 + 7 + len(name) + 4, 0, 0, len(name)) + name
    return begin + record(0x85, bound) + record(0x0A, b"") + sheet


def test_a_workbook_of_1995_is_read() -> None:
    """Its strings are in its code page; calamine reads the same cells."""
    body = compound({"Book": _book5()})
    found = parts(walked(body))
    assert rows(found["Staff"]) == [["Łukasz", "44123"]]
    assert rows(found["Staff (hidden rows)"]) == [["Bystander"]]
    assert "call Lloyd" in found["behind the cells"].text
    other = CalamineWorkbook.from_filelike(io.BytesIO(body))
    assert other.sheet_names == ["Staff"]


def test_a_sheet_in_no_list_and_a_string_in_no_cell_are_hidden() -> None:
    """What a program no longer shows is in the file all the same."""
    begin = record(0x809, struct.pack("<2H", 0x600, 5))
    strings = record(0xFC, struct.pack("<2I", 1, 2) + b"\5\0\0Quill" + b"\7\0\0Deleted")
    cell = record(0xFD, struct.pack("<3HI", 0, 0, 0, 0))
    sheet = record(0x809, struct.pack("<2H", 0x600, 0x10)) + cell + record(0x0A, b"")
    found = [*Workbook(begin + strings + record(0x0A, b"") + sheet, Budget(BOUNDS)).read()]
    table, unused = found
    assert isinstance(table, Part)
    assert (rows(table), table.hidden) == ([["Quill"]], True)
    assert isinstance(unused, Part)
    assert (unused.text, unused.hidden) == ("Deleted\n", True)


def test_a_torn_workbook_is_read_as_far_as_it_goes() -> None:
    """The rows before the tear are given, and it is broken."""
    body = _book5()
    items = walked(compound({"Book": body[:-24] + b"\1\1\xff\xff"}))
    assert rows(parts(items)["Staff"]) == [["Łukasz", "44123"]]
    assert ("", "broken") in unread(items)
    assert not sealed(body)
    assert sealed(record(0x809, b"") + record(0x2F, b""))


@settings(max_examples=60)
@given(st.data())
def test_any_bytes_in_a_workbook_are_parts_or_unread(data: st.DataObject) -> None:
    """Records of any type, size and content make no fault."""
    kinds = [0x809, 0x0A, 0x3C, 0xFC, 0x85, 0x208, 0x7D, 0xFD, 0x203, 0x27E, 0xBD, 0x204, 0x205, 0x06,
             0x207, 0x31, 0x41E, 0xE0, 0x42, 0x22, 0x5D, 0x1B6]  # fmt: skip
    told = st.lists(st.tuples(st.sampled_from(kinds), st.binary(max_size=40)), max_size=30)
    begin = record(0x809, struct.pack("<2H", data.draw(st.sampled_from([0x500, 0x600])), 0x10))
    body = begin + b"".join(record(kind, each) for kind, each in data.draw(told))
    walked(compound({"Workbook": body}))
