"""
The source text of macros (MS-OVBA): never run, only unpacked and read.

A module's stream holds compiled code first and then its source, compressed as
in 2.4.1. Where the source begins stands in another stream; here it is found
by its signature and the word that every module begins with.
"""

from __future__ import annotations

import re

from watcher.read.budget import Budget

_CHUNK = 4096  # characters that one chunk unpacks to
# A container's signature, its first chunk's header, and `Attribut` or three literals of it.
_START = re.compile(rb"\x01[\x00-\xff][\xb0-\xbf]\x00Attribut")


def unpacked(data: bytes, budget: Budget) -> bytes:
    """A compressed container without what it was packed by; as far as it goes. Raises Trouble."""
    if data[:1] != b"\1":
        return b""
    found: list[bytes] = []
    at = 1
    while at + 2 <= len(data):
        header = data[at] | data[at + 1] << 8
        end = min(at + (header & 0x0FFF) + 3, len(data))
        if header >> 12 & 7 != 3:
            break
        piece = data[at + 2 : end]
        text = _chunk(piece) if header & 0x8000 else piece[:_CHUNK]
        budget.spend(len(text))
        found.append(text)
        at = end
    return b"".join(found)


def _chunk(piece: bytes) -> bytes:
    """One compressed chunk: literals, and copies of what came before (2.4.1.3.5)."""
    made = bytearray()
    at = 0
    while at < len(piece) and len(made) < _CHUNK:
        flags = piece[at]
        at += 1
        for bit in range(8):
            if at >= len(piece) or len(made) >= _CHUNK:
                break
            if not flags >> bit & 1:
                made.append(piece[at])
                at += 1
                continue
            if at + 2 > len(piece) or not made:
                return bytes(made)
            token = piece[at] | piece[at + 1] << 8
            at += 2
            bits = max((len(made) - 1).bit_length(), 4)
            size = (token & (0xFFFF >> bits)) + 3
            back = (token >> (16 - bits)) + 1
            if back > len(made):
                return bytes(made)
            for _ in range(min(size, _CHUNK - len(made))):
                made.append(made[-back])
    return bytes(made)


def source(stream: bytes, codec: str, budget: Budget) -> str:
    """The source text in a module's stream, "" where there is none. Raises Trouble."""
    found = _START.search(stream)
    if not found:
        return ""
    return unpacked(stream[found.start() :], budget).decode(codec, "replace").replace("\r\n", "\n")
