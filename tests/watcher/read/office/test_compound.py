from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from tests.watcher.read.compoundmade import compound
from tests.watcher.read.made import archive, parts, unread, walked, workbook
from tests.watcher.read.office.test_oleobject import packager
from tests.watcher.read.office.test_oletext import letter, presentation
from watcher.model import Part, Unread, Why
from watcher.read.office.encrypted import PASSWORDS


def sealed(word: str) -> bytes:
    """A workbook encrypted with this word."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt(word, out)
    return out.getvalue()


def test_a_letter_of_1997_is_read_in_its_order() -> None:
    """Rows are lines; hidden and deleted text is apart; all of the stream is swept beside it."""
    word, table = letter()
    items = walked(archive([("old.doc", compound({"WordDocument": word, "1Table": table}))]))
    found = parts(items)
    assert found["old.doc"].text == "Siân\nAdebayo\t4400123\t\nŁukasz\n"
    assert found["old.doc!/hidden text"].hidden
    assert found["old.doc!/WordDocument"].echo
    assert unread(items) == []


def test_slides_of_1997_are_read() -> None:
    """Text atoms of slides and notes; notes are hidden."""
    found = parts(walked(compound({"PowerPoint Document": presentation(), "Current User": b"x"})))
    assert found[""].text == "Adebayo 4400123\nŁukasz\n"
    assert found["notes"].text == "Quill\n"
    assert found["notes"].hidden


def test_what_is_locked_says_so() -> None:
    """Letters and slides by their flags; a package by its stream."""
    word = struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x0300)
    user = bytes(12) + struct.pack("<I", 0xF3D1C4DF)
    for streams in (
        {"WordDocument": word, "1Table": b""},
        {"PowerPoint Document": b"", "Current User": user},
        {"EncryptedPackage": b"", "EncryptionInfo": b""},
    ):
        assert ("", "encrypted") in unread(walked(compound(streams)))


def test_the_default_word_opens_a_package() -> None:
    """What is encrypted only against writing is read; with another word it is encrypted."""
    found = parts(walked(sealed(PASSWORDS[0])))
    assert "4400123" in found["Staff"].text
    assert unread(walked(sealed("another"))) == [("", "encrypted")]


def module(body: bytes) -> bytes:
    """A module's stream: some bytes, then its source compressed with literals alone (MS-OVBA 2.4.1)."""
    chunk = bytearray()
    for at in range(0, len(body), 8):
        chunk += b"\0" + body[at : at + 8]
    return b"junk\1" + struct.pack("<H", 0xB000 | len(chunk) - 1) + chunk


def test_macros_are_text() -> None:
    """In a letter that has one."""
    source = b'Attribut = "Quill"\r\n' * 3
    letter = compound({"WordDocument": b"", "_VBA_PROJECT": b"", "Module1": module(source)})
    found = parts(walked(letter))["Module1, macro"]
    assert "Quill" in found.text
    assert found.hidden


def test_an_embedded_file_is_opened() -> None:
    """The packager's stream and an embedded package are documents of their own."""
    native = packager("Bevan.csv", b"a,b\n1,2\n")
    streams = {"\x01Ole10Native": struct.pack("<I", len(native)) + native, "Package": workbook()}
    found = parts(walked(compound(streams)))
    assert found["Bevan.csv"].table
    assert "Package!/Staff" in found


def test_an_unknown_compound_file_is_swept_and_unread() -> None:
    """Its texts are there, its order is not."""
    items = walked(compound({"Contents 1": "Adebayo 4400123".encode("utf-16-le")}))
    assert unread(items) == [("", "unsupported")]
    assert "Adebayo 4400123" in parts(items)["Contents 1"].text


@settings(max_examples=50, deadline=None)
@given(at=st.integers(0, 1 << 14), junk=st.binary(min_size=1, max_size=8))
def test_whatever_stands_in_a_file_nothing_is_raised(at: int, junk: bytes) -> None:
    """Parts or unread parts, of damaged sectors, tables and directories."""
    word, table = letter()
    body = compound({"WordDocument": word, "1Table": table})
    at %= len(body)
    items = walked(body[:at] + junk + body[at + len(junk) :])
    assert items
    assert all(isinstance(item, Part | Unread) for item in items)


@pytest.mark.parametrize("cut", [600, 1500, 5000])
def test_a_torn_file_is_never_silence(cut: int) -> None:
    """What is left of it is unread, and swept."""
    word, table = letter()
    assert unread(walked(compound({"WordDocument": word, "1Table": table})[:cut]))


def test_a_stream_that_is_no_presentation_is_swept() -> None:
    """And told as broken."""
    items = walked(compound({"PowerPoint Document": b"Adebayo, Quill 4400123 " * 40}))
    assert unread(items) == [("", Why.BROKEN.value)]
    assert any("Adebayo" in part.text for part in parts(items).values())
