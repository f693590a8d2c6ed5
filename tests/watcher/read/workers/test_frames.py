from __future__ import annotations

import asyncio
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.read.workers.frames import PAYLOAD, Kind, frames, receive, received


@settings(max_examples=30)
@given(messages=st.lists(st.tuples(st.sampled_from(Kind), st.binary(max_size=300))))
def test_messages_arrive_as_they_were_sent(messages: list[tuple[Kind, bytes]]) -> None:
    """What is sent as frames is received as the same messages, in order, and then the end."""
    wire = io.BytesIO(b"".join(f for kind, body in messages for f in frames(kind, body)))
    assert [receive(wire) for _ in messages] == messages
    with pytest.raises(EOFError):
        receive(wire)


@pytest.mark.parametrize("size", [0, PAYLOAD, PAYLOAD + 1, 3 * PAYLOAD])
async def test_no_frame_is_longer_than_a_mebibyte(size: int) -> None:
    """A long message goes in several frames, each of at most 1 MiB, and arrives whole."""
    body = bytes(size)
    sent = list(frames(Kind.ITEM, body))
    assert max(map(len, sent)) <= 1 << 20
    reader = asyncio.StreamReader()
    reader.feed_data(b"".join(sent))
    assert await received(reader, size) == (Kind.ITEM, body)


@pytest.mark.parametrize(
    ("wire", "limit"),
    [
        (b"\xff\xff\xff\xff\x05", 100),
        (b"\0\0\0\1\x3f ", 100),
        (b"\0\0\0\x0a\x05" + bytes(10), 9),
    ],
    ids=["a frame too long", "a kind unknown", "a message too long"],
)
async def test_the_other_side_is_not_trusted(wire: bytes, limit: int) -> None:
    """What is no frame, or beyond the limit, is a ValueError, and nothing is waited for."""
    reader = asyncio.StreamReader()
    reader.feed_data(wire)
    with pytest.raises(ValueError, match=r"frame|message|Kind"):
        await received(reader, limit)
