from __future__ import annotations

import io
from functools import partial

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject
from reportlab.pdfgen import canvas

from tests.watcher.read.effort import calls
from tests.watcher.read.made import archive, parts, unread, walked
from tests.watcher.read.pdf.files import (
    LIST,
    NAMED,
    content,
    drawn,
    listed,
    page,
    plain,
    raw,
    shown,
)

LAYERS = {"o6": b"<</Type/OCG/Name(draft)>>", "o7": b"<</Type/OCG/Name(print)>>"}


def test_a_row_of_a_table_is_a_line() -> None:
    """A name and the number beside it are fields of one line, on the page that has them."""
    found = parts(walked(archive([("foi/reply.pdf", listed())])))
    assert found["foi/reply.pdf!/page 1"].text.splitlines()[1] == "Adebayo\tSgt\t4400123"


def test_a_list_drawn_column_by_column_is_read_by_rows() -> None:
    """A name and the number beside it are on one line; the order of drawing is an echo."""

    def columns(made: canvas.Canvas) -> None:
        for at in range(3):
            for line, row in enumerate(LIST):
                made.drawString(60 + 120 * at, 800 - 14 * line, row[at])

    found = parts(walked(drawn(columns)))
    assert found["page 1"].text.splitlines()[1] == "Adebayo\tSgt\t4400123"
    assert not found["page 1"].echo
    assert found["page 1, as drawn"].text.startswith("Surname\nAdebayo\nQuill")
    assert found["page 1, as drawn"].echo


def test_columns_of_prose_are_read_as_they_are_drawn() -> None:
    """Their lines, which join what stands side by side, are the echo."""

    def columns(made: canvas.Canvas) -> None:
        for x, name in ((60, "Adebayo"), (330, "Quill")):
            for line in range(9):
                made.drawString(x, 800 - 14 * line, f"It rained on {name} again in line {line}")

    found = parts(walked(drawn(columns)))
    assert found["page 1"].text.splitlines()[1] == "It rained on Adebayo again in line 1"
    assert found["page 1, line by line"].echo


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


@pytest.mark.parametrize("step", [1, -1])
def test_columns_in_any_order_and_turned_are_rows(step: int) -> None:
    """A producer that draws cells column by column, from the last to the first, on a turned page."""

    def columns(made: canvas.Canvas) -> None:
        made.rotate(90)
        for at in range(3)[::step]:
            for line, row in enumerate(LIST):
                made.drawString(60 + 120 * at, -80 - 14 * line, row[at])

    found = parts(walked(drawn(columns)))["page 1"].text
    assert found.splitlines() == ["\t".join(row) for row in LIST]


def test_cells_of_one_row_are_put_together_by_their_height() -> None:
    """Numbers are set smaller, a little lower and against the right edge of their column."""

    def columns(made: canvas.Canvas) -> None:
        for line, row in enumerate(LIST):
            made.setFont("Times-Bold", 12)
            made.drawString(60, 800 - 16 * line, row[0])
        for line, row in enumerate(LIST):
            made.setFont("Courier", 9)
            made.drawRightString(400, 798.5 - 16 * line, row[2])

    found = parts(walked(drawn(columns)))["page 1"].text
    assert found.splitlines() == [f"{row[0]}\t{row[2]}" for row in LIST]


def test_what_stands_in_a_layer_that_is_off_is_hidden() -> None:
    """Marked on the page, or a form of the layer; what stands in one that is on is not."""
    operators = (
        b"/OC /Draft BDC BT /F1 12 Tf 50 700 Td (Adebayo) Tj ET EMC "
        b"/OC /Print BDC BT /F1 12 Tf 50 680 Td (Bevan) Tj ET EMC /X1 Do"
    )
    resources = b"/Font<</F1 5 0 R>>/Properties<</Draft 6 0 R/Print 7 0 R>>/XObject<</X1 8 0 R>>"
    form = content(
        b"BT /F1 12 Tf 50 660 Td (Carew) Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 6 0 R",
    )
    catalog = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>>>"
    body = shown(operators, resources, **LAYERS, o8=form, o1=catalog)
    found = parts(walked(body))
    assert found["page 1"].text == "Bevan\n"
    assert not found["page 1"].hidden
    assert found["page 1, hidden layers"].text == "Adebayo\nCarew\n"
    assert found["page 1, hidden layers"].hidden


def test_words_that_stand_for_what_is_drawn_are_hidden_text() -> None:
    """Where they say what the page does not show."""
    operators = (
        b"/Span <</ActualText (Adebayo)>> BDC BT /F1 12 Tf 50 700 Td (A) Tj ET EMC "
        b"/Span <</ActualText <FEFF00530069>>> BDC BT /F1 12 Tf 50 700 Td (Si) Tj ET EMC"
    )
    found = parts(walked(shown(operators)))
    assert found["page 1, alternative texts"].text == "Adebayo\n"
    assert found["page 1, alternative texts"].hidden


def test_letters_that_no_font_tells_leave_a_page_unread() -> None:
    """Glyphs by numbers of their own are no words, whatever signs stand under those numbers."""
    nameless = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65"
        b"/LastChar 66/Widths[5 5]/CharProcs<</g1 6 0 R/g2 6 0 R>>"
        b"/Encoding<</Type/Encoding/Differences[65/g1/g2]>>>>"
    )
    identity = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H"
        b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X>>]>>"
    )
    glyphs = "".join(f"{ord(each) - 29:04x}" for each in "Adebayo").encode()
    for font, text in ((nameless, b"(ABBA BAB)"), (identity, b"<" + glyphs + b">")):
        items = walked(shown(b"BT /F1 12 Tf 50 700 Td " + text + b" Tj ET", o5=font))
        assert unread(items) == [("page 1", "unsupported")]
    # Most fonts number the glyphs of ASCII in its order: what they say is tried as well.
    assert parts(items)["page 1"].text == "Adebayo\n"


def test_what_a_page_says_before_it_breaks_is_read() -> None:
    """Operators that cannot be parsed, a stream in a filter that nobody knows: each is told."""
    broken = shown(NAMED + b" <</A" + b"[" * 50_000)
    items = walked(broken)
    assert parts(items)["page 1"].text == "Adebayo\n"
    assert [where for where, _ in unread(items)] == ["page 1"]
    several = plain(b"3 0 R", o6=content(b"x", b"/Filter/No"))
    several[3] = several[3].replace(b"/Contents 4 0 R", b"/Contents[6 0 R 4 0 R]")
    items = walked(raw(several))
    assert parts(items)["page 1"].text == "Adebayo\n"
    assert unread(items) == [("page 1", "unsupported")]


def test_forms_that_draw_one_another_end() -> None:
    """A form in itself, and ten forms that each draw the next ten times."""
    forms = {
        f"o{at}": content(
            b"/X1 Do " * 10 + NAMED,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
            b"/Resources<</Font<</F1 5 0 R>>/XObject<</X1 %d 0 R>>>>" % min(at + 1, 19),
        )
        for at in range(10, 20)
    }
    items = walked(shown(b"/X1 Do", b"/XObject<</X1 10 0 R>>", **forms))
    assert "Adebayo" in parts(items)["page 1"].text
    assert unread(items) == [("page 1", "limit")]


def test_the_work_grows_with_the_operators() -> None:
    """Twice as many strings on one page, or on one line, are at most twice the work."""
    for each in (b"(Adebayo) Tj 0 -14 Td ", b"(Adebayo) Tj "):
        once, twice = (
            calls(partial(walked, shown(b"BT /F1 9 Tf " + each * number + b"ET")))
            for number in (1500, 3000)
        )
        assert twice < 2.1 * once
