from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from watcher.read.data.sealed import Database, decoded, shown


def made(*statements: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        for statement in statements:
            base.execute(statement)
        base.commit()
        return base.serialize()


TABLE = ('CREATE TABLE "a b" (x, "y""z", w AS (x) VIRTUAL)', 'INSERT INTO "a b" VALUES (1, 2.0)')


def test_tables_are_read_as_they_are_stored() -> None:
    """Under whatever names; a generated column is none of what is stored."""
    base = Database(made(*TABLE))
    with closing(base.connection):
        assert [row[:2] for row in base.schema()] == [("table", "a b")]
        assert base.columns("a b") == ["x", 'y"z']
        assert list(base.rows("a b", base.columns("a b"))) == [(1, 2.0)]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM 'a b'", "SELECT upper('x')", "PRAGMA user_version", "ATTACH ':memory:' AS o",
     "SELECT * FROM v", "CREATE TABLE t (a)"],
)  # fmt: skip
def test_nothing_but_reading_a_table_is_allowed(statement: str) -> None:
    """No writing, no function, no view, no other file."""
    base = Database(made(*TABLE, 'CREATE VIEW v AS SELECT x FROM "a b"'))
    with closing(base.connection), pytest.raises(sqlite3.DatabaseError):
        base.connection.execute(statement).fetchall()


def test_bytes_that_were_taken_for_text_are_text() -> None:
    """In the charset that they have."""
    assert decoded("Siân".encode()) == "Siân"
    assert decoded("Siân Adebayo".encode("cp1252")) == "Siân Adebayo"


def test_values_are_cells() -> None:
    """A number as it was meant, nothing as nothing."""
    assert [shown(each) for each in (4400123, 44.0, 1.5, None, "x", 1e30)] == [
        "4400123", "44", "1.5", "", "x", "1e+30"
    ]  # fmt: skip
