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
from watcher.read.stream import Item, Member, Stream


def _reader(
    opened: Callable[[Stream, Budget], Stream],
) -> Callable[[Stream, Budget], Iterator[Item]]:
    def read(stream: Stream, budget: Budget) -> Iterator[Item]:
        budget.member()
        yield Member(name="", stream=opened(stream, budget))

    return read


read_gzip = _reader(gunzipped)
read_bzip2 = _reader(unpack.bunzipped)
read_xz = _reader(unpack.unxzed)
read_zstd = _reader(unpack.unzstd)
