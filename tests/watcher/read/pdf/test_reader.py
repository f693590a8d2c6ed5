from __future__ import annotations

import io
from contextlib import closing

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen import canvas

from tests.watcher.read.made import archive, bounds, parts, sample, unread, walked
from tests.watcher.read.pdf.files import (
    NAMED,
    content,
    drawn,
    inflated,
    listed,
    page,
    plain,
    raw,
    written,
)
from watcher.model import Part, Unread


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


def test_names_of_places_in_a_document_are_read() -> None:
    """Destinations that only links mention (12.3.2.3)."""
    names = b"<</Dests<</Names[(Adebayo)[3 0 R/Fit](Bevan)[3 0 R/Fit]]>>>>"
    made = plain(b"3 0 R", o6=names, o1=b"<</Type/Catalog/Pages 2 0 R/Names 6 0 R>>")
    assert parts(walked(raw(made)))["other strings"].text == "Adebayo\tBevan\n"


def test_a_form_in_xml_is_opened() -> None:
    """Its packets are one document."""
    form = b"<</XFA[(a) 7 0 R(b) 8 0 R]>>"
    made = plain(
        b"3 0 R", o6=form, o7=content(b"<x><n>Ade"), o8=content(b"bayo</n><m>4400123</m></x>")
    )
    made[1] = b"<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R>>"
    found = [part.text for where, part in parts(walked(raw(made))).items() if "XML" in where]
    assert any("Adebayo\t4400123" in text for text in found)


def test_nothing_of_a_file_is_never_silence() -> None:
    """A file in which nothing can be found is broken."""
    for body in (b"%PDF-1.4", b"%PDF-1.4\n1 0 obj\n", b"%PDF-1.4\n%%EOF"):
        assert [why for _, why in unread(walked(body))]


def test_text_about_pdf_is_text() -> None:
    """A paste that quotes a header is read as what it is."""
    assert parts(walked(b"it begins with\n%PDF-1.4\nAdebayo"))[""].text.endswith("Adebayo")


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


def test_a_page_at_many_places_is_read_once() -> None:
    """What it says is said, and no other page is lost."""
    items = walked(raw(plain(b"3 0 R 3 0 R 6 0 R 3 0 R", o6=page(7), o7=content(NAMED))))
    assert [item.where for item in items if isinstance(item, Part)] == ["page 1", "page 3"]


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


WORDS = st.text("Adebayo\u00e94400123", min_size=3, max_size=12)
PLACES = st.tuples(WORDS, st.integers(60, 400), st.integers(60, 700), st.integers(6, 20))


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACES, max_size=12), st.sampled_from((0, 0, 90, 7)))
def test_what_another_library_finds_on_a_page_is_found(
    places: list[tuple[str, int, int, int]], turn: int
) -> None:
    """Every word that PDFium sees, wherever it stands, however large and turned."""

    def draw(made: canvas.Canvas) -> None:
        made.rotate(turn)
        for word, x, y, size in places:
            made.setFont("Times-Roman", size)
            made.drawString(x, y - (400 if turn == 90 else 0), word)

    body = drawn(draw)
    with (
        closing(pypdfium2.PdfDocument(body)) as other,
        closing(other[0].get_textpage()) as page_text,
    ):
        seen = page_text.get_text_range()
    said = "".join(each.text for each in walked(body) if isinstance(each, Part))
    assert all(word in said for word, *_ in places if word in seen)


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
