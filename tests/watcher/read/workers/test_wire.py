from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.model import Part, Unread, Why
from watcher.read.workers.wire import packed, unpacked

PARTS = st.builds(
    Part,
    where=st.text(st.characters(exclude_categories=["Cs"])),
    text=st.text(st.characters(exclude_categories=["Cs"])),
    table=st.booleans(),
    rows=st.lists(st.integers(0, 2**32 - 1)).map(tuple),
    header=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
    first=st.integers(1, 2**40),
    overlap=st.integers(0, 200),
    cells=st.booleans(),
    hidden=st.booleans(),
    echo=st.booleans(),
    begun=st.integers(0, 2**40),
    repeated=st.integers(0, 2**20),
    numbers=st.lists(st.integers(1, 2**40)).map(tuple),
)


@settings(max_examples=50)
@given(item=PARTS | st.builds(Unread, where=st.text("ab!/"), why=st.sampled_from(Why)))
def test_items_arrive_as_they_were_read(item: Part | Unread) -> None:
    """Packing and unpacking changes nothing."""
    assert unpacked(packed(item)) == item


def test_a_lone_surrogate_moves_no_offset() -> None:
    """A character that UTF-8 cannot hold becomes one other character."""
    part = unpacked(packed(Part(where="", text="a\ud800b", rows=(2,))))
    assert isinstance(part, Part)
    assert part.text == "a?b"


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"[]\n",
        b"{}\n",
        b'{"where":"","why":"nonsense"}\n',
        b'{"where":"","rows":3}\nab',
        b"\xff",
    ],
)
def test_what_is_no_item_is_a_value_error(message: bytes) -> None:
    """A worker is not trusted: another shape is an error of one kind."""
    with pytest.raises(ValueError):  # noqa: PT011  # json's and codecs' own are subclasses
        unpacked(message)
