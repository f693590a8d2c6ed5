from __future__ import annotations

import io
import zipfile

import pytest

from tests.watcher.read.made import BOUNDS, archive
from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget
from watcher.read.sweep import DEPTH, is_nothing, is_xml, swept


def swept_member(name: str, body: bytes, skip: frozenset[str] = frozenset()) -> list[Part | Unread]:
    with zipfile.ZipFile(io.BytesIO(archive([(name, body)]))) as made:
        return list(swept(made, made.infolist()[0], Budget(BOUNDS), skip=skip))


def text(name: str, body: str, skip: frozenset[str] = frozenset()) -> list[str]:
    (part,) = swept_member(name, body.encode(), skip)
    assert isinstance(part, Part)
    return part.text.splitlines()


def test_runs_of_a_paragraph_are_joined() -> None:
    """A name that is split over runs with formats of their own is one word."""
    comment = (
        '<comments><comment ref="A1"><text><r><rPr><rFont val="Tahoma"/></rPr><t>Ade</t></r>'
        "<r><t>bayo</t></r></text></comment></comments>"
    )
    assert "Adebayo" in text("xl/comments1.xml", comment)
    letter = (
        "<w:document xmlns:w='w'><w:p><w:r><w:t>Qu</w:t></w:r><w:r><w:rPr><w:i/></w:rPr>"
        "<w:t>ill</w:t></w:r></w:p><w:p><w:r><w:t>next</w:t></w:r></w:p></w:document>"
    )
    assert text("word/document.xml", letter) == ["Quill", "next"]


def test_lines_of_a_note_are_lines() -> None:
    """A list that was pasted into a note is a list; line ends between elements are the file's."""
    note = (
        "<comments>\n<comment ref='A1'>\n<text>\n<r>\n<t>Surname, Pay no\nAdebayo, 4400123\n"
        "Quill, 4400124</t>\n</r>\n</text>\n</comment>\n</comments>"
    )
    found = ["Surname, Pay no", "Adebayo, 4400123", "Quill, 4400124"]
    assert text("xl/comments1.xml", note) == found
    threaded = "<ThreadedComments><threadedComment><text>Ffion\nQuill</text></threadedComment></ThreadedComments>"
    assert text("xl/threadedComments/threadedComment1.xml", threaded) == ["Ffion", "Quill"]


def test_what_a_link_has_seen_stands_in_rows() -> None:
    """One after another, with no cell's own address between them."""
    link = (
        "<externalLink><externalBook><sheetNames><sheetName val='Staff'/></sheetNames>"
        "<sheetDataSet><sheetData sheetId='0'><row r='1'><cell r='A1' t='str'><v>Surname</v></cell>"
        "<cell r='B1' t='str'><v>Pay no</v></cell></row><row r='2'><cell r='A2' t='str'>"
        "<v>Adebayo</v></cell><cell r='B2'><v>4400123</v></cell></row></sheetData></sheetDataSet>"
        "</externalBook></externalLink>"
    )
    found = text("xl/externalLinks/externalLink1.xml", link)
    at = found.index("Surname\t\tPay no")
    assert found[at + 1] == "Adebayo\t\t4400123"


def test_attributes_that_a_person_wrote_are_kept() -> None:
    """Names in attributes are read; schemas, ranges and sizes are not."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/x"><dimension ref="A1:XFD1048576"/>'
        '<sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData>'
        '<dataValidation sqref="B2"><formula1>"Adebayo,Quill"</formula1></dataValidation>'
        '<hyperlink display="see Ffion" height="914400"/></worksheet>'
    )
    found = text("xl/worksheets/sheet1.xml", sheet, frozenset(["sheetData"]))
    assert found == ['"Adebayo,Quill"', "see Ffion"]


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("xl/externalLinks/externalLink1.xml", True),
        ("docProps/core.xml", True),
        ("xl/a.xml", False),
    ],
)
def test_what_nobody_sees_is_hidden(name: str, *, hidden: bool) -> None:
    """Members that no program shows are marked."""
    (part,) = swept_member(name, b"<a><cell r='A1'><v>440</v></cell><cell><v>x</v></cell></a>")
    assert isinstance(part, Part)
    assert part.hidden is hidden
    assert "440" in part.text


def test_a_broken_member_is_read_as_far_as_it_goes() -> None:
    """Text before the fault is a part; the fault is an Unread."""
    part, unread = swept_member("x.xml", b"<a><p>Adebayo</p><p>Quill</q>")
    assert isinstance(part, Part)
    assert "Adebayo" in part.text
    assert isinstance(unread, Unread)
    assert (unread.where, unread.why.value) == ("x.xml", "broken")


def test_entities_are_refused() -> None:
    """No entity is declared, so none expands."""
    laughs = b"<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>"
    (unread,) = swept_member("x.xml", laughs)
    assert isinstance(unread, Unread)
    assert unread.why.value == "limit"


def test_members_are_told_by_their_names() -> None:
    """XML is swept; what no person wrote is left."""
    assert is_xml("xl/_rels/workbook.xml.rels")
    assert is_xml("xl/drawings/vmlDrawing1.vml")
    assert not is_xml("xl/media/image1.png")
    assert is_nothing("xl/styles.xml")
    assert not is_nothing("xl/comments1.xml")


def test_codes_in_the_headers_of_a_sheet_are_no_letters() -> None:
    """`&L` and its like stand right before what somebody wrote (ECMA-376-1, 18.3.1.39)."""
    header = (
        '<worksheet><headerFooter><oddHeader>&amp;LPC 4471 Quill&amp;R&amp;"Arial,Bold"&amp;8 R&amp;D'
        "</oddHeader></headerFooter></worksheet>"
    )
    (line,) = text("xl/worksheets/sheet1.xml", header)
    assert line.split() == ["PC", "4471", "Quill", "R"]


def test_elements_in_each_other_are_bounded() -> None:
    """A parser holds all that are open; what was written before them is read."""
    deep = b"<x><a>Adebayo</a>" + b"<a>" * (DEPTH + 1)
    first, second = swept_member("a.xml", b"<x><a>Adebayo</a>" + b"<p/>" * 99_999 + deep)
    assert isinstance(first, Part)
    assert first.text == "Adebayo\n" * 2
    assert second == Unread(where="a.xml", why=Why.LIMIT)
    assert text("a.xml", "<x>" + "<a>Quill</a><b/>" * DEPTH + "</x>")


def test_comments_and_instructions_are_read() -> None:
    """No program shows them, and they may be as long as the rest."""
    said = text(
        "word/document.xml", "<d><!-- Adebayo 4400123 --><?made Quill 4400124?><t>hi</t></d>"
    )
    assert {" Adebayo 4400123 ", "Quill 4400124", "hi"} <= set(said)
