"""
Rows of a SQLite file that were deleted, out of the bytes where nothing is stored any more.

A record tells its own columns: a header of their types, then their values
without anything between them ("Database File Format", §2.1). Read as text the
values of a row run into one another; read by its header they are cells again.
Found are records whose header is whole, and those of which a free block (§1.6)
has taken no more than what stands before the types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MOST_COLUMNS = 60
LONGEST = 1 << 16  # bytes of a row
MOST_BYTES = 4 << 20  # looked at for rows: each place in them may begin one
FEWEST = 2  # columns, and letters that a row must say in all
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # of values by their serial type; 10 and 11 are reserved
_BLOB, _TEXT = 12, 13
# The size of a header, itself counted, and the first two types: small ones, or longer than a byte.
_HEAD = re.compile(rb"[\x03-\x3d](?=[\x00-\x09\x0c-\xff]{2})")

Row = list[str]


def deleted(body: bytes, places: Iterable[slice]) -> Iterator[Row]:
    """The rows in the free places of a file, of the first MOST_BYTES of them."""
    left = MOST_BYTES
    for place in places:
        if left <= 0:
            return
        data = body[place][:left]
        left -= len(data)
        yield from rows(data)


def rows(data: bytes) -> Iterator[Row]:
    """The rows in one free place, in order. Never fails."""
    if (found := _headless(data)) is not None:
        yield found
        return
    at = 0
    while (sign := _HEAD.search(data, at)) is not None:
        at = sign.start()
        if told := _record(data, at, at + data[at]):
            row, at = told
            yield row
        else:
            at += 1


def _headless(data: bytes) -> Row | None:
    """The row that fills a free block, whose types are the first that is left of it."""
    if len(data) > LONGEST:
        return None
    types: list[int] = []
    at = size = 0
    while at < len(data) and len(types) < MOST_COLUMNS:
        kind, at = _varint(data, at)
        length = _length(kind)
        if length < 0:
            return None
        types.append(kind)
        size += length
        if at + size > len(data):
            return None
        if at + size == len(data) and (row := _values(data, at, types)) is not None:
            return row
    return None


def _record(data: bytes, start: int, body: int) -> tuple[Row, int] | None:
    """The row whose header stands here and ends before `body`, and where it ends."""
    at, end = start + 1, body
    most = min(len(data), start + LONGEST)
    types: list[int] = []
    while at < body:
        kind, at = _varint(data, at)
        size = _length(kind)
        end += size
        if size < 0 or end > most:
            return None
        types.append(kind)
    if at != body:
        return None
    row = _values(data, body, types)
    return None if row is None else (row, end)


def _values(data: bytes, at: int, types: list[int]) -> Row | None:
    """The cells, "" for what is no text and no whole number; None where these are no values."""
    row: Row = []
    letters = 0
    for kind in types:
        value = data[at : at + _length(kind)]
        at += len(value)
        if kind >= _TEXT and kind % 2:
            try:
                text = value.decode()
            except UnicodeDecodeError:
                return None
            if not text.isprintable():
                return None
            letters += sum(map(str.isalpha, text))
            row.append(text)
        elif 1 <= kind <= 6:
            row.append(str(int.from_bytes(value, "big", signed=True)))
        else:
            row.append(str(kind - 8) if kind in (8, 9) else "")
    return row if len(row) >= FEWEST and letters >= FEWEST * len(row) else None


def _length(kind: int) -> int:
    """Bytes of a value of this serial type, −1 if there is none."""
    if kind < len(_SIZES):
        return _SIZES[kind]
    return (kind - _BLOB) // 2 if kind >= _BLOB else -1


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of up to nine bytes, and where it ends (§1.6)."""
    value = 0
    for size in range(9):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        if size == 8:
            return value << 8 | byte, at
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            break
    return value, at
