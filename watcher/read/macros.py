"""The source text of macros in a compound file: MS-OVBA 2.4.1, the compression of modules."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_CHUNK = 4096
_FIRST = b"\0Attribut"  # a module begins with its attributes: a flag byte and eight literals


def sources(stream: bytes) -> Iterator[str]:
    """The modules in a stream, as far as they can be unpacked."""
    at = stream.find(_FIRST)
    while at >= 0:
        start = at - 3
        if start >= 0 and stream[start] == 1:
            yield unpacked(stream, start).decode("cp1252", "replace")
        at = stream.find(_FIRST, at + 1)


def unpacked(data: bytes, start: int) -> bytes:
    """The content of the compressed container that begins there, up to what is torn."""
    out = bytearray()
    at = start + 1
    while at + 2 <= len(data):
        (header,) = struct.unpack_from("<H", data, at)
        if header >> 12 & 7 != 3:
            break
        end = min(at + (header & 0xFFF) + 3, len(data))
        at += 2
        if not header & 0x8000:
            out += data[at : at + _CHUNK]
        else:
            _chunk(data[at:end], out)
        at = end
    return bytes(out)


def _chunk(data: bytes, out: bytearray) -> None:
    begun = len(out)
    at = 0
    while at < len(data):
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data) or len(out) - begun >= _CHUNK:
                return
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            if at + 2 > len(data):
                return
            (token,) = struct.unpack_from("<H", data, at)
            at += 2
            bits = max((len(out) - begun - 1).bit_length(), 4)
            length = (token & (0xFFFF >> bits)) + 3
            back = (token >> (16 - bits)) + 1
            if back > len(out) - begun:
                return
            for _ in range(length):
                out.append(out[-back])
