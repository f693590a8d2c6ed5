from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from watcher.read.data.freed import places


def made(rows: int = 400, *, size: int = 1024) -> bytes:
    """A database from which half of its rows, and a table, were deleted."""
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA secure_delete=OFF")
    base.execute(f"PRAGMA page_size={size}")
    base.execute("CREATE TABLE kept (name TEXT)")
    base.execute("CREATE TABLE gone (name TEXT)")
    base.executemany("INSERT INTO kept VALUES (?)", ((f"kept person {at}",) for at in range(rows)))
    base.executemany("INSERT INTO gone VALUES (?)", ((f"gone person {at}",) for at in range(rows)))
    base.execute("DELETE FROM kept WHERE rowid % 2 = 0")
    base.execute("DROP TABLE gone")
    base.commit()
    body = base.serialize()
    base.close()
    return body


def test_what_was_deleted_is_in_a_free_place() -> None:
    """On the free list, in free blocks, and between the cells of pages of every size."""
    for size in (512, 1024, 65536):
        body = made(size=size)
        free = b"\n".join(body[place] for place in places(body))
        assert b"gone person 17" in free
        assert b"kept person 101" in free
        assert b"kept person 100" not in free


def test_nothing_is_free_in_what_is_no_database() -> None:
    """A header that lies about its pages has none."""
    assert list(places(b"")) == []
    assert list(places(made()[:16] + b"\0\3" + made()[18:])) == []


@given(st.integers(0, 3000), st.binary(max_size=40))
def test_whatever_comes_in_places_are_inside_it(at: int, junk: bytes) -> None:
    """No bytes make it raise or go round for ever."""
    body = made(60)
    at %= len(body)
    damaged = body[:at] + junk + body[at + len(junk) :]
    assert all(0 <= each.start <= each.stop <= len(damaged) for each in places(damaged))
