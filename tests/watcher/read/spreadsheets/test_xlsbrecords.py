from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read import sheets
from tests.watcher.read.made import stream
from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.spreadsheets.xlsbrecords import colour, records, rk, until, wide
from watcher.read.stream import Stream


@given(
    st.lists(st.tuples(st.integers(0, 16_383), st.binary(max_size=300)), max_size=20),
    st.integers(1, 50),
)
def test_records_come_back_wherever_the_bytes_are_torn(
    told: list[tuple[int, bytes]], step: int
) -> None:
    """Types of one byte and two, sizes of one byte and more, in pieces of any size."""
    body = b"".join(sheets.record12(kind, data) for kind, data in told)
    pieces = iter([body[at : at + step] for at in range(0, len(body), step)])
    assert list(records(Stream(lambda _: next(pieces, b"")))) == told


def test_what_is_torn_or_too_large_is_a_fault() -> None:
    """A record that ends beyond its member is broken, and so is one of a gigabyte."""
    for body in (b"\1\5ab", b"\1\xff\xff\xff\x7f", b"\x81"):
        with pytest.raises(Trouble):
            list(records(stream(body)))
    whys: list[Why] = []
    assert list(until(records(stream(b"\1\1a\1\5ab")), whys)) == [(1, b"a")]
    assert whys == [Why.BROKEN]


@given(st.integers(-(2**29), 2**29 - 1))
def test_whole_numbers_in_thirty_bits(number: int) -> None:
    """They come back, and in hundredths."""
    assert rk((number << 2 | 2) & 0xFFFFFFFF) == number
    assert rk((number << 2 | 3) & 0xFFFFFFFF) == number / 100


def test_halves_of_doubles() -> None:
    """The upper half of a double is the number where the lower is empty."""
    assert rk(struct.unpack("<Q", struct.pack("<d", 1.5))[0] >> 32) == 1.5


@given(st.binary(min_size=8, max_size=8), st.text(max_size=20))
def test_strings_and_colours(data: bytes, said: str) -> None:
    """A string with its length before it comes back; any colour has a name."""
    plain = said.encode("utf-16-le", "replace").decode("utf-16-le")
    if len(plain.encode("utf-16-le")) == 2 * len(plain):
        assert wide(sheets.wide(plain), 0)[0] == plain
    assert isinstance(colour(data), str)
    with pytest.raises(Trouble):
        wide(b"\xff\xff\0\0a", 0)
