from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, bounds
from tests.watcher.read.sheets import record
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets import biff
from watcher.read.spreadsheets.sheetstyle import Styles


def test_records_are_had_to_their_end() -> None:
    """Padding ends a stream; a record beyond its end is a fault after those before it."""
    body = record(1, b"ab") + record(2, b"")
    assert list(biff.records(body + bytes(600))) == [(1, 0, b"ab"), (2, 6, b"")]
    found = biff.records(body + b"\3\0\xff\0x")
    assert [next(found)[0], next(found)[0]] == [1, 2]
    with pytest.raises(Trouble):
        next(found)


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=("Cs",)), max_size=40))
def test_strings_come_back(said: str) -> None:
    """A string is read as it was written, high or low."""
    high = struct.pack("<HB", len(said), 1) + said.encode("utf-16-le")
    assert biff.text(high, 0, width=2, codec="") == said
    if said.isascii():
        assert biff.text(bytes([len(said)]) + said.encode(), 0, width=1, codec="cp1252") == said


@given(
    st.lists(st.text(st.characters(max_codepoint=0xFF), max_size=30), max_size=10),
    st.lists(st.integers(1, 29), max_size=10),
)
def test_a_string_may_go_on_in_the_next_record(strings: list[str], ends: list[int]) -> None:
    """Wherever a record ends within a string, a flag begins the next and the string is whole."""
    segments = [struct.pack("<2I", 0, len(strings))]
    for said, end in zip(strings, [*ends, *[99] * 10], strict=False):
        segments[-1] += struct.pack("<HB", len(said), 0) + said[:end].encode("latin-1")
        if said[end:]:
            segments.append(b"\1" + said[end:].encode("utf-16-le"))
    assert list(biff.shared(segments, Budget(BOUNDS))) == strings


def test_a_table_of_strings_is_paid_for() -> None:
    """What is said to be longer than it is, is a fault; what is too long, a limit."""
    with pytest.raises(Trouble):
        list(biff.shared([struct.pack("<2IHB", 0, 9, 9, 0) + b"ab"], Budget(BOUNDS)))
    with pytest.raises(Trouble):
        list(
            biff.shared([struct.pack("<2IHB", 0, 1, 9, 0) + bytes(9)], Budget(bounds(max_bytes=5)))
        )


@given(
    st.sampled_from([0x31, 0x41E, 0xE0]), st.binary(max_size=40), st.sampled_from(["", "cp1252"])
)
def test_any_style_is_taken(kind: int, data: bytes, codec: str) -> None:
    """Fonts, formats and styles of any bytes make no fault."""
    styles = Styles()
    biff.style(styles, kind, data, codec)
    assert len(styles.forms) <= 1
