from __future__ import annotations

import gzip

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.bombs.books import binary
from tests.watcher.read.made import archive, bounds, parts, unread, walked, workbook
from watcher.model import Part, Unread
from watcher.read.dispatch import TOLD

SEEDS = st.sampled_from(
    [
        archive([("a.txt", b"x"), ("b.csv", b"a,b\n1,2\n")]),
        workbook(),
        gzip.compress(b"<html><table><tr><td>a<tr><td>b</table>"),
        b"<html><p>x</p>",
        b"a,b\n1,2\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"",
    ]
)


@settings(max_examples=60, deadline=None)
@given(body=SEEDS, at=st.integers(0, 1 << 16), junk=st.binary(max_size=40), cut=st.booleans())
def test_whatever_comes_in_parts_or_unreads_come_out(
    body: bytes, at: int, junk: bytes, *, cut: bool
) -> None:
    """No bytes make the dispatcher raise, and the same bytes give the same walk."""
    at %= len(body) + 1
    damaged = body[:at] + junk + (b"" if cut else body[at + len(junk) :])
    small = bounds(memory=256 << 20, max_bytes=16 << 20, members=50)
    items = walked(damaged, limits=small, careful=1)
    assert all(isinstance(item, Part | Unread) for item in items)
    assert items == walked(damaged, limits=small, careful=1)
    if not items:
        assert not damaged.strip() or damaged.startswith((b"PK", b"\x1f\x8b")) or b"<" in damaged


def test_an_unknown_body_is_unsupported_never_clean() -> None:
    """What is no text and has no reader is said to be unread."""
    for body in (b"\0" * 100, b"\x7fELF"):
        assert unread(walked(body)) == [("", "unsupported")]
    assert unread(walked(archive([("program", b"\x7fELF")]))) == [("program", "unsupported")]


def test_an_encoded_body_is_sniffed_after_its_encoding_is_undone() -> None:
    """The encoding is undone first; an unknown one is unsupported."""
    assert parts(walked(gzip.compress(b"a,b\n1,2\n"), encoding="gzip"))[""].table
    assert unread(walked(b"x", encoding="compress")) == [("", "unsupported")]
    assert unread(walked(b"not gzip", encoding="gzip")) == [("", "broken")]


def test_an_empty_body_has_no_parts() -> None:
    """Nothing was there, so nothing is unread."""
    assert walked(b"") == []


def test_a_hostile_archive_does_not_fill_a_store() -> None:
    """Beyond a hundred of one reason, what is unread is told by its number."""
    body = archive([*((f"{at}.bin", b"\x7fELF") for at in range(130)), ("x.txt", b"x")])
    told = unread(walked(body))
    assert len(told) == TOLD + 1
    assert told[0] == ("0.bin", "unsupported")
    assert told[-1] == ("30 more parts", "unsupported")


def test_a_text_in_every_cell_is_an_expansion() -> None:
    """Of whatever format: 15 GB out of 100 KB of cells end at 64 MiB, and the next member is read."""
    items = walked(archive([("a.xlsb", binary()), ("b.txt", b"Quill")]))
    assert unread(items) == [("a.xlsb", "limit")]
    given = [len(item.text) - item.overlap for item in items if isinstance(item, Part)]
    assert 64 << 20 < sum(given) < 66 << 20
    assert parts(items)["b.txt"].text == "Quill"


def test_a_member_leaves_room_for_the_next() -> None:
    """An archive of more members than may be opened costs those behind it nothing."""
    many = archive([(f"{at}.txt", b"x") for at in range(200)])
    items = walked(archive([("a.zip", many), ("b.txt", b"Quill")]), limits=bounds(members=100))
    assert unread(items) == [("a.zip", "limit")]
    assert parts(items)["b.txt"].text == "Quill"
