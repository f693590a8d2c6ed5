"""
The compressed RTF of Outlook's messages (MS-OXRTFCP).

Its dictionary is a ring of 4 KiB that begins with usual words. A token of two
bytes gives at most 17, so the expansion is bounded by the form itself.
"""

from __future__ import annotations

import struct

from watcher.model import Why
from watcher.read.budget import Trouble

LIMIT = 16 << 20  # bytes of text
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_RING = 1 << 12
_BEGIN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def unpacked(data: bytes, limit: int = LIMIT) -> bytes:
    """The RTF. Raises Trouble. One that is torn is given as far as it goes."""
    if len(data) < 16:
        raise Trouble(Why.BROKEN)
    size, kind = struct.unpack_from("<4xII", data)
    if kind == _PLAIN:
        return data[16 : 16 + min(size, limit)]
    if kind != _PACKED:
        raise Trouble(Why.BROKEN)
    ring = bytearray(_BEGIN.ljust(_RING, b"\0"))
    write = len(_BEGIN)
    out = bytearray()
    at = 16
    while at < len(data):
        control = data[at]
        at += 1
        for bit in range(8):
            if control >> bit & 1:
                if at + 2 > len(data):
                    return bytes(out)
                token = data[at] << 8 | data[at + 1]
                at += 2
                start = token >> 4
                if start == write:
                    return bytes(out)
                for step in range((token & 15) + 2):
                    byte = ring[(start + step) % _RING]
                    out.append(byte)
                    ring[write] = byte
                    write = (write + 1) % _RING
            elif at < len(data):
                out.append(data[at])
                ring[write] = data[at]
                write = (write + 1) % _RING
                at += 1
        if len(out) > limit:
            raise Trouble(Why.LIMIT)
    return bytes(out)
