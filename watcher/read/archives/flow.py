"""
A container that is read from its first byte to its last: its members in a row.

Whatever of a member nobody read is passed over before the next one, so that a
reader may yield members whose bytes are still to come.
"""

from __future__ import annotations

from collections.abc import Iterator

from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.stream import CHUNK, Stream


def streamed(pieces: Iterator[bytes]) -> Stream:
    """A stream of bytes that come in pieces of any size; they may raise Trouble."""
    rest = b""

    def more(size: int) -> bytes:
        nonlocal rest
        data = rest or next(pieces, b"")
        data, rest = data[:size], data[size:]
        return data

    return Stream(more)


class Flow:
    """The bytes of a container, in order. `at`: how many have gone by."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._ahead = b""
        self._left = 0  # of the member in hand
        self._member = 0
        self.at = 0

    @property
    def trouble(self) -> Why | None:
        """What is wrong with the container's own bytes, as far as is known."""
        return self._stream.trouble

    def take(self, size: int) -> bytes:
        """So many bytes; fewer only at the end."""
        pieces = []
        while size > 0:
            data = self._some(size)
            if not data:
                break
            size -= len(data)
            pieces.append(data)
        return b"".join(pieces)

    def _some(self, size: int) -> bytes:
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            data = self._stream.read(min(size, CHUNK))
        self.at += len(data)
        return data

    def back(self, data: bytes) -> None:
        """These bytes are still to come."""
        self._ahead = data + self._ahead
        self.at -= len(data)

    def skip(self, size: int) -> bool:
        """Pass over so many bytes. Whether they were there."""
        while size > 0:
            data = self._some(size)
            if not data:
                return False
            size -= len(data)
        return True

    def member(self, size: int) -> Stream:
        """The next so many bytes, to be read before `close`. Torn, it is broken."""
        self._left = size
        self._member += 1
        mine = self._member

        def more(wanted: int) -> bytes:
            if mine != self._member or not self._left:
                return b""
            data = self._some(min(wanted, self._left))
            self._left -= len(data)
            if not data:
                raise Trouble(self._stream.trouble or Why.BROKEN)
            return data

        return Stream(more)

    def close(self) -> bool:
        """Pass over what is left of the member in hand. Whether all of it was there."""
        self._member += 1
        left, self._left = self._left, 0
        return self.skip(left)
