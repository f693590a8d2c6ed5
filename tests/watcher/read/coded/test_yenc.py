from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, bounds, parts, stream, unread, walked
from watcher.read.budget import Budget
from watcher.read.coded.yenc import read
from watcher.read.stream import Member

LIST = b"".join(b"Adebayo,%d,PC\n" % at for at in range(100))


def yencoded(data: bytes, name: str = "52855785_Lloyd.csv") -> bytes:
    rows = []
    for at in range(0, len(data), 128):
        row = b""
        for each in data[at : at + 128]:
            sign = (each + 42) & 255
            row += bytes((sign,)) if sign not in b"\0\n\r=" else bytes((61, (sign + 64) & 255))
        rows.append((b"." if row.startswith(b".") else b"") + row + b"\r\n")
    size = len(data)
    head = f"=ybegin line=128 size={size} name={name}\r\n".encode()
    return head + b"".join(rows) + f"=yend size={size} crc32={zlib.crc32(data):08x}\r\n".encode()


@given(data=st.binary(max_size=600))
def test_any_bytes_come_back(data: bytes) -> None:
    """Through the reader itself, with the text around them."""
    budget = Budget(BOUNDS)
    made = read(stream(b"a note\n" + yencoded(data) + b"the end\n"), budget)
    found = [b"".join(item.stream.chunks()) for item in made if isinstance(item, Member)]
    assert found == [data]


def test_an_article_is_read() -> None:
    """Its file with its name, the name as text, and what stands around it."""
    items = walked(b"From: a\n\nlook:\n" + yencoded(LIST) + b"bye\n")
    assert unread(items) == []
    found = parts(items)
    assert "Adebayo" in found["52855785_Lloyd.csv"].text
    assert "52855785 Lloyd" in found[""].text
    assert "bye" in found[""].text


def test_what_is_cut_or_altered_is_told() -> None:
    """Its beginning is read."""
    made = yencoded(LIST)
    for body in (made[:700], made.replace(b"crc32=", b"crc32=1")):
        assert unread(walked(body)) == [("52855785_Lloyd.csv", "broken")]
    assert ("", "limit") in unread(walked(made, limits=bounds(members=0)))
