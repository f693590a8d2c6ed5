from __future__ import annotations

import io
import struct
import zipfile
import zlib

import inflate64
import pytest
from backports import zstd

from tests.watcher.read.made import archive, parts, unread, walked
from tests.watcher.read.packed import libarchived

SAID = ("read.me", b"pass: wrong\nThe password for x.zip is 'Sesame1'.")


def locked(cipher: str, packing: str = "deflate") -> bytes:
    options = f"zip:encryption={cipher},zip:compression={packing}"
    return libarchived("zip", options=options, password="Sesame1")


@pytest.mark.parametrize("packing", ["deflate", "store"])
@pytest.mark.parametrize("cipher", ["zipcrypt", "aes128", "aes256"])
def test_a_word_of_the_document_opens_it(cipher: str, packing: str) -> None:
    """The text beside the archive says the password."""
    items = walked(archive([SAID, ("x.zip", locked(cipher, packing))]))
    assert parts(items)["x.zip!/a.txt"].text == "PC Adebayo " * 400
    assert parts(items)["x.zip!/d/Quill_4400123.txt"].text == "Sian Quill"
    assert unread(items) == []


@pytest.mark.parametrize("cipher", ["zipcrypt", "aes256"])
def test_without_the_word_it_is_encrypted_and_its_names_are_read(cipher: str) -> None:
    """And a wrong word is no word."""
    items = walked(archive([("read.me", b"password: Sesame2"), ("x.zip", locked(cipher))]))
    assert {why for _, why in unread(items)} == {"encrypted"}
    assert "Quill 4400123" in parts(items)["x.zip!/names of members"].text


def test_the_archives_own_comment_may_say_it() -> None:
    """It is heard before the first member is opened."""
    body = locked("aes256")
    at = body.rindex(b"PK\x05\x06") + 20
    comment = b"pw=Sesame1"
    items = walked(body[:at] + struct.pack("<H", len(comment)) + comment)
    assert parts(items)["a.txt"].text.startswith("PC Adebayo")


def test_a_changed_byte_is_seen() -> None:
    """The code over an encrypted member tells, before any of it is read."""
    body = bytearray(locked("aes256", "store"))
    body[200] ^= 1
    items = walked(archive([SAID, ("x.zip", bytes(body))]))
    assert ("x.zip!/a.txt", "broken") in unread(items)
    assert parts(items)["x.zip!/d/Quill_4400123.txt"].text == "Sian Quill"


def _wide(body: bytes) -> bytes:
    made = inflate64.Deflater()
    return bytes(made.deflate(body) + made.flush())


@pytest.mark.parametrize(("number", "packed"), [(9, _wide), (93, zstd.compress)])
def test_methods_that_python_does_not_know_are_read(number: int, packed: object) -> None:
    """Deflate64, which Windows writes beyond 2 GB, and Zstandard."""
    assert callable(packed)
    body = b"PC Adebayo was here\n" * 500
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("a.txt", packed(body))
    forged = bytearray(held.getvalue())
    central = forged.index(b"PK\x01\x02")
    for at, head in ((8, 0), (10, central)):
        struct.pack_into("<H", forged, head + at, number)
    for at, head in ((14, 0), (16, central)):
        struct.pack_into("<L", forged, head + at, zlib.crc32(body))
    for at, head in ((22, 0), (24, central)):
        struct.pack_into("<L", forged, head + at, len(body))
    items = walked(bytes(forged))
    assert parts(items)["a.txt"].text == body.decode()
    assert unread(items) == []
    forged[14] ^= 1
    forged[central + 16] ^= 1
    assert unread(walked(bytes(forged))) == [("a.txt", "broken")]
