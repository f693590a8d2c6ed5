"""
One header of a tar archive: 512 bytes (POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar).

Also the older ones without a magic, told by their checksum, and the extended
records of pax and the maps of sparse files that stand before a content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from watcher.read.names import decoded

BLOCK = 512
_SUM = slice(148, 156)
_RECORD = re.compile(rb"(\d{1,8}) ([^=]{1,200})=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`kind`: the type flag. `size`: bytes that follow. `owners`: user and group."""

    name: str
    kind: bytes
    size: int
    link: str
    owners: tuple[str, ...]
    block: bytes


def number(field: bytes) -> int:
    """A number in octal digits, or in base 256 after a byte of 0x80 (GNU). Raises ValueError."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.split(b"\0", 1)[0].strip()
    return int(digits, 8) if digits else 0


def is_header(block: bytes) -> bool:
    """Whether the checksum is right: of unsigned bytes, or of signed ones as some wrote it."""
    if len(block) < BLOCK:
        return False
    block = block[:BLOCK]
    try:
        told = number(block[_SUM])
    except ValueError:
        return False
    plain = sum(block) - sum(block[_SUM]) + 8 * 0x20
    if told == plain:
        return True
    if block.isascii():
        return False
    high = sum(each >= 0x80 for each in block) - sum(each >= 0x80 for each in block[_SUM])
    return told == plain - 256 * high


def header(block: bytes) -> Header | None:
    """What a block says, or None where it is no header."""
    if not is_header(block):
        return None
    try:
        size = number(block[124:136])
    except ValueError:
        return None
    if size < 0:
        return None
    name = _text(block[0:100])
    posix = block[257:265] == b"ustar\x0000"
    if posix and (prefix := _text(block[345:500])):
        name = f"{prefix}/{name}"
    owners = (_text(block[265:297]), _text(block[297:329])) if block[257:262] == b"ustar" else ()
    kind = block[156:157]
    if kind == b"\0" and name.endswith("/"):
        kind = b"5"
    if kind in b"123456":
        size = 0  # links, devices and folders: whatever it says, nothing follows
    return Header(
        name=name,
        kind=kind,
        size=size,
        link=_text(block[157:257]),
        owners=tuple(each for each in owners if each),
        block=block,
    )


def _text(field: bytes) -> str:
    return decoded(field.split(b"\0", 1)[0])


def records(body: bytes) -> list[tuple[str, str]]:
    """The records of a pax header, in order, as far as they are records."""
    found = []
    at = 0
    while (start := _RECORD.match(body, at)) and (length := int(start[1])) > len(start[0]):
        value = body[at + len(start[0]) : at + length].removesuffix(b"\n")
        found.append((decoded(start[2]), decoded(value)))
        at += length
    return found


Map = list[tuple[int, int]]  # (offset, length) of what is there; between them are zeros


def sparse(block: bytes, first: int, most: int) -> Map:
    """The entries of a GNU sparse map in a block. Raises ValueError."""
    found = []
    for at in range(first, first + 24 * most, 24):
        if not block[at : at + 12].strip(b"\0 "):
            break
        found.append((number(block[at : at + 12]), number(block[at + 12 : at + 24])))
    return found


def listed(said: list[tuple[str, str]]) -> Map:
    """The map in pax records: GNU's formats 0.0 and 0.1. Raises ValueError."""
    numbers: list[int] = []
    for key, value in said:
        if key == "GNU.sparse.map":
            numbers = [int(each) for each in value.split(",") if each]
        elif key in ("GNU.sparse.offset", "GNU.sparse.numbytes"):
            numbers.append(int(value))
    return list(zip(numbers[::2], numbers[1::2], strict=False))
