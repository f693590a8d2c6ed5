from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import parts, rows, unread, walked
from watcher.read.sniff import Kind, kind
from watcher.read.spreadsheets.sheetml import states

# As Excel 2003 writes it (Microsoft, "XML Spreadsheet Reference").
BOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>Ffion</Author></DocumentProperties>
 <Styles>
  <Style ss:ID="s1"><NumberFormat ss:Format="000000"/></Style>
  <Style ss:ID="s2"><Font ss:Color="#FFFFFF"/></Style>
  <Style ss:ID="s3"><Font ss:Color="#FFFFFF"/><Interior ss:Color="#000080" ss:Pattern="Solid"/></Style>
 </Styles>
 <Worksheet ss:Name="Staff"><Table>
  <Column ss:Index="4" ss:Hidden="1" ss:Span="1"/>
  <Row><Cell ss:StyleID="s3"><Data ss:Type="String">Surname</Data></Cell><Cell><Data ss:Type="String">Pay no</Data></Cell></Row>
  <Row ss:Index="5"><Cell><Data ss:Type="String">Adebayo</Data><Comment ss:Author="Q"><ss:Data>call <B>Lloyd</B></ss:Data></Comment></Cell>
   <Cell ss:StyleID="s1"><Data ss:Type="Number">44123</Data></Cell>
   <Cell ss:Index="5"><Data ss:Type="String">Home</Data></Cell></Row>
  <Row ss:Hidden="1"><Cell><Data ss:Type="String">Bystander</Data></Cell></Row>
  <Row><Cell ss:StyleID="s2"><Data ss:Type="String">Ghost</Data></Cell>
   <Cell><Data ss:Type="DateTime">2020-01-02T00:00:00.000</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="List"><Table><Row><Cell><Data ss:Type="String">Quill</Data></Cell></Row></Table>
  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetVeryHidden</Visible></WorksheetOptions>
 </Worksheet>
</Workbook>"""


def test_what_is_seen_and_what_is_not_are_apart() -> None:
    """A sheet said to be hidden behind its rows, hidden rows, columns and cells are marked."""
    for body in (BOOK.encode(), BOOK.encode("utf-16")):
        items = walked(body)
        found = parts(items)
        assert rows(found["Staff"])[0] == ["Surname", "Pay no"]
        assert rows(found["Staff"])[-1] == ["", "2020-01-02"]
        assert rows(found["Staff (hidden rows)"]) == [["Bystander"]]
        assert rows(found["Staff (hidden columns)"]) == [["Adebayo", "044123", "", "", "Home"]]
        assert found["Staff (hidden columns)"].first == 5
        assert rows(found["Staff (hidden cells)"])[0][0] == "Ghost"
        assert rows(found["List (very hidden)"]) == [["Quill"]]
        beside = found["workbook (behind the cells)"]
        assert beside.hidden
        assert {"Ffion", "Lloyd"} <= {w for line in beside.text.splitlines() for w in line.split()}
        assert unread(items) == []


def test_it_is_told_from_other_xml() -> None:
    """A workbook is one by its outermost element and its name space."""
    assert kind(BOOK.encode()) is Kind.FLAT_EXCEL
    assert kind(b'<Workbook xmlns="urn:other"><a/></Workbook>') is Kind.XML


def test_a_torn_workbook_is_read_as_far_as_it_goes() -> None:
    """Rows before the tear, the raw text, and an unread part."""
    items = walked(BOOK[: BOOK.find("Ghost")].encode())
    assert ("", "broken") in unread(items)
    assert "Adebayo" in parts(items)["Staff"].text
    assert "Bystander" in parts(items)["raw"].text


def test_states_follow_their_sheets() -> None:
    """A state belongs to the sheet before it."""
    assert states(BOOK.encode()) == ["visible", "veryHidden"]
    assert states(b"<Visible>SheetHidden</Visible>") == []


@settings(max_examples=50)
@given(st.text(max_size=100), st.integers(600, len(BOOK)))
def test_any_content_is_parts_or_unread(noise: str, at: int) -> None:
    """Text anywhere in it makes no fault."""
    walked((BOOK[:at] + noise + BOOK[at:]).encode("utf-8", "replace"))
