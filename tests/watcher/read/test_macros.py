from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.macros import sources, unpacked


def module(body: bytes) -> bytes:
    """A module's stream: some bytes, then its source compressed with literals and one copy (2.4.1)."""
    chunk = bytearray()
    for at in range(0, len(body), 8):
        chunk += b"\0" + body[at : at + 8]
    return b"junk\1" + struct.pack("<H", 0xB000 | len(chunk) - 1) + chunk


def test_a_module_is_found_and_unpacked() -> None:
    """Wherever it begins in its stream."""
    assert list(sources(module(b'Attribut = "Quill"'))) == ['Attribut = "Quill"']


def test_copies_are_unpacked() -> None:
    """Three letters, then six from three before: four bits of place, twelve of length (2.4.1.3.19)."""
    chunk = b"\x08abc" + struct.pack("<H", 2 << 12 | 3)
    packed = b"\1" + struct.pack("<H", 0xB000 | len(chunk) - 1) + chunk
    assert unpacked(packed, 0) == b"abcabcabc"


@given(st.binary(max_size=200))
def test_any_bytes_end(body: bytes) -> None:
    """Torn containers give what came before."""
    unpacked(b"\1" + body, 0)
    list(sources(b"\1\x10\xb0\0Attribut" + body))
