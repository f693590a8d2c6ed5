from __future__ import annotations

from reportlab.pdfgen import canvas

from tests.watcher.read.made import parts, walked
from tests.watcher.read.pdf.files import content, drawn, plain, raw


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


def test_every_kind_of_note_is_read() -> None:
    """Free text, its popup, where a link leads, what a stamp shows; hidden ones are marked."""
    made = plain(
        b"3 0 R",
        o6=b"<</Type/Annot/Subtype/FreeText/Contents(Adebayo)/T(Sgt)>>",
        o7=b"<</Type/Annot/Subtype/Popup/Parent 6 0 R/Contents(Bevan)>>",
        o8=b"<</Type/Annot/Subtype/Link/A<</S/URI/URI(mailto:carew@police.example)>>>>",
        o9=b"<</Type/Annot/Subtype/Stamp/AP<</N 10 0 R>>>>",
        o10=content(
            b"BT /F1 9 Tf (Davies) Tj ET",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>>>",
        ),
        o11=b"<</Type/Annot/Subtype/Text/F 2/Contents(Evans)>>",
        o12=b"<</Type/Annot/Subtype/Text/OC 13 0 R/Contents(Floyd)>>",
        o13=b"<</Type/OCG/Name(draft)>>",
        o1=b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[13 0 R]/D<</OFF[13 0 R]>>>>>>",
    )
    notes = b"[6 0 R 7 0 R 8 0 R 9 0 R 11 0 R 12 0 R]"
    made[3] = made[3].replace(b"/Contents 4", b"/Annots" + notes + b"/Contents 4")
    found = parts(walked(raw(made)))
    said = found["page 1, notes"].text.splitlines()
    assert said == ["Adebayo\tSgt", "Sgt\tBevan", "mailto:carew@police.example", "Davies"]
    assert found["page 1, hidden notes"].text == "Evans\nFloyd\n"
    assert found["page 1, hidden notes"].hidden
