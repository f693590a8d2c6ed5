"""
Records of binary workbooks (MS-XLSB 2.1.4): a type, a size, so many bytes; and what is written in them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.spreadsheets.sheetstyle import WHITE
from watcher.read.stream import Stream

LARGEST = 1 << 24  # bytes of one record

Record = tuple[int, bytes]


def records(stream: Stream) -> Iterator[Record]:
    """Type and bytes of each record. Raises Trouble where they are none to the end."""
    held, at = b"", 0
    for chunk in stream.chunks():
        held, at = held[at:] + chunk, 0
        end = len(held)
        while at + 1 < end:
            kind, size, start = held[at], held[at + 1], at + 2
            if kind & 0x80 or size & 0x80:  # of most, both have one byte
                found = _head(held, at)
                if found is None:
                    break
                kind, start, size = found
                if size > LARGEST:
                    raise Trouble(Why.BROKEN)
            if start + size > end:
                break
            at = start + size
            yield kind, held[start:at]
    if stream.trouble:
        raise Trouble(stream.trouble)
    if at < len(held):
        raise Trouble(Why.BROKEN)


def _head(held: bytes, at: int) -> tuple[int, int, int] | None:
    """Type of the record that begins here, where its bytes begin and how many they are."""
    end = len(held)
    if at >= end:
        return None
    kind = held[at]
    at += 1
    if kind & 0x80:
        if at >= end:
            return None
        kind = (kind & 0x7F) | (held[at] & 0x7F) << 7
        at += 1
    size = 0
    for shift in (0, 7, 14, 21):
        if at >= end:
            return None
        byte = held[at]
        at += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, at, size


def wide(data: bytes, at: int) -> tuple[str, int]:
    """A string with its length before it (2.5.168), and where it ends."""
    size = int.from_bytes(data[at : at + 4], "little")
    if size == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * size
    if end > len(data):
        raise Trouble(Why.BROKEN)
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def rk(number: int) -> float:
    """A number in 30 bits (2.5.122): whole or the upper half of a double, maybe in hundredths."""
    if number & 2:
        value = float((number >> 2) - (1 << 30 if number & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))
    return value / 100 if number & 1 else value


def until(told: Iterator[Record], whys: list[Why]) -> Iterator[Record]:
    """The records as far as they go, and why not further."""
    try:
        yield from told
    except Trouble as trouble:
        whys.append(trouble.why)


def colour(data: bytes) -> str:
    """A BrtColor (2.5.19) as something that is equal where the colour is; "" where it is automatic."""
    kind = data[0] >> 1
    if kind == 1:
        return {0: "000000", 1: WHITE, 8: "000000", 9: WHITE, 64: "", 65: WHITE}.get(
            data[1], f"indexed {data[1]}"
        )
    if kind == 2:
        return data[4:7].hex().upper()
    if kind == 3 and not (data[2] or data[3]):
        return {0: WHITE, 1: "000000"}.get(data[1], f"theme {data[1]}")
    return "theme" + data[1:4].hex() if kind == 3 else ""
