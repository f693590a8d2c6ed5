"""
Decoders in one shape: asked for at most so many bytes, whoever wrote them.

Those of Python's `bz2` and `lzma` have it; the others are brought into it
here. What a library raises on bytes that are none of its own becomes a
ValueError.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Protocol

from watcher.model import Why
from watcher.read.budget import Budget, Trouble

_LEAST = 1 << 20  # bytes beside its window that a decoder takes
_PIECE = 1 << 14  # fed at once to a decoder that cannot be told how much to give


class Decoder(Protocol):
    """The shape of `bz2.BZ2Decompressor`, `lzma.LZMADecompressor` and their kind."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Pieces:
    """A decoder that takes small pieces of input, because it cannot be told how much to give."""

    def __init__(self, decode: Callable[[bytes], bytes], ended: Callable[[], bool]) -> None:
        self._decode = decode
        self._ended = ended
        self._rest = b""
        self._out = b""
        self.unused_data = b""

    @property
    def eof(self) -> bool:
        return self._ended() and not self._out

    @property
    def needs_input(self) -> bool:
        return not self._rest and not self._out

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        self._rest += data
        if not self._out and self._rest:
            piece, self._rest = self._rest[:_PIECE], self._rest[_PIECE:]
            self._out = self._decode(piece)
        size = len(self._out) if max_length < 0 else max_length
        out, self._out = self._out[:size], self._out[size:]
        return out


class Brotli:
    """Python's binding of Brotli, which has other names for the same."""

    def __init__(self) -> None:
        import brotli

        self._inner = brotli.Decompressor()
        self._error = brotli.error
        self._more = False  # it may hold back what was beyond the limit
        self.unused_data = b""

    @property
    def eof(self) -> bool:
        return bool(self._inner.is_finished()) and not self._more

    @property
    def needs_input(self) -> bool:
        return not self._more and bool(self._inner.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        try:
            out: bytes = self._inner.process(data, output_buffer_limit=max_length)
        except self._error:
            raise ValueError("no Brotli") from None
        self._more = bool(out)
        return out


class Zstd:
    """A decoder of Zstandard with a window of at most so many bytes."""

    def __init__(self, held: int) -> None:
        from backports import zstd

        widest = max(held - _LEAST, 1 << 10).bit_length() - 1
        option = zstd.DecompressionParameter.window_log_max
        self._inner = zstd.ZstdDecompressor(options={option: min(widest, option.bounds()[1])})
        self._error = zstd.ZstdError

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return self._inner.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        try:
            return self._inner.decompress(data, max_length)
        except self._error as problem:
            raise ValueError(str(problem)) from None


class Copy:
    """Bytes as they are. Its end is its source's."""

    unused_data = b""
    eof = False

    def __init__(self) -> None:
        self._rest = b""

    @property
    def needs_input(self) -> bool:
        return not self._rest

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        self._rest += data
        size = len(self._rest) if max_length < 0 else max_length
        out, self._rest = self._rest[:size], self._rest[size:]
        return out


class Inflate:
    """Deflate without a wrapping (RFC 1951)."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
        self._full = False  # there may be more in it

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._full and not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        out = self._inner.decompress(self._inner.unconsumed_tail + data, max(max_length, 0))
        self._full = len(out) == max_length
        return out


def deflate64() -> Decoder:
    """Deflate with a window of 64 KiB (APPNOTE 4.4.5, method 9)."""
    from inflate64 import Inflater

    inner = Inflater()
    return Pieces(inner.inflate, lambda: bool(inner.eof))


def ppmd(order: int, memory: int, budget: Budget) -> Decoder:
    """PPMd, variant H (7z's), with a model of so many bytes. Each call raises Trouble(LOST) where it is not dared."""
    import pyppmd

    return _Ppmd(pyppmd.Ppmd7Decoder(order, memory), budget)


class _Ppmd:
    """
    pyppmd's decoder. It has no end of its own: its container knows the size.

    Damaged data may make it take the process with it (`Budget.dare`).
    """

    eof = False
    unused_data = b""

    def __init__(self, inner: Any, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    @property
    def needs_input(self) -> bool:
        return bool(self._inner.needs_input)

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        if not self._budget.dare():
            raise Trouble(Why.LOST)
        try:
            out: bytes = self._inner.decode(data, max_length)
        finally:
            self._budget.dared()
        return out
