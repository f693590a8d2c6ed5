from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watcher.errors import StoreError
from watcher.store import Book
from watcher.store.schema import APPLICATION, STEPS


def _set(path: Path, pragma: str) -> None:
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA {pragma}")
    conn.close()


def test_an_empty_file_gets_every_table(path: Path) -> None:
    """Version 0 becomes today's, once; opening again changes nothing."""
    path.touch()
    Book.open(path).close()
    Book.open(path).close()
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    loose = conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND strict = 0 AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    conn.close()
    assert loose == []


def test_a_newer_store_is_refused(path: Path) -> None:
    """An older program must not write what it does not know; the mend is the newer one."""
    Book.open(path, create=True).close()
    _set(path, "user_version = 99")
    with pytest.raises(StoreError, match="newer version of watcher"):
        Book.open(path)


def test_another_programs_database_is_refused(path: Path) -> None:
    """It gets no tables of ours."""
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE theirs (a)")
    conn.close()
    with pytest.raises(StoreError, match="another program's database"):
        Book.open(path)
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (1,)
    conn.close()


def test_an_older_store_that_may_only_be_read_is_said(path: Path) -> None:
    """Reading does not migrate."""
    Book.open(path, create=True).close()
    _set(path, "user_version = 0")
    with pytest.raises(StoreError, match="older version of watcher"):
        Book.open(path, readonly=True)


def test_a_store_made_before_is_brought_up_to_date(path: Path) -> None:
    """Each step of its own: what it held is there, without a version, a cursor or a digest."""
    conn = sqlite3.connect(path)
    for step in STEPS[:2]:
        conn.executescript(step)
    conn.execute(
        "INSERT INTO outcome (source, key, url, kind, at, sha256)"
        " VALUES ('pastes', 'a', 'u', 'clean', '2026-11-18T00:00:00.000000+00:00', '00')"
    )
    conn.execute(
        "INSERT INTO pending (source, key, url, found_at)"
        " VALUES ('pastes', 'b', 'u', '2026-11-18T00:00:00.000000+00:00')"
    )
    conn.execute("INSERT INTO source (name) VALUES ('pastes')")
    conn.execute("PRAGMA user_version = 2")
    conn.execute(f"PRAGMA application_id = {APPLICATION}")
    conn.commit()
    conn.close()
    with Book.open(path) as book:
        assert book.is_seen("pastes", "a", "00")
        assert not book.is_seen("pastes", "a", "01")
        assert [each.ref.version for each in book.pending("pastes", now=datetime.now(UTC))] == [""]
        state = book.source("pastes")
        assert (state.cursor, state.tried_at, state.error_kind) == ("", None, "")
        assert (book.owed(), book.due(now=datetime.now(UTC))) == (0, [])
