"""Compound files (MS-CFB 2) of named streams, for tests: no library on PyPI writes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file of these streams in its root, each filled up with zeros to 4096 bytes at least."""
    held = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    chains: list[int] = []
    sectors: list[bytes] = []

    def stored(body: bytes) -> int:
        first = len(sectors)
        body += bytes(-len(body) % SECTOR)
        number = len(body) // SECTOR
        sectors.extend(body[at * SECTOR : (at + 1) * SECTOR] for at in range(number))
        chains.extend((*range(first + 1, first + number), _END))
        return first

    entries = [(name, stored(body), len(body)) for name, body in held.items()]
    # One after another to the right: a tree like a list.
    directory = _entry("Root Entry", 5, _FREE, 1 if entries else _FREE, _END, 0)
    for at, (name, start, size) in enumerate(entries, start=1):
        directory += _entry(name, 2, at + 1 if at < len(entries) else _FREE, _FREE, start, size)
    directory += _entry("", 0, _FREE, _FREE, 0, 0) * (-len(directory) // 128 % 4)
    first = stored(directory)
    number = len(chains) // 127 + 1
    fat = [*chains, *[_FAT] * number]
    fat += [_FREE] * (-len(fat) % 128)
    places = [*range(len(sectors), len(sectors) + number)]
    sectors.append(struct.pack(f"<{len(fat)}I", *fat))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, number, first, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *places, *[_FREE] * (109 - number))
    return header + b"".join(sectors)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    length = len(wide) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16xI16xIQ", wide, length, kind, 1, _FREE, right, child, 0, start, size
    )
