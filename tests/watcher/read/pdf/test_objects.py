from __future__ import annotations

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from tests.watcher.read.made import parts, unread, walked
from tests.watcher.read.pdf.files import content, plain, raw
from watcher.read.pdf.objects import is_drawing, strings


def test_all_texts_of_an_object_are_found() -> None:
    """At every depth of what stands in it; not what says when or which."""
    found = DictionaryObject(
        {
            NameObject("/Alt"): TextStringObject("Adebayo"),
            NameObject("/M"): TextStringObject("D:2020"),
            NameObject("/K"): ArrayObject([TextStringObject("Quill"), ByteStringObject(b"Bevan")]),
        }
    )
    assert strings(found) == ["Adebayo", "Quill", "Bevan"]


def test_objects_that_nothing_refers_to_are_read() -> None:
    """Alternative texts, fields, files: each where it belongs."""
    made = plain(
        b"3 0 R",
        o6=b"<</Alt(Bevan)>>",
        o7=b"<</FT/Tx/T(surname)/V(Carew)>>",
        o8=content(b"a,b\n1,2\n", b"/Type/EmbeddedFile"),
        o9=content(b"<x:a xmlns:x='y'>Davies</x:a>", b"/Type/Metadata"),
    )
    found = parts(walked(raw(made)))
    assert found["other strings"].text == "Bevan\n"
    assert "Carew" in found["form fields"].text
    assert found["attachment without name (object 8)"].table
    assert "Davies" in found["properties"].text


def test_an_object_that_cannot_be_parsed_is_told() -> None:
    """Once for a document; an attachment by its name."""
    made = plain(b"3 0 R", o6=b"[" * 50_000, o8=content(b"x", b"/Type/EmbeddedFile/Filter/No"))
    told = unread(walked(raw(made)))
    assert ("objects", "broken") in told
    assert ("attachment without name (object 8)", "unsupported") in told


def test_operators_are_told_from_other_bytes() -> None:
    """By text that is shown."""
    assert is_drawing(b"q BT /F1 12 Tf (x) Tj ET")
    assert not is_drawing(b"BTC and ETH")
