from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.watcher.store.books import NOW, TARGETS, alert
from watcher.errors import CustodyError
from watcher.store import Book


@pytest.fixture
def filled(path: Path) -> Path:
    """A store of three alerts, closed."""
    with Book.open(path, create=True) as book:
        for key in "abc":
            book.settle(alert(key, officers=(key, "0", "00")), now=NOW, targets=TARGETS)
        book.check()
    return path


def _alter(path: Path, *statements: str) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        conn.execute(statement)
    conn.close()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE evidence SET digest = upper(digest) WHERE position = 2", "A-2"),
        ("UPDATE evidence SET sha256 = digest WHERE position = 2", "A-2"),
        ("UPDATE evidence SET size = size + 1 WHERE position = 3", "A-3"),
        ("UPDATE evidence SET taken_at = '2020' WHERE position = 1", "A-1"),
        ("UPDATE evidence SET chain = upper(chain) WHERE position = 1", "A-1"),
        ("UPDATE alert SET finding = replace(finding, 'staff', 'stuff') WHERE id = 2", "A-2"),
        ("UPDATE alert SET severity = 0 WHERE id = 1", "A-1"),
        ("UPDATE alert SET sha256 = upper(sha256) WHERE id = 1", "A-1"),
        ("UPDATE alert SET url = url || 'x' WHERE id = 3", "A-3"),
        ("UPDATE alert SET unread = '[]' WHERE id = 3", "A-3"),
        ("UPDATE alert_officer SET ref = 'z' WHERE alert = 2 AND ref = 'b'", "A-2"),
        ("DELETE FROM evidence WHERE position = 2", "evidence 2 is missing"),
        ("DELETE FROM evidence WHERE position = 3", "3 alerts were stored, 3 are there, 2 have"),
    ],
)
def test_whatever_is_altered_is_named(filled: Path, statement: str, named: str) -> None:
    """No value that evidence rests on can change without a command naming where."""
    _alter(filled, statement)
    with Book.open(filled) as book, pytest.raises(CustodyError, match=named):
        book.check()


def test_a_removed_last_alert_is_noticed(filled: Path) -> None:
    """Taking the end off a chain leaves a whole chain; the count of ids still tells."""
    _alter(
        filled,
        "PRAGMA foreign_keys = OFF",
        "DELETE FROM evidence WHERE alert = 3",
        "DELETE FROM alert_officer WHERE alert = 3",
        "DELETE FROM alert WHERE id = 3",
    )
    with (
        Book.open(filled) as book,
        pytest.raises(CustodyError, match="3 alerts were stored, 2 are"),
    ):
        book.check()


def test_swapped_links_are_noticed(filled: Path) -> None:
    """The order is part of the chain."""
    _alter(
        filled,
        "UPDATE evidence SET position = -1 WHERE position = 1",
        "UPDATE evidence SET position = 1 WHERE position = 2",
        "UPDATE evidence SET position = 2 WHERE position = -1",
    )
    with Book.open(filled) as book, pytest.raises(CustodyError, match="A-2"):
        book.check()


def test_regrouping_incidents_is_no_tampering(filled: Path) -> None:
    """People may say that two alerts are one incident."""
    _alter(filled, "UPDATE alert SET incident = 1")
    with Book.open(filled) as book:
        book.check()


def test_a_damaged_file_is_named(filled: Path) -> None:
    """A page overwritten is a custody matter, not a clean store."""
    conn = sqlite3.connect(filled)
    (page,) = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'alert'").fetchone()
    (size,) = conn.execute("PRAGMA page_size").fetchone()
    conn.close()
    data = bytearray(filled.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 64] = bytes(64)
    filled.write_bytes(data)
    with Book.open(filled) as book, pytest.raises((CustodyError,), match="damaged"):
        book.check()
