from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest
from backports import zstd

from tests.watcher.read.made import MIB, archive, bounds, parts, unread, walked

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda body: lzma.compress(body, lzma.FORMAT_ALONE, preset=0),
    "zst": zstd.compress,
}


@pytest.mark.parametrize("kind", sorted(PACK))
def test_a_stream_is_the_document_in_other_clothes(kind: str) -> None:
    """Its content has its address; so has what is wrong with it."""
    body = PACK[kind](b"PC Adebayo was here\n" * 5000)
    items = walked(archive([("dump.sql", body), ("torn", body[:-9]), ("end.txt", b"Quill")]))
    assert parts(items)["dump.sql"].text.startswith("PC Adebayo")
    assert parts(items)["end.txt"].text == "Quill"
    assert unread(items) == [("torn", "broken")]


@pytest.mark.parametrize("kind", sorted(PACK))
def test_a_bomb_is_a_limit_and_the_rest_goes_on(kind: str) -> None:
    """Beside it in an archive, other members are read."""
    # In a row they are one; the old format knows no rows.
    row = 1 if kind == "lzma" else 75
    bomb = PACK[kind](b"word " * (15 * MIB // row)) * row
    items = walked(archive([("bomb.txt", bomb), ("end.txt", b"Quill")]))
    assert unread(items) == [("bomb.txt", "limit")]
    assert parts(items)["end.txt"].text == "Quill"


def test_streams_in_streams_end_at_the_depth() -> None:
    """A stream that holds itself, or many of them, ends at the limit of depth."""
    body = b"core"
    for _ in range(9):
        body = zstd.compress(body)
    assert unread(walked(body)) == [("", "limit")]
    assert parts(walked(body, limits=bounds(depth=9)))[""].text == "core"


def test_what_the_header_of_gzip_says_is_read() -> None:
    """A name, a comment and an extra field stand before what is packed (RFC 1952 §2.3)."""
    body = gzip.compress(b"nothing")
    listed = b"surname,pay_no\nAdebayo,4400123\nQuill,4400124\n"
    said = len(listed).to_bytes(2, "little") + listed + b"Carew_4400125.csv\0" + listed + b"\0"
    found = parts(walked(body[:3] + b"\x1c" + body[4:10] + said + body[10:]))
    assert found["names of members"].text == "Carew 4400125\tcsv\n"
    assert found["comments of the archive"].text == listed.decode()
    assert "Adebayo\x1f4400123" in found["extra field"].text
    assert found[""].text == "nothing"
