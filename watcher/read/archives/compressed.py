"""
Single compressed streams: gzip, bzip2, xz, LZMA, Zstandard.

Each holds one thing, which is the document itself in other clothes: a
`.tar.gz` is a gzip stream, and the dispatcher finds the tar in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from watcher.read import unpack
from watcher.read.budget import Budget
from watcher.read.encoding import gunzipped
from watcher.read.names import WHERE, decoded, fields
from watcher.read.stream import Item, Member, Stream, chunked
from watcher.read.text import windows

_EXTRA, _NAME, _NOTE = 0x04, 0x08, 0x10  # flags of gzip's header
_FEWEST = 16  # bytes of an extra field: smaller ones hold sizes (BGZF, dictzip)


def _reader(
    opened: Callable[[Stream, Budget], Stream],
) -> Callable[[Stream, Budget], Iterator[Item]]:
    def read(stream: Stream, budget: Budget) -> Iterator[Item]:
        budget.member()
        yield Member(name="", stream=opened(stream, budget))

    return read


def _header(head: bytes) -> tuple[bytes, bytes, bytes]:
    """The extra field of a gzip header, the name and the comment in it (RFC 1952 §2.3)."""
    flags, at = head[3] if len(head) > 3 else 0, 10
    extra = b""
    if flags & _EXTRA:
        size = int.from_bytes(head[at : at + 2], "little")
        extra = head[at + 2 : at + 2 + size]
        at += 2 + size
    said = []
    for flag in (_NAME, _NOTE):
        text = head[at:].partition(b"\0")[0] if flags & flag else b""
        at += len(text) + 1 if flags & flag else 0
        said.append(text)
    return extra, said[0], said[1]


def read_gzip(stream: Stream, budget: Budget) -> Iterator[Item]:
    """What a gzip stream holds, and what its header says: the name of a file, a comment, a field."""
    extra, name, note = _header(stream.head())
    yield from windows([fields(decoded(name)) + "\n"] if name else [], WHERE)
    yield from windows([decoded(note)] if note else [], "comments of the archive", hidden=True)
    if len(extra) >= _FEWEST:
        budget.member()
        yield Member(name="extra field", stream=chunked(iter((extra,))))
    yield from _gunzipped(stream, budget)


_gunzipped = _reader(gunzipped)
read_bzip2 = _reader(unpack.bunzipped)
read_xz = _reader(unpack.unxzed)
read_zstd = _reader(unpack.unzstd)
