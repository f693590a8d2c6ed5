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

_FIRST = 1 << 12
STREAM = (
    1 << 13
)  # bytes of its document that a stream costs beside its own: millions of empty ones are a bomb

# What decoders raise on bytes that are none of theirs; pyppmd lets SystemError out.
FAULTS = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, SystemError)


class Fed:
    """
    Bytes for a decoder in pieces that begin small at each stream and then double.

    A decoder copies what it does not need, once for each stream that ends: in
    a row of empty streams that is all that is left of a piece.
    """

    def __init__(self, source: Callable[[int], bytes]) -> None:
        self._source = source
        self._chunk = b""
        self._at = 0
        self._step = _FIRST
        self.taken = 0  # bytes that were asked of the source so far

    def next(self) -> bytes:
        """The next piece, b"" at the end."""
        if self.ended:
            return b""
        data = self._chunk[self._at : self._at + self._step]
        self._at += len(data)
        self._step = min(2 * self._step, CHUNK)
        return data

    @property
    def ended(self) -> bool:
        """Whether no byte follows."""
        if self._at >= len(self._chunk):
            self._chunk, self._at = self._source(CHUNK), 0
            self.taken += len(self._chunk)
        return not self._chunk

    def peek(self) -> int | None:
        """The byte that comes next, None at the end."""
        return None if self.ended else self._chunk[self._at]

    def back(self, unused: bytes) -> None:
        """The end of the last piece was not used: a stream has ended before it."""
        self._at -= len(unused)
        self._step = _FIRST

    def pass_zeros(self) -> None:
        """Go to the next byte that is none."""
        while not self.ended:
            rest = self._chunk[self._at : self._at + self._step]
            kept = rest.lstrip(b"\0")
            self._at += len(rest) - len(kept)
            if kept:
                return


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
        self._fed = Fed(source)
        self._out = b""

    def more(self, size: int) -> bytes:
        """At most `size` bytes; b"" at the end. Raises Trouble."""
        # Brotli takes a limit for a hint.
        out = self._out or self._more(size)
        out, self._out = out[:size], out[size:]
        return out

    @property
    def left(self) -> bytes:
        """What its source gave behind the end of its stream."""
        return self._decoder.unused_data if self._decoder.eof else b""

    def _more(self, size: int) -> bytes:
        while True:
            if self._decoder.eof and not self._followed():
                return b""
            data = b""
            if self._decoder.needs_input:
                data = self._fed.next()
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

    @property
    def taken(self) -> int:
        """How many bytes of `source` were asked for so far."""
        return self._fed.taken

    def _followed(self) -> bool:
        """Whether another stream begins behind the one that ended. Raises Trouble where junk does."""
        if not self._again:
            return False
        self._fed.back(self._decoder.unused_data)
        if self._padded:
            self._fed.pass_zeros()
        if self._fed.ended:
            return False
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
        budget.expanded(unpacked.taken, given, len(data))
        return data

    return Stream(more, declared=packed.declared)


def _joined(
    packed: Stream, make: Callable[[], Decoder], budget: Budget, *, padded: bool = False
) -> Stream:
    """The content of streams in a row, each of which costs something."""

    def made() -> Decoder:
        budget.spend(STREAM)
        return make()

    return _counted(packed, Unpacked(packed.read, made, again=True, padded=padded), budget)


def bunzipped(packed: Stream, budget: Budget) -> Stream:
    """The content of a bzip2 file."""
    return _joined(packed, bz2.BZ2Decompressor, budget)


def unxzed(packed: Stream, budget: Budget) -> Stream:
    """The content of an xz file, or of one in the format before it (.lzma)."""
    held = budget.bounds.held
    if packed.head()[:1] == b"\x5d":
        alone = Unpacked(packed.read, lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, held))
        return _counted(packed, alone, budget)
    return _joined(packed, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, held), budget, padded=True)


def unzstd(packed: Stream, budget: Budget) -> Stream:
    """The content of a Zstandard file, its frames joined."""
    return _joined(packed, lambda: Zstd(budget.bounds.held), budget)


def unbrotli(packed: Stream, budget: Budget) -> Stream:
    """The content of a Brotli stream, which nothing but a header can name."""
    return _counted(packed, Unpacked(packed.read, Brotli), budget)
