from __future__ import annotations

import bz2
import lzma
import tracemalloc
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, MIB, bounds, stream
from watcher.model import Why
from watcher.read.budget import Budget
from watcher.read.stream import Stream
from watcher.read.unpack import STREAM, Fed, bunzipped, unbrotli, unxzed, unzstd


def old(body: bytes) -> bytes:
    return lzma.compress(body, lzma.FORMAT_ALONE, preset=0)


PAIRS: dict[str, tuple[Callable[[bytes], bytes], Callable[[Stream, Budget], Stream]]] = {
    "bzip2": (bz2.compress, bunzipped),
    "xz": (lzma.compress, unxzed),
    "lzma": (old, unxzed),
    "zstd": (zstd.compress, unzstd),
    "brotli": (lambda body: brotli.compress(body, quality=4), unbrotli),
}
KINDS = sorted(PAIRS)
JOINED = ("bzip2", "xz", "zstd")


@settings(max_examples=40, deadline=None)
@given(body=st.binary(max_size=3000), kind=st.sampled_from(KINDS), size=st.integers(1, 4000))
def test_what_was_packed_is_unpacked(body: bytes, kind: str, size: int) -> None:
    """Whatever it was, however little is asked for at a time, and never more than that."""
    pack, unpack = PAIRS[kind]
    flow = unpack(stream(pack(body)), Budget(BOUNDS))
    pieces = list(iter(lambda: flow.read(size), b""))
    assert b"".join(pieces) == body
    assert max(map(len, pieces), default=0) <= size
    assert flow.trouble is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_longer_than_any_buffer_is_whole(kind: str) -> None:
    """A decoder may hold back what was beyond the limit it was given."""
    body = b"".join(b"PC Adebayo %d\n" % at for at in range(40_000))
    pack, unpack = PAIRS[kind]
    flow = unpack(stream(pack(body)), Budget(BOUNDS))
    assert b"".join(iter(lambda: flow.read(1000), b"")) == body
    assert flow.trouble is None


@pytest.mark.parametrize("kind", JOINED)
def test_streams_in_a_row_are_one(kind: str) -> None:
    """One file behind the other, as `cat` joins them; xz files may be filled up with zeros."""
    pack, unpack = PAIRS[kind]
    flow = unpack(stream(pack(b"one ") + bytes(8 * (kind == "xz")) + pack(b"two")), Budget(BOUNDS))
    assert b"".join(flow.chunks()) == b"one two"
    assert flow.trouble is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_torn_stream_is_broken(kind: str) -> None:
    """What was whole before the tear is given."""
    pack, unpack = PAIRS[kind]
    flow = unpack(stream(pack(bytes(range(256)) * 9000)[:-3]), Budget(BOUNDS))
    list(flow.chunks())
    assert flow.trouble is Why.BROKEN


@pytest.mark.parametrize("kind", KINDS)
def test_a_bomb_costs_what_is_read_of_it(kind: str) -> None:
    """More would come out; 64 MiB do, and memory stays far below that."""
    row = 80 if kind in JOINED else 1
    packed = PAIRS[kind][0](bytes(80 * MIB // row)) * row
    assert len(packed) * 200 < 80 * MIB
    flow = PAIRS[kind][1](stream(packed), Budget(BOUNDS))
    tracemalloc.start()
    given = sum(map(len, flow.chunks()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 63 * MIB < given <= 64 * MIB
    assert flow.trouble is Why.LIMIT
    assert peak < 24 * MIB


def test_a_window_beyond_the_memory_is_refused() -> None:
    """Before it is allocated: a few bytes may ask for gigabytes."""
    option = zstd.CompressionParameter.window_log
    made = zstd.ZstdCompressor(options={option: 27})
    wide = made.compress(b"x" * 1000, made.CONTINUE) + made.flush()
    many = [{"id": lzma.FILTER_LZMA2, "dict_size": 64 * MIB}]
    for packed, unpack in ((wide, unzstd), (lzma.compress(b"x", filters=many), unxzed)):
        flow = unpack(stream(packed), Budget(bounds(memory=64 * MIB)))
        assert flow.read() == b""
        assert flow.trouble is Why.LIMIT
        flow = unpack(stream(packed), Budget(BOUNDS))
        assert flow.read()


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=300), kind=st.sampled_from(KINDS), keep=st.integers(0, 12))
def test_any_bytes_end_in_bytes_or_trouble(body: bytes, kind: str, keep: int) -> None:
    """No bytes make a stream raise."""
    pack, unpack = PAIRS[kind]
    flow = unpack(stream(pack(b"Adebayo")[:keep] + body), Budget(BOUNDS))
    list(flow.chunks())


@pytest.mark.parametrize("kind", JOINED)
def test_a_row_of_empty_streams_is_passed_and_bounded(kind: str) -> None:
    """What stands behind it is read; a row without end is a bomb of nothing."""
    pack, unpack = PAIRS[kind]
    body = pack(b"") * 3000 + pack(b"PC Adebayo")
    flow = unpack(stream(body), Budget(BOUNDS))
    assert (flow.read(), flow.read(), flow.trouble) == (b"PC Adebayo", b"", None)
    flow = unpack(stream(body), Budget(bounds(max_bytes=100 * STREAM)))
    assert (flow.read(), flow.trouble) == (b"", Why.LIMIT)


@settings(deadline=None)
@given(body=st.binary(max_size=300), backs=st.lists(st.integers(0, 9), max_size=20))
def test_what_was_not_used_is_fed_again(body: bytes, backs: list[int]) -> None:
    """All bytes, in their order, once but for what came back."""
    fed = Fed(stream(body).read)
    out = b""
    for back in backs:
        out += (piece := fed.next())
        kept = max(len(piece) - back, 0)
        out = out[: len(out) - len(piece) + kept]
        fed.back(piece[kept:])
    out += b"".join(iter(fed.next, b""))
    assert out == body
    assert (fed.peek(), fed.ended, fed.taken) == (None, True, len(body))
