"""Rows that were deleted from a SQLite file."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import parts, walked
from watcher.read.data.carved import MOST_BYTES, deleted, rows
from watcher.read.data.freed import places


def made(people: int, statement: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA secure_delete=OFF")
        base.execute("CREATE TABLE staff (pay INTEGER, rank TEXT, forename TEXT, surname TEXT)")
        base.executemany(
            "INSERT INTO staff VALUES (?, 'PC', ?, ?)",
            ((4_400_000 + at, f"Una{at}", f"Quill{at}") for at in range(people)),
        )
        base.execute("CREATE TABLE other (a)")
        base.execute(statement)
        base.commit()
        return base.serialize()


def found(body: bytes) -> list[list[str]]:
    return [row for place in places(body) for row in rows(body[place])]


@pytest.mark.parametrize(
    ("people", "statement"),
    [(30, "DELETE FROM staff"), (2_000, "DELETE FROM staff"), (2_000, "DROP TABLE staff")],
)
def test_a_table_that_was_emptied_or_dropped(people: int, statement: str) -> None:
    """Cell by cell, although nothing stands between them in the file."""
    carved = {tuple(row[-3:]) for row in found(made(people, statement))}
    whole = {("PC", f"Una{at}", f"Quill{at}") for at in range(people)}
    assert len(carved & whole) >= 0.95 * people


def test_rows_here_and_there() -> None:
    """A free block takes four bytes; where those stood before the types the row is whole."""
    carved = found(made(400, "DELETE FROM staff WHERE pay % 50 = 0 AND pay > 4400150"))
    assert [str(4_400_200), "PC", "Una200", "Quill200"] in carved
    assert all(row[-1].removeprefix("Quill") == row[-2].removeprefix("Una") for row in carved)


def test_they_are_told_apart_from_other_free_bytes() -> None:
    part = parts(walked(made(30, "DELETE FROM staff")))["deleted rows"]
    assert part.hidden
    assert "4400007\tPC\tUna7\tQuill7" in part.text.split("\n")


def test_of_many_free_bytes_the_first_are_looked_at() -> None:
    """What lies beyond is still swept for text."""
    body = b"".join(made(30, "DELETE FROM staff") for _ in range(2))
    assert not list(
        deleted(bytes(MOST_BYTES) + body, [slice(0, MOST_BYTES), slice(MOST_BYTES, None)])
    )


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    """What is found are at least two cells of printable text or numbers."""
    for row in rows(data):
        assert len(row) >= 2
        assert "".join(row).isprintable()
