from __future__ import annotations

import struct

import compressed_rtf
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import archive, bounds, parts, rows, unread, walked, workbook
from watcher.model import Part, Unread

MESSAGE, FILE = 1, 2


def attribute(level: int, number: int, data: bytes) -> bytes:
    checksum = sum(data) & 0xFFFF
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", checksum)


def variable(tag: int, *values: bytes) -> bytes:
    body = struct.pack("<II", tag, len(values))
    for value in values:
        body += struct.pack("<I", len(value)) + value + bytes(-len(value) % 4)
    return body


def listed(*properties: bytes) -> bytes:
    return struct.pack("<I", len(properties)) + b"".join(properties)


def wide(value: str) -> bytes:
    return (value + "\0").encode("utf-16-le")


def named(name: str, value: str) -> bytes:
    """A property with a name instead of a number."""
    text = wide(name)
    head = struct.pack("<I", 0x8001001F) + bytes(16) + struct.pack("<II", 1, len(text))
    head += text + bytes(-len(text) % 4)
    return head + variable(0x8001001F, wide(value))[4:]


def made(*more: bytes) -> bytes:
    """A file after MS-OXTNEF with two attachments and properties of several types."""
    properties = listed(
        struct.pack("<II", 0x3FDE0003, 1252),
        struct.pack("<IQ", 0x00390040, 0),
        variable(0x1009_0102, compressed_rtf.compress(b"{\\rtf1 PC Adebayo}")),
        variable(0x0E04_001F, wide("Siân Quill")),
        named("Officer", "Morgan 4400123"),
        variable(0x8002_101F & 0x7FFFFFFF, wide("Ffion"), wide("Bethan")),
    )
    person = listed(variable(0x3001_001F, wide("Siobhan")), variable(0x39FE_001E, b"s@q.example\0"))
    return b"\x78\x9f\x3e\x22\1\0" + b"".join(
        (
            attribute(MESSAGE, 0x00089006, struct.pack("<I", 0x00010000)),
            attribute(MESSAGE, 0x00069007, struct.pack("<II", 1252, 0)),
            attribute(MESSAGE, 0x00018004, "Líst\0".encode("cp1252")),
            attribute(MESSAGE, 0x0002800C, b"see below\0"),
            attribute(MESSAGE, 0x00069003, properties),
            attribute(MESSAGE, 0x00069004, struct.pack("<I", 1) + person),
            attribute(FILE, 0x00069002, bytes(14)),
            attribute(FILE, 0x00018010, b"LIST~1.CSV\0"),
            attribute(FILE, 0x0006800F, b"Adebayo,1\nQuill,2\n"),
            attribute(FILE, 0x00069005, listed(variable(0x3707_001F, wide("list of Siân.csv")))),
            attribute(FILE, 0x00069002, bytes(14)),
            attribute(FILE, 0x00018010, b"book.xlsx\0"),
            attribute(FILE, 0x0006800F, workbook()),
            *more,
        )
    )


BODY = made()


def test_message_people_and_files_are_read() -> None:
    """With their long names; sheets that are hidden in an attachment have their addresses."""
    items = walked(archive([("winmail.dat", BODY)]))
    found = parts(items)
    assert unread(items) in ([], [("winmail.dat!/rtf", "unsupported")])
    text = found["winmail.dat!/properties"].text
    assert text.split("\n")[:2] == ["Subject: Líst", "To: Siân Quill"]
    assert all(name in text for name in ("Morgan 4400123", "Ffion", "Bethan"))
    assert found["winmail.dat!/recipients"].text == "Siobhan\ts@q.example\n"
    assert found["winmail.dat!/text"].text == "see below"
    assert found["winmail.dat!/names of attachments"].text == "list of Siân\tcsv\nbook\txlsx\n"
    assert rows(found["winmail.dat!/list of Siân.csv"])[0] == ["Adebayo", "1"]
    assert found["winmail.dat!/book.xlsx!/List (hidden)"].hidden
    assert any("Adebayo" in part.text for where, part in found.items() if "rtf" in where)


def test_a_message_in_a_message_is_read() -> None:
    """An attachment that is an object of the message's own kind."""
    inner = bytes(16) + BODY
    more = (
        attribute(FILE, 0x00069002, bytes(14)),
        attribute(
            FILE,
            0x00069005,
            listed(variable(0x3701_000D, inner), variable(0x3001_001F, wide("inner"))),
        ),
    )
    found = parts(walked(made(*more)))
    assert found["inner!/text"].text == "see below"


def test_a_torn_file_is_read_as_far_as_it_goes() -> None:
    """A wrong attribute costs itself only."""
    items = walked(BODY[:-50])
    assert ("", "broken") in unread(items)
    assert parts(items)["list of Siân.csv"].table
    items = walked(made(attribute(MESSAGE, 0x00069003, b"\xff\xff\0\0\1")))
    assert ("", "broken") in unread(items)
    assert parts(items)["book.xlsx!/Staff"].table


def test_numbers_that_lie_cost_nothing() -> None:
    """Four thousand million properties in ten bytes, and a million attachments."""
    items = walked(made(attribute(MESSAGE, 0x00069003, b"\xff" * 4 + b"\3\0\0\0" * 3)))
    assert ("", "broken") in unread(items)
    many = (
        b"\x78\x9f\x3e\x22\1\0"
        + attribute(FILE, 0x0006800F, b"x")
        + b"".join(
            attribute(FILE, 0x00069002, b"") + attribute(FILE, 0x0006800F, b"x")
            for _ in range(20_000)
        )
    )
    items = walked(many, limits=bounds(members=50))
    assert [why for _, why in unread(items)] == ["limit"]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1200), st.binary(max_size=30), st.booleans())
def test_whatever_comes_in_is_read_or_told(at: int, junk: bytes, cut: bool) -> None:
    """No damage makes it raise."""
    items = walked(BODY[:at] + junk + (b"" if cut else BODY[at + len(junk) :]))
    assert all(isinstance(each, Part | Unread) for each in items)
