from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.office.oleobject import embedded, packaged


def packager(name: str, body: bytes) -> bytes:
    """A packager's stream without the size before it (MS-OLEDS has it only by example)."""
    path = b"C:\\" + name.encode("cp1252") + b"\0"
    head = b"\2\0" + name.encode("cp1252") + b"\0" + path + b"\0\0\3\0"
    return head + struct.pack("<I", len(path)) + path + struct.pack("<I", len(body)) + body


def linked(kind: bytes, body: bytes) -> bytes:
    """An OLE 1.0 object (MS-OLEDS 2.2.5)."""
    name = kind + b"\0"
    head = struct.pack("<III", 0x501, 2, len(name)) + name + struct.pack("<II", 0, 0)
    return head + struct.pack("<I", len(body)) + body


def test_a_packaged_file_has_its_name() -> None:
    """As a stream of a compound file, and in an OLE 1.0 object."""
    assert packaged(packager("Bevan.csv", b"a,b")) == ("Bevan.csv", b"a,b")
    assert embedded(linked(b"Package", packager("Bevan.csv", b"a,b"))) == ("Bevan.csv", b"a,b")


def test_another_object_is_its_bytes() -> None:
    """A compound file inside, or no object at all."""
    assert embedded(linked(b"Excel.Sheet.8", b"\xd0\xcf")) == ("", b"\xd0\xcf")
    assert embedded(b"\x89PNG") == ("", b"\x89PNG")


@given(st.binary(max_size=80))
def test_any_bytes_are_something(body: bytes) -> None:
    """Nothing is raised."""
    packaged(body)
    packaged(b"\2\0" + body)
    embedded(b"\1\5\0\0\2\0\0\0" + body)
