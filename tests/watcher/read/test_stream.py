from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import stream
from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.stream import CHUNK, HEAD, Stream, chunked


@settings(max_examples=30)
@given(body=st.binary(max_size=500), sizes=st.lists(st.integers(1, 100)))
def test_looking_ahead_takes_nothing(body: bytes, sizes: list[int]) -> None:
    """The head is the beginning, and the bytes read are the same with and without a look."""
    flow = stream(body)
    got = b""
    for size in sizes:
        assert (got + flow.head())[:HEAD] == body[:HEAD]
        got += flow.read(size)
    assert got + b"".join(flow.chunks()) == body
    assert flow.ended


def test_whole_is_bounded_and_can_be_had_again() -> None:
    """All bytes come at once up to the limit; beyond it is trouble of size."""
    flow = stream(b"x" * 100)
    assert flow.whole(100) is flow.whole(100)
    with pytest.raises(Trouble, match="size"):
        stream(b"x" * 101).whole(100)


@pytest.mark.parametrize("size", [0, 3 * CHUNK])
def test_what_is_too_large_as_a_whole_is_read_in_pieces(size: int) -> None:
    """Nothing of it is lost, whether its size was known before or not."""
    body = bytes(range(256)) * (3 * CHUNK // 256)
    flow = Stream(io.BytesIO(body).read, announced=size)
    with pytest.raises(Trouble, match="size"):
        flow.whole(2 * CHUNK)
    assert flow.head() == body[:HEAD]
    assert not flow.ended
    assert b"".join(flow.chunks()) == body
    assert flow.ended


def test_what_was_had_as_a_whole_is_read_again() -> None:
    """From its first byte."""
    body = b"abc" * CHUNK
    flow = stream(body)
    assert flow.whole(len(body)) == body
    flow.again()
    assert b"".join(flow.chunks()) == body


def test_trouble_ends_a_stream_and_is_kept() -> None:
    """What came before a fault is read; the fault is known afterwards."""
    given = iter([b"good"])

    def more(_: int) -> bytes:
        for data in given:
            return data
        raise Trouble(Why.BROKEN)

    flow = Stream(more)
    assert list(flow.chunks()) == [b"good"]
    assert flow.trouble is Why.BROKEN


def test_chunks_of_any_size_are_a_stream() -> None:
    """Empty ones end nothing; no more is given than was asked for."""
    made = chunked(iter([b"abc", b"", b"defg"]), declared="cp1252")
    assert [made.read(2), made.read(2), made.read(9), made.read(9)] == [b"ab", b"c", b"defg", b""]
    assert made.declared == "cp1252"
    assert chunked(iter([b"abc", b"", b"d"])).head() == b"abcd"
