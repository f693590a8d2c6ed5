"""
Frames on the two pipes between the service and a reading worker.

A frame is its payload's length (4 bytes, big-endian), a kind (1 byte, the
highest bit set if the message goes on in the next frame), and the payload;
altogether at most 1 MiB. A message is one frame or several of one kind.
"""

from __future__ import annotations

import enum
import struct
from asyncio import StreamReader
from collections.abc import Iterator
from typing import BinaryIO

HEAD = struct.Struct("!IB")
PAYLOAD = (1 << 20) - HEAD.size
GOES_ON = 0x80
WORN = b"worn"  # says a worker's DONE where it should read nothing more


class Kind(enum.IntEnum):
    """What a message says. The first four go to the worker, the others come from it."""

    LIMITS = 1
    JOB = 2
    BODY = 3
    END = 4
    ITEM = 5
    STEP = 6
    ANSWER = 7
    REFUSED = 8
    DONE = 9


def frames(kind: Kind, payload: bytes = b"") -> Iterator[bytes]:
    """The frames of one message, in order; one at least."""
    view = memoryview(payload)
    at = 0
    while True:
        piece = view[at : at + PAYLOAD]
        at += PAYLOAD
        more = at < len(view)
        yield HEAD.pack(len(piece), kind | GOES_ON if more else kind) + piece
        if not more:
            return


def _opened(head: bytes) -> tuple[int, Kind, bool]:
    length, kind = HEAD.unpack(head)
    if length > PAYLOAD:
        raise ValueError("a frame of more than 1 MiB")
    return length, Kind(kind & ~GOES_ON), bool(kind & GOES_ON)


def receive(stream: BinaryIO) -> tuple[Kind, bytes]:
    """The next message. Raises EOFError at the end, ValueError where the stream is no frames."""
    pieces: list[bytes] = []
    while True:
        head = stream.read(HEAD.size)
        if len(head) < HEAD.size:
            raise EOFError
        length, kind, more = _opened(head)
        piece = stream.read(length)
        if len(piece) < length:
            raise EOFError
        pieces.append(piece)
        if not more:
            return kind, b"".join(pieces)


async def received(stream: StreamReader, limit: int) -> tuple[Kind, bytes]:
    """
    The next message, of at most `limit` bytes.

    Raises asyncio.IncompleteReadError (an EOFError) at the end, ValueError
    where the stream is no frames or the message is longer: the other side is
    not trusted.
    """
    pieces: list[bytes] = []
    size = 0
    while True:
        length, kind, more = _opened(await stream.readexactly(HEAD.size))
        size += length
        if size > limit:
            raise ValueError("a message beyond its limit")
        pieces.append(await stream.readexactly(length))
        if not more:
            return kind, b"".join(pieces)
