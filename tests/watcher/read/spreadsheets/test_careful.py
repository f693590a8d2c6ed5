from __future__ import annotations

import io
import warnings
import zipfile

from tests.watcher.read.bombs.books import sheets
from tests.watcher.read.made import BOUNDS, bounds, parts, repacked, rows, unread, walked, workbook
from watcher.model import Part, Why
from watcher.read.budget import Budget
from watcher.read.spreadsheets.careful import Careful, place

SHEET = (
    b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Adebayo</t></is></c>'
    b'<c r="B1"><v>4400123</v></c></row></sheetData></worksheet>'
)
ORPHAN = "xl/worksheets/sheet9.xml"


def test_a_worksheet_that_the_workbook_does_not_name_is_read() -> None:
    """No program shows it and no library reads it; either way of reading gives its rows."""
    book = repacked(workbook(), [(ORPHAN, SHEET)])
    for careful in (None, 1):
        items = walked(book, careful=careful)
        part = parts(items)[ORPHAN]
        assert rows(part) == [["Adebayo", "4400123"]]
        assert (part.table, part.hidden, part.cells) == (True, True, True)
        assert unread(items) == []
    assert walked(book) == walked(book, careful=1)


def test_named_sheets_are_given_once() -> None:
    """A workbook without secrets has no sheet twice."""
    texts = [item.text for item in walked(workbook()) if isinstance(item, Part)]
    assert sum("4400123" in text for text in texts) == 1


def test_a_worksheet_under_a_false_flag_is_read() -> None:
    """What is said to be a chart, or to be empty, is looked into."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as book:
        relations = book.read("xl/_rels/workbook.xml.rels")
    for name in (b"chartsheet", b"dialogsheet"):
        false = relations.replace(b"relationships/worksheet", b"relationships/" + name)
        items = walked(repacked(workbook(), [("xl/_rels/workbook.xml.rels", false)]))
        assert any("Adebayo" in item.text for item in items if isinstance(item, Part))
    prefixed = b'<x:worksheet xmlns:x="urn:x">' + SHEET[11:-12].replace(b"<", b"<x:").replace(
        b"<x:/", b"</x:"
    )
    false = repacked(workbook(), [("xl/worksheets/sheet2.xml", prefixed + b"</x:worksheet>")])
    assert rows(parts(walked(false))["List (hidden)"]) == [["Adebayo", "4400123"]]


def test_the_earlier_of_two_members_with_one_name_is_read() -> None:
    """Libraries read the last; the first is an orphan."""
    first = repacked(workbook(), [("xl/worksheets/sheet1.xml", SHEET)])
    with zipfile.ZipFile(io.BytesIO(first)) as made:
        held = {info.filename: made.read(info) for info in made.infolist()}
    with zipfile.ZipFile(io.BytesIO(workbook())) as made:
        last = made.read("xl/worksheets/sheet1.xml")
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as made:
        for name, member in held.items():
            made.writestr(name, member)
        with warnings.catch_warnings(action="ignore"):  # it warns of the second name
            made.writestr("xl/worksheets/sheet1.xml", last)
    found = parts(walked(body.getvalue()))
    assert rows(found["Staff"])[0] == ["Surname", "Pay no"]
    assert rows(found["xl/worksheets/sheet1.xml"]) == [["Adebayo", "4400123"]]


def test_a_broken_orphan_is_told() -> None:
    """Its rows before the fault are given; the fault is told by its member."""
    items = walked(repacked(workbook(), [(ORPHAN, SHEET[:-20])]))
    assert rows(parts(items)[ORPHAN]) == [["Adebayo", "4400123"]]
    assert (ORPHAN, "broken") in unread(items)


def test_sheets_beyond_the_list_are_unread() -> None:
    """A sheet that is not there has the reason it is asked with; states are in the address."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as book:
        told = list(Careful(book, Budget(BOUNDS)).read(99, Why.LOST))
    assert unread(told) == [("", "lost worker")]
    assert place("a!/b", "veryHidden") == "a_/b (very hidden)"


def test_one_member_that_many_sheets_name_is_bounded() -> None:
    """Either way of reading ends at the limit of members, and the rest of the package is read."""
    for careful in (None, 1):
        items = walked(sheets(300), limits=bounds(members=100), careful=careful)
        assert ("", "limit") in unread(items)
        assert len([item for item in items if isinstance(item, Part) and item.cells]) < 200
