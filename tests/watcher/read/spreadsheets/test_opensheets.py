from __future__ import annotations

from typing import Any

import odf.dc
import odf.office
import odf.style
import odf.table
import odf.text
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import archive, bounds, parts, repacked, rows, unread, walked
from tests.watcher.read.sheets import flat, ods, packed, row


def _filled(document: Any) -> None:
    hidden = odf.style.Style(name="away", family="table")
    hidden.addElement(odf.style.TableProperties(display="false"))
    white = odf.style.Style(name="white", family="table-cell")
    white.addElement(odf.style.TextProperties(color="#ffffff"))
    thin = odf.style.Style(name="thin", family="table-row")
    thin.addElement(odf.style.TableRowProperties(rowheight="0.01cm"))
    for style in (hidden, white, thin):
        document.automaticstyles.addElement(style)
    table = odf.table.Table(name="Staff")
    table.addElement(odf.table.TableColumn(numbercolumnsrepeated=3))
    table.addElement(odf.table.TableColumn(visibility="collapse"))
    table.addElement(row(["Surname", "Pay no", "Rank"]))
    table.addElement(row(["Adebayo", (44123, "044123"), "PC", "Home"]))
    table.addElement(row(["Bystander"], visibility="filter"))
    table.addElement(row(["Thin"], stylename="thin"))
    table.addElement(odf.table.TableRow(numberrowsrepeated=1000))
    last = odf.table.TableRow()
    ghost = odf.table.TableCell(stylename="white", valuetype="string")
    ghost.addElement(odf.text.P(text="Ghost"))
    date = odf.table.TableCell(valuetype="date", datevalue="2020-01-02T00:00:00")
    date.addElement(odf.text.P(text="2 Jan"))
    noted = odf.table.TableCell(valuetype="string", formula='of:=CONCATENATE("Said Lloyd")')
    note = odf.office.Annotation()
    note.addElement(odf.text.P(text="call Lloyd"))
    noted.addElement(note)
    noted.addElement(odf.text.P(text="Shown"))
    for cell in (ghost, date, noted):
        last.addElement(cell)
    table.addElement(last)
    document.spreadsheet.addElement(table)
    other = odf.table.Table(name="List", stylename="away")
    other.addElement(row(["Quill", "Siân"]))
    document.spreadsheet.addElement(other)


@pytest.mark.parametrize("made", [packed, flat])
def test_what_is_seen_and_what_is_not_are_apart(made: Any) -> None:
    """Sheets, rows, columns and cells that nobody sees are marked, in a package and flat."""
    items = walked(made(ods(_filled)))
    found = parts(items)
    assert rows(found["Staff"])[1] == ["Adebayo", "044123", "PC"]
    assert rows(found["Staff"])[-1] == ["", "2020-01-02", "Shown"]
    assert found["Staff"].numbers[-1] == 1005
    assert [each[0] for each in rows(found["Staff (hidden rows)"])] == ["Bystander", "Thin"]
    assert rows(found["Staff (hidden columns)"]) == [["Adebayo", "044123", "PC", "Home"]]
    assert rows(found["Staff (hidden cells)"])[0][0] == "Ghost"
    assert rows(found["List (hidden)"]) == [["Quill", "Siân"]]
    beside = next(part for where, part in found.items() if "behind" in where)
    assert beside.hidden
    assert {"call Lloyd", "Said Lloyd"} <= set(beside.text.splitlines())
    assert unread(items) == []


def test_repeated_rows_and_cells_cost_nothing() -> None:
    """A million equal rows of sixteen thousand equal cells are one; the next stands where it stands."""

    def fill(document: Any) -> None:
        table = odf.table.Table(name="Wide")
        made = odf.table.TableRow(numberrowsrepeated=1_000_000)
        cell = odf.table.TableCell(numbercolumnsrepeated=16_000, valuetype="string")
        cell.addElement(odf.text.P(text="Quill"))
        made.addElement(cell)
        table.addElement(made)
        table.addElement(row(["Adebayo"]))
        document.spreadsheet.addElement(table)

    items = walked(packed(ods(fill)), limits=bounds(max_bytes=1 << 20))
    assert unread(items) == []
    windows = [item for item in items if item.where == "Wide"]
    assert [(rows(part)[0][0], part.first) for part in windows] == [  # type: ignore[arg-type, union-attr]  # all are parts
        ("Quill", 1),
        ("Adebayo", 1_000_001),
    ]


def test_a_torn_document_is_read_as_far_as_it_goes() -> None:
    """The rows before the tear are given, the rest is text, and the document is broken."""
    whole = packed(ods(_filled))
    text = flat(ods(_filled))
    torn = text[: text.find(b"Home")]
    items = walked(torn)
    assert ("", "broken") in unread(items)
    assert rows(parts(items)["Staff"])[0] == ["Surname", "Pay no", "Rank"]
    assert "Adebayo" in parts(items)["raw"].text
    items = walked(repacked(whole, [("content.xml", torn)]))
    assert {("", "broken"), ("content.xml", "broken")} <= set(unread(items))
    assert "Adebayo" in parts(items)["content.xml"].text


def test_entities_are_refused() -> None:
    """Declared entities end the reading with a limit."""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    items = walked(archive([("mimetype", kind), ("content.xml", bomb)]))
    assert ("", "limit") in unread(items)


@settings(max_examples=50)
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_any_content_is_parts_or_unread(noise: bytes, at: int) -> None:
    """Bytes anywhere in the XML make no fault."""
    text = flat(ods(lambda _: None))
    walked(text[:at] + noise + text[at:])
