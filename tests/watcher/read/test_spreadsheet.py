from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from tests.watcher.read.made import archive, bounds, parts, repacked, rows, unread, walked, workbook
from watcher.read.spreadsheet import shown

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


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
    assert walked(workbook()) == walked(workbook(), careful=1)


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


def test_compound_files_say_what_they_are() -> None:
    """An encrypted package is encrypted, a damaged workbook or letter broken."""
    for name, why in (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "broken"),
        ("Workbook", "broken"),
    ):
        assert unread(walked(OLE + name.encode("utf-16-le"))) == [("", why)]


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


def test_a_binary_worksheet_that_no_one_names_is_told() -> None:
    """A binary workbook's sheets are read by its own list; one beside it is unread."""
    relations = b'<Relationships><Relationship Id="1" Target="worksheets/a.bin"/></Relationships>'
    book = archive(
        [
            ("xl/workbook.bin", b""),
            ("xl/_rels/workbook.bin.rels", relations),
            *((f"xl/worksheets/{name}.bin", b"\1") for name in ("a", "b", "binaryIndex1")),
        ]
    )
    told = unread(walked(book))
    assert ("xl/worksheets/b.bin", "unsupported") in told
    assert not any(where.endswith(("a.bin", "Index1.bin")) for where, _ in told)
