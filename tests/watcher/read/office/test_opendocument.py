from __future__ import annotations

import io

from odf import draw, office, presentation, style, table, text
from odf.opendocument import OpenDocumentPresentation, OpenDocumentText

from tests.watcher.read.made import archive, parts, repacked, rows, unread, walked


def written() -> bytes:
    made = OpenDocumentText()
    veil = style.Style(name="V", family="text")
    veil.addElement(style.TextProperties(display="none"))
    made.automaticstyles.addElement(veil)
    line = text.P(text="PC ")
    for each in ("Ade", "bayo"):
        line.addElement(text.Span(text=each))
    line.addElement(text.Span(text="Bevan", stylename=veil))
    comment = office.Annotation()
    comment.addElement(text.P(text="Carew"))
    line.addElement(comment)
    made.text.addElement(line)
    grid = table.Table(name="T")
    for row in (("Surname", "Pay no"), ("Quill", "4400124")):
        made_row = table.TableRow()
        for cell in row:
            made_cell = table.TableCell()
            made_cell.addElement(text.P(text=cell))
            made_row.addElement(made_cell)
        grid.addElement(made_row)
    made.text.addElement(grid)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def shown() -> bytes:
    made = OpenDocumentPresentation()
    layout = style.PageLayout(name="p")
    made.automaticstyles.addElement(layout)
    master = style.MasterPage(name="m", pagelayoutname=layout)
    made.masterstyles.addElement(master)
    for name in ("Adebayo", "Bevan"):
        page = draw.Page(masterpagename=master)
        notes = presentation.Notes()
        for where, said in ((page, name), (notes, f"say {name}")):
            frame = draw.Frame(width="5cm", height="5cm", x="1cm", y="1cm")
            box = draw.TextBox()
            box.addElement(text.P(text=said))
            frame.addElement(box)
            where.addElement(frame)
        page.addElement(notes)
        made.presentation.addElement(page)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_a_text_is_read_in_its_order() -> None:
    """Runs are joined, tables are tables, hidden text and comments stand apart."""
    found = parts(walked(archive([("reply.odt", written())])))
    assert found["reply.odt"].text == "PC Adebayo\n"
    assert rows(found["reply.odt!/table 1"])[1] == ["Quill", "4400124"]
    for name, said in (("hidden text", "Bevan\n"), ("comments", "Carew\n")):
        assert found[f"reply.odt!/{name}"].text == said
        assert found[f"reply.odt!/{name}"].hidden
    assert found["reply.odt!/content.xml"].echo


def test_slides_have_their_places_and_notes_are_hidden() -> None:
    """`slide 2`, and what its speaker reads."""
    found = parts(walked(shown()))
    assert found["slide 2"].text == "Bevan\n"
    assert found["slide 2, notes"].text == "say Bevan\n"
    assert found["slide 2, notes"].hidden


def test_deleted_text_is_read() -> None:
    """Tracked changes keep it at the beginning of the text."""
    body = (
        b'<office:document-content xmlns:office="o" xmlns:text="t"><text:deletion>'
        b"<text:p>Davies</text:p></text:deletion><text:p>left</text:p></office:document-content>"
    )
    found = parts(walked(repacked(written(), [("content.xml", body)])))
    assert (found["deleted text"].text, found[""].text) == ("Davies\n", "left\n")


def test_an_encrypted_or_torn_document_is_told() -> None:
    """By its manifest; by its content."""
    manifest = b'<m><file-entry><encryption-data checksum="x"/></file-entry></m>'
    assert unread(walked(repacked(written(), [("META-INF/manifest.xml", manifest)]))) == [
        ("", "encrypted")
    ]
    assert ("", "broken") in unread(walked(repacked(written(), [("content.xml", b"<a><b>")])))
