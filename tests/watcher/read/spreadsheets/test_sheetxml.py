from __future__ import annotations

import io
import zipfile

import pytest

from tests.watcher.read.made import BOUNDS, archive, repacked, workbook
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets import sheetxml
from watcher.read.spreadsheets.sheetxml import column, rows, shared, sheets

BOOK = (
    b'<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="rId9"/>'
    b'<sheet name="Two" state="veryHidden" r:id="rId2"/></sheets></workbook>'
)
RELATIONS = (
    b'<Relationships><Relationship Id="rId9" Target="worksheets/a.xml"/>'
    b'<Relationship Id="rId2" Target="/xl/worksheets/b.xml"/></Relationships>'
)
STRINGS = (
    b"<sst><si><t>Surname</t></si><si><r><t>Ade</t></r><r><t>bayo</t></r>"
    b"<rPh><t>phonetic</t></rPh></si></sst>"
)
SHEET = (
    b'<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    b'<row><c r="A3"><f>1+1</f><v>2</v></c><c t="b"><v>1</v></c>'
    b'<c r="E3" t="inlineStr"><is><t>Si\xc3\xa2n</t></is></c></row><row r="9"/></sheetData></worksheet>'
)


def opened(members: list[tuple[str, bytes]]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(archive(members)))


WHOLE = [
    ("xl/workbook.xml", BOOK),
    ("xl/_rels/workbook.xml.rels", RELATIONS),
    ("xl/sharedStrings.xml", STRINGS),
    ("xl/worksheets/a.xml", SHEET),
]


def test_sheets_rows_and_strings_are_found_without_a_library() -> None:
    """Names, states, addresses, shared and inline strings are as the workbook says."""
    budget = Budget(BOUNDS)
    with opened(WHOLE) as book:
        listed = sheets(book, budget)
        assert [(s.name, s.state, s.member) for s in listed] == [
            ("One", "visible", "xl/worksheets/a.xml"),
            ("Two", "veryHidden", "xl/worksheets/b.xml"),
        ]
        strings = shared(book, budget)
        assert strings == ["Surname", "Adebayo"]
        assert list(rows(book, listed[0].member, strings, budget)) == [
            (2, ["", "Surname", "Adebayo"]),
            (3, ["2", "TRUE", "", "", "Siân"]),
        ]
        with pytest.raises(Trouble, match="broken"):
            list(rows(book, listed[1].member, strings, budget))


def test_it_agrees_with_what_openpyxl_wrote() -> None:
    """A real workbook's rows are all there, the last corner as well."""
    budget = Budget(BOUNDS)
    with zipfile.ZipFile(io.BytesIO(workbook(sparse=True))) as book:
        strings = shared(book, budget)
        found = {
            sheet.name: dict(rows(book, sheet.member, strings, budget))
            for sheet in sheets(book, budget)
        }
    assert found["Staff"] == {1: ["Surname", "Pay no"], 2: ["Adebayo", "4400123"]}
    assert found["Old"] == {4: ["", "", "Ffion"]}
    assert found["Corner"][1048576][sheetxml.COLUMNS - 1] == "last"


def test_nonsense_is_trouble_and_nothing_else() -> None:
    """Missing members, odd numbers and torn XML are told in one way."""
    budget = Budget(BOUNDS)
    odd = b'<sheetData><row r="x"><c r="ZZZZ1" t="s"><v>99</v></c><c t="s"><v>-1</v></c></row>'
    with opened([("s.xml", odd + b"</sheetData>"), ("t.xml", odd)]) as book:
        assert list(rows(book, "s.xml", [], budget)) == [(1, ["99", "-1"])]
        for call in (
            lambda: sheets(book, budget),
            lambda: list(rows(book, "t.xml", [], budget)),
        ):
            with pytest.raises(Trouble, match="broken"):
                call()
    broken = repacked(workbook(), [("xl/sharedStrings.xml", b"<sst><si>")])
    with zipfile.ZipFile(io.BytesIO(broken)) as book, pytest.raises(Trouble, match="broken"):
        shared(book, budget)


def test_rows_are_numbered_from_one() -> None:
    """Whatever they say: an address begins there."""
    odd = b'<sheetData><row r="0"><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>'
    with opened([("s.xml", odd)]) as book:
        assert list(rows(book, "s.xml", [], Budget(BOUNDS))) == [(1, ["1"]), (2, ["2"])]


def test_columns_are_counted_in_letters() -> None:
    """A is the first, XFD the last."""
    assert [column(each) for each in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]
