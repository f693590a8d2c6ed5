"""
Compressed bytes out of which no more is taken than was asked for.

bzip2, xz and LZMA (the .xz file format; LZMA SDK), Zstandard (RFC 8878),
Brotli (RFC 7932). A decoder is asked for at most so many bytes at a time, so
that a bomb costs what is read of it; a window that needs more memory than a
body may take is refused before it is allocated.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.decoders import Brotli, Decoder, Zstd
from watcher.read.stream import CHUNK, Stream

# What decoders raise on bytes that are none of theirs; pyppmd lets SystemError out.
FAULTS = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, SystemError)


class Unpacked:
    """
    What a decoder makes of `source`, which gives at most n bytes and b"" at its end.

    `again` makes another decoder where one stream may follow the last: bzip2
    and xz files are joined by writing one behind the other. `torn`: a source
    that ends before its decoder does is broken; else its container knows its size.
    """

    def __init__(
        self,
        source: Callable[[int], bytes],
        make: Callable[[], Decoder],
        *,
        again: bool = False,
        padded: bool = False,
        torn: bool = True,
    ) -> None:
        self._source = source
        self._make = make
        self._again = again
        self._padded = padded
        self._torn = torn
        self._decoder = make()
        self._ahead = self._out = b""
        self.taken = 0

    def more(self, size: int) -> bytes:
        """At most `size` bytes; b"" at the end. Raises Trouble."""
        # Brotli takes a limit for a hint.
        out = self._out or self._more(size)
        out, self._out = out[:size], out[size:]
        return out

    def _more(self, size: int) -> bytes:
        while True:
            if self._decoder.eof and not self._followed():
                return b""
            data = b""
            if self._decoder.needs_input:
                data = self._input()
                if not data and not self._torn:
                    return b""
                if not data:
                    raise Trouble(Why.BROKEN)
            try:
                out = self._decoder.decompress(data, size)
            except MemoryError:
                raise Trouble(Why.LIMIT) from None
            except FAULTS as problem:
                # What liblzma and zstd say of a window beyond the limit they were given.
                wide = "emory usage limit" in str(problem) or "too much memory" in str(problem)
                raise Trouble(Why.LIMIT if wide else Why.BROKEN) from None
            if out:
                return out

    def _input(self) -> bytes:
        if self._ahead:
            data, self._ahead = self._ahead, b""
            return data
        data = self._source(CHUNK)
        self.taken += len(data)
        return data

    def _followed(self) -> bool:
        """Whether another stream begins behind the one that ended. Raises Trouble where junk does."""
        if not self._again:
            return False
        rest = self._decoder.unused_data or self._input()
        if self._padded:
            rest = rest.lstrip(b"\0")
            while not rest:
                data = self._input()
                if not data:
                    return False
                rest = data.lstrip(b"\0")
        if not rest:
            return False
        self._ahead = rest
        self._decoder = self._make()
        return True


def _counted(packed: Stream, unpacked: Unpacked, budget: Budget) -> Stream:
    given = 0

    def more(size: int) -> bytes:
        nonlocal given
        try:
            data = unpacked.more(size)
        except Trouble as trouble:
            raise Trouble(packed.trouble or trouble.why) from None
        given += len(data)
        budget.spend(len(data))
        budget.expanded(unpacked.taken, given)
        return data

    return Stream(more, declared=packed.declared)


def bunzipped(packed: Stream, budget: Budget) -> Stream:
    """The content of a bzip2 file."""
    return _counted(packed, Unpacked(packed.read, bz2.BZ2Decompressor, again=True), budget)


def unxzed(packed: Stream, budget: Budget) -> Stream:
    """The content of an xz file, or of one in the format before it (.lzma)."""
    old = packed.head()[:1] == b"\x5d"

    def make() -> Decoder:
        kind = lzma.FORMAT_ALONE if old else lzma.FORMAT_XZ
        return lzma.LZMADecompressor(kind, memlimit=budget.bounds.held)

    return _counted(packed, Unpacked(packed.read, make, again=not old, padded=True), budget)


def unzstd(packed: Stream, budget: Budget) -> Stream:
    """The content of a Zstandard file, its frames joined."""
    made = Unpacked(packed.read, lambda: Zstd(budget.bounds.held), again=True)
    return _counted(packed, made, budget)


def unbrotli(packed: Stream, budget: Budget) -> Stream:
    """The content of a Brotli stream, which nothing but a header can name."""
    return _counted(packed, Unpacked(packed.read, Brotli), budget)
