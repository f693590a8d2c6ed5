from __future__ import annotations

from tests.watcher.read.made import stream as made
from watcher.model import Why
from watcher.read.archives.flow import Flow, streamed


def test_members_follow_one_another_read_or_not() -> None:
    """What nobody read of a member is passed over; its stream is then at its end."""
    flow = Flow(made(b"headAAAABBBBtail"))
    assert flow.take(4) == b"head"
    first = flow.member(4)
    assert first.read(2) == b"AA"
    assert flow.close()
    assert first.read() == b""
    assert b"".join(flow.member(4).chunks()) == b"BBBB"
    assert flow.close()
    flow.back(flow.take(2))
    assert (flow.take(9), flow.at) == (b"tail", 16)


def test_a_torn_member_is_broken() -> None:
    """Its bytes are given as far as they go."""
    flow = Flow(made(b"AB"))
    member = flow.member(5)
    assert b"".join(member.chunks()) == b"AB"
    assert member.trouble is Why.BROKEN
    assert not flow.close()


def test_pieces_of_any_size_are_a_stream() -> None:
    """Never more than was asked for."""
    stream = streamed(iter([b"abc", b"d"]))
    assert list(iter(lambda: stream.read(2), b"")) == [b"ab", b"c", b"d"]
