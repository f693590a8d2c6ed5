from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from reportlab.pdfgen import canvas
from reportlab.platypus import SimpleDocTemplate, Table

from tests.watcher.read.made import archive, bounds, parts, sample, unread, walked
from watcher.model import Part, Unread
from watcher.read.pdf import reader as pdf

LIST = [["Surname", "Rank", "Pay no"], ["Adebayo", "Sgt", "4400123"], ["Quill", "PC", "4400124"]]
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
NAMED = b"BT /F1 12 Tf 50 700 Td (Adebayo) Tj ET"


def listed(rows: Sequence[Sequence[str]] = LIST) -> bytes:
    """A list as a table, row by row."""
    held = io.BytesIO()
    SimpleDocTemplate(held).build([Table(rows)])
    return held.getvalue()


def drawn(draw: Callable[[canvas.Canvas], None]) -> bytes:
    held = io.BytesIO()
    made = canvas.Canvas(held)
    draw(made)
    made.save()
    return held.getvalue()


def written(writer: PdfWriter) -> bytes:
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def raw(objects: dict[int, bytes]) -> bytes:
    """A file of these objects; 1 is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out + trailer % (max(places) + 1, start))


def content(body: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(body), extra, body)


def page(contents: int) -> bytes:
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>"
        b"/Contents %d 0 R>>" % contents
    )


def plain(kids: bytes, **more: bytes) -> dict[int, bytes]:
    """A catalog, a tree with these kids, page 3 that names a person, and its font."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[%b]>>" % kids,
        3: page(4),
        4: content(NAMED),
        5: FONT,
        **{int(number[1:]): body for number, body in more.items()},
    }


def flat(text: str) -> bytes:
    return zlib.compress(text.encode(), 9)


def test_a_row_of_a_table_is_a_line() -> None:
    """A name and the number beside it are fields of one line, on the page that has them."""
    found = parts(walked(archive([("foi/reply.pdf", listed())])))
    assert found["foi/reply.pdf!/page 1"].text.splitlines()[1] == "Adebayo\tSgt\t4400123"


def test_a_list_drawn_column_by_column_is_read_by_lines_too() -> None:
    """Its first reading is in the order of drawing; a second, an echo, has its rows."""

    def columns(made: canvas.Canvas) -> None:
        for at in range(3):
            for line, row in enumerate(LIST):
                made.drawString(60 + 120 * at, 800 - 14 * line, row[at])

    found = parts(walked(drawn(columns)))
    assert found["page 1"].text.startswith("Surname\nAdebayo\nQuill")
    across = found["page 1, line by line"]
    assert across.text.splitlines()[1] == "Adebayo\tSgt\t4400123"
    assert across.echo


def test_what_a_reader_would_not_see_is_text() -> None:
    """Under a black box, invisible, white, beyond the paper, turned, inside a form."""

    def hidden(made: canvas.Canvas) -> None:
        made.drawString(60, 700, "Adebayo")
        made.rect(50, 690, 200, 30, fill=1)
        text = made.beginText(60, 600)
        text.setTextRenderMode(3)
        text.textLine("Bevan")
        made.drawText(text)
        made.setFillColorRGB(1, 1, 1)
        made.drawString(60, 500, "Carew")
        made.drawString(-900, 400, "Davies")
        made.rotate(90)
        made.drawString(100, -300, "Evans")
        made.beginForm("f")
        made.drawString(60, 300, "Floyd")
        made.endForm()
        made.doForm("f")

    text = parts(walked(drawn(hidden)))["page 1"].text
    assert text.split() == ["Adebayo", "Bevan", "Carew", "Davies", "Evans", "Floyd"]


def test_a_picture_of_a_page_is_unread_and_an_empty_page_nothing() -> None:
    """A scan has no text layer, or only a stamp; both are told by their page."""

    def pages(made: canvas.Canvas) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        scan = ImageReader(Image.new("RGB", (40, 40), (9, 9, 9)))
        made.drawImage(scan, 0, 0, 590, 800)
        made.showPage()
        made.showPage()
        made.drawImage(scan, 0, 0, 590, 800)
        made.drawString(60, 810, "stamp")
        made.showPage()
        made.drawImage(scan, 0, 0, 40, 40)
        made.drawString(60, 810, "crest")
        made.showPage()

    items = walked(drawn(pages))
    assert unread(items) == [("page 1", "image only"), ("page 3", "image only")]
    assert parts(items)["page 3"].text == "stamp\n"


def test_notes_fields_bookmarks_and_properties_are_read() -> None:
    """Each at its own address; what programs say of a file is an echo and hidden."""

    def noted(made: canvas.Canvas) -> None:
        made.setAuthor("Ffion")
        made.bookmarkPage("a")
        made.addOutlineEntry("Bevan", "a")
        made.textAnnotation("Carew", Rect=[10, 10, 50, 50])
        made.acroForm.textfield(name="surname", value="Davies", x=100, y=100)
        made.showPage()

    found = parts(walked(drawn(noted)))
    assert found["page 1, notes"].text == "Carew\nDavies\tsurname\n"
    assert found["bookmarks"].text == "Bevan\n"
    about = found["properties"]
    assert "Ffion" in about.text
    assert about.echo
    assert about.hidden


def test_attachments_are_opened_and_scripts_are_text() -> None:
    """An attached list is a document of its own."""
    writer = PdfWriter(clone_from=io.BytesIO(listed()))
    writer.add_attachment("list Bevan.csv", b"a,b\nCarew,4400125\n")
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("show(Davies)"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    found = parts(walked(written(writer)))
    assert found["list Bevan.csv"].table
    assert found["names of attachments"].text == "list Bevan.csv\n"
    assert found["scripts"].text == "show(Davies)\n"
    assert found["scripts"].hidden


def test_a_form_in_xml_is_opened() -> None:
    """Its packets are one document."""
    form = b"<</XFA[(a) 7 0 R(b) 8 0 R]>>"
    made = plain(
        b"3 0 R", o6=form, o7=content(b"<x><n>Ade"), o8=content(b"bayo</n><m>4400123</m></x>")
    )
    made[1] = b"<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R>>"
    found = [part.text for where, part in parts(walked(raw(made))).items() if "XML" in where]
    assert any("Adebayo\t4400123" in text for text in found)


def test_encryption_with_the_empty_word_is_opened() -> None:
    """Another word leaves a document encrypted, never clean."""
    for word, told in (("", []), ("secret", [("", "encrypted")])):
        writer = PdfWriter(clone_from=io.BytesIO(listed()))
        writer.encrypt(word, "owner", algorithm="AES-256")
        items = walked(written(writer))
        assert unread(items) == told
        assert ("page 1" in parts(items)) is not told


def test_an_older_revision_is_read() -> None:
    """What a later part of the file replaced is still in it, and hidden."""
    writer = PdfWriter(io.BytesIO(listed()), incremental=True)
    clean = StreamObject()
    clean.set_data(b"BT /F1 12 Tf 60 700 Td (Clean) Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(clean)
    found = parts(walked(written(writer)))
    assert "Adebayo" not in found["page 1"].text
    older = found["revision 1, page 1"]
    assert "Adebayo\tSgt\t4400123" in older.text
    assert older.hidden


def test_a_page_that_no_tree_leads_to_is_read() -> None:
    """A page taken out of the tree, and operators on no page, are there and hidden."""
    writer = PdfWriter(clone_from=io.BytesIO(listed()))
    tree = writer.root_object["/Pages"]
    assert isinstance(tree, DictionaryObject)
    tree[NameObject("/Count")] = NumberObject(0)
    made = plain(b"6 0 R", o6=page(7), o7=content(b""), o8=content(NAMED.replace(b"Ade", b"Bab")))
    found = parts(walked(raw(made)))
    assert found["page in no tree (object 3)"].text == "Adebayo\n"
    assert found["drawing on no page (object 8)"].text.strip() == "Babbayo"
    assert found["page in no tree (object 3)"].hidden


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body.replace(b"startxref\n", b"startxref\n9"),
        lambda body: body.replace(b"xref\n0 ", b"xref\n0 9999999"),
        lambda body: b"junk\n" * 20 + body,
        lambda body: body[:-300],
    ],
)  # fmt: skip
def test_a_damaged_table_of_objects_is_mended(damage: Callable[[bytes], bytes]) -> None:
    """The page is read all the same; a file without its end says that it is broken."""
    body = damage(listed())
    items = walked(body)
    assert "Adebayo\tSgt\t4400123" in parts(items)["page 1"].text
    assert unread(items) == ([] if b"%%EOF" in body else [("", "broken")])


def test_nothing_of_a_file_is_never_silence() -> None:
    """A file in which nothing can be found is broken."""
    for body in (b"%PDF-1.4", b"%PDF-1.4\n1 0 obj\n", b"%PDF-1.4\n%%EOF"):
        assert [why for _, why in unread(walked(body))]


def test_text_about_pdf_is_text() -> None:
    """A paste that quotes a header is read as what it is."""
    assert parts(walked(b"it begins with\n%PDF-1.4\nAdebayo"))[""].text.endswith("Adebayo")


def inflated(size: int) -> bytes:
    return content(zlib.compress(b" " * size, 9), b"/Filter/FlateDecode")


BOMBS = {
    "a tree in a circle": lambda: plain(b"3 0 R 2 0 R"),
    "a deep tree": lambda: plain(
        b"10 0 R", **{f"o{at}": b"<</Type/Pages/Kids[%d 0 R]>>" % (at + 1) for at in range(10, 900)}
    ),
    "a bookmark in a circle": lambda: plain(
        b"3 0 R", o6=b"<</Title(x)/Parent 6 0 R/Next 6 0 R/First 6 0 R>>"
    ),
    "a page that inflates": lambda: plain(b"3 0 R 6 0 R", o6=page(7), o7=inflated(80 << 20)),
    "pages that inflate": lambda: plain(
        b"3 0 R" + b" 6 0 R" * 40, o6=page(7), o7=inflated(60 << 20)
    ),
    "arrays without end": lambda: plain(b"3 0 R", o6=b"[" * 100_000),
    "operands without end": lambda: plain(b"3 0 R 6 0 R", o6=page(7), o7=content(b"[" * 100_000)),
    "objects elsewhere": lambda: plain(b"3 0 R") | dict.fromkeys(range(10, 3000), b""),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_no_other_with_it(name: str) -> None:
    """Its good page and the archive's next member are read."""
    items = walked(
        archive([("bomb.pdf", raw(BOMBS[name]())), ("next.txt", b"after")]),
        limits=bounds(memory=512 << 20, max_bytes=256 << 20),
    )
    found = parts(items)
    assert any("Adebayo" in part.text for part in found.values())
    assert found["next.txt"].text == "after"


def test_the_objects_that_are_looked_at_are_counted(capfd: pytest.CaptureFixture[str]) -> None:
    """Where it ends early it says so, and no warning of the library quotes the document."""
    numbers = dict.fromkeys(range(10, 3000), b"(x)")
    items = walked(raw(plain(b"3 0 R") | numbers | {4: content(NAMED, b"/Filter/Nothing")}))
    assert ("page 1", "unsupported") in unread(items)
    assert capfd.readouterr().err == ""


def test_recorded_documents_are_read() -> None:
    """One with a text layer, one with a word to open it."""
    text = parts(walked(sample("documents/urlwatch_pdf-test.pdf")))["page 1"].text
    assert "PDF Document" in text
    locked = walked(sample("documents/urlwatch_pdf-test-password.pdf"))
    assert unread(locked) == [("", "encrypted")]


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 1 << 14), junk=st.binary(max_size=30), cut=st.booleans())
def test_whatever_stands_in_a_file_nothing_is_raised(at: int, junk: bytes, *, cut: bool) -> None:
    """Parts or unread parts."""
    body = raw(plain(b"3 0 R"))
    at %= len(body)
    damaged = body[:at] + junk + (b"" if cut else body[at + len(junk) :])
    assert all(isinstance(item, Part | Unread) for item in walked(damaged))


def test_the_table_of_a_reader_is_the_librarys() -> None:
    """`opened` gives what the library gives where nothing is broken."""
    body = listed()
    assert len(pdf.opened(body).pages) == len(PdfReader(io.BytesIO(body)).pages)
