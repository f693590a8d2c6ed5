from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from tests.watcher.read.made import parts, walked
from tests.watcher.read.pdf.files import NAMED, content, listed, packed, plain, raw, written
from watcher.read.pdf.revisions import changed, numbers, place


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


def test_an_object_has_one_place_in_a_revision() -> None:
    """An offset, or a place in a stream of objects; free ones have none."""
    table = PdfReader(io.BytesIO(raw(plain(b"3 0 R"))))
    assert set(numbers(table)) == {1, 2, 3, 4, 5}
    streams = PdfReader(io.BytesIO(packed(plain(b"3 0 R"))))
    assert set(numbers(streams)) >= {1, 2, 3, 4, 5}
    assert place(streams, 3, 0) == (6, 2)
    assert place(table, 9, 0) is None


def test_a_page_has_changed_where_its_drawing_stands_elsewhere() -> None:
    """Appended later, under the same number."""
    body = raw(plain(b"3 0 R"))
    older, newer = PdfReader(io.BytesIO(body)), PdfReader(io.BytesIO(body))
    assert not changed(older, newer, older.pages[0])
    at = len(body)
    added = b"4 0 obj\n" + content(NAMED) + b"\nendobj\n"
    tail = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    body += added + tail % (at, body.rindex(b"xref\n0 "), at + len(added))
    assert changed(older, PdfReader(io.BytesIO(body)), older.pages[0])
