"""
Content encodings undone with bounds: gzip (RFC 1952), deflate (RFC 1950, and bare RFC 1951), br, zstd.

Nothing is expanded beyond what is asked for, so a bomb costs what is read of
it. What was readable before a fault is delivered; the fault is the stream's
`trouble`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.stream import Stream
from watcher.read.unpack import STREAM, Fed, unbrotli, unzstd

GZIP = 16 + zlib.MAX_WBITS


class Inflated:
    """What a deflated stream holds. Several gzip members in a row are one stream (RFC 1952 §2.2)."""

    def __init__(self, packed: Stream, budget: Budget, wbits: int) -> None:
        self._packed = packed
        self._budget = budget
        self._wbits = wbits
        self._object = zlib.decompressobj(wbits)
        self._fed = Fed(packed.read)
        self._given = 0

    def more(self, size: int) -> bytes:
        """At most `size` bytes; b"" at the end. Raises Trouble."""
        while True:
            if self._object.eof and not self._reopened():
                return b""
            piece = self._object.unconsumed_tail or self._fed.next()
            try:
                data = self._object.decompress(piece, size)
            except zlib.error:
                raise Trouble(Why.BROKEN) from None
            if data:
                self._given += len(data)
                self._budget.spend(len(data))
                self._budget.expanded(self._fed.taken, self._given, len(data))
                return data
            if not piece and not self._object.eof:
                raise Trouble(self._packed.trouble or Why.BROKEN)

    def _reopened(self) -> bool:
        """Whether another gzip member follows. Zeros after the last are padding; else Trouble."""
        self._fed.back(self._object.unused_data)
        if self._fed.peek() != 0x1F or self._wbits != GZIP:
            self._fed.pass_zeros()
            if self._fed.ended:
                return False
            raise Trouble(Why.BROKEN)
        self._budget.spend(STREAM)
        self._object = zlib.decompressobj(self._wbits)
        return True


def _deflated(packed: Stream, budget: Budget) -> Stream:
    head = packed.head()[:2]
    # RFC 1950: the first two bytes are a multiple of 31 and name method 8. Some servers omit them.
    wrapped = len(head) == 2 and int.from_bytes(head, "big") % 31 == 0 and head[0] & 15 == 8
    wbits = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
    return Stream(Inflated(packed, budget, wbits).more, declared=packed.declared)


def gunzipped(packed: Stream, budget: Budget) -> Stream:
    """The content of a gzip stream."""
    return Stream(Inflated(packed, budget, GZIP).more, declared=packed.declared)


_DECODERS: dict[str, Callable[[Stream, Budget], Stream]] = {
    "gzip": gunzipped,
    "x-gzip": gunzipped,
    "deflate": _deflated,
    "br": unbrotli,
    "zstd": unzstd,
}


def undone(stream: Stream, encoding: str, budget: Budget) -> Stream:
    """
    The stream without these content encodings (a `Content-Encoding`: last applied, first undone).

    Raises Trouble(UNSUPPORTED) for one that is not known.
    """
    for name in reversed([each.strip().lower() for each in encoding.split(",")]):
        if name in ("", "identity"):
            continue
        if name not in _DECODERS:
            raise Trouble(Why.UNSUPPORTED)
        stream = _DECODERS[name](stream, budget)
    return stream
