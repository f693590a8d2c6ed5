from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest

from tests.watcher.read.made import archive, bounds, parts, repacked, rows, unread, walked, workbook
from tests.watcher.read.sheets import ROWS, compound, xls, xlsx
from watcher.read.spreadsheets.spreadsheet import shown


@pytest.mark.parametrize("careful", [None, 1, 2, 3])
def test_every_sheet_is_read_seen_or_not(careful: int | None) -> None:
    """Hidden and very hidden sheets are tables like the others and marked; either way of reading."""
    items = walked(workbook(), careful=careful)
    found = parts(items)
    assert rows(found["Staff"]) == [["Surname", "Pay no"], ["Adebayo", "4400123"]]
    assert not found["Staff"].hidden
    assert rows(found["List (hidden)"]) == [["Quill", "Siân"]]
    assert found["List (hidden)"].hidden
    old = found["Old (very hidden)"]
    assert (rows(old)[0][2], old.first, old.hidden, old.cells) == ("Ffion", 4, True, True)
    assert unread(items) == []


def test_both_ways_of_reading_say_the_same() -> None:
    """The careful reader gives the same parts as calamine, so a retry goes on where it was."""
    body = workbook()  # it says when it was made
    assert walked(body) == walked(body, careful=1)


def test_values_are_written_as_a_person_would() -> None:
    """Whole numbers are whole, dates are ISO 8601."""
    for value, wanted in (
        ("x", "x"),
        (4400123.0, "4400123"),
        (1.5, "1.5"),
        (7, "7"),
        (True, "TRUE"),
        (float("nan"), "nan"),
        (datetime(2020, 1, 2), "2020-01-02"),  # noqa: DTZ001  # spreadsheets know no zone
        (datetime(2020, 1, 2, 3, 4), "2020-01-02 03:04:00"),  # noqa: DTZ001  # likewise
        (date(2020, 1, 2), "2020-01-02"),
        (time(3, 4), "03:04:00"),
        (timedelta(hours=1), "1:00:00"),
        (None, ""),
    ):
        assert shown(value) == wanted


def test_the_rest_of_the_package_is_swept() -> None:
    """Comments, names and properties are read; embedded files are opened."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["A1"].comment = openpyxl.comments.Comment("call Adebayo", "Quill")
    book.properties.creator = "Ffion"
    held = io.BytesIO()
    book.save(held)
    found = parts(walked(repacked(held.getvalue(), [("xl/embeddings/note.txt", b"deep inside")])))
    comment = next(part for where, part in found.items() if where.startswith("xl/comments"))
    assert "call Adebayo" in comment.text
    assert comment.hidden
    assert "Ffion" in found["docProps/core.xml"].text
    assert found["xl/embeddings/note.txt"].text == "deep inside"
    assert found.get("xl/sharedStrings.xml") is None or found["xl/sharedStrings.xml"].echo


def test_a_data_model_is_said_to_be_unread() -> None:
    """What Power Pivot keeps is packed in its own way (MS-XLDM); a sweep sees little of it."""
    model = "\ufeffSTREAM_STORAGE_SIGNATURE_)!@#$%^&*(".encode("utf-16-le") + bytes(3000)
    items = walked(repacked(workbook(), [("xl/model/item.data", model)]))
    assert unread(items) == [("xl/model/item.data", "unsupported")]


def test_a_workbook_that_no_one_can_read_is_told() -> None:
    """A torn sheet is broken by name; the others are read."""
    sheet = b'<worksheet><sheetData><row><c t="str"><v>Quill</v></c></row><row>'
    items = walked(repacked(workbook(), [("xl/worksheets/sheet2.xml", sheet)]))
    assert ("List (hidden)", "broken") in unread(items)
    assert rows(parts(items)["List (hidden)"]) == [["Quill"]]
    assert rows(parts(items)["Staff"])
    torn = walked(repacked(workbook(), [("xl/workbook.xml", b"<workbook")]))
    assert ("", "broken") in unread(torn)


def test_a_large_package_is_streamed() -> None:
    """Beyond a quarter of the memory calamine is not asked, and all sheets are read."""
    big = repacked(workbook(), [("xl/big.xml", b"<a>" + b"x " * 100_000 + b"</a>")])
    found = parts(walked(big, limits=bounds(memory=400_000)))
    assert rows(found["Staff"])[1] == ["Adebayo", "4400123"]
    assert "List (hidden)" in found


def test_sheet_names_are_labels() -> None:
    """A sheet's name cannot forge an address."""
    sheet = b'<a><sheetData><row><c t="str"><v>Quill</v></c></row></sheetData></a>'
    book = archive(
        [
            ("[Content_Types].xml", b"<Types/>"),
            (
                "xl/workbook.xml",
                b'<a xmlns:r="r"><sheet name="a!/b&#10;c" state="hidden" r:id="1"/></a>',
            ),
            (
                "xl/_rels/workbook.xml.rels",
                b'<Relationships><Relationship Id="1" Target="worksheets/s.xml"/></Relationships>',
            ),
            (
                "xl/worksheets/s.xml",
                sheet,
            ),
        ]
    )
    assert rows(parts(walked(book, careful=1))["a_/b c (hidden)"]) == [["Quill"]]


def _filled(book: Any) -> None:
    """Every place of a worksheet that xlsxwriter can put a name into."""
    sheet = book.add_worksheet("Staff")
    six, white = (
        book.add_format({"num_format": "000000"}),
        book.add_format({"font_color": "#FFFFFF"}),
    )
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    sheet.write_number(1, 1, 44123, six)
    sheet.write_row(3, 0, ["Bystander"])
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.write_row(40, 0, ["Folded"])
    sheet.set_row(40, None, None, {"level": 1, "hidden": True})
    sheet.write_row(60, 0, ["Thin"])
    sheet.set_row(60, 1)
    sheet.write(1, 4, "Home")
    sheet.set_column(4, 4, None, None, {"hidden": True})
    sheet.write(61, 0, "Ghost", white)
    sheet.write_datetime(62, 0, datetime(2020, 1, 2), book.add_format({"num_format": "d mmm yy"}))  # noqa: DTZ001  # spreadsheets know no zone
    sheet.write_formula(63, 0, '=IF(A1="Said Lloyd","x","y")', None, "x")


@pytest.mark.parametrize("careful", [None, 1, 2])
def test_what_is_hidden_inside_a_sheet_is_apart(careful: int | None) -> None:
    """Hidden rows, columns and cells of a visible sheet are marked, by either way of reading."""
    items = walked(xlsx(_filled), careful=careful)
    found = parts(items)
    assert rows(found["Staff"])[:3] == [
        ROWS[0],
        ["Adebayo", "044123", "PC"],
        ["Quill", "44124", "Sgt"],
    ]
    assert rows(found["Staff"])[3:] == [["2020-01-02"], ["x"]]
    assert found["Staff"].numbers == (1, 2, 3, 63, 64)
    away = found["Staff (hidden rows)"]
    assert [each[0] for each in rows(away)] == ["Bystander", "Folded", "Thin"]
    assert (away.numbers, away.header, away.hidden, away.echo) == (
        (4, 41, 61),
        tuple(ROWS[0]),
        True,
        False,
    )
    assert rows(found["Staff (hidden columns)"]) == [["Adebayo", "044123", "PC", "", "Home"]]
    assert found["Staff (hidden columns)"].echo
    assert rows(found["Staff (hidden cells)"]) == [["Ghost"]]
    assert found["Staff (formulas)"].text == "Said Lloyd\n"
    assert unread(items) == []


def test_strings_that_no_cell_uses_are_hidden() -> None:
    """What was deleted and kept by the program is told as such, and only that."""
    book = xlsx(lambda made: made.add_worksheet("Staff").write_row(0, 0, ROWS[0]))
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        strings = opened.read("xl/sharedStrings.xml")
    more = strings.replace(b"</sst>", b"<si><t>Deleted Lloyd</t></si></sst>")
    found = parts(walked(repacked(book, [("xl/sharedStrings.xml", more)])))
    unused = found["xl/sharedStrings.xml (unused)"]
    assert (unused.text, unused.hidden, unused.echo) == ("Deleted Lloyd\n", True, False)
    assert "xl/sharedStrings.xml (unused)" not in parts(walked(book))


def test_what_is_embedded_is_opened() -> None:
    """A workbook in a workbook, with its own hidden sheet, and a file packed as an object."""
    inner = xls(lambda made: made.add_sheet("In").write(0, 0, "Quill"))
    native = (
        b"\2\0note.txt\0C:\\note.txt\0\0\0\3\0"
        + struct.pack("<I", 7)
        + b"C:\\note"
        + struct.pack("<I", 4)
        + b"deep"
    )
    packed = compound({"\x01Ole10Native": struct.pack("<I", len(native)) + native})
    book = repacked(
        workbook(),
        [
            ("xl/embeddings/book1.xlsx", workbook()),
            ("xl/embeddings/old.xls", inner),
            ("xl/embeddings/oleObject1.bin", packed),
        ],
    )
    found = parts(walked(book))
    assert found["xl/embeddings/book1.xlsx!/List (hidden)"].hidden
    assert rows(found["xl/embeddings/old.xls!/In"]) == [["Quill"]]
    assert found["xl/embeddings/oleObject1.bin!/note.txt"].text == "deep"
