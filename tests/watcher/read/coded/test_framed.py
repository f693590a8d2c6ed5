from __future__ import annotations

import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import parts, unread, walked
from watcher.read.budget import Trouble
from watcher.read.coded.cursor import Cursor
from watcher.read.coded.framed import BEGIN, eighty_five, may_be_85, uudecoded


def uuencoded(data: bytes) -> str:
    rows = (binascii.b2a_uu(data[at : at + 45]).decode() for at in range(0, len(data), 45))
    return "begin 644 list.csv\n" + "".join(rows) + "`\nend\n"


@given(data=st.binary(min_size=1, max_size=400), size=st.integers(1, 90))
def test_what_stands_in_a_frame_comes_back(data: bytes, size: int) -> None:
    """Any bytes, in pieces of any size; the cursor is behind the end."""
    for text, read in (
        (uuencoded(data), uudecoded),
        (base64.a85encode(data, adobe=True, wrapcol=60).decode(), eighty_five),
    ):
        rest = iter([text[at : at + size] for at in range(100, len(text), size)])
        cursor = Cursor(text[:100], more=lambda rest=rest: next(rest, ""))  # type: ignore[misc]  # mypy does not infer it
        assert b"".join(read(cursor)) == data
        while cursor.pull():
            pass
        assert cursor.at == cursor.end


def test_what_is_cut_is_told() -> None:
    """What came before is read all the same."""
    text = uuencoded(b"".join(b"Adebayo,%d,PC\n" % at for at in range(99)))
    items = walked(text[:900].encode())
    assert unread(items) == [("uuencode at line 1", "broken")]
    assert "Adebayo" in parts(items)["uuencode at line 1"].text
    with pytest.raises(Trouble):
        list(eighty_five(Cursor("<~87cURD]")))


def test_what_only_speaks_of_it_is_none() -> None:
    """Lines that begin so and go on with words."""
    assert not BEGIN.match("begin 644 officers\nand end the day\n")
    assert unread(walked(b"begin the day\nM is for Monday\n" * 9)) == []


def test_a_frame_that_another_begins_in_is_none() -> None:
    """`~` is no letter of Ascii85: what begins a thousand times is tried once."""
    assert may_be_85(Cursor("<~87cUR~>"))
    assert may_be_85(Cursor("<~87cUR"))
    assert may_be_85(Cursor("<~87cUR~"))
    assert not may_be_85(Cursor("<~<~87cUR~>"))
    text = base64.a85encode(b"".join(b"Adebayo,%d,PC\n" % at for at in range(99)), adobe=True)
    assert "Adebayo" in parts(walked(b"<~" * 9000 + text))["ascii85 at line 1"].text
